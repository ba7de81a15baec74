//! The index of films and people.

use super::passage::{Kind, Mark, Passage, passages, texts, wrap};
use super::people::{Known, People, Person, is_family_first, stands_alone};
use super::titles::{self, Title};
use super::vocabulary::{ARTICLES, PARTICLES, holds};
use super::works::{occurrences, plain};
use super::{Book, IndexEntry, IndexKind, Run};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the index may have an entry for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Heading {
    /// By what it is sorted.
    key: String,
    /// The words before the comma, or all of them: `Keaton, Buster`; a film's title.
    name: String,
    /// A film's year.
    year: Option<i32>,
    is_film: bool,
    lang: Option<String>,
}

/// Puts names into the text, [`Run::Named`], and the entries that they belong to into the index.
pub fn fill(book: &mut Book, titles: &[Title], crew: &[String]) {
    let read = passages(book);
    let people = People::find(
        &without_works(&read),
        &Known { language: &book.language, directors: &book.directors, crew },
    );
    let films = Films { titles, own: plain(&book.title), language: book.language.clone() };
    let mut places = Vec::new();
    let mut headings = BTreeSet::new();
    for passage in &read {
        let found =
            if passage.kind == Kind::Display { Vec::new() } else { places_of(passage, &people, &films) };
        headings.extend(found.iter().map(|(_, heading)| heading.clone()));
        places.push(found);
    }
    let ids: BTreeMap<Heading, String> =
        headings.into_iter().enumerate().map(|(at, heading)| (heading, format!("name-{}", at + 1))).collect();
    for (text, places) in texts(book).into_iter().zip(places) {
        for (range, heading) in places.into_iter().rev() {
            if let Some(entry) = ids.get(&heading) {
                wrap(text.runs, range, &|runs| Run::Named { entry: entry.clone(), text: runs });
            }
        }
    }
    book.index = ids.into_iter().map(|(heading, id)| entry(heading, id)).collect();
}

fn entry(heading: Heading, id: String) -> IndexEntry {
    let words = Run::Words(heading.name);
    if !heading.is_film {
        return IndexEntry { id, kind: IndexKind::Person, name: vec![words] };
    }
    let title = Run::Work { title: vec![words], lang: heading.lang };
    let year = heading.year.map(|year| Run::Words(format!(" ({year})")));
    IndexEntry { id, kind: IndexKind::Film, name: [Some(title), year].into_iter().flatten().collect() }
}

struct Films<'a> {
    titles: &'a [Title],
    /// The title under which the book's own film stands, whichever of its titles is used.
    own: String,
    language: String,
}

impl Films<'_> {
    fn heading(&self, words: &str) -> Option<Heading> {
        let title = self.titles.iter().find(|title| plain(&title.text) == plain(words))?;
        let own = self.titles.iter().find(|own| plain(&own.text) == self.own);
        let title = own.filter(|_| title.known == titles::Known::Own).unwrap_or(title);
        let name = title.text.trim().to_owned();
        let key = title_key(&name, &self.language, title.lang.as_deref());
        Some(Heading { key, name, year: title.year, is_film: true, lang: title.lang.clone() })
    }
}

/// Names of a passage, in reading order; none within another.
fn places_of(passage: &Passage, people: &People, films: &Films<'_>) -> Vec<(Range<usize>, Heading)> {
    let mut places: Vec<(Range<usize>, Heading)> = Vec::new();
    for (range, _) in passage.marked.iter().filter(|(_, mark)| *mark == Mark::Work) {
        let heading = passage.text.get(range.clone()).and_then(|words| films.heading(words));
        places.extend(heading.map(|heading| (range.clone(), heading)));
    }
    let mut add = |range: Range<usize>, person: &Person| {
        let apart = places.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start);
        if apart && passage.is_free(&range, &[Mark::Emphasis, Mark::Strong]) {
            places.push((range, heading_of(person)));
        }
    };
    for person in &people.certain {
        occurrences(passage, &person.full).into_iter().for_each(|(_, _, range)| add(range, person));
    }
    for at in 0..passage.words.len() {
        if let Some(person) = person_alone(passage, at, people) {
            let start = passage.words.get(at).map_or(0, |word| word.start);
            add(start..start + passage.bare(at).len(), person);
        }
    }
    places.sort_by_key(|(range, _)| range.start);
    places
}

