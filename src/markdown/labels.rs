//! Labels: `**Influences:** text`, and `**Comparisons:**` alone.

use super::inlines::{self, Gatherer};
use super::spelling::{Place, spell};
use crate::dossier::{Inline, Text};
use comrak::nodes::{AstNode, NodeValue};

/// Stands where a label's text or a term's definition is empty, so that it is not a label alone.
pub const NO_TEXT: &str = "<!-- -->";

/// `**Influences:** text`
pub fn with_text(label: &[Inline], text: &[Inline]) -> String {
    let text = if text.is_empty() { NO_TEXT.to_owned() } else { spell(text, Place::InLine) };
    format!("{} {text}", alone(label))
}

/// `**Comparisons:**`
pub fn alone(label: &[Inline]) -> String {
    let mut label = label.to_vec();
    inlines::push_words(&mut label, ":");
    format!("**{}**", spell(&label, Place::Label))
}

/// A paragraph that begins with a label.
pub struct Labelled {
    /// The label without its colon.
    pub label: Text,
    /// What follows; `None` where the label stands alone.
    pub text: Option<Text>,
}

/// Reads a paragraph as label and text, if it begins with bold words and a colon inside or after them.
/// Bold by an HTML tag is never a label: so a paragraph keeps what only looks like one.
pub fn split<'a>(paragraph: &'a AstNode<'a>, gatherer: &mut Gatherer) -> Option<Labelled> {
    let bold = paragraph.first_child().filter(|first| matches!(first.data().value, NodeValue::Strong))?;
    if !has_colon(bold) {
        return None;
    }
    let mut label = gatherer.text(bold.children());
    let mut rest = gatherer.text(bold.following_siblings().skip(1));
    let inside = strip_colon(&mut label, |words| words.strip_suffix(':'));
    if !inside {
        rest.reverse();
        strip_colon(&mut rest, |words| words.strip_prefix(':'));
        rest.reverse();
    }
    let text = bold.next_sibling().map(|_| rest);
    todo!()
}
