//! One edition of a dossier: typeset, written as an e-book, checked.

use super::make::{Made, MadeEdition, Output};
use super::typeset::Typeset;
use super::workshop::{ReadDossier, Workshop};
use super::{Job, Order, Product, store};
use crate::book::{self, Book};
use crate::collate::{self, Difference};
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::Origin;
use crate::epub;
use crate::layout::{Layout, Printing};
use crate::pdf::{self, Booklet, ProjectFile};
use crate::season::Edition;
use chrono::{DateTime, NaiveTime, Utc};
use image::ImageEncoder as _;
use image::codecs::jpeg::JpegEncoder;
use std::thread::{Scope, ScopedJoinHandle};

/// Quality of the cover's JPEG: no edge of a letter shows blocks, and it stays well under 1 MB.
const COVER_QUALITY: u8 = 88;

/// The day that stands for "modified" where neither the dossier nor the caller says one:
/// 1 January 2000.
const NO_DAY: i64 = 946_684_800;

/// One edition under way.
pub struct Press<'a> {
    workshop: &'a Workshop,
    read: &'a ReadDossier,
    /// What is printed.
    book: Book,
    job: &'a Job,
    order: &'a Order,
    edition: &'a Edition,
    layout: &'a Layout,
}

/// What one output became: nothing where it was not wanted.
type Bytes = Result<Option<Vec<u8>>, Vec<Diagnostic>>;

impl<'a> Press<'a> {
    /// An edition to be made of a book.
    ///
    /// # Errors
    /// Where its layout is not known.
    pub fn new(
        workshop: &'a Workshop,
        read: &'a ReadDossier,
        mut book: Book,
        job: &'a Job,
        order: &'a Order,
        edition: &'a Edition,
    ) -> Result<Self, Vec<Diagnostic>> {
        let layout = workshop.layout(order.layout_of(edition)).map_err(|error| vec![error])?;
        if let Some(words) = layout.settings.words.get(&book.language) {
            book.terms.extend(words.clone());
        }
        Ok(Self { workshop, read, book, job, order, edition, layout })
    }

    /// Draws the cover while the booklet is laid out, and writes the e-book while the PDF is.
    ///
    /// # Errors
    /// Where the layout does not compile, or an output does not hold the words of the book.
    pub fn run(&self, made: &mut Made) -> Result<(), Vec<Diagnostic>> {
        let printable = self.workshop.printable(&self.book);
        let stem = self.edition.file_stem(&self.job.slug);
        let ebook = self.order.makes(Product::Ebook) && self.edition.epub;
        std::thread::scope(|scope| {
            let cover = ebook.then(|| spawn(scope, || self.cover(&printable)));
            // the e-book's page list needs the booklet's pages, whether the booklet is wanted or not
            let typeset = self.typeset(&printable)?;
            let Typeset { booklet, .. } = &typeset;
            let (pdf, epub) = std::thread::scope(|inner| {
                let pdf = spawn(inner, || self.pdf(&printable, booklet));
                let epub = match cover {
                    Some(cover) => join(cover).and_then(|cover| self.epub(&printable, &cover, booklet)),
                    None => Ok(None),
                };
                (join(pdf), epub)
            });
            let ready = [(Product::Booklet, pdf?), (Product::Ebook, epub?)];
            made.outputs.extend(ready.into_iter().filter_map(|(product, bytes)| {
                Some(Output { name: format!("{stem}.{}", product.ending()), bytes: bytes? })
            }));
            made.editions.push(MadeEdition {
                stem,
                pages: booklet.pages(),
                sheets: typeset.sheets.to_string(),
                faults: typeset.faults,
            });
            Ok(())
        })
    }

    /// The files of a Typst project that gives the booklet as `build` does.
    ///
    /// # Errors
    /// Where the layout does not compile.
    pub fn project(&self) -> Result<Vec<ProjectFile>, Vec<Diagnostic>> {
        let printable = self.workshop.printable(&self.book);
        let typeset = self.typeset(&printable)?;
        let commission = self.workshop.commission(&printable, self.layout, &typeset.printing);
        commission.project().map_err(|error| vec![error])
    }

    fn typeset(&self, printable: &Book) -> Result<Typeset, Vec<Diagnostic>> {
        let printing = Printing {
            paper: self.edition.paper.map(|paper| paper.name().to_owned()),
            index: self.edition.index,
            ..Printing::default()
        };
        self.workshop.typeset(printable, self.layout, printing, self.workshop.season().fit)
    }

