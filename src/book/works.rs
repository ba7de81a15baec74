//! The italics of titles, which a paste loses: set where they are certain, offered where they are not.

use super::annotate::{Names, Suggestion, Why};
use super::passage::{Kind, Mark, Passage, passages, texts};
use super::people::People;
use super::titles::{Known, Title, dated};
use super::verdict::{Place, Profile, Verdict};
use super::wrap::wrap;
use super::{Book, Run, printed};
use std::ops::Range;

/// What became of the titles of a book.
#[derive(Clone, Debug, Default)]
pub struct Works {
    /// The titles that are known.
    pub titles: Vec<Title>,
    /// Doubtful ones.
    pub doubts: Vec<Suggestion>,
}

/// Marks titles of works, [`Run::Work`].
pub fn restore(book: &mut Book, names: &Names, people: &People) -> Works {
    adopt_stressed_before_years(book);
    let read = passages(book);
    let mut works = Works { titles: known_titles(book, names), doubts: Vec::new() };
    for passage in read.iter().filter(|passage| passage.kind != Kind::Display) {
        for dated in dated(passage, people) {
            let text = passage.text[dated.range.clone()].to_owned();
            let is_marked = !passage.is_free(&dated.range, &[Mark::Strong]);
            if dated.certain && !is_marked {
                works.add(Title { text, year: Some(dated.year), lang: None, known: Known::Year });
            } else if !is_marked && !works.holds(&text) {
                works.doubts.push(Suggestion {
                    title: text,
                    year: Some(dated.year),
                    times: 1,
                    leaf: passage.leaf.clone(),
                    why: Why::LeftEdge,
                });
            }
        }
    }
    works.add_stressed(&read);
    works.titles.sort_by_key(|title| std::cmp::Reverse(title.text.chars().count()));
    let profile = Profile::of(&read, people);
    let settled = read.iter().map(|passage| works.settle(passage, &profile)).collect::<Vec<_>>();
    for (text, places) in texts(book).into_iter().zip(settled) {
        adopt_stressed(text.runs, &works.titles);
        for (range, title) in places.into_iter().rev() {
            let lang = title.lang;
            wrap(text.runs, range, &|runs| Run::Work { title: runs, lang: lang.clone() });
        }
    }
    let titles = works.titles.iter().map(|title| plain(&title.text)).collect::<Vec<_>>();
    works.doubts.retain(|doubt| doubt.why != Why::LeftEdge || !titles.contains(&plain(&doubt.title)));
    works
}

/// The titles that are certain before the text is read.
fn known_titles(book: &Book, names: &Names) -> Vec<Title> {
    let mut works = Works::default();
    for listed in &names.works {
        let (text, lang) = (listed.words.clone(), listed.lang.clone());
        works.add(Title { text, year: listed.year, lang, known: Known::Listed });
    }
    for title in [Some(&book.title), book.original_title.as_ref()].into_iter().flatten() {
        works.add(Title { text: title.clone(), year: book.year, lang: None, known: Known::Own });
    }
    for film in book.films.iter().filter(|film| !film.current) {
        works.add(Title { text: film.title.clone(), year: film.year, lang: None, known: Known::Season });
    }
    works.titles
}

impl Works {
    fn holds(&self, text: &str) -> bool {
        self.titles.iter().any(|title| plain(&title.text) == plain(text))
    }

    fn add(&mut self, title: Title) {
        let text = plain(&title.text);
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        match self.titles.iter_mut().find(|known| plain(&known.text) == text) {
            Some(known) => known.year = known.year.or(title.year),
            None => self.titles.push(title),
        }
    }

    /// Stressed words that stand before a year are a title.
    fn add_stressed(&mut self, read: &[Passage]) {
        for passage in read {
            for (range, _) in passage.marked.iter().filter(|(_, mark)| *mark == Mark::Work) {
                let year = year_behind(passage, range.end);
                let text = passage.text[range.clone()].to_owned();
                self.add(Title { text, year, lang: None, known: Known::Year });
            }
        }
    }

