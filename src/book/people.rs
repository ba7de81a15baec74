//! People: which capitalised words are somebody's name.
//!
//! Critics call the people of a film by their surnames and its characters by their first names; that,
//! and whether a name ever follows an article or a preposition of place, tells most of them apart.

use super::passage::{Kind, Passage};
use super::vocabulary::{
    ARTICLES, CONTRACTED, FAMILY_FIRST, NATIONS, NO_PERSON, OPENERS, PARTICLES, PRIZES, STYLES, WHERE, holds,
};
use std::collections::{BTreeMap, BTreeSet};

/// A person whom the text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as the text has it: `Buster Keaton`.
    pub full: String,
    /// The part that stands for the whole: `Keaton`; of `Wong Kar-wai` it is `Wong`.
    pub family: String,
}

/// Everybody, and every word that is at least likely to be a name.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Those who are certain, in alphabetical order of their names as they stand.
    pub certain: Vec<Person>,
    /// By surname, whom it means where it stands alone.
    pub meant: BTreeMap<String, Person>,
    /// Words that are parts of what may be names.
    pub likely: BTreeSet<String>,
    /// Words that the text also writes with a small first letter.
    pub small: BTreeSet<String>,
    /// Capitalised words that stand alone within a sentence: how often, and how often behind a
    /// preposition of place.
    pub alone: BTreeMap<String, (usize, usize)>,
    /// First words of what may be full names.
    givens: BTreeSet<String>,
    /// The text's language.
    pub language: String,
}

/// What the book says of people outside its text.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The language of the text.
    pub language: &'a str,
    /// Who directed the film.
    pub directors: &'a [String],
    /// Names of facts, in lower case, whose values are people.
    pub crew: &'a [String],
}

/// How often a name, or a part of one, was seen, and in what company.
#[derive(Clone, Debug, Default)]
struct Sightings {
    times: usize,
    owning: usize,
    behind_article: usize,
    behind_place: usize,
    in_facts: bool,
    opening: usize,
    in_text: usize,
}

impl People {
    /// Finds them. Directors are certain; so is a full name in the value of a fact of the crew.
    pub fn find(passages: &[Passage], book: &Known<'_>) -> Self {
        let language = book.language.to_owned();
        let mut people = Self { small: small_words(passages), language, ..Self::default() };
        let mut full: BTreeMap<String, Sightings> = BTreeMap::new();
        for director in book
            .directors
            .iter()
            .map(|name| without_bracket(name))
            .filter(|name| name.contains(char::is_whitespace))
        {
            full.entry(director.to_owned()).or_default().in_facts = true;
        }
        for passage in passages.iter().filter(|passage| !matches!(passage.kind, Kind::Heading | Kind::Term)) {
            let is_crew =
                passage.field.as_ref().is_some_and(|field| book.crew.contains(&field.to_lowercase()));
            for (first, last) in names(passage, &people.small) {
                let name = bare_between(passage, first, last);
                let seen = full.entry(name).or_default();
                seen.see(passage, first, last);
                seen.in_facts |= is_crew;
            }
        }
        let alone = alone(passages);
        people.alone.extend(alone.iter().map(|(word, seen)| (word.clone(), (seen.times, seen.behind_place))));
        people.givens =
            full.keys().filter_map(|name| name.split_whitespace().next()).map(str::to_owned).collect();
        for (name, seen) in &full {
            let parts = name.split_whitespace().collect::<Vec<_>>();
            if parts.iter().any(|part| holds(NO_PERSON, part) || holds(PRIZES, part)) {
                continue;
            }
            if seen.behind_article == 0 {
                people
                    .likely
                    .extend(parts.iter().filter(|part| is_long(part)).map(|part| (*part).to_owned()));
            }
            if let Some(person) = people.judge(name, &parts, seen, &alone) {
                people.certain.push(person);
            }
        }
        people.namesakes(&full, passages);
        people
    }

    /// Settles whom a surname means that several people bear: the one whom the film's facts name, and
    /// then others of that name count only where they are named in full more than once.
    fn namesakes(&mut self, full: &BTreeMap<String, Sightings>, passages: &[Passage]) {
        let of = |person: &Person| full.get(&person.full).cloned().unwrap_or_default();
        let known = self.certain.iter().filter(|person| of(person).in_facts);
        let known =
            known.map(|person| (person.family.clone(), person.full.clone())).collect::<BTreeMap<_, _>>();
        self.certain.retain(|person| {
            let seen = of(person);
            seen.in_facts || seen.times > 1 || !known.contains_key(&person.family)
        });
        let styled = styled(passages);
        for person in &self.certain {
            let others = self.certain.iter().filter(|other| other.family == person.family).count();
            let meant = match known.get(&person.family) {
                Some(full) => *full == person.full,
                None => others == 1 && !styled.contains(&person.family),
            };
            if meant {
                self.meant.insert(person.family.clone(), person.clone());
            }
        }
    }

