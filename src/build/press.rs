//! One edition of a dossier: typeset, written as an e-book, checked.

use super::exposure::Exposure;
use super::gallery::{Gallery, Medium};
use super::make::{Made, MadeEdition, Output};
use super::typeset::Typeset;
use super::workshop::{ReadDossier, Workshop};
use super::{Job, Order, Product, stock, store};
use crate::book::{self, Book};
use crate::collate::{self, Difference};
use crate::diag::{Code, Diagnostic, Place, Warned};
use crate::dossier::Origin;
use crate::epub::{self, Supplied};
use crate::layout::{FONTS_FILE, Layout, Printing};
use crate::pdf::{self, Booklet, Commission, Pixels, ProjectFile};
use crate::picture::{self, Tone};
use crate::print::{self, Imposition};
use crate::season::{Edition, EpubFonts, Fitting};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::borrow::Cow;
use std::thread::{Scope, ScopedJoinHandle};

/// The day that stands for "modified" where neither the dossier nor the caller says one:
/// 1 January 2000.
const NO_DAY: i64 = 946_684_800;

/// Ink beyond the trimmed edge of pages for a print shop, in millimetres: what shops ask for.
const BLEED: f64 = 3.0;

/// One edition under way.
pub struct Press<'a> {
    workshop: &'a Workshop,
    /// The dossier, where the book is of one.
    read: Option<&'a ReadDossier>,
    /// The book as the e-book holds it.
    screen: Book,
    /// The book as it is printed: with the pictures for print, and without characters that no font has.
    print: Book,
    gallery: Gallery,
    job: &'a Job,
    order: &'a Order,
    edition: &'a Edition,
    layout: &'a Layout,
}

/// What one output became: nothing where it was not wanted.
type Bytes = Result<Option<Vec<u8>>, Vec<Diagnostic>>;

impl<'a> Press<'a> {
    /// An edition of a whole book, to be made.
    ///
    /// # Errors
    /// Where its layout is not known, a picture cannot be used, or nothing would be in it.
    pub fn new(
        workshop: &'a Workshop,
        read: &'a ReadDossier,
        whole: &Book,
        job: &'a Job,
        order: &'a Order,
        edition: &'a Edition,
    ) -> Result<Warned<Self>, Vec<Diagnostic>> {
        let layout = workshop.layout(order.layout_of(edition)).map_err(|error| vec![error])?;
        let season = workshop.season();
        let exposure = Exposure::of(layout, edition, season);
        let film = season.film(&job.slug).filter(|_| job.in_season).map(|(_, film)| film);
        let Warned { value: gallery, mut warnings } = Gallery::open(job, film, &exposure)?;
        let scheme = workshop.scheme_or_first(&read.dossier);
        let at = |found: Diagnostic| found.at(Place::file(store::shown(&job.path)));
        let book = |medium: Medium| {
            let mut book = whole.clone();
            gallery.hang(&mut book, medium)?;
            if let Some(words) = layout.settings.words.get(&book.language) {
                book.reword(words);
            }
            book.edition(&edition.wanted(), scheme).map_err(|error| vec![at(error)])
        };
        let screen = book(Medium::Screen)?;
        let print = workshop.printable(&book(Medium::Print)?.value);
        warnings.extend(screen.warnings.into_iter().map(at));
        if season.epub_fonts != EpubFonts::None && layout.fonts_css().is_none() {
            warnings.push(at(no_fonts(&layout.settings.name)));
        }
        let mut press = Self::bound(workshop, (screen.value, print), gallery, job, order, (edition, layout));
        press.read = Some(read);
        Ok(Warned { value: press, warnings })
    }

    /// A book that is bound already, to be made: as the e-book holds it, and as it is printed. `job` names
    /// its files and the file that an error points to.
    pub fn bound(
        workshop: &'a Workshop,
        (screen, print): (Book, Book),
        gallery: Gallery,
        job: &'a Job,
        order: &'a Order,
        (edition, layout): (&'a Edition, &'a Layout),
    ) -> Self {
        Self { workshop, read: None, screen, print, gallery, job, order, edition, layout }
    }

