//! Links from a chapter's first use of a term to the glossary.

use super::passage::{Kind, Mark, Passage, Word, passages, texts, wrap};
use super::{Block, Book, Run, printed};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

/// An entry of the glossary: its leaf and the words of its term.
struct Entry {
    leaf: String,
    words: Vec<String>,
}

/// Links each term where a chapter first uses it, [`Run::Gloss`].
pub fn link(book: &mut Book) {
    let mut entries = entries(book);
    entries.sort_by_key(|entry| Reverse(entry.words.len()));
    let read = passages(book);
    let mut linked = BTreeSet::new();
    for (text, passage) in texts(book).into_iter().zip(&read) {
        let (Some(chapter), Kind::Body | Kind::Definition) = (passage.chapter, passage.kind) else {
            continue;
        };
        let mut places: Vec<(Range<usize>, &Entry)> = Vec::new();
        for entry in entries.iter().filter(|entry| entry.leaf != passage.leaf) {
            let done = (chapter, entry.leaf.as_str());
            if linked.contains(&done) {
                continue;
            }
            let may = [Mark::Emphasis, Mark::Strong];
            let is_open = |range: &Range<usize>| {
                passage.is_free(range, &may)
                    && places.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start)
            };
            if let Some(range) = uses(passage, &entry.words).find(is_open) {
                linked.insert(done);
                places.push((range, entry));
            }
        }
        places.sort_by_key(|(range, _)| Reverse(range.start));
        for (range, entry) in places {
            wrap(text.runs, range, &|runs| Run::Gloss { gloss: entry.leaf.clone(), text: runs });
        }
    }
}

/// The glossary's entries; where two have the same term, the first is meant.
fn entries(book: &Book) -> Vec<Entry> {
    let blocks = book.chapters.iter().flat_map(|chapter| {
        chapter.opening.iter().chain(chapter.sections.iter().flat_map(|section| &section.blocks))
    });
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for block in blocks {
        let Block::Glossary { items } = block else { continue };
        for item in items {
            let term = printed(&item.term);
            // "Pillow shot [枕]", "Long Take (plan-séquence)": the words before the bracket
            let term = term.split(['(', '[', '/']).next().unwrap_or_default();
            let words = super::passage::words(term);
            let words =
                words.iter().map(|Word { start, end }| folded(&term[*start..*end])).collect::<Vec<_>>();
            if !words.is_empty() && seen.insert(words.clone()) {
                entries.push(Entry { leaf: item.id.clone(), words });
            }
        }
    }
    entries
}

/// Where a passage uses a term: the words with one blank or hyphen between them, each in the singular
/// or in a simple plural.
fn uses<'a>(passage: &'a Passage, term: &'a [String]) -> impl Iterator<Item = Range<usize>> + 'a {
    (0..passage.words.len()).filter_map(move |first| {
        let last = first + term.len().checked_sub(1)?;
        let range = passage.range(first, last)?;
        let close = (first + 1..=last).all(|at| matches!(passage.gap(at), " " | "\u{a0}" | ""));
        let hyphenated = passage.gap(first).ends_with('-') || passage.gap(last + 1).starts_with('-');
        let same = (first..=last).zip(term).all(|(at, word)| is_form_of(&folded(passage.word(at)), word));
        (close && same && !hyphenated).then_some(range)
    })
}

/// The word with a small first letter and one kind of apostrophe.
fn folded(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
    (first + chars.as_str()).replace('\'', "’")
}

/// `shots`, `stories`, `faux raccords` for `shot`, `story`, `faux raccord`.
fn is_form_of(word: &str, term: &str) -> bool {
    let ending = word.strip_prefix(term);
    let plural = matches!(ending, Some("" | "s" | "es" | "x"));
    let changed = term.strip_suffix('y').and_then(|stem| word.strip_prefix(stem)) == Some("ies");
    let compound = term.split_once('-').is_some_and(|(left, right)| {
        word.split_once('-').is_some_and(|(a, b)| is_form_of(a, left) && is_form_of(b, right))
    });
    plural || changed || compound
}
