//! The front matter: language, metadata and source file as YAML between two lines of `---`.

use super::yaml;
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::{Block, Chapter, Content, Dossier, Metadata, SourceFile, plain};
use chrono::NaiveDate;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt::{self, Write as _};

/// The number of the form that this program writes and reads.
const FORM: u32 = 1;

/// A reviewed file, cut after its front matter.
pub struct Parted<'a> {
    /// From the first `---` up to, but not including, the second: a YAML document with its own line numbers.
    yaml: &'a str,
    /// What follows the second `---`.
    pub body: &'a str,
    /// How many lines of the file stand before the body.
    pub lines_before: usize,
}

/// Cuts a file after its front matter; `None` where it does not begin with one.
pub fn part(text: &str) -> Option<Parted<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let fence = line.trim_end();
        if number == 0 && fence != "---" {
            return None;
        }
        let end = at + line.len();
        if number > 0 && matches!(fence, "---" | "...") {
            return Some(Parted { yaml: &text[..at], body: &text[end..], lines_before: number + 1 });
        }
        at = end;
    }
    None
}

/// Whether the text begins with front matter that has the key `bookify`.
pub fn is_reviewed(text: &str) -> bool {
    part(text).is_some_and(|parted| parted.yaml.lines().any(|line| line.starts_with("bookify:")))
}

/// The front matter of a dossier, with both its fences.
pub fn write(dossier: &Dossier) -> String {
    let metadata = &dossier.metadata;
    let mut out = format!("---\nbookify: {FORM}\n");
    yaml::pair(&mut out, "language", &dossier.language);
    yaml::pair(&mut out, "title", &metadata.title);
    if let Some(title) = &metadata.original_title {
        yaml::pair(&mut out, "original_title", title);
    }
    if let Some(year) = metadata.year {
        let _ = writeln!(out, "year: {year}");
    }
    yaml::list(&mut out, "directors", &metadata.directors);
    yaml::list(&mut out, "countries", &metadata.countries);
    yaml::list(&mut out, "languages", &metadata.languages);
    if let Some(minutes) = metadata.runtime_minutes {
        let _ = writeln!(out, "runtime_minutes: {minutes}");
    }
    if let Some(date) = metadata.date {
        let _ = writeln!(out, "date: {date}");
    }
    if let Some(tagline) = &metadata.tagline {
        yaml::pair(&mut out, "tagline", tagline);
    }
    if metadata.fields != fields_of(&dossier.chapters) {
        write_fields(&mut out, &metadata.fields);
    }
    if let Some(source) = &dossier.source {
        let (name, sha256) = (yaml::scalar(&source.name), yaml::scalar(&source.sha256));
        let _ = writeln!(out, "source:\n  name: {name}\n  sha256: {sha256}");
    }
    out.push_str("---\n");
    out
}

fn write_fields(out: &mut String, fields: &[(String, String)]) {
    out.push_str(if fields.is_empty() { "fields: []\n" } else { "fields:\n" });
    for (name, value) in fields {
        yaml::pair(out, &format!("  - {}", yaml::scalar(name)), value);
    }
}

/// Every field of the chapters, in order: what `metadata.fields` is where the front matter has none.
fn fields_of(chapters: &[Chapter]) -> Vec<(String, String)> {
    chapters.iter().flat_map(Chapter::blocks).filter_map(field_of).collect()
}

fn field_of(block: &Block) -> Option<(String, String)> {
    match &block.content {
        Content::Field { name, value } => Some((plain(name), plain(value))),
        Content::Date(_)
        | Content::Title(_)
        | Content::Tagline(_)
        | Content::Paragraph(_)
        | Content::Labelled { .. }
        | Content::Group { .. }
        | Content::Item(_)
        | Content::Question(_)
        | Content::Term { .. } => None,
    }
}

/// The front matter as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontMatter {
    bookify: u32,
    language: Option<String>,
    title: Option<String>,
    original_title: Option<String>,
    year: Option<i32>,
    directors: Vec<String>,
    countries: Vec<String>,
    languages: Vec<String>,
    runtime_minutes: Option<u32>,
    date: Option<IsoDate>,
    tagline: Option<String>,
    fields: Option<Vec<Field>>,
    source: Option<SourceEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    name: String,
    sha256: String,
}

impl FrontMatter {
    /// Makes the dossier of these chapters and front blocks.
    pub fn dossier(self, front: Vec<Block>, chapters: Vec<Chapter>) -> Dossier {
        let fields = match self.fields {
            Some(fields) => fields.into_iter().map(|Field(name, value)| (name, value)).collect(),
            None => fields_of(&chapters),
        };
        let metadata = Metadata {
            title: self.title.unwrap_or_default(),
            original_title: self.original_title,
            year: self.year,
            directors: self.directors,
            countries: self.countries,
            languages: self.languages,
            runtime_minutes: self.runtime_minutes,
            date: self.date.map(|IsoDate(date)| date),
            tagline: self.tagline,
            fields,
        };
        let source = self.source.map(|entry| SourceFile { name: entry.name, sha256: entry.sha256 });
        Dossier { language: self.language.unwrap_or_default(), metadata, front, chapters, source }
    }
}

