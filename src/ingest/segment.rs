//! The dossier as a whole: the likeliest way through the chapters, and how sure each start is.
//!
//! A hidden Markov model that only moves forwards through the scheme. Any chapter may be skipped.
//! The best path gives the chapters; forward and backward sums give the probability of each start.

use super::classify::Unit;
use super::evidence::{Cue, Evidence, gather};
use super::front::Front;
use super::lexicon::Lexicon;
use super::opening::{Concordance, Opening};
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::Certainty;
use crate::scheme::{Part, Scheme};
use crate::source::Source;

/// Log-odds of a chapter of the scheme not being there.
const SKIP_ESSAY: f64 = -2.6;
/// The parts before and after the film are left out more often.
const SKIP_FRAME: f64 = -1.2;
/// Evidence is not independent: probabilities are taken from log-odds over this.
const TEMPERATURE: f64 = 1.6;

/// Where a chapter starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// Index of the chapter in the scheme.
    pub chapter: usize,
    /// The unit at which it starts.
    pub unit: usize,
    /// The paragraph that this unit is.
    pub opening: Opening,
    /// How sure that is.
    pub certainty: Certainty,
    /// The next likeliest place.
    pub runner_up: Option<RunnerUp>,
    /// What decided it, weightiest first.
    pub cues: Vec<Cue>,
}

/// Where a chapter might start instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunnerUp {
    /// The unit at which it would start.
    pub unit: usize,
    /// The paragraph that this unit is.
    pub opening: Opening,
    /// How likely that is.
    pub certainty: Certainty,
}

/// The chapters that were found, in order.
pub struct Segmented {
    /// One for each chapter that is there.
    pub starts: Vec<Start>,
}

/// Finds where the chapters start.
pub fn segment(units: &[Unit], front: &Front, lexicon: &Lexicon) -> Segmented {
    let body = &units[front.end..];
    if body.is_empty() || lexicon.len() == 0 {
        return Segmented { starts: Vec::new() };
    }
    let mut evidence = gather(units, front, lexicon);
    evidence.belongs.drain(..front.end);
    evidence.starts.drain(..front.end);
    evidence.follows.drain(..front.end);
    let lattice = Lattice::new(&evidence, lexicon);
    let path = lattice.best_path();
    let odds = lattice.start_probabilities();
    let concordance = Concordance::new(units);
    let starts = (0..path.len())
        .filter(|at| *at == 0 || path[*at] != path[at - 1])
        .map(|at| {
            let chapter = path[at];
            let runner_up = (0..path.len())
                .filter(|other| *other != at)
                .map(|other| (other, odds[other][chapter]))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(other, probability)| RunnerUp {
                    unit: front.end + other,
                    opening: concordance.opening(&body[other]),
                    certainty: Certainty::from_probability(probability),
                });
            let mut cues = evidence.starts[at][chapter].clone();
            cues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            Start {
                chapter,
                unit: front.end + at,
                opening: concordance.opening(&body[at]),
                certainty: Certainty::from_probability(odds[at][chapter]),
                runner_up,
                cues,
            }
        });
    Segmented {
        starts: starts.collect(),
    }
}

/// Log-odds of every unit in every chapter, and of every start.
struct Lattice {
    /// Unit by chapter: staying.
    stay: Vec<Vec<f64>>,
    /// Unit by chapter: starting there (the unit's own fit included).
    enter: Vec<Vec<f64>>,
    /// `skip[c]`: leaving out all chapters before `c`, summed up.
    skip: Vec<f64>,
}

impl Lattice {
    fn new(evidence: &Evidence, lexicon: &Lexicon) -> Self {
        let mut skip = vec![0.0];
        for chapter in &lexicon.scheme.chapters {
            let cost = if chapter.part() == Part::Essay {
                SKIP_ESSAY
            } else {
                SKIP_FRAME
            };
            skip.push(skip.last().copied().unwrap_or(0.0) + cost);
        }
        let enter = evidence
            .belongs
            .iter()
            .zip(&evidence.starts)
            .map(|(belongs, starts)| {
                belongs
                    .iter()
                    .zip(starts)
                    .map(|(fit, cues)| fit + cues.iter().map(|cue| cue.weight).sum::<f64>())
                    .collect()
            });
        let stay = evidence
            .belongs
            .iter()
            .zip(&evidence.follows)
            .map(|(belongs, follows)| belongs.iter().map(|fit| fit + follows).collect());
        Self {
            stay: stay.collect(),
            enter: enter.collect(),
            skip,
        }
    }

    fn chapters(&self) -> usize {
        self.skip.len() - 1
    }

    /// Log-odds of going from chapter `from` (or the front) straight to `to`.
    fn leap(&self, from: Option<usize>, to: usize) -> f64 {
        self.skip[to] - self.skip[from.map_or(0, |from| from + 1)]
    }