    /// Draws the cover while the booklet is laid out, and writes the e-book while the PDF is.
    ///
    /// # Errors
    /// Where the layout does not compile, or an output does not hold the words of the book.
    pub fn run(&self, made: &mut Made) -> Result<(), Vec<Diagnostic>> {
        let wanted = self.order.makes(Product::Ebook) || self.order.makes(Product::Kepub);
        let ebook = wanted && self.edition.epub;
        std::thread::scope(|scope| {
            let cover = ebook.then(|| spawn(scope, || self.cover()));
            // the e-book's page list needs the booklet's pages, whether the booklet is wanted or not
            let typeset = self.typeset()?;
            let (pdf, epub) = std::thread::scope(|inner| {
                let pdf = spawn(inner, || self.pdf(&typeset.booklet));
                let epub = match cover {
                    Some(cover) => join(cover).and_then(|cover| self.epub(&cover, &typeset.booklet)),
                    None => Ok(None),
                };
                (join(pdf), epub)
            });
            let (pdf, epub) = (pdf?, epub?);
            let kepub = self.for_kobo(epub.as_deref())?;
            self.put(made, Product::Ebook, epub.filter(|_| self.order.makes(Product::Ebook)));
            self.put(made, Product::Kepub, kepub);
            let sheets = self.sheets(pdf.as_deref(), made)?;
            self.put(made, Product::Print, sheets);
            let pages = self.for_press(&typeset, made)?;
            self.put(made, Product::Press, pages);
            self.put(made, Product::Booklet, pdf.filter(|_| self.order.makes(Product::Booklet)));
            made.editions.push(MadeEdition {
                stem: self.edition.file_stem(&self.job.slug),
                pages: typeset.booklet.pages(),
                sheets: typeset.sheets.to_string(),
                faults: typeset.faults,
            });
            Ok(())
        })
    }

    fn put(&self, made: &mut Made, product: Product, bytes: Option<Vec<u8>>) {
        let stem = self.edition.file_stem(&self.job.slug);
        made.outputs
            .extend(bytes.map(|bytes| Output { name: format!("{stem}.{}", product.ending()), bytes }));
    }

    /// The files of a Typst project that gives the booklet as `build` does.
    ///
    /// # Errors
    /// Where the layout does not compile.
    pub fn project(&self) -> Result<Vec<ProjectFile>, Vec<Diagnostic>> {
        let typeset = self.typeset()?;
        self.commission(&typeset.printing).project().map_err(|error| vec![error])
    }

    /// The booklet's pages as pictures, so many pixels wide.
    ///
    /// # Errors
    /// Where the layout does not compile.
    pub fn pictures(&self, width: u32) -> Result<Vec<Pixels>, Vec<Diagnostic>> {
        let Typeset { booklet, .. } = self.typeset()?;
        Ok((0..booklet.pages()).filter_map(|page| booklet.picture(page, width)).collect())
    }

    /// The booklet as it comes, without the corrections that make its pages come out right.
    ///
    /// # Errors
    /// Where the layout does not compile.
    pub fn draft(&self) -> Result<Booklet, Vec<Diagnostic>> {
        self.commission(&self.printing()).lay_out()
    }

    /// What is printed, and in which language.
    pub fn title_and_language(&self) -> (String, String) {
        (self.print.title.clone(), self.print.language.clone())
    }

    fn commission<'b>(&'b self, printing: &'b Printing) -> Commission<'b> {
        let Self { print: book, layout, .. } = self;
        let pictures = self.gallery.files(Medium::Print);
        Commission { book, printing, layout, fonts: &self.workshop.fonts, pictures }
    }

    fn printing(&self) -> Printing {
        Printing {
            paper: self.edition.paper.map(|paper| paper.name().to_owned()),
            index: self.edition.index,
            grey: self.edition.grey,
            ..Printing::default()
        }
    }

