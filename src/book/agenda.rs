//! The timetable of a discussion: an opening round, the questions, a closing round.

use super::{AgendaRow, Block, Book, Chapter, Leaf, printed};
use crate::diag::{Code, Diagnostic, Warned};

/// A question gets no fewer minutes: three people say a sentence each, and one answers.
const LEAST: u32 = 3;

/// A discussion that lasts longer has a break.
const WITHOUT_BREAK: u32 = 100;

/// Minutes of the break.
const BREAK: u32 = 10;

impl Book {
    /// Every question with its chapter, in the order of the book. Its number in an edition for the
    /// discussion is its place here, from 1.
    #[must_use]
    pub fn questions<'a>(&'a self) -> Vec<(&'a Chapter, &'a Leaf)> {
        let of_chapter = |chapter: &'a Chapter| {
            let of_sections = chapter.sections.iter().flat_map(|section| &section.blocks);
            let blocks = chapter.opening.iter().chain(of_sections);
            blocks.flat_map(questions_in).map(move |question| (chapter, question))
        };
        self.chapters.iter().flat_map(of_chapter).collect()
    }
}

fn questions_in(block: &Block) -> &[Leaf] {
    match block {
        Block::Questions { items } => items,
        Block::Paragraph(_)
        | Block::Labelled { .. }
        | Block::Group { .. }
        | Block::List { .. }
        | Block::Glossary { .. }
        | Block::Fields { .. }
        | Block::Figure(_)
        | Block::Date(_)
        | Block::Title(_)
        | Block::Tagline(_) => &[],
    }
}

/// How the minutes are shared out: a tenth each to the rounds that open and close, the rest in equal
/// parts to the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shares {
    /// The round that opens, and the one that closes.
    round: u32,
    /// The break; 0 where there is none.
    pause: u32,
    /// Each question.
    question: u32,
    /// So many of the first questions get a minute more.
    longer: u32,
}

impl Shares {
    fn of(minutes: u32, questions: u32) -> Self {
        let round = (minutes / 10).max(1);
        let pause = if minutes > WITHOUT_BREAK && questions > 1 { BREAK } else { 0 };
        let rest = minutes.saturating_sub(2 * round + pause);
        let parts = questions.max(1);
        if rest / parts < LEAST {
            Self { round, pause, question: LEAST, longer: 0 }
        } else {
            Self { round, pause, question: rest / parts, longer: rest % parts }
        }
    }

    fn total(self, questions: u32) -> u32 {
        2 * self.round + self.pause + questions.saturating_mul(self.question) + self.longer
    }
}

/// The timetable of the discussion of all questions of `book` in `minutes`. Its rows follow each other
/// without a gap, and together they last `minutes`; where the questions are too many for that, each has
/// three minutes, the timetable is longer, and a warning says so.
pub fn agenda(book: &Book, minutes: u32) -> Warned<Vec<AgendaRow>> {
    let questions = book.questions();
    let count = u32::try_from(questions.len()).unwrap_or(u32::MAX);
    let shares = Shares::of(minutes, count);
    let mut rows = Timetable::default();
    let word = |key: &str| book.terms.get(key).map_or(key, String::as_str).to_owned();
    rows.add(shares.round, word("opening_round"), None);
    for (number, (chapter, question)) in (1..).zip(&questions) {
        let longer = u32::from(number <= shares.longer as usize);
        rows.add(shares.question + longer, chapter.running.clone(), Some((number, printed(&question.text))));
        if shares.pause > 0 && number == questions.len().div_ceil(2) {
            rows.add(shares.pause, word("break"), None);
        }
    }
    rows.add(shares.round, word("closing_round"), None);
    let warnings = (rows.end > minutes).then(|| too_many(count, minutes, rows.end)).into_iter().collect();
    Warned { value: rows.rows, warnings }
}

#[derive(Default)]
struct Timetable {
    rows: Vec<AgendaRow>,
    end: u32,
}

impl Timetable {
    fn add(&mut self, minutes: u32, label: String, question: Option<(usize, String)>) {
        let (number, question) = question.unzip();
        self.rows.push(AgendaRow { from: self.end, minutes, label, number, question });
        self.end += minutes;
    }
}

fn too_many(questions: u32, minutes: u32, end: u32) -> Diagnostic {
    let enough =
        (end..end.saturating_mul(2)).find(|wish| Shares::of(*wish, questions).total(questions) <= *wish);
    let message = format!(
        "{questions} questions are too many for {minutes} minutes: \
         with {LEAST} minutes each the discussion lasts {end}"
    );
    Diagnostic::warning(Code::Edition, message).hint(format!(
        "set `discussion_minutes: {}` in season.yaml, or let the moderator choose among the questions",
        enough.unwrap_or(end)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes of rounds, break, questions (`*` for those with a minute more).
    #[test]
    fn the_minutes_are_shared_out_to_the_last() {
        for (minutes, questions, round, pause, question, longer) in [
            (90, 8, 9, 0, 9, 0),
            (90, 7, 9, 0, 10, 2),
            (100, 1, 10, 0, 80, 0),
            (101, 2, 10, 10, 35, 1),
            (101, 1, 10, 0, 81, 0),
            (120, 12, 12, 10, 7, 2),
            (90, 24, 9, 0, 3, 0),
        ] {
            let shares = Shares::of(minutes, questions);
            assert_eq!(shares, Shares { round, pause, question, longer }, "{questions} in {minutes}");
            assert_eq!(shares.total(questions), minutes);
        }
    }

    #[test]
    fn too_many_questions_keep_three_minutes_each_and_the_hint_is_enough() {
        let shares = Shares::of(90, 25);
        assert_eq!((shares.question, shares.total(25)), (3, 93));
        let hint = too_many(25, 90, 93).hint.expect("it says what to do");
        assert!(hint.contains("discussion_minutes: 93`"), "{hint}");
        assert_eq!(Shares::of(93, 25).total(25), 93);
    }
}
