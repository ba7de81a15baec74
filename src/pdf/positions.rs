//! Where each page begins: the leaf and the character that open it, read off the laid-out frames.

use super::walk;
use crate::book::Book;
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
    let walked = walk::pieces(document, book);
    let mut openings = Vec::new();
    let mut last = None;
    for piece in walked.pieces.iter().filter(|piece| !piece.bytes.is_empty()) {
        if last.replace(piece.page) == Some(piece.page) {
            continue;
        }
        let leaf = &walked.leaves[piece.leaf];
        openings.push(PageOpening {
            label: document.pages()[piece.page].number.to_string(),
            leaf: leaf.id.clone(),
            offset: word_start(&leaf.text, piece.bytes.start),
        });
    }
    openings
}

/// The byte at which the word around `offset` begins.
fn word_start(text: &str, offset: usize) -> usize {
    let before = &text[..offset];
    before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map_or(offset, |(at, _)| at)
}
