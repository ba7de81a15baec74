//! Titles that are not certain, for the editor to accept.

use super::Book;
use super::annotate::{Suggestion, Why};
use super::passage::{Kind, Mark, Passage, passages};
use super::people::{People, bare_between, names};
use super::vocabulary::{
    ARTICLES, CONNECTORS, FILM_WORDS, JOINTS, NATIONS, NO_PERSON, NO_TITLE, PRIZES, STYLES, holds,
};
use super::works::{Works, plain};
use std::collections::BTreeMap;
use std::ops::Range;

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
    let works = passage.marked.iter().filter(|(_, mark)| *mark == Mark::Work);
    let mut titles = works.map(|(range, _)| range.clone()).collect::<Vec<_>>();
    let mut found: BTreeMap<usize, (usize, Why)> = BTreeMap::new();
    // a title beside one that was found only now counts too: "The Old Mill, Faust and Wind"
    loop {
        let known = found.len();
        let mut at = 0;
        while at < passage.words.len() {
            if let Some((last, _)) = found.get(&at) {
                at = last + 1;
                continue;
            }
            let last = end_of_title(passage, at, people);
            if let Some((last, why)) =
                last.and_then(|last| Some((last, why(passage, at, last, people, &titles)?)))
            {
                found.insert(at, (last, why));
                titles.extend(passage.range(at, last));
                at = last;
            }
            at += 1;
        }
        if found.len() == known {
            break;
        }
    }
    let found = found.into_iter().filter_map(|(first, (last, why))| {
        let free = passage.is_free(&passage.range(first, last)?, &[Mark::Strong]);
        let title = bare_between(passage, first, last);
        free.then_some(Suggestion { title, year: None, times: 1, leaf: passage.leaf.clone(), why })
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

fn why(
    passage: &Passage,
    first: usize,
    last: usize,
    people: &People,
    titles: &[Range<usize>],
) -> Option<Why> {
    let words = || first..=last;
    let is_person = people.certain.iter().any(|person| person.full == bare_between(passage, first, last))
        || first == last && people.likely.contains(passage.bare(first));
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
    if (close || passage.gap(first).trim_start_matches('.') == ", ")
        && holds(ARTICLES, passage.word(first))
        && several
    {
        return Some(if owner { Why::Owned } else { Why::Article });
    }
    if is_quote(passage, first) && last > first + 1 {
        return Some(Why::Quoted);
    }
    if close && owner && !is_other {
        return Some(Why::Owned);
    }
    if is_other || is_person {
        return None;
    }
    let range = passage.range(first, last)?;
    let is_near = titles.iter().any(|title| {
        is_link(passage.text.get(title.end..range.start)) || is_link(passage.text.get(range.end..title.start))
    });
    if is_near {
        return Some(Why::AmongTitles);
    }
    let is_like_person = names(passage, &people.small).contains(&(first, last));
    let beside =
        close && !is_like_person && passage.is_small(before) && holds(FILM_WORDS, passage.word(before));
    beside.then_some(Why::BesideFilm)
}

/// Whether no more than a year and a comma or an "and" stand between two titles.
fn is_link(between: Option<&str>) -> bool {
    between.is_some_and(|between| {
        let year = between.split_once(')').filter(|(year, _)| year.starts_with(" ("));
        let rest = year.map_or(between, |(_, rest)| rest).trim_start_matches('.');
        [", ", " and ", ", and ", " et ", " or ", " ou "].contains(&rest)
    })
}
