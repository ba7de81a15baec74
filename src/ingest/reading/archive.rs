//! The archives that Word and OpenDocument files are.

use super::encoding;
use crate::diag::{Code, Diagnostic, Place};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// How many bytes all parts that are read may have together: a hundred times the longest dossier with its
/// styles. A small archive can be packed so that it unpacks without end.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.docx`, `.docm`, `.dotx`
    Word,
    /// `.odt`, `.ott`
    OpenDocument,
}

/// An open archive.
pub struct Archive<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// Opens an archive; `None` where the file is none.
///
/// # Errors
/// Where the archive is broken.
pub fn open<'a>(name: &'a str, bytes: &'a [u8]) -> Result<Option<Archive<'a>>, Diagnostic> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(name))?;
    Ok(Some(Archive { name, zip, left: LARGEST }))
}

impl Archive<'_> {
    /// Tells what the archive is.
    ///
    /// # Errors
    /// Where it is neither a Word nor an OpenDocument text.
    pub fn kind(&mut self) -> Result<Kind, Diagnostic> {
        let is_open_document = match self.part("mimetype")? {
            Some(kind) => kind.trim().starts_with("application/vnd.oasis.opendocument.text"),
            None => self.zip.index_for_name("content.xml").is_some(),
        };
        let types = self.part("[Content_Types].xml")?.unwrap_or_default();
        let is_word = types.contains("wordprocessingml.") || types.contains("ms-word.");
        match (is_open_document, is_word || self.zip.index_for_name("word/document.xml").is_some()) {
            (true, _) => Ok(Kind::OpenDocument),
            (false, true) => Ok(Kind::Word),
            (false, false) => {
                Err(Diagnostic::error(Code::NotText, "this is an archive, but no Word or OpenDocument text")
                    .at(Place::file(self.name))
                    .hint("take the dossier out of it, or save it as .docx, .odt or plain text"))
            }
        }
    }

    /// The text of a part; `None` where the archive has no such part.
    ///
    /// # Errors
    /// Where the part is broken, locked by a password or longer than any dossier.
    pub fn part(&mut self, path: &str) -> Result<Option<String>, Diagnostic> {
        let part = match self.zip.by_name(path) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(damaged(self.name)),
        };
        let mut bytes = Vec::new();
        let read = part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged(self.name))?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| too_large(self.name))?;
        encoding::read(self.name, &bytes, None).map(|text| Some(text.text))
    }

    /// What is said of a part that is no well-formed XML.
    pub fn damaged(&self) -> Diagnostic {
        damaged(self.name)
    }
}

fn damaged(name: &str) -> Diagnostic {
    Diagnostic::error(Code::NotText, "this Word or OpenDocument file is damaged or locked")
        .at(Place::file(name))
        .hint("open it in the program that made it, save it again without a password, or paste its text into a .txt")
}

fn too_large(name: &str) -> Diagnostic {
    Diagnostic::error(Code::NotText, "this file unpacks to more than 64 MB of text")
        .at(Place::file(name))
        .hint("no dossier is that long: paste its text into a .txt")
}

/// Archives made by hand, for the tests of the readers.
#[cfg(test)]
pub mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// Packs parts, each a path and its text.
    pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, text) in parts {
            zip.start_file(*path, SimpleFileOptions::default()).expect("a part begins");
            zip.write_all(text.as_bytes()).expect("a part is written");
        }
        zip.finish().expect("the archive is written").into_inner()
    }

    fn kind(parts: &[(&str, &str)]) -> Option<Kind> {
        let bytes = packed(parts);
        open("x", &bytes).ok()??.kind().ok()
    }

    #[test]
    fn archives_are_told_by_what_they_say_of_themselves() {
        let sheet = "<Types>spreadsheetml.sheet.main+xml</Types>";
        let word = "<Types>wordprocessingml.document.main+xml</Types>";
        assert_eq!(
            kind(&[("mimetype", "application/vnd.oasis.opendocument.text")]),
            Some(Kind::OpenDocument)
        );
        assert_eq!(kind(&[("mimetype", "application/epub+zip"), ("content.xml", "")]), None);
        assert_eq!(kind(&[("[Content_Types].xml", word)]), Some(Kind::Word));
        assert_eq!(kind(&[("[Content_Types].xml", sheet)]), None);
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bytes = packed(&[("mimetype", "x"), ("word/document.xml", &" ".repeat(65 * 1024 * 1024))]);
        assert!(bytes.len() < 1024 * 1024);
        let mut archive = open("x", &bytes).expect("it opens").expect("it is an archive");
        assert!(archive.part("word/document.xml").is_err_and(|error| error.message.contains("64 MB")));
    }

    #[test]
    fn broken_archives_are_refused_with_a_way_out() {
        let whole = packed(&[("mimetype", "application/vnd.oasis.opendocument.text")]);
        for length in [4, 20, whole.len() / 2, whole.len() - 3] {
            assert!(open("x", &whole[..length]).is_err_and(|error| error.hint.is_some()));
        }
    }
}
