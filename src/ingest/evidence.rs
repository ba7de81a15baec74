//! What speaks for a unit standing in a chapter, and for a chapter starting at it.
//!
//! Every figure is a log-odds, about the natural logarithm of how many times likelier the sight is
//! if the chapter is there. They were set by hand from what the form of a dossier suggests, and
//! held against dossiers that were kept apart.

use super::classify::{Shape, Unit};
use super::front::{Front, title_case};
use super::lexicon::{Kind, Lexicon, Phrase};
use super::metadata;
use super::scenes;
use super::words;
use crate::scheme::Habit;

/// Why a chapter may start at a unit: what the editor is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// What was seen, in a few words.
    pub what: String,
    /// Log-odds in favour.
    pub weight: f64,
}

/// The evidence for a whole dossier.
pub struct Evidence {
    /// For each unit and chapter, how well the unit sits in that chapter.
    pub belongs: Vec<Vec<f64>>,
    /// For each unit and chapter, what speaks for the chapter starting there.
    pub starts: Vec<Vec<Vec<Cue>>>,
    /// For each unit, what speaks against it following the one before it within one chapter.
    pub follows: Vec<f64>,
}

/// The weight of words in a unit is drawn in to this, so that no single paragraph decides alone.
const MOST_FROM_WORDS: f64 = 2.4;

/// A name that is known in a chapter.
const KNOWN_LABEL: f64 = 3.0;
/// A heading that names the chapter.
const CHAPTER_TITLE: f64 = 7.0;
/// A heading with a number, whichever.
const NUMBERED: f64 = 2.5;
/// A heading that is known to stand in the chapter.
const KNOWN_HEADING: f64 = 4.0;
/// Below this nearness two names have nothing to do with each other.
const FAR: f64 = 0.45;

/// Gathers the evidence.
pub fn gather(units: &[Unit], front: &Front, lexicon: &Lexicon) -> Evidence {
    let cycles = scenes::in_cycles(units);
    let by_words = from_words(units, lexicon);
    let belongs = units
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            (0..lexicon.len())
                .map(|chapter| {
                    from_shape(unit, units.get(at + 1), lexicon.habit(chapter))
                        + from_names(unit, chapter, lexicon)
                        + from_cycle(cycles[at], lexicon.habit(chapter))
                        + by_words[at][chapter]
                })
                .collect()
        })
        .collect();
    let film = Film::new(units, front, lexicon);
    let starts = (0..units.len())
        .map(|at| (0..lexicon.len()).map(|chapter| film.start(at, chapter)).collect())
        .collect();
    let follows = (0..units.len()).map(|at| film.follows(at)).collect();
    Evidence { belongs, starts, follows }
}

/// How often units of this shape stand in chapters of this habit.
fn from_shape(unit: &Unit, next: Option<&Unit>, habit: Habit) -> f64 {
    let essay = !matches!(habit, Habit::Guide | Habit::Talk);
    let shape = match &unit.shape {
        _ if unit.bulleted => {
            if essay {
                -1.5
            } else {
                1.0
            }
        }
        Shape::Labelled { .. } | Shape::BareLabel { .. } => match habit {
            Habit::Guide | Habit::Talk => -2.2,
            Habit::Facts | Habit::Labels | Habit::Scenes => 0.4,
            Habit::Prose => -0.4,
        },
        // a heading within an essay looks the same
        Shape::Short if next.is_some_and(|next| next.is_plain_prose() && next.words > 60) => 0.0,
        Shape::Short => {
            if essay {
                -0.8
            } else {
                0.8
            }
        }
        Shape::Prose => match habit {
            // paragraphs of the essays run to a hundred words and more, those before and after the film are short
            Habit::Guide | Habit::Talk => {
                if unit.words > 110 {
                    -1.2
                } else {
                    -0.2
                }
            }
            Habit::Facts | Habit::Labels | Habit::Scenes => -0.5,
            Habit::Prose => 0.3,
        },
    };
    let question = if unit.is_question() && unit.words < 40 { if essay { -0.8 } else { 0.8 } } else { 0.0 };
    shape + question
}

