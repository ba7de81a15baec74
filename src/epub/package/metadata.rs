//! The package document: what the e-book says of itself.

use super::{Revision, is};
use crate::book::Book;
use crate::diag::Diagnostic;
use crate::epub::document::{Document, Place};
use crate::epub::element::Element;
use crate::epub::{Edition, language};
use quick_xml::events::{BytesStart, Event};

/// What a person needs to know before opening it, in the words of EPUB Accessibility 1.1. The claim is
/// the writer's own; EPUBCheck and Ace test what a machine can test of it.
const CONFORMS_TO: &str = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA";

/// Completes epub-builder's package document.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where it is not XML.
pub fn complete(
    opf: &str,
    book: &Book,
    edition: &Edition,
    documents: &[Document],
) -> Result<Vec<u8>, Diagnostic> {
    let has_pages = documents.iter().any(|document| !document.pages().is_empty());
    Revision::of(opf, |event, revision| match event {
        Event::Start(mut start) if start.name().as_ref() == "package" => {
            start.push_attribute(("xml:lang", language(book).as_str()));
            Ok(Some(Event::Start(start)))
        }
        Event::Start(start) if start.name().as_ref() == "dc:language" => {
            Ok(Some(Event::Start(BytesStart::new("dc:language"))))
        }
        Event::End(end) if end.name().as_ref() == "metadata" => {
            let statements =
                [people(book), circumstances(book, edition, has_pages), accessibility(book, has_pages)];
            for statement in statements.iter().flatten() {
                revision.add(statement)?;
            }
            Ok(Some(Event::End(end)))
        }
        Event::Empty(mut item) if item.name().as_ref() == "item" => {
            if documents
                .iter()
                .any(|document| document.has_drawing() && is(&item, "item", "href", &document.file))
            {
                item.push_attribute(("properties", "svg"));
            }
            Ok(Some(Event::Empty(item)))
        }
        Event::Empty(itemref) if follows_title_page(&itemref, documents) => {
            revision.put(Event::Empty(itemref))?;
            revision.add(&Element::new("itemref").attr("idref", "nav"))?;
            Ok(None)
        }
        event => Ok(Some(event)),
    })
}

/// The contents are read behind the title page; epub-builder leaves them out of the reading order.
fn follows_title_page(itemref: &BytesStart<'_>, documents: &[Document]) -> bool {
    let title_page = documents.iter().find(|document| document.place == Place::TitlePage);
    // epub-builder makes an id of a file's name so.
    title_page.is_some_and(|title_page| is(itemref, "itemref", "idref", &format!("id_{}", title_page.file)))
}

/// The club wrote the book and others made the film; without a club, its directors stand alone.
fn people(book: &Book) -> Vec<Element> {
    let directors = if book.club.is_some() { "dc:contributor" } else { "dc:creator" };
    let club = book.club.iter().map(|club| ("dc:creator", club, "aut"));
    let people = club.chain(book.directors.iter().map(|name| (directors, name, "drt")));
    let named = people.enumerate().flat_map(|(at, (element, name, role))| {
        let id = format!("person-{}", at + 1);
        let relator = meta("role", role).attr("refines", format!("#{id}")).attr("scheme", "marc:relators");
        [Element::new(element).attr("id", id).text(name), relator]
    });
    named.collect()
}

/// The day of the discussion, the print edition, the season.
fn circumstances(book: &Book, edition: &Edition, has_pages: bool) -> Vec<Element> {
    let date = book.date.iter().map(|date| Element::new("dc:date").text(&date.iso));
    let source = edition.print_source.iter().map(|source| Element::new("dc:source").text(source));
    let pagination = edition.print_source.iter().filter(|_| has_pages);
    let pagination = pagination.map(|source| meta("pageBreakSource", source));
    let season = book.season.iter().flat_map(|season| {
        let of_season = |property, value: &str| meta(property, value).attr("refines", "#season");
        let position = book.position.map(|position| of_season("group-position", &position.to_string()));
        [meta("belongs-to-collection", season).attr("id", "season"), of_season("collection-type", "series")]
            .into_iter()
            .chain(position)
    });
    date.chain(source).chain(pagination).chain(season).collect()
}

/// How it can be read. The cover says nothing that the title page does not, and every picture within
/// the text is described, so sight is no way into the book that the text would not open.
fn accessibility(book: &Book, has_pages: bool) -> Vec<Element> {
    let has_pictures = book.figures().next().is_some();
    let features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"];
    let of_pages: &[&str] = if has_pages { &["pageBreakMarkers", "pageNavigation"] } else { &[] };
    let of_pictures: &[&str] = if has_pictures { &["alternativeText"] } else { &[] };
    let features = features.iter().chain(of_pages).chain(of_pictures);
    let features = features.map(|feature| meta("schema:accessibilityFeature", feature));
    let mut statements = vec![
        meta("dcterms:conformsTo", CONFORMS_TO),
        meta("schema:accessMode", "textual"),
        meta("schema:accessModeSufficient", "textual"),
        meta("schema:accessibilityHazard", "none"),
    ];
    statements.extend(has_pictures.then(|| meta("schema:accessMode", "visual")));
    statements.extend(features);
    let summary = if has_pictures { "accessibility_summary_pictures" } else { "accessibility_summary" };
    let summary = book.terms.get(summary);
    statements.extend(summary.map(|summary| meta("schema:accessibilitySummary", summary)));
    statements
}

fn meta(property: &str, value: &str) -> Element {
    Element::new("meta").attr("property", property).text(value)
}
