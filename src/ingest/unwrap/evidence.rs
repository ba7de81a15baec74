//! What the words on both sides of a line end say: bullets, labels, ends of sentences.

use super::Row;
use std::collections::{BTreeMap, BTreeSet};

/// The marks that open items in this file.
pub struct Bullets(BTreeSet<char>);

/// Marks that are nothing else than bullets.
const SURE: [char; 9] = ['•', '◦', '▪', '●', '‣', '∙', '○', '■', '➢'];

/// A mark that opens this many items after a short line is a bullet here; `–` may be a dash within a sentence.
const ENOUGH: usize = 2;

/// Stands for every number with a full stop or a bracket.
const NUMBER: char = '1';

impl Bullets {
    /// A mark is a bullet where it opens paragraphs that cannot be the rest of a line.
    pub fn of(rows: &[Row]) -> Self {
        let longest = rows.iter().map(|row| row.text.chars().count()).max().unwrap_or(0);
        let cannot_go_on =
            |at: usize| at == 0 || rows[at].blank_before || rows[at - 1].text.chars().count() * 2 < longest;
        let mut marks = BTreeMap::new();
        for mark in (0..rows.len()).filter(|at| cannot_go_on(*at)).filter_map(|at| mark(rows[at].text)) {
            *marks.entry(mark).or_insert(0) += 1;
        }
        let often = marks.into_iter().filter(|(_, count)| *count >= ENOUGH).map(|(mark, _)| mark);
        Self(SURE.into_iter().chain(often).collect())
    }

    /// Whether a row opens with one of them.
    pub fn opens(&self, text: &str) -> bool {
        mark(text).is_some_and(|mark| self.0.contains(&mark))
    }
}

/// The mark before the first blank, where it can be a bullet: `*`, `–`, `12.`, `3)`.
fn mark(text: &str) -> Option<char> {
    let first = text.split_whitespace().next()?;
    let mut chars = first.chars();
    match (chars.next()?, chars.next()) {
        (c, None) if SURE.contains(&c) || matches!(c, '*' | '-' | '–' | '—' | '·' | '+') => Some(c),
        (c, Some(_)) if c.is_ascii_digit() => {
            let number = first.strip_suffix(['.', ')'])?;
            (number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(NUMBER)
        }
        _ => None,
    }
}

/// Labels that surely open a paragraph somewhere in this file: `Mise-en-scène` in every scene.
pub struct Labels<'t>(BTreeSet<&'t str>);

impl<'t> Labels<'t> {
    /// The labels of rows that cannot go on from the row before.
    pub fn of(rows: &[Row<'t>], is_full: impl Fn(usize) -> bool) -> Self {
        let surely_open = (0..rows.len()).filter(|at| rows[*at].blank_before || !is_full(*at));
        Self(surely_open.filter_map(|at| label(rows[at].text)).collect())
    }

    /// Whether a row opens with one of them.
    pub fn knows(&self, text: &str) -> bool {
        label(text).is_some_and(|label| self.0.contains(label))
    }
}

/// What looks like a label before its colon: few words, a capital first, and a text that begins anew behind it.
pub fn label(text: &str) -> Option<&str> {
    const MOST_WORDS: usize = 8;
    let (label, rest) = text.trim_start().split_once(':')?;
    let (label, rest) =
        (label.trim_end(), rest.strip_prefix([' ', '\u{a0}']).or_else(|| rest.is_empty().then_some(""))?);
    let begins = |text: &str| text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let words = label.split_whitespace().collect::<Vec<_>>();
    let is_sentence = words.iter().any(|word| word.len() > 4 && word.ends_with(['.', '!', '?', ';']));
    (words.len() <= MOST_WORDS && begins(label) && (rest.is_empty() || begins(rest)) && !is_sentence)
        .then_some(label)
}

/// Whether a text begins in the middle of a sentence.
pub fn is_lowercase(text: &str) -> bool {
    let first = text
        .chars()
        .find(|c| !matches!(c, '“' | '‘' | '"' | '\'' | '(' | '[' | '«' | '\u{a0}' | '\u{202f}' | ' '));
    first.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ')' | ']' | '»' | '”' | '&'))
}

/// Whether a sentence may end here, before closing quotes and brackets.
pub fn ends_sentence(text: &str) -> bool {
    const CLOSING: [char; 10] = ['”', '’', '"', '\'', ')', ']', '»', '\u{a0}', '\u{202f}', ' '];
    text.trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_few_words_and_a_new_beginning() {
        for (text, expected) in [
            ("Biography: Born in Paris.", Some("Biography")),
            ("Contexte national : La France.", Some("Contexte national")),
            ("Vs. D. W. Griffith: The race.", Some("Vs. D. W. Griffith")),
            ("Metadata:", Some("Metadata")),
            ("He runs: nobody follows.", None),
            ("It ends. Then: Nothing.", None),
            ("http://x.org", None),
        ] {
            assert_eq!(label(text), expected, "{text}");
        }
    }

    #[test]
    fn a_dash_is_a_bullet_where_it_opens_paragraphs() {
        let row = |text| Row { text, blank_before: false };
        let dashes =
            [row("A list of three things that are dear to us all"), row("short"), row("- one"), row("- two")];
        assert!(Bullets::of(&dashes).opens("- three"));
        let glossary = [row("• Expressionism, the German manner of the silent years"), row("– a style")];
        assert!(!Bullets::of(&glossary).opens("– a style"));
        assert!(Bullets::of(&glossary).opens("  • x"));
    }

    #[test]
    fn sentences_end_before_their_closing_quotes() {
        assert!(ends_sentence("“Yes.”"));
        assert!(ends_sentence("« Oui\u{a0}!\u{a0}»"));
        assert!(!ends_sentence("a shadow"));
    }
}