    fn typeset(&self) -> Result<Typeset, Vec<Diagnostic>> {
        // what a book of hundreds of pages gains is no sheet in nine
        let fit = if self.print.almanac.is_some() { Fitting::None } else { self.workshop.season().fit };
        Typeset::of(&self.commission(&self.printing()), fit, self.workshop.cache())
    }

    fn pdf(&self, booklet: &Booklet) -> Bytes {
        if !self.order.makes(Product::Booklet) && !self.order.makes(Product::Print) {
            return Ok(None);
        }
        let bytes = booklet.pdf(self.modified())?;
        let text = pdf::text_of(&bytes).map_err(|error| vec![error])?.concat();
        collate::book_and_output(&self.print, &text).map_err(|found| vec![self.lost(&found, "booklet")])?;
        Ok(Some(bytes))
    }

    /// The booklet on sheets for stitching.
    fn sheets(&self, booklet: Option<&[u8]>, made: &mut Made) -> Bytes {
        let Some(booklet) = booklet.filter(|_| self.order.makes(Product::Print)) else { return Ok(None) };
        let order = Imposition::from(&self.workshop.season().print);
        let imposed = print::impose(booklet, &order).map_err(|error| vec![self.at(error)])?;
        made.warnings.extend(imposed.warnings.into_iter().map(|warning| self.at(warning)));
        Ok(Some(imposed.pdf))
    }

    /// The booklet page by page for a print shop: laid out once more, with ink beyond the edges.
    fn for_press(&self, typeset: &Typeset, made: &mut Made) -> Bytes {
        if !self.order.makes(Product::Press) {
            return Ok(None);
        }
        let printing = Printing { bleed: BLEED, ..typeset.printing.clone() };
        let booklet = self.commission(&printing).lay_out()?;
        let order = print::Press::from(&self.workshop.season().print);
        let pressed =
            print::press(&booklet.pdf(self.modified())?, &order).map_err(|error| vec![self.at(error)])?;
        made.warnings.extend(pressed.warnings.into_iter().map(|warning| self.at(warning)));
        Ok(Some(pressed.pdf))
    }

    /// The e-book as Kobo's readers take it best.
    fn for_kobo(&self, epub: Option<&[u8]>) -> Bytes {
        let Some(epub) = epub.filter(|_| self.order.makes(Product::Kepub)) else { return Ok(None) };
        let kepub = epub::kepub(epub).map_err(|error| vec![self.at(error)])?;
        let text = epub::read_back(&kepub).map_err(|error| vec![self.at(error)])?;
        collate::book_and_output(&self.screen, &text).map_err(|found| vec![self.lost(&found, "e-book")])?;
        Ok(Some(kepub))
    }

    fn at(&self, found: Diagnostic) -> Diagnostic {
        found.at(Place::file(store::shown(&self.job.path)))
    }

    fn epub(&self, cover: &[u8], booklet: &Booklet) -> Bytes {
        let pages = booklet.page_openings(&self.print).into_iter().map(|page| epub::PageBreak {
            label: page.label,
            leaf: page.leaf,
            offset: page.offset,
        });
        let pages = pages.collect::<Vec<_>>();
        let supplied = [
            (Supplied::Card, "card"),
            (Supplied::Coverage, "coverage"),
            (Supplied::Index, "index"),
            (Supplied::Colophon, "colophon"),
        ];
        let supplied = supplied.into_iter().filter_map(|(part, mark)| Some((part, booklet.page_of(mark)?)));
        let supplied = supplied.collect::<Vec<_>>();
        let seed =
            self.edition.identifier_seed(&booklet_seed(&self.job.slug, &self.screen.title, self.screen.year));
        let print = format!("{}.pdf", self.edition.file_stem(&self.job.slug));
        let fonts_css = self.layout.fonts_css().unwrap_or_default();
        let font_files = self.font_files();
        let edition = epub::Edition {
            css: &self.layout.css(),
            cover_jpeg: cover,
            identifier_seed: &seed,
            modified: self.modified(),
            pages: &pages,
            supplied_pages: &supplied,
            print_source: Some(&print),
            index: booklet.has_index(),
            pictures: self.gallery.files(Medium::Screen),
            fonts: match self.workshop.season().epub_fonts {
                EpubFonts::None => None,
                EpubFonts::Full => Some(epub::Fonts { css: &fonts_css, files: &font_files }),
            },
        };
        let bytes = epub::write(&self.screen, &edition).map_err(|error| vec![error])?;
        let text = epub::read_back(&bytes).map_err(|error| vec![error])?;
        collate::book_and_output(&self.screen, &text).map_err(|found| vec![self.lost(&found, "e-book")])?;
        Ok(Some(bytes))
    }