    /// The places of a passage where a title is certain, in reading order; doubtful ones are noted.
    fn settle(&mut self, passage: &Passage, profile: &Profile<'_>) -> Vec<(Range<usize>, Title)> {
        let mut settled: Vec<(Range<usize>, Title)> = Vec::new();
        if matches!(passage.kind, Kind::Display | Kind::Term) {
            return settled;
        }
        let mut open = Vec::new();
        let mut seen: Vec<Range<usize>> = Vec::new();
        for title in &self.titles {
            for (first, last, range) in occurrences(passage, &title.text) {
                let taken = seen.iter().any(|other| other.start < range.end && range.start < other.end);
                if taken || !passage.is_free(&range, &[Mark::Strong]) || is_quoted(passage, &range) {
                    continue;
                }
                seen.push(range.clone());
                let place = Place { passage, first, last, range, title };
                match place.verdict(profile, &[]) {
                    Verdict::Certain => settled.push((place.range, title.clone())),
                    Verdict::Doubtful => open.push(place),
                    Verdict::No => {}
                }
            }
        }
        // a doubtful one beside a certain one is certain: "Faust and Sunrise (1927)"
        let certain = settled.iter().map(|(range, _)| range.clone()).collect::<Vec<_>>();
        for place in open {
            if place.verdict(profile, &certain) == Verdict::Certain {
                settled.push((place.range, place.title.clone()));
            } else if place.title.known != Known::Listed {
                self.doubts.push(Suggestion {
                    title: place.title.text.clone(),
                    year: place.title.year,
                    times: 1,
                    leaf: passage.leaf.clone(),
                    why: Why::AlsoName,
                });
            }
        }
        settled.sort_by_key(|(range, _)| range.start);
        settled
    }
}

/// Where a title's words stand in a passage: numbers of the first and last words, and bytes.
pub fn occurrences(passage: &Passage, title: &str) -> Vec<(usize, usize, Range<usize>)> {
    let parts = super::passage::words(title);
    let (Some(start), Some(end)) = (parts.first(), parts.last()) else { return Vec::new() };
    let core = plain(&title[start.start..end.end]);
    let tail = &title[end.end..];
    let count = parts.len();
    let initial = title[start.start..].chars().next();
    let found = (0..passage.words.len()).filter_map(|first| {
        let last = first + count - 1;
        let range = passage.range(first, last)?;
        // most words are told apart by their first letters
        if passage.text[range.start..].chars().next() != initial {
            return None;
        }
        let shown = passage.text.get(range.clone())?;
        let owned = count == 1 || passage.is_owner(last);
        let bare = if owned { shown.strip_suffix("’s").or_else(|| shown.strip_suffix("'s")) } else { None };
        let length = [Some(shown), bare].into_iter().flatten().find(|shown| plain(shown) == core)?.len();
        let range = range.start..range.start + length;
        let tail = passage.text[range.end..].starts_with(tail).then_some(tail)?;
        Some((first, last, range.start..range.end + tail.len()))
    });
    found.collect()
}

/// A text with one kind of apostrophe and of blank.
pub fn plain(text: &str) -> String {
    text.trim().replace('\'', "’").replace('\u{a0}', " ")
}

/// The year in brackets that follows a byte of the passage.
pub fn year_behind(passage: &Passage, at: usize) -> Option<i32> {
    let digits = passage.text.get(at..)?.strip_prefix(" (")?;
    let (year, rest) = digits.split_at_checked(4)?;
    year.parse().ok().filter(|_| rest.starts_with([')', ',', ';']))
}

/// Whether the words stand alone between quotation marks, which say already what they are.
fn is_quoted(passage: &Passage, range: &Range<usize>) -> bool {
    let before = passage.text[..range.start].trim_end().chars().next_back();
    let behind = passage.text[range.end..].trim_start().chars().next();
    matches!(before, Some('“' | '"' | '«' | '‘' | '《'))
        && matches!(behind, Some('”' | '"' | '»' | '’' | '》' | ',' | '.'))
}

/// Stressed words that are exactly a title become one.
fn adopt_stressed(runs: &mut [Run], titles: &[Title]) {
    for run in runs {
        let Run::Emphasis { em } = run else {
            if let Some(inner) = run.inner_mut() {
                adopt_stressed(inner, titles);
            }
            continue;
        };
        let words = plain(&printed(em));
        if let Some(title) = titles.iter().find(|title| plain(&title.text) == words) {
            *run = Run::Work { title: std::mem::take(em), lang: title.lang.clone() };
        }
    }
}

/// Stressed words directly before a year in brackets become a title.
fn adopt_stressed_before_years(book: &mut Book) {
    for text in texts(book).into_iter().filter(|text| text.kind != Kind::Display) {
        let read = printed(text.runs);
        let mut at = 0;
        for run in text.runs.iter_mut() {
            at += printed(std::slice::from_ref(run)).len();
            let dated = read.get(at..).is_some_and(|rest| {
                let year = rest.strip_prefix(" (").and_then(|rest| rest.split_at_checked(4));
                year.is_some_and(|(year, rest)| year.parse::<i32>().is_ok() && rest.starts_with(')'))
            });
            if let (true, Run::Emphasis { em }) = (dated, &mut *run) {
                *run = Run::Work { title: std::mem::take(em), lang: None };
            }
        }
    }
}
