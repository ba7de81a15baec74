//! The words of the catalogue: terms of the chapter scheme, and figures as people read them.

use super::{Catalogue, Discussion, Entry, File, Kind};
use chrono::{Datelike as _, NaiveTime, Timelike as _};
use std::collections::BTreeMap;

/// A space at which no line is broken.
const NO_BREAK: char = '\u{a0}';

/// The words, by their keys.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    terms: &'a BTreeMap<String, String>,
}

impl<'a> Words<'a> {
    /// The words of a catalogue.
    pub fn of(catalogue: &'a Catalogue) -> Self {
        Self { terms: &catalogue.terms }
    }

    /// The word or phrase of that key, or the key itself where the scheme has none, as everywhere else.
    pub fn term(self, key: &'a str) -> &'a str {
        self.terms.get(key).map_or(key, String::as_str)
    }

    /// The day of the week and the date: `Sunday 9 November 2025`; the date alone where the scheme does not
    /// name seven days.
    pub fn day(self, discussion: &Discussion) -> String {
        let days = self.term("catalogue_weekdays").split_whitespace().collect::<Vec<_>>();
        let day = days.get(discussion.date.weekday().num_days_from_monday() as usize);
        match day.filter(|_| days.len() == 7) {
            Some(day) => format!("{day} {}", discussion.long),
            None => discussion.long.clone(),
        }
    }

    /// A time of day: `19:30`, `19 h 30`.
    pub fn time(self, time: NaiveTime) -> String {
        let (hour, minute) = (time.hour().to_string(), format!("{:02}", time.minute()));
        self.term("catalogue_time")
            .replace("{hour}", &hour)
            .replace("{minute}", &minute)
            .replace(' ', "\u{a0}")
    }

    /// A size in bytes, in units of a thousand as shops and phones count them: `331 kB`, `1.2 MB`.
    pub fn size(self, bytes: u64) -> String {
        if bytes < 999_500 {
            let unit = self.term("catalogue_kilobytes");
            return format!("{}{NO_BREAK}{unit}", ((bytes + 500) / 1000).max(1));
        }
        let tenths = (bytes + 50_000) / 100_000;
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let (point, unit) = (self.term("catalogue_decimal"), self.term("catalogue_megabytes"));
        format!("{whole}{point}{tenth}{NO_BREAK}{unit}")
    }

    /// What a file is called: `Booklet`, `Before the Film`, `Before the Film: to print and fold`.
    pub fn file(self, file: &File) -> String {
        let kind = self.term(match file.kind {
            Kind::Booklet => "catalogue_booklet",
            Kind::Ebook => "catalogue_ebook",
            Kind::Print => "catalogue_print",
            Kind::Press => "catalogue_press",
        });
        match &file.edition {
            Some(edition) => {
                self.term("catalogue_edition").replace("{kind}", kind).replace("{edition}", edition)
            }
            None => kind.to_owned(),
        }
    }

    /// What a file is, how long and how large: `PDF, 36 pages, 331 kB`.
    pub fn measure(self, entry: &Entry, file: &File) -> String {
        let pages = entry.pages.filter(|_| file.kind == Kind::Booklet && file.edition.is_none());
        let format = match file.kind {
            Kind::Booklet | Kind::Print | Kind::Press => "PDF",
            Kind::Ebook => "EPUB",
        };
        let pages = pages.map(|pages| self.pages(pages));
        [Some(format.to_owned()), pages, Some(self.size(file.bytes))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn pages(self, pages: usize) -> String {
        let word = self.term(if pages == 1 { "catalogue_page" } else { "catalogue_pages" });
        format!("{pages}{NO_BREAK}{word}")
    }

    /// How many films there are: `5 films`.
    pub fn count(self, films: usize) -> String {
        let word = self.term(if films == 1 { "catalogue_one_film" } else { "catalogue_many_films" });
        format!("{films}{NO_BREAK}{word}")
    }

    /// The title of a discussion in a calendar: `Discussion: The General (1926)`.
    pub fn event(self, film: &Entry) -> String {
        self.term("catalogue_event").replace("{film}", &film.listed_title())
    }
}
