//! The e-book: a [`Book`] as EPUB 3.3.
//!
//! [`write()`] makes a file of XHTML for each part of the book (`matter`, `chapter`, `blocks`, `leaf`,
//! all of them values of `element`), and `package` puts them into the container. The reader owns the
//! text: nothing here or in the layout's `epub.css` sets a font, a size or a colour of running text; only
//! where the club wants its fonts in the e-book do the layout's `fonts.css` and its files come along.
//! The words are the dossier's; what is added comes from the book's terms, titles, numerals, card and
//! colophon.
//!
//! [`kepub()`] turns the finished file into the one for Kobo's readers, without touching a word.

mod agenda;
mod blocks;
mod chapter;
mod document;
mod element;
mod fonts;
mod index;
mod kepub;
mod lead;
mod leaf;
mod links;
mod matter;
mod motif;
mod package;
mod pages;
mod read;
mod terms;
#[cfg(test)]
pub(crate) mod tests;
mod title;

pub use fonts::Fonts;
pub use kepub::kepub;
pub use read::read_back;

use crate::book::Book;
use crate::diag::{Code, Diagnostic};
use chrono::{DateTime, Utc};
use leaf::Context;
use std::fmt::Display;
use uuid::Uuid;

/// What the e-book needs besides the book.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// The layout's style sheet for e-books, `epub.css`.
    pub css: &'a str,
    /// The cover as a JPEG.
    pub cover_jpeg: &'a [u8],
    /// The files of the pictures within the text, by the paths under which the book names them.
    pub pictures: &'a [(String, Vec<u8>)],
    /// Stays the same for the same film for ever, whatever is mended in its text: the identifier comes
    /// from it, and a reader's notes hang on the identifier.
    pub identifier_seed: &'a str,
    /// When the edition was last changed, from the input, never from the clock.
    pub modified: DateTime<Utc>,
    /// Where the pages of the print edition begin, in reading order; empty where there is none.
    pub pages: &'a [PageBreak],
    /// The printed pages on which parts begin that the program supplies, with their numbers; a part that the
    /// e-book does not have is passed over.
    pub supplied_pages: &'a [(Supplied, String)],
    /// The print edition that the page numbers come from.
    pub print_source: Option<&'a str>,
    /// Whether it has the book's index.
    pub index: bool,
    /// The fonts that it brings; none where the reader's own are wanted.
    pub fonts: Option<Fonts<'a>>,
}

/// A part of the book that the program supplies, with a page of its own in print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Supplied {
    /// The film card.
    Card,
    /// The index.
    Index,
    /// The colophon.
    Colophon,
}

/// The beginning of a printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageBreak {
    /// Its number, as it is printed.
    pub label: String,
    /// The leaf in which the page begins.
    pub leaf: String,
    /// The byte in the leaf's printed text, as [`Book::printed`] joins it, before which it begins.
    pub offset: usize,
}

/// Writes the e-book. The same book and edition give the same bytes.
///
/// # Errors
/// [`Code::Package`] where a page begins in a leaf that is not in the book, a picture of the book has no
/// file, or the container cannot be packed.
pub fn write(book: &Book, edition: &Edition) -> Result<Vec<u8>, Diagnostic> {
    let markers = pages::Markers::place(book, edition)?;
    let links = links::Links::of(book, &markers);
    let context = Context { book, markers: &markers, links: &links };
    let mut documents = vec![matter::cover(context), title::title_page(context)];
    documents.extend(matter::card(context));
    documents.extend((0..book.chapters.len()).filter_map(|at| chapter::chapter(context, at)));
    documents.extend(agenda::agenda(context));
    documents.extend(edition.index.then(|| index::index(context)).flatten());
    documents.extend(matter::colophon(context));
    package::pack(book, edition, &documents)
}

/// The identifier that comes from a seed.
#[must_use]
pub fn identifier(seed: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, seed.as_bytes())
}

/// The cover of a finished e-book, a JPEG, where it has one.
///
/// # Errors
/// [`Code::Package`] where the bytes are no e-book.
pub fn cover(epub: &[u8]) -> Result<Option<Vec<u8>>, Diagnostic> {
    let path = format!("OEBPS/{}", matter::COVER_IMAGE);
    let files = package::unpack(epub)?;
    Ok(files.into_iter().find(|(name, _)| *name == path).map(|(_, bytes)| bytes))
}

/// The class of the full stop behind a label of the third level, which is not the dossier's (it has a
/// colon there): eye and voice both need it, but it is no part of the text that [`read_back`] gives.
const STOP: &str = "stop";

/// The class of what the title page names besides the dossier's own lines: directors, club, season.
const ADDED: &str = "added";

/// The class of the arrow that leads from a term of the glossary back to the text; it is no part of the
/// text either.
const BACK: &str = "back";

/// The language as a tag: `en-GB`.
fn language(book: &Book) -> String {
    if book.region.is_empty() { book.language.clone() } else { format!("{}-{}", book.language, book.region) }
}

/// What went wrong, and while what was done.
fn fault(doing: &str, cause: impl Display) -> Diagnostic {
    Diagnostic::error(Code::Package, format!("the e-book cannot be {doing}: {cause}"))
}