    fn judge(
        &self,
        name: &str,
        parts: &[&str],
        seen: &Sightings,
        alone: &BTreeMap<String, Sightings>,
    ) -> Option<Person> {
        let (first, last) = (*parts.first()?, *parts.last()?);
        let family = if is_family_first(parts) { first } else { family_of(parts) };
        let person = Person { full: name.to_owned(), family: family.to_owned() };
        if seen.in_facts && is_long(last) {
            return Some(person);
        }
        let times = |word: &str| alone.get(word).map_or(0, |seen| seen.times);
        let given = if family == first { last } else { first };
        let is_ordinary = |word: &str| self.small.contains(&word.to_lowercase());
        let is_character = times(given) > times(family);
        let particle =
            parts.iter().any(|part| holds(PARTICLES, part) && part.starts_with(char::is_lowercase));
        let family_is_place = alone.get(family).is_some_and(|seen| seen.behind_place * 2 > seen.times);
        let is_place = seen.behind_place * 2 >= seen.times || particle && family_is_place;
        let opens_otherwise = [NATIONS, STYLES, OPENERS].iter().any(|list| holds(list, first));
        let is_compound = first.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
        if !is_long(family) || is_character || is_place || opens_otherwise || seen.behind_article > 0 {
            return None;
        }
        if is_compound && family != first {
            return None;
        }
        let named_again = times(family) > 0;
        let only_opens = seen.times == 1 && seen.opening == 1;
        let ordinary = is_ordinary(first) || is_ordinary(last);
        if only_opens && self.givens.contains(family) {
            return None; // "Whenever Antoine": Antoine Doinel's given name
        }
        let enough = if ordinary {
            times(family) > 1 && seen.times > 1 && seen.in_text > 0
        } else {
            named_again || (!particle && seen.times > 1 && seen.owning > 0)
        };
        enough.then_some(person)
    }
}

impl Sightings {
    fn see(&mut self, passage: &Passage, first: usize, last: usize) {
        self.times += 1;
        self.owning += usize::from(passage.is_owner(last));
        let in_text = matches!(passage.kind, Kind::Body | Kind::Definition);
        self.in_text += usize::from(in_text);
        self.opening += usize::from(in_text && passage.is_first(first));
        if let Some(before) = first.checked_sub(1).filter(|_| passage.gap(first) == " ") {
            let word = passage.word(before);
            self.behind_article += usize::from(holds(ARTICLES, word) || holds(CONTRACTED, word));
            self.behind_place += usize::from(holds(WHERE, passage.word(before)));
        }
    }
}

impl People {
    /// Whether a word is the surname of somebody who is certain.
    pub fn is_family(&self, word: &str) -> bool {
        self.certain.iter().any(|person| person.family == word)
    }
}

/// Numbers of the first and last words of every run of capitalised words that may be a full name.
pub fn names(passage: &Passage, small: &BTreeSet<String>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        let Some(last) = end_of_name(passage, at) else {
            at += 1;
            continue;
        };
        let mut first = at;
        let is_opener = |at: usize| {
            let word = passage.word(at);
            holds(OPENERS, word) || (passage.is_first(at) && small.contains(&word.to_lowercase()))
        };
        while first < last && is_opener(first) {
            first += 1;
        }
        let length = last - first + 1;
        let divided =
            passage.gap(first).ends_with('/') || passage.gap(last + 1).trim_start().starts_with('/');
        if (2..=5).contains(&length) && !divided && !holds(ARTICLES, passage.word(first)) {
            found.push((first, last));
        }
        at = last + 1;
    }
    found
}

/// `Edward Yang` of `Edward Yang (楊德昌)`.
fn without_bracket(name: &str) -> &str {
    name.split(['(', '[']).next().unwrap_or_default().trim()
}

