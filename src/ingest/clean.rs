//! Source lines to clean lines: misread characters repaired, wrapped lines joined, quotes and dashes as they are
//! printed. Words never change, but where they were misread or divided; every change is recorded.

mod drafts;
mod edits;
mod names;
mod steps;

pub use edits::{Edit, EditRule, repaired_text};

use super::markup::Markup;
use super::switches::Switches;
use super::unwrap::{self, Row, Seam};
use crate::diag::{Code, Diagnostic, Place};
use crate::scheme::Scheme;
use crate::source::{Source, Span};
use drafts::{Draft, drafts};
use edits::Text;
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
    /// Whether it was joined from lines of which one might have ended a paragraph.
    pub doubtful: bool,
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
pub fn clean(source: &Source, markup: &[Markup], scheme: &Scheme, switches: Switches) -> Cleaned {
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

/// The seams of each paragraph, its first line's included.
fn paragraphs(drafts: &[Draft], scheme: &Scheme, unwrap: bool) -> Vec<Vec<Seam>> {
    let rows =
        drafts.iter().map(|draft| Row { text: draft.text.trim_end(), blank_before: draft.blank_before });
    let seams = if unwrap {
        let names = Names::of(scheme);
        unwrap::seams(&rows.collect::<Vec<_>>(), &|line| names.begins(line))
    } else {
        vec![Seam::Opens; drafts.len()]
    };
    seams.chunk_by(|_, next| *next != Seam::Opens).map(<[Seam]>::to_vec).collect()
}

/// Joins the lines of one paragraph and finishes its text.
fn join(
    lines: &[Draft],
    seams: &[Seam],
    source: &Source,
    scheme: &Scheme,
    switches: Switches,
    cleaned: &mut Cleaned,
) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return;
    };
    for line in lines {
        cleaned.warnings.extend(line.edits.iter().filter_map(|edit| warning(edit, source)));
        cleaned.edits.extend(line.edits.iter().cloned());
    }
    let span = first.span.to(last.span);
    let texts = || lines.iter().map(|line| line.text.as_str());
    let mut text = Text::new(span, texts().collect::<Vec<_>>().join("\n"));
    if lines.len() > 1 {
        text.becomes(EditRule::JoinedLines, joined(texts().zip(seams.iter().copied()), false));
    }
    if seams.contains(&Seam::Mended) {
        text.becomes(EditRule::MendedDivision, joined(texts().zip(seams.iter().copied()), true));
    }
    finish(&mut text, &scheme.language, switches);
    cleaned.edits.extend(text.edits);
    let doubtful = !first.blank_before && may_part(lines);
    let mut markup = first.markup.clone();
    markup.bold_lead = steps::bytes_of_letters(&text.now, markup.bold_lead);
    cleaned.lines.push(Line { span, text: text.now, blank_before: first.blank_before, markup, doubtful });
}

/// Whether a paragraph may end within these lines: a sentence ends at a line end, the next line begins
/// with a capital, and what follows is long enough for a paragraph.
fn may_part(lines: &[Draft]) -> bool {
    const PARAGRAPH: usize = 200;
    let mut after = lines.iter().map(|line| line.text.len()).sum::<usize>();
    lines.windows(2).any(|pair| {
        after -= pair[0].text.len();
        let ends = pair[0].text.trim_end().ends_with(['.', '?', '!', '”', '"', ')']);
        let begins = pair[1].text.trim_start().chars().next().is_some_and(|c| !c.is_lowercase());
        ends && begins && after >= PARAGRAPH
    })
}

/// Spaces, dashes and quotes.
fn finish(text: &mut Text, language: &str, switches: Switches) {
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
            Seam::Blank => text.push(' '),
            Seam::Mended if mend => {
                text.pop();
            }
            Seam::Opens | Seam::Tight | Seam::Mended => {}
        }
        text.push_str(line);
        text
    })
}

fn warning(edit: &Edit, source: &Source) -> Option<Diagnostic> {
    let lost = edit.rule == EditRule::ControlCharacter
        && edit.after.matches('\u{fffd}').count() > edit.before.matches('\u{fffd}').count();
    lost.then(|| {
        Diagnostic::warning(
            Code::CharacterReplaced,
            "a control character stands in this line; it is printed as �",
        )
        .at(Place::of(source, edit.span))
        .hint("delete it in the source, or type what was meant")
    })
}

#[cfg(test)]
mod tests;