/// Reads the front matter of a file that was cut by [`part`].
///
/// # Errors
/// With line and column, where it is not YAML of this shape, has a key twice, or lacks what it must have.
pub fn read(name: &str, text: &str, parted: &Parted) -> Result<FrontMatter, Diagnostic> {
    if let Some(twice) = key_given_twice(parted.yaml) {
        let (key, first, second) = (twice.key, twice.first, twice.second);
        let message = format!("`{key}` is given twice, in line {first} and in line {second}");
        return Err(broken(message, Place::at(name, text, second, twice.column)).hint("keep one of the two"));
    }
    let read: FrontMatter = serde_yaml::from_str(parted.yaml).map_err(|error| unreadable(name, text, &error))?;
    let place = Place::at(name, text, 1, 1);
    if read.bookify != FORM {
        let message = format!("`bookify: {}` is a form that this program does not know; it reads {FORM}", read.bookify);
        return Err(broken(message, place).hint(format!("write `bookify: {FORM}` in the front matter")));
    }
    for (key, value) in [("language", &read.language), ("title", &read.title)] {
        if value.as_deref().is_none_or(str::is_empty) {
            return Err(broken(format!("the front matter has no `{key}`"), place).hint(format!("add a line `{key}: …`")));
        }
    }
    Ok(read)
}

/// The error for a file that does not begin with front matter.
pub fn missing(name: &str, text: &str) -> Diagnostic {
    let begins = text.trim_start_matches('\u{feff}').lines().next().is_some_and(|line| line.trim_end() == "---");
    let message = if begins {
        "the front matter that begins here is not closed by a second line of `---`"
    } else {
        "a reviewed dossier begins with front matter between two lines of `---`"
    };
    broken(message.to_owned(), Place::at(name, text, 1, 1))
}

fn broken(message: String, place: Place) -> Diagnostic {
    Diagnostic::error(Code::Settings, message).at(place)
}

fn unreadable(name: &str, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let message = error.to_string();
    match error.location() {
        Some(at) => {
            // the place says it already
            let message = message.replace(&format!(" at line {} column {}", at.line(), at.column()), "");
            broken(format!("the front matter cannot be read: {message}"), Place::at(name, text, at.line(), at.column()))
        }
        None => broken(format!("the front matter cannot be read: {message}"), Place::at(name, text, 1, 1)),
    }
}

/// A key that stands twice, and where: lines and the column of the second, from 1.
struct Twice<'a> {
    key: &'a str,
    first: usize,
    second: usize,
    column: usize,
}

/// The YAML reader names only one of the two lines, and a person wants to compare both.
fn key_given_twice(yaml: &str) -> Option<Twice<'_>> {
    let mut seen: Vec<(&str, &str, usize)> = Vec::new();
    let mut outer = "";
    for (index, line) in yaml.lines().enumerate() {
        let bare = line.trim_start_matches(' ');
        let indent = line.len() - bare.len();
        let Some((key, _)) = bare.split_once(':').filter(|(key, _)| is_key(key)) else { continue };
        let parent = if indent == 0 { "" } else { outer };
        // the pairs of `fields` may share a name: a film can have two entries `Director`
        if parent == "fields" {
            continue;
        }
        if indent == 0 {
            outer = key;
        }
        match seen.iter().find(|(of, known, _)| (*of, *known) == (parent, key)) {
            Some(&(_, _, first)) => return Some(Twice { key, first, second: index + 1, column: indent + 1 }),
            None => seen.push((parent, key, index + 1)),
        }
    }
    None
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The day of the discussion: `2026-05-03`.
#[derive(Debug)]
struct IsoDate(NaiveDate);

impl<'de> Deserialize<'de> for IsoDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // by a visitor, since only so the error gets the line and column of the value
        deserializer.deserialize_str(DateVisitor)
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = IsoDate;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a date, `2026-05-03`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<IsoDate, E> {
        let date = text.parse().map_err(|_| E::custom(format!("`{text}` is not a date; write it as 2026-05-03")))?;
        Ok(IsoDate(date))
    }
}

/// A field of the production file as a map of one pair: `- Year: "1926"`.
#[derive(Debug)]
struct Field(String, String);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OnePair)
    }
}

struct OnePair;

impl<'de> Visitor<'de> for OnePair {
    type Value = Field;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("one pair of a field's name and its value, `- Year: \"1926\"`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field, A::Error> {
        let nothing = || Error::custom("a field has a name and a value, `- Year: \"1926\"`");
        let (name, value) = map.next_entry()?.ok_or_else(nothing)?;
        if map.next_key::<String>()?.is_some() {
            return Err(Error::custom("each field is an entry of its own: put `- ` before its name"));
        }
        Ok(Field(name, value))
    }
}
