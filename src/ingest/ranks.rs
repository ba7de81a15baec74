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
struct CommonWords(BTreeSet<String>);

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
        let words = words::words(label).filter(|word| word.len() > 1).collect::<Vec<_>>();
        let names = words.iter().filter(|word| !self.0.contains(*word)).count();
        if words.is_empty() { 0.0 } else { share(names, words.len()) }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(0)) / f64::from(u32::try_from(whole).unwrap_or(1).max(1))
}

/// Where a label can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// On the second rank, with nothing below it.
    Alone,
    /// On the second rank, over others: it stands alone on its line, or its text is a short lead-in.
    Over,
    /// The first below another.
    First,
    /// A later one below another.
    Later,
}

/// All of them, in the order in which the tables below have them.
const STANDS: [Stand; 4] = [Stand::Alone, Stand::Over, Stand::First, Stand::Later];

impl Stand {
    /// Log-odds of standing here after `before`: a label over others has others below it, and they
    /// are seldom one alone.
    fn after(self, before: Self) -> f64 {
        use Stand::{Alone, First, Later, Over};
        match (before, self) {
            (Over, First) => 0.0,
            (Over, Alone | Over | Later) | (Alone, First | Later) | (First | Later, First) => {
                f64::NEG_INFINITY
            }
            (Alone, Alone) => -0.3,
            (Alone, Over) => -0.8,
            (First, Later) => -0.1,
            (First, Alone | Over) => -1.8,
            (Later, Later) => -0.6,
            (Later, Alone | Over) => -0.7,
        }
    }

    /// Whether a chapter's labels may begin so.
    fn begins(self) -> bool {
        matches!(self, Self::Alone | Self::Over)
    }

    /// Whether they may end so.
    fn ends(self) -> bool {
        self != Self::Over
    }

    fn rank(self) -> Rank {
        match self {
            Self::Alone | Self::Over => Rank::Second,
            Self::First | Self::Later => Rank::Third,
        }
    }
}

/// The usual number of words after a label in a dossier: its own measure of long and short.
fn usual_length(units: &[Unit]) -> f64 {
    let mut lengths = units.iter().filter_map(text_words).filter(|words| *words > 0).collect::<Vec<_>>();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).map_or(40.0, |words| as_f64(*words))
}

fn text_words(unit: &Unit) -> Option<usize> {
    match &unit.shape {
        Shape::Labelled { text, .. } => Some(words::count(text)),
        Shape::BareLabel { .. } => Some(0),
        Shape::Short | Shape::Prose => None,
    }
}

/// The rank of each labelled unit of a chapter, `None` for the others. A best path: what a label is
/// called, how long its text is, and what stands before it.
pub fn ranks(
    units: &[Unit],
    chapter: usize,
    lexicon: &Lexicon,
    dossier: &DossierHabits,
) -> Vec<Option<Rank>> {
    let labelled = (0..units.len()).filter(|at| units[*at].label().is_some()).collect::<Vec<_>>();
    let judge = Judge {
        chapter,
        lexicon,
        dossier,
        recurring: if lexicon.habit(chapter) == Habit::Scenes {
            scenes::repeated_labels(units)
        } else {
            BTreeSet::new()
        },
    };
    let mut score = [0.0; 4];
    let mut came_from: Vec<[usize; 4]> = Vec::with_capacity(labelled.len());
    for (index, &at) in labelled.iter().enumerate() {
        let parted = index.checked_sub(1).is_some_and(|before| labelled[before] + 1 != at);
        let fits = STANDS.map(|stand| judge.fit(&units[at], stand));
        let mut next = [f64::NEG_INFINITY; 4];
        let mut from = [0; 4];
        for (to, stand) in STANDS.into_iter().enumerate() {
            if index == 0 {
                next[to] = if stand.begins() { fits[to] } else { f64::NEG_INFINITY };
                continue;
            }
            // a paragraph between two labels ends what stood below the first
            let gap = if parted && stand.rank() == Rank::Third { -2.5 } else { 0.0 };
            for (was, before) in STANDS.into_iter().enumerate() {
                let value = score[was] + stand.after(before) + fits[to] + gap;
                if value > next[to] {
                    next[to] = value;
                    from[to] = was;
                }
            }
        }
        score = next;
        came_from.push(from);
    }
    let last = (0..4).filter(|at| STANDS[*at].ends()).max_by(|a, b| score[*a].total_cmp(&score[*b]));
    let mut state = last.unwrap_or_default();
    let mut ranks = vec![None; units.len()];
    for (index, &at) in labelled.iter().enumerate().rev() {
        ranks[at] = Some(STANDS[state].rank());
        state = came_from[index][state];
    }
    ranks
}

/// What is usual in a dossier as a whole.
pub struct DossierHabits {
    common: CommonWords,
    length: f64,
}

impl DossierHabits {
    /// Looks at all units.
    pub fn new(units: &[Unit]) -> Self {
        Self { common: CommonWords::new(units), length: usual_length(units) }
    }
}

struct Judge<'a> {
    chapter: usize,
    lexicon: &'a Lexicon<'a>,
    dossier: &'a DossierHabits,
    /// Labels that recur from scene to scene.
    recurring: BTreeSet<String>,
}

impl Judge<'_> {
    /// How well a label fits a stand.
    fn fit(&self, unit: &Unit, stand: Stand) -> f64 {
        let label = unit.label().unwrap_or_default();
        let by_name = match stand.rank() {
            Rank::Second => {
                let again = self.recurring.contains(&scenes::key(label));
                self.near(label, &[Kind::Label, Kind::Group]) + if again { 3.0 } else { 0.0 }
            }
            Rank::Third => {
                let begins = self.lexicon.begins_like_sublabel(&Phrase::new(label), self.chapter);
                let known = self.near(label, &[Kind::Sublabel]).max(if begins { 2.5 } else { 0.0 });
                known + if unit.bulleted { 2.0 } else { 0.0 } + 1.3 * self.dossier.common.names_in(label)
                    - 0.4
            }
        };
        by_name + self.by_length(unit, stand)
    }

    fn near(&self, label: &str, kinds: &[Kind]) -> f64 {
        let phrase = Phrase::new(label);
        let near =
            kinds.iter().map(|kind| self.lexicon.nearness(&phrase, self.chapter, *kind)).fold(0.0, f64::max);
        match near {
            0.99.. => 4.0,
            0.45.. => 3.0 * near * near,
            _ => 0.0,
        }
    }

    /// Texts of the second rank run to twice the length of those below another; a lead-in is shorter
    /// than both. Log-likelihood of a length, as a bell over its logarithm.
    fn by_length(&self, unit: &Unit, stand: Stand) -> f64 {
        let words = text_words(unit).unwrap_or_default();
        if matches!(unit.shape, Shape::BareLabel { .. }) {
            return if stand == Stand::Over { 1.0 } else { -4.0 };
        }
        let (usual, spread) = match stand {
            Stand::Alone => (1.6, 0.55),
            Stand::Over => (0.45, 0.55),
            Stand::First | Stand::Later => (0.75, 0.5),
        };
        let away = ((as_f64(words.max(1)) / self.dossier.length).ln() - f64::ln(usual)) / spread;
        -0.5 * away.clamp(-3.0, 3.0).powi(2)
    }
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
