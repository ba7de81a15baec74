//! The lines of the laid-out pages, as a proof-reader sees them.

use super::walk::{Piece, Pieces};
use crate::book::{Block, Book};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A line of one leaf. Lengths in points, from the page's upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The page, from 0.
    pub page: usize,
    /// The leaf, as its place among the book's printed leaves.
    pub leaf: usize,
    /// The baseline.
    pub y: f64,
    /// Its left and right end; of a row with a name and its matter, those of the matter.
    pub x: Range<f64>,
    /// The bytes of the leaf's text that stand on it.
    pub bytes: Range<usize>,
    /// Whether only a name stands on it: the label of a row, longer than its matter.
    pub name_only: bool,
    /// Whether it ends within a word that is divided by a hyphen.
    pub divided: bool,
    /// How wide its spaces are set, as a multiple of the face's own; where some words are letterspaced,
    /// those of the others. `None` where it has no space.
    pub spaces: Option<f64>,
    /// Size of its type.
    pub size: f64,
}

/// Where the matter of leaves of two parts begins, in bytes of their printed text: behind the label, the
/// term, the name.
fn matter_starts(book: &Book) -> BTreeMap<&str, usize> {
    let blocks = book
        .chapters
        .iter()
        .flat_map(|chapter| chapter.opening.iter().chain(chapter.sections.iter().flat_map(|s| &s.blocks)));
    let leaves = blocks.flat_map(Block::leaves).filter(|(_, texts)| texts.len() > 1);
    leaves
        .filter_map(|(id, texts)| {
            texts.get(1).filter(|matter| !matter.is_empty())?;
            Some((id, crate::book::printed(texts[0]).len() + 1))
        })
        .collect()
}

/// The lines of all leaves, in the order in which they are met.
pub fn lines(walked: &Pieces<'_>, book: &Book) -> Vec<Line> {
    let starts = matter_starts(book);
    let mut lines: Vec<Line> = Vec::new();
    // the lines of the leaf that is being read on the page that is being read
    let mut own: Range<usize> = 0..0;
    let mut last = None;
    for piece in walked.pieces.iter().filter(|piece| !piece.bytes.is_empty()) {
        if last.replace((piece.page, piece.leaf)) != Some((piece.page, piece.leaf)) {
            own = lines.len()..lines.len();
        }
        let start = starts.get(walked.leaves[piece.leaf].id.as_str()).copied().unwrap_or(0);
        let read = line_of(piece, start, &walked.leaves[piece.leaf].text);
        let same = |line: &&mut Line| (line.y - read.y).abs() < SAME_BASELINE;
        if let Some(line) = lines[own.clone()].iter_mut().find(same) {
            line.join(read);
        } else {
            lines.push(read);
            own.end = lines.len();
        }
    }
    lines
}

/// Two baselines nearer than this are one: raised and lowered signs stand on their line.
const SAME_BASELINE: f64 = 3.0;

fn line_of(piece: &Piece<'_>, matter: usize, text: &str) -> Line {
    let (x, y) = (piece.at.x.to_pt(), piece.at.y.to_pt());
    let end = piece.bytes.end;
    let shown = piece.item.text.trim_end();
    let hyphen = shown.ends_with(['-', '\u{2010}', '\u{ad}']) && !text[..end].ends_with(['-', '\u{2010}']);
    Line {
        page: piece.page,
        leaf: piece.leaf,
        y,
        x: x..x + piece.item.width().to_pt(),
        bytes: piece.bytes.clone(),
        name_only: end <= matter,
        divided: hyphen && text[end..].starts_with(char::is_alphanumeric),
        spaces: spaces(piece),
        size: piece.item.size.to_pt(),
    }
}

/// The narrowest space as a multiple of the face's own: justification widens all spaces of a line alike,
/// letterspacing some of them besides.
fn spaces(piece: &Piece<'_>) -> Option<f64> {
    let item = piece.item;
    let spaces = item.glyphs.iter().filter(|glyph| item.text.get(glyph.range()) == Some(" "));
    let ratio = |glyph: &typst::text::Glyph| {
        let own = item.font.x_advance(glyph.id)?.get();
        (own > 0.0).then(|| glyph.x_advance.get() / own)
    };
    spaces.filter_map(ratio).min_by(f64::total_cmp)
}

impl Line {
    /// Takes in what else stands on the same baseline; of a row, the matter's measure counts.
    fn join(&mut self, other: Self) {
        let bytes = self.bytes.start.min(other.bytes.start)..self.bytes.end.max(other.bytes.end);
        let x = match (self.name_only, other.name_only) {
            (true, false) => other.x,
            (false, true) => self.x.clone(),
            (true, true) | (false, false) => self.x.start.min(other.x.start)..self.x.end.max(other.x.end),
        };
        *self = Self {
            x,
            bytes,
            name_only: self.name_only && other.name_only,
            divided: if other.name_only && !self.name_only { self.divided } else { other.divided },
            spaces: self.spaces.into_iter().chain(other.spaces).min_by(f64::total_cmp),
            size: self.size.max(other.size),
            ..*self
        };
    }
}

/// The ids of headings: what must not stand at the foot of a page.
pub fn headings(book: &Book) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for chapter in &book.chapters {
        found.insert(chapter.title.id.as_str());
        found.extend(chapter.sections.iter().map(|section| section.title.id.as_str()));
        let blocks = chapter.opening.iter().chain(chapter.sections.iter().flat_map(|s| &s.blocks));
        for block in blocks {
            match block {
                Block::Group { id, .. } => {
                    found.insert(id);
                }
                Block::Labelled { id, text, .. } if text.is_empty() => {
                    found.insert(id);
                }
                Block::Labelled { .. }
                | Block::Paragraph(_)
                | Block::List { .. }
                | Block::Questions { .. }
                | Block::Glossary { .. }
                | Block::Fields { .. }
                | Block::Figure(_)
                | Block::Date(_)
                | Block::Title(_)
                | Block::Tagline(_) => {}
            }
        }
    }
    found
}
