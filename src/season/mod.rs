//! `season.yaml`: the club, the season, its films in order and what their texts do not say.

use crate::book::{Occasion, SeasonFilm};
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::Metadata;
use crate::ingest::Switches;
use crate::settings;
use chrono::NaiveDate;
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
    /// What cleaning may change in the texts.
    pub cleaning: Switches,
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
    /// By a chapter's id, the first words of the paragraph with which it opens.
    pub starts: BTreeMap<String, String>,
    /// By a chapter's id, that it is not there.
    pub chapters: BTreeMap<String, Presence>,
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
    /// Line and column of what is wrong: no YAML, an unknown or a doubled key, a film listed twice.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostic> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let season: Self = settings::read("the season", file, text).map_err(|error| {
            error.hint(
                "the keys are club, season, language, layout and films; every film has `dossier:` and may have date, title, year …",
            )
        })?;
        season.check(file, text)?;
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

    /// The entry of a dossier, with its place in the season.
    #[must_use]
    pub fn film(&self, slug: &str) -> Option<(usize, &Film)> {
        self.films.iter().enumerate().find(|(_, film)| film.dossier == slug)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_listed_twice_is_named_with_both_lines() {
        let text = "films:\n  - dossier: m\n  - dossier: windmill\n  - dossier: m\n";
        let error = Season::parse("season.yaml", text).expect_err("m is there twice");
        assert_eq!(error.message, "“m” is listed twice, in line 2 and in line 4");
    }

    #[test]
    fn what_is_wrong_has_line_and_column() {
        let cases =
            [("club: [", 1), ("films:\n  - dossier: m\n    dat: 2025-01-01\n", 3), ("club: a\nclub: b\n", 2)];
        for (text, line) in cases {
            let error = Season::parse("season.yaml", text).expect_err("it is broken");
            assert_eq!(error.place.and_then(|place| place.line), Some(line), "{text}");
        }
    }
}
