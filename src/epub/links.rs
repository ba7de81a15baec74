//! Where terms are first used and explained, and where the names of the index stand.

use super::leaf::{chapter_file, element_id, film_file, first_use};
use super::pages::Markers;
use crate::book::{Block, Book, Feature, Run, printed};
use std::collections::BTreeMap;

/// A place in the text: a leaf and a byte of its printed text.
type Spot = (String, usize);

/// What the links of a book lead to.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// By the glossary's leaf, its link.
    entries: BTreeMap<String, String>,
    /// By the glossary's leaf, where the term is first used, and the link to there.
    uses: BTreeMap<String, (Spot, String)>,
    /// The ids of names.
    names: BTreeMap<Spot, String>,
    /// By the id of the index's entry, the places that it leads to.
    places: BTreeMap<String, Vec<Locator>>,
}

/// A place that the index leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locator {
    /// The link.
    pub target: String,
    /// The number of the printed page, where there is one.
    pub page: Option<String>,
}

/// The beginning of the page that is open: its number and the link to it.
type Page = Option<(String, String)>;

impl Links {
    /// Reads the book once, leaf by leaf.
    pub fn of(book: &Book, markers: &Markers) -> Self {
        let mut links = Self::default();
        let mut page = None;
        let front = book.front.order.iter().flat_map(|leaf| markers.of(leaf));
        for marker in front {
            page = Some((marker.label.clone(), format!("title.xhtml#{}", marker.id)));
        }
        for (at, chapter) in book.chapters.iter().enumerate() {
            page = book.features_at(at).filter_map(|film| film_page(film, markers)).last().or(page);
            let Some(file) = chapter_file(book, &chapter.id) else { continue };
            let mut reader = Reader { links: &mut links, file: &file, markers, page: &mut page };
            reader.leaf(&chapter.title.id, &[&chapter.title.text]);
            reader.blocks(&chapter.opening);
            for section in &chapter.sections {
                reader.leaf(&section.title.id, &[&section.title.text]);
                reader.blocks(&section.blocks);
            }
        }
        links
    }

    /// The link to an entry of the glossary.
    pub fn entry(&self, gloss: &str) -> Option<&str> {
        self.entries.get(gloss).map(String::as_str)
    }

    /// The link to the first use of a term.
    pub fn first_use_of(&self, gloss: &str) -> Option<&str> {
        self.uses.get(gloss).map(|(_, link)| link.as_str())
    }

    /// Whether a term is first used at this byte of this leaf.
    pub fn is_first_use(&self, gloss: &str, leaf: &str, at: usize) -> bool {
        self.uses.get(gloss).is_some_and(|((first, byte), _)| first == leaf && *byte == at)
    }

    /// The id of the name that begins at this byte of this leaf.
    pub fn name(&self, leaf: &str, at: usize) -> Option<&str> {
        self.names.get(&(leaf.to_owned(), at)).map(String::as_str)
    }

    /// The places of an entry of the index, in reading order; a printed page counts once.
    pub fn places(&self, entry: &str) -> &[Locator] {
        self.places.get(entry).map_or(&[], Vec::as_slice)
    }
}

/// The last page that begins within the lines that open a film.
fn film_page(film: &Feature, markers: &Markers) -> Page {
    let marker = film.front.order.iter().flat_map(|leaf| markers.of(leaf)).last()?;
    Some((marker.label.clone(), format!("{}#{}", film_file(film), marker.id)))
}

struct Reader<'a> {
    links: &'a mut Links,
    file: &'a str,
    markers: &'a Markers,
    page: &'a mut Page,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Block::Glossary { items } = block {
                for item in items {
                    let link = format!("{}#{}", self.file, element_id(&item.id));
                    self.links.entries.insert(item.id.clone(), link);
                }
            }
            for (id, texts) in block.leaves() {
                self.leaf(id, &texts);
            }
        }
    }

    /// Reads a leaf, whose texts are joined by one blank.
    fn leaf(&mut self, id: &str, texts: &[&[Run]]) {
        let mut at = 0;
        for text in texts {
            self.runs(id, text, &mut at, true);
            at += 1;
        }
        let last = self.markers.of(id).last();
        let opened = last.map(|marker| (marker.label.clone(), format!("{}#{}", self.file, marker.id)));
        *self.page = opened.or(self.page.take());
    }

    /// `may_link` is false within a link, as where the leaf is written.
    fn runs(&mut self, leaf: &str, runs: &[Run], at: &mut usize, may_link: bool) {
        for run in runs {
            let start = *at;
            match run {
                Run::Words(words) => *at += words.len(),
                Run::Gloss { gloss, text } => {
                    if may_link && !self.links.uses.contains_key(gloss) {
                        let link = format!("{}#{}", self.file, first_use(gloss));
                        self.links.uses.insert(gloss.clone(), ((leaf.to_owned(), start), link));
                    }
                    self.runs(leaf, text, at, false);
                }
                Run::Named { entry, text } => {
                    self.named(leaf, start, entry);
                    self.runs(leaf, text, at, may_link);
                }
                Run::Reference { text, .. } => self.runs(leaf, text, at, false),
                Run::Emphasis { .. } | Run::Strong { .. } | Run::Work { .. } | Run::Foreign { .. } => {
                    self.runs(leaf, run.inner(), at, may_link);
                }
            }
            debug_assert_eq!(*at - start, printed(std::slice::from_ref(run)).len());
        }
    }

    fn named(&mut self, leaf: &str, at: usize, entry: &str) {
        let spot = (leaf.to_owned(), at);
        if self.links.names.contains_key(&spot) {
            return;
        }
        let known = self.links.places.entry(entry.to_owned()).or_default();
        let count = self.links.names.values().filter(|id| is_of(id, entry)).count() + 1;
        let id = format!("{}-{count}", element_id(entry));
        let within = self.markers.of(leaf).iter().rev().find(|marker| marker.offset <= at);
        let within = within.map(|marker| (marker.label.clone(), format!("{}#{}", self.file, marker.id)));
        let place = match within.as_ref().or(self.page.as_ref()) {
            Some((label, target)) => Locator { target: target.clone(), page: Some(label.clone()) },
            None => Locator { target: format!("{}#{id}", self.file), page: None },
        };
        if place.page.is_none() || known.iter().all(|other| other.page != place.page) {
            known.push(place);
        }
        self.links.names.insert(spot, id);
    }
}

/// Whether an id is one of the entry's: `name-4-2` of `name-4`.
fn is_of(id: &str, entry: &str) -> bool {
    id.strip_prefix(&element_id(entry))
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|rest| !rest.contains('-'))
}
