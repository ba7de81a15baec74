//! Labels of the second and the third rank: `Jean Vigo:` stands below `Influences:` until the next
//! label of its parent's rank.

use super::classify::{Shape, Unit};
use super::lexicon::{Kind, Lexicon, Phrase};
use super::scenes;
use super::words;
use crate::dossier::Rank;
use crate::scheme::Habit;
use std::collections::BTreeSet;

/// Words of a dossier that occur in lower case somewhere: a label of others is a proper name.
pub struct CommonWords(BTreeSet<String>);

impl CommonWords {
    /// Collects them.
    pub fn new(units: &[Unit]) -> Self {
        let lower = |unit: &Unit| {
            unit.text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
                .map(words::fold)
                .collect::<Vec<_>>()
        };
        Self(units.iter().flat_map(lower).collect())
    }

    /// The share of a label's words that are nothing but names.
    fn names_in(&self, label: &str) -> f64 {
        let words = words::words(label)
            .filter(|word| word.len() > 1)
            .collect::<Vec<_>>();
        let names = words.iter().filter(|word| !self.0.contains(*word)).count();
        if words.is_empty() {
            0.0
        } else {
            share(names, words.len())
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(0)) / f64::from(u32::try_from(whole).unwrap_or(1).max(1))
}

/// Where a label can stand: on the second rank, first under a parent, or later under it.
const SECOND: usize = 0;
const FIRST_CHILD: usize = 1;
const LATER_CHILD: usize = 2;

/// The rank of each labelled unit of a chapter, `None` for the others. A best path: what a label is
/// called decides most, what stands before it the rest.
pub fn ranks(units: &[Unit], chapter: usize, lexicon: &Lexicon, common: &CommonWords) -> Vec<Option<Rank>> {
    let labelled = (0..units.len())
        .filter(|at| units[*at].label().is_some())
        .collect::<Vec<_>>();
    let recurring = scenes::repeated_labels(units);
    let in_scenes = lexicon.habit(chapter) == Habit::Scenes;
    let mut ranks = vec![None; units.len()];
    let mut score = [0.0, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut came_from: Vec<[usize; 3]> = Vec::with_capacity(labelled.len());
    for (index, &at) in labelled.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| labelled[before]);
        let (second, third) = fit(&units[at], chapter, lexicon, common);
        let again = in_scenes && recurring.contains(&scenes::key(units[at].label().unwrap_or_default()));
        let second = second + if again { 3.0 } else { 0.0 };
        let opens = before.map_or(f64::NEG_INFINITY, |before| announces(units, before, at));
        let mut next = [f64::NEG_INFINITY; 3];
        let mut from = [SECOND; 3];
        for (was, reached) in score.iter().enumerate() {
            let to_second = if was == FIRST_CHILD { -1.0 } else { 0.3 };
            for (state, value) in [
                (SECOND, reached + second + to_second),
                (
                    FIRST_CHILD,
                    if was == SECOND {
                        reached + third + opens
                    } else {
                        f64::NEG_INFINITY
                    },
                ),
                (
                    LATER_CHILD,
                    if was == SECOND {
                        f64::NEG_INFINITY
                    } else {
                        reached + third + 0.7
                    },
                ),
            ] {
                if value > next[state] {
                    next[state] = value;
                    from[state] = was;
                }
            }
        }
        score = next;
        came_from.push(from);
    }
    let mut state = (0..3)
        .max_by(|a, b| score[*a].total_cmp(&score[*b]))
        .unwrap_or(SECOND);
    for (index, &at) in labelled.iter().enumerate().rev() {
        ranks[at] = Some(if state == SECOND {
            Rank::Second
        } else {
            Rank::Third
        });
        state = came_from[index][state];
    }
    ranks
}

/// How well a label fits the second and the third rank.
fn fit(unit: &Unit, chapter: usize, lexicon: &Lexicon, common: &CommonWords) -> (f64, f64) {
    let label = unit.label().unwrap_or_default();
    let phrase = Phrase::new(label);
    let near = |kind| {
        let own = lexicon.nearness(&phrase, chapter, kind);
        match own {
            0.99.. => 4.5,
            0.45.. => 3.0 * own * own,
            _ => 0.0,
        }
    };
    let second = near(Kind::Label).max(near(Kind::Group));
    let third = near(Kind::Sublabel).max(if lexicon.begins_like_sublabel(&phrase, chapter) {
        2.5
    } else {
        0.0
    });
    let bare = if matches!(unit.shape, Shape::BareLabel { .. }) {
        4.0
    } else {
        0.0
    };
    let list = if unit.bulleted { 2.0 } else { 0.0 };
    (second + bare, third + list + 1.6 * common.names_in(label) - 0.4)
}

/// Whether a label announces others below it: it stands alone, or its text is a short lead-in.
fn announces(units: &[Unit], before: usize, at: usize) -> f64 {
    let parent = &units[before];
    if at != before + 1 {
        return -2.5;
    }
    match &parent.shape {
        Shape::BareLabel { .. } => 4.0,
        _ if parent.words <= 14 => 0.6,
        _ if parent.words <= 28 => 0.2,
        _ if parent.words <= 45 => -0.8,
        _ => -2.0,
    }
}
