//! One dossier: read, bound, typeset, checked.

use super::typeset::Typeset;
use super::{Job, Order, store};
use crate::book::{self, Book, SeasonFilm};
use crate::collate::{self, Difference};
use crate::diag::{Code, Diagnostic, Place, Severity, Warned};
use crate::dossier::{Dossier, Origin};
use crate::epub;
use crate::ingest::{self, Known, Pins, Recovered};
use crate::layout::{Layout, Printing};
use crate::markdown;
use crate::pdf::{self, Booklet, Fault, TypeCase};
use crate::scheme::Scheme;
use crate::season::{Film, Presence, Season};
use crate::source::Source;
use chrono::{DateTime, NaiveTime, Utc};
use image::ImageEncoder as _;
use image::codecs::jpeg::JpegEncoder;
use std::borrow::Cow;
use std::path::PathBuf;
use std::thread::{Scope, ScopedJoinHandle};

/// Quality of the cover's JPEG: no edge of a letter shows blocks, and it stays well under 1 MB.
const COVER_QUALITY: u8 = 88;

/// The day that stands for "modified" where neither the dossier nor the caller says one:
/// 1 January 2000.
const NO_DAY: i64 = 946_684_800;

/// What every dossier of a season needs: season, chapter schemes, layout, fonts.
pub struct Workshop {
    season: Season,
    schemes: Vec<Scheme>,
    layout: Layout,
    pub(super) fonts: TypeCase,
}

/// A dossier that was read, and the raw text where it was read from one.
#[derive(Debug)]
pub struct ReadDossier {
    /// The dossier, completed by what the season says.
    pub dossier: Dossier,
    /// The raw text; the reviewed form where that was read.
    pub source: Source,
    /// How it was recovered; `None` where the reviewed form was read.
    pub recovered: Option<Recovered>,
}

/// What was made of a dossier.
#[derive(Debug, Default)]
pub struct Made {
    /// The booklet's bytes, until they are stored.
    pub pdf: Option<Vec<u8>>,
    /// The e-book's bytes, until they are stored.
    pub epub: Option<Vec<u8>>,
    /// The files and their sizes.
    pub files: Vec<(PathBuf, usize)>,
    /// Pages of the booklet.
    pub pages: Option<usize>,
    /// What is wrong with its pages, after all that could be mended was.
    pub faults: Vec<Fault>,
    /// Words of the dossier.
    pub words: usize,
    /// How many chapters were found.
    pub chapters: usize,
    /// Titles of the chapters that were not.
    pub missing: Vec<String>,
}

impl Workshop {
    /// Opens a workshop.
    pub fn new(
        season: Season,
        schemes: Vec<Scheme>,
        layout: Layout,
        fonts: impl Iterator<Item = (&'static str, Cow<'static, [u8]>)>,
    ) -> Self {
        Self { season, schemes, layout, fonts: TypeCase::new(fonts.map(|(_, bytes)| bytes)) }
    }

    /// The season.
    #[must_use]
    pub fn season(&self) -> &Season {
        &self.season
    }

