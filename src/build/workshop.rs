//! The workshop: season, chapter schemes, layouts and fonts, and how a dossier is read and bound there.

use super::{Cache, Job, store};
use crate::book::{self, Book, SeasonFilm, Suggestion};
use crate::collate;
use crate::diag::{Code, Diagnostic, Place, Warned};
use crate::dossier::Dossier;
use crate::ingest::{self, Known, Pins, Recovered};
use crate::layout::Layout;
use crate::markdown;
use crate::pdf::TypeCase;
use crate::scheme::Scheme;
use crate::season::{Film, Presence, Season};
use crate::source::Source;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What every dossier of a season needs: season, chapter schemes, layouts, fonts.
pub struct Workshop {
    season: Season,
    schemes: Vec<Scheme>,
    /// By the names under which they are asked for.
    layouts: BTreeMap<String, Layout>,
    pub(super) fonts: TypeCase,
    cache: Cache,
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

impl ReadDossier {
    /// How many words its text has.
    pub fn words(&self) -> usize {
        let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
        self.source.text().split_whitespace().filter(is_word).count()
    }
}

impl Workshop {
    /// Opens a workshop.
    pub fn new(
        season: Season,
        schemes: Vec<Scheme>,
        layouts: BTreeMap<String, Layout>,
        fonts: impl Iterator<Item = (&'static str, Cow<'static, [u8]>)>,
    ) -> Self {
        Self {
            season,
            schemes,
            layouts,
            fonts: TypeCase::new(fonts.map(|(_, bytes)| bytes)),
            cache: Cache::none(),
        }
    }

    /// The workshop with what was made before.
    #[must_use]
    pub fn with(mut self, cache: Cache) -> Self {
        self.cache = cache;
        self
    }

    /// What was made before.
    pub(super) fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The season.
    #[must_use]
    pub fn season(&self) -> &Season {
        &self.season
    }

    /// The layout that is asked for under that name.
    ///
    /// # Errors
    /// Where the workshop was opened without it.
    pub fn layout(&self, name: &str) -> Result<&Layout, Diagnostic> {
        self.layouts
            .get(name)
            .ok_or_else(|| Diagnostic::error(Code::Settings, format!("the layout “{name}” was not opened")))
    }

    /// The chapter schemes, the club's own first.
    pub(super) fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// The chapter scheme of a dossier.
    #[must_use]
    pub fn scheme(&self, dossier: &Dossier) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.language == dossier.language)
    }

    /// The chapter scheme of a language, or the first of all where there is none.
    pub(super) fn scheme_of(&self, language: &str) -> &Scheme {
        self.schemes.iter().find(|scheme| scheme.language == language).unwrap_or(&self.schemes[0])
    }

    /// The terms of a scheme; English ones where it lacks some, because a club's own scheme may be older
    /// than they are.
    pub(super) fn terms(&self, scheme: &Scheme) -> BTreeMap<String, String> {
        let mut terms = self.scheme_of("en").terms.clone();
        terms.extend(scheme.terms.clone());
        terms
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
        book::annotate(&mut book, &self.season.names(&job.slug, scheme));
        book
    }

    /// Words that may be titles of works and are not certain enough to be set as such.
    #[must_use]
    pub fn suggestions(&self, job: &Job, read: &ReadDossier) -> Vec<Suggestion> {
        let scheme = self.scheme_or_first(&read.dossier);
        let mut book = book::bind(&read.dossier, &book::Occasion::default(), scheme);
        book::annotate(&mut book, &self.season.names(&job.slug, scheme))
    }

    /// The book with a mark in place of every character that no font has.
    #[must_use]
    pub fn printable(&self, book: &Book) -> Book {
        let mut book = book.clone();
        book.replace_characters(&|c| self.fonts.has(c));
        book
    }

    pub(super) fn missing(&self, dossier: &Dossier) -> Vec<String> {
        let chapters = self.scheme(dossier).map(|scheme| scheme.chapters.as_slice()).unwrap_or_default();
        let absent = chapters
            .iter()
            .filter(|chapter| dossier.chapters.iter().all(|found| found.id.as_str() != chapter.id));
        absent.map(|chapter| chapter.title.clone()).collect()
    }

    pub(super) fn unprintable(&self, book: &Book, read: &ReadDossier) -> Vec<Diagnostic> {
        let mut missing = Vec::new();
        for leaf in book.printed() {
            missing.extend(leaf.text.chars().filter(|c| !self.fonts.has(*c)));
        }
        missing.sort_unstable();
        missing.dedup();
        let warn = |c: char| {
            // the words of a caption are not in the dossier
            let place = match read.source.text().find(c) {
                Some(at) => Place::of(&read.source, crate::source::Span::new(at, at + c.len_utf8())),
                None => Place::file(read.source.name()),
            };
            Diagnostic::warning(
                Code::CharacterReplaced,
                format!(
                    "no font of the booklet has the character “{c}” (U+{:04X}); the booklet shows � for it",
                    c as u32
                ),
            )
            .at(place)
            .hint("the e-book has it; for the booklet, write it in another way")
        };
        missing.into_iter().map(warn).collect()
    }
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
