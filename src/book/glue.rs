//! Places where a line must not break: before a dash, between a number and its unit, between initials.
//!
//! Blanks become no-break blanks, and a joiner stands before a dash that has no blanks around it. No letter,
//! no mark and no blank comes or goes. A good typesetting engine knows most of these places by itself; an
//! e-reader knows none.

use std::collections::BTreeMap;

/// U+00A0, as wide as any blank.
const WIDE: char = '\u{a0}';

/// U+202F, the narrow one of French punctuation.
const NARROW: char = '\u{202f}';

/// U+2060, which has no width and forbids a break.
const JOINER: char = '\u{2060}';

/// Abbreviations that stand before a number: `p. 12`, `no. 4`, `vol. II`.
const BEFORE_NUMBERS: &[&str] = &[
    "p.", "pp.", "no.", "nos.", "n°", "nº", "vol.", "vols.", "fig.", "figs.", "ch.", "chap.", "c.", "ca.",
    "v.", "t.", "art.", "sec.", "op.", "ed.", "éd.", "§",
];

/// Forms of address before a name.
const BEFORE_NAMES: &[&str] =
    &["Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Mr", "Mrs", "Dr", "MM.", "Mme", "Mlle", "Mmes", "Mgr", "Prof."];

/// Units and what stands for a number's size.
const UNITS: &[&str] = &[
    "mm",
    "cm",
    "m",
    "km",
    "ft",
    "kg",
    "g",
    "min",
    "h",
    "s",
    "fps",
    "Hz",
    "kHz",
    "dB",
    "°C",
    "°F",
    "%",
    "€",
    "£",
    "$",
    "kr",
    "F",
    "million",
    "millions",
    "billion",
    "billions",
    "milliard",
    "milliards",
    "trillion",
];

/// By the byte of `text`, what stands there: in place of a blank, or, where there is none, before the
/// character.
#[must_use]
pub fn glue(text: &str, language: &str) -> BTreeMap<usize, char> {
    let french = language == "fr";
    let mut glued = BTreeMap::new();
    for (at, c) in text.char_indices() {
        let (before, behind) = (&text[..at], &text[at + c.len_utf8()..]);
        match c {
            ' ' => {
                let french = if french { french_blank(before, behind) } else { None };
                let blank = french.or_else(|| is_tied(before, behind).then_some(WIDE));
                glued.extend(blank.map(|blank| (at, blank)));
            }
            '—' if joins(before, behind) => {
                glued.insert(at, JOINER);
            }
            _ => {}
        }
    }
    glued
}

/// The text with no-break blanks and joiners where they belong.
#[must_use]
pub fn glued(text: &str, language: &str) -> String {
    set(text, 0, &glue(text, language))
}

/// A part of a text that begins at byte `from` of it, with what [`glue`] says of the whole.
#[must_use]
pub fn set(part: &str, from: usize, glue: &BTreeMap<usize, char>) -> String {
    let mut shown = String::with_capacity(part.len());
    for (at, c) in part.char_indices() {
        match glue.get(&(from + at)) {
            Some(blank) if c == ' ' => shown.push(*blank),
            Some(joiner) => shown.extend([*joiner, c]),
            None => shown.push(c),
        }
    }
    shown
}

/// `oui !`, `« non »`: ingest sets these in raw texts; a reviewed one may have plain blanks.
fn french_blank(before: &str, behind: &str) -> Option<char> {
    let next = behind.chars().next()?;
    match next {
        ';' | '!' | '?' => Some(NARROW),
        ':' | '»' => Some(WIDE),
        _ if before.ends_with('«') => Some(WIDE),
        _ if is_thousand(before, behind) => Some(NARROW),
        _ => None,
    }
}

/// Whether the words on both sides of a blank stay on one line.
fn is_tied(before: &str, behind: &str) -> bool {
    let last = before.rsplit([' ', WIDE, NARROW, '\n', '—']).next().unwrap_or_default();
    let last = last.trim_start_matches(['(', '[', '“', '‘', '«', '"', '\'']);
    let next = behind.split([' ', WIDE, NARROW, '\n', '—']).next().unwrap_or_default();
    let capital = next.starts_with(char::is_uppercase);
    let digit = next.starts_with(|c: char| c.is_ascii_digit());
    // "house – and", "house … and": a line may end with a dash and not begin with one
    (matches!(behind.chars().next(), Some('–' | '—' | '…')) && !last.is_empty())
        || (BEFORE_NUMBERS.contains(&last.to_lowercase().as_str()) && (digit || is_roman(next)))
        || (BEFORE_NAMES.contains(&last) && capital)
        || (is_initial(last) && capital)
        || (is_number(last)
            && UNITS.contains(&next.trim_end_matches([',', '.', ';', ':', ')', '”', '?', '!'])))
        || (last.starts_with(char::is_uppercase) && is_roman(next))
}

