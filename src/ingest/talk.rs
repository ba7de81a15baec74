//! The parts before and after the film: headings, lists, a glossary, questions; in a plain paste
//! the bullets of the lists may be lost.

use super::classify::{Shape, Unit};
use super::emphasis::inlines;
use super::front::title_case;
use super::lexicon::{Kind, Lexicon, Phrase};
use super::scenes;
use super::words as count;
use crate::dossier::{Content, Rank, Rule};

/// What a unit of such a part is.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// The heading of a section.
    Heading,
    /// A block, and the rule that made it.
    Block((Content, Rule)),
}

/// An item of a list has at most so many words.
const ITEM_WORDS: usize = 34;

/// Dashes between a term and its definition.
const DASHES: [&str; 3] = [" – ", " — ", " - "];

/// Says of each unit of the chapter what it is.
pub fn roles(units: &[Unit], chapter: usize, lexicon: &Lexicon, film: Option<&str>) -> Vec<Role> {
    let again = repeated_title(units, film);
    let headings = headings(units, chapter, lexicon, &again);
    let mut roles = Vec::with_capacity(units.len());
    let mut at = 0;
    while at < units.len() {
        if headings[at] {
            roles.push(Role::Heading);
            at += 1;
        } else if let Some(made) = again.block(units, at) {
            roles.push(Role::Block(made));
            at += 1;
        } else {
            let end =
                (at..units.len()).find(|next| headings[*next] || again.has(*next)).unwrap_or(units.len());
            roles.extend(body(&units[at..end]).into_iter().map(Role::Block));
            at = end;
        }
    }
    roles
}

/// The film's title and a tagline, repeated at the head of the part.
#[derive(Default)]
struct Again {
    title: Option<usize>,
    tagline: Option<usize>,
}

impl Again {
    fn has(&self, at: usize) -> bool {
        self.title == Some(at) || self.tagline == Some(at)
    }

    fn block(&self, units: &[Unit], at: usize) -> Option<(Content, Rule)> {
        let text = inlines(&units[at].marked);
        if self.title == Some(at) {
            return Some((Content::Title(text), Rule::TitleLine));
        }
        (self.tagline == Some(at)).then_some((Content::Tagline(text), Rule::TaglineLine))
    }
}

fn repeated_title(units: &[Unit], film: Option<&str>) -> Again {
    let Some(film) = film else { return Again::default() };
    let is_title = |unit: &Unit| {
        let title =
            super::metadata::title_and_year(&unit.text).map_or(unit.text.as_str(), |(title, _)| title);
        !unit.bulleted && scenes::key(title) == film
    };
    let title = units.iter().take(3).position(is_title);
    let tagline = title.map(|title| title + 1).filter(|at| {
        let line = units.get(*at).filter(|unit| !unit.bulleted && unit.label().is_none() && unit.words <= 26);
        let more = units.get(at + 1).is_some_and(|next| !next.bulleted && next.words <= 12);
        line.is_some() && more
    });
    Again { title, tagline }
}

fn headings(units: &[Unit], chapter: usize, lexicon: &Lexicon, again: &Again) -> Vec<bool> {
    let mut headings = vec![false; units.len()];
    for at in 0..units.len() {
        let before = at.checked_sub(1).filter(|before| !again.has(*before));
        let follows_heading = before.is_some_and(|before| headings[before]);
        headings[at] = !again.has(at)
            && at + 1 < units.len()
            && heading_score(units, at, chapter, lexicon) - if follows_heading { 2.5 } else { 0.0 } > 1.0;
    }
    headings
}

