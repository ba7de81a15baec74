//! The container: epub-builder packs it, then it is opened again and completed.
//!
//! epub-builder 0.8 knows neither page lists nor roles other than `aut`, writes `dc:language` with the
//! id of an author, and leaves the times of its zip entries to the platform. It has no hook for any of
//! it, so its `content.opf`, `nav.xhtml` and `toc.ncx` pass once more through here, event by event.

mod claims;
mod metadata;
mod navigation;

use super::document::{Document, Place};
use super::element::{Element, xml_safe};
use super::fonts::{self, Packaged};
use super::matter::COVER_IMAGE;
use super::terms::{Term, term};
use super::{Edition, Fonts, fault, language};
use crate::book::Book;
use crate::diag::Diagnostic;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, TocElement, ZipLibrary};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::io::{Cursor, Read, Write};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The package document in the container.
pub const PACKAGE: &str = "OEBPS/content.opf";

/// Packs the files of the book, in reading order.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) with the reason.
pub fn pack(book: &Book, edition: &Edition, documents: &[Document]) -> Result<Vec<u8>, Diagnostic> {
    let identifier = super::identifier(edition.identifier_seed);
    let mut files = unpack(&bundle(book, edition, documents, identifier)?)?;
    files.extend(edition.fonts.iter().flat_map(Fonts::licences));
    for (name, bytes) in &mut files {
        let completed = match name.as_str() {
            PACKAGE => metadata::complete(&text(bytes)?, book, edition, documents)?,
            "OEBPS/nav.xhtml" => navigation::complete(&text(bytes)?, book, documents)?,
            "OEBPS/toc.ncx" => navigation::complete_ncx(&text(bytes)?, book, documents, identifier)?,
            _ => continue,
        };
        *bytes = completed;
    }
    files.sort_by(|(a, _), (b, _)| (a != "mimetype", a).cmp(&(b != "mimetype", b)));
    seal(&files)
}

/// A file of the package: its path and its bytes.
pub type Packed = (String, Vec<u8>);

/// The files of a container with their names, in its order.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where the bytes are not a zip file.
pub fn unpack(epub: &[u8]) -> Result<Vec<Packed>, Diagnostic> {
    let mut archive = ZipArchive::new(Cursor::new(epub)).map_err(|cause| fault("opened", cause))?;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|cause| fault("opened", cause))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|cause| fault("opened", cause))?;
        files.push((file.name().to_owned(), bytes));
    }
    Ok(files)
}

/// What epub-builder makes of it. It gets no authors: see above.
fn bundle(
    book: &Book,
    edition: &Edition,
    documents: &[Document],
    identifier: Uuid,
) -> Result<Vec<u8>, Diagnostic> {
    let failed = |cause| fault("packed", cause);
    let library = ZipLibrary::new().map_err(failed)?;
    let mut builder = EpubBuilder::new(library).map_err(failed)?;
    builder.epub_version(EpubVersion::V33);
    builder.set_uuid(identifier);
    builder.set_modified_date(edition.modified);
    builder.set_title(xml_safe(&book.listed_title()));
    builder.add_language(language(book));
    builder.set_generator("bookify");
    builder.set_toc_name(xml_safe(term(book, Term::Contents)));
    if let Some(tagline) = &book.tagline {
        builder.add_description(xml_safe(tagline));
    }
    let pages = documents.iter().map(|document| document.xhtml(&language(book)));
    let pages = pages.collect::<Result<Vec<_>, _>>().map_err(|cause| fault("written", cause))?;
    let (css, fonts) = dress(edition)?;
    builder.stylesheet(css.as_bytes()).map_err(failed)?;
    for Packaged { path, bytes } in fonts {
        builder.add_resource(&path, bytes.as_slice(), fonts::media_type(&path)).map_err(failed)?;
    }
    builder.add_cover_image(COVER_IMAGE, edition.cover_jpeg, "image/jpeg").map_err(failed)?;
    for (path, bytes) in pictures(book, edition)? {
        builder.add_resource(path, bytes.as_slice(), media_type(path)).map_err(failed)?;
    }
    for (document, xhtml) in documents.iter().zip(pages) {
        builder.add_content(content(document, xhtml)).map_err(failed)?;
    }
    let mut bundled = Vec::new();
    builder.generate(&mut bundled).map_err(failed)?;
    Ok(bundled)
}

/// The style sheet, and the fonts that it asks for.
fn dress(edition: &Edition) -> Result<(String, Vec<Packaged>), Diagnostic> {
    let Some(fonts) = &edition.fonts else { return Ok((edition.css.to_owned(), Vec::new())) };
    Ok((format!("{}\n{}", edition.css, fonts.css), fonts.packaged()?))
}

