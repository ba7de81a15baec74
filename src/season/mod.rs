//! `season.yaml`: the club, the season, its films in order and what their texts do not say; which editions
//! are made of them.

mod editions;
mod entries;
mod listing;
mod mentions;
mod pictures;
#[cfg(test)]
mod tests;
mod wishes;

pub use editions::{Edition, Editions};
pub use entries::Entries;
pub use listing::{ListedWords, ListedWork};
pub use pictures::{Cover, Still};
pub use wishes::{EpubFonts, Fitting, Minutes, Paper, TimeOfDay};

use crate::book::{EditionKind, Names, Occasion, SeasonFilm};
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::Metadata;
use crate::ingest::Switches;
use crate::layout::{IndexWish, Print};
use crate::scheme::Scheme;
use crate::settings;
use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file's name, beside the dossiers.
pub const SEASON_FILE: &str = "season.yaml";

/// A season of a film club.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Season {
    /// The club.
    pub club: Option<String>,
    /// The season's name.
    pub season: Option<String>,
    /// Language of the dossiers, where it should not be guessed: `en`.
    pub language: Option<String>,
    /// The layout's name or folder.
    pub layout: Option<String>,
    /// The paper, where it is not the layout's own.
    pub paper: Option<Paper>,
    /// Whether the booklet is fitted to its sheets.
    pub fit: Fitting,
    /// Whether there is an index.
    #[serde(deserialize_with = "wishes::index")]
    pub index: IndexWish,
    /// Titles of works that are set in italics wherever they stand in any dossier.
    pub works: Vec<ListedWork>,
    /// Foreign words that are.
    pub foreign: Vec<ListedWords>,
    /// Which editions are made.
    pub editions: Editions,
    /// How long the discussion lasts.
    pub discussion_minutes: Minutes,
    /// At what time the discussions begin.
    pub time: Option<TimeOfDay>,
    /// Where they are held.
    pub place: Option<String>,
    /// What cleaning may change in the texts.
    pub cleaning: Switches,
    /// Whether the pictures of the e-books are grey, for electronic paper.
    pub eink: bool,
    /// Which fonts the e-books bring.
    pub epub_fonts: EpubFonts,
    /// Who may copy what the club makes, in its own words: `CC BY 4.0`.
    pub rights: Option<String>,
    /// How booklets come onto paper.
    pub print: Print,
    /// The films, in the order of their discussions.
    pub films: Vec<Film>,
}

/// A film of the season.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Film {
    /// Its dossier: the file's name without its ending.
    pub dossier: String,
    /// The day of its discussion.
    pub date: Option<NaiveDate>,
    /// At what time it begins, where that is not the season's.
    pub time: Option<TimeOfDay>,
    /// Where it is held, where that is not the season's.
    pub place: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its title in its own language.
    pub original_title: Option<String>,
    /// Year of release.
    pub year: Option<i32>,
    /// Who directed it.
    pub directors: Option<Vec<String>>,
    /// Countries of production.
    pub countries: Option<Vec<String>>,
    /// Languages spoken.
    pub languages: Option<Vec<String>>,
    /// Running time in minutes.
    pub runtime_minutes: Option<u32>,
    /// One line about it.
    pub tagline: Option<String>,
    /// Language of its dossier, where it is not the season's.
    pub language: Option<String>,
    /// Encoding of its file, where it should not be guessed: `macintosh`.
    pub encoding: Option<String>,
    /// Titles of works that are set in italics wherever they stand in its dossier.
    pub works: Vec<ListedWork>,
    /// Foreign words that are.
    pub foreign: Vec<ListedWords>,
    /// By a chapter's id, the first words of the paragraph with which it opens.
    pub starts: BTreeMap<String, String>,
    /// By a chapter's id, that it is not there.
    pub chapters: BTreeMap<String, Presence>,
    /// The picture on its cover.
    pub cover: Option<Cover>,
    /// The pictures within its text.
    pub stills: Vec<Still>,
}

/// What the editor says of a chapter as a whole.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// The dossier has no such chapter.
    Absent,
    /// The dossier has it: as if nothing were said.
    Present,
}

