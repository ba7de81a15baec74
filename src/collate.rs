//! Collation: the source's words, in order, held against those of the dossier and of each output.
//!
//! Letters and digits are compared, in order; capitals, blanks, punctuation and compatibility forms
//! (ligatures, full-width letters) do not count, because cleaning and typesetting may change them.

use crate::book::{Book, Printed};
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::{Dossier, plain};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many letters around a difference are shown.
const CONTEXT: usize = 60;

/// Letters and digits of a text, each with the byte at which it stands.
struct Letters {
    letters: Vec<char>,
    at: Vec<usize>,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut found = Self { letters: Vec::new(), at: Vec::new() };
        for (at, c) in text.char_indices() {
            found.push(c, at);
        }
        found
    }

    fn push(&mut self, c: char, at: usize) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.letters.push(c.to_ascii_lowercase());
                self.at.push(at);
            }
            return;
        }
        // marks do not count: composing Unicode may join them to their letters or change their order
        for part in std::iter::once(c)
            .nfkd()
            .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
        {
            self.letters.push(part);
            self.at.push(at);
        }
    }
}

fn letters(text: &str) -> Vec<char> {
    Letters::of(text).letters
}

/// Holds the source against the dossier that was recovered from it.
///
/// # Errors
/// The first place at which a word is missing, doubled or invented.
pub fn source_and_dossier(source: &Source, dossier: &Dossier) -> Result<(), Diagnostic> {
    let of_source = Letters::of(source.text());
    let texts = dossier.texts().filter(|(_, origin)| origin.is_text()).map(|(text, _)| plain(text));
    let of_dossier = texts.fold(Letters { letters: Vec::new(), at: Vec::new() }, |mut all, text| {
        text.char_indices().for_each(|(at, c)| all.push(c, at));
        all
    });
    let common = of_source.letters.iter().zip(&of_dossier.letters).take_while(|(a, b)| a == b).count();
    if common == of_source.letters.len() && common == of_dossier.letters.len() {
        return Ok(());
    }
    let at = of_source.at.get(common).copied().unwrap_or(source.text().len());
    let found = of_dossier.letters[common..].iter().take(CONTEXT).collect::<String>();
    let expected = of_source.letters[common..].iter().take(CONTEXT).collect::<String>();
    Err(Diagnostic::error(
        Code::Collation,
        format!("from here on the dossier does not hold the words of the source: “{found}” instead of “{expected}”"),
    )
    .at(Place::of(source, Span::new(at, at)))
    .hint("this is a fault of bookify, not of the text; the outputs of this dossier were not written"))
}

/// What an output shows too much or too little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The leaf that does not stand there as it should; `None` for words after the last one.
    pub leaf: Option<String>,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// Holds the text of an output against the book. Every leaf must stand there once, whole and in
/// order; between leaves only what the program supplies may stand: titles, numbers, the film card,
/// the colophon, terms.
///
/// # Errors
/// The first difference.
pub fn book_and_output(book: &Book, output: &str) -> Result<(), Difference> {
    let shown = letters(output);
    let supplied = Supplied::of(book);
    let mut at = 0;
    for leaf in book.printed() {
        let wanted = letters(&leaf.text);
        if wanted.is_empty() {
            continue;
        }
        let reachable = supplied.reach(&shown, at, |from| shown[from..].starts_with(&wanted));
        match reachable {
            Ok(from) => at = from + wanted.len(),
            Err(reached) => return Err(difference(&leaf, &shown, at, &reached, &wanted)),
        }
    }
    supplied.reach(&shown, at, |from| from == shown.len()).map(|_| ()).map_err(|reached| Difference {
        leaf: None,
        expected: String::new(),
        found: around(&shown, reached.last().copied().unwrap_or(at)),
    })
}

