//! Source lines to clean lines: misread characters repaired, wrapped lines joined, quotes and dashes as they are
//! printed. Words never change, but where they were misread or divided; every change is recorded.

mod names;
mod steps;

use super::markup::Markup;
use super::switches::Switches;
use super::unwrap::{self, Row, Seam};
use super::mojibake;
use crate::diag::{Code, Diagnostic, Place};
use crate::scheme::Scheme;
use crate::source::{Source, Span};
use names::Names;

/// A paragraph of the source: a line, or the lines that a program wrapped it into.
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

/// The clean lines, and what was done to them.
pub struct Cleaned {
    /// Lines that are not blank, in order.
    pub lines: Vec<Line>,
    /// What was changed, in order.
    pub edits: Vec<Edit>,
    /// Control characters that had to be replaced.
    pub warnings: Vec<Diagnostic>,
}

/// Cleans every line; `markup` has an entry for each line of the source, or none at all. Formats with markup know
/// their paragraphs, so there lines are never joined.
pub fn clean(source: &Source, markup: &[Markup], scheme: &Scheme, switches: &Switches) -> Cleaned {
    let drafts = drafts(source, markup, switches);
    let mut cleaned = Cleaned { lines: Vec::new(), edits: Vec::new(), warnings: Vec::new() };
    let mut first = 0;
    for paragraph in paragraphs(&drafts, scheme, switches.unwrap && markup.is_empty()) {
        let lines = &drafts[first..first + paragraph.len()];
        first += paragraph.len();
        join(lines, &paragraph, source, scheme, switches, &mut cleaned);
    }
    cleaned
}

/// A line of the source that is not blank, before it is known to what paragraph it belongs.
struct Draft {
    span: Span,
    text: String,
    blank_before: bool,
    markup: Markup,
    edits: Vec<Edit>,
}

/// What must happen to each line before its length can be measured.
fn drafts(source: &Source, markup: &[Markup], switches: &Switches) -> Vec<Draft> {
    let whole = switches.mojibake.then(|| mojibake::repair_whole(source.text())).flatten();
    let mut repaired = whole.as_deref().map(|text| text.split('\n'));
    let mut drafts = Vec::new();
    let mut blank_before = true;
    for number in 1..=source.line_count() {
        let span = source.line_span(number);
        let line = source.slice(span);
        let repaired = match repaired.as_mut().and_then(Iterator::next) {
            Some(line) => line.strip_suffix('\r').unwrap_or(line).to_owned(),
            None if switches.mojibake => mojibake::repair(line),
            None => line.to_owned(),
        };
        let mut text = Text { span, now: line.to_owned(), edits: Vec::new() };
        text.becomes(EditRule::Mojibake, repaired);
        text.step(EditRule::InvisibleCharacter, |text| steps::without_noncharacters(text, !markup.is_empty()));
        text.step(EditRule::ControlCharacter, steps::without_controls);
        text.step(EditRule::ComposedUnicode, steps::composed);
        if text.now.chars().all(|c| c.is_whitespace() || steps::is_invisible(c)) {
            blank_before = true;
            continue;
        }
        let mut markup = markup.get(number - 1).cloned().unwrap_or_default();
        markup.bold_lead = steps::letters_within(line, markup.bold_lead);
        drafts.push(Draft { span: trimmed(source, span), text: text.now, blank_before, markup, edits: text.edits });
        blank_before = false;
    }
    drafts
}

/// The seams of each paragraph, its first line's included.
fn paragraphs(drafts: &[Draft], scheme: &Scheme, unwrap: bool) -> Vec<Vec<Seam>> {
    let rows = drafts.iter().map(|draft| Row { text: draft.text.trim_end(), blank_before: draft.blank_before });
    let seams = if unwrap {
        let names = Names::of(scheme);
        unwrap::seams(&rows.collect::<Vec<_>>(), &|line| names.begins(line))
    } else {
        vec![Seam::Opens; drafts.len()]
    };
    seams.chunk_by(|_, next| *next != Seam::Opens).map(<[Seam]>::to_vec).collect()
}

/// Joins the lines of one paragraph and finishes its text.
fn join(lines: &[Draft], seams: &[Seam], source: &Source, scheme: &Scheme, switches: &Switches, cleaned: &mut Cleaned) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    for line in lines {
        cleaned.warnings.extend(line.edits.iter().filter_map(|edit| warning(edit, source)));
        cleaned.edits.extend(line.edits.iter().cloned());
    }
    let span = first.span.to(last.span);
    let texts = || lines.iter().map(|line| line.text.as_str());
    let mut text = Text { span, now: texts().collect::<Vec<_>>().join("\n"), edits: Vec::new() };
    if lines.len() > 1 {
        text.becomes(EditRule::JoinedLines, joined(texts().zip(seams.iter().copied()), false));
    }
    if seams.contains(&Seam::Mended) {
        text.becomes(EditRule::MendedDivision, joined(texts().zip(seams.iter().copied()), true));
    }
    finish(&mut text, &scheme.language, switches);
    cleaned.edits.extend(text.edits);
    let mut markup = first.markup.clone();
    markup.bold_lead = steps::bytes_of_letters(&text.now, markup.bold_lead);
    cleaned.lines.push(Line { span, text: text.now, blank_before: first.blank_before, markup });
}

/// Spaces, dashes and quotes.
fn finish(text: &mut Text, language: &str, switches: &Switches) {
    if switches.spaces {
        text.step(EditRule::InvisibleCharacter, steps::without_invisible);
        text.step(EditRule::Blanks, |text| super::spaces::single(text, language));
    } else {
        text.now = text.now.trim().to_owned();
    }
    if switches.dashes {
        text.step(EditRule::Dashes, super::dashes::set_dashes);
    }
    if switches.quotes {
        text.step(EditRule::Quotes, |text| super::quotes::set_quotes(text, language));
    }
    if switches.spaces {
        text.step(EditRule::NoBreakSpaces, |text| super::spaces::set_no_break(text, language));
    }
}

/// The lines as one text; a divided word loses its hyphen where that is asked for.
fn joined<'t>(lines: impl Iterator<Item = (&'t str, Seam)>, mend: bool) -> String {
    lines.fold(String::new(), |mut text, (line, seam)| {
        let line = line.trim();
        match seam {
            Seam::Opens | Seam::Tight => {}
            Seam::Blank => text.push(' '),
            Seam::Mended if mend => {
                text.pop();
            }
            Seam::Mended => {}
        }
        text.push_str(line);
        text
    })
}

/// A text on its way, and what was done to it.
struct Text {
    span: Span,
    now: String,
    edits: Vec<Edit>,
}

impl Text {
    fn step(&mut self, rule: EditRule, step: impl FnOnce(&str) -> String) {
        let after = step(&self.now);
        self.becomes(rule, after);
    }

    fn becomes(&mut self, rule: EditRule, after: String) {
        if after != self.now {
            let before = std::mem::replace(&mut self.now, after.clone());
            self.edits.push(Edit { span: self.span, rule, before, after });
        }
    }
}

/// The span without the blanks at either end of the line.
fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

fn warning(edit: &Edit, source: &Source) -> Option<Diagnostic> {
    let lost = edit.rule == EditRule::ControlCharacter && edit.after.matches('\u{fffd}').count() > edit.before.matches('\u{fffd}').count();
    lost.then(|| {
        Diagnostic::warning(Code::CharacterReplaced, "a control character stands in this line; it is printed as �")
            .at(Place::of(source, edit.span))
            .hint("delete it in the source, or type what was meant")
    })
}

#[cfg(test)]
mod tests;
