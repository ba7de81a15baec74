//! Titles that are not certain, for the editor to accept.

use super::Book;
use super::annotate::{Suggestion, Why};
use super::passage::{Kind, Mark, Passage, passages};
use super::people::{People, bare_between, names};
use super::vocabulary::{
    ARTICLES, CONNECTORS, FILM_WORDS, JOINTS, NATIONS, NO_PERSON, NO_TITLE, PARTICLES, PRIZES, STYLES, holds,
};
use super::works::{Works, plain};
use std::collections::BTreeMap;

/// Doubtful titles and words that look like titles, one entry a title, in the order of their first places.
pub fn suggest(book: &mut Book, works: &Works, people: &People) -> Vec<Suggestion> {
    let read = passages(book);
    let headings = read.iter().filter(|passage| matches!(passage.kind, Kind::Heading | Kind::Label));
    let headings = headings.map(|passage| passage.text.to_lowercase()).collect::<Vec<_>>();
    let mut order = BTreeMap::new();
    for passage in &read {
        let next = order.len();
        order.entry(passage.leaf.as_str()).or_insert(next);
    }
    let mut found = works.doubts.clone();
    for passage in
        read.iter().filter(|passage| matches!(passage.kind, Kind::Body | Kind::Definition | Kind::Value))
    {
        found.extend(candidates(passage, people));
    }
    found.retain(|it| !headings.contains(&it.title.to_lowercase()));
    found.sort_by_key(|it| order.get(it.leaf.as_str()).copied());
    let mut merged: Vec<Suggestion> = Vec::new();
    for suggestion in found {
        let same = merged.iter_mut().find(|other| plain(&other.title) == plain(&suggestion.title));
        match same {
            Some(other) => {
                other.times += 1;
                other.year = other.year.or(suggestion.year);
                other.why = other.why.min(suggestion.why);
            }
            None => merged.push(suggestion),
        }
    }
    merged
}

fn candidates(passage: &Passage, people: &People) -> Vec<Suggestion> {
    let mut found: Vec<(usize, usize, Why)> = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        let last = end_of_title(passage, at, people);
        let why = last.and_then(|last| why(passage, at, last, people));
        if let (Some(last), Some(why)) = (last, why) {
            found.push((at, last, why));
            at = last;
        }
        at += 1;
    }
    let found = found.into_iter().filter_map(|(first, last, why)| {
        let range = passage.range(first, last)?;
        let title = bare_between(passage, first, last);
        let free = passage.is_free(&range, &[Mark::Strong]);
        let leaf = passage.leaf.clone();
        free.then_some(Suggestion { title, year: None, times: 1, leaf, why })
    });
    found.collect()
}

/// The last word of a capitalised phrase; small words may stand within it.
fn end_of_title(passage: &Passage, first: usize, people: &People) -> Option<usize> {
    let year = passage.is_number(first) && passage.word(first).len() == 4;
    let opens =
        passage.is_capital(first) || !year && passage.is_number(first) && passage.is_capital(first + 1);
    if !opens || passage.is_first(first) && !is_quote(passage, first) {
        return None;
    }
    let mut last = first;
    let mut at = first + 1;
    while at < passage.words.len() && matches!(passage.gap(at), " " | "\u{a0}" | "") && at < first + 9 {
        if passage.is_capital(at) && !(at > first + 1 && people.is_family(passage.bare(at))) {
            last = at;
        } else if !holds(CONNECTORS, passage.word(at)) || holds(JOINTS, passage.word(at)) {
            break;
        }
        at += 1;
    }
    Some(last)
}

fn is_quote(passage: &Passage, at: usize) -> bool {
    passage.gap(at).ends_with(['“', '«', '"', '\u{a0}']) && passage.gap(at).contains(['“', '«', '"'])
}

fn why(passage: &Passage, first: usize, last: usize, people: &People) -> Option<Why> {
    let words = || first..=last;
    let is_name = names(passage, &people.small).contains(&(first, last))
        || first == last && people.likely.contains(passage.bare(first))
        || words().any(|at| {
            holds(PARTICLES, passage.word(at)) && !holds(ARTICLES, passage.word(first)) && first == at
        });
    let is_other = words().any(|at| holds(PRIZES, passage.word(at)) || holds(NO_PERSON, passage.word(at)))
        || holds(NATIONS, passage.word(first))
        || holds(STYLES, passage.word(first));
    let before = first.checked_sub(1)?;
    let close = passage.gap(first) == " ";
    let owner = passage.is_owner(before) && people.likely.contains(passage.bare(before));
    let several = last > first;
    if words().any(|at| holds(NO_TITLE, passage.word(at))) {
        return None;
    }
    if close && holds(ARTICLES, passage.word(first)) && several {
        return Some(if owner { Why::Owned } else { Why::Article });
    }
    if is_quote(passage, first) && last > first + 1 {
        return Some(Why::Quoted);
    }
    if close && owner && !is_other {
        return Some(Why::Owned);
    }
    if is_other || is_name {
        return None;
    }
    let range = passage.range(first, last)?;
    let is_near = passage.marked.iter().filter(|(_, mark)| *mark == Mark::Work).any(|(work, _)| {
        let between =
            passage.text.get(work.end..range.start).or_else(|| passage.text.get(range.end..work.start));
        between.is_some_and(|between| {
            let rest = between
                .split_once(')')
                .filter(|(year, _)| year.starts_with(" ("))
                .map_or(between, |(_, rest)| rest);
            [", ", " and ", ", and ", " et ", " or ", " ou "].contains(&rest)
        })
    });
    if is_near {
        return Some(Why::AmongTitles);
    }
    let beside = close && passage.is_small(before) && holds(FILM_WORDS, passage.word(before));
    beside.then_some(Why::BesideFilm)
}