    /// Log-odds of ending after chapter `last`.
    fn end(&self, last: usize) -> f64 {
        self.skip[self.chapters()] - self.skip[last + 1]
    }

    fn best_path(&self) -> Vec<usize> {
        let count = self.chapters();
        let mut score = (0..count)
            .map(|c| self.leap(None, c) + self.enter[0][c])
            .collect::<Vec<_>>();
        let mut came_from = vec![(0..count).collect::<Vec<_>>()];
        for at in 1..self.stay.len() {
            let mut next = Vec::with_capacity(count);
            let mut from = Vec::with_capacity(count);
            for c in 0..count {
                let mut best = (c, score[c] + self.stay[at][c]);
                for (before, reached) in score.iter().enumerate().take(c) {
                    let candidate = reached + self.leap(Some(before), c) + self.enter[at][c];
                    if candidate > best.1 {
                        best = (before, candidate);
                    }
                }
                next.push(best.1);
                from.push(best.0);
            }
            score = next;
            came_from.push(from);
        }
        let mut chapter = (0..count)
            .max_by(|a, b| (score[*a] + self.end(*a)).total_cmp(&(score[*b] + self.end(*b))))
            .unwrap_or(0);
        let mut path = vec![chapter; self.stay.len()];
        for at in (1..self.stay.len()).rev() {
            chapter = came_from[at][chapter];
            path[at - 1] = chapter;
        }
        path
    }

    /// The probability that each chapter starts at each unit.
    fn start_probabilities(&self) -> Vec<Vec<f64>> {
        let (count, length) = (self.chapters(), self.stay.len());
        let cool = |value: f64| value / TEMPERATURE;
        let mut forward = vec![vec![f64::NEG_INFINITY; count]; length];
        let mut entered = forward.clone();
        for at in 0..length {
            for c in 0..count {
                let arrivals = if at == 0 {
                    self.leap(None, c)
                } else {
                    TEMPERATURE * log_sum((0..c).map(|b| forward[at - 1][b] + cool(self.leap(Some(b), c))))
                };
                entered[at][c] = cool(arrivals + self.enter[at][c]);
                let stayed = if at == 0 {
                    f64::NEG_INFINITY
                } else {
                    forward[at - 1][c] + cool(self.stay[at][c])
                };
                forward[at][c] = log_sum([entered[at][c], stayed]);
            }
        }
        let mut backward = vec![vec![0.0; count]; length];
        backward[length - 1] = (0..count).map(|c| cool(self.end(c))).collect();
        for at in (0..length - 1).rev() {
            for c in 0..count {
                let stay = cool(self.stay[at + 1][c]) + backward[at + 1][c];
                let leave = (c + 1..count)
                    .map(|d| cool(self.leap(Some(c), d) + self.enter[at + 1][d]) + backward[at + 1][d]);
                backward[at][c] = log_sum(std::iter::once(stay).chain(leave));
            }
        }
        let all = log_sum((0..count).map(|c| forward[length - 1][c] + cool(self.end(c))));
        (0..length)
            .map(|at| {
                (0..count)
                    .map(|c| (entered[at][c] + backward[at][c] - all).exp())
                    .collect()
            })
            .collect()
    }
}

/// The logarithm of a sum of exponentials.
fn log_sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let values = values.into_iter().collect::<Vec<_>>();
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        most
    } else {
        most + values.iter().map(|value| (value - most).exp()).sum::<f64>().ln()
    }
}

/// What the editor should look at: doubtful starts, chapters that are not there.
pub fn doubts(starts: &[Start], units: &[Unit], source: &Source, scheme: &Scheme) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for start in starts
        .iter()
        .filter(|start| start.certainty < Certainty::DOUBTFUL)
    {
        let chapter = &scheme.chapters[start.chapter];
        let other = start
            .runner_up
            .as_ref()
            .map(|other| source.line_of(other.opening.span.start));
        let line = source.line_of(units[start.unit].span.start);
        let or = other.map_or(String::new(), |other| format!(", or perhaps in line {other}"));
        notes.push(
            Diagnostic::warning(
                Code::ChapterUnsure,
                format!("“{}” seems to start in line {line}{or} ({:.0} % sure)", chapter.title, start.certainty.probability() * 100.0),
            )
            .at(Place::of(source, units[start.unit].span))
            .hint("look at the line; if it is wrong, run `bookify normalize`, move the heading in the .md file and build again"),
        );
    }
    let missing = scheme
        .chapters
        .iter()
        .enumerate()
        .filter(|(at, _)| starts.iter().all(|start| start.chapter != *at));
    for (_, chapter) in missing {
        notes.push(
            Diagnostic::warning(
                Code::ChapterMissing,
                format!("no text was found for the chapter “{}”", chapter.title),
            )
            .at(Place::file(source.name()))
            .hint("if it is there, put its title on a line of its own before it; if not, all is well"),
        );
    }
    notes
}
