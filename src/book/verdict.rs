//! Whether a title is meant where its words stand, or a name, a common word, a part of something else.

use super::passage::{Kind, Passage};
use super::people::People;
use super::titles::{Known, Title};
use super::vocabulary::{ARTICLES, FILM_WORDS, FINITE, OPENERS, PARTICLES, STYLES, holds};
use super::works::{occurrences, year_behind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Whether a title is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Certain,
    /// It may be.
    Doubtful,
    /// Part of another name.
    No,
}

/// What the whole text tells of its words.
pub struct Profile<'a> {
    read: &'a [Passage],
    people: &'a People,
    /// How often words with a capital are used as somebody's name.
    as_person: BTreeMap<String, usize>,
    /// What follows a small article somewhere: `General` of `the General`.
    behind_article: BTreeMap<String, usize>,
}

impl<'a> Profile<'a> {
    /// Reads the passages of a book.
    pub fn of(read: &'a [Passage], people: &'a People) -> Self {
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
pub struct Place<'a> {
    /// The passage.
    pub passage: &'a Passage,
    /// Its first word.
    pub first: usize,
    /// Its last word.
    pub last: usize,
    /// Its bytes.
    pub range: Range<usize>,
    /// The title.
    pub title: &'a Title,
}

impl Place<'_> {
    /// Whether the title is meant here; `certain` are places of the passage where titles are certain.
    pub fn verdict(&self, profile: &Profile<'_>, certain: &[Range<usize>]) -> Verdict {
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
        let is_owned = owner.is_some_and(|owner| {
            passage.is_owner(owner) && profile.people.likely.contains(passage.bare(owner))
        });
        is_owned
            || self.is_behind(|before| holds(FILM_WORDS, before) || holds(&["his", "her", "their"], before))
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