/// The person whom a surname alone means, where it can mean only one.
fn person_alone<'a>(passage: &Passage, at: usize, people: &'a People) -> Option<&'a Person> {
    let word = passage.bare(at);
    let person = people.meant.get(word)?;
    let ordinary = people.small.contains(&word.to_lowercase());
    let vague = ordinary && (passage.is_first(at) || matches!(passage.kind, Kind::Heading | Kind::Label));
    (stands_alone(passage, at) && !vague).then_some(person)
}

/// How the index names a person. The given name follows; a particle that is written small goes with it
/// (`Stroheim, Erich von`), one that is written large is part of the surname (`De Sica, Vittorio`): so the
/// writing itself decides, as the bearers of these names and most English and French indexes do. Chinese
/// and Korean names stay as they are.
fn heading_of(person: &Person) -> Heading {
    let parts = person.full.split_whitespace().collect::<Vec<_>>();
    let name = if is_family_first(&parts) || parts.len() < 2 {
        person.full.clone()
    } else {
        let mut surname = parts.len() - 1;
        let is_large =
            |part: &str| holds(PARTICLES, part) || holds(&["la", "le", "mc", "st.", "ben", "el", "al"], part);
        while surname > 1
            && is_large(parts[surname - 1])
            && parts[surname - 1].starts_with(char::is_uppercase)
        {
            surname -= 1;
        }
        format!("{}, {}", parts[surname..].join(" "), parts[..surname].join(" "))
    };
    Heading { key: sort_key(&name), name, year: None, is_film: false, lang: None }
}

/// A title's key: without the article of its language.
fn title_key(title: &str, language: &str, lang: Option<&str>) -> String {
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
    let words = super::passage::words(title);
    let first = words.first().map_or("", |word| &title[word.start..word.end]);
    let rest = words.get(1).map_or(0, |word| word.start);
    sort_key(if holds(&articles, first) { &title[rest..] } else { title })
}

/// Letters and digits without marks and capitals, words parted by blanks; a comma sorts before everything.
fn sort_key(name: &str) -> String {
    let spelled = name.replace(['ß'], "ss").replace(['æ', 'Æ'], "ae").replace(['ø', 'Ø'], "o");
    let spelled = spelled.replace(['œ', 'Œ'], "oe").replace(['ł', 'Ł'], "l").replace(['đ', 'Đ'], "d");
    let folded = spelled.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let folded = folded.filter_map(|c| match c {
        ',' => Some('\u{1}'),
        c if c.is_alphanumeric() => Some(c),
        c if c.is_whitespace() || c == '-' => Some(' '),
        _ => None,
    });
    folded.collect()
}

/// The passages with dashes for the words of titles, so that none of them counts as a name.
fn without_works(read: &[Passage]) -> Vec<Passage> {
    let blank = |passage: &Passage| {
        let mut passage = passage.clone();
        for (range, _) in passage.marked.iter().filter(|(_, mark)| *mark == Mark::Work) {
            passage.text.replace_range(range.clone(), &"-".repeat(range.len()));
        }
        passage.words = super::passage::words(&passage.text);
        passage
    };
    read.iter().map(blank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_an_index_gives_them() {
        let cases = [
            ("Buster Keaton", "Keaton, Buster"),
            ("F. W. Murnau", "Murnau, F. W."),
            ("Erich von Stroheim", "Stroheim, Erich von"),
            ("Vittorio De Sica", "De Sica, Vittorio"),
            ("Hou Hsiao-hsien", "Hou Hsiao-hsien"),
            ("Jean-Luc Godard", "Godard, Jean-Luc"),
        ];
        for (full, expected) in cases {
            let person = Person { full: full.to_owned(), family: String::new() };
            assert_eq!(heading_of(&person).name, expected);
        }
    }

    #[test]
    fn the_order_passes_over_articles_and_accents() {
        let titles = ["À propos de Nice", "The Navigator", "Die Hard", "L’Atalante", "Un chien andalou"];
        let keys = titles.map(|title| title_key(title, "en", None));
        assert_eq!(keys, ["a propos de nice", "navigator", "die hard", "atalante", "chien andalou"]);
        assert!(sort_key("Clair, René") < sort_key("Clairmont, Ann"));
    }
}
