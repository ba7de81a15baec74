//! The package document: what the e-book says of itself.

use super::claims::{Finding, Findings};
use super::{Revision, is};
use crate::book::{Book, filed_name, filed_title};
use crate::diag::Diagnostic;
use crate::epub::document::{Document, Place};
use crate::epub::element::Element;
use crate::epub::terms::{Term, term};
use crate::epub::{Edition, language};
use quick_xml::events::{BytesStart, Event};

/// What the e-book conforms to, in the words that EPUB Accessibility 1.1 asks for. Our own finding; no
/// other party certifies it.
const CONFORMS_TO: &str = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";

/// Where two pages are shown side by side, the cover stands alone in their middle.
const ON_A_SPREAD: &str = "rendition:page-spread-center";

/// MARC's relator code of a film director.
const FILM_DIRECTOR: &str = "fmd";

/// MARC's relator code of an author.
const AUTHOR: &str = "aut";

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
    let findings = Findings::of(documents, edition);
    Revision::of(opf, |event, revision| match event {
        Event::Start(mut start) if start.name().as_ref() == "package" => {
            start.push_attribute(("xml:lang", language(book).as_str()));
            Ok(Some(Event::Start(start)))
        }
        Event::Start(start) if start.name().as_ref() == "dc:language" => {
            Ok(Some(Event::Start(BytesStart::new("dc:language"))))
        }
        Event::Start(mut title) if title.name().as_ref() == "dc:title" => {
            title.push_attribute(("id", "title"));
            Ok(Some(Event::Start(title)))
        }
        Event::Start(guide) if guide.name().as_ref() == "guide" => {
            revision.put(Event::Start(guide))?;
            revision.add(&cover_reference(book, documents))?;
            Ok(None)
        }
        Event::End(end) if end.name().as_ref() == "metadata" => {
            let statements = [
                titles(book),
                people(book),
                circumstances(book, edition, has_pages),
                season(book),
                accessibility(book, documents, &findings),
            ];
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
        Event::Empty(mut itemref) if is_of(&itemref, documents, Place::Cover) => {
            itemref.push_attribute(("properties", ON_A_SPREAD));
            Ok(Some(Event::Empty(itemref)))
        }
        // The contents are read behind the title page; epub-builder leaves them out of the reading order.
        Event::Empty(itemref) if is_of(&itemref, documents, Place::TitlePage) => {
            revision.put(Event::Empty(itemref))?;
            revision.add(&Element::new("itemref").attr("idref", "nav"))?;
            Ok(None)
        }
        event => Ok(Some(event)),
    })
}

/// Whether the file at that place in the book is read here.
fn is_of(itemref: &BytesStart<'_>, documents: &[Document], place: Place) -> bool {
    let file = documents.iter().find(|document| document.place == place);
    // epub-builder makes an id of a file's name so.
    file.is_some_and(|document| is(itemref, "itemref", "idref", &format!("id_{}", document.file)))
}

/// Older readers find the cover's page here.
fn cover_reference(book: &Book, documents: &[Document]) -> Element {
    let cover = documents.iter().find(|document| document.place == Place::Cover);
    let file = cover.map_or("cover.xhtml", |cover| cover.file.as_str());
    Element::new("reference").attr("type", "cover").attr("title", term(book, Term::Cover)).attr("href", file)
}

/// Which title is the main one, how it is filed, and what the book is: a companion to the film of a year.
fn titles(book: &Book) -> Vec<Element> {
    let filed = filed_title(&book.listed_title(), &book.language);
    let mut titles = vec![
        of("title", "title-type", "main"),
        of("title", "display-seq", "1"),
        of("title", "file-as", &filed),
        named("calibre:title_sort", &filed),
    ];
    let subtitle = book.year.zip(Term::CompanionTo.words(book));
    if let Some((year, words)) = subtitle {
        let subtitle = words.replace("{year}", &year.to_string());
        titles.push(Element::new("dc:title").attr("id", "subtitle").text(&subtitle));
        titles.extend([of("subtitle", "title-type", "subtitle"), of("subtitle", "display-seq", "2")]);
    }
    titles
}

