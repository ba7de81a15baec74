//! Bytes to text, in whatever encoding people have: a byte order mark decides, then what the editor says,
//! then UTF-8 where it is valid; the rest is told by chardetng, except what it leaves to others: UTF-16
//! without a mark, Mac Roman, and UTF-8 into which a few bytes of another encoding were pasted.

use crate::diag::{Code, Diagnostic, Place};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text and the encoding it was read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text; lines end in `\n`.
    pub text: String,
    /// The name that the Encoding Standard gives the encoding.
    pub encoding: &'static str,
}

/// Decodes a text, in the encoding that the editor asks for or in the likeliest.
///
/// # Errors
/// Where nobody knows the encoding that is asked for, or the bytes are no text.
pub fn read(name: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Text, Diagnostic> {
    let wanted = wanted.map(|label| named(label).ok_or_else(|| unknown(name, label))).transpose()?;
    let likeliest = || Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf_16(bytes));
    let text = match wanted.or_else(likeliest) {
        Some(encoding) => decoded(bytes, encoding),
        None => utf_8(bytes).unwrap_or_else(|| legacy(bytes)),
    };
    if is_mostly_control(&text.text) {
        return Err(not_text(name));
    }
    Ok(Text { text: with_line_feeds(&text.text), ..text })
}

/// The encoding of a name that people give it.
fn named(label: &str) -> Option<&'static Encoding> {
    let plain = label.to_lowercase().replace(['-', '_', ' '], "");
    match plain.as_str() {
        "mac" | "macroman" | "xmacroman" => Some(MACINTOSH),
        "ansi" | "windows" | "windows1252" | "win1252" => Some(WINDOWS_1252),
        "utf16" | "unicode" | "utf16le" => Some(UTF_16LE),
        "utf16be" => Some(UTF_16BE),
        _ => Encoding::for_label(label.as_bytes()),
    }
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Text {
    let (text, used, _) = encoding.decode(bytes);
    Text { text: text.into_owned(), encoding: used.name() }
}

/// UTF-16 without a byte order mark: blanks, line ends and Latin letters are there in one byte order only.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(8192)];
    let units = sample.len() / 2;
    let familiar = |unit: &u16| matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0x3001 | 0x3002 | 0xff0c);
    let count = |order: fn([u8; 2]) -> u16| {
        sample.chunks_exact(2).map(|pair| order([pair[0], pair[1]])).filter(familiar).count()
    };
    let (little, big) = (count(u16::from_le_bytes), count(u16::from_be_bytes));
    match (little, big) {
        _ if !sample.contains(&0) => None,
        _ if little * 20 > units && big * 3 < little => Some(UTF_16LE),
        _ if big * 20 > units && little * 3 < big => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8; a few bytes that are none were pasted from Windows-1252.
fn utf_8(bytes: &[u8]) -> Option<Text> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Text { text: text.to_owned(), encoding: UTF_8.name() });
    }
    let (mut text, mut many, mut stray) = (String::with_capacity(bytes.len()), 0, 0);
    for chunk in bytes.utf8_chunks() {
        many += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += chunk.invalid().len();
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    (many > stray * 3).then_some(Text { text, encoding: UTF_8.name() })
}

/// An encoding of one country or one maker.
fn legacy(bytes: &[u8]) -> Text {
    if let Some(encoding) = declared(bytes) {
        return decoded(bytes, encoding);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    // as for a page from a Western country: a few accents in an English text are no proof of Czech
    let guess = decoded(bytes, detector.guess(Some(b"fr"), Utf8Detection::Deny));
    let mac = decoded(bytes, MACINTOSH);
    let ((odd, _), (odd_on_mac, letters)) = (odd_letters(&guess.text), odd_letters(&mac.text));
    if odd_on_mac * 10 <= letters && odd_on_mac * 4 < odd { mac } else { guess }
}

/// The encoding that a web page says it is in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let meta = &head[head.find("<meta")?..];
    let value = &meta[meta.find("charset=")? + "charset=".len()..];
    let label = value
        .trim_start_matches(['"', '\''])
        .split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
    Encoding::for_label(label.take(1).collect::<String>().as_bytes())
}

/// Of the characters beyond ASCII, how many stand where nobody writes them, and how many there are:
/// Mac Roman taken for Windows-1252 has capitals and symbols within words, `cinŽma`, `donÕt`.
fn odd_letters(text: &str) -> (usize, usize) {
    let (mut odd, mut all) = (0, 0);
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            all += 1;
            let is_latin = matches!(c, '\u{c0}'..='\u{24f}') && !matches!(c, '×' | '÷');
            let is_sign = matches!(
                c,
                '\u{2010}'
                    ..='\u{2026}'
                        | '«'
                        | '»'
                        | '\u{a0}'
                        | '©'
                        | '®'
                        | '°'
                        | '§'
                        | '™'
                        | '£'
                        | '€'
                        | '½'
                        | '¿'
                        | '¡'
            );
            odd +=
                usize::from(!is_sign && !is_latin || is_latin && c.is_uppercase() && before.is_lowercase());
        }
        before = c;
    }
    (odd, all)
}

