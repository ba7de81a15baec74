//! Mends the faults of a booklet's pages: tries small changes on the chapter alone, keeps what helps.
//!
//! A chapter begins on a page of its own, so that a change in one moves nothing in another but the page
//! numbers. Each is laid out by itself, as it stands in the booklet, until its faults are mended or
//! the rounds are used up; there is no clock in it, so the same book gives the same pages.

use super::Commission;
use super::faults::{Fault, FaultKind};
use super::moves::{Change, Move, moves};
use super::reader::Proof;
use super::{Booklet, compile};
use crate::book::Book;
use crate::layout::{Hint, Printing, Trial};
use crate::source::hex_sha256;
use std::collections::{BTreeMap, BTreeSet};

/// So many changes are tried in a chapter.
const ROUNDS: usize = 24;

/// How bad the faults of some pages are, taken together.
#[must_use]
pub fn weight(faults: &[Fault]) -> usize {
    let one = |fault: &Fault| match fault.kind {
        FaultKind::StrandedHeading => 100,
        FaultKind::Widow | FaultKind::Orphan => 60,
        FaultKind::ShortPage(_) => 40,
        FaultKind::Runt => 20,
        FaultKind::UnevenSpread(by) => 8 * by.min(4),
        FaultKind::Overfull => 30,
        FaultKind::LooseLine => 4,
        FaultKind::HyphenStack => 6,
        FaultKind::NearlyEmptyLastPage => 3,
    };
    faults.iter().map(one).sum()
}

/// Remembers from one build to the next what mended a chapter: trials are most of the work, and a change in one
/// chapter changes nothing for the others.
pub trait Casebook: Sync {
    /// What was noted under that key, a SHA-256.
    fn look_up(&self, key: &str) -> Option<Vec<u8>>;
    /// Notes it.
    fn note(&self, key: &str, bytes: &[u8]);
}

/// Mends booklets, and knows what it tried.
pub struct Mender<'a> {
    /// Chapters that were treated, each with the page on which it began.
    treated: BTreeSet<(usize, Option<usize>)>,
    casebook: &'a dyn Casebook,
}

impl<'a> Mender<'a> {
    /// A mender who has treated nothing yet in this booklet, and looks into that casebook.
    pub fn new(casebook: &'a dyn Casebook) -> Self {
        Self { treated: BTreeSet::new(), casebook }
    }

    /// The hints of the commission's printing, with such that mend what is wrong with its booklet.
    pub fn corrections(&mut self, commission: &Commission<'_>, booklet: &Booklet) -> BTreeMap<String, Hint> {
        let mut hints = commission.printing.hints.clone();
        if commission.layout.settings.trial.is_none() || !commission.book.edition.kind.has_chapter_pages() {
            return hints;
        }
        let proof = Proof::pull(&booklet.document, commission.book);
        let faults = proof.faults();
        let is_ill = |chapter| {
            faults.iter().any(|fault| fault.kind.is_grave() && proof.chapter_of(fault) == Some(chapter))
        };
        let due = (0..commission.book.chapters.len()).filter(|chapter| is_ill(*chapter)).collect::<Vec<_>>();
        let due =
            due.into_iter().filter(|chapter| self.treated.insert((*chapter, proof.first_page(*chapter))));
        let cases = due.filter_map(|chapter| Case::of(commission, &proof, chapter)).collect::<Vec<_>>();
        for mended in in_two_halves(&cases, self.casebook) {
            hints.extend(mended);
        }
        hints
    }
}

/// Treats the chapters, every other one on a thread of its own where one can be had.
fn in_two_halves(cases: &[Case<'_>], casebook: &dyn Casebook) -> Vec<BTreeMap<String, Hint>> {
    let half = |first: usize| {
        let own = cases.iter().skip(first).step_by(2);
        own.map(|case| case.remembered(casebook)).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || half(1));
        let mut mended = half(0);
        mended.extend(match other {
            Ok(other) => other.join().unwrap_or_default(),
            Err(_) => half(1),
        });
        mended
    })
}

/// Typst's layout goes deep; a thread's usual 2 MiB are not enough for every chapter.
const STACK: usize = 16 << 20;

/// A chapter under treatment.
struct Case<'a> {
    commission: &'a Commission<'a>,
    /// The book with this chapter alone.
    book: Book,
    trial: Trial,
}

/// What came of some hints.
struct Attempt {
    hints: BTreeMap<String, Hint>,
    proof: Proof,
    faults: Vec<Fault>,
}