/// The files of the pictures that the text shows; the cover's is drawn into the cover.
fn pictures<'a>(book: &Book, edition: &Edition<'a>) -> Result<Vec<&'a Packed>, Diagnostic> {
    let mut files: Vec<&Packed> = Vec::new();
    for figure in book.figures() {
        let name = &figure.picture.file;
        let file = edition.pictures.iter().find(|(path, _)| path == name);
        let file = file.ok_or_else(|| fault("packed", format_args!("{name} is missing")))?;
        if !files.contains(&file) {
            files.push(file);
        }
    }
    Ok(files)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.') {
        Some((_, "png")) => "image/png",
        Some(_) | None => "image/jpeg",
    }
}

/// A file for epub-builder: one with a title stands in the contents.
fn content(document: &Document, xhtml: Vec<u8>) -> EpubContent<Cursor<Vec<u8>>> {
    let content = EpubContent::new(&document.file, Cursor::new(xhtml));
    let listed = |content: EpubContent<_>| {
        document.sections.iter().fold(content.title(&document.title), |content, (id, title)| {
            content.child(TocElement::new(format!("{}#{id}", document.file), title))
        })
    };
    match document.place {
        Place::Cover | Place::TitlePage => content,
        Place::Card | Place::Chapter | Place::Agenda | Place::Index => listed(content),
        Place::FirstChapter => listed(content).reftype(ReferenceType::Text),
        Place::Colophon => listed(content).reftype(ReferenceType::Colophon),
    }
}

/// Writes the container: the media type first and uncompressed, as EPUB asks, and no times.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where a name is too long for a zip file.
pub fn seal(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Diagnostic> {
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer
            .start_file(name, options.compression_method(method))
            .map_err(|cause| fault("packed", cause))?;
        writer.write_all(bytes).map_err(|cause| fault("packed", cause))?;
    }
    let sealed = writer.finish().map_err(|cause| fault("packed", cause))?;
    Ok(sealed.into_inner())
}

/// The text of a file that is XML.
///
/// # Errors
/// [`Code::Package`](crate::diag::Code::Package) where it is not UTF-8.
pub fn text(bytes: &[u8]) -> Result<String, Diagnostic> {
    String::from_utf8(bytes.to_vec()).map_err(|cause| fault("completed", cause))
}

/// An XML file that is copied event by event.
pub struct Revision<'a> {
    reader: Reader<&'a [u8]>,
    writer: Writer<Vec<u8>>,
}

/// What `edit` gives back: the event, mended or not, or nothing where it has done without it.
pub type Edited<'a> = Result<Option<Event<'a>>, Diagnostic>;

impl<'a> Revision<'a> {
    /// Copies `xml`; each event passes through `edit`.
    ///
    /// # Errors
    /// [`Code::Package`](crate::diag::Code::Package) where it is not XML, and what `edit` says.
    pub fn of(
        xml: &'a str,
        mut edit: impl FnMut(Event<'a>, &mut Self) -> Edited<'a>,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut revision = Self { reader: Reader::from_str(xml), writer: Writer::new(Vec::new()) };
        loop {
            let event = revision.reader.read_event().map_err(|cause| fault("completed", cause))?;
            if event == Event::Eof {
                return Ok(revision.writer.into_inner());
            }
            if let Some(event) = edit(event, &mut revision)? {
                revision.put(event)?;
            }
        }
    }

    /// Writes an event.
    ///
    /// # Errors
    /// What writing to memory may say.
    pub fn put(&mut self, event: Event<'_>) -> Result<(), Diagnostic> {
        self.writer.write_event(event).map_err(|cause| fault("completed", cause))
    }

    /// Writes an element that the original does not have.
    ///
    /// # Errors
    /// What writing to memory may say.
    pub fn add(&mut self, element: &Element) -> Result<(), Diagnostic> {
        element.write(&mut self.writer).map_err(|cause| fault("completed", cause))
    }

    /// Leaves out the rest of an element that has begun.
    fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Diagnostic> {
        self.reader.read_to_end(start.name()).map_err(|cause| fault("completed", cause))?;
        Ok(())
    }
}

/// Whether an element has that name, and that attribute with that value.
fn is(start: &BytesStart<'_>, name: &str, attribute: &str, value: &str) -> bool {
    let has = |found: quick_xml::events::attributes::Attribute| {
        found.key.as_ref() == attribute && found.value == value
    };
    start.name().as_ref() == name && start.attributes().flatten().any(has)
}
