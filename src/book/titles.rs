//! The titles of works that a book is certain of: its own film, those that the season names, and those
//! that somewhere in the text stand directly before their year, `Sherlock Jr. (1924)`.

use super::passage::Passage;
use super::people::People;
use super::vocabulary::{
    ARTICLES, BRIDGES, CONNECTORS, FOREIGN_SMALL, JOINTS, OPENERS, PRIZES, SUBJECTS, WHERE, holds,
};
use std::ops::Range;

/// A work's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The title as it is printed: `Sherlock Jr.`
    pub text: String,
    /// Its year, where that is known.
    pub year: Option<i32>,
    /// Its language, where it is known and not the book's.
    pub lang: Option<String>,
    /// Why it is certain.
    pub known: Known,
}

/// Why a title is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// The editor says so.
    Listed,
    /// The dossier's own film.
    Own,
    /// Another film of the season.
    Season,
    /// Its year stands behind it, or it was stressed already.
    Year,
}

/// A title before its year, and what is wrong with its left edge, if anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Bytes of the title.
    pub range: Range<usize>,
    /// Its year.
    pub year: i32,
    /// Whether it is certain where it begins.
    pub certain: bool,
}

/// Films before the first are not spoken of, nor is the future.
const YEARS: Range<i32> = 1600..2100;

/// More words than a title has.
const LONGEST: usize = 12;

/// Titles before their years in a passage, in reading order.
pub fn dated(passage: &Passage, people: &People) -> Vec<Dated> {
    let found = (1..passage.words.len()).filter_map(|at| {
        let year = passage.word(at).parse::<i32>().ok().filter(|year| YEARS.contains(year))?;
        let closed = passage.gap(at + 1).starts_with([')', ',', ';']);
        let mut last = at - 1;
        let mut tail = passage.gap(at).strip_suffix('(')?.trim_end();
        if let Some(before) = tail.strip_suffix(']') {
            // "Tōkyō kazoku [東京家族] (2013)"
            let open = (0..=last).rev().find(|word| passage.gap(*word).contains('['))?;
            last = open.checked_sub(1)?;
            tail = passage.gap(open).split_once('[')?.0.trim_end();
            let _ = before;
        }
        let ends_well = match tail {
            "" | "!" | "?" | "…" => true,
            "." => passage.is_abbreviated(last),
            _ => false,
        };
        let (first, certain) = left_edge(passage, last, at, people).filter(|_| closed && ends_well)?;
        let range = passage.range(first, last)?;
        Some(Dated { range: range.start..range.end + tail.len(), year, certain })
    });
    found.collect()
}

/// The first word of the title that ends with the word `last`, and whether that is certain.
fn left_edge(passage: &Passage, last: usize, year: usize, people: &People) -> Option<(usize, bool)> {
    let walk = Walk { passage, last, people };
    let (first, certain) = walk.back()?;
    let (first, certain) = walk.without_opener(first, certain, year)?;
    let only = first == last;
    let alone = walk.is_person(first) && only;
    let named = (first..=last).any(|at| holds(PRIZES, passage.word(at)));
    if alone || only && walk.is_sited(first) {
        return Some((first, false));
    }
    let is_title = passage.is_capital(first) || passage.is_number(first);
    is_title.then_some((first, certain && !named))
}

struct Walk<'a> {
    passage: &'a Passage,
    last: usize,
    people: &'a People,
}

