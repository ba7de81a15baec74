//! The proof-reader: reads laid-out pages line by line and marks what is wrong with them.

use super::faults::{FEWEST_LINES, Fault, FaultKind};
use super::lines::{Line, headings, lines};
use super::walk::{Pieces, pieces};
use crate::book::{Book, Printed};
use std::collections::{BTreeMap, BTreeSet};
use typst_layout::PagedDocument;

#[cfg(test)]
mod tests;

/// A last line that is one word has more letters than this.
const SHORT_WORD: usize = 6;

/// A space wider than this, as a multiple of the face's own, makes a line loose.
const LOOSE: f64 = 1.6;

/// So many divided words in a row are a stack.
const STACK: usize = 3;

/// A line that reaches further than this beyond the others, in points, is overfull; less is hanging
/// punctuation.
const OVERHANG: f64 = 4.0;

/// A last page with fewer lines than this is nearly empty.
const NEARLY_EMPTY: usize = 8;

/// What a proof-reader needs: the lines and what they belong to.
#[derive(Clone)]
pub struct Proof {
    /// The leaves in reading order.
    pub leaves: Vec<Printed>,
    /// The chapter of each leaf; `None` before the first.
    pub chapters: Vec<Option<usize>>,
    /// The ids of the chapters.
    pub ids: Vec<String>,
    /// The lines in the order of the pages.
    pub lines: Vec<Line>,
    /// The printed numbers of the pages.
    pub labels: Vec<String>,
    /// The distance from baseline to baseline, in points.
    pub leading: f64,
    /// Whether each leaf is a heading.
    heading: Vec<bool>,
    /// Whether each leaf is a picture.
    figure: Vec<bool>,
}

impl Proof {
    /// Reads the pages.
    pub fn pull(document: &PagedDocument, book: &Book) -> Self {
        let walked = pieces(document, book);
        let found = lines(&walked, book);
        let Pieces { leaves, .. } = walked;
        let of_chapter = chapters_of(book);
        let headings = headings(book);
        let figures = book.figures().map(|figure| figure.id.as_str()).collect::<BTreeSet<_>>();
        Self {
            ids: book.chapters.iter().map(|chapter| chapter.id.clone()).collect(),
            chapters: leaves.iter().map(|leaf| of_chapter.get(&leaf.id).copied()).collect(),
            heading: leaves.iter().map(|leaf| headings.contains(leaf.id.as_str())).collect(),
            figure: leaves.iter().map(|leaf| figures.contains(leaf.id.as_str())).collect(),
            labels: document.pages().iter().map(|page| page.number.to_string()).collect(),
            leading: leading(&found),
            lines: found,
            leaves,
        }
    }

    /// The lines of one chapter alone.
    pub fn only(&self, chapter: usize) -> Self {
        let own = |line: &&Line| self.chapters[line.leaf] == Some(chapter);
        Self {
            leaves: self.leaves.clone(),
            chapters: self.chapters.clone(),
            ids: self.ids.clone(),
            lines: self.lines.iter().filter(own).cloned().collect(),
            labels: self.labels.clone(),
            leading: self.leading,
            heading: self.heading.clone(),
            figure: self.figure.clone(),
        }
    }