/// The place where the leaf is held longest tells what is wrong with it.
fn difference(leaf: &Printed, shown: &[char], at: usize, reached: &[usize], wanted: &[char]) -> Difference {
    let agree = |from: usize| shown[from..].iter().zip(wanted).take_while(|(a, b)| a == b).count();
    let best = reached.iter().copied().max_by_key(|from| (agree(*from), *from)).unwrap_or(at);
    let good = agree(best);
    Difference {
        leaf: Some(leaf.id.clone()),
        expected: around(wanted, good.saturating_sub(12)),
        found: around(shown, best + good.saturating_sub(12)),
    }
}

fn around(text: &[char], at: usize) -> String {
    text[at.min(text.len())..].iter().take(CONTEXT).collect()
}

/// What the program may print besides the leaves.
struct Supplied {
    /// By their first letter, longest first.
    phrases: Vec<Vec<char>>,
}

impl Supplied {
    fn of(book: &Book) -> Self {
        let mut phrases = BTreeSet::new();
        let mut add = |text: &str| {
            phrases.insert(letters(text));
        };
        book.terms.values().for_each(|term| add(term));
        book.colophon.iter().for_each(|line| add(line));
        for row in &book.card {
            add(&row.label);
            add(&row.value);
        }
        for film in &book.films {
            add(&film.title);
            film.year.iter().for_each(|year| add(&year.to_string()));
            film.date.iter().for_each(|date| add(date));
        }
        for text in [&book.tagline, &book.original_title, &book.club, &book.season].into_iter().flatten() {
            add(text);
        }
        book.directors.iter().for_each(|director| add(director));
        book.date.iter().for_each(|date| add(&date.long));
        add(&book.title);
        book.edition.title.iter().for_each(|title| add(title));
        book.index.iter().for_each(|entry| add(&crate::book::printed(&entry.name)));
        for row in &book.agenda {
            add(&row.label);
            row.question.iter().for_each(|question| add(question));
        }
        for film in book.almanac.iter().flat_map(|almanac| &almanac.films) {
            add(&film.title);
            film.year.iter().for_each(|year| add(&year.to_string()));
            film.date.iter().for_each(|date| add(&date.long));
            film.tagline.iter().chain(&film.directors).for_each(|text| add(text));
            for row in &film.card {
                add(&row.label);
                add(&row.value);
            }
        }
        for column in book.almanac.iter().flat_map(|almanac| &almanac.columns) {
            add(&column.numeral);
            add(&column.title);
        }
        for chapter in &book.chapters {
            add(&chapter.running);
            add(&crate::book::printed(&chapter.title.text));
            chapter.numeral.iter().for_each(|numeral| add(numeral));
            chapter.summary.iter().for_each(|line| add(line));
            for section in &chapter.sections {
                add(&crate::book::printed(&section.title.text));
            }
        }
        phrases.remove(&Vec::new());
        Self { phrases: phrases.into_iter().collect() }
    }

    /// The first place from `at` on, across supplied phrases and numbers, at which `arrived` holds;
    /// else every place that can be reached.
    fn reach(&self, shown: &[char], at: usize, arrived: impl Fn(usize) -> bool) -> Result<usize, Vec<usize>> {
        let mut open = BTreeSet::from([at]);
        let mut reached = Vec::new();
        while let Some(from) = open.pop_first() {
            if arrived(from) {
                return Ok(from);
            }
            reached.push(from);
            let rest = &shown[from..];
            let digits = rest.iter().take(4).take_while(|c| c.is_ascii_digit()).count();
            open.extend((1..=digits).map(|length| from + length));
            let phrases = self.phrases.iter().filter(|phrase| rest.starts_with(phrase));
            open.extend(phrases.map(|phrase| from + phrase.len()));
        }
        Err(reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_capitals_and_ligatures_do_not_count() {
        assert_eq!(letters("The ﬁlm’s Mise-en-scène"), letters("the film's miseen\nscène"));
        assert_ne!(letters("cafe"), letters("case"));
    }
}
