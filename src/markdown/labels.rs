//! Labels: `**Influences:** text`, and `**Comparisons:**` alone.

use super::inlines::{self, Gatherer};
use super::spelling::{Place, spell};
use crate::dossier::{Inline, Text, plain};
use comrak::nodes::{AstNode, NodeValue};

/// Stands where a label's text or a term's definition is empty: a label with it is no label alone.
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

/// What a paragraph says.
pub enum Saying {
    /// Running text.
    Text(Text),
    /// A label without its colon, and what follows; `None` where the label stands alone.
    Labelled(Text, Option<Text>),
}

/// Reads a paragraph. Bold words with a colon inside or after them are a label: people write both
/// `**Year:** 1926` and `**Year**: 1926`. Bold by an HTML tag never is one.
pub fn read<'a>(paragraph: &'a AstNode<'a>, gatherer: &mut Gatherer) -> Saying {
    let bold = paragraph.first_child().filter(|first| matches!(first.data().value, NodeValue::Strong));
    let Some(bold) = bold else {
        return Saying::Text(gatherer.text(paragraph.children()));
    };
    let mut label = gatherer.gather(bold.children());
    let mut rest = gatherer.gather(bold.following_siblings().skip(1));
    if !take_colon(&mut label, &mut rest) {
        let mut text = if label.is_empty() { Text::new() } else { vec![Inline::Strong(label)] };
        text.append(&mut rest);
        inlines::trim(&mut text);
        return Saying::Text(text);
    }
    inlines::trim(&mut label);
    inlines::trim(&mut rest);
    let has_comment =
        bold.following_siblings().any(|node| matches!(node.data().value, NodeValue::HtmlInline(_)));
    let alone = rest.is_empty() && !has_comment;
    Saying::Labelled(label, (!alone).then_some(rest))
}

/// Takes the colon off a label's end, or off the start of what follows it.
fn take_colon(label: &mut Text, rest: &mut Text) -> bool {
    if plain(label).trim_matches([':', ' ']).is_empty() {
        return false;
    }
    if let Some(Inline::Words(words)) = label.last_mut()
        && words.ends_with(':')
    {
        words.pop();
        if words.is_empty() {
            label.pop();
        }
        return true;
    }
    if let Some(Inline::Words(words)) = rest.first_mut()
        && let Some(after) = words.trim_start_matches(' ').strip_prefix(':')
    {
        *words = after.to_owned();
        if words.is_empty() {
            rest.remove(0);
        }
        return true;
    }
    false
}
