//! The encodings that UTF-8 is misread as, and what their characters are as bytes of UTF-8.

use encoding_rs::{Encoding, ISO_8859_2, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A single-byte encoding, by the bytes of its characters beyond ASCII.
pub struct Codec {
    bytes: BTreeMap<char, u8>,
}

/// A character that was misread as several.
pub struct Sequence {
    /// How many characters stand for it.
    pub length: usize,
    /// What it was.
    pub out: char,
    /// Whether a byte of it is lost: a blank for a no-break space, or U+FFFD.
    pub is_guessed: bool,
}

impl Sequence {
    /// Whether it may be repaired where nothing else is: a lost no-break space is only believed of `à`.
    pub fn stands_alone(&self) -> bool {
        !self.is_guessed || matches!(self.out, 'à' | char::REPLACEMENT_CHARACTER)
    }
}

/// The upper half of code page 437, that of DOS.
const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The encodings, the likeliest last: the last of equals is taken.
pub static CODECS: LazyLock<Vec<Codec>> = LazyLock::new(|| {
    let mut codecs = vec![Codec { bytes: DOS.chars().zip(0x80..=0xff).collect() }];
    let rarer = [MACINTOSH, WINDOWS_1257, ISO_8859_2, WINDOWS_1251, WINDOWS_1250];
    codecs.extend(rarer.map(Codec::new));
    // Latin-1 is Windows-1252 with controls in the middle, and many a text has some of both
    let mut western = Codec::new(WINDOWS_1252);
    for byte in 0x80..=0x9f {
        western.bytes.entry(char::from(byte)).or_insert(byte);
    }
    codecs.push(western);
    codecs
});

/// What a C1 control character is in Windows-1252, which is what nearly everybody meant by it.
pub fn shown_control(c: char) -> char {
    match u8::try_from(u32::from(c)) {
        Ok(byte @ 0x80..=0x9f) => {
            WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c)
        }
        _ => c,
    }
}

impl Codec {
    fn new(encoding: &'static Encoding) -> Self {
        let mut bytes = BTreeMap::new();
        for byte in 0x80..=0xff {
            let c = encoding.decode_without_bom_handling(&[byte]).0.chars().next();
            bytes.extend(c.filter(|c| *c != char::REPLACEMENT_CHARACTER).map(|c| (c, byte)));
        }
        Self { bytes }
    }

    /// The misread character at this place, if there can be one.
    pub fn sequence(&self, chars: &[char], at: usize) -> Option<Sequence> {
        let first = self.code(chars.get(at..)?)?;
        let Some(high @ 0xd800..=0xdbff) = first.code else { return first.sequence() };
        // an emoji as two surrogates of three bytes each, as Java writes them
        let second = self.code(chars.get(at + 3..)?)?;
        let low = second.code.filter(|code| (0xdc00..=0xdfff).contains(code))?;
        let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        let is_guessed = first.is_guessed || second.is_guessed;
        Coded { length: 6, code: Some(code), is_guessed }.sequence()
    }

    /// The number that the first characters are in UTF-8.
    fn code(&self, chars: &[char]) -> Option<Coded> {
        let lead = u32::from(*self.bytes.get(chars.first()?)?);
        let (length, bits, least) = match lead {
            0xc2..=0xdf => (2, lead & 0x1f, 0x80),
            0xe0..=0xef => (3, lead & 0x0f, 0x800),
            0xf0..=0xf4 => (4, lead & 0x07, 0x10000),
            _ => return None,
        };
        let (mut code, mut is_lost, mut is_guessed) = (bits, false, false);
        for c in chars.get(1..length)? {
            let byte = match c {
                ' ' => 0xa0,
                '\u{fffd}' => 0x80,
                c => *self.bytes.get(c).filter(|byte| (0x80..=0xbf).contains(*byte))?,
            };
            is_lost |= *c == '\u{fffd}';
            is_guessed |= matches!(c, ' ' | '\u{fffd}');
            code = (code << 6) | u32::from(byte & 0x3f);
        }
        let code = (!is_lost).then_some(code);
        code.is_none_or(|code| code >= least).then_some(Coded { length, code, is_guessed })
    }
}

/// A number in UTF-8; none where a byte of it is lost.
struct Coded {
    length: usize,
    code: Option<u32>,
    is_guessed: bool,
}

impl Coded {
    /// The character, unless it is one that nobody types. C1 controls may be half of what was misread twice.
    fn sequence(self) -> Option<Sequence> {
        let out = self.code.map_or(Some(char::REPLACEMENT_CHARACTER), char::from_u32)?;
        let is_private = matches!(u32::from(out), 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xf0000..);
        let is_shown = !out.is_ascii_control() && !is_private && u32::from(out) & 0xfffe != 0xfffe;
        let is_new = out == char::REPLACEMENT_CHARACTER && self.code.is_some();
        // `ï¿½` is U+FFFD misread, but a repair brings in none
        (is_shown && !is_new).then_some(Sequence { length: self.length, out, is_guessed: self.is_guessed })
    }
}
