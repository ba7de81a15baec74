//! The lines before the first chapter: the day of the discussion, the film's title, a tagline.

use super::Known;
use super::classify::Unit;
use super::lexicon::{Kind, Lexicon, Phrase};
use super::metadata;

/// How many lines at the top may belong to the front.
const DEPTH: usize = 6;

/// A tagline is a line, not a paragraph.
const TAGLINE_WORDS: usize = 26;

/// Which units are the front, and what each is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The unit with the date of the discussion.
    pub date: Option<usize>,
    /// The unit with the film's title.
    pub title: Option<usize>,
    /// The unit with the tagline.
    pub tagline: Option<usize>,
    /// The first unit that does not belong to the front.
    pub end: usize,
}

/// Finds the front.
pub fn find(units: &[Unit], lexicon: &Lexicon, known: &Known) -> Front {
    let top = &units[..units.len().min(DEPTH)];
    let is_date = |unit: &Unit| unit.words <= 12 && metadata::date(&unit.text, lexicon.scheme).is_some();
    let named = |unit: &Unit| known.title.as_deref().is_some_and(|title| same_words(title, &unit.text));
    let title = top
        .iter()
        .position(|unit| metadata::title_and_year(&unit.text).is_some_and(|(_, year)| year.is_some()))
        .or_else(|| top.iter().position(named))
        .or_else(|| {
            top.iter().position(|unit| unit.is_short() && !is_date(unit) && !is_heading(unit, lexicon))
        })
        .filter(|at| top[..*at].iter().all(|unit| unit.words <= TAGLINE_WORDS));
    let limit = title.map_or(1, |title| title + 3).min(top.len());
    let date = top[..limit].iter().position(is_date).filter(|at| title != Some(*at));
    let tagline = title.and_then(|title| tagline_after(title, date, units, lexicon));
    let end = [date, title, tagline].into_iter().flatten().max().map_or(0, |last| last + 1);
    Front { date, title, tagline, end }
}

/// The line under the title, or under the date below it, unless it opens the first chapter.
fn tagline_after(title: usize, date: Option<usize>, units: &[Unit], lexicon: &Lexicon) -> Option<usize> {
    let at = if date == Some(title + 1) { title + 2 } else { title + 1 };
    let unit = units.get(at)?;
    let like_a_line = unit.label().is_none() && !unit.bulleted && unit.words <= TAGLINE_WORDS;
    let opens_a_list = units.get(at + 1).is_some_and(|next| next.bulleted);
    (like_a_line && !opens_a_list && !is_heading(unit, lexicon)).then_some(at)
}

/// Whether a short line is a known heading, or capitalised like one.
fn is_heading(unit: &Unit, lexicon: &Lexicon) -> bool {
    let phrase = Phrase::new(&unit.text);
    let known = (0..lexicon.len()).any(|chapter| {
        [Kind::Title, Kind::Heading].into_iter().any(|kind| lexicon.nearness(&phrase, chapter, kind) >= 0.75)
    });
    known || unit.is_short() && unit.words <= 6 && title_case(&unit.text) > 0.9
}

/// The share of the longer words that begin with a capital, the first one aside.
pub fn title_case(text: &str) -> f64 {
    let words =
        text.split_whitespace().skip(1).filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let (mut all, mut capital) = (0.0, 0.0);
    for word in words {
        all += 1.0;
        if word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase) {
            capital += 1.0;
        }
    }
    if all == 0.0 { 0.0 } else { capital / all }
}

fn same_words(a: &str, b: &str) -> bool {
    super::words::words(a).eq(super::words::words(b))
}