/// The club wrote the book and others made the film. Without a club the directors are its creators too, with
/// no role that would say that they wrote it: a shelf that is sorted by authors looks for them there, and
/// calibre takes nobody for an author whose role is another.
fn people(book: &Book) -> Vec<Element> {
    let club =
        book.club.iter().map(|club| ("dc:creator", club, Some(AUTHOR), filed_title(club, &book.language)));
    let creators = book.directors.iter().filter(|_| book.club.is_none());
    let creators = creators.map(|name| ("dc:creator", name, None, filed_name(name)));
    let makers = book.directors.iter();
    let makers = makers.map(|name| ("dc:contributor", name, Some(FILM_DIRECTOR), filed_name(name)));
    let named =
        club.chain(creators).chain(makers).enumerate().flat_map(|(at, (element, name, role, filed))| {
            let id = format!("person-{}", at + 1);
            let relator = role.map(|role| of(&id, "role", role).attr("scheme", "marc:relators"));
            let person = Element::new(element).attr("id", &id).text(name);
            [Some(person), relator, Some(of(&id, "file-as", &filed))].into_iter().flatten()
        });
    let publisher = book.club.iter().map(|club| Element::new("dc:publisher").text(club));
    named.chain(publisher).collect()
}

/// The day of the discussion, what it is about, whose it is, the print edition.
fn circumstances(book: &Book, edition: &Edition, has_pages: bool) -> Vec<Element> {
    let date = book.date.iter().map(|date| Element::new("dc:date").text(&date.iso));
    let subjects = book.subjects.iter().map(|subject| Element::new("dc:subject").text(subject));
    let rights = book.rights.iter().map(|rights| Element::new("dc:rights").text(rights));
    let source = edition.print_source.iter().map(|source| Element::new("dc:source").text(source));
    let pagination = edition.print_source.iter().filter(|_| has_pages);
    let pagination = pagination.map(|source| meta("pageBreakSource", source));
    date.chain(subjects).chain(rights).chain(source).chain(pagination).collect()
}

/// The season as a series, in the words of EPUB 3 and in those of calibre, which most libraries at home
/// are kept with.
fn season(book: &Book) -> Vec<Element> {
    let Some(season) = &book.season else { return Vec::new() };
    let mut series = vec![
        meta("belongs-to-collection", season).attr("id", "season"),
        of("season", "collection-type", "series"),
    ];
    let position = book.position.map(|position| position.to_string());
    series.extend(position.iter().map(|position| of("season", "group-position", position)));
    series.push(named("calibre:series", season));
    series.extend(position.iter().map(|position| named("calibre:series_index", position)));
    series
}

/// How it can be read, as far as it was looked at. The cover says nothing that the title page does not, and
/// every picture within the text is described, so sight is no way into the book that the text would not
/// open.
fn accessibility(book: &Book, documents: &[Document], found: &Findings) -> Vec<Element> {
    let has_pages = documents.iter().any(|document| !document.pages().is_empty());
    let has_index = documents.iter().any(|document| document.place == Place::Index);
    let has_pictures = book.figures().next().is_some();
    let mut statements = Vec::new();
    statements.extend(found.conform().then(|| meta("dcterms:conformsTo", CONFORMS_TO)));
    statements.push(meta("schema:accessMode", "textual"));
    statements.extend(has_pictures.then(|| meta("schema:accessMode", "visual")));
    statements
        .extend(found.holds(Finding::Described).then(|| meta("schema:accessModeSufficient", "textual")));
    let paged = has_pages && found.holds(Finding::Paged);
    let features = [
        ("ARIA", found.holds(Finding::Linked)),
        ("alternativeText", found.holds(Finding::Described)),
        ("displayTransformability", found.holds(Finding::Adaptable)),
        ("index", has_index && found.holds(Finding::Linked)),
        ("pageBreakMarkers", paged),
        ("pageNavigation", paged),
        ("readingOrder", true), // the spine, which every file stands in
        ("structuralNavigation", found.holds(Finding::InRanks)),
        ("tableOfContents", true), // the navigation document, which the container cannot be without
    ];
    let features = features.iter().filter(|(_, holds)| *holds);
    statements.extend(features.map(|(feature, _)| meta("schema:accessibilityFeature", feature)));
    // neither moving pictures nor sound can come into the package
    statements.push(meta("schema:accessibilityHazard", "none"));
    let summary = if has_pictures { Term::AccessibilitySummaryPictures } else { Term::AccessibilitySummary };
    let summary = summary.words(book).filter(|_| found.conform());
    statements.extend(summary.map(|summary| meta("schema:accessibilitySummary", summary)));
    statements
}

fn meta(property: &str, value: &str) -> Element {
    Element::new("meta").attr("property", property).text(value)
}

/// What is said of the element of that id.
fn of(id: &str, property: &str, value: &str) -> Element {
    meta(property, value).attr("refines", format!("#{id}"))
}

/// A statement in the form of EPUB 2, which calibre reads.
fn named(name: &str, content: &str) -> Element {
    Element::new("meta").attr("name", name).attr("content", content)
}