fn from_names(unit: &Unit, chapter: usize, lexicon: &Lexicon) -> f64 {
    if let Some(label) = unit.label() {
        let phrase = Phrase::new(label);
        let near = [Kind::Label, Kind::Sublabel, Kind::Group]
            .into_iter()
            .map(|kind| lexicon.nearness(&phrase, chapter, kind))
            .fold(0.0, f64::max);
        let fact = if lexicon.is_field(label) && unit.words < 24 {
            if lexicon.habit(chapter) == Habit::Facts { 2.5 } else { -1.0 }
        } else {
            0.0
        };
        return fact + if near > FAR { KNOWN_LABEL * near * near } else { 0.0 };
    }
    if unit.is_short() {
        let near = lexicon.nearness(&Phrase::new(&unit.text), chapter, Kind::Heading);
        return if near > 0.6 { KNOWN_HEADING * near * near } else { 0.0 };
    }
    0.0
}

fn from_cycle(in_cycle: bool, habit: Habit) -> f64 {
    match (in_cycle, habit == Habit::Scenes) {
        (true, true) => 3.0,
        (true, false) => -1.5,
        (false, _) => 0.0,
    }
}

/// How much fuller a unit is of a chapter's words than the dossier as a whole.
fn from_words(units: &[Unit], lexicon: &Lexicon) -> Vec<Vec<f64>> {
    let counted = units
        .iter()
        .map(|unit| {
            let words = words::words(&unit.text).collect::<Vec<_>>();
            (as_f64(words.len()), lexicon.vocabulary(&words))
        })
        .collect::<Vec<_>>();
    let length = counted.iter().map(|(length, _)| length).sum::<f64>().max(1.0);
    let usual = (0..lexicon.len())
        .map(|chapter| counted.iter().map(|(_, weights)| weights[chapter]).sum::<f64>() / length)
        .collect::<Vec<_>>();
    counted
        .iter()
        .map(|(length, weights)| {
            let by_chapter = weights.iter().zip(&usual).enumerate();
            by_chapter
                .map(|(chapter, (weight, usual))| {
                    // "we" and "you" occur anywhere: the words before and after the film tell less
                    let frame = matches!(lexicon.habit(chapter), Habit::Guide | Habit::Talk);
                    surprise(*weight, usual * length) * if frame { 0.5 } else { 1.0 }
                })
                .collect()
        })
        .collect()
}

/// The signed log-likelihood ratio of a count against what was expected (both smoothed).
fn surprise(seen: f64, expected: f64) -> f64 {
    let (seen, expected) = (seen + 0.7, expected + 0.7);
    let ratio = seen * (seen / expected).ln() - (seen - expected);
    let signed = if seen >= expected { ratio } else { -ratio };
    (0.55 * signed).clamp(-MOST_FROM_WORDS, MOST_FROM_WORDS)
}

/// What is known of this film's dossier as a whole.
struct Film<'a> {
    units: &'a [Unit],
    lexicon: &'a Lexicon<'a>,
    /// Words of the film's title.
    title: Vec<String>,
    /// Words of the directors' names, longest last names first.
    directors: Vec<String>,
    /// For each unit, how many quoted titles it announces.
    announced: Vec<usize>,
    /// For each unit, whether it is plainly a heading.
    heads: Vec<bool>,
    /// The level that the headings of chapters have, in a format that knows levels.
    chapter_level: Option<u8>,
    /// For each chapter, whether its openers name the director's trade.
    about_a_person: Vec<bool>,
}

impl<'a> Film<'a> {
    fn new(units: &'a [Unit], front: &Front, lexicon: &'a Lexicon<'a>) -> Self {
        let title = front
            .title
            .and_then(|at| metadata::title_and_year(&units[at].text))
            .map_or("", |(title, _)| title);
        let directors = units.iter().filter_map(|unit| match &unit.shape {
            Shape::Labelled { label, text }
                if super::lexicon::is_named(&lexicon.fields().director, label) =>
            {
                Some(text)
            }
            _ => None,
        });
        Self {
            units,
            lexicon,
            title: words::words(title).collect(),
            directors: directors
                .flat_map(|names| words::words(names).collect::<Vec<_>>())
                .filter(|name| name.len() > 3)
                .collect(),
            announced: units.iter().map(|unit| scenes::quoted_titles(&unit.text).len()).collect(),
            heads: units.iter().map(|unit| is_head(unit, lexicon)).collect(),
            chapter_level: chapter_level(units),
            about_a_person: about_a_person(lexicon),
        }
    }

