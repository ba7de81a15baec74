//! Mends the faults of a booklet's pages: tries small changes on the chapter alone, keeps what helps.
//!
//! A chapter begins on a page of its own, so that a change in one moves nothing in another but the page
//! numbers. Each is laid out by itself, as it stands in the booklet, until its faults are mended or
//! the rounds are used up; there is no clock in it, so the same book gives the same pages.

use super::corrections::{self, Trial};
use super::faults::{Fault, FaultKind};
use super::moves::{Change, Move, moves};
use super::reader::Proof;
use super::world::Desk;
use super::{Booklet, Commission, ProjectFile, compile};
use crate::book::Book;
use crate::diag::Diagnostic;
use crate::layout::Hint;
use crate::parallel::in_parallel;
use crate::source::hex_sha256;
use std::collections::{BTreeMap, BTreeSet};

/// So many changes are tried in a chapter.
const ROUNDS: usize = 24;

/// So many chapters are treated at once.
const AT_ONCE: usize = 2;

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
        let Some(main) = commission.layout.settings.trial.as_deref() else { return hints };
        if !commission.book.edition.kind.has_chapter_pages() {
            return hints;
        }
        let proof = booklet.proof(commission.book);
        let faults = proof.faults();
        let is_ill = |chapter| {
            faults.iter().any(|fault| fault.kind.is_grave() && proof.chapter_of(fault) == Some(chapter))
        };
        let due = (0..commission.book.chapters.len()).filter(|chapter| is_ill(*chapter)).collect::<Vec<_>>();
        let due =
            due.into_iter().filter(|chapter| self.treated.insert((*chapter, proof.first_page(*chapter))));
        let frame = commission.book.without_chapters();
        let ward = Ward { commission, desk: &booklet.desk, main, proof, frame: &frame };
        let cases = due.filter_map(|chapter| ward.case(chapter)).collect::<Vec<_>>();
        for mended in in_parallel(&cases, AT_ONCE, |_, case| case.remembered(self.casebook)) {
            hints.extend(mended);
        }
        hints
    }
}

/// So many trials back, what typst remembers of the chapters of an almanac is forgotten: a hundred of them
/// would fill the memory.
const REMEMBERED: usize = 6;

/// The booklet whose chapters are treated.
struct Ward<'a> {
    commission: &'a Commission<'a>,
    /// The desk on which it was laid out.
    desk: &'a Desk,
    /// The Typst file that lays one chapter out alone.
    main: &'a str,
    proof: &'a Proof,
    /// Its book without its chapters.
    frame: &'a Book,
}

impl Ward<'_> {
    fn case(&self, chapter: usize) -> Option<Case<'_>> {
        let chapters = &self.commission.book.chapters;
        let own = chapters.get(chapter)?;
        let opening = |chapter: usize| self.proof.first_page(chapter);
        let label = |chapter: usize| self.proof.labels.get(opening(chapter)?).cloned();
        let pages = chapters.iter().enumerate().filter_map(|(at, it)| Some((it.id.clone(), label(at)?)));
        let trial = Trial::of(own, opening(chapter)? + 1, &pages.collect()).ok()?;
        let hints = own.leaf_ids().chain([own.id.as_str()]).filter_map(|id| {
            self.commission.printing.hints.get_key_value(id).map(|(id, hint)| (id.clone(), *hint))
        });
        let proof = self.proof.only(chapter);
        let faults = proof.faults();
        Some(Case {
            ward: self,
            is_last: chapter + 1 == chapters.len(),
            book: self.commission.book.alone(chapter, self.frame)?,
            trial,
            found: Attempt { hints: hints.collect(), proof, faults },
        })
    }
}

/// A chapter under treatment.
struct Case<'a> {
    ward: &'a Ward<'a>,
    is_last: bool,
    /// The book with this chapter alone.
    book: Book,
    trial: Trial,
    /// How it was found.
    found: Attempt,
}

/// What came of some hints.
#[derive(Clone)]
struct Attempt {
    hints: BTreeMap<String, Hint>,
    proof: Proof,
    faults: Vec<Fault>,
}

impl Case<'_> {
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
        let Commission { printing, layout, .. } = self.ward.commission;
        let (_, corrections) = self.corrections(&self.found.hints).ok()?;
        let made_of = [serde_json::to_vec(&self.book).ok()?, serde_json::to_vec(printing).ok()?, corrections];
        let made_of = made_of.iter().map(|bytes| hex_sha256(bytes)).collect::<Vec<_>>().join("\n");
        let (main, is_last, layout) = (self.ward.main, self.is_last, layout.fingerprint());
        Some(hex_sha256(format!("{made_of}\n{main}\n{is_last}\n{layout}").as_bytes()))
    }

    fn corrections(&self, hints: &BTreeMap<String, Hint>) -> Result<ProjectFile, Diagnostic> {
        corrections::file(&self.book, hints, Some(&self.trial))
    }

    fn mended(&self) -> BTreeMap<String, Hint> {
        let mut best = self.found.clone();
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
        let desk = self.ward.desk.with(self.ward.main, self.corrections(&hints).ok()?).ok()?;
        let document = compile(&desk, self.ward.commission.layout).ok()?;
        let proof = Proof::pull(&document, &self.book);
        let faults = proof.faults();
        if self.book.almanac.is_some() {
            comemo::evict(REMEMBERED);
        }
        Some(Attempt { hints, proof, faults })
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