    /// The fonts that the e-book may bring: the layout's own before those that come with the program.
    fn font_files(&self) -> Vec<(String, Cow<'_, [u8]>)> {
        let own = self.layout.files.iter().filter(|(path, _)| path.starts_with("fonts/"));
        let mut files: Vec<(String, Cow<'_, [u8]>)> =
            own.map(|(path, bytes)| (path.clone(), Cow::Borrowed(bytes.as_ref()))).collect();
        for file in stock::ebook_fonts() {
            files.push(file);
        }
        files
    }

    fn cover(&self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let cover = pdf::cover(&self.commission(&self.printing()))?;
        let tone = if self.workshop.season().eink { Tone::Grey } else { Tone::Colour };
        picture::jpeg(cover.width, cover.height, &cover.rgba, tone).map_err(|error| vec![error])
    }

    /// When the e-book counts as modified: what the caller says, else the day of the discussion, of a
    /// season the last.
    fn modified(&self) -> DateTime<Utc> {
        let films = self.screen.almanac.iter().flat_map(|almanac| &almanac.films);
        let dates = films.filter_map(|film| film.date.as_ref()).chain(&self.screen.date);
        modified(self.order, dates.filter_map(|date| date.iso.parse::<NaiveDate>().ok()).max())
    }

    /// A difference between the dossier and an output, as the editor sees it.
    fn lost(&self, found: &Difference, output: &str) -> Diagnostic {
        let place = self.read.and_then(|read| place_of(read, found.leaf.as_deref()?));
        let place = place.unwrap_or_else(|| Place::file(store::shown(&self.job.path)));
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

/// Where the words of a leaf stand in the raw text of its dossier.
fn place_of(read: &ReadDossier, leaf: &str) -> Option<Place> {
    read.recovered.as_ref()?;
    let origins = book::leaf_origins(&read.dossier);
    let (_, origin) = origins.iter().find(|(id, _)| id == leaf)?;
    Some(Place::of(&read.source, Origin::span(origin)?))
}

/// The season asks for fonts in its e-books, and the layout has none for them.
fn no_fonts(layout: &str) -> Diagnostic {
    let message = format!("the layout “{layout}” has no {FONTS_FILE}, so its e-books come without fonts");
    Diagnostic::warning(Code::Settings, message)
        .hint(format!("write {FONTS_FILE} into the layout's folder, or take `epub_fonts` out of season.yaml"))
}

/// What the identifier of the e-book with everything comes from.
pub fn booklet_seed(slug: &str, title: &str, year: Option<i32>) -> String {
    let year = year.map_or_else(String::new, |year| year.to_string());
    format!("{slug}/{title}/{year}")
}

/// When outputs count as modified: what the caller says, else the day of the discussion.
pub fn modified(order: &Order, day: Option<NaiveDate>) -> DateTime<Utc> {
    let day = day.map(|day| day.and_time(NaiveTime::MIN).and_utc().timestamp());
    DateTime::from_timestamp(order.epoch.or(day).unwrap_or(NO_DAY), 0).unwrap_or_default()
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
