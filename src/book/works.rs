//! The italics of titles, which a paste loses: set where they are certain, offered where they are not.

use super::annotate::{Names, Suggestion, Why};
use super::passage::{Kind, Mark, Passage, passages, texts, wrap};
use super::people::People;
use super::titles::{Known, Title, dated};
use super::vocabulary::{ARTICLES, FILM_WORDS, FINITE, OPENERS, PARTICLES, STYLES, holds};
use super::{Book, Run, printed};
use std::collections::BTreeMap;
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

/// Whether a title is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Certain,
    Doubtful,
    /// Part of another name.
    No,
}

/// What the whole text tells of its words.
struct Profile<'a> {
    read: &'a [Passage],
    people: &'a People,
    /// How often words with a capital are used as somebody's name.
    as_person: BTreeMap<String, usize>,
    /// What follows a small article somewhere: `General` of `the General`.
    behind_article: BTreeMap<String, usize>,
}

impl<'a> Profile<'a> {
    fn of(read: &'a [Passage], people: &'a People) -> Self {
        let mut profile = Self { read, people, as_person: BTreeMap::new(), behind_article: BTreeMap::new() };
        for passage in read.iter().filter(|passage| matches!(passage.kind, Kind::Body | Kind::Definition)) {
            for at in 0..passage.words.len() {
                let before = at.checked_sub(1).map_or("", |before| passage.word(before));
                let close = passage.gap(at) == " ";
                if close
                    && passage.is_capital(at)
                    && before.starts_with(char::is_lowercase)
                    && holds(ARTICLES, before)
                {
                    *profile.behind_article.entry(passage.bare(at).to_owned()).or_default() += 1;
                }
                let styled = close && before.starts_with(char::is_uppercase) && holds(STYLES, before);
                let acts = passage.gap(at + 1) == " " && ACTS.contains(&passage.word(at + 1));
                if passage.is_capital(at) && (styled || acts) {
                    *profile.as_person.entry(passage.bare(at).to_owned()).or_default() += 1;
                }
            }
        }
        profile
    }

    /// How often a title stands within a sentence.
    fn times(&self, title: &Title) -> usize {
        let places = self.read.iter().filter(|passage| passage.kind == Kind::Body).map(|passage| {
            let found = occurrences(passage, &title.text);
            found.iter().filter(|(first, ..)| !passage.is_first(*first)).count()
        });
        places.sum()
    }

    fn is_small(&self, word: &str) -> bool {
        self.people.small.contains(&word.to_lowercase())
    }
}

/// What people do and films do not.
const ACTS: &[&str] = &[
    "says",
    "said",
    "walks",
    "walked",
    "goes",
    "sits",
    "sat",
    "runs",
    "ran",
    "smiles",
    "smiled",
    "dies",
    "died",
    "sleeps",
    "loves",
    "loved",
    "weeps",
    "laughs",
    "laughed",
    "answers",
    "speaks",
    "spoke",
    "knows",
    "knew",
    "wants",
    "wanted",
    "himself",
    "herself",
    "who",
    "dit",
    "marche",
    "sourit",
    "meurt",
    "regarde",
    "aime",
    "pleure",
    "rit",
    "chante",
    "lui-même",
    "elle-même",
    "sait",
    "veut",
];

/// Where a title may stand.
struct Place<'a> {
    passage: &'a Passage,
    first: usize,
    last: usize,
    range: Range<usize>,
    title: &'a Title,
}

