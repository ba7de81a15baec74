//! The index of films and people.

use super::filing::{article, filed_name};
use super::passage::{Kind, Mark, Passage, passages, texts};
use super::people::{Known, People, Person, stands_alone};
use super::titles::{self, Title};
use super::works::{occurrences, plain};
use super::wrap::wrap;
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
        return IndexEntry { id, kind: IndexKind::Person, name: vec![words], within: Vec::new() };
    }
    let title = Run::Work { title: vec![words], lang: heading.lang };
    let year = heading.year.map(|year| Run::Words(format!(" ({year})")));
    let name = [Some(title), year].into_iter().flatten().collect();
    IndexEntry { id, kind: IndexKind::Film, name, within: Vec::new() }
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
        for (_, _, range) in occurrences(passage, &person.full) {
            add(range, person);
        }
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

fn heading_of(person: &Person) -> Heading {
    let name = filed_name(&person.full);
    Heading { key: sort_key(&name), name, year: None, is_film: false, lang: None }
}

/// A title's key: without the article of its language.
pub fn title_key(title: &str, language: &str, lang: Option<&str>) -> String {
    sort_key(title.get(article(title, language, lang)..).unwrap_or(title))
}

/// Letters and digits without marks and capitals, words parted by blanks; a comma sorts before everything.
pub fn sort_key(name: &str) -> String {
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
    fn the_order_passes_over_articles_and_accents() {
        let titles = ["À propos de Nice", "The Navigator", "Die Hard", "L’Atalante", "Un chien andalou"];
        let keys = titles.map(|title| title_key(title, "en", None));
        assert_eq!(keys, ["a propos de nice", "navigator", "die hard", "atalante", "chien andalou"]);
        assert!(sort_key("Clair, René") < sort_key("Clairmont, Ann"));
    }
}
