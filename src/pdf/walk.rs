//! The text of the laid-out pages, piece by piece, each with the leaf of the book that it belongs to.
//!
//! A layout labels the element of each leaf with the leaf's id. Walking a page's frame in order,
//! the text between the element's start and end is held against the leaf's printed text, letter by
//! letter; white space and the hyphens of the line breaker do not count.

use crate::book::{Book, Printed};
use std::collections::BTreeMap;
use typst::foundations::Content;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// A run of glyphs as it stands on a page.
pub struct Piece<'d> {
    /// The page, from 0.
    pub page: usize,
    /// The leaf, as its place in [`Pieces::leaves`].
    pub leaf: usize,
    /// The bytes of the leaf's printed text that it shows.
    pub bytes: std::ops::Range<usize>,
    /// Where its first glyph stands: the left end of the baseline, from the page's upper left corner.
    pub at: Point,
    /// The glyphs.
    pub item: &'d TextItem,
}

/// What stands on the pages of a booklet.
pub struct Pieces<'d> {
    /// The leaves in reading order.
    pub leaves: Vec<Printed>,
    /// Their text as it stands on the pages, in the order of the pages.
    pub pieces: Vec<Piece<'d>>,
}

/// The text of a document that belongs to leaves of the book.
pub fn pieces<'d>(document: &'d PagedDocument, book: &Book) -> Pieces<'d> {
    let leaves = book.printed();
    let places = leaves.iter().enumerate().map(|(at, leaf)| (leaf.id.as_str(), at)).collect();
    let read = vec![0; leaves.len()];
    let mut walk = Walk {
        leaves: &leaves,
        places,
        read,
        open: Vec::new(),
        artifacts: Vec::new(),
        page: 0,
        pieces: Vec::new(),
    };
    for (page, laid_out) in document.pages().iter().enumerate() {
        walk.page = page;
        walk.frame(&laid_out.frame, Point::zero());
    }
    let pieces = walk.pieces;
    Pieces { leaves, pieces }
}

struct Walk<'a, 'd> {
    leaves: &'a [Printed],
    /// The place of each leaf by its id.
    places: BTreeMap<&'a str, usize>,
    /// How many bytes of each leaf were met.
    read: Vec<usize>,
    /// Leaves that are open, innermost last.
    open: Vec<(Location, usize)>,
    /// Running heads, folios and ornaments that are open: their text is not the book's.
    artifacts: Vec<Location>,
    page: usize,
    pieces: Vec<Piece<'d>>,
}

impl<'d> Walk<'_, 'd> {
    fn frame(&mut self, frame: &'d Frame, origin: Point) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Tag(Tag::Start(content, _)) => self.start(content),
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.open.retain(|(open, _)| open != location);
                    self.artifacts.retain(|open| open != location);
                }
                // floats and footnotes stand outside the flow
                FrameItem::Group(group) if group.parent.is_some() => {}
                FrameItem::Group(group) => {
                    let moved = Point::new(group.transform.tx, group.transform.ty);
                    self.frame(&group.frame, origin + *at + moved);
                }
                FrameItem::Text(text) => self.text(text, origin + *at),
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    fn start(&mut self, content: &Content) {
        let Some(location) = content.location() else {
            return;
        };
        if content.func().name() == "artifact" {
            self.artifacts.push(location);
        }
        let Some(label) = content.label() else { return };
        if let Some(leaf) = self.places.get(label.resolve().as_str()) {
            self.open.push((location, *leaf));
        }
    }

    fn text(&mut self, item: &'d TextItem, at: Point) {
        if !self.artifacts.is_empty() {
            return;
        }
        let Some((_, leaf)) = self.open.last() else { return };
        let text = &self.leaves[*leaf].text;
        let read = &mut self.read[*leaf];
        let mut first = None;
        for letter in item.text.chars().filter(|c| !c.is_whitespace()) {
            let rest = &text[*read..];
            let skipped = rest.len() - rest.trim_start().len();
            if rest[skipped..].starts_with(letter) {
                first = first.or(Some(*read + skipped));
                *read += skipped + letter.len_utf8();
            }
        }
        let from = first.unwrap_or(*read);
        self.pieces.push(Piece { page: self.page, leaf: *leaf, bytes: from..*read, at, item });
    }
}
