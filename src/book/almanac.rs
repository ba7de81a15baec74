//! The almanac: the books of a season's films bound as one.
//!
//! An almanac is an ordinary [`Book`], so that whatever reads a book reads it too: typesetter, e-book,
//! page list, collation. Its chapters are those of all films, one film after the other. Ids of leaves,
//! chapters and names get the film's id before them, `the-general.context-3`, so that none stands twice.
//! What a book has no place for stands in [`Book::almanac`]: the films, each with the lines that open its
//! dossier ([`Feature::front`]) and the ids of its chapters; which of the scheme's numbered chapters there
//! are; and of which film each entry of the glossary is.
//!
//! Three things are merged. The glossaries become one, a chapter of its own behind the films, in
//! alphabetical order; where one stood an empty [`Block::Glossary`] stays, which the outputs make a pointer
//! of. An entry of the index is one for all films; [`IndexEntry::within`] parts its places by film, because
//! the words of each film keep a name's id of their own. The colophon has a line for each source.
//! Everything else stays as it was: every word of every dossier stands once, those of a film in their
//! order but for its glossary.

mod entries;
mod prefix;
#[cfg(test)]
mod tests;

pub use prefix::picture_file;

use super::bind::roman;
use super::index::sort_key;
use super::{
    Block, Book, CardRow, Chapter, Edition, EditionKind, Front, LongDate, Pair, Part, Run, TitleLeaf, printed,
};
use crate::scheme::{ChapterScheme, Scheme};
use entries::Entries;
use prefix::Prefix;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the edition, and of its files.
pub const NAME: &str = "almanac";

/// The id of the chapter that is the glossary of all films. No film's chapter has it: theirs have a full stop.
const GLOSSARY: &str = "glossary";

/// What a book has that is an almanac.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Almanac {
    /// The films in the order of the season.
    pub films: Vec<Feature>,
    /// The numbered chapters that a dossier may have.
    pub columns: Vec<Column>,
    /// By the id of an entry of the glossary, the title of its film.
    pub explained_in: BTreeMap<String, String>,
}

/// A film of an almanac: what its own book has before its chapters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// Its id: `the-general`.
    pub id: String,
    /// Its place in the season, from 1.
    pub position: usize,
    /// Its title.
    pub title: String,
    /// Year of release.
    pub year: Option<i32>,
    /// Running time in minutes.
    pub runtime_minutes: Option<u32>,
    /// Who directed it.
    pub directors: Vec<String>,
    /// One line about it.
    pub tagline: Option<String>,
    /// The day of the discussion.
    pub date: Option<LongDate>,
    /// Language of its dossier, as [`Book::language`].
    pub language: String,
    /// Region, as [`Book::region`].
    pub region: String,
    /// The lines that open its dossier.
    pub front: Front,
    /// Its film card.
    pub card: Vec<CardRow>,
    /// The ids of its chapters, in order.
    pub chapters: Vec<String>,
    /// The place of its first chapter among the book's, from 0; where it has none, of the one behind it.
    #[serde(skip)]
    pub first: usize,
}

/// A numbered chapter that a dossier may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its number in Roman numerals.
    pub numeral: String,
    /// Its title in the chapter scheme.
    pub title: String,
    /// For each film the id of its chapter, where it has one.
    pub chapters: Vec<Option<String>>,
}

/// A film's drawing is made of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// The film's title.
    pub title: &'a str,
    /// Year of release.
    pub year: Option<i32>,
    /// Running time in minutes.
    pub runtime_minutes: Option<u32>,
    /// Its place in the season, from 1.
    pub position: Option<usize>,
}

/// A book that goes into an almanac.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Its id, one of those that [`volume_ids`] gives.
    pub id: String,
    /// The book.
    pub book: Book,
    /// The name of the file that it was read from.
    pub source: Option<String>,
}

