//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16 both ways, Windows-1252.

use super::markup::Markup;
use crate::diag::{Code, Diagnostic, Place};
use crate::source::Source;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, one paragraph a line where the format knows paragraphs.
    pub source: Source,
    /// What a richer format says of each line; empty for plain text.
    pub markup: Vec<Markup>,
}

/// Decodes a file.
///
/// # Errors
/// Where the file is empty or is no text (a picture, an archive).
pub fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    let encoding = encoding_of(bytes).ok_or_else(|| not_text(name))?;
    let (text, used, _) = encoding.decode(bytes);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Diagnostic::error(Code::NotText, "this file holds no words")
            .at(Place::file(name))
            .hint("paste the dossier into it and save it as plain text"));
    }
    Ok(Decoded {
        source: Source::new(name, text, used.name(), bytes),
        markup: Vec::new(),
    })
}

/// The encoding that the bytes can be in; `None` where they are no text.
fn encoding_of(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Some(UTF_8).filter(|_| !is_mostly_control(bytes));
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |parity| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        // Latin letters in UTF-16 have a zero in every other byte
        (even, odd) if even * 2 > half && odd * 10 < half => Some(UTF_16BE),
        (even, odd) if odd * 2 > half && even * 10 < half => Some(UTF_16LE),
        _ => Some(WINDOWS_1252).filter(|_| !is_mostly_control(bytes)),
    }
}

/// A picture or an archive is full of control characters; a text that somebody typed has few.
fn is_mostly_control(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(4096)];
    let control = sample
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c));
    control.count() * 50 > sample.len()
}

fn not_text(name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::NotText,
        "this file is no text (a picture or an archive, perhaps)",
    )
    .at(Place::file(name))
    .hint("save the dossier as plain text (.txt) and try again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, &'static str) {
        let source = decode("x.txt", bytes).expect("this is text").source;
        (source.text().to_owned(), source.encoding())
    }

    #[test]
    fn encodings_that_people_have() {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| "Décor".encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        assert_eq!(text("Décor".as_bytes()), ("Décor".into(), "UTF-8"));
        assert_eq!(text("\u{feff}Décor".as_bytes()), ("Décor".into(), "UTF-8"));
        assert_eq!(text(b"D\xe9cor"), ("Décor".into(), "windows-1252"));
        assert_eq!(text(&utf16(u16::to_le_bytes)), ("Décor".into(), "UTF-16LE"));
        assert_eq!(text(&utf16(u16::to_be_bytes)), ("Décor".into(), "UTF-16BE"));
        assert_eq!(text(b"one\r\ntwo\rthree"), ("one\ntwo\nthree".into(), "UTF-8"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            &b""[..],
            b" \n\t",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0",
        ] {
            assert_eq!(
                decode("x.txt", bytes).expect_err("this is no text").code,
                Code::NotText
            );
        }
    }
}
