//! Source lines to clean lines: composed Unicode, no stray characters, typographic quotes.
//!
//! Words never change here; every change is recorded with its place and rule.

use super::markup::Markup;
use super::quotes;
use crate::diag::{Code, Diagnostic, Place};
use crate::scheme::Scheme;
use crate::source::{Source, Span};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A line of the source that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes in the source.
    pub span: Span,
    /// Its text, cleaned, without blanks at either end.
    pub text: String,
    /// Whether a blank line stands before it.
    pub blank_before: bool,
    /// What a richer format says of it.
    pub markup: Markup,
}

/// A change to a line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The line's bytes in the source.
    pub span: Span,
    /// The rule.
    pub rule: EditRule,
    /// The line before.
    pub before: String,
    /// The line after.
    pub after: String,
}

/// Why a line was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditRule {
    /// Letters and their accents are one character each.
    ComposedUnicode,
    /// A character that no reader sees: zero-width spaces, soft hyphens, marks of direction.
    InvisibleCharacter,
    /// A control character, shown as U+FFFD.
    ControlCharacter,
    /// Tabs, no-break spaces and runs of blanks are one space.
    Blanks,
    /// Quotes, apostrophes, dashes and ellipses as they are printed.
    Typography,
}

impl EditRule {
    /// The rule in words, as a list of edits shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ComposedUnicode => "composed accents",
            Self::InvisibleCharacter => "invisible character",
            Self::ControlCharacter => "control character",
            Self::Blanks => "blanks",
            Self::Typography => "quotes, dashes and ellipses",
        }
    }
}

/// The clean lines, and what was done to them.
pub struct Cleaned {
    /// Lines that are not blank, in order.
    pub lines: Vec<Line>,
    /// What was changed, in order.
    pub edits: Vec<Edit>,
    /// Control characters that had to be replaced.
    pub warnings: Vec<Diagnostic>,
}

/// Cleans every line; `markup` has an entry for each line of the source, or none at all.
pub fn clean(source: &Source, markup: &[Markup], scheme: &Scheme) -> Cleaned {
    let mut cleaned = Cleaned {
        lines: Vec::new(),
        edits: Vec::new(),
        warnings: Vec::new(),
    };
    let mut blank_before = false;
    for number in 1..=source.line_count() {
        let span = source.line_span(number);
        let text = clean_line(source, span, scheme, &mut cleaned);
        if text.is_empty() {
            blank_before = true;
            continue;
        }
        let markup = markup.get(number - 1).cloned().unwrap_or_default();
        cleaned.lines.push(Line {
            span: trimmed(source, span),
            text,
            blank_before,
            markup,
        });
        blank_before = false;
    }
    cleaned
}

/// The span without the blanks at either end of the line.
fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

fn clean_line(source: &Source, span: Span, scheme: &Scheme, cleaned: &mut Cleaned) -> String {
    let steps: [(EditRule, fn(&str, &Scheme) -> String); 5] = [
        (EditRule::InvisibleCharacter, |text, _| without_invisible(text)),
        (EditRule::ControlCharacter, |text, _| without_controls(text)),
        (EditRule::ComposedUnicode, |text, _| composed(text)),
        (EditRule::Blanks, |text, _| single_blanks(text)),
        (EditRule::Typography, |text, scheme| {
            quotes::typeset(text, &scheme.language)
        }),
    ];
    let mut text = source.slice(span).to_owned();
    for (rule, step) in steps {
        let after = step(&text, scheme);
        if after == text {
            continue;
        }
        if rule == EditRule::ControlCharacter {
            cleaned.warnings.push(
                Diagnostic::warning(
                    Code::CharacterReplaced,
                    "a control character stands in this line; it is printed as �",
                )
                .at(Place::of(source, span))
                .hint("delete it in the source, or type what was meant"),
            );
        }
        cleaned.edits.push(Edit {
            span,
            rule,
            before: text,
            after: after.clone(),
        });
        text = after;
    }
    text
}

fn composed(text: &str) -> String {
    if is_nfc(text) {
        text.to_owned()
    } else {
        text.nfc().collect()
    }
}

/// Zero-width spaces and joiners, soft hyphens, byte order marks, marks of direction.
fn without_invisible(text: &str) -> String {
    text.replace(
        |c: char| {
            matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        },
        "",
    )
}

fn without_controls(text: &str) -> String {
    // a tab or a form feed is a blank; what no output format may hold (NUL, U+FFFE) shows as a mark
    text.chars()
        .map(|c| match c {
            '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_goes() {
        assert_eq!(
            without_invisible("cine\u{ad}ma of\u{200b} \u{feff}light"),
            "cinema of light"
        );
        assert_eq!(single_blanks("\ta\u{a0}b  c "), "a b c");
        assert_eq!(composed("e\u{301}"), "é");
        assert_eq!(without_controls("a\0b\tc"), "a\u{fffd}b c");
    }
}