/// Whether a dash without blanks stands between words, so that no line may begin with it.
fn joins(before: &str, behind: &str) -> bool {
    let is_word = |c: char| !c.is_whitespace() && c != '—' && c != JOINER;
    before.ends_with(is_word) && !behind.is_empty()
}

/// `F.`, `J.-L.`: capital letters with a stop behind each.
fn is_initial(word: &str) -> bool {
    !word.is_empty()
        && word.split('-').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.next() == Some('.')
                && letters.next().is_none()
        })
}

/// `12`, `1,250`, `3.5`, `£40`.
fn is_number(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| !c.is_alphabetic())
}

/// `II`, `XIV`, with what follows it: a number of at least two letters, so that it is no word.
fn is_roman(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| !c.is_alphanumeric() || c == 's');
    let number = number.strip_suffix("’").unwrap_or(number);
    number.len() > 1 && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// `120 000`: groups of three figures, as French writes them.
fn is_thousand(before: &str, behind: &str) -> bool {
    let figures = |text: &mut dyn Iterator<Item = char>| text.take_while(char::is_ascii_digit).count();
    (1..=3).contains(&figures(&mut before.chars().rev())) && figures(&mut behind.chars()) == 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `~` stands for a no-break blank, `_` for a narrow one, `|` for a joiner.
    fn shown(text: &str, language: &str) -> String {
        glued(text, language).replace(WIDE, "~").replace(NARROW, "_").replace(JOINER, "|")
    }

    #[test]
    fn no_line_breaks_where_a_reader_would_stumble() {
        for (text, expected) in [
            ("a house – and a garden", "a house~– and a garden"),
            ("a house—and a garden", "a house|—and a garden"),
            ("— and so on —", "— and so on~—"),
            ("gone … or not", "gone~… or not"),
            ("see p. 12 and pp. 3–5, vol. II", "see p.~12 and pp.~3–5, vol.~II"),
            ("the top. 12 men", "the top. 12 men"),
            (
                "G. W. Pabst and J.-L. Godard (D. W. Griffith)",
                "G.~W.~Pabst and J.-L.~Godard (D.~W.~Griffith)",
            ),
            ("Mr. Smith met St. John", "Mr.~Smith met St.~John"),
            ("a 35 mm print, 24 fps, $42 million.", "a 35~mm print, 24~fps, $42~million."),
            ("in 1926 months went by", "in 1926 months went by"),
            ("Part II, Henry V and World War II.", "Part~II, Henry V and World War~II."),
            ("oui ! non", "oui ! non"),
            ("", ""),
        ] {
            assert_eq!(shown(text, "en"), expected);
        }
    }

    #[test]
    fn french_has_blanks_of_its_own() {
        for (text, expected) in [
            ("oui ! non ? bon ; soit :", "oui_! non_? bon_; soit~:"),
            ("« Prompt » dit-il", "«~Prompt~» dit-il"),
            ("120 000 entrées en 1961", "120_000 entrées en 1961"),
            ("en 1961 120 entrées", "en 1961 120 entrées"),
            ("M. Hulot, Mme Arpel, n° 4", "M.~Hulot, Mme~Arpel, n°~4"),
            ("oui\u{202f}!", "oui_!"),
        ] {
            assert_eq!(shown(text, "fr"), expected);
        }
    }

    proptest! {
        #[test]
        fn no_letter_changes(text in "[a-cF.M—–… 12!?:;«»é]{0,40}", french in any::<bool>()) {
            let language = if french { "fr" } else { "en" };
            let bare = |text: &str| text.replace(JOINER, "").replace([WIDE, NARROW], " ");
            let once = glued(&text, language);
            prop_assert_eq!(bare(&once), text);
            prop_assert_eq!(glued(&once, language), once.clone(), "twice is once");
        }
    }
}
