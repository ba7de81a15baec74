//! The catalogue of a season: what its members get besides the booklets and e-books themselves.
//!
//! Films and files in, files out; it knows neither dossiers nor folders, and reads no clock.
//!
//! - `index.html` (`page`, `film`): one page with covers, dates and links, which needs nothing but the files
//!   beside it. A few lines of script move the next discussion to its top; without them the page is whole
//!   and in the order of the dates.
//! - `opds.xml` (`atom`, OPDS 1.2) and `opds.json` with `publications/` (`publication`, OPDS 2.0): feeds for
//!   reading apps, once a club puts the folder on a server.
//! - `discussions.ics` (`calendar`, RFC 5545): the dates for calendars.
//! - `covers/`: the covers that the feeds name.

mod atom;
mod calendar;
mod film;
mod page;
mod publication;
#[cfg(test)]
mod tests;
mod words;

use crate::diag::Diagnostic;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeMap;
use uuid::Uuid;
use words::Words;

/// A season and what was made of its films.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The club.
    pub club: Option<String>,
    /// The season's name.
    pub season: Option<String>,
    /// The language of the page's own words, as a tag: `en-GB`.
    pub language: String,
    /// Stays the same for the same season for ever: apps know a feed by it.
    pub identifier: Uuid,
    /// The films in the order of the season.
    pub films: Vec<Entry>,
    /// Words of the chapter scheme, by their keys.
    pub terms: BTreeMap<String, String>,
    /// How long a discussion lasts, in minutes.
    pub discussion_minutes: u32,
}

/// A film of the season.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name of its files without their endings: `the-general`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Year of release.
    pub year: Option<i32>,
    /// Its title in its own language, where that is another one.
    pub original_title: Option<String>,
    /// Who directed it.
    pub directors: Vec<String>,
    /// Language of its dossier, as a tag: `en-GB`.
    pub language: String,
    /// When it is discussed.
    pub discussion: Option<Discussion>,
    /// One line about it.
    pub tagline: Option<String>,
    /// Pages of its booklet.
    pub pages: Option<usize>,
    /// Its cover, small.
    pub cover: Option<Thumbnail>,
    /// Its colours.
    pub inks: Option<Inks>,
    /// What was made of it, in the order in which it is offered.
    pub files: Vec<File>,
    /// The identifier of its e-book.
    pub identifier: Uuid,
    /// When its files were last changed, from the input, never from the clock.
    pub updated: DateTime<Utc>,
}

/// When and where a film is discussed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discussion {
    /// The day.
    pub date: NaiveDate,
    /// The day, written out: `9 November 2025`.
    pub long: String,
    /// The time of day, as the clocks of the place show it.
    pub time: Option<NaiveTime>,
    /// The place.
    pub place: Option<String>,
}

/// A small cover: a JPEG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbnail {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A film's colours, as `#rrggbb`; anything else is as if nothing were said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inks {
    /// The dark one, for words on paper.
    pub ink: String,
    /// The light one, for words on the dark one.
    pub spark: String,
}

/// A file that was made of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name: `the-general.before.pdf`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The edition's title, where it is not the booklet with everything: `Before the Film`.
    pub edition: Option<String>,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The booklet, page by page.
    Booklet,
    /// The e-book.
    Ebook,
    /// The booklet on sheets, to be folded.
    Print,
    /// The booklet for a print shop.
    Press,
}

impl Kind {
    /// The media type of its files.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Booklet | Self::Print | Self::Press => "application/pdf",
            Self::Ebook => "application/epub+zip",
        }
    }

    /// Whether people read it on a screen, so that a feed for reading apps offers it.
    fn is_read_on_screens(self) -> bool {
        match self {
            Self::Booklet | Self::Ebook => true,
            Self::Print | Self::Press => false,
        }
    }
}

/// A file of the catalogue, ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its path in the folder of the outputs, with forward slashes.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files of a catalogue; the same catalogue gives the same bytes.
///
/// A film of which nothing was made for screens stands on the page alone; a feed has nothing to offer
/// of it. A publication without a cover lacks `images`, which OPDS 2.0 asks for.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where a feed or the calendar cannot be written.
pub fn write(catalogue: &Catalogue) -> Result<Vec<Sheet>, Diagnostic> {
    let words = Words::of(catalogue);
    let sheet = |path: String, bytes: Vec<u8>| Sheet { path, bytes };
    let mut sheets = vec![
        sheet(PAGE.to_owned(), page::page(catalogue, words).into_bytes()),
        sheet(ATOM.to_owned(), atom::feed(catalogue, words)?),
        sheet(OPDS.to_owned(), publication::feed(catalogue, words)),
        sheet(CALENDAR.to_owned(), calendar::calendar(catalogue, words)?.into_bytes()),
    ];
    for film in catalogue.offered() {
        sheets.push(sheet(publication::path(film), publication::alone(catalogue, film)));
    }
    for film in &catalogue.films {
        sheets.extend(film.cover.iter().map(|cover| sheet(film.cover_path(), cover.jpeg.clone())));
    }
    Ok(sheets)
}

/// The file of the members' page.
pub const PAGE: &str = "index.html";
/// The feed of OPDS 1.2.
const ATOM: &str = "opds.xml";
/// The feed of OPDS 2.0.
const OPDS: &str = "opds.json";
/// The dates.
const CALENDAR: &str = "discussions.ics";

impl Catalogue {
    /// The films in the order of their discussions; those without a day come last.
    fn by_date(&self) -> Vec<&Entry> {
        let mut films = self.films.iter().collect::<Vec<_>>();
        let day = |film: &Entry| film.discussion.as_ref().map(|found| (found.date, found.time));
        films.sort_by_key(|film| (film.discussion.is_none(), day(film)));
        films
    }

    /// The films of which there is something to read on a screen, by date.
    fn offered(&self) -> impl Iterator<Item = &Entry> {
        self.by_date().into_iter().filter(|film| film.readable().next().is_some())
    }

    /// When anything in it was last changed.
    fn updated(&self) -> DateTime<Utc> {
        self.films.iter().map(|film| film.updated).max().unwrap_or_default()
    }

    /// What it is called: the season's name, or the club's.
    fn title<'a>(&'a self, words: Words<'a>) -> &'a str {
        self.season.as_deref().or(self.club.as_deref()).unwrap_or_else(|| words.term("catalogue_films"))
    }

    /// The club and the season.
    fn full_title<'a>(&'a self, words: Words<'a>) -> String {
        let title = self.title(words);
        match &self.club {
            Some(club) if club != title => format!("{club}: {title}"),
            Some(_) | None => title.to_owned(),
        }
    }
}

impl Entry {
    /// The title with its year: `The General (1926)`.
    fn listed_title(&self) -> String {
        self.year.map_or_else(|| self.title.clone(), |year| format!("{} ({year})", self.title))
    }

    /// What is read on screens.
    fn readable(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.kind.is_read_on_screens())
    }

    fn cover_path(&self) -> String {
        format!("covers/{}.jpg", self.slug)
    }
}

/// What stands for itself in a link.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// A path as a link: a file may be called `Él #2?.pdf`.
fn link(path: &str) -> String {
    utf8_percent_encode(path, PLAIN).to_string()
}
