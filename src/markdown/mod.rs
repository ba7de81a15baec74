//! The reviewed form: a dossier as Markdown with YAML front matter, which a person can read, correct
//! and compare on any forge, and which reads back to the same dossier.
//!
//! | in the file | in the dossier |
//! |---|---|
//! | front matter with `bookify: 1` | language, metadata, source file |
//! | `###### Discussed on May 3rd, 2026` | [`Content::Date`] |
//! | `# Salt and Snow (1927)` | [`Content::Title`] |
//! | `> Two lighthouses, one winter` | [`Content::Tagline`] |
//! | `## Context {#context}` | a [`Chapter`]; `{#context .supplied}` where the program gave the title |
//! | `### Start Here` | a [`Section`]; `{.scene}` for a scene |
//! | plain text | [`Content::Paragraph`] |
//! | `**Influences:** text` | [`Content::Labelled`], second rank |
//! | `- **Jean Vigo:** text` | [`Content::Labelled`], third rank |
//! | `**Comparisons:**` | [`Content::Group`] |
//! | `* text` | [`Content::Item`] |
//! | `1. text` | [`Content::Question`] |
//! | `+ **Year:** 1927` | [`Content::Field`] |
//! | `Tinting`, a blank line, `: Dyed film` | [`Content::Term`] |
//! | `*x*`, `**x**`, or `<em>x</em>`, `<strong>x</strong>` where stars would not bind | emphasis |
//! | `[Prompt II](#context)` | [`Inline::Reference`] |
//! | one comment at the end | where each block comes from (see `origins`) |
//!
//! # Laws
//! `read(write(d)) == d` for every dossier that keeps to what the readers make:
//! - the language and the film's title are not empty;
//! - words hold no control character and are not empty, no two words stand side by side, and a text
//!   neither begins nor ends with a blank nor has two in a row (U+0020; other spaces may stand anywhere);
//! - a heading, a label, a term and the text of a block that is nothing but text are not empty;
//! - a label is words, or emphasis among words; a chapter's id is ASCII letters and digits with `-`, `.` or `_`
//!   between them.
//!
//! Reading drops no word. What the form does not know is kept as a paragraph, with a warning; only
//! comments are the editor's own. A block that was changed by a person counts as [`Origin::Edited`];
//! one that was moved, or broken over several lines, keeps its origin.
//!
//! `metadata.fields` stands in the front matter only where it says something else than the fields of
//! the chapters, so that a correction is made once.

mod attributes;
mod blocks;
mod escape;
mod front_matter;
mod inlines;
mod labels;
mod manuscript;
mod origins;
mod read;
mod spelling;
mod write;

#[cfg(test)]
mod tests;

use crate::diag::{Diagnostic, Warned};
use crate::dossier::Dossier;
#[cfg(doc)]
use crate::dossier::{Chapter, Content, Inline, Origin, Section};

/// The reviewed form of a dossier.
#[must_use]
pub fn write(dossier: &Dossier) -> String {
    write::file(dossier)
}

/// Reads a reviewed dossier. `name` is the file as the editor knows it.
///
/// # Errors
/// [`Code::Settings`](crate::diag::Code::Settings), with line and column, where the front matter is
/// missing or cannot be read.
pub fn read(name: &str, text: &str) -> Result<Warned<Dossier>, Diagnostic> {
    read::file(name, text)
}

/// Whether a text is in the reviewed form: it begins with front matter that has the key `bookify`.
/// The number of the form is not looked at here, so that [`read`] can say that it is an unknown one.
#[must_use]
pub fn is_reviewed(text: &str) -> bool {
    front_matter::is_reviewed(text)
}
