//! The lines of the source, each with what must happen to it before its length can be measured.

use super::edits::{Edit, EditRule, Text};
use super::steps;
use crate::ingest::markup::Markup;
use crate::ingest::mojibake;
use crate::ingest::switches::Switches;
use crate::source::{Source, Span};
use std::borrow::Cow;

/// A line of the source that is not blank, before it is known to what paragraph it belongs.
pub struct Draft {
    /// Its bytes in the source, without the blanks at either end.
    pub span: Span,
    /// Its text, with the blanks.
    pub text: String,
    /// Whether a blank line, or the beginning of the source, stands before it.
    pub blank_before: bool,
    /// What a richer format says of it; its bold lead is counted in letters, which cleaning does not change.
    pub markup: Markup,
    /// What was done to it.
    pub edits: Vec<Edit>,
}

/// Repairs misread characters, shows control characters and composes accents, line by line.
pub fn drafts(source: &Source, markup: &[Markup], switches: Switches) -> Vec<Draft> {
    let lines = repaired_lines(source, switches);
    let mut drafts = Vec::new();
    let mut blank_before = true;
    for (index, repaired) in lines.into_iter().enumerate() {
        let span = source.line_span(index + 1);
        let line = source.slice(span);
        let mut text = Text::new(span, line.to_owned());
        text.becomes(EditRule::Mojibake, repaired.into_owned());
        text.step(EditRule::InvisibleCharacter, |text| {
            steps::without_noncharacters(text, !markup.is_empty())
        });
        text.step(EditRule::ControlCharacter, steps::without_controls);
        text.step(EditRule::ComposedUnicode, steps::composed);
        if text.now.chars().all(|c| c.is_whitespace() || steps::is_invisible(c)) {
            blank_before = true;
            continue;
        }
        let mut markup = markup.get(index).cloned().unwrap_or_default();
        markup.bold_lead = steps::letters_within(line, markup.bold_lead);
        drafts.push(Draft {
            span: trimmed(source, span),
            text: text.now,
            blank_before,
            markup,
            edits: text.edits,
        });
        blank_before = false;
    }
    drafts
}

/// The lines of the source, misread characters repaired: those of the text as a whole, or line by line.
fn repaired_lines(source: &Source, switches: Switches) -> Vec<Cow<'_, str>> {
    let lines = (1..=source.line_count()).map(|number| source.slice(source.line_span(number)));
    if !switches.mojibake {
        return lines.map(Cow::Borrowed).collect();
    }
    match mojibake::repair_whole(source.text()) {
        Some(text) => {
            let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
            lines.map(|line| Cow::Owned(line.to_owned())).collect()
        }
        None => lines.map(|line| Cow::Owned(mojibake::repair(line))).collect(),
    }
}

/// The span without the blanks at either end of the line.
fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
