//! The small steps of cleaning: each takes a text and returns it better.

use crate::ingest::markup::is_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Letters and their accents as one character each.
pub fn composed(text: &str) -> String {
    if is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

/// Zero-width spaces and joiners, soft hyphens, byte order marks, marks of direction.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text without what no reader sees.
pub fn without_invisible(text: &str) -> String {
    text.replace(is_invisible, "")
}

/// Noncharacters mark emphasis for this program itself, so those in a plain text go.
pub fn without_noncharacters(text: &str, has_markup: bool) -> String {
    text.replace(|c| matches!(c, '\u{fdd0}'..='\u{fdef}') && !(has_markup && is_mark(c)), "")
}

/// Shows U+FFFD for what no output format may hold (NUL, U+FFFE); a tab or a form feed is a blank.
pub fn without_controls(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// How many letters and digits stand in the first `bytes` of a text; letters that cleaning will count alike.
pub fn letters_within(text: &str, bytes: usize) -> usize {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= bytes).last();
    composed(&text[..end.unwrap_or(0)]).chars().filter(|c| c.is_alphanumeric()).count()
}

/// How many bytes hold the first `letters` letters and digits, and the punctuation that follows without a blank.
pub fn bytes_of_letters(text: &str, letters: usize) -> usize {
    if letters == 0 {
        return 0;
    }
    let mut missing = letters;
    for (at, c) in text.char_indices() {
        if missing == 0 && (c.is_alphanumeric() || c.is_whitespace()) {
            return at;
        }
        missing -= usize::from(missing > 0 && c.is_alphanumeric());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_goes() {
        assert_eq!(without_invisible("cine\u{ad}ma of\u{200b} \u{feff}light"), "cinema of light");
        assert_eq!(composed("e\u{301}"), "é");
        assert_eq!(without_controls("a\0b\tc"), "a\u{fffd}b c");
        assert_eq!(without_noncharacters("\u{fdd0}a\u{fdef}", false), "a");
        assert_eq!(without_noncharacters("\u{fdd0}a\u{fdef}", true), "\u{fdd0}a");
    }

    #[test]
    fn a_bold_lead_is_found_again() {
        assert_eq!(letters_within("Ame\u{301}lie: x", 9), 6);
        assert_eq!(bytes_of_letters("Amélie: x", 6), 8);
        assert_eq!(bytes_of_letters("Amélie", 6), 7);
        assert_eq!(bytes_of_letters("Amélie", 0), 0);
    }
}
