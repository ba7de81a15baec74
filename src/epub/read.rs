//! Reads the text of a finished e-book back, so that it can be compared with the book.

use super::element::is_within_a_line;
use super::package::{PACKAGE, unpack};
use super::{BACK, STOP, fault};
use crate::diag::Diagnostic;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;

/// The text of the finished EPUB in reading order, a line for each block of words, as its XHTML has it.
///
/// Left out are the contents, the heads of files, what is hidden from screen readers, the full
/// stops behind labels of the third level and the arrows behind terms of the glossary.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where the container or one of its files cannot be read.
pub fn read_back(epub: &[u8]) -> Result<String, Diagnostic> {
    let files = unpack(epub)?.into_iter().collect::<BTreeMap<_, _>>();
    let mut text = String::new();
    for name in reading_order(file(&files, PACKAGE)?)? {
        read_document(file(&files, &format!("OEBPS/{name}"))?, &mut text)?;
    }
    Ok(text)
}

fn file<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> Result<&'a str, Diagnostic> {
    let bytes = files.get(name).ok_or_else(|| fault("read back", format_args!("{name} is missing")))?;
    std::str::from_utf8(bytes).map_err(|cause| fault("read back", cause))
}

/// The files of the spine, without the contents.
fn reading_order(opf: &str) -> Result<Vec<String>, Diagnostic> {
    let mut items = BTreeMap::new();
    let mut order = Vec::new();
    let mut reader = Reader::from_str(opf);
    loop {
        match reader.read_event().map_err(|cause| fault("read back", cause))? {
            Event::Empty(item)
                if item.name().as_ref() == "item" && value(&item, "properties").as_deref() != Some("nav") =>
            {
                items.extend(value(&item, "id").zip(value(&item, "href")));
            }
            Event::Empty(itemref) if itemref.name().as_ref() == "itemref" => {
                order.extend(value(&itemref, "idref").and_then(|id| items.get(&id).cloned()));
            }
            Event::Eof => return Ok(order),
            _ => {}
        }
    }
}

/// Adds the text of a file, line by line.
fn read_document(xhtml: &str, text: &mut String) -> Result<(), Diagnostic> {
    let mut reader = Reader::from_str(xhtml);
    loop {
        match reader.read_event().map_err(|cause| fault("read back", cause))? {
            Event::Start(start) if is_left_out(&start) => {
                reader.read_to_end(start.name()).map_err(|cause| fault("read back", cause))?;
            }
            Event::Start(start) => break_line(text, start.name().as_ref()),
            Event::End(end) => break_line(text, end.name().as_ref()),
            Event::Empty(element) => break_line(text, element.name().as_ref()),
            // A line break in the file is a space, and between blocks it is nothing.
            Event::Text(words) => add_words(text, &words.replace('\n', " ")),
            Event::CData(words) => add_words(text, &words),
            Event::GeneralRef(reference) => text.push_str(&resolved(&reference)?),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
}

/// Adds words; white space at the start of a line is none of the text.
fn add_words(text: &mut String, words: &str) {
    let at_start = text.is_empty() || text.ends_with('\n');
    text.push_str(if at_start { words.trim_start_matches(' ') } else { words });
}

fn break_line(text: &mut String, element: &str) {
    if !is_within_a_line(element) {
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }
}

fn is_left_out(start: &BytesStart<'_>) -> bool {
    let is = |attribute, expected| value(start, attribute).as_deref() == Some(expected);
    start.name().as_ref() == "head" || is("aria-hidden", "true") || is("class", STOP) || is("class", BACK)
}

/// `&lt;`, `&#x41;`: the character that is meant.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where none is.
pub fn resolved(reference: &BytesRef<'_>) -> Result<String, Diagnostic> {
    if let Some(character) = reference.resolve_char_ref().map_err(|cause| fault("read back", cause))? {
        return Ok(character.to_string());
    }
    let known = resolve_predefined_entity(reference);
    known
        .map(str::to_owned)
        .ok_or_else(|| fault("read back", format_args!("&{}; is no character", &**reference)))
}

/// The value of an attribute.
pub fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    attribute.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}
