//! The e-book for Kobo's readers: the same EPUB with what Kobo's own engine looks for.
//!
//! A Kobo opens `name.epub` with an old engine and `name.kepub.epub` with its own, which knows EPUB 3, turns
//! pages faster and counts what is left of a chapter (Kobo's guidelines, *Sideloading*:
//! <https://github.com/kobolabs/epub-spec>). That engine hangs places, marks and notes on spans
//! `<span class="koboSpan" id="kobo.P.S">`, P a paragraph of the file and S a segment of it, a sentence where
//! nothing cuts it short; and it turns the pages of what lies in `book-columns` and `book-inner`. The
//! guidelines do not say so; every book from Kobo's shop is made so, and so are those of the free converters.
//!
//! No character of the text changes. Not touched is what a span would break or nobody marks: drawings,
//! formulas, scripts, the small type over ruby, and the contents, which the engine reads as a list of links.

mod spans;
#[cfg(test)]
mod tests;

use super::fault;
use super::package::{PACKAGE, Revision, seal, text, unpack};
use super::read::value;
use crate::diag::Diagnostic;
use quick_xml::Reader;
use quick_xml::events::Event;
use spans::Spans;
use std::collections::BTreeMap;

/// What the words of a file are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// They are read: each sentence gets its span.
    Reading,
    /// They lead elsewhere: the contents.
    Finding,
}

/// The e-book for Kobo's readers, `.kepub.epub`, from a finished EPUB that [`write()`](super::write()) made:
/// the media type first, then the files by name. The same EPUB gives the same bytes.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where the bytes are no EPUB of this program, or one that is
/// made for Kobo already.
pub fn kepub(epub: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let mut files = unpack(epub)?;
    let package = files.iter().find(|(name, _)| name == PACKAGE);
    let (_, package) = package.ok_or_else(|| fault("made for Kobo", format_args!("{PACKAGE} is missing")))?;
    let documents = documents(&text(package)?)?;
    for (name, bytes) in &mut files {
        if let Some(usage) = documents.get(name) {
            *bytes = document(&text(bytes)?, *usage)?;
        }
    }
    files.sort_by(|(a, _), (b, _)| (a != "mimetype", a).cmp(&(b != "mimetype", b)));
    seal(&files)
}

/// The XHTML files of the package by path, as the manifest lists them.
fn documents(opf: &str) -> Result<BTreeMap<String, Use>, Diagnostic> {
    let mut documents = BTreeMap::new();
    let mut reader = Reader::from_str(opf);
    loop {
        match reader.read_event().map_err(|cause| fault("made for Kobo", cause))? {
            Event::Empty(item) | Event::Start(item)
                if item.name().as_ref() == "item"
                    && value(&item, "media-type").as_deref() == Some("application/xhtml+xml") =>
            {
                let properties = value(&item, "properties").unwrap_or_default();
                let contents = properties.split_whitespace().any(|property| property == "nav");
                let usage = if contents { Use::Finding } else { Use::Reading };
                documents.extend(value(&item, "href").map(|href| (format!("OEBPS/{href}"), usage)));
            }
            Event::Eof => return Ok(documents),
            _ => {}
        }
    }
}

/// One file of the e-book.
fn document(xhtml: &str, usage: Use) -> Result<Vec<u8>, Diagnostic> {
    let mut spans = Spans::new(usage);
    Revision::of(xhtml, |event, revision| spans.edit(event, revision))
}
