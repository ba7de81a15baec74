//! The booklet: a [`Book`] and a layout through Typst, in memory.
//!
//! The text of a dossier reaches Typst only as data (`book.json`), never as source. There is no
//! disk, no package, no network and no clock in this world.

mod corrections;
mod faults;
mod lines;
mod look;
mod mend;
mod moves;
mod positions;
mod readback;
mod reader;
mod sheets;
mod walk;
mod world;

pub use faults::{Fault, FaultKind};
pub use mend::{Casebook, Mender, weight};
pub use positions::PageOpening;
pub use readback::{pages_of, text_of};
pub use sheets::Sheets;

use crate::book::Book;
use crate::diag::{Code, Diagnostic, Place};
use crate::layout::{Layout, Printing};
use crate::source::hex_sha256;
use chrono::{DateTime, Datelike, Timelike, Utc};
use reader::Proof;
use std::sync::{Arc, OnceLock};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Content, Datetime, Smart};
use typst::introspection::Introspector as _;
use typst::text::Font;
use typst::utils::Scalar;
use typst_kit::fonts::FontStore;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::Desk;

/// The file under which a layout reads the book.
pub const VIEW_FILE: &str = "book.json";

/// The file under which it reads how the book is printed.
pub const PRINTING_FILE: &str = "printing.json";

/// The label of an element on every page that only fills the last sheet.
const PADDING: &str = "padding";

/// The label of the index.
const INDEX: &str = "index";

/// What the typesetter gets.
#[derive(Clone, Copy)]
pub struct Commission<'a> {
    /// What is printed.
    pub book: &'a Book,
    /// How.
    pub printing: &'a Printing,
    /// In which form.
    pub layout: &'a Layout,
    /// With which type.
    pub fonts: &'a TypeCase,
    /// The pictures that the book names.
    pub pictures: &'a [ProjectFile],
}

/// The fonts, loaded once and shared by all booklets.
#[derive(Clone)]
pub struct TypeCase(Arc<FontStore>);

impl TypeCase {
    /// Takes font files (TrueType or OpenType), in the order in which families are looked for.
    pub fn new(files: impl IntoIterator<Item = std::borrow::Cow<'static, [u8]>>) -> Self {
        let mut store = FontStore::new();
        for file in files {
            let bytes = match file {
                std::borrow::Cow::Borrowed(bytes) => Bytes::new(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::new(bytes),
            };
            for font in Font::iter(bytes) {
                let info = font.info().clone();
                store.push((font, info));
            }
        }
        Self(Arc::new(store))
    }

    /// Whether any of the fonts has a glyph for a character; blanks and joiners need none.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let fonts = (0..).map_while(|index| self.0.book().info(index));
        // a variation selector changes the glyph before it
        let is_selector = matches!(c, '\u{fe00}'..='\u{fe0f}');
        c.is_ascii()
            || c.is_whitespace()
            || is_selector
            || fonts.into_iter().any(|info| info.coverage.contains(c as u32))
    }
}

/// A laid-out booklet.
pub struct Booklet {
    document: PagedDocument,
    desk: Desk,
    identifier: String,
    /// The proof of its pages, once it was pulled.
    proof: OnceLock<Proof>,
}

/// A path within a Typst project, and the bytes of the file.
pub type ProjectFile = (String, Vec<u8>);

impl Commission<'_> {
    /// The files of a Typst project that lays the book out: the layout's, the book, the printing and its
    /// corrections as data, the pictures.
    ///
    /// # Errors
    /// Where the book cannot be written as JSON.
    pub fn project(&self) -> Result<Vec<ProjectFile>, Diagnostic> {
        let layout = self.layout.files.iter().map(|(path, bytes)| (path.clone(), bytes.to_vec()));
        Ok(layout.chain(self.data()?).collect())
    }

    fn data(&self) -> Result<Vec<ProjectFile>, Diagnostic> {
        let mut files =
            vec![(VIEW_FILE.to_owned(), json(self.book)?), (PRINTING_FILE.to_owned(), json(self.printing)?)];
        files.push(corrections::file(self.book, &self.printing.hints, None)?);
        files.extend(self.pictures.iter().cloned());
        Ok(files)
    }

    /// Lays the booklet out as it comes.
    ///
    /// # Errors
    /// Typst's own messages with their places in the layout's files.
    pub fn lay_out(&self) -> Result<Booklet, Vec<Diagnostic>> {
        let (desk, identifier) = self.desk(&self.layout.settings.booklet)?;
        let document = compile(&desk, self.layout)?;
        Ok(Booklet { document, desk, identifier, proof: OnceLock::new() })
    }

    fn desk(&self, main: &str) -> Result<(Desk, String), Vec<Diagnostic>> {
        let one = |error| vec![error];
        let data = self.data().map_err(one)?;
        let all = data.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect::<Vec<_>>();
        let desk = Desk::new(self.fonts.0.clone(), &self.layout.files, data, main).map_err(one)?;
        Ok((desk, hex_sha256(&all)))
    }
}

fn json(data: &impl serde::Serialize) -> Result<Vec<u8>, Diagnostic> {
    serde_json::to_vec_pretty(data).map_err(|error| {
        Diagnostic::error(Code::Layout, format!("the book cannot be written as data: {error}"))
    })
}

/// Draws the e-book's cover.
///
/// # Errors
/// Typst's own messages with their places in the layout's files.
pub fn cover(commission: &Commission<'_>) -> Result<Pixels, Vec<Diagnostic>> {
    let layout = commission.layout;
    let (desk, _) = commission.desk(&layout.settings.cover)?;
    let document = compile(&desk, layout)?;
    let Some(page) = document.pages().first() else {
        return Err(vec![
            Diagnostic::error(Code::Layout, "the layout's cover has no page")
                .at(Place::file(&layout.settings.cover)),
        ]);
    };
    Ok(drawn(page, COVER_WIDTH))
}

