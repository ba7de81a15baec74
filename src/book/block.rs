//! Blocks: what stands between two headings.

use super::{Fact, Leaf, Pair, Run};
use serde::Serialize;

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
    /// A picture with its caption.
    Figure(Figure),
    /// A date line within the text.
    Date(Leaf),
    /// The film's title, repeated.
    Title(Leaf),
    /// A tagline, repeated.
    Tagline(Leaf),
}

/// A picture with its caption.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Its id: `picture-1`.
    pub id: String,
    /// The picture.
    pub picture: Picture,
    /// What stands below it; may be empty.
    pub caption: Vec<Run>,
    /// Whose it is; may be empty.
    pub credit: Vec<Run>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Its file within the project: `pictures/still-1.jpg`.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
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
            Self::Figure(figure) => vec![(&figure.id, vec![&figure.caption, &figure.credit])],
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

    /// The texts of the block, to be changed.
    pub fn runs_mut(&mut self) -> Vec<&mut Vec<Run>> {
        match self {
            Self::Paragraph(leaf) | Self::Date(leaf) | Self::Title(leaf) | Self::Tagline(leaf) => {
                vec![&mut leaf.text]
            }
            Self::Labelled { label, text, .. } => vec![label, text],
            Self::Group { label, .. } => vec![label],
            Self::Figure(figure) => vec![&mut figure.caption, &mut figure.credit],
            Self::List { items } | Self::Questions { items } => {
                items.iter_mut().map(|leaf| &mut leaf.text).collect()
            }
            Self::Glossary { items } => {
                items.iter_mut().flat_map(|Pair { term, definition, .. }| [term, definition]).collect()
            }
            Self::Fields { items } => {
                items.iter_mut().flat_map(|fact| [&mut fact.name, &mut fact.value]).collect()
            }
        }
    }
}
