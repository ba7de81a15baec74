//! `opds.xml`: an acquisition feed by OPDS 1.2, which is Atom (RFC 4287).

use super::words::Words;
use super::{ATOM, Catalogue, Entry, OPDS, PAGE, link};
use crate::diag::{Code, Diagnostic};
use crate::html::safe;
use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// The media type of the feed, by OPDS 1.2, section 2.
const FEED_TYPE: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";

type Xml = Writer<Vec<u8>>;

/// The feed.
///
/// # Errors
/// [`Code::Package`] where it cannot be written.
pub fn feed(catalogue: &Catalogue, words: Words<'_>) -> Result<Vec<u8>, Diagnostic> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    written(&mut xml, catalogue, words).map_err(|cause| {
        Diagnostic::error(Code::Package, format!("the feed {ATOM} cannot be written: {cause}"))
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn written(xml: &mut Xml, catalogue: &Catalogue, words: Words<'_>) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let feed = xml.create_element("feed").with_attributes([
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:dc", "http://purl.org/dc/terms/"),
        ("xml:lang", safe(&catalogue.language).as_str()),
    ]);
    feed.write_inner_content(|xml| {
        element(xml, "id", &catalogue.identifier.urn().to_string())?;
        element(xml, "title", &catalogue.full_title(words))?;
        element(xml, "updated", &instant(catalogue.updated()))?;
        if let Some(club) = &catalogue.club {
            person(xml, "author", club)?;
        }
        for (rel, href, media_type) in [
            ("self", ATOM, FEED_TYPE),
            ("start", ATOM, FEED_TYPE),
            ("alternate", OPDS, "application/opds+json"),
            ("alternate", PAGE, "text/html"),
        ] {
            put_link(xml, &[("rel", rel), ("href", href), ("type", media_type)])?;
        }
        catalogue.offered().try_for_each(|film| entry(xml, film, catalogue, words))
    })?;
    Ok(())
}

/// A film. As in its e-book, the club is the author of what is read; without a club, the directors are.
fn entry(xml: &mut Xml, film: &Entry, catalogue: &Catalogue, words: Words<'_>) -> io::Result<()> {
    let content = |xml: &mut Xml| -> io::Result<()> {
        element(xml, "title", &film.title)?;
        element(xml, "id", &film.identifier.urn().to_string())?;
        element(xml, "updated", &instant(film.updated))?;
        if let Some(club) = &catalogue.club {
            person(xml, "author", club)?;
        }
        let role = if catalogue.club.is_some() { "contributor" } else { "author" };
        film.directors.iter().try_for_each(|name| person(xml, role, name))?;
        if catalogue.club.is_none() && film.directors.is_empty() {
            // Atom asks for an author of every entry
            person(xml, "author", catalogue.title(words))?;
        }
        element(xml, "dc:language", &film.language)?;
        if let Some(discussion) = &film.discussion {
            element(xml, "dc:issued", &discussion.date.to_string())?;
        }
        if let Some(tagline) = &film.tagline {
            xml.create_element("summary")
                .with_attribute(("type", "text"))
                .write_text_content(BytesText::new(&safe(tagline)))?;
        }
        links(xml, film, words)
    };
    xml.create_element("entry")
        .with_attribute(("xml:lang", safe(&film.language).as_str()))
        .write_inner_content(content)?;
    Ok(())
}

/// The page, the cover and the files of a film.
fn links(xml: &mut Xml, film: &Entry, words: Words<'_>) -> io::Result<()> {
    put_link(xml, &[("rel", "alternate"), ("href", PAGE), ("type", "text/html")])?;
    if film.cover.is_some() {
        let cover = link(&film.cover_path());
        for rel in ["http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"] {
            put_link(xml, &[("rel", rel), ("href", &cover), ("type", "image/jpeg")])?;
        }
    }
    film.readable().try_for_each(|file| {
        put_link(
            xml,
            &[
                ("rel", "http://opds-spec.org/acquisition/open-access"),
                ("href", &link(&file.name)),
                ("type", file.kind.media_type()),
                ("title", &safe(&words.file(file))),
                ("length", &file.bytes.to_string()),
            ],
        )
    })
}

fn element(xml: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&safe(words)))?;
    Ok(())
}

fn person(xml: &mut Xml, role: &str, name: &str) -> io::Result<()> {
    xml.create_element(role).write_inner_content(|xml| element(xml, "name", name))?;
    Ok(())
}

fn put_link(xml: &mut Xml, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.create_element("link").with_attributes(attributes.iter().copied()).write_empty()?;
    Ok(())
}

/// An instant as Atom and OPDS write it: `2025-11-09T00:00:00Z`.
pub fn instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