    fn pdf(&self, printable: &Book, booklet: &Booklet) -> Bytes {
        if !self.order.makes(Product::Booklet) {
            return Ok(None);
        }
        let bytes = booklet.pdf(self.modified())?;
        let text = pdf::text_of(&bytes).map_err(|error| vec![error])?.concat();
        collate::book_and_output(printable, &text).map_err(|found| vec![self.lost(&found, "booklet")])?;
        Ok(Some(bytes))
    }

    fn epub(&self, printable: &Book, cover: &[u8], booklet: &Booklet) -> Bytes {
        let pages = booklet.page_openings(printable).into_iter().map(|page| epub::PageBreak {
            label: page.label,
            leaf: page.leaf,
            offset: page.offset,
        });
        let pages = pages.collect::<Vec<_>>();
        let year = self.book.year.map_or_else(String::new, |year| year.to_string());
        let seed = self.edition.identifier_seed(&format!("{}/{}/{year}", self.job.slug, self.book.title));
        let print = format!("{}.pdf", self.edition.file_stem(&self.job.slug));
        let edition = epub::Edition {
            css: &self.layout.css(),
            cover_jpeg: cover,
            identifier_seed: &seed,
            modified: self.modified(),
            pages: &pages,
            print_source: Some(&print),
        };
        let bytes = epub::write(&self.book, &edition).map_err(|error| vec![error])?;
        let text = epub::read_back(&bytes).map_err(|error| vec![error])?;
        collate::book_and_output(&self.book, &text).map_err(|found| vec![self.lost(&found, "e-book")])?;
        Ok(Some(bytes))
    }

    fn cover(&self, book: &Book) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let cover = pdf::cover(&self.workshop.commission(book, self.layout, &Printing::default()))?;
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, COVER_QUALITY)
            .write_image(&cover.rgb, cover.width, cover.height, image::ExtendedColorType::Rgb8)
            .map_err(|error| {
                vec![Diagnostic::error(Code::Package, format!("the cover cannot be encoded: {error}"))]
            })?;
        Ok(jpeg)
    }

    /// When the e-book counts as modified: what the caller says, else the day of the discussion.
    fn modified(&self) -> DateTime<Utc> {
        let day = self.book.date.as_ref().and_then(|date| date.iso.parse::<chrono::NaiveDate>().ok());
        let day = day.map(|day| day.and_time(NaiveTime::MIN).and_utc().timestamp());
        DateTime::from_timestamp(self.order.epoch.or(day).unwrap_or(NO_DAY), 0).unwrap_or_default()
    }

    /// A difference between the dossier and an output, as the editor sees it.
    fn lost(&self, found: &Difference, output: &str) -> Diagnostic {
        let origins = book::leaf_origins(&self.read.dossier);
        let span = found
            .leaf
            .as_ref()
            .and_then(|leaf| origins.iter().find(|(id, _)| id == leaf))
            .and_then(|(_, origin)| Origin::span(origin));
        let span = span.filter(|_| self.read.recovered.is_some());
        let place = span.map_or_else(
            || Place::file(store::shown(&self.job.path)),
            |span| Place::of(&self.read.source, span),
        );
        let message = match &found.leaf {
            Some(_) => format!(
                "the {output} does not hold these words as they stand: “{}” came out as “{}”",
                found.expected, found.found
            ),
            None => format!("the {output} holds words that nobody wrote: “{}”", found.found),
        };
        Diagnostic::error(Code::Collation, message)
            .at(place)
            .hint("a layout may print only what the book gives it; if the layout is one of bookify's own, this is a fault of the program")
    }
}

/// A part of the work under way, or why no thread could be had for it.
type Part<'scope, T> = std::io::Result<ScopedJoinHandle<'scope, Result<T, Vec<Diagnostic>>>>;

/// Does a part of the work on a thread of its own, with room for typst's deep layouts.
fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> Result<T, Vec<Diagnostic>> + Send + 'scope,
) -> Part<'scope, T> {
    std::thread::Builder::new().stack_size(super::STACK).spawn_scoped(scope, work)
}

fn join<T>(part: Part<'_, T>) -> Result<T, Vec<Diagnostic>> {
    let failed = |why: String| {
        vec![Diagnostic::error(Code::Package, why).hint("close other programs and build again")]
    };
    match part {
        Ok(handle) => handle.join().unwrap_or_else(|_| Err(failed("a part of the work stopped".to_owned()))),
        Err(error) => Err(failed(format!("no thread can be had ({error})"))),
    }
}