/// How much a line looks like a heading rather than an item that lost its bullet.
fn heading_score(units: &[Unit], at: usize, chapter: usize, lexicon: &Lexicon) -> f64 {
    let unit = &units[at];
    let bare = matches!(unit.shape, Shape::BareLabel { .. });
    if unit.bulleted || !(unit.is_short() || bare) {
        return f64::NEG_INFINITY;
    }
    let next = units.get(at + 1);
    let before = at.checked_sub(1).map(|index| &units[index]);
    let near = lexicon.nearness(&Phrase::new(unit.label().unwrap_or(&unit.text)), chapter, Kind::Heading);
    let case = title_case(&unit.text);
    let signs = [
        (near > 0.95, 4.0),
        (near > 0.6 && near <= 0.95, 2.0),
        (case > 0.6, 1.5),
        (case < 0.3 && unit.words > 4, -1.0),
        (next.is_some_and(|next| next.bulleted), 2.0),
        (next.is_some_and(|next| next.is_plain_prose() && next.words > 25), 1.5),
        (before.is_none_or(|before| before.is_plain_prose() && before.words > 25), 1.0),
        (before.is_some_and(|before| before.bulleted), 2.0),
        (unit.text.ends_with('…') || bare, 1.5),
        (unit.words <= 6, 0.5),
        (unit.words > 9, -1.5),
        (unit.is_question() && unit.words > 6, -1.0),
        // after questions, a line that asks nothing opens something new
        (!unit.is_question() && before.is_some_and(Unit::is_question), 1.0),
    ];
    signs.iter().filter(|(seen, _)| *seen).map(|(_, weight)| weight).sum()
}

/// The blocks of one section.
fn body(units: &[Unit]) -> Vec<(Content, Rule)> {
    let listed = listed(units);
    let items = (0..units.len()).filter(|at| listed[*at]).map(|at| &units[at]).collect::<Vec<_>>();
    let most =
        |fits: &dyn Fn(&Unit) -> bool| items.iter().filter(|unit| fits(unit)).count() * 2 > items.len();
    let glossary = items.len() > 1 && most(&|unit| term(&unit.text).is_some() || unit.label().is_some());
    let questions = most(&Unit::is_question);
    units
        .iter()
        .zip(&listed)
        .map(|(unit, listed)| match &unit.shape {
            _ if *listed && glossary => as_term(unit),
            _ if *listed && questions => (Content::Question(inlines(&unit.marked)), Rule::QuestionMark),
            _ if *listed => (
                Content::Item(inlines(&unit.marked)),
                if unit.bulleted { Rule::Bullet } else { Rule::LostBullet },
            ),
            Shape::Labelled { label, text } => (
                Content::Labelled { rank: Rank::Second, label: inlines(label), text: inlines(text) },
                Rule::Label,
            ),
            Shape::BareLabel { label } => (Content::Group { label: inlines(label) }, Rule::BareLabel),
            Shape::Short | Shape::Prose => (Content::Paragraph(inlines(&unit.marked)), Rule::Paragraph),
        })
        .collect()
}

/// Which units are items: those with a bullet, and short ones among their like.
fn listed(units: &[Unit]) -> Vec<bool> {
    let can_be = |unit: &Unit| unit.bulleted || unit.label().is_none() && unit.words <= ITEM_WORDS;
    let several = units.iter().filter(|unit| can_be(unit)).count() > 1;
    units
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            let lead_in = at == 0
                && unit.is_plain_prose()
                && !unit.is_question()
                && units.get(1).is_some_and(|next| next.bulleted || next.is_short());
            let lone = !several && unit.is_plain_prose() && !unit.is_question();
            unit.bulleted || can_be(unit) && !lead_in && !lone
        })
        .collect()
}

/// `Tinting – Dyeing black-and-white film`: term and definition.
fn term(text: &str) -> Option<(&str, &str)> {
    let (at, dash) = DASHES.iter().filter_map(|dash| Some((text.find(dash)?, *dash))).min()?;
    let (term, definition) = (text[..at].trim(), text[at + dash.len()..].trim());
    (count::count(term) <= 6 && !definition.is_empty()).then_some((term, definition))
}

fn as_term(unit: &Unit) -> (Content, Rule) {
    let parts = match &unit.shape {
        Shape::Labelled { label, text } => Some((label.as_str(), text.as_str())),
        Shape::BareLabel { .. } | Shape::Short | Shape::Prose => term(&unit.marked),
    };
    match parts {
        Some((term, definition)) => {
            (Content::Term { term: inlines(term), definition: inlines(definition) }, Rule::TermDash)
        }
        None => (Content::Item(inlines(&unit.marked)), Rule::Bullet),
    }
}
