//! `editions:` in `season.yaml`: which parts of a dossier are made, and how.
//!
//! ```yaml
//! editions: [booklet, before]     # the short form, or:
//! editions:
//!   - booklet
//!   - before: { layout: modern, paper: a5 }
//!   - short: { title: Form and Scenes, chapters: [form, scenes], index: no, epub: no }
//! ```

use super::mentions::{What, mentions};
use super::wishes::{Paper, index_if_said, switch};
use crate::book::{EditionKind, Matter, Wanted};
use crate::diag::{Code, Diagnostic, Place};
use crate::layout::IndexWish;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Editions that every dossier has, listed or not.
const BUILT_IN: [(&str, EditionKind); 3] = [
    ("booklet", EditionKind::Booklet),
    ("before", EditionKind::Before),
    ("discussion", EditionKind::Discussion),
];

/// Parts of the names of other outputs: `the-general.print.pdf`.
const RESERVED: [&str; 3] = ["print", "press", "kepub"];

/// An edition of every dossier of the season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its name, which its files bear: `before`.
    pub name: String,
    /// What it is for.
    pub kind: EditionKind,
    /// Its title, where the season gives it one.
    pub title: Option<String>,
    /// The ids of its chapters; empty but for [`EditionKind::Chapters`].
    pub chapters: Vec<String>,
    /// The layout's name or folder: its own, else the season's.
    pub layout: Option<String>,
    /// The paper: its own, else the season's; the layout's where neither names one.
    pub paper: Option<Paper>,
    /// Whether it has an index: its own wish, else the season's.
    pub index: IndexWish,
    /// Whether it is printed in greys.
    pub grey: bool,
    /// Whether it is made as an e-book too.
    pub epub: bool,
    /// How long the discussion lasts, in minutes.
    pub discussion_minutes: u32,
}

impl Edition {
    /// What is asked of the book.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let matter = match self.kind {
            EditionKind::Booklet => Matter::Everything,
            EditionKind::Before => Matter::Guide,
            EditionKind::Discussion => Matter::Questions { minutes: self.discussion_minutes },
            EditionKind::Chapters => Matter::Chapters(self.chapters.clone()),
        };
        Wanted { name: self.name.clone(), title: self.title.clone(), matter }
    }

    /// The name of its files without their endings: `the-general`, `the-general.before`.
    #[must_use]
    pub fn file_stem(&self, slug: &str) -> String {
        match self.kind {
            EditionKind::Booklet => slug.to_owned(),
            EditionKind::Before | EditionKind::Discussion | EditionKind::Chapters => {
                format!("{slug}.{}", self.name)
            }
        }
    }

    /// What the e-book's identifier comes from, made of what the booklet's comes from: a reader's notes
    /// on one edition are not those on another.
    #[must_use]
    pub fn identifier_seed(&self, booklet: &str) -> String {
        match self.kind {
            EditionKind::Booklet => booklet.to_owned(),
            EditionKind::Before | EditionKind::Discussion | EditionKind::Chapters => {
                format!("{booklet}/{}", self.name)
            }
        }
    }
}

/// The editions that a season lists; the booklet where it lists none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editions(Vec<Entry>);

impl Default for Editions {
    fn default() -> Self {
        Self(vec![Entry::of("booklet")])
    }
}

impl Editions {
    /// All of them, as they are listed; what they leave open is as in `rest`.
    pub fn all(&self, rest: &Edition) -> Vec<Edition> {
        self.0.iter().map(|entry| entry.edition(rest)).collect()
    }

    /// The edition of that name, listed or built in.
    pub fn named(&self, name: &str, rest: &Edition) -> Option<Edition> {
        let listed = self.0.iter().find(|entry| entry.name == name);
        match listed {
            Some(entry) => Some(entry.edition(rest)),
            None => built_in(name).map(|_| Entry::of(name).edition(rest)),
        }
    }

    /// The names of all that can be asked for: those that are listed, then the built-in ones.
    pub fn names(&self) -> Vec<&str> {
        let listed = self.0.iter().map(|entry| entry.name.as_str());
        let others = BUILT_IN.iter().map(|(name, _)| *name);
        listed.chain(others.filter(|name| self.0.iter().all(|entry| entry.name != *name))).collect()
    }

    /// The ids of all chapters that are listed, each with its place.
    pub fn chapters(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.0.iter().flat_map(|entry| entry.details.chapters.iter().map(|it| (it.id.as_str(), &it.place)))
    }

    /// Finds the places of names and chapters in the file that was read.
    pub fn find_places(&mut self, file: &str, text: &str) {
        let found = mentions(text);
        let mut rest = found.as_slice();
        let mut take = |what: What, word: &str| {
            let at = rest.iter().position(|it| it.what == what && it.word == word);
            let Some(mention) = at.and_then(|at| rest.get(at)) else {
                return Place::file(file);
            };
            rest = rest.get(at.map_or(0, |at| at + 1)..).unwrap_or_default();
            Place::at(file, text, mention.line, mention.column)
        };
        for entry in &mut self.0 {
            entry.place = take(What::Name, &entry.name);
            for chapter in &mut entry.details.chapters {
                chapter.place = take(What::Chapter, &chapter.id);
            }
        }
    }