impl<'a> Case<'a> {
    fn of(commission: &'a Commission<'a>, proof: &Proof, chapter: usize) -> Option<Self> {
        let openings = (0..commission.book.chapters.len()).map(|at| proof.first_page(at)).collect::<Vec<_>>();
        let chapters = commission.book.chapters.iter().zip(&openings);
        let pages = chapters
            .filter_map(|(chapter, page)| Some((chapter.id.clone(), proof.labels.get((*page)?)?.clone())));
        let first = openings.get(chapter).copied().flatten()? + 1;
        let own = commission.book.chapters.get(chapter)?.clone();
        let book = Book { chapters: vec![own], ..commission.book.clone() };
        Some(Self { commission, book, trial: Trial { first, pages: pages.collect() } })
    }

    /// What mends the chapter: what did so when it stood just so, or what is found now.
    fn remembered(&self, casebook: &dyn Casebook) -> BTreeMap<String, Hint> {
        let Some(key) = self.key() else { return self.mended() };
        let noted = casebook.look_up(&key).and_then(|json| serde_json::from_slice(&json).ok());
        noted.unwrap_or_else(|| {
            let hints = self.mended();
            if let Ok(json) = serde_json::to_vec(&hints)
                // what comes back must be what was found, to the last digit
                && serde_json::from_slice(&json).is_ok_and(|back: BTreeMap<String, Hint>| back == hints)
            {
                casebook.note(&key, &json);
            }
            hints
        })
    }

    /// A SHA-256 of all that its pages are made of.
    fn key(&self) -> Option<String> {
        let main = self.commission.layout.settings.trial.as_deref()?;
        let (_, data) =
            self.commission(&self.printing(self.commission.printing.hints.clone())).desk(main).ok()?;
        let layout = self.commission.layout.fingerprint();
        Some(hex_sha256(format!("{data}\n{main}\n{layout}").as_bytes()))
    }

    fn printing(&self, hints: BTreeMap<String, Hint>) -> Printing {
        Printing { hints, trial: Some(self.trial.clone()), ..self.commission.printing.clone() }
    }

    fn commission<'b>(&'b self, printing: &'b Printing) -> Commission<'b> {
        Commission { book: &self.book, printing, ..*self.commission }
    }

    fn mended(&self) -> BTreeMap<String, Hint> {
        let Some(mut best) = self.attempt(self.commission.printing.hints.clone()) else {
            return BTreeMap::new();
        };
        // what was tried is known by what it leads to: the same change may help later on
        let mut tried = BTreeSet::from([format!("{:?}", best.hints)]);
        for _ in 0..ROUNDS {
            let Some(hints) = next(&best, &mut tried) else { break };
            if let Some(attempt) = self.attempt(hints)
                && weight(&attempt.faults) <= weight(&best.faults)
            {
                best = attempt;
            }
        }
        best.hints
    }

    /// Lays the chapter out with these hints.
    fn attempt(&self, hints: BTreeMap<String, Hint>) -> Option<Attempt> {
        let main = self.commission.layout.settings.trial.as_deref()?;
        let printing = self.printing(hints);
        let (desk, _) = self.commission(&printing).desk(main).ok()?;
        let document = compile(&desk, self.commission.layout).ok()?;
        let proof = Proof::pull(&document, &self.book);
        let faults = proof.faults();
        Some(Attempt { hints: printing.hints, proof, faults })
    }
}

/// The hints to try next: every fault's first idea comes before any fault's second, the gravest fault
/// first.
fn next(attempt: &Attempt, tried: &mut BTreeSet<String>) -> Option<BTreeMap<String, Hint>> {
    let mut faults = attempt.faults.iter().collect::<Vec<_>>();
    faults.sort_by_key(|fault| std::cmp::Reverse(weight(std::slice::from_ref(fault))));
    let ideas = faults.into_iter().map(|fault| moves(&attempt.proof, fault)).collect::<Vec<_>>();
    let most = ideas.iter().map(Vec::len).max().unwrap_or(0);
    let in_turn = (0..most).flat_map(|rank| ideas.iter().filter_map(move |moves| moves.get(rank)));
    in_turn.map(|changes| with(&attempt.hints, changes)).find(|hints| tried.insert(format!("{hints:?}")))
}

/// The hints with a move's changes.
fn with(hints: &BTreeMap<String, Hint>, changes: &Move) -> BTreeMap<String, Hint> {
    let mut hints = hints.clone();
    for (leaf, change) in changes {
        let hint = hints.entry(leaf.clone()).or_default();
        match change {
            Change::Tracking(thousandths) => hint.tracking = f64::from(*thousandths) / 1000.0,
            Change::CarryOver => hint.carried_over = true,
            Change::Above(lines) => hint.above = 2 * lines,
            Change::Together => hint.together = true,
            Change::Sink(lines) => hint.sink = *lines,
            Change::Short(lines) => hint.short = *lines,
        }
    }
    hints
}