/// Ids for the films of an almanac, by the names of their dossiers. A name that would make no good file
/// name or address in an e-book becomes the film's number; none stands twice.
#[must_use]
pub fn volume_ids(slugs: &[&str]) -> Vec<String> {
    let is_plain = |slug: &str| {
        slug.starts_with(|c: char| c.is_ascii_lowercase())
            && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
    };
    let mut ids: Vec<String> = Vec::new();
    for (at, slug) in slugs.iter().enumerate() {
        let mut id = if is_plain(slug) { (*slug).to_owned() } else { format!("film-{}", at + 1) };
        while ids.contains(&id) || !is_plain(slug) && slugs.contains(&id.as_str()) {
            id.push('_');
        }
        ids.push(id);
    }
    ids
}

/// Binds the books of a season's films as one. `scheme` gives the words and the order of the chapters;
/// club, season and rights are those of the first book.
#[must_use]
pub fn almanac(volumes: Vec<Volume>, scheme: &Scheme) -> Book {
    let mut bound = frame(&volumes, scheme);
    let mut almanac = Almanac::default();
    let mut index = Entries::default();
    let mut glossary = Vec::new();
    for (at, Volume { id, mut book, .. }) in volumes.into_iter().enumerate() {
        index.add(&id, &book);
        Prefix(&id).put_before_ids_of(&mut book);
        let explained = book.chapters.iter_mut().flat_map(take_glossary).collect::<Vec<_>>();
        let film = explained.iter().map(|pair| (pair.id.clone(), book.title.clone()));
        almanac.explained_in.extend(film);
        glossary.extend(explained);
        bound.subjects.append(&mut book.subjects);
        almanac.films.push(feature(id, at + 1, &book, bound.chapters.len()));
        bound.chapters.append(&mut book.chapters);
    }
    almanac.columns = columns(&almanac.films, scheme);
    bound.chapters.extend(glossary_chapter(glossary, scheme));
    let mut seen = BTreeSet::new();
    bound.subjects.retain(|subject| seen.insert(subject.clone()));
    bound.index = index.merged(&scheme.language);
    bound.almanac = Some(almanac);
    bound
}

/// What the almanac has of its own: names, films, words, colophon.
fn frame(volumes: &[Volume], scheme: &Scheme) -> Book {
    let first = volumes.first().map(|volume| &volume.book);
    let season = first.and_then(|book| book.season.clone());
    let title = season.clone().unwrap_or_else(|| scheme.term("almanac").to_owned());
    let mut films = first.map(|book| book.films.clone()).unwrap_or_default();
    for film in &mut films {
        film.current = true;
    }
    Book {
        language: scheme.language.clone(),
        region: scheme.region.clone(),
        colophon: colophon(&title, volumes, scheme),
        title,
        original_title: None,
        year: None,
        tagline: None,
        directors: Vec::new(),
        runtime_minutes: None,
        date: None,
        club: first.and_then(|book| book.club.clone()),
        season,
        position: None,
        films,
        terms: scheme.terms.clone(),
        front: Front::default(),
        card: Vec::new(),
        chapters: Vec::new(),
        index: Vec::new(),
        agenda: Vec::new(),
        cover: None,
        edition: Edition { name: NAME.to_owned(), kind: EditionKind::Booklet, title: None },
        subjects: Vec::new(),
        rights: first.and_then(|book| book.rights.clone()),
        source_hash: None,
        almanac: None,
    }
}

/// Title and club, a line for each film with the source of its dossier, and the rest as in a booklet.
fn colophon(title: &str, volumes: &[Volume], scheme: &Scheme) -> Vec<String> {
    let first = volumes.first().map(|volume| &volume.book);
    let source = |volume: &Volume| {
        let hash = volume.book.source_hash.as_deref()?;
        let digits = hash.get(..16).unwrap_or(hash);
        Some(format!("{}, SHA-256 {digits}", volume.source.as_deref().unwrap_or(&volume.id)))
    };
    let films = volumes.iter().map(|volume| {
        let named = match volume.book.year {
            Some(year) => format!("{} ({year})", volume.book.title),
            None => volume.book.title.clone(),
        };
        source(volume).map_or_else(|| named.clone(), |source| format!("{named}: {source}"))
    });
    let club = first.and_then(|book| book.club.clone());
    let rights = first.and_then(|book| book.rights.clone());
    let made = ["set_in", "made_with"].map(|key| scheme.term(key).to_owned());
    std::iter::once(title.to_owned()).chain(club).chain(films).chain(rights).chain(made).collect()
}

