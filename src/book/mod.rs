//! What both outputs print: a dossier with its season, resolved once, so that print and screen agree.
//!
//! Chapters have numbers, references have the words that are printed, dates are written out, the
//! film card and the colophon are made. Serialised, a [`Book`] is the view that a layout reads as
//! `book.json`; the e-book is written from the same value.

mod agenda;
mod annotate;
mod bind;
mod block;
mod card;
mod edition;
mod filing;
mod foreign;
mod glossary;
mod glue;
mod index;
mod leaves;
mod passage;
mod people;
mod plates;
mod replace;
mod run;
mod subjects;
mod suggest;
#[cfg(test)]
mod tests;
mod titles;
mod verdict;
#[rustfmt::skip] // lists of words, many on a line
mod vocabulary;
mod works;
mod wrap;

pub use annotate::{Listed, Names, Suggestion, Why, annotate};
pub use bind::{Occasion, SeasonFilm, bind, leaf_origins, written_out};
pub use block::{Block, Figure, Picture};
pub use edition::{Matter, Wanted};
pub use filing::{filed_name, filed_title};
pub use glue::{glue, glued, set};
pub use plates::{Plate, Spot, insert_plates};
pub use run::{Run, printed};

use serde::Serialize;
use std::collections::BTreeMap;

/// A dossier, ready to be printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Book {
    /// Language, as a BCP 47 tag without region: `en`.
    pub language: String,
    /// Region that decides hyphenation and quotes: `GB`.
    pub region: String,
    /// The film's title.
    pub title: String,
    /// Its title in its own language.
    pub original_title: Option<String>,
    /// Year of release.
    pub year: Option<i32>,
    /// One line about the film.
    pub tagline: Option<String>,
    /// Who directed it.
    pub directors: Vec<String>,
    /// Running time in minutes.
    pub runtime_minutes: Option<u32>,
    /// The day of the discussion.
    pub date: Option<LongDate>,
    /// The club.
    pub club: Option<String>,
    /// The season's name.
    pub season: Option<String>,
    /// The film's place in the season, from 1.
    pub position: Option<usize>,
    /// All films of the season, in order.
    pub films: Vec<FilmLine>,
    /// Words that a layout may print.
    pub terms: BTreeMap<String, String>,
    /// What stands before the first chapter.
    pub front: Front,
    /// The film card.
    pub card: Vec<CardRow>,
    /// The chapters.
    pub chapters: Vec<Chapter>,
    /// Films and people that the text names, in alphabetical order.
    pub index: Vec<IndexEntry>,
    /// The timetable of the discussion, where the edition has one.
    pub agenda: Vec<AgendaRow>,
    /// The picture on the cover, where the club gives one.
    pub cover: Option<Picture>,
    /// Which edition of the dossier this is.
    pub edition: Edition,
    /// What a library files it under: `vampire film`.
    pub subjects: Vec<String>,
    /// Who may copy it, as the club says it.
    pub rights: Option<String>,
    /// Lines of the colophon.
    pub colophon: Vec<String>,
    /// SHA-256 of the source, in hexadecimal.
    pub source_hash: Option<String>,
}

/// A date for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LongDate {
    /// `2025-11-30`
    pub iso: String,
    /// `30 November 2025`
    pub long: String,
}

/// A film of the season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmLine {
    /// Its title.
    pub title: String,
    /// Year of release.
    pub year: Option<i32>,
    /// The day of its discussion, written out.
    pub date: Option<String>,
    /// Whether it is this book's film.
    pub current: bool,
}

/// The lines before the first chapter, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Front {
    /// `Discussed on November 30th, 2025`
    pub date: Option<Leaf>,
    /// `The General (1926)`
    pub title: Option<Leaf>,
    /// The tagline.
    pub tagline: Option<Leaf>,
    /// Anything else.
    pub more: Vec<Leaf>,
    /// The ids of all of them in the order of the source.
    pub order: Vec<String>,
}