    /// What speaks for `chapter` starting at `at`.
    fn start(&self, at: usize, chapter: usize) -> Vec<Cue> {
        let unit = &self.units[at];
        let habit = self.lexicon.habit(chapter);
        let mut cues = Vec::new();
        let mut cue = |what: &str, weight: f64| {
            if weight != 0.0 {
                cues.push(Cue { what: what.to_owned(), weight });
            }
        };
        if unit.is_short() || matches!(unit.shape, Shape::BareLabel { .. }) {
            self.as_title(unit, chapter, &mut cue);
        }
        match (&unit.shape, habit) {
            _ if unit.bulleted => cue("starts with a list item", -4.0),
            (Shape::Labelled { .. } | Shape::BareLabel { .. }, _) => cue("starts with a label", -3.0),
            (Shape::Short, Habit::Guide | Habit::Talk) => {
                cue("starts with a heading", 0.5);
                if habit == Habit::Talk && self.film_again(at) {
                    cue("the film's title again", 3.0);
                }
            }
            (Shape::Short, _)
                if self.heads[at] && self.units.get(at + 1).is_some_and(Unit::is_plain_prose) =>
            {
                self.opening(at + 1, chapter, &mut cue);
            }
            (Shape::Short, _) => cue("starts with a short line", -1.5),
            (Shape::Prose, Habit::Guide | Habit::Talk) => cue("starts with a paragraph", -2.5),
            (Shape::Prose, _) => self.opening(at, chapter, &mut cue),
        }
        if at > 0 && self.units[at - 1].label().is_some() && unit.label().is_none() {
            cue("no label after a run of labels", 1.2);
        }
        if at > 0 && self.heads[at - 1] && !self.heads[at] {
            cue("stands under a heading", -4.0);
        }
        if let Some(level) = self.chapter_level {
            let is_chapter = unit.heading == Some(level);
            cue("a heading of the chapters' level", if is_chapter { 2.0 } else { -1.5 });
        }
        cues
    }

    /// Whether the film's title stands again in one of the next lines.
    fn film_again(&self, at: usize) -> bool {
        let next = self.units[at..].iter().take(3).filter(|unit| unit.is_short());
        next.into_iter()
            .any(|unit| !self.title.is_empty() && words::words(&unit.text).eq(self.title.iter().cloned()))
    }

    /// Evidence from the words of a paragraph that may open an essay.
    fn opening(&self, at: usize, chapter: usize, cue: &mut impl FnMut(&str, f64)) {
        let unit = &self.units[at];
        let first = words::words(&unit.text).take(70).collect::<Vec<_>>();
        let openers = self.lexicon.openers(&first);
        let mean = openers.iter().sum::<f64>() / as_f64(openers.len().max(1));
        cue("opens with words of this chapter", (0.45 * (openers[chapter] - mean)).clamp(-0.8, 2.0));
        let sentence = &first[..first.len().min(32)];
        if !self.title.is_empty() && sentence.windows(self.title.len()).any(|window| window == self.title) {
            cue("names the film", 0.4);
        }
        if self.lexicon.habit(chapter) == Habit::Scenes {
            let next = self.announced.get(at + 1).copied().unwrap_or(0);
            let announced = match (self.announced[at], next) {
                (2.., _) => 1.8,
                (_, 2..) => 1.4,
                (1, _) => 0.5,
                _ => 0.0,
            };
            cue("announces titles in quotation marks", announced);
            let labels_follow = self.units[at + 1..].iter().take(5).any(|next| next.label().is_some());
            cue("labels follow", if labels_follow { 0.8 } else { -1.5 });
        }
        let labels_at_once = self.units.get(at + 1).is_some_and(|next| next.label().is_some());
        if labels_at_once && matches!(self.lexicon.habit(chapter), Habit::Facts | Habit::Labels) {
            cue("labels follow at once", 0.7);
        }
        if self.about_a_person[chapter] && sentence.iter().any(|word| self.directors.contains(word)) {
            cue("names the director", 1.0);
        }
        if unit.words < 25 {
            cue("short for an opening", -0.8);
        }
    }