/// Whatever ended a line on the machine it was written on, `\n` ends it here. Characters that Unicode sets
/// aside for a program's own use go.
fn with_line_feeds(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let ends = |c: char| matches!(c, '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.chars()
        .filter(|c| !crate::ingest::markup::is_reserved(*c))
        .map(|c| if ends(c) { '\n' } else { c })
        .collect()
}

/// A picture or an archive is full of control characters; a text that somebody typed has few.
fn is_mostly_control(text: &str) -> bool {
    let sample = text.chars().take(4096);
    let (mut all, mut control) = (0_usize, 0_usize);
    for c in sample {
        all += 1;
        control += usize::from(c == '\u{fffd}' || c.is_control() && !c.is_whitespace());
    }
    control * 50 > all
}

fn not_text(name: &str) -> Diagnostic {
    Diagnostic::error(Code::NotText, "this file is no text (a picture or an archive, perhaps)")
        .at(Place::file(name))
        .hint("save the dossier as plain text (.txt), Word (.docx) or OpenDocument (.odt) and try again")
}

fn unknown(name: &str, label: &str) -> Diagnostic {
    Diagnostic::error(Code::Settings, format!("nobody knows the encoding `{label}`"))
        .at(Place::file(name))
        .hint("write utf-8, utf-16le, utf-16be, windows-1252 or macintosh, or leave it out")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "« Le cinéma, c’est ça », dit-elle. À l’été 1959 – où l’on tourne – le garçon s’enfuit : élève rêveur, forêt, Noël. L’œuvre coûte “peu”…";

    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let read = read("x.txt", bytes, None).expect("this is text");
        assert_eq!((read.text.as_str(), read.encoding), (text, encoding));
    }

    fn utf_16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    /// `encoding_rs` writes Mac Roman like any other encoding.
    fn bytes_in(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn unicode_with_and_without_a_mark() {
        check("Décor".as_bytes(), "Décor", "UTF-8");
        check("\u{feff}Décor".as_bytes(), "Décor", "UTF-8");
        for text in ["Décor", FRENCH, "花樣年華\n導演:王家衛\n一九六二年的香港,兩個人。\n"]
        {
            check(&utf_16_bytes(text, u16::to_le_bytes), text, "UTF-16LE");
            check(&utf_16_bytes(text, u16::to_be_bytes), text, "UTF-16BE");
            check(&utf_16_bytes(&format!("\u{feff}{text}"), u16::to_be_bytes), text, "UTF-16BE");
        }
    }

    #[test]
    fn western_encodings_of_one_byte() {
        check(b"D\xe9cor", "Décor", "windows-1252");
        check(b"It\x92s \x93here\x94 \x96 now", "It’s “here” – now", "windows-1252");
        check(&bytes_in(WINDOWS_1252, FRENCH), FRENCH, "windows-1252");
        check(&bytes_in(MACINTOSH, FRENCH), FRENCH, "macintosh");
        check(&bytes_in(MACINTOSH, "It’s “here” — now"), "It’s “here” — now", "macintosh");
    }

    #[test]
    fn other_scripts_are_left_to_the_detector() {
        let russian =
            "Человек с киноаппаратом — немой фильм, снятый в тысяча девятьсот двадцать девятом году.";
        check(&bytes_in(encoding_rs::WINDOWS_1251, russian), russian, "windows-1251");
        let japanese = "東京物語は、小津安二郎監督の映画である。老夫婦が東京に住む子どもたちを訪ねる。";
        check(&bytes_in(encoding_rs::SHIFT_JIS, japanese), japanese, "Shift_JIS");
    }

    #[test]
    fn a_few_stray_bytes_do_not_spoil_utf_8() {
        let mut bytes = "Élève, été, garçon, forêt: it".as_bytes().to_vec();
        bytes.extend(b"\x92s");
        check(&bytes, "Élève, été, garçon, forêt: it’s", "UTF-8");
    }

    #[test]
    fn a_page_says_what_it_is_in() {
        check(
            b"<meta charset=\"iso-8859-2\"><p>\xb1\xe6",
            "<meta charset=\"iso-8859-2\"><p>ąć",
            "ISO-8859-2",
        );
    }

    #[test]
    fn the_editor_knows_best() {
        let read = |label| read("x.txt", b"caf\x8e", Some(label)).map(|text| text.text);
        assert_eq!(read("Mac Roman"), Ok("café".to_owned()));
        assert_eq!(read("windows-1252"), Ok("cafŽ".to_owned()));
        assert_eq!(read("klingon").map_err(|error| error.code), Err(Code::Settings));
    }

    #[test]
    fn any_line_end() {
        check(b"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour", "UTF-8");
        check("one\u{2028}two\u{b}three\u{fdd0}".as_bytes(), "one\ntwo\nthree", "UTF-8");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0";
        assert_eq!(read("x.txt", picture, None).map_err(|error| error.code), Err(Code::NotText));
    }
}