fn feature(id: String, position: usize, book: &Book, first: usize) -> Feature {
    Feature {
        id,
        position,
        title: book.title.clone(),
        year: book.year,
        runtime_minutes: book.runtime_minutes,
        directors: book.directors.clone(),
        tagline: book.tagline.clone(),
        date: book.date.clone(),
        language: book.language.clone(),
        region: book.region.clone(),
        front: book.front.clone(),
        card: book.card.clone(),
        chapters: book.chapters.iter().map(|chapter| chapter.id.clone()).collect(),
        first,
    }
}

/// The numbered chapters of the scheme, each with what the films have of it.
fn columns(films: &[Feature], scheme: &Scheme) -> Vec<Column> {
    let numbered = (1..).map_while(|number| Some((number, scheme.numbered(number)?)));
    let column = |(number, chapter): (usize, &ChapterScheme)| {
        let of = |film: &Feature| {
            let id = Prefix(&film.id).before(&chapter.id);
            film.chapters.contains(&id).then_some(id)
        };
        Column {
            numeral: roman(number),
            title: chapter.title.clone(),
            chapters: films.iter().map(of).collect(),
        }
    };
    numbered.map(column).collect()
}

/// Takes the entries of a chapter's glossaries; empty ones stay where they stood.
fn take_glossary(chapter: &mut Chapter) -> Vec<Pair> {
    let sections = chapter.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let mut taken = Vec::new();
    for block in chapter.opening.iter_mut().chain(sections) {
        if let Block::Glossary { items } = block {
            taken.append(items);
        }
    }
    taken
}

/// The glossary of all films, where any has one. Films that explain the same term stand in their order.
fn glossary_chapter(mut entries: Vec<Pair>, scheme: &Scheme) -> Option<Chapter> {
    if entries.is_empty() {
        return None;
    }
    entries.sort_by_cached_key(|entry| sort_key(&printed(&entry.term)));
    let title = scheme.term("glossary").to_owned();
    Some(Chapter {
        id: GLOSSARY.to_owned(),
        number: None,
        numeral: None,
        part: Part::Glossary,
        title: TitleLeaf {
            id: format!("{GLOSSARY}-0"),
            text: vec![Run::Words(title.clone())],
            supplied: true,
        },
        summary: Vec::new(),
        running: title,
        opening: vec![Block::Glossary { items: entries }],
        sections: Vec::new(),
    })
}

impl Book {
    /// The films of an almanac that open before the chapter at this place; behind the last chapter, those
    /// that have none.
    pub fn features_at(&self, chapter: usize) -> impl Iterator<Item = &Feature> {
        self.almanac.iter().flat_map(|almanac| &almanac.films).filter(move |film| film.first == chapter)
    }

    /// The film of an almanac to which a chapter belongs.
    #[must_use]
    pub fn feature_of(&self, chapter: &str) -> Option<&Feature> {
        let mut films = self.almanac.iter().flat_map(|almanac| &almanac.films);
        films.find(|film| film.chapters.iter().any(|id| id == chapter))
    }

    /// The film of which a chapter is: the book's own, or one of an almanac's.
    #[must_use]
    pub fn subject(&self, chapter: &str) -> Subject<'_> {
        self.feature_of(chapter).map_or_else(
            || Subject {
                title: &self.title,
                year: self.year,
                runtime_minutes: self.runtime_minutes,
                position: self.position,
            },
            Feature::subject,
        )
    }

    /// Who made the film, or in an almanac the films; each once.
    #[must_use]
    pub fn makers(&self) -> Vec<&str> {
        let of_films =
            self.almanac.iter().flat_map(|almanac| &almanac.films).flat_map(|film| &film.directors);
        let mut seen = BTreeSet::new();
        let all = self.directors.iter().chain(of_films).map(String::as_str);
        all.filter(|name| seen.insert(*name)).collect()
    }
}

impl Feature {
    /// What its drawing is made of.
    #[must_use]
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            title: &self.title,
            year: self.year,
            runtime_minutes: self.runtime_minutes,
            position: Some(self.position),
        }
    }
}
