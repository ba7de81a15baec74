//! Hard-wrapped lines to paragraphs: which line goes on from the one before it.
//!
//! A program that wraps puts as many words on a line as fit. So a line goes on where its first word would not have
//! fitted on the line before, and opens a paragraph where it would have. That decides all but the few paragraphs
//! that happen to end at the margin; there the words on both sides speak.

mod evidence;
mod lengths;
mod words;

use evidence::{Bullets, Labels, ends_sentence, is_lowercase};
use words::{Words, divides};

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// Its text with the indent, without blanks at the end.
    pub text: &'t str,
    /// Whether a blank line, or the beginning of the file, stands before it.
    pub blank_before: bool,
}

/// How a line stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seam {
    /// It opens a paragraph.
    Opens,
    /// It goes on after a blank.
    Blank,
    /// It goes on without one: the line before ends with a hyphen or a dash that belongs there.
    Tight,
    /// It goes on within a word that was divided, and the hyphen goes.
    Mended,
}

/// How a file is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wrapping {
    /// A line is full where it would be longer than this with the next word.
    columns: usize,
    /// Whether that holds to the letter; a PDF measures in points, so there it holds by and large.
    exact: bool,
    /// Whether blank lines stand between the paragraphs.
    spaced: bool,
}

/// Wider lines are paragraphs, as editors and word processors save them.
const WIDEST: usize = 112;
/// Narrower lines are verse or lists.
const NARROWEST: usize = 40;
/// So many lines must go on in lower case before a file counts as wrapped.
const FEWEST: usize = 4;

/// Says of every row how it stands to the one before; `is_name` knows headings, and labels with their colon.
pub fn seams(rows: &[Row], is_name: &dyn Fn(&str) -> bool) -> Vec<Seam> {
    let bullets = Bullets::of(rows);
    let Some(wrapping) = wrapping(rows, &bullets) else {
        return vec![Seam::Opens; rows.len()];
    };
    let file =
        File { rows, wrapping, labels: Labels::of(rows, |at| is_full(rows, at, wrapping.columns)), bullets };
    let verdicts = (0..rows.len()).map(|at| file.verdict(at, is_name)).collect::<Vec<_>>();
    let words = Words::of(rows);
    let goes_on = lengths::settle(&verdicts).into_iter().enumerate();
    goes_on
        .map(|(at, goes_on)| if goes_on { words.seam(rows[at - 1].text, rows[at].text) } else { Seam::Opens })
        .collect()
}

/// What the rows around a line end say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// The row opens a paragraph.
    Opens,
    /// The row goes on.
    GoesOn,
    /// A sentence ends at the margin, and so may the paragraph.
    Unsure,
}

struct File<'t> {
    rows: &'t [Row<'t>],
    wrapping: Wrapping,
    bullets: Bullets,
    labels: Labels<'t>,
}

impl File<'_> {
    /// Whether row `at` goes on from the row before.
    fn verdict(&self, at: usize, is_name: &dyn Fn(&str) -> bool) -> Verdict {
        let row = self.rows[at];
        if at == 0 || row.blank_before || self.bullets.opens(row.text) {
            return Verdict::Opens;
        }
        let text = row.text.trim_start();
        let before = self.rows[at - 1].text;
        if divides(before, text) {
            return Verdict::GoesOn;
        }
        if !is_full(self.rows, at, self.wrapping.columns) && !self.breaks_off(at) {
            return Verdict::Opens;
        }
        if self.wrapping.spaced || is_lowercase(text) {
            return Verdict::GoesOn;
        }
        if is_name(text) || self.labels.knows(text) {
            return Verdict::Opens;
        }
        match (ends_sentence(before), self.looks_like_opening(at)) {
            (false, _) => Verdict::GoesOn,
            (true, true) => Verdict::Opens,
            (true, false) => Verdict::Unsure,
        }
    }

    /// Whether the row before stops within a sentence, and not much before the margin.
    fn breaks_off(&self, at: usize) -> bool {
        let before = self.rows[at - 1].text;
        let is_long = before.chars().count() * 4 >= self.wrapping.columns * 3;
        !self.wrapping.exact
            && is_long
            && !ends_sentence(before)
            && is_lowercase(self.rows[at].text.trim_start())
    }

    /// Whether a row after a full stop at the margin looks like a label, a heading or an item.
    fn looks_like_opening(&self, at: usize) -> bool {
        const LONGEST_HEADING: usize = 8;
        let text = self.rows[at].text.trim_start();
        let is_last =
            self.rows.get(at + 1).is_none_or(|next| next.blank_before || self.bullets.opens(next.text))
                || !is_full(self.rows, at + 1, self.wrapping.columns);
        evidence::label(text).is_some()
            || is_last && !ends_sentence(text) && text.split_whitespace().count() <= LONGEST_HEADING
    }
}

/// Whether the first word of row `at` would not have fitted on the row before.
fn is_full(rows: &[Row], at: usize, columns: usize) -> bool {
    at > 0 && reach(rows, at) > columns
}

/// The length that the row before would have with the first word of this one.
fn reach(rows: &[Row], at: usize) -> usize {
    // no program breaks a line at a no-break space
    let word = rows[at].text.trim_start().split([' ', '\t']).next().unwrap_or_default();
    rows[at - 1].text.chars().count() + 1 + word.chars().count()
}

/// How a file is wrapped; `None` where it is not, as one line a paragraph or a list of short lines.
fn wrapping(rows: &[Row], bullets: &Bullets) -> Option<Wrapping> {
    let lengths = rows.iter().filter(|row| row.text.trim().contains(' ')).map(|row| row.text.chars().count());
    let (narrow, wide): (Vec<_>, Vec<_>) = lengths.partition(|length| *length <= WIDEST);
    let longest = narrow.iter().copied().max().filter(|longest| *longest >= NARROWEST)?;
    if wide.len() * 50 > rows.len() {
        return None;
    }
    let pairs = (1..rows.len())
        .filter(|at| !rows[*at].blank_before && !bullets.opens(rows[*at].text))
        .collect::<Vec<_>>();
    let mut surely = pairs
        .iter()
        .filter(|at| is_lowercase(rows[**at].text.trim_start()))
        .map(|at| reach(rows, *at))
        .collect::<Vec<_>>();
    if surely.len() < FEWEST {
        return None;
    }
    surely.sort_unstable();
    // where lines do not break at a column, the narrowest ones that go on tell what is full
    let exact = surely.iter().filter(|reach| **reach > longest).count() * 20 >= surely.len() * 17;
    let columns = if exact { longest } else { longest.min(surely[surely.len() / 20].saturating_sub(1)) };
    let full = pairs.iter().filter(|at| is_full(rows, **at, columns)).count();
    let going_on = surely.iter().filter(|reach| **reach > columns).count();
    let is_wrapped = columns * 10 >= longest * 7 && full * 4 >= pairs.len() && going_on * 10 >= full * 3;
    let apart = rows.iter().filter(|row| row.blank_before).count();
    is_wrapped.then_some(Wrapping { columns, exact, spaced: apart > pairs.len() - full })
}

#[cfg(test)]
mod tests;