    /// Everything that is wrong, in the order of the pages.
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        self.paragraphs(&mut found);
        self.pages(&mut found);
        self.spreads(&mut found);
        found.sort_by_key(|fault| (fault.page, fault.kind));
        found
    }

    /// The lines of each page that hold text of a chapter.
    pub fn by_page(&self) -> BTreeMap<usize, Vec<&Line>> {
        let mut pages: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
        for line in self.lines.iter().filter(|line| self.chapters[line.leaf].is_some()) {
            pages.entry(line.page).or_default().push(line);
        }
        pages
    }

    /// The lines of each leaf of a chapter, without those of its label alone.
    pub fn by_leaf(&self) -> BTreeMap<usize, Vec<&Line>> {
        let mut leaves: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
        let of_text = |line: &&Line| self.chapters[line.leaf].is_some() && !line.name_only;
        for line in self.lines.iter().filter(of_text) {
            leaves.entry(line.leaf).or_default().push(line);
        }
        for lines in leaves.values_mut() {
            lines.sort_by(|a, b| {
                (a.page, a.y).partial_cmp(&(b.page, b.y)).unwrap_or(std::cmp::Ordering::Equal)
            });
        }
        leaves
    }

    /// The chapter in which a fault is.
    pub fn chapter_of(&self, fault: &Fault) -> Option<usize> {
        let leaf = self.leaves.iter().position(|leaf| leaf.id == fault.leaf)?;
        self.chapters[leaf]
    }

    /// The leaf that is the title of a chapter.
    pub fn title(&self, chapter: usize) -> Option<&str> {
        let at = self.chapters.iter().position(|own| *own == Some(chapter))?;
        Some(&self.leaves[at].id)
    }

    /// The page on which a chapter begins, from 0.
    pub fn first_page(&self, chapter: usize) -> Option<usize> {
        self.lines.iter().filter(|line| self.chapters[line.leaf] == Some(chapter)).map(|line| line.page).min()
    }

    /// How many lines stand on the last page of each chapter that has more than one page.
    pub fn tails(&self) -> Vec<usize> {
        let pages = self.by_page();
        let chapters = self.chapters.iter().flatten().collect::<std::collections::BTreeSet<_>>();
        let of = |chapter: usize| {
            let mut own = pages
                .values()
                .filter(|lines| lines.first().is_some_and(|line| self.chapters[line.leaf] == Some(chapter)));
            let last = own.next_back()?;
            own.next().map(|_| self.count(last))
        };
        chapters.into_iter().filter_map(|chapter| of(*chapter)).collect()
    }

    fn fault(&self, kind: FaultKind, line: &Line) -> Fault {
        let leaf = &self.leaves[line.leaf];
        let words = leaf.text.get(line.bytes.clone()).unwrap_or_default().trim();
        Fault {
            kind,
            page: line.page,
            label: self.labels.get(line.page).cloned().unwrap_or_default(),
            leaf: leaf.id.clone(),
            words: words.to_owned(),
        }
    }

    fn paragraphs(&self, found: &mut Vec<Fault>) {
        for (leaf, lines) in self.by_leaf() {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else { continue };
            found.extend(
                lines
                    .iter()
                    .filter(|line| line.spaces.is_some_and(|spaces| spaces > LOOSE))
                    .map(|line| self.fault(FaultKind::LooseLine, line)),
            );
            let stacks = lines.windows(STACK).filter(|stack| stack.iter().all(|line| line.divided));
            found.extend(
                stacks.filter_map(|stack| stack.last()).map(|line| self.fault(FaultKind::HyphenStack, line)),
            );
            if lines.len() < 2 {
                continue;
            }
            if self.is_runt(leaf, last) {
                found.push(self.fault(FaultKind::Runt, last));
            }
            let on_page = |page: usize| lines.iter().filter(|line| line.page == page).count();
            if first.page != last.page && on_page(first.page) == 1 && !self.heading[leaf] {
                found.push(self.fault(FaultKind::Orphan, first));
            }
            if first.page != last.page && on_page(last.page) == 1 {
                found.push(self.fault(FaultKind::Widow, last));
            }
        }
    }

    fn is_runt(&self, leaf: usize, last: &Line) -> bool {
        let text = &self.leaves[leaf].text;
        let Some(words) = text.get(last.bytes.clone()) else { return false };
        let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
        let goes_on = text[..last.bytes.start].ends_with(char::is_alphanumeric);
        !words.trim().contains(char::is_whitespace) && (letters <= SHORT_WORD || goes_on)
    }

    fn pages(&self, found: &mut Vec<Fault>) {
        let pages = self.by_page();
        let last_page = pages.keys().next_back().copied();
        let edges = right_edges(&self.lines);
        for (page, lines) in &pages {
            let Some(lowest) = lines.iter().max_by(|a, b| a.y.total_cmp(&b.y)) else { continue };
            let count = self.count(lines);
            let has_picture = lines.iter().any(|line| self.figure[line.leaf]);
            if count < FEWEST_LINES && !has_picture {
                found.push(self.fault(FaultKind::ShortPage(count), lowest));
            } else if count < NEARLY_EMPTY && !has_picture && last_page == Some(*page) {
                found.push(self.fault(FaultKind::NearlyEmptyLastPage, lowest));
            }
            let goes_on = self
                .lines
                .iter()
                .any(|line| line.page > *page && self.chapters[line.leaf] == self.chapters[lowest.leaf]);
            if self.heading[lowest.leaf] && goes_on {
                found.push(self.fault(FaultKind::StrandedHeading, lowest));
            }
            let edge = edges.get(&(page % 2)).copied().unwrap_or(f64::MAX);
            let overfull = lines.iter().filter(|line| line.x.end > edge + OVERHANG);
            found.extend(overfull.map(|line| self.fault(FaultKind::Overfull, line)));
        }
    }

    /// How many baselines there are.
    fn count(&self, lines: &[&Line]) -> usize {
        let mut heights = lines.iter().map(|line| line.y).collect::<Vec<_>>();
        heights.sort_by(f64::total_cmp);
        heights.dedup_by(|a, b| (*a - *b).abs() < self.leading / 3.0);
        heights.len()
    }

    /// Facing pages, where the text goes on behind both.
    fn spreads(&self, found: &mut Vec<Fault>) {
        let pages = self.by_page();
        for (verso, lines) in pages.iter().filter(|(page, _)| *page % 2 == 1) {
            let recto = verso + 1;
            let (Some(facing), Some(left)) = (pages.get(&recto), deepest(lines)) else { continue };
            let Some(right) = deepest(facing) else { continue };
            let same_chapter = self.chapters[left.leaf] == self.chapters[right.leaf];
            let goes_on = pages.get(&(recto + 1)).is_some_and(|next| {
                next.iter()
                    .any(|line| self.chapters[line.leaf] == self.chapters[right.leaf] && !self.opens(line))
            });
            let by = ((left.y - right.y) / self.leading).abs().round();
            if !same_chapter || !goes_on || by < 1.0 {
                continue;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a page has fewer than a hundred lines"
            )]
            let by = by as usize;
            let shallow = if left.y < right.y { left } else { right };
            found.push(self.fault(FaultKind::UnevenSpread(by), shallow));
        }
    }

    /// Whether the line is the title of a chapter.
    fn opens(&self, line: &Line) -> bool {
        line.leaf == 0 || self.chapters[line.leaf] != self.chapters[line.leaf - 1]
    }
}

