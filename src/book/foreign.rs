//! Foreign words, where the editor lists them: *mise en abyme*.

use super::annotate::Listed;
use super::passage::{Kind, Mark, passages, texts, wrap};
use super::works::occurrences;
use super::{Book, Run};
use std::cmp::Reverse;
use std::ops::Range;

/// Marks listed words, [`Run::Foreign`], wherever they stand whole; longer ones first.
pub fn mark(book: &mut Book, listed: &[Listed]) {
    let mut listed = listed.to_vec();
    listed.sort_by_key(|entry| Reverse(entry.words.chars().count()));
    let read = passages(book);
    for (text, passage) in texts(book).into_iter().zip(&read) {
        if passage.kind == Kind::Display {
            continue;
        }
        let mut places: Vec<(Range<usize>, &Listed)> = Vec::new();
        for entry in &listed {
            for (_, _, range) in occurrences(passage, &entry.words) {
                let taken =
                    places.iter().any(|(other, _)| other.start < range.end && range.start < other.end);
                if !taken && passage.is_free(&range, &[Mark::Emphasis, Mark::Strong]) {
                    places.push((range, entry));
                }
            }
        }
        places.sort_by_key(|(range, _)| Reverse(range.start));
        for (range, entry) in places {
            wrap(text.runs, range, &|runs| Run::Foreign { foreign: runs, lang: entry.lang.clone() });
        }
    }
}