/// The last word of the run of capitalised words that begins at `first`, where one does.
fn end_of_name(passage: &Passage, first: usize) -> Option<usize> {
    if !passage.is_capital(first) {
        return None;
    }
    let mut last = first;
    loop {
        let next = last + 1;
        if passage.is_owner(last) || !is_joined(passage, next) {
            return Some(last);
        }
        if passage.is_capital(next) {
            last = next;
        } else if holds(PARTICLES, passage.word(next)) {
            // "Erich von Stroheim"; but "Prix de la Critique", "Zéro de conduite"
            let small = usize::from(holds(PARTICLES, passage.word(next + 1)));
            let behind = next + 1 + small;
            let all_joined = (next + 1..=behind).all(|at| is_joined(passage, at));
            if !all_joined || !passage.is_capital(behind) {
                return Some(last);
            }
            last = behind;
        } else {
            return Some(last);
        }
    }
}

fn is_joined(passage: &Passage, at: usize) -> bool {
    match passage.gap(at) {
        " " | "\u{a0}" => true,
        "" => at < passage.words.len(),
        ". " | "." | ".\u{a0}" => at > 0 && passage.is_abbreviated(at - 1) && passage.word(at - 1) != "No",
        _ => false,
    }
}

/// The words without the `’s` of the last.
pub fn bare_between(passage: &Passage, first: usize, last: usize) -> String {
    let words = passage.between(first, last);
    let bare = words.strip_suffix("’s").or_else(|| words.strip_suffix("'s")).unwrap_or(words);
    bare.replace('\u{a0}', " ")
}

/// Capitalised words that stand alone within a sentence, without `’s`.
fn alone(passages: &[Passage]) -> BTreeMap<String, Sightings> {
    let mut found: BTreeMap<String, Sightings> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| matches!(passage.kind, Kind::Body | Kind::Definition)) {
        for at in 0..passage.words.len() {
            // the last word of "Boule de Suif" does not stand alone
            let in_name = at > 1 && holds(PARTICLES, passage.word(at - 1)) && passage.is_capital(at - 2);
            if stands_alone(passage, at) && !passage.is_first(at) && !in_name {
                found.entry(passage.bare(at).to_owned()).or_default().see(passage, at, at);
            }
        }
    }
    found
}

/// Words that stand behind `Mr`, `Count` and the like.
fn styled(passages: &[Passage]) -> BTreeSet<String> {
    let of = |passage: &Passage| {
        let behind = |at: &usize| *at > 0 && is_joined(passage, *at) && holds(STYLES, passage.word(at - 1));
        let large = |at: &usize| passage.is_capital(*at) && passage.is_capital(at - 1);
        let found = (0..passage.words.len()).filter(behind).filter(large);
        found.map(|at| passage.bare(at).to_owned()).collect::<Vec<_>>()
    };
    passages.iter().flat_map(of).collect()
}

/// Whether a capitalised word has no other capitalised word beside it that belongs to it.
pub fn stands_alone(passage: &Passage, at: usize) -> bool {
    if !passage.is_capital(at) {
        return false;
    }
    let before = at.checked_sub(1).filter(|before| is_joined(passage, at) && !passage.is_owner(*before));
    let is_name_before = before.is_some_and(|before| {
        let word = passage.word(before);
        let opens = passage.is_first(before) && holds(OPENERS, word);
        holds(STYLES, word) || (passage.is_capital(before) && !opens)
    });
    let is_name_behind = !passage.is_owner(at) && is_joined(passage, at + 1) && passage.is_capital(at + 1);
    !is_name_before && !is_name_behind
}

/// Words that are written with a small first letter somewhere.
fn small_words(passages: &[Passage]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for passage in passages {
        let words = (0..passage.words.len()).filter(|at| passage.is_small(*at));
        found.extend(words.map(|at| passage.bare(at).to_owned()));
    }
    found
}

/// More than an initial.
fn is_long(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && word.starts_with(char::is_uppercase)
}

/// `Wong Kar-wai`, `Zhang Yimou`: the family name stands first, in the index too.
pub fn is_family_first(parts: &[&str]) -> bool {
    let second = parts.get(1).is_some_and(|second| {
        let small_behind =
            second.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
        small_behind || parts.len() == 2
    });
    second && parts.first().is_some_and(|first| FAMILY_FIRST.contains(first))
}

/// `Keaton`; `De Sica`, whose particle is written large; `Stroheim` of `Erich von Stroheim`.
fn family_of<'a>(parts: &[&'a str]) -> &'a str {
    parts.last().copied().unwrap_or_default()
}
