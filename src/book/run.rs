//! Runs: the words of a leaf, and what they are.

use serde::Serialize;

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
    /// The title of a work: *The Navigator*.
    Work {
        /// The title.
        title: Vec<Run>,
        /// Its language, where it is known and not the book's: `de`.
        #[serde(skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
    },
    /// Words in another language: *mise en abyme*.
    Foreign {
        /// The words.
        foreign: Vec<Run>,
        /// Their language, where it is known: `fr`.
        #[serde(skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
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
    /// A term of the glossary where a chapter first uses it.
    Gloss {
        /// The id of the glossary's leaf.
        gloss: String,
        /// The words.
        text: Vec<Run>,
    },
    /// Words that the index leads to.
    Named {
        /// The id of the index's entry.
        entry: String,
        /// The words.
        text: Vec<Run>,
    },
}

impl Run {
    /// The runs within this one; none where it is words.
    #[must_use]
    pub fn inner(&self) -> &[Run] {
        match self {
            Self::Words(_) => &[],
            Self::Emphasis { em: inner }
            | Self::Strong { strong: inner }
            | Self::Work { title: inner, .. }
            | Self::Foreign { foreign: inner, .. }
            | Self::Reference { text: inner, .. }
            | Self::Gloss { text: inner, .. }
            | Self::Named { text: inner, .. } => inner,
        }
    }

    /// As [`Run::inner`], to be changed.
    pub fn inner_mut(&mut self) -> Option<&mut Vec<Run>> {
        match self {
            Self::Words(_) => None,
            Self::Emphasis { em: inner }
            | Self::Strong { strong: inner }
            | Self::Work { title: inner, .. }
            | Self::Foreign { foreign: inner, .. }
            | Self::Reference { text: inner, .. }
            | Self::Gloss { text: inner, .. }
            | Self::Named { text: inner, .. } => Some(inner),
        }
    }
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
            other => write_printed(other.inner(), out),
        }
    }
}
