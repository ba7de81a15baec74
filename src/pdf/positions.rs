//! Where each page begins: the leaf and the character that open it, read off the laid-out frames.
//!
//! A layout labels the element of each leaf with the leaf's id. Walking a page's frame in order,
//! the text between the element's start and end is held against the leaf's printed text, letter by
//! letter; white space and the hyphens of the line breaker do not count.

use crate::book::Book;
use std::collections::BTreeMap;
use typst::foundations::Content;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// The place at which a page of the booklet begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOpening {
    /// The printed number of the page.
    pub label: String,
    /// The leaf that opens it.
    pub leaf: String,
    /// The byte of the leaf's printed text with which it opens; inside a divided word, the byte at
    /// which the word begins.
    pub offset: usize,
}

/// The opening of every page that begins with text of the book.
pub fn page_openings(document: &PagedDocument, book: &Book) -> Vec<PageOpening> {
    let texts = book.printed().into_iter().map(|leaf| (leaf.id, leaf.text)).collect();
    let mut walk =
        Walk { texts, open: Vec::new(), artifacts: Vec::new(), read: BTreeMap::new(), first: None };
    let mut openings = Vec::new();
    for page in document.pages() {
        walk.first = None;
        walk.frame(&page.frame);
        if let Some((leaf, offset)) = walk.first.take() {
            let offset = walk.texts.get(&leaf).map_or(offset, |text| word_start(text, offset));
            openings.push(PageOpening { label: page.number.to_string(), leaf, offset });
        }
    }
    openings
}

/// The byte at which the word around `offset` begins.
fn word_start(text: &str, offset: usize) -> usize {
    let before = &text[..offset];
    before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map_or(offset, |(at, _)| at)
}

struct Walk {
    /// The printed text of each leaf.
    texts: BTreeMap<String, String>,
    /// Leaves that are open, innermost last.
    open: Vec<(Location, String)>,
    /// Running heads, folios and ornaments that are open: their text is not the book's.
    artifacts: Vec<Location>,
    /// How many bytes of each leaf were met.
    read: BTreeMap<String, usize>,
    /// The leaf and byte that opened this page.
    first: Option<(String, usize)>,
}

impl Walk {
    fn frame(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Tag(Tag::Start(content, _)) => self.start(content),
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.open.retain(|(open, _)| open != location);
                    self.artifacts.retain(|open| open != location);
                }
                // floats and footnotes stand outside the flow
                FrameItem::Group(group) if group.parent.is_some() => {}
                FrameItem::Group(group) => self.frame(&group.frame),
                FrameItem::Text(text) => self.text(&text.text),
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
        let id = label.resolve().as_str().to_owned();
        if self.texts.contains_key(&id) {
            self.open.push((location, id));
        }
    }

    fn text(&mut self, shown: &str) {
        if !self.artifacts.is_empty() {
            return;
        }
        let Some((_, id)) = self.open.last() else { return };
        let Some(text) = self.texts.get(id) else { return };
        let at = self.read.entry(id.clone()).or_insert(0);
        for letter in shown.chars().filter(|c| !c.is_whitespace()) {
            let rest = &text[*at..];
            let skipped = rest.len() - rest.trim_start().len();
            if rest[skipped..].starts_with(letter) {
                if self.first.is_none() {
                    self.first = Some((id.clone(), *at + skipped));
                }
                *at += skipped + letter.len_utf8();
            }
        }
    }
}
