//! Running text: words, emphasis, cross-references.

use super::ChapterId;

/// A run of text, in order. Two [`Inline::Words`] never stand side by side, and no run is empty.
pub type Text = Vec<Inline>;

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words as they stand.
    Words(String),
    /// Stressed, as a richer source marked it.
    Emphasis(Text),
    /// Strongly stressed, as a richer source marked it.
    Strong(Text),
    /// A cross-reference to a chapter: `Prompt II`.
    Reference {
        /// The chapter that is meant.
        chapter: ChapterId,
        /// The source's words.
        words: String,
    },
}

/// The words of a text without its marks, as the source has them.
#[must_use]
pub fn plain(text: &[Inline]) -> String {
    let mut out = String::new();
    write_plain(text, &mut out);
    out
}

fn write_plain(text: &[Inline], out: &mut String) {
    for inline in text {
        match inline {
            Inline::Words(words) | Inline::Reference { words, .. } => out.push_str(words),
            Inline::Emphasis(inner) | Inline::Strong(inner) => write_plain(inner, out),
        }
    }
}
