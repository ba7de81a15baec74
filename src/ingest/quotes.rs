//! Straight quotes, apostrophes and primes as a printer sets them, by language.
//!
//! Rules: smart punctuation of `CommonMark` (which quotes open and which close); Butterick, *Practical Typography*
//! (apostrophes, primes); the *Lexique des règles typographiques en usage à l'Imprimerie nationale* (guillemets).

mod neighbours;

use super::code_runs::code_runs;
use super::{dashes, spaces};
use neighbours::{Neighbours, elides};

/// Sets the dashes, quotes and spaces of one line in a language (`en`, `fr`; elsewhere only what all languages share).
/// Words, and runs that look like code, a path or an address, stay as they are.
pub fn set_typography(line: &str, language: &str) -> String {
    spaces::set_no_break(&set_quotes(&dashes::set_dashes(line), language), language)
}

/// What a straight mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    /// It may open a quotation, if another closes it.
    Opens,
    /// It may close one.
    Closes,
    /// An apostrophe.
    Apostrophe,
    /// Feet, minutes: `′`; inches, seconds: `″`.
    Prime,
    /// Blanks on both sides: nobody knows.
    Unclear,
}

/// A straight mark of a line and what became of it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    double: bool,
    sense: Sense,
    /// Whether its other half was found.
    paired: bool,
    /// How many pairs of double marks stand around it.
    depth: usize,
}

/// Sets the quotes, apostrophes and primes of one line.
pub fn set_quotes(line: &str, language: &str) -> String {
    if !line.contains(['"', '\'']) {
        return line.to_owned();
    }
    let mut chars = line.chars().collect::<Vec<_>>();
    let mut marks = read(&chars);
    pair(&mut marks);
    let style = Style::of(language, &marks);
    let guillemets = guillemet_depths(&chars);
    let replaced =
        marks.iter().map(|mark| (mark.at, style.set(mark, guillemets[mark.at] > 0))).collect::<Vec<_>>();
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = replaced.into_iter().peekable();
    for (at, c) in chars.drain(..).enumerate() {
        match rest.next_if(|(mark, _)| *mark == at) {
            Some((_, set)) => out.push_str(set),
            None => out.push(c),
        }
    }
    out
}

/// The straight marks outside code, each by what stands beside it.
fn read(chars: &[char]) -> Vec<Mark> {
    let code = code_runs(chars);
    let mut marks: Vec<Mark> = Vec::new();
    // how many single and double quotations are open
    let mut open = [0_usize; 2];
    for at in (0..chars.len()).filter(|at| !code[*at] && matches!(chars[*at], '"' | '\'')) {
        let beside = Neighbours::of(chars, at);
        let double = chars[at] == '"';
        let open = &mut open[usize::from(double)];
        let sense = if double { double_sense(&beside, *open > 0) } else { single_sense(&beside, *open > 0) };
        *open = match sense {
            Sense::Opens => *open + 1,
            Sense::Closes => open.saturating_sub(1),
            Sense::Apostrophe | Sense::Prime | Sense::Unclear => *open,
        };
        marks.push(Mark { at, double, sense, paired: false, depth: 0 });
    }
    marks
}

fn double_sense(beside: &Neighbours, open: bool) -> Sense {
    if beside.follows_digit() && (!open || beside.next_closes('"')) {
        Sense::Prime // 5'10" and 35", also within quotes: "a 12" single"
    } else if beside.can_open() {
        Sense::Opens
    } else if beside.can_close() {
        Sense::Closes
    } else {
        Sense::Unclear
    }
}

fn single_sense(beside: &Neighbours, open: bool) -> Sense {
    if beside.follows_digit() && beside.is_before_inches() {
        Sense::Prime
    } else if beside.is_within_word() || elides(beside.rest()) {
        Sense::Apostrophe
    } else if beside.follows_digit() && !open && !beside.is_after_decade() && beside.is_before_blank() {
        Sense::Prime // 6' tall
    } else if beside.can_open() {
        Sense::Opens
    } else if beside.can_close() {
        Sense::Closes
    } else if beside.is_alone() {
        Sense::Unclear
    } else {
        Sense::Apostrophe
    }
}

/// Finds the other half of each mark, nearest first; `boys' games` may take the place of a closing one, which looks
/// the same.
fn pair(marks: &mut [Mark]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..marks.len() {
        marks[at].depth =
            open.last().map_or(0, |other| marks[*other].depth + usize::from(marks[*other].double));
        match marks[at].sense {
            Sense::Opens => open.push(at),
            Sense::Closes => {
                let Some(found) = open.iter().rposition(|other| marks[*other].double == marks[at].double)
                else {
                    continue;
                };
                let other = open[found];
                open.truncate(found);
                marks[other].paired = true;
                marks[at].paired = true;
                marks[at].depth = marks[other].depth;
            }
            Sense::Apostrophe | Sense::Prime | Sense::Unclear => {}
        }
    }
}

/// How many guillemets are open before each character.
fn guillemet_depths(chars: &[char]) -> Vec<usize> {
    let depth = chars.iter().scan(0_usize, |depth, c| {
        let before = *depth;
        *depth = match c {
            '«' => before + 1,
            '»' => before.saturating_sub(1),
            _ => before,
        };
        Some(before)
    });
    depth.collect()
}

/// How a language sets double marks.
enum Style {
    English,
    /// Guillemets; double quotes within them.
    French,
    /// As they stand: no rule is known, or a French quotation is open at one end.
    Straight,
}

impl Style {
    fn of(language: &str, marks: &[Mark]) -> Self {
        let is_quote = |mark: &&Mark| mark.double && !matches!(mark.sense, Sense::Prime | Sense::Unclear);
        match language {
            "en" => Self::English,
            "fr" if marks.iter().filter(is_quote).all(|mark| mark.paired) => Self::French,
            _ => Self::Straight,
        }
    }

    fn set(&self, mark: &Mark, in_guillemets: bool) -> &'static str {
        match (mark.sense, mark.double) {
            (Sense::Prime, true) => "″",
            (Sense::Prime, false) => "′",
            (Sense::Unclear, true) => "\"",
            (Sense::Unclear, false) => "'",
            (Sense::Opens, true) => self.double(mark, in_guillemets).0,
            (Sense::Closes | Sense::Apostrophe, true) => self.double(mark, in_guillemets).1,
            // an opening mark whose other half is missing stands for letters: 'gainst
            (Sense::Opens, false) if mark.paired && !matches!(self, Self::Straight) => "‘",
            (Sense::Opens | Sense::Closes, false) if mark.paired && matches!(self, Self::Straight) => "'",
            (Sense::Opens | Sense::Closes | Sense::Apostrophe, false) => "’",
        }
    }

    /// What opens and what closes a quotation.
    fn double(&self, mark: &Mark, in_guillemets: bool) -> (&'static str, &'static str) {
        match self {
            Self::French if !in_guillemets && mark.depth == 0 => ("«\u{a0}", "\u{a0}»"),
            Self::English | Self::French => ("“", "”"),
            Self::Straight => ("\"", "\""),
        }
    }
}

#[cfg(test)]
mod tests;
