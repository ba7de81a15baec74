//! A file to text: what it is, its encoding, and what its format says of each line.

use super::markup::Markup;
use super::reading::format::{self, Format};
use super::reading::{archive, docx, encoding, html, markdown, odt};
use crate::diag::{Code, Diagnostic, Place};
use crate::source::Source;

/// A decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, one paragraph a row where the format knows paragraphs.
    pub source: Source,
    /// What a richer format says of each row; empty for plain text.
    pub markup: Vec<Markup>,
}

/// Decodes a file: plain text, Markdown, a web page, a Word or an OpenDocument file. `encoding` is the
/// encoding of a text where the editor knows better than a guess.
///
/// # Errors
/// Where the file is empty, broken, or is no text (a picture, a PDF), or nobody knows the encoding.
pub fn decode(name: &str, bytes: &[u8], encoding: Option<&str>) -> Result<Decoded, Diagnostic> {
    if let Some(mut archive) = archive::open(name, bytes)? {
        return match archive.kind()? {
            archive::Kind::Word => docx::read(name, bytes, &mut archive),
            archive::Kind::OpenDocument => odt::read(name, bytes, &mut archive),
        };
    }
    if let Some(refusal) = format::refusal(name, bytes) {
        return Err(refusal);
    }
    let text = encoding::read(name, bytes, encoding)?;
    match format::of(name, &text.text) {
        Format::Html => html::read(name, bytes, &text),
        Format::Markdown => markdown::read(name, bytes, &text),
        Format::Plain if !text.text.chars().any(char::is_alphanumeric) => Err(no_words(name)),
        Format::Plain => {
            Ok(Decoded { source: Source::new(name, text.text, text.encoding, bytes), markup: Vec::new() })
        }
    }
}

/// What is said of a file without words.
pub fn no_words(name: &str) -> Diagnostic {
    Diagnostic::error(Code::NotText, "this file holds no words")
        .at(Place::file(name))
        .hint("paste the dossier into it and save it again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_has_no_markup_and_its_own_lines() {
        let decoded = decode("x.txt", b"one\r\n\r\n* two", None).expect("this is text");
        assert_eq!((decoded.source.text(), decoded.markup.len()), ("one\n\n* two", 0));
        assert_eq!(decoded.source.line_of(5), 3);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            &b""[..],
            b" \n\t",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0",
            b"PK\x03\x04 broken",
            b"%PDF-1.4",
            b"<html><body><script>x</script></body></html>",
        ] {
            let error = decode("x.txt", bytes, None).expect_err("this is no text");
            assert!(error.code == Code::NotText && error.hint.is_some(), "{error:?}");
        }
    }
}