impl Place<'_> {
    fn verdict(&self, profile: &Profile<'_>, certain: &[Range<usize>]) -> Verdict {
        let year = year_behind(self.passage, self.range.end);
        if year.is_some() && (self.title.year.is_none() || year == self.title.year) {
            return Verdict::Certain;
        }
        if self.is_whole() && self.first < self.last {
            return Verdict::Certain;
        }
        if self.is_part_of_name(profile) {
            return Verdict::No;
        }
        let certain = if self.first == self.last {
            self.is_certain_word(profile) || (self.is_near(certain) && !self.is_at_start(profile))
        } else {
            self.is_certain_phrase(profile) || self.has_cue(profile) || self.is_near(certain)
        };
        if certain { Verdict::Certain } else { Verdict::Doubtful }
    }

    /// Whether the passage is the title and nothing else.
    fn is_whole(&self) -> bool {
        self.first == 0 && self.last + 1 == self.passage.words.len()
    }

    /// `The General Strike`, `Count Nosferatu`, `Hotel Metropolis`.
    fn is_part_of_name(&self, profile: &Profile<'_>) -> bool {
        let passage = self.passage;
        let next = self.last + 1;
        let behind = passage.gap(next).starts_with(' ')
            && passage.gap(next).len() == 1
            && !passage.is_owner(self.last);
        let goes_on =
            behind && passage.is_capital(next) && !profile.people.likely.contains(passage.bare(next));
        let particle = behind && holds(PARTICLES, passage.word(next)) && passage.is_capital(next + 1);
        let hyphen =
            passage.gap(next).starts_with(['-', '–', '/']) || passage.gap(self.first).ends_with(['-', '/']);
        // "Nosferatu, a Symphony of Horror"
        let subtitle = passage.kind == Kind::Value
            && passage.gap(next) == ", "
            && holds(ARTICLES, passage.word(next))
            && passage.is_capital(next + 1);
        goes_on
            || subtitle
            || (particle && self.first == self.last && self.title.known != Known::Own)
            || hyphen
            || self.is_named_before()
    }

    fn is_named_before(&self) -> bool {
        let Some(before) = self.first.checked_sub(1).filter(|_| self.passage.gap(self.first) == " ") else {
            return false;
        };
        let passage = self.passage;
        let word = passage.word(before);
        if !passage.is_capital(before)
            || passage.is_owner(before)
            || holds(ARTICLES, passage.word(self.first))
        {
            return false;
        }
        holds(STYLES, word) || !passage.is_first(before) || !holds(OPENERS, word) && self.first == self.last
    }

    /// A title of several words: `The General`, `Tokyo Story`, `Barry Lyndon`.
    fn is_certain_phrase(&self, profile: &Profile<'_>) -> bool {
        let passage = self.passage;
        if self.title.known == Known::Listed {
            return true;
        }
        let opens = holds(ARTICLES, passage.word(self.first));
        let large =
            (self.first + 1..=self.last).filter(|at| passage.is_capital(*at) || passage.is_number(*at));
        if passage.is_first(self.first) {
            // "the General" may be somebody or something else; not where it is rare
            let noun = profile.behind_article.get(passage.bare(self.first + 1)).copied().unwrap_or(0);
            let also_noun = opens && self.last == self.first + 1 && noun * 4 > profile.times(self.title);
            // "La chienne" at the start of a sentence may be any bitch
            let ordinary = (self.first..=self.last).all(|at| profile.is_small(passage.bare(at)));
            return (large.count() > 0 || !ordinary) && !also_noun;
        }
        let last = passage.bare(self.last);
        let is_name = !opens && (self.first..=self.last).all(|at| passage.is_capital(at));
        !(is_name && profile.as_person.get(last).is_some_and(|times| *times > 0))
    }

    /// A title of one word, which may be a word or a name like others.
    fn is_certain_word(&self, profile: &Profile<'_>) -> bool {
        if self.is_at_start(profile) {
            return false;
        }
        let word = self.passage.bare(self.first);
        let article = self.is_behind(|before| holds(ARTICLES, before));
        match self.title.known {
            Known::Listed => true,
            Known::Own => !article && (!profile.as_person.contains_key(word) || self.has_cue(profile)),
            Known::Season | Known::Year => !article && self.has_cue(profile),
        }
    }

    /// Whether the capital may be that of a sentence: `Home is`, unless a film's verb follows.
    fn is_at_start(&self, profile: &Profile<'_>) -> bool {
        let passage = self.passage;
        let heading = matches!(passage.kind, Kind::Heading | Kind::Label);
        let word = passage.bare(self.first);
        let follows = passage.gap(self.last + 1) == " " && holds(FINITE, passage.word(self.last + 1));
        (heading || passage.is_first(self.first)) && profile.is_small(word) && !follows
    }

    /// `his film Faust`, `Dreyer’s Vampyr`.
    fn has_cue(&self, profile: &Profile<'_>) -> bool {
        let passage = self.passage;
        let owner = self.first.checked_sub(1).filter(|_| passage.gap(self.first) == " ");
        let owned = owner.is_some_and(|owner| {
            passage.is_owner(owner) && profile.people.likely.contains(passage.bare(owner))
        });
        owned || self.is_behind(|before| holds(FILM_WORDS, before) || holds(&["his", "her", "their"], before))
    }

    fn is_behind(&self, test: impl Fn(&str) -> bool) -> bool {
        let before = self.first.checked_sub(1).filter(|_| self.passage.gap(self.first) == " ");
        before.is_some_and(|before| self.passage.is_small(before) && test(self.passage.word(before)))
    }

    /// Whether no more than a comma or an "and" parts it from a title that is certain.
    fn is_near(&self, certain: &[Range<usize>]) -> bool {
        let text = &self.passage.text;
        let is_link = |between: Option<&str>| {
            between.is_some_and(|between| {
                let rest = between.split_once('(').map_or(between, |(before, behind)| {
                    behind.split_once(')').map_or(before, |(_, rest)| rest)
                });
                [", ", " and ", ", and ", " et ", " or ", " ou "].contains(&rest)
            })
        };
        certain.iter().any(|other| {
            is_link(text.get(other.end..self.range.start)) || is_link(text.get(self.range.end..other.start))
        })
    }
}

/// Where a title's words stand in a passage: numbers of the first and last words, and bytes.
pub fn occurrences(passage: &Passage, title: &str) -> Vec<(usize, usize, Range<usize>)> {
    let parts = super::passage::words(title);
    let (Some(start), Some(end)) = (parts.first(), parts.last()) else { return Vec::new() };
    let core = plain(&title[start.start..end.end]);
    let tail = &title[end.end..];
    let count = parts.len();
    let found = (0..passage.words.len()).filter_map(|first| {
        let last = first + count - 1;
        let range = passage.range(first, last)?;
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
fn year_behind(passage: &Passage, at: usize) -> Option<i32> {
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
            if let Some(inner) = run.inner_mut().filter(|_| true) {
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
