//! The contents: for EPUB 3 with landmarks and printed pages, and the older `toc.ncx`.

use super::{Revision, is};
use crate::book::Book;
use crate::diag::Diagnostic;
use crate::epub::document::{Document, Place};
use crate::epub::element::Element;
use crate::epub::{language, term};
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
pub fn complete_ncx(ncx: &str, book: &Book, identifier: Uuid) -> Result<Vec<u8>, Diagnostic> {
    let meta = |name: &str, content: &str| Element::new("meta").attr("name", name).attr("content", content);
    Revision::of(ncx, |event, revision| match event {
        Event::Start(mut root) if root.name().as_ref() == "ncx" => {
            root.push_attribute(("xml:lang", language(book).as_str()));
            Ok(Some(Event::Start(root)))
        }
        Event::Empty(depth) if is(&depth, "meta", "name", "dtb:depth") => {
            revision.add(&meta("dtb:uid", &identifier.urn().to_string()))?;
            revision.add(&meta("dtb:depth", if book.almanac.is_some() { "3" } else { "2" }))?;
            Ok(None)
        }
        Event::Start(title) if title.name().as_ref() == "docTitle" => {
            revision.skip(&title)?;
            let spoken = |name, words: &str| Element::new(name).child(Element::new("text").text(words));
            revision.add(&spoken("docTitle", &book.listed_title()))?;
            if let Some(club) = &book.club {
                revision.add(&spoken("docAuthor", club))?;
            }
            Ok(None)
        }
        event => Ok(Some(event)),
    })
}

/// The landmarks. epub-builder's own would have cover and title page in the contents too.
fn landmarks(book: &Book, documents: &[Document]) -> Element {
    let of = |document: &Document| {
        let (kind, name) = match document.place {
            Place::Cover => ("cover", term(book, "cover")),
            Place::TitlePage => ("titlepage", term(book, "title_page")),
            Place::FirstChapter | Place::FirstFilm => ("bodymatter", term(book, "start")),
            Place::Index => ("index", term(book, "index")),
            Place::Colophon => ("colophon", term(book, "colophon")),
            Place::Card
            | Place::Chapter
            | Place::Agenda
            | Place::Film
            | Place::FilmChapter
            | Place::Coverage
            | Place::Glossary => return None,
        };
        Some((kind, link(&document.file, name)))
    };
    let contents = ("toc", link("#toc", term(book, "contents")));
    let (before, after) = documents.split_at(documents.len().min(2));
    let glossary = documents.iter().find_map(|document| {
        let target = format!("{}#{}", document.file, document.glossary()?);
        Some(("glossary", link(&target, term(book, "glossary"))))
    });
    let marks = before.iter().filter_map(of).chain([contents]).chain(after.iter().filter_map(of));
    let marks = marks.chain(glossary);
    let marks = marks.map(|(kind, link)| Element::new("li").child(link.attr("epub:type", kind)));
    let landmarks = Element::new("nav").attr("epub:type", "landmarks").attr("hidden", "hidden");
    landmarks.child(Element::new("ol").children(marks))
}

/// The pages of the print edition, where their beginnings are known.
fn page_list(book: &Book, documents: &[Document]) -> Option<Element> {
    let pages = documents.iter().flat_map(|document| {
        let links = document.pages().into_iter();
        links.map(|(label, id)| Element::new("li").child(link(&format!("{}#{id}", document.file), &label)))
    });
    let pages = pages.collect::<Vec<_>>();
    let list = Element::new("nav").attr("epub:type", "page-list").attr("role", "doc-pagelist");
    let list = list.attr("aria-label", term(book, "page_list")).attr("hidden", "hidden");
    (!pages.is_empty()).then(|| list.child(Element::new("ol").children(pages)))
}

fn link(target: &str, words: &str) -> Element {
    Element::new("a").attr("href", target).text(words)
}