    /// # Errors
    /// Where two editions have one name.
    pub fn check(&self) -> Result<(), Diagnostic> {
        for (at, entry) in self.0.iter().enumerate() {
            let Some(first) = self.0.iter().take(at).find(|other| other.name == entry.name) else {
                continue;
            };
            let line = |place: &Place| place.line.unwrap_or(1);
            let lines = match (line(&first.place), line(&entry.place)) {
                (one, other) if one == other => format!("in line {one}"),
                (one, other) => format!("in line {one} and in line {other}"),
            };
            let message = format!("the edition “{}” is listed twice, {lines}", entry.name);
            return Err(Diagnostic::error(Code::Settings, message)
                .at(entry.place.clone())
                .hint("both would be written into the same files: remove one of the two, or rename it"));
        }
        Ok(())
    }
}

fn built_in(name: &str) -> Option<EditionKind> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// An edition as the season describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: String,
    details: Details,
    place: Place,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
struct Details {
    title: Option<String>,
    chapters: Vec<Listed>,
    layout: Option<String>,
    paper: Option<Paper>,
    #[serde(deserialize_with = "index_if_said")]
    index: Option<IndexWish>,
    #[serde(deserialize_with = "switch")]
    grey: bool,
    #[serde(deserialize_with = "switch")]
    epub: bool,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            title: None,
            chapters: Vec::new(),
            layout: None,
            paper: None,
            index: None,
            grey: false,
            epub: true,
        }
    }
}

/// A chapter that is listed.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(from = "String")]
struct Listed {
    id: String,
    place: Place,
}

impl From<String> for Listed {
    fn from(id: String) -> Self {
        Self { id, place: Place::file("") }
    }
}

impl Entry {
    fn of(name: &str) -> Self {
        Self { name: name.to_owned(), details: Details::default(), place: Place::file("") }
    }

    fn edition(&self, rest: &Edition) -> Edition {
        let details = &self.details;
        Edition {
            name: self.name.clone(),
            kind: built_in(&self.name).unwrap_or(EditionKind::Chapters),
            title: details.title.clone(),
            chapters: details.chapters.iter().map(|chapter| chapter.id.clone()).collect(),
            layout: details.layout.clone().or_else(|| rest.layout.clone()),
            paper: details.paper.or(rest.paper),
            index: details.index.unwrap_or(rest.index),
            grey: details.grey,
            epub: details.epub,
            discussion_minutes: rest.discussion_minutes,
        }
    }

    /// What is wrong with it, for the editor.
    fn fault(&self) -> Option<String> {
        let Self { name, details, .. } = self;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.starts_with('-') || !name.chars().all(fits) {
            Some(format!(
                "“{name}” cannot name an edition: the name is part of file names and has lower-case letters, digits and dashes only"
            ))
        } else if RESERVED.contains(&name.as_str()) {
            Some(format!(
                "“{name}” cannot name an edition: other files are called so ({})",
                RESERVED.join(", ")
            ))
        } else if built_in(name).is_none() && details.chapters.is_empty() {
            Some(format!(
                "the edition “{name}” does not say which chapters it has: write `- {name}: {{ chapters: [form, scenes] }}`; only booklet, before and discussion know theirs"
            ))
        } else if built_in(name).is_some() && !details.chapters.is_empty() {
            Some(format!(
                "the edition “{name}” has its own chapters: leave `chapters:` out, or give the edition another name"
            ))
        } else {
            None
        }
    }

    fn checked<E: de::Error>(self) -> Result<Self, E> {
        match self.fault() {
            Some(fault) => Err(E::custom(fault)),
            None => Ok(self),
        }
    }
}

impl<'de> Deserialize<'de> for Editions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListOfEditions)
    }
}

struct ListOfEditions;

impl<'de> Visitor<'de> for ListOfEditions {
    type Value = Editions;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of editions, such as [booklet, before]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Editions, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element()? {
            entries.push(entry);
        }
        if entries.is_empty() {
            return Err(de::Error::custom("the list of editions is empty; leave it out to have the booklet"));
        }
        Ok(Editions(entries))
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneEdition)
    }
}

struct OneEdition;

impl<'de> Visitor<'de> for OneEdition {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the name of an edition, alone or with what it has: `before`, `before: { paper: a5 }`")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Entry, E> {
        Entry::of(name).checked()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
        let Some((name, details)) = map.next_entry::<String, Option<Details>>()? else {
            return Err(de::Error::custom("an edition has no name"));
        };
        if let Some(next) = map.next_key::<String>()? {
            return Err(de::Error::custom(format!(
                "“{next}” does not belong beside “{name}”: what an edition has stands below its name, further to the right or in {{ }}; another edition has a dash of its own"
            )));
        }
        Entry { details: details.unwrap_or_default(), ..Entry::of(&name) }.checked()
    }
}