    /// The layout.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The chapter scheme of a dossier.
    #[must_use]
    pub fn scheme(&self, dossier: &Dossier) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.language == dossier.language)
    }

    /// The chapter scheme of a dossier, or the first of all where a person named another language.
    pub fn scheme_or_first(&self, dossier: &Dossier) -> &Scheme {
        self.scheme(dossier).unwrap_or(&self.schemes[0])
    }

    /// Reads a dossier: a raw text, or the reviewed form.
    ///
    /// # Errors
    /// Where it is no text, has no title, or its front matter is broken.
    pub fn read(&self, job: &Job, bytes: &[u8]) -> Result<Warned<ReadDossier>, Diagnostic> {
        let name = store::shown(&job.path);
        let entry = self.season.film(&job.slug).filter(|_| job.in_season).map(|(_, film)| film);
        let mut read = if job.reviewed {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let read = markdown::read(&name, &text)?;
            let source = Source::new(&name, text, "UTF-8", bytes);
            Warned {
                value: ReadDossier { dossier: read.value, source, recovered: None },
                warnings: read.warnings,
            }
        } else {
            let own = self.season.language.clone().filter(|_| job.in_season);
            let known = Known {
                title: entry.and_then(|film| film.title.clone()),
                language: entry.and_then(|film| film.language.clone()).or(own),
                pins: entry.map(pins_of).unwrap_or_default(),
                encoding: entry.and_then(|film| film.encoding.clone()),
                cleaning: self.season.cleaning,
            };
            let mut read = ingest::read(&name, bytes, &self.schemes, &known)?;
            collate::source_and_dossier(&read.value.repaired_source(), &read.value.dossier)?;
            read.warnings.push(how_it_was_read(&read.value));
            let (dossier, source) = (read.value.dossier.clone(), read.value.source.clone());
            Warned {
                value: ReadDossier { dossier, source, recovered: Some(read.value) },
                warnings: read.warnings,
            }
        };
        if let Some(film) = entry {
            film.complete(&mut read.value.dossier.metadata);
        }
        Ok(read)
    }

    /// Binds a dossier: the book that both outputs print.
    #[must_use]
    pub fn bind(&self, job: &Job, read: &ReadDossier, films: &[SeasonFilm]) -> Book {
        let occasion =
            if job.in_season { self.season.occasion(&job.slug, films) } else { book::Occasion::default() };
        let scheme = self.scheme_or_first(&read.dossier);
        let mut book = book::bind(&read.dossier, &occasion, scheme);
        if let Some(words) = self.layout.settings.words.get(&scheme.language) {
            book.terms.extend(words.clone());
        }
        book
    }

    /// The book with a mark in place of every character that no font has.
    #[must_use]
    pub fn printable(&self, book: &Book) -> Book {
        let mut book = book.clone();
        book.replace_characters(&|c| self.fonts.has(c));
        book
    }

    /// Makes both outputs and checks them; nothing is stored yet.
    pub fn make(
        &self,
        job: &Job,
        read: Warned<ReadDossier>,
        films: &[SeasonFilm],
        order: &Order,
    ) -> (Result<Made, Vec<Diagnostic>>, Vec<Diagnostic>) {
        let Warned { value: read, mut warnings } = read;
        if order.strict {
            let doubts = take_doubts(&mut warnings);
            if !doubts.is_empty() {
                return (Err(doubts), warnings);
            }
        }
        let book = self.bind(job, &read, films);
        warnings.extend(self.unprintable(&book, &read));
        let mut made = Made {
            words: read
                .source
                .text()
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .count(),
            chapters: read.dossier.chapters.len(),
            missing: self.missing(&read.dossier),
            ..Made::default()
        };
        let press = Press { workshop: self, read: &read, book: &book, job, order };
        let result = press.run(&mut made).map(|()| made);
        if let Ok(made) = &result {
            warnings.extend(made.faults.iter().map(|fault| page_note(job, fault)));
        }
        (result, warnings)
    }

    fn missing(&self, dossier: &Dossier) -> Vec<String> {
        let chapters = self.scheme(dossier).map(|scheme| scheme.chapters.as_slice()).unwrap_or_default();
        let absent = chapters
            .iter()
            .filter(|chapter| dossier.chapters.iter().all(|found| found.id.as_str() != chapter.id));
        absent.map(|chapter| chapter.title.clone()).collect()
    }

    fn unprintable(&self, book: &Book, read: &ReadDossier) -> Vec<Diagnostic> {
        let mut missing = Vec::new();
        for leaf in book.printed() {
            missing.extend(leaf.text.chars().filter(|c| !self.fonts.has(*c)));
        }
        missing.sort_unstable();
        missing.dedup();
        let warn = |c: char| {
            let at = read.source.text().find(c).unwrap_or(0);
            Diagnostic::warning(
                Code::CharacterReplaced,
                format!(
                    "no font of the booklet has the character “{c}” (U+{:04X}); the booklet shows � for it",
                    c as u32
                ),
            )
            .at(Place::of(&read.source, crate::source::Span::new(at, at + c.len_utf8())))
            .hint("the e-book has it; for the booklet, write it in another way")
        };
        missing.into_iter().map(warn).collect()
    }
}

/// Takes the doubts about chapters out of the warnings, as errors.
fn take_doubts(warnings: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_doubt = |warning: &mut Diagnostic| warning.code == Code::ChapterUnsure;
    let doubts = warnings.extract_if(.., is_doubt);
    doubts.map(|doubt| Diagnostic { severity: Severity::Error, ..doubt }).collect()
}