/// An entry of the index. The places that it leads to are the [`Run::Named`] with its id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndexEntry {
    /// Its id: `name-4`.
    pub id: String,
    /// What it names.
    pub kind: IndexKind,
    /// The words that are printed: `Keaton, Buster`; a film's title with its year, where that is known.
    pub name: Vec<Run>,
}

/// What an entry of the index names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IndexKind {
    /// A film.
    Film,
    /// A person.
    Person,
}

/// A row of the timetable of a discussion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaRow {
    /// Minutes after the beginning.
    pub from: u32,
    /// How many minutes it lasts.
    pub minutes: u32,
    /// What is done: `Opening round`, or the question's chapter.
    pub label: String,
    /// The question's number in the edition.
    pub number: Option<usize>,
    /// The question, as it is printed in the edition.
    pub question: Option<String>,
}

/// Which edition of a dossier a book is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// Its name: `booklet`, `before`, or the club's own.
    pub name: String,
    /// What it is for; it decides the form.
    pub kind: EditionKind,
    /// Its title, where it has one of its own: `Before the Film`.
    pub title: Option<String>,
}

/// What an edition is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EditionKind {
    /// Everything.
    #[default]
    Booklet,
    /// The guide alone, on one folded sheet.
    Before,
    /// The questions, with room to write, and a sheet for the moderator.
    Discussion,
    /// Some of the chapters.
    Chapters,
}

impl EditionKind {
    /// Whether each of its chapters begins on a page of its own.
    #[must_use]
    pub fn has_chapter_pages(self) -> bool {
        match self {
            Self::Booklet | Self::Chapters => true,
            Self::Before | Self::Discussion => false,
        }
    }
}

/// A row of the film card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardRow {
    /// `Running Time`
    pub label: String,
    /// `79 minutes`
    pub value: String,
    /// How the value is set.
    pub style: CardStyle,
}

/// How a value of the film card is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardStyle {
    /// A film's title: italic.
    Title,
    /// Anything else.
    Plain,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chapter {
    /// Its id in the scheme: `context`.
    pub id: String,
    /// Its number among the essays, from 1.
    pub number: Option<usize>,
    /// The number in Roman numerals.
    pub numeral: Option<String>,
    /// Where it stands.
    pub part: Part,
    /// Its title.
    pub title: TitleLeaf,
    /// What it speaks of, for the contents: the titles of its sections, or its labels.
    pub summary: Vec<String>,
    /// The words of the running head.
    pub running: String,
    /// Blocks before the first section.
    pub opening: Vec<Block>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// Where a chapter stands in the booklet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Before the film.
    Guide,
    /// One of the numbered essays.
    Essay,
    /// After the film.
    After,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// What it is.
    pub role: Role,
    /// The scene's number, from 1.
    pub number: Option<usize>,
    /// Its heading.
    pub title: TitleLeaf,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Text under a sub-heading.
    Plain,
    /// The analysis of a scene.
    Scene,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TitleLeaf {
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: Vec<Run>,
    /// Whether the program supplied it.
    pub supplied: bool,
}

/// The smallest part that is printed once and can be found again by its id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leaf {
    /// Its id: the chapter's and a number, `context-4`.
    pub id: String,
    /// Its words.
    pub text: Vec<Run>,
}

/// A name and what it stands for: a term with its definition, a fact with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Its id.
    pub id: String,
    /// The name.
    pub term: Vec<Run>,
    /// What it stands for.
    pub definition: Vec<Run>,
}

/// A fact of the film.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// `Year`
    pub name: Vec<Run>,
    /// `1926`
    pub value: Vec<Run>,
}

/// A part of the book that is printed once: its id, its words, whether the program supplied it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The leaf's id.
    pub id: String,
    /// Its words as they are printed.
    pub text: String,
    /// Whether the program supplied them.
    pub supplied: bool,
}
