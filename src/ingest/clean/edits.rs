//! What cleaning changed: every edit with its place and its rule.

use crate::source::{Source, Span};

/// A change to a line of the source, or to the lines of a paragraph.
///
/// The edits of a paragraph follow each other: each begins with what the one before it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its bytes in the source.
    pub span: Span,
    /// The rule.
    pub rule: EditRule,
    /// The text before; lines that are joined stand one under the other.
    pub before: String,
    /// The text after.
    pub after: String,
}

/// Why a line was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditRule {
    /// UTF-8 that was read in another encoding: `Ã©` is `é`. The first edit of its line: `before` is the source.
    Mojibake,
    /// A control character, shown as U+FFFD.
    ControlCharacter,
    /// Letters and their accents are one character each.
    ComposedUnicode,
    /// Hard-wrapped lines are one paragraph.
    JoinedLines,
    /// A word that was divided at a line end is whole again.
    MendedDivision,
    /// A character that no reader sees: zero-width spaces, soft hyphens, marks of direction, noncharacters.
    InvisibleCharacter,
    /// Tabs, no-break spaces and runs of blanks are one space.
    Blanks,
    /// Dashes and ellipses as they are printed.
    Dashes,
    /// Quotes, apostrophes and primes as they are printed.
    Quotes,
    /// French spaces that do not break.
    NoBreakSpaces,
}

impl EditRule {
    /// The rule in words, as a list of edits shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mojibake => "misread characters",
            Self::ControlCharacter => "control character",
            Self::ComposedUnicode => "composed accents",
            Self::JoinedLines => "joined lines",
            Self::MendedDivision => "mended word",
            Self::InvisibleCharacter => "invisible character",
            Self::Blanks => "blanks",
            Self::Dashes => "dashes and ellipses",
            Self::Quotes => "quotes and apostrophes",
            Self::NoBreakSpaces => "no-break spaces",
        }
    }
}

/// The text of the source with its misread characters repaired and nothing else changed: what the words of a dossier
/// are to be held against. `edits` are those of cleaning, in order.
pub fn repaired_text(source: &Source, edits: &[Edit]) -> String {
    let mut text = String::with_capacity(source.text().len());
    let mut end = 0;
    for edit in edits.iter().filter(|edit| edit.rule == EditRule::Mojibake) {
        text.push_str(source.slice(Span::new(end, edit.span.start)));
        text.push_str(&edit.after);
        end = edit.span.end;
    }
    text.push_str(source.slice(Span::new(end, source.text().len())));
    text
}

/// A text on its way, and what was done to it.
pub struct Text {
    /// Its bytes in the source.
    pub span: Span,
    /// What it is now.
    pub now: String,
    /// What was done to it, in order.
    pub edits: Vec<Edit>,
}

impl Text {
    /// A text to which nothing was done yet.
    pub fn new(span: Span, now: String) -> Self {
        Self { span, now, edits: Vec::new() }
    }

    /// Takes a step; it is recorded if it changes anything.
    pub fn step(&mut self, rule: EditRule, step: impl FnOnce(&str) -> String) {
        let after = step(&self.now);
        self.becomes(rule, after);
    }

    /// Becomes another text.
    pub fn becomes(&mut self, rule: EditRule, after: String) {
        if after != self.now {
            let before = std::mem::replace(&mut self.now, after.clone());
            self.edits.push(Edit { span: self.span, rule, before, after });
        }
    }
}
