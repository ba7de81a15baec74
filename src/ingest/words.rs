//! Words as the evidence counts them: lower case, without accents, without punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, folded: `Mise-en-scène` gives `mise`, `en`, `scene`.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c) && c != '\'' && c != '’')
        .flat_map(split_elision)
        .map(fold)
        .filter(|word| !word.is_empty())
}

/// Lower case without accents or apostrophes.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    word.nfd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'œ' { 'e' } else { c })
        .collect()
}

/// `l'auteur` is two words in French; `director's` is one with an ending that does not count.
fn split_elision(word: &str) -> impl Iterator<Item = &str> {
    let (before, after) = match word.split_once(['\'', '’']) {
        Some((before, after)) if before.chars().count() <= 2 && !after.is_empty() => (before, after),
        Some((before, "s" | "S")) => (before, ""),
        _ => (word, ""),
    };
    [before, after].into_iter().filter(|part| !part.is_empty())
}

/// How many words a text has, as a person counts them.
pub fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let folded = |text| words(text).collect::<Vec<_>>().join(" ");
        assert_eq!(folded("The Director's Mise-en-scène (1959)"), "the director mise en scene 1959");
        assert_eq!(folded("L’auteur d'aujourd’hui"), "l auteur d aujourdhui");
    }
}