impl Walk<'_> {
    /// Walks back from the last word as far as the words may belong to a title.
    fn back(&self) -> Option<(usize, bool)> {
        let Self { passage, last, .. } = *self;
        if passage.is_small(last) {
            return self.foreign(last);
        }
        let (mut at, mut sure) = (last, true);
        while at > 0 {
            match self.step(at) {
                Step::On => at -= 1,
                Step::Over(to) => at = to,
                Step::Perhaps(to) => (at, sure) = (to, false),
                Step::Owned => return self.found(at, true),
                Step::Stop(certain) => return self.found(at, certain && sure),
            }
        }
        self.found(at, sure)
    }

    fn found(&self, first: usize, certain: bool) -> Option<(usize, bool)> {
        (self.last - first < LONGEST).then_some((first, certain))
    }

    /// What the word before the capitalised word `at` is to it.
    fn step(&self, at: usize) -> Step {
        let passage = self.passage;
        let before = at - 1;
        match passage.gap(at) {
            " " | "\u{a0}" | "" => {}
            ". " if passage.is_abbreviated(before) => {}
            ", " => return Step::Stop(!passage.is_capital(before) || self.opens_itself(at)),
            ": " => return self.behind_colon(before),
            _ => return Step::Stop(true),
        }
        if passage.is_owner(before) && passage.is_capital(before) {
            return self.behind_owner(at);
        }
        if passage.is_capital(before) || passage.is_number(before) {
            let is_year = passage.word(before).chars().count() == 4 && passage.is_number(before);
            return if is_year { Step::Stop(false) } else { Step::On };
        }
        if !holds(CONNECTORS, passage.word(before)) {
            return Step::Stop(true);
        }
        self.across_connectors(at)
    }

    /// `Man with a Movie Camera`: small words between two capitalised ones.
    fn across_connectors(&self, at: usize) -> Step {
        let passage = self.passage;
        let mut left = at - 1;
        while left > 0
            && passage.is_small(left)
            && holds(CONNECTORS, passage.word(left))
            && self.is_close(left)
        {
            left -= 1;
        }
        let is_bound = (left + 1..=at).all(|word| self.is_close(word));
        if !is_bound || !(passage.is_capital(left) || passage.is_number(left)) || passage.is_owner(left) {
            return self.across_foreign(at);
        }
        // a title's own article is large only where the title begins
        if holds(ARTICLES, passage.word(at)) && !passage.is_first(at) {
            return Step::Stop(true);
        }
        let nearest = passage.word(at - 1);
        let direct = left + 2 == at;
        let is_name = self.people.is_family(passage.word(left));
        if direct && (is_name || passage.is_first(left) && holds(OPENERS, passage.word(left))) {
            return Step::Stop(
                !holds(CONNECTORS, nearest) || holds(BRIDGES, nearest) || holds(JOINTS, nearest),
            );
        }
        if direct && holds(JOINTS, nearest) {
            return Step::Stop(false);
        }
        let ordinary = self.people.small.contains(&passage.word(left).to_lowercase());
        let opens =
            holds(ARTICLES, passage.word(left)) || left > 0 && holds(ARTICLES, passage.word(left - 1));
        if direct && holds(BRIDGES, nearest) && !ordinary && !opens {
            Step::Perhaps(left)
        } else {
            Step::Over(left)
        }
    }

    /// `À propos de Nice`: a large article a few small words before, within a sentence.
    fn across_foreign(&self, at: usize) -> Step {
        let passage = self.passage;
        let small =
            holds(FOREIGN_SMALL, passage.word(at - 1)) && !holds(&["no", "per"], passage.word(at - 1));
        let mut left = at - 1;
        while left > 0 && at - left < 5 && passage.is_small(left) && self.is_close(left) {
            left -= 1;
        }
        let opens =
            self.is_close(left + 1) && is_foreign_opener(passage.word(left)) && !passage.is_first(left);
        if small && opens && passage.is_capital(left) { Step::Over(left) } else { Step::Stop(true) }
    }

    fn is_close(&self, at: usize) -> bool {
        matches!(self.passage.gap(at), " " | "\u{a0}" | "")
    }

    /// `Keaton’s The Navigator`, but `Pandora’s Box`.
    fn behind_owner(&self, at: usize) -> Step {
        let passage = self.passage;
        let owner = at - 1;
        let article = holds(ARTICLES, passage.word(at));
        let double = owner > 0 && passage.is_owner(owner - 1) && passage.gap(owner) == " ";
        if double && !article {
            return Step::On;
        }
        let given = owner > 0 && passage.is_capital(owner - 1) && !passage.is_first(owner - 1);
        let ordinary = self.people.small.contains(&passage.word(self.last).to_lowercase());
        let (word, only) = (passage.bare(owner), at == self.last);
        let known = self.people.is_family(word) || self.people.likely.contains(word) && !(ordinary && only);
        // "Camerini’s What Scoundrels Men Are!": nobody owns a question
        let opens = article || holds(OPENERS, passage.word(at)) && !only;
        let elsewhere = only && self.people.alone.get(passage.bare(at)).is_some_and(|(times, _)| *times > 1);
        if article || given || known || opens || elsewhere { Step::Owned } else { Step::Stop(false) }
    }

    /// `Berlin: Symphony of a Metropolis` is one title, `two films: Faust` is not.
    fn behind_colon(&self, before: usize) -> Step {
        let passage = self.passage;
        if !passage.is_capital(before) {
            return Step::Stop(true);
        }
        let mut first = before;
        while first > 0
            && passage.gap(first) == " "
            && passage.is_capital(first - 1)
            && !passage.is_owner(first - 1)
        {
            first -= 1;
        }
        let held = first > 0
            && passage.gap(first) == " "
            && (passage.is_small(first - 1) || passage.is_owner(first - 1));
        match (held, self.people.is_family(passage.word(before))) {
            (_, true) => Step::Stop(true),
            (true, false) => Step::Over(before),
            (false, false) => Step::Perhaps(before),
        }
    }

    /// A title that ends with a small word: `Vivre sa vie`, `Le Fond de l’air est rouge`.
    fn foreign(&self, end: usize) -> Option<(usize, bool)> {
        let passage = self.passage;
        let mut first = end;
        while passage.is_small(first) {
            let is_near =
                first > 0 && end - first < 7 && self.is_close(first) && !passage.is_owner(first - 1);
            let is_owned = first > 0 && is_near;
            if !is_owned {
                return None;
            }
            first -= 1;
        }
        let small = (first + 1..=end).any(|at| holds(FOREIGN_SMALL, passage.word(at)));
        let opens = |at: usize| is_foreign_opener(passage.word(at));
        if first > 0 && self.is_close(first) && passage.is_capital(first - 1) && opens(first - 1) {
            first -= 1;
        }
        let stranger = self.people.language != "fr" && small;
        let before = first.checked_sub(1);
        let owned = passage.gap(first) == " " && before.is_some_and(|before| passage.is_owner(before));
        let parted =
            before.is_none() || passage.gap(first) == " " || passage.gap(first).starts_with([')', ',', ';']);
        let free = before.is_none_or(|before| {
            !passage.is_capital(before) || passage.is_first(before) && holds(OPENERS, passage.word(before))
        });
        let at_start = passage.is_first(first);
        let certain = owned || parted && free && small && (stranger || !at_start && opens(first));
        let perhaps = small || opens(first) && !at_start;
        (certain || perhaps || owned).then_some((first, certain && !(at_start && !stranger)))
    }

    /// A comma stands within a title too; an article behind it opens one of its own.
    fn opens_itself(&self, at: usize) -> bool {
        holds(ARTICLES, self.passage.word(at)) && at < self.last || self.is_person(at - 1)
    }

    /// Takes away the first word of a sentence that is none of the title: `In Safety Last! (1923) he …`.
    fn without_opener(&self, first: usize, certain: bool, year: usize) -> Option<(usize, bool)> {
        let passage = self.passage;
        if !passage.is_first(first) || first == self.last || holds(ARTICLES, passage.word(first)) {
            return Some((first, certain));
        }
        let next = passage.word(year + 1);
        let goes_on = passage.gap(year + 1) == "), "
            || passage.gap(year + 1) == ") " && (holds(SUBJECTS, next) || passage.is_capital(year + 1));
        let next_is_capital = passage.is_capital(first + 1) || passage.is_number(first + 1);
        if holds(OPENERS, passage.word(first)) && next_is_capital {
            return Some(if goes_on { (first + 1, certain) } else { (first, false) });
        }
        let ordinary = self.people.small.contains(&passage.word(first).to_lowercase());
        let whole = first == 0 && next.is_empty();
        Some((first, certain && (!ordinary || whole)))
    }

    fn is_person(&self, at: usize) -> bool {
        self.people.likely.contains(self.passage.bare(at))
    }

    /// `in Berlin (1927)`, `for Afterall (2009)`: one word behind such a preposition may be a place.
    fn is_sited(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.passage.word(before));
        let ordinary = self.people.small.contains(&self.passage.word(at).to_lowercase());
        let is_behind = holds(&["in", "at", "to", "for", "from", "by", "à", "en", "pour"], before);
        let counted = usize::from(holds(WHERE, before));
        let elsewhere = self.people.alone.get(self.passage.word(at));
        let named_elsewhere = elsewhere.is_some_and(|(times, sited)| *times > 1 && *sited <= counted);
        !ordinary && self.passage.gap(at) == " " && is_behind && !named_elsewhere
    }
}

/// Where the walk goes on.
enum Step {
    /// The word before belongs to the title.
    On,
    /// So do small words; the walk goes on at a capitalised one.
    Over(usize),
    /// So they may.
    Perhaps(usize),
    /// The title begins here, behind its owner, whatever it holds.
    Owned,
    /// The title begins here, certainly or not.
    Stop(bool),
}

/// `Le`, `Une`, `À`: words that open titles in French and its neighbours.
fn is_foreign_opener(word: &str) -> bool {
    let is_large = word.starts_with(char::is_uppercase);
    is_large && !holds(&["the", "a", "an"], word) && (holds(ARTICLES, word) || word == "À")
}