    /// Evidence from a short line that may be the chapter's title. A number tells that some chapter
    /// starts, and less surely which: a dossier without a context may count on.
    fn as_title(&self, unit: &Unit, chapter: usize, cue: &mut impl FnMut(&str, f64)) {
        let scheme = self.lexicon.scheme;
        let mut text = unit.label().unwrap_or(&unit.text);
        if let Some((number, rest)) = numbered(text).filter(|(_, rest)| !rest.is_empty()) {
            let own = scheme.number(&crate::dossier::ChapterId::new(&scheme.chapters[chapter].id));
            match own {
                Some(own) if own == number => cue("a heading with this chapter's number", NUMBERED + 2.0),
                Some(_) => cue("a heading with a number", NUMBERED - 0.5),
                None => cue("a heading with a number", -NUMBERED),
            }
            text = rest;
        }
        let near = self.lexicon.nearness(&Phrase::new(text), chapter, Kind::Title);
        if near > 0.6 {
            cue("a heading like this chapter's title", CHAPTER_TITLE * near * near);
        }
    }

    /// What speaks against a unit going on in the chapter of the one before it.
    fn follows(&self, at: usize) -> f64 {
        let Some(before) = at.checked_sub(1).map(|index| &self.units[index]) else {
            return 0.0;
        };
        let unit = &self.units[at];
        let labelled = before.label().is_some() && !before.bulleted;
        if labelled && unit.is_plain_prose() {
            return -1.5;
        }
        if labelled && unit.is_short() && title_case(&unit.text) < 0.5 {
            return -0.5;
        }
        if before.bulleted && unit.is_plain_prose() && unit.words > 40 {
            return -1.0;
        }
        0.0
    }
}

/// Whether a short line is plainly a heading: its format says so, or it bears a number or the title of
/// a chapter.
fn is_head(unit: &Unit, lexicon: &Lexicon) -> bool {
    let is_title = || {
        let phrase = Phrase::new(&unit.text);
        (0..lexicon.len()).any(|chapter| lexicon.nearness(&phrase, chapter, Kind::Title) > 0.75)
    };
    unit.is_short() && (unit.heading.is_some() || is_numbered_heading(&unit.text) || is_title())
}

/// The chapter on the director is the one whose openers say so.
fn about_a_person(lexicon: &Lexicon) -> Vec<bool> {
    let names = lexicon.fields().director.iter().map(|name| words::fold(name)).collect::<Vec<_>>();
    let says = |opener: &String| names.iter().any(|name| name.starts_with(&words::fold(opener)));
    lexicon.scheme.chapters.iter().map(|chapter| chapter.openers.iter().any(says)).collect()
}

/// The largest level of heading that occurs as often as chapters do.
fn chapter_level(units: &[Unit]) -> Option<u8> {
    const CHAPTERS: std::ops::RangeInclusive<usize> = 4..=16;
    (1..=6).find(|level| CHAPTERS.contains(&units.iter().filter(|unit| unit.heading == Some(*level)).count()))
}

/// `VI. Formal Analysis` or `Chapter 6: Form`: the number and the rest.
fn numbered(text: &str) -> Option<(usize, &str)> {
    let (head, rest) = text.split_once(['.', ')', ':'])?;
    let number = roman(head).or_else(|| head.parse().ok())?;
    Some((number, rest.trim()))
}

/// Roman numerals up to twenty.
pub fn roman(text: &str) -> Option<usize> {
    const NUMERALS: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
        "XVII", "XVIII", "XIX", "XX",
    ];
    NUMERALS.iter().position(|numeral| *numeral == text).map(|index| index + 1)
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whether a line begins with a chapter's number: `III. Murnau as Author`.
pub fn is_numbered_heading(text: &str) -> bool {
    numbered(text).is_some_and(|(_, rest)| !rest.is_empty())
}
