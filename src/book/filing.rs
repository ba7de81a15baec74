//! Where a title and a name stand in an alphabetical list: `General, The`, `Keaton, Buster`.

use super::passage::words;
use super::people::is_family_first;
use super::vocabulary::{ARTICLES, PARTICLES, holds};

/// The title as a library's list has it, its article behind a comma: `General, The`; `Atalante, L’`.
/// `language` is the language of the book.
#[must_use]
pub fn filed_title(title: &str, language: &str) -> String {
    match title.split_at_checked(article(title, language, None)) {
        Some((article, rest)) if !article.is_empty() && !rest.is_empty() => {
            format!("{rest}, {}", article.trim_end())
        }
        _ => title.to_owned(),
    }
}

/// Length in bytes of the article with which a title begins, and of the blank behind it; `lang` is the
/// title's own language, where it is known.
pub fn article(title: &str, language: &str, lang: Option<&str>) -> usize {
    let english: &[&str] = &["the", "a", "an"];
    let french: &[&str] = &["le", "la", "les", "l’", "un", "une"];
    let mut articles = [english, french].concat();
    // "Die Hard" is no German title: further articles only where the language says so
    if [Some(language), lang]
        .into_iter()
        .flatten()
        .any(|tag| !tag.starts_with("en") && !tag.starts_with("fr"))
    {
        articles.extend(ARTICLES);
    }
    let words = words(title);
    let first = words.first().map_or("", |word| &title[word.start..word.end]);
    let rest = words.get(1).map_or(0, |word| word.start);
    if holds(&articles, first) { rest } else { 0 }
}

/// The name as a list has it. The given name follows; a particle that is written small goes with it
/// (`Stroheim, Erich von`), one that is written large is part of the surname (`De Sica, Vittorio`): so the
/// writing itself decides, as the bearers of these names and most English and French indexes do. Chinese
/// and Korean names stay as they are.
#[must_use]
pub fn filed_name(full: &str) -> String {
    let parts = full.split_whitespace().collect::<Vec<_>>();
    if is_family_first(&parts) || parts.len() < 2 {
        return full.to_owned();
    }
    let is_large = |part: &str| {
        let particle = holds(PARTICLES, part) || holds(&["la", "le", "mc", "st.", "ben", "el", "al"], part);
        particle && part.starts_with(char::is_uppercase)
    };
    let mut surname = parts.len() - 1;
    while surname > 1 && is_large(parts[surname - 1]) {
        surname -= 1;
    }
    format!("{}, {}", parts[surname..].join(" "), parts[..surname].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_an_index_gives_them() {
        let cases = [
            ("Harold Lloyd", "Lloyd, Harold"),
            ("G. W. Pabst", "Pabst, G. W."),
            ("Erich von Stroheim", "Stroheim, Erich von"),
            ("Vittorio De Sica", "De Sica, Vittorio"),
            ("Hou Hsiao-hsien", "Hou Hsiao-hsien"),
            ("Jean-Luc Godard", "Godard, Jean-Luc"),
            ("Cantinflas", "Cantinflas"),
        ];
        for (full, expected) in cases {
            assert_eq!(filed_name(full), expected);
        }
    }

    #[test]
    fn titles_as_a_library_lists_them() {
        let cases = [
            ("The General", "General, The"),
            ("L’Atalante", "Atalante, L’"),
            ("La Jetée", "Jetée, La"),
            ("Die Hard", "Die Hard"),
            ("A", "A"),
            ("M", "M"),
            ("", ""),
        ];
        for (title, expected) in cases {
            assert_eq!(filed_title(title, "en"), expected);
        }
    }
}