/// A fault of a page, as the editor sees it.
fn page_note(job: &Job, fault: &Fault) -> Diagnostic {
    let Fault { kind, label, words, .. } = fault;
    Diagnostic::note(Code::Page, format!("page {label}: {kind}: “{words}”"))
        .at(Place::file(store::shown(&job.path)))
}

/// Says in which encoding a dossier was read, and how much was cleaned.
fn how_it_was_read(recovered: &Recovered) -> Diagnostic {
    let (source, edits) = (&recovered.source, recovered.edits.len());
    Diagnostic::note(Code::Reading, format!("read as {}, cleaned in {edits} places", source.encoding()))
        .at(Place::file(source.name()))
        .hint(
            "`bookify inspect --edits` lists what was cleaned; `encoding:` in season.yaml sets the encoding",
        )
}

/// What the season says of the chapters of a film's dossier.
fn pins_of(film: &Film) -> Pins {
    let absent = film.chapters.iter().filter_map(|(id, presence)| match presence {
        Presence::Absent => Some(id.clone()),
        Presence::Present => None,
    });
    Pins { starts: film.starts.clone(), absent: absent.collect() }
}

/// One dossier under way.
struct Press<'a> {
    workshop: &'a Workshop,
    read: &'a ReadDossier,
    book: &'a Book,
    job: &'a Job,
    order: &'a Order,
}

/// What one output became: nothing where it was not wanted.
type Output = Result<Option<Vec<u8>>, Vec<Diagnostic>>;

impl Press<'_> {
    /// Draws the cover while the booklet is laid out, and writes the e-book while the PDF is.
    fn run(&self, made: &mut Made) -> Result<(), Vec<Diagnostic>> {
        let printable = self.workshop.printable(self.book);
        std::thread::scope(|scope| {
            let cover = self.order.epub.then(|| spawn(scope, || self.cover(&printable)));
            // the e-book's page list needs the booklet's pages, whether the booklet is wanted or not
            let Typeset { booklet, faults, .. } = self.workshop.typeset(&printable)?;
            made.pages = Some(booklet.pages());
            made.faults = faults;
            std::thread::scope(|inner| {
                let pdf = spawn(inner, || self.pdf(&printable, &booklet));
                let epub = match cover {
                    Some(cover) => join(cover).and_then(|cover| self.epub(&printable, &cover, &booklet)),
                    None => Ok(None),
                };
                made.pdf = join(pdf)?;
                made.epub = epub?;
                Ok(())
            })
        })
    }

    fn pdf(&self, printable: &Book, booklet: &Booklet) -> Output {
        if !self.order.pdf {
            return Ok(None);
        }
        let bytes = booklet.pdf(self.modified())?;
        let text = pdf::text_of(&bytes).map_err(|error| vec![error])?.concat();
        collate::book_and_output(printable, &text).map_err(|found| vec![self.lost(&found, "booklet")])?;
        Ok(Some(bytes))
    }

    fn epub(&self, printable: &Book, cover: &[u8], booklet: &Booklet) -> Output {
        let pages = booklet.page_openings(printable).into_iter().map(|page| epub::PageBreak {
            label: page.label,
            leaf: page.leaf,
            offset: page.offset,
        });
        let pages = pages.collect::<Vec<_>>();
        let year = self.book.year.map_or_else(String::new, |year| year.to_string());
        let print = format!("{}.pdf", self.job.slug);
        let edition = epub::Edition {
            css: &self.workshop.layout.css(),
            cover_jpeg: cover,
            identifier_seed: &format!("{}/{}/{year}", self.job.slug, self.book.title),
            modified: self.modified(),
            pages: &pages,
            print_source: Some(&print),
        };
        let bytes = epub::write(self.book, &edition).map_err(|error| vec![error])?;
        let text = epub::read_back(&bytes).map_err(|error| vec![error])?;
        collate::book_and_output(self.book, &text).map_err(|found| vec![self.lost(&found, "e-book")])?;
        Ok(Some(bytes))
    }

    fn cover(&self, book: &Book) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let cover = pdf::cover(&self.workshop.commission(book, &Printing::default()))?;
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
