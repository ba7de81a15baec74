//! The chapter scheme, prepared for comparing: how near a label or a heading is to those of each
//! chapter, and how full a text is of a chapter's words.

use super::words;
use crate::scheme::{FieldNames, Habit, Scheme};
use std::collections::{BTreeMap, BTreeSet};

/// Words that say nothing in a label.
const EMPTY_WORDS: [&str; 32] = [
    "the", "a", "an", "of", "and", "in", "on", "to", "its", "it", "for", "with", "or", "at", "by", "is",
    "was", "le", "la", "les", "l", "de", "du", "des", "d", "et", "un", "une", "en", "au", "aux", "dans",
];

/// Beginnings of words are compared over this many letters, so that `critic` is near `critical`.
const STEM: usize = 6;

/// A chapter scheme, prepared.
pub struct Lexicon<'a> {
    /// The scheme itself.
    pub scheme: &'a Scheme,
    chapters: Vec<ChapterLexicon>,
    /// In how many chapters a stem of a label occurs.
    label_stems: BTreeMap<String, usize>,
    /// The chapters whose text is full of a word, by the word's beginning, with the weight there.
    vocabulary: Vocabulary,
    openers: Vocabulary,
    /// The words of the names of facts.
    field_names: BTreeSet<Vec<String>>,
}

struct ChapterLexicon {
    titles: Vec<Phrase>,
    headings: Vec<Phrase>,
    labels: Vec<Phrase>,
    sublabels: Vec<Phrase>,
    groups: Vec<Phrase>,
}

/// A phrase as the stems of its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrase {
    stems: Vec<String>,
    /// A bit for each stem: phrases without a bit in common have no stem in common.
    bits: u64,
}

/// What kind of name a phrase is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Titles of chapters.
    Title,
    /// Headings inside a chapter.
    Heading,
    /// Labels of the second rank.
    Label,
    /// Labels of the third rank.
    Sublabel,
    /// Labels that stand alone.
    Group,
}

/// Beginnings of words, and for each the chapters that have it with what it weighs there.
#[derive(Default)]
struct Vocabulary {
    /// Sorted by their first two letters: a word is held against a few only. Longest first.
    shelves: BTreeMap<[char; 2], Vec<Beginning>>,
}

/// The beginning of words, and the chapters that have it with what it weighs there.
type Beginning = (String, Vec<(usize, f64)>);

impl Phrase {
    /// The stems of a phrase, without the words that say nothing (unless it has no others).
    pub fn new(text: &str) -> Self {
        let all = words::words(text).collect::<Vec<_>>();
        let telling = all.iter().filter(|word| !EMPTY_WORDS.contains(&word.as_str()));
        let mut stems = telling.map(|word| stem(word)).collect::<Vec<_>>();
        if stems.is_empty() {
            stems = all.iter().map(|word| stem(word)).collect();
        }
        let bits = stems.iter().fold(0, |bits, stem| bits | bit(stem));
        Self { stems, bits }
    }
}

/// One of 64 bits, by the letters of a stem.
fn bit(stem: &str) -> u64 {
    let sum = stem.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    1 << (sum % 64)
}

fn stem(word: &str) -> String {
    let singular = word.strip_suffix('s').filter(|rest| rest.chars().count() > 3).unwrap_or(word);
    singular.chars().take(STEM).collect()
}

impl<'a> Lexicon<'a> {
    /// Prepares a scheme.
    pub fn new(scheme: &'a Scheme) -> Self {
        let phrases = |list: &[String]| list.iter().map(|text| Phrase::new(text)).collect::<Vec<_>>();
        let chapters = scheme.chapters.iter().map(|chapter| {
            let mut titles = phrases(&chapter.titles);
            titles.push(Phrase::new(&chapter.title));
            ChapterLexicon {
                titles,
                headings: phrases(&chapter.headings),
                labels: phrases(&chapter.labels),
                sublabels: phrases(&chapter.sublabels),
                groups: phrases(&chapter.groups),
            }
        });
        let chapters = chapters.collect::<Vec<_>>();
        let mut label_stems = BTreeMap::new();
        for chapter in &chapters {
            let mut stems = chapter.labels.iter().chain(&chapter.sublabels).chain(&chapter.groups);
            let mut of_chapter = stems.by_ref().flat_map(|phrase| &phrase.stems).collect::<Vec<_>>();
            of_chapter.sort_unstable();
            of_chapter.dedup();
            for stem in of_chapter {
                *label_stems.entry(stem.clone()).or_insert(0) += 1;
            }
        }
        let vocabulary = Vocabulary::new(scheme.chapters.iter().map(|chapter| &chapter.words));
        let openers = Vocabulary::new(scheme.chapters.iter().map(|chapter| &chapter.openers));
        let field_names = field_names(&scheme.fields);
        Self { scheme, chapters, label_stems, vocabulary, openers, field_names }
    }

    /// How many chapters the scheme has.
    pub fn len(&self) -> usize {
        self.chapters.len()
    }

    /// How a chapter is usually written.
    pub fn habit(&self, chapter: usize) -> Habit {
        self.scheme.chapters[chapter].habit
    }

