//! What both outputs print: a dossier with its season, resolved once, so that print and screen agree.
//!
//! Chapters have numbers, references have the words that are printed, dates are written out, the
//! film card and the colophon are made. Serialised, a [`Book`] is the view that a layout reads as
//! `book.json`; the e-book is written from the same value.

mod bind;
mod card;
mod replace;

pub use bind::{Occasion, SeasonFilm, bind, leaf_origins};

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

/// A block. Items that follow each other are one list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// Running text.
    Paragraph(Leaf),
    /// A label with its text.
    Labelled {
        /// Its id.
        id: String,
        /// 2 or 3.
        level: u8,
        /// The label without its colon.
        label: Vec<Run>,
        /// Its text.
        text: Vec<Run>,
    },
    /// A label that stands alone over others.
    Group {
        /// Its id.
        id: String,
        /// The label without its colon.
        label: Vec<Run>,
    },
    /// A list with bullets.
    List {
        /// Its items.
        items: Vec<Leaf>,
    },
    /// Questions, numbered.
    Questions {
        /// The questions.
        items: Vec<Leaf>,
    },
    /// Terms and definitions.
    Glossary {
        /// The entries.
        items: Vec<Pair>,
    },
    /// Facts of the film.
    Fields {
        /// The facts.
        items: Vec<Fact>,
    },
    /// A date line within the text.
    Date(Leaf),
    /// The film's title, repeated.
    Title(Leaf),
    /// A tagline, repeated.
    Tagline(Leaf),
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Run {
    /// Words as they stand.
    Words(String),
    /// Stressed words.
    Emphasis {
        /// The words.
        em: Vec<Run>,
    },
    /// Strongly stressed words.
    Strong {
        /// The words.
        strong: Vec<Run>,
    },
    /// A cross-reference to a chapter of this book.
    Reference {
        /// The chapter's id.
        #[serde(rename = "ref")]
        chapter: String,
        /// The words that are printed: the chapter's title.
        text: Vec<Run>,
        /// The words of the source: `Prompt II`.
        source: String,
    },
}

/// The words of runs as they are printed.
#[must_use]
pub fn printed(runs: &[Run]) -> String {
    let mut out = String::new();
    write_printed(runs, &mut out);
    out
}

fn write_printed(runs: &[Run], out: &mut String) {
    for run in runs {
        match run {
            Run::Words(words) => out.push_str(words),
            Run::Emphasis { em: inner }
            | Run::Strong { strong: inner }
            | Run::Reference { text: inner, .. } => {
                write_printed(inner, out);
            }
        }
    }
}

impl Block {
    /// The parts of the block that are printed once each: id and texts in reading order.
    #[must_use]
    pub fn leaves(&self) -> Vec<(&str, Vec<&[Run]>)> {
        match self {
            Self::Paragraph(leaf) | Self::Date(leaf) | Self::Title(leaf) | Self::Tagline(leaf) => {
                vec![(&leaf.id, vec![&leaf.text])]
            }
            Self::Labelled { id, label, text, .. } => vec![(id, vec![label, text])],
            Self::Group { id, label } => vec![(id, vec![label])],
            Self::List { items } | Self::Questions { items } => {
                items.iter().map(|leaf| (leaf.id.as_str(), vec![leaf.text.as_slice()])).collect()
            }
            Self::Glossary { items } => items
                .iter()
                .map(|pair| (pair.id.as_str(), vec![pair.term.as_slice(), &pair.definition]))
                .collect(),
            Self::Fields { items } => {
                items.iter().map(|fact| (fact.id.as_str(), vec![fact.name.as_slice(), &fact.value])).collect()
            }
        }
    }
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

impl Book {
    /// Everything that is printed once, in reading order.
    pub fn printed(&self) -> Vec<Printed> {
        let front = [&self.front.date, &self.front.title, &self.front.tagline]
            .into_iter()
            .flatten()
            .chain(&self.front.more);
        let front =
            front.map(|leaf| (leaf.id.as_str(), vec![leaf.text.as_slice()], false)).collect::<Vec<_>>();
        let mut all = self
            .front
            .order
            .iter()
            .filter_map(|id| front.iter().find(|leaf| leaf.0 == id).cloned())
            .collect::<Vec<_>>();
        for chapter in &self.chapters {
            all.push(title(&chapter.title));
            all.extend(chapter.opening.iter().flat_map(Block::leaves).map(|(id, texts)| (id, texts, false)));
            for section in &chapter.sections {
                all.push(title(&section.title));
                all.extend(
                    section.blocks.iter().flat_map(Block::leaves).map(|(id, texts)| (id, texts, false)),
                );
            }
        }
        all.into_iter()
            .map(|(id, texts, supplied)| Printed {
                id: id.to_owned(),
                text: texts.into_iter().map(printed).collect::<Vec<_>>().join(" "),
                supplied,
            })
            .collect()
    }
}

fn title(leaf: &TitleLeaf) -> (&str, Vec<&[Run]>, bool) {
    (&leaf.id, vec![&leaf.text], leaf.supplied)
}