/// Width of the e-book's cover in pixels (Kobo and Kindle ask for about 1600 by 2560).
const COVER_WIDTH: f64 = 1600.0;

/// A picture of a page: four bytes a pixel, row by row.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel; a page lets nothing through.
    pub rgba: Vec<u8>,
}

/// A page, so many pixels wide.
fn drawn(page: &Page, width: f64) -> Pixels {
    let options = typst_render::RenderOptions {
        pixel_per_pt: Scalar::new(width / page.frame.size().x.to_pt()),
        ..typst_render::RenderOptions::default()
    };
    let pixels = typst_render::render(page, &options);
    Pixels { width: pixels.width(), height: pixels.height(), rgba: pixels.take() }
}

impl Booklet {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// How its pages fill the sheets.
    pub fn sheets(&self, book: &Book) -> Sheets {
        Sheets::count(self.proof(book), self.pages(), self.marks(PADDING))
    }

    /// Whether it has an index.
    #[must_use]
    pub fn has_index(&self) -> bool {
        self.marks(INDEX) > 0
    }

    /// The printed number of the page on which the first element stands that bears a label of the layouts:
    /// `card`, `index`, `colophon`.
    #[must_use]
    pub fn page_of(&self, label: &str) -> Option<String> {
        let first = self.labelled(label).into_iter().next()?;
        let position = self.document.introspector().position(first.location()?)?;
        let page = self.document.pages().get(position.page.get() - 1)?;
        Some(page.number.to_string())
    }

    /// How many elements bear a label.
    fn marks(&self, label: &str) -> usize {
        self.labelled(label).len()
    }

    /// The elements that bear a label, in their order.
    fn labelled(&self, label: &str) -> Vec<Content> {
        let labelled = self.document.introspector().query_labelled();
        let bears = |element: &Content| element.label().is_some_and(|own| own.resolve().as_str() == label);
        labelled.into_iter().filter(bears).collect()
    }

    /// A page, from 0, so many pixels wide.
    pub fn picture(&self, page: usize, width: u32) -> Option<Pixels> {
        self.document.pages().get(page).map(|page| drawn(page, f64::from(width)))
    }

    /// Width and height of a page, from 0, in points.
    pub fn page_size(&self, page: usize) -> Option<(f64, f64)> {
        let size = self.document.pages().get(page)?.frame.size();
        Some((size.x.to_pt(), size.y.to_pt()))
    }

    /// A figure that differs for pages, from 0, that look otherwise.
    pub fn fingerprint(&self, page: usize) -> Option<u128> {
        self.document.pages().get(page).map(look::fingerprint)
    }

    /// The booklet as a tagged PDF, both PDF/UA-1 and PDF/A-2a. `dated` is its date where the layout
    /// sets none: the standards want one, and there is no clock.
    ///
    /// # Errors
    /// Typst's own messages, where the layout breaks one of the two standards.
    pub fn pdf(&self, dated: DateTime<Utc>) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|error| vec![Diagnostic::error(Code::Layout, error.message().to_string())])?;
        let options = PdfOptions {
            // typst's own identifier hashes title and author only: two states of a dossier would share it
            ident: Smart::Custom(self.identifier.clone()),
            creator: Smart::Custom(Some(concat!("bookify ", env!("CARGO_PKG_VERSION")).to_owned())),
            timestamp: timestamp(dated),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| diagnostics(&self.desk, &errors))
    }

    /// What is wrong with its pages.
    pub fn faults(&self, book: &Book) -> Vec<Fault> {
        self.proof(book).faults()
    }

    /// Its pages as a proof-reader sees them. `book` is the one that it was laid out from.
    fn proof(&self, book: &Book) -> &Proof {
        self.proof.get_or_init(|| Proof::pull(&self.document, book))
    }

    /// Which leaf of the book opens each page, and at which byte of its printed text.
    pub fn page_openings(&self, book: &Book) -> Vec<PageOpening> {
        positions::page_openings(&self.document, book)
    }
}

/// Lets typst forget what it has not used while the last so many booklets were made, so that a long season
/// does not fill the memory.
pub fn forget_unused(booklets: usize) {
    comemo::evict(booklets);
}

fn timestamp(dated: DateTime<Utc>) -> Option<Timestamp> {
    let part = |value: u32| u8::try_from(value).ok();
    let datetime = Datetime::from_ymd_hms(
        dated.year(),
        part(dated.month())?,
        part(dated.day())?,
        part(dated.hour())?,
        part(dated.minute())?,
        part(dated.second())?,
    )?;
    Some(Timestamp::new_utc(datetime))
}

fn compile(desk: &Desk, layout: &Layout) -> Result<PagedDocument, Vec<Diagnostic>> {
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(desk);
    output.map_err(|errors| {
        let mut found = diagnostics(desk, &errors);
        if let Some(first) = found.first_mut() {
            first.message =
                format!("the layout “{}” does not compile: {}", layout.settings.name, first.message);
        }
        found
    })
}

/// Typst's messages as ours, with file, line and hints.
fn diagnostics(desk: &Desk, errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    let made = errors.iter().map(|error| {
        let mut made = Diagnostic::error(Code::Layout, error.message.to_string());
        let hints = error.hints.iter().map(|hint| hint.v.to_string()).collect::<Vec<_>>().join("; ");
        if !hints.is_empty() {
            made = made.hint(hints);
        }
        match desk.place(error.span) {
            Some(place) => made.at(place),
            None => made,
        }
    });
    made.collect()
}