impl Season {
    /// Reads `season.yaml`.
    ///
    /// # Errors
    /// Line and column of what is wrong: no YAML, an unknown or a doubled key, a film listed twice, a
    /// picture without a description or a place.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostic> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let mut season: Self = settings::read("the season", file, text).map_err(|error| {
            error.hint(
                "the keys are club, season, language, layout, paper, fit, index, works, foreign, editions, discussion_minutes, time, place, cleaning, eink, epub_fonts, rights, print and films; every film has `dossier:` and may have date, time, place, title, year, cover, stills …",
            )
        })?;
        season.check(file, text)?;
        season.editions.find_places(file, text);
        season.editions.check()?;
        pictures::settle(&mut season.films, file, text)?;
        Ok(season)
    }

    fn check(&self, file: &str, text: &str) -> Result<(), Diagnostic> {
        for (at, film) in self.films.iter().enumerate() {
            if film.dossier.is_empty() {
                let number = at + 1;
                return Err(Diagnostic::error(
                    Code::Settings,
                    format!("film {number} does not say which dossier it is"),
                )
                .at(Place::file(file))
                .hint("add `dossier: the-general`, the name of its file without the ending"));
            }
            if self.films[..at].iter().any(|other| other.dossier == film.dossier) {
                let lines = lines_with(text, &film.dossier);
                let (first, last) = (lines.first().copied().unwrap_or(1), lines.last().copied().unwrap_or(1));
                return Err(Diagnostic::error(
                    Code::Settings,
                    format!("“{}” is listed twice, in line {first} and in line {last}", film.dossier),
                )
                .at(Place::at(file, text, last, 1))
                .hint("a film is discussed once in a season: remove one of the two"));
            }
        }
        Ok(())
    }

    /// The editions that the season lists, in its order.
    #[must_use]
    pub fn listed_editions(&self) -> Vec<Edition> {
        self.editions.all(&self.any_edition())
    }

    /// The edition of that name: one that the season lists, or a built-in one.
    ///
    /// # Errors
    /// Where there is none, with the names that there are.
    pub fn edition(&self, name: &str) -> Result<Edition, Diagnostic> {
        self.editions.named(name, &self.any_edition()).ok_or_else(|| {
            let message = format!("there is no edition “{name}”");
            let known = self.editions.names().join(", ");
            Diagnostic::error(Code::Edition, message)
                .hint(format!("the editions are: {known}; others may be listed in {SEASON_FILE}"))
        })
    }

    /// What the season says of every edition.
    fn any_edition(&self) -> Edition {
        Edition {
            name: String::new(),
            kind: EditionKind::Booklet,
            title: None,
            chapters: Vec::new(),
            layout: self.layout.clone(),
            paper: self.paper,
            index: self.index,
            grey: false,
            epub: true,
            discussion_minutes: self.discussion_minutes.0,
        }
    }

    /// Holds the chapters of the editions against the chapter schemes.
    ///
    /// # Errors
    /// The first that no scheme has, with its place and the ids that there are.
    pub fn check_chapters(&self, schemes: &[Scheme]) -> Result<(), Diagnostic> {
        let mut known: Vec<&str> = Vec::new();
        for chapter in schemes.iter().flat_map(|scheme| &scheme.chapters) {
            if !known.contains(&chapter.id.as_str()) {
                known.push(&chapter.id);
            }
        }
        let unknown = self.editions.chapters().find(|(id, _)| !known.contains(id));
        unknown.map_or(Ok(()), |(id, place)| {
            Err(Diagnostic::error(
                Code::Settings,
                format!("an edition has the chapter “{id}”, which is not there"),
            )
            .at(place.clone())
            .hint(format!("the chapters are: {}", known.join(", "))))
        })
    }

    /// The entry of a dossier, with its place in the season.
    #[must_use]
    pub fn film(&self, slug: &str) -> Option<(usize, &Film)> {
        self.films.iter().enumerate().find(|(_, film)| film.dossier == slug)
    }

    /// At what time and where the film of `slug` is discussed: what its entry says, else the season.
    #[must_use]
    pub fn time_and_place(&self, slug: &str) -> (Option<NaiveTime>, Option<&str>) {
        let film = self.film(slug).map(|(_, film)| film);
        let time = film.and_then(|film| film.time).or(self.time);
        let place = film.and_then(|film| film.place.as_deref()).or(self.place.as_deref());
        let said = |place: &&str| !place.trim().is_empty();
        (time.map(|time| time.0), place.map(str::trim).filter(said))
    }

    /// What the season says of names in the dossier `slug`, the film's own entries first; season-wide
    /// ones alone where it is not listed.
    #[must_use]
    pub fn names(&self, slug: &str, scheme: &Scheme) -> Names {
        let film = self.film(slug).map(|(_, film)| film);
        let works = film.into_iter().flat_map(|film| &film.works).chain(&self.works);
        let foreign = film.into_iter().flat_map(|film| &film.foreign).chain(&self.foreign);
        Names {
            works: works.map(|work| work.0.clone()).collect(),
            foreign: foreign.map(|words| words.0.clone()).collect(),
            crew: scheme.fields.crew.clone(),
        }
    }

    /// The occasion on which the film of `slug` is discussed; `titles` are the films' titles and years,
    /// in the order of the season, as their dossiers tell them.
    #[must_use]
    pub fn occasion(&self, slug: &str, titles: &[SeasonFilm]) -> Occasion {
        let entry = self.film(slug);
        Occasion {
            club: self.club.clone(),
            season: self.season.clone(),
            index: entry.map(|(index, _)| index),
            films: if entry.is_some() { titles.to_vec() } else { Vec::new() },
            date: entry.and_then(|(_, film)| film.date),
            rights: self.rights.clone(),
        }
    }
}

impl Film {
    /// Adds what the text does not say; what it says stays, but for what the season says otherwise.
    pub fn complete(&self, metadata: &mut Metadata) {
        fn put<T: Clone>(to: &mut T, from: Option<&T>) {
            if let Some(value) = from {
                to.clone_from(value);
            }
        }
        put(&mut metadata.title, self.title.as_ref());
        put(&mut metadata.directors, self.directors.as_ref());
        put(&mut metadata.countries, self.countries.as_ref());
        put(&mut metadata.languages, self.languages.as_ref());
        metadata.original_title = self.original_title.clone().or(metadata.original_title.take());
        metadata.year = self.year.or(metadata.year);
        metadata.runtime_minutes = self.runtime_minutes.or(metadata.runtime_minutes);
        metadata.tagline = self.tagline.clone().or(metadata.tagline.take());
        metadata.date = self.date.or(metadata.date);
    }
}

/// Lines, from 1, of a text that name a dossier.
fn lines_with(text: &str, slug: &str) -> Vec<usize> {
    let names = |line: &str| {
        let value = line.trim_start().trim_start_matches("- ").strip_prefix("dossier:").map(str::trim);
        value.is_some_and(|value| value.trim_matches(['"', '\'']) == slug)
    };
    text.lines().enumerate().filter(|(_, line)| names(line)).map(|(at, _)| at + 1).collect()
}
