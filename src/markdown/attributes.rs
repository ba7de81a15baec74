//! What stands in braces after a heading: `{#context .supplied}`, `{.scene}`.
//!
//! The last braces of a heading are its attributes. A heading that ends in braces of its own is
//! therefore written with empty ones after them: `### The {untitled} {}`.

use crate::dossier::{Inline, Text};

/// The attributes of a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `#context`: the chapter that it opens.
    pub id: Option<String>,
    /// `.scene`: the section is the analysis of a scene.
    pub scene: bool,
    /// `.supplied`: the program gave the title.
    pub supplied: bool,
}

impl Attributes {
    /// The braces to write behind a heading whose own words are spelled `words`; empty where it needs none.
    pub fn braces(&self, words: &str) -> String {
        let mut marks = Vec::new();
        marks.extend(self.id.as_ref().map(|id| format!("#{id}")));
        marks.extend(self.scene.then(|| ".scene".to_owned()));
        marks.extend(self.supplied.then(|| ".supplied".to_owned()));
        // a `#` at the end would close the heading and be lost
        if marks.is_empty() && !words.ends_with(['}', '#']) && !words.is_empty() {
            return String::new();
        }
        format!("{{{}}}", marks.join(" "))
    }

    /// Takes the attributes off the end of a heading's text. `None`, and the text as it was, where
    /// it does not end in braces or they hold something that is not known.
    pub fn take(text: &mut Text) -> Option<Self> {
        let Some(Inline::Words(words)) = text.last_mut() else {
            return None;
        };
        let (before, inside) = words.trim_end_matches(' ').strip_suffix('}')?.rsplit_once('{')?;
        let attributes = Self::parse(inside)?;
        *words = before.trim_end_matches(' ').to_owned();
        if words.is_empty() {
            text.pop();
        }
        Some(attributes)
    }

    fn parse(inside: &str) -> Option<Self> {
        let mut attributes = Self::default();
        for mark in inside.split_whitespace() {
            match mark.strip_prefix('#') {
                Some(id) if is_id(id) && attributes.id.is_none() => attributes.id = Some(id.to_owned()),
                None if mark == ".scene" => attributes.scene = true,
                None if mark == ".supplied" => attributes.supplied = true,
                Some(_) | None => return None,
            }
        }
        Some(attributes)
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// Whether a heading's text ends in braces that look like attributes: `{.note}`, but not `{untitled}`.
pub fn has_unknown(text: &[Inline]) -> bool {
    let Some(Inline::Words(words)) = text.last() else {
        return false;
    };
    let inside = words.trim_end().strip_suffix('}').and_then(|words| words.rsplit_once('{'));
    inside.is_some_and(|(_, inside)| inside.trim_start().starts_with(['#', '.']))
}
