//! The intermediate form: a film club's dossier as metadata, chapters, sections and blocks.
//!
//! Data only. The readers (`ingest`, `markdown`) make it, the writers (`markdown`, `book` and
//! through it `pdf` and `epub`) read it. Blocks are kept flat and in the order of the source; that
//! items which follow each other are one list is the writers' business.

mod inline;
mod metadata;
mod origin;

pub use inline::{Inline, Text, plain};
pub use metadata::Metadata;
pub use origin::{Certainty, Origin, Rule};

/// A dossier on one film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Language of the text, as a BCP 47 tag without region ("en", "fr").
    pub language: String,
    /// What the title page, the film card and the catalogue of a library want to know.
    pub metadata: Metadata,
    /// What stands before the first chapter: date line, title, tagline.
    pub front: Vec<Block>,
    /// The chapters that are there, in the order of the source.
    pub chapters: Vec<Chapter>,
    /// The raw text that it was recovered from.
    pub source: Option<SourceFile>,
}

/// Which file a dossier was recovered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// File name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The id of a chapter in the chapter scheme, such as "context".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChapterId(String);

impl ChapterId {
    /// Takes the name that the chapter scheme gives.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One chapter: context, auteur, scenes …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Which chapter of the scheme it is.
    pub id: ChapterId,
    /// Its heading; supplied by the program where the paste lost it.
    pub title: Heading,
    /// How sure it is that the chapter starts here.
    pub certainty: Certainty,
    /// Blocks before the first section.
    pub opening: Vec<Block>,
    /// Sections, in order.
    pub sections: Vec<Section>,
}

/// A part of a chapter under its own heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the section is.
    pub role: SectionRole,
    /// Its heading.
    pub title: Heading,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionRole {
    /// A stretch of text under a sub-heading ("Start Here", "Conclusion").
    Plain,
    /// The analysis of one scene, aspect by aspect.
    Scene,
}

/// A heading and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its words.
    pub text: Text,
    /// A line of the source, an editor's hand, or the program.
    pub origin: Origin,
}

/// The smallest part that stands on its own: a paragraph, an item, a field …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is and says.
    pub content: Content,
    /// Where it comes from.
    pub origin: Origin,
}

/// What a block is and says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The date of the discussion: `Discussed on November 30th, 2025`.
    Date(Text),
    /// The film's title: `The General (1926)`.
    Title(Text),
    /// One line about the film: `A man loves an engine and a girl, in that order`.
    Tagline(Text),
    /// Running text.
    Paragraph(Text),
    /// A label with its text: `Influences: A critic's memory is well stocked`.
    Labelled {
        /// Second or third level.
        rank: Rank,
        /// The label without its colon.
        label: Text,
        /// What follows the colon.
        text: Text,
    },
    /// A label alone on its line, over the labels that follow: `Comparisons:`.
    Group {
        /// The label without its colon.
        label: Text,
    },
    /// An item of a list: `• Annabelle's broom`.
    Item(Text),
    /// A question for the discussion: `• Why is daylight so uneasy in this film?`.
    Question(Text),
    /// An entry of the glossary: `• Tinting – Dyeing black-and-white film`.
    Term {
        /// The term.
        term: Text,
        /// What follows the dash.
        definition: Text,
    },
    /// A fact of the film with a short value: `Year: 1926`.
    Field {
        /// The field's name without its colon.
        name: Text,
        /// Its value.
        value: Text,
    },
}

/// The rank of a label below the chapter's title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// `Influences:`
    Second,
    /// `Jean Vigo:` under `Influences:`
    Third,
}

impl Rank {
    /// The heading level that it would have: 2 or 3.
    #[must_use]
    pub fn level(self) -> u8 {
        match self {
            Self::Second => 2,
            Self::Third => 3,
        }
    }
}

impl Content {
    /// The texts of the block in reading order: label before text, term before definition.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Date(text)
            | Self::Title(text)
            | Self::Tagline(text)
            | Self::Paragraph(text)
            | Self::Item(text)
            | Self::Question(text) => vec![text],
            Self::Labelled { label, text, .. } => vec![label, text],
            Self::Group { label } => vec![label],
            Self::Term { term, definition } => vec![term, definition],
            Self::Field { name, value } => vec![name, value],
        }
    }
}

impl Chapter {
    /// All blocks of the chapter in reading order, headings aside.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.opening.iter().chain(self.sections.iter().flat_map(|section| &section.blocks))
    }

    /// Every text of the chapter in reading order, its headings included, each with its origin.
    pub fn texts(&self) -> impl Iterator<Item = (&Text, &Origin)> {
        std::iter::once((&self.title.text, &self.title.origin)).chain(block_texts(&self.opening)).chain(
            self.sections.iter().flat_map(|section| {
                std::iter::once((&section.title.text, &section.title.origin))
                    .chain(block_texts(&section.blocks))
            }),
        )
    }
}

impl Dossier {
    /// Every text of the dossier in reading order, headings included, each with its origin.
    pub fn texts(&self) -> impl Iterator<Item = (&Text, &Origin)> {
        block_texts(&self.front).chain(self.chapters.iter().flat_map(Chapter::texts))
    }

    /// The chapter with this id.
    #[must_use]
    pub fn chapter(&self, id: &ChapterId) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.id == *id)
    }
}

fn block_texts(blocks: &[Block]) -> impl Iterator<Item = (&Text, &Origin)> {
    blocks.iter().flat_map(|block| block.content.texts().into_iter().map(move |text| (text, &block.origin)))
}