    /// How near a phrase is to the nearest name of that kind in a chapter: 0 not at all, 1 the same.
    pub fn nearness(&self, phrase: &Phrase, chapter: usize, kind: Kind) -> f64 {
        let names = match kind {
            Kind::Title => &self.chapters[chapter].titles,
            Kind::Heading => &self.chapters[chapter].headings,
            Kind::Label => &self.chapters[chapter].labels,
            Kind::Sublabel => &self.chapters[chapter].sublabels,
            Kind::Group => &self.chapters[chapter].groups,
        };
        names.iter().map(|name| self.overlap(phrase, name)).fold(0.0, f64::max)
    }

    /// Weighted overlap of two phrases (Dice): a stem that few chapters have weighs more.
    fn overlap(&self, a: &Phrase, b: &Phrase) -> f64 {
        if a.bits & b.bits == 0 {
            return 0.0;
        }
        if a.stems == b.stems {
            return 1.0;
        }
        let weight = |stem: &String| {
            1.0 / f64::from(u32::try_from(self.label_stems.get(stem).copied().unwrap_or(1)).unwrap_or(1))
                .sqrt()
        };
        let total = a.stems.iter().chain(&b.stems).map(weight).sum::<f64>();
        let shared = a.stems.iter().filter(|stem| b.stems.contains(stem)).map(weight).sum::<f64>();
        // less than the same, however many words they share
        if total == 0.0 { 0.0 } else { (2.0 * shared / total).min(0.95) }
    }

    /// Whether a phrase begins with a sublabel of one word: `Vs. Ingmar Bergman` with `vs`.
    pub fn begins_like_sublabel(&self, phrase: &Phrase, chapter: usize) -> bool {
        let names = self.chapters[chapter].sublabels.iter().filter(|name| name.stems.len() == 1);
        phrase.stems.len() > 1 && names.into_iter().any(|name| phrase.stems.first() == name.stems.first())
    }

    /// For each chapter, how much of its vocabulary a text has.
    pub fn vocabulary(&self, words: &[String]) -> Vec<f64> {
        self.vocabulary.weigh(words, self.len())
    }

    /// For each chapter, how many of the words of its first paragraph a text has.
    pub fn openers(&self, words: &[String]) -> Vec<f64> {
        self.openers.weigh(words, self.len())
    }

    /// Names under which facts of the film stand.
    pub fn fields(&self) -> &FieldNames {
        &self.scheme.fields
    }

    /// Whether a label is the name of a fact, such as `Year` or `Running Time`.
    pub fn is_field(&self, label: &str) -> bool {
        self.field_names.contains(&words::words(label).collect::<Vec<_>>())
    }
}

/// The words of all names of facts.
fn field_names(names: &FieldNames) -> BTreeSet<Vec<String>> {
    let lists = [
        &names.title,
        &names.original_title,
        &names.year,
        &names.director,
        &names.country,
        &names.language,
        &names.runtime,
        &names.other,
    ];
    lists.into_iter().flatten().map(|name| words::words(name).collect()).collect()
}

/// Whether a label is one of the names, capitals and accents aside.
pub fn is_named(names: &[String], label: &str) -> bool {
    let label = words::words(label).collect::<Vec<_>>();
    names.iter().any(|name| words::words(name).eq(label.iter().cloned()))
}

impl Vocabulary {
    fn new<'s>(chapters: impl Iterator<Item = &'s Vec<String>>) -> Self {
        let mut stems: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
        let mut count = 0;
        for (chapter, list) in chapters.enumerate() {
            count += 1;
            for word in list {
                let chapters = stems.entry(words::fold(word)).or_default();
                if chapters.iter().all(|(other, _)| *other != chapter) {
                    chapters.push((chapter, 0.0));
                }
            }
        }
        for chapters in stems.values_mut() {
            let rarity = (f64::from(count) / f64::from(u32::try_from(chapters.len()).unwrap_or(1))).ln();
            for (_, weight) in chapters {
                *weight = rarity;
            }
        }
        let mut shelves: BTreeMap<[char; 2], Vec<Beginning>> = BTreeMap::new();
        for (stem, chapters) in stems {
            shelves.entry(first_two(&stem)).or_default().push((stem, chapters));
        }
        for words in shelves.values_mut() {
            words.sort_by_key(|(stem, _)| std::cmp::Reverse(stem.len()));
        }
        Self { shelves }
    }

    /// The longest beginning of each word that the vocabulary knows counts once.
    fn weigh(&self, words: &[String], chapters: usize) -> Vec<f64> {
        let mut weights = vec![0.0; chapters];
        for word in words {
            let near = self.shelves.get(&first_two(word)).map_or(&[][..], Vec::as_slice);
            let known = near.iter().find(|(stem, _)| word.starts_with(stem) && fits(word, stem.len()));
            for (chapter, weight) in known.map_or(&[][..], |(_, chapters)| chapters) {
                weights[*chapter] += weight;
            }
        }
        weights
    }
}

fn first_two(word: &str) -> [char; 2] {
    let mut letters = word.chars();
    [letters.next().unwrap_or_default(), letters.next().unwrap_or_default()]
}

/// A short beginning stands for its own word only (`set` is not `settle`), a long one for all that
/// begin with it.
fn fits(word: &str, end: usize) -> bool {
    let rest = word.len() - end;
    end >= 5 || rest <= 1 || end == 4 && rest <= 3
}
