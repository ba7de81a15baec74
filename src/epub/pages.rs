//! Where the pages of the print edition begin in the e-book.

use super::element::Element;
use super::{Edition, PageBreak, Supplied};
use crate::book::Book;
use crate::diag::{Code, Diagnostic};
use std::collections::BTreeMap;

/// The beginning of a printed page within the words of a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Byte in the leaf's printed text before which the page begins.
    pub offset: usize,
    /// The page's number as it is printed.
    pub label: String,
    /// The marker's id, not used twice in the e-book.
    pub id: String,
}

impl Marker {
    /// The empty element that marks the place.
    pub fn element(&self) -> Element {
        Element::new("span")
            .attr("epub:type", "pagebreak")
            .attr("role", "doc-pagebreak")
            .attr("id", &self.id)
            .attr("aria-label", &self.label)
    }
}

/// All markers, leaf by leaf.
#[derive(Clone, Debug, Default)]
pub struct Markers {
    of_leaf: BTreeMap<String, Vec<Marker>>,
    of_supplied: BTreeMap<Supplied, Marker>,
}

impl Markers {
    /// Sorts page breaks to their leaves; an offset within a character means the character.
    ///
    /// # Errors
    /// [`Code::Package`] where a page begins in a leaf that the book does not have: the list of pages
    /// would have a gap that nobody sees.
    pub fn place(book: &Book, edition: &Edition<'_>) -> Result<Self, Diagnostic> {
        let texts = book.printed().into_iter().map(|leaf| (leaf.id, leaf.text)).collect::<BTreeMap<_, _>>();
        let mut of_leaf: BTreeMap<String, Vec<Marker>> = BTreeMap::new();
        for (at, PageBreak { label, leaf, offset }) in edition.pages.iter().enumerate() {
            let Some(text) = texts.get(leaf) else {
                let message = format!("page {label} begins in `{leaf}`, which is not in the book");
                return Err(Diagnostic::error(Code::Package, message));
            };
            let offset = text.floor_char_boundary(*offset);
            let marker = Marker { offset, label: label.clone(), id: format!("page-{}", at + 1) };
            of_leaf.entry(leaf.clone()).or_default().push(marker);
        }
        for markers in of_leaf.values_mut() {
            markers.sort_by_key(|marker| marker.offset);
        }
        // a page that begins with text and has a part below it is marked already
        let is_new = |label: &String| edition.pages.iter().all(|page| page.label != *label);
        let supplied = edition.supplied_pages.iter().filter(|(_, label)| is_new(label));
        let supplied = supplied.map(|(part, label)| {
            (*part, Marker { offset: 0, label: label.clone(), id: supplied_id(*part).to_owned() })
        });
        Ok(Self { of_leaf, of_supplied: supplied.collect() })
    }

    /// The marker at the beginning of a part that the program supplies.
    pub fn of_supplied(&self, part: Supplied) -> Option<Element> {
        self.of_supplied.get(&part).map(Marker::element)
    }

    /// The markers of a leaf, in reading order.
    pub fn of(&self, leaf: &str) -> &[Marker] {
        self.of_leaf.get(leaf).map_or(&[], Vec::as_slice)
    }
}

/// The id of the place where a part begins that the program supplies.
fn supplied_id(part: Supplied) -> &'static str {
    match part {
        Supplied::Card => "page-card",
        Supplied::Index => "page-index",
        Supplied::Colophon => "page-colophon",
    }
}
