//! The contents: for EPUB 3 with landmarks and printed pages, and the older `toc.ncx`.

use super::{Revision, is};
use crate::book::Book;
use crate::diag::Diagnostic;
use crate::epub::document::{Document, Place};
use crate::epub::element::Element;
use crate::epub::language;
use crate::epub::terms::{Term, term};
use quick_xml::events::Event;
use uuid::Uuid;

/// Completes epub-builder's navigation document: its language, its roles, the landmarks that are not
/// in the contents, the list of pages.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where it is not XML.
pub fn complete(nav: &str, book: &Book, documents: &[Document]) -> Result<Vec<u8>, Diagnostic> {
    Revision::of(nav, |event, revision| match event {
        Event::Start(mut html) if html.name().as_ref() == "html" => {
            html.push_attribute(("lang", language(book).as_str()));
            html.push_attribute(("xml:lang", language(book).as_str()));
            Ok(Some(Event::Start(html)))
        }
        Event::Start(mut contents) if is(&contents, "nav", "epub:type", "toc") => {
            contents.push_attribute(("role", "doc-toc"));
            contents.push_attribute(("aria-labelledby", "toc-title"));
            Ok(Some(Event::Start(contents)))
        }
        Event::Start(start) if is(&start, "nav", "epub:type", "landmarks") => {
            revision.skip(&start)?;
            revision.add(&landmarks(book, documents))?;
            Ok(None)
        }
        Event::End(body) if body.name().as_ref() == "body" => {
            if let Some(list) = page_list(book, documents) {
                revision.add(&list)?;
            }
            Ok(Some(Event::End(body)))
        }
        event => Ok(Some(event)),
    })
}

/// Completes epub-builder's `toc.ncx`, which gives the contents' title for the book's and no identifier.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where it is not XML.
pub fn complete_ncx(
    ncx: &str,
    book: &Book,
    documents: &[Document],
    identifier: Uuid,
) -> Result<Vec<u8>, Diagnostic> {
    let pages = pages(documents);
    let numbers = pages.iter().filter_map(|page| page.label.parse::<usize>().ok());
    let (count, last) = (pages.len(), numbers.max().unwrap_or(0));
    let said = |name: &str, content: &str| Element::new("meta").attr("name", name).attr("content", content);
    Revision::of(ncx, |event, revision| match event {
        Event::Start(mut root) if root.name().as_ref() == "ncx" => {
            root.push_attribute(("xml:lang", language(book).as_str()));
            Ok(Some(Event::Start(root)))
        }
        Event::Empty(depth) if is(&depth, "meta", "name", "dtb:depth") => {
            revision.add(&said("dtb:uid", &identifier.urn().to_string()))?;
            revision.add(&said("dtb:depth", "2"))?;
            Ok(None)
        }
        Event::Start(title) if title.name().as_ref() == "docTitle" => {
            revision.skip(&title)?;
            revision.add(&spoken("docTitle", &book.listed_title()))?;
            for author in authors(book) {
                revision.add(&spoken("docAuthor", author))?;
            }
            Ok(None)
        }
        Event::Empty(meta) if is(&meta, "meta", "name", "dtb:totalPageCount") => {
            revision.add(&said("dtb:totalPageCount", &count.to_string()))?;
            Ok(None)
        }
        Event::Empty(meta) if is(&meta, "meta", "name", "dtb:maxPageNumber") => {
            revision.add(&said("dtb:maxPageNumber", &last.to_string()))?;
            Ok(None)
        }
        Event::End(root) if root.name().as_ref() == "ncx" => {
            if !pages.is_empty() {
                revision.add(&ncx_pages(book, &pages))?;
            }
            Ok(Some(Event::End(root)))
        }
        event => Ok(Some(event)),
    })
}

/// Whom a shelf names as the book's authors: the club, or the film's directors where there is none.
fn authors(book: &Book) -> impl Iterator<Item = &String> {
    book.club.iter().chain(book.directors.iter().filter(|_| book.club.is_none()))
}

/// What `toc.ncx` shows and speaks.
fn spoken(name: &'static str, words: &str) -> Element {
    Element::new(name).child(Element::new("text").text(words))
}

/// The printed pages for readers that know `toc.ncx` alone.
fn ncx_pages(book: &Book, pages: &[Page]) -> Element {
    let targets = pages.iter().enumerate().map(|(at, Page { label, target })| {
        let page =
            Element::new("pageTarget").attr("type", "normal").attr("id", format!("pageTarget-{}", at + 1));
        let page = if label.parse::<usize>().is_ok() { page.attr("value", label) } else { page };
        page.child(spoken("navLabel", label)).child(Element::new("content").attr("src", target))
    });
    let list = Element::new("pageList").child(spoken("navLabel", term(book, Term::PageList)));
    list.children(targets)
}

/// A printed page: its number, and the place at which it begins in the e-book.
struct Page {
    label: String,
    target: String,
}

/// The printed pages in reading order.
fn pages(documents: &[Document]) -> Vec<Page> {
    let of = |document: &Document| {
        let pages = document.pages().into_iter();
        pages.map(|(label, id)| Page { label, target: format!("{}#{id}", document.file) }).collect::<Vec<_>>()
    };
    documents.iter().flat_map(of).collect()
}

/// The landmarks. epub-builder's own would have cover and title page in the contents too.
fn landmarks(book: &Book, documents: &[Document]) -> Element {
    let of = |document: &Document| {
        let (kind, name) = match document.place {
            Place::Cover => ("cover", term(book, Term::Cover)),
            Place::TitlePage => ("titlepage", term(book, Term::TitlePage)),
            Place::FirstChapter => ("bodymatter", term(book, Term::Start)),
            Place::Index => ("index", term(book, Term::Index)),
            Place::Colophon => ("colophon", term(book, Term::Colophon)),
            Place::Card | Place::Chapter | Place::Agenda => return None,
        };
        Some((kind, link(&document.file, name)))
    };
    let contents = ("toc", link("#toc", term(book, Term::Contents)));
    let (before, after) = documents.split_at(documents.len().min(2));
    let glossary = documents.iter().find_map(|document| {
        let target = format!("{}#{}", document.file, document.glossary()?);
        Some(("glossary", link(&target, term(book, Term::Glossary))))
    });
    let marks = before.iter().filter_map(of).chain([contents]).chain(after.iter().filter_map(of));
    let marks = marks.chain(glossary);
    let marks = marks.map(|(kind, link)| Element::new("li").child(link.attr("epub:type", kind)));
    let landmarks = Element::new("nav").attr("epub:type", "landmarks").attr("hidden", "hidden");
    landmarks.child(Element::new("ol").children(marks))
}

/// The pages of the print edition, where their beginnings are known.
fn page_list(book: &Book, documents: &[Document]) -> Option<Element> {
    let pages = pages(documents);
    let links = pages.iter().map(|Page { label, target }| Element::new("li").child(link(target, label)));
    let list = Element::new("nav").attr("epub:type", "page-list").attr("role", "doc-pagelist");
    let list = list.attr("aria-label", term(book, Term::PageList)).attr("hidden", "hidden");
    (!pages.is_empty()).then(|| list.child(Element::new("ol").children(links)))
}

fn link(target: &str, words: &str) -> Element {
    Element::new("a").attr("href", target).text(words)
}