fn deepest<'a>(lines: &[&'a Line]) -> Option<&'a Line> {
    lines.iter().copied().max_by(|a, b| a.y.total_cmp(&b.y))
}

/// The chapter of each leaf.
fn chapters_of(book: &Book) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (at, chapter) in book.chapters.iter().enumerate() {
        found.extend(chapter.leaf_ids().map(|id| (id.to_owned(), at)));
    }
    found
}

/// The usual distance from a baseline to the next, in points.
fn leading(lines: &[Line]) -> f64 {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in lines.windows(2).filter(|pair| pair[0].leaf == pair[1].leaf && pair[0].page == pair[1].page) {
        let step = (pair[1].y - pair[0].y) * 10.0;
        #[expect(clippy::cast_possible_truncation, reason = "tenths of points on a page")]
        let step = step.round() as i64;
        if step > 50 {
            *counts.entry(step).or_default() += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "tenths of points on a page")]
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(12.0, |(step, _)| step as f64 / 10.0)
}

/// The right end of the measure of recto (0) and verso (1) pages: what all but a handful of lines keep.
/// In ragged text the longest lines nearly reach it, so that it is found among the longest.
fn right_edges(lines: &[Line]) -> BTreeMap<usize, f64> {
    let mut ends: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for line in lines {
        ends.entry(line.page % 2).or_default().push(line.x.end);
    }
    let edge = |mut ends: Vec<f64>| {
        ends.sort_by(|a, b| b.total_cmp(a));
        let passed = (ends.len() / 60).clamp(1, 5);
        ends.get(passed).copied().unwrap_or(f64::MAX)
    };
    ends.into_iter().map(|(side, ends)| (side, edge(ends))).collect()
}
