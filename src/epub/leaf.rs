//! The words of one leaf as they go into XHTML: emphasis, links, and the places where pages begin.

use super::element::Element;
use super::links::Links;
use super::pages::{Marker, Markers};
use crate::book::{self, Book, Run, printed};
use std::collections::BTreeMap;
use std::ops::Range;

/// What the words of a book refer to.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The book.
    pub book: &'a Book,
    /// Where the pages of the print edition begin.
    pub markers: &'a Markers,
    /// Where terms are explained and names stand.
    pub links: &'a Links,
}

/// The file of a chapter, where the book has it: `chapter-context.xhtml`.
///
/// The name depends on the chapter alone, so that links into the e-book outlive its next edition.
pub fn chapter_file(book: &Book, chapter: &str) -> Option<String> {
    let at = book.chapters.iter().position(|candidate| candidate.id == chapter)?;
    let plain = chapter.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    Some(if plain { format!("chapter-{chapter}.xhtml") } else { format!("part-{}.xhtml", at + 1) })
}

/// A leaf's id as an `id`, which holds no white space.
pub fn element_id(leaf: &str) -> String {
    leaf.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The id of the place where a term of the glossary is first used.
pub fn first_use(gloss: &str) -> String {
    format!("use-of-{}", element_id(gloss))
}

/// Writes one leaf, part after part, and knows how far it is.
pub struct LeafWriter<'a> {
    context: Context<'a>,
    leaf: String,
    /// Markers that are still to come.
    markers: &'a [Marker],
    /// How many bytes of the printed text are written.
    at: usize,
    /// Whether a part is written already.
    begun: bool,
    /// Where the part begins that is being written, and where no line may break in it.
    part: usize,
    glue: BTreeMap<usize, char>,
    /// Bytes of the printed text that stand in a `span` of a class of their own.
    set_apart: Option<(Range<usize>, &'static str)>,
}

impl<'a> LeafWriter<'a> {
    /// At the start of the leaf of that id.
    pub fn new(context: Context<'a>, id: &str) -> Self {
        Self {
            context,
            leaf: id.to_owned(),
            markers: context.markers.of(id),
            at: 0,
            begun: false,
            part: 0,
            glue: BTreeMap::new(),
            set_apart: None,
        }
    }

    /// Gives the bytes of `range` in the printed text a class.
    #[must_use]
    pub fn set_apart(mut self, range: Range<usize>, class: &'static str) -> Self {
        self.set_apart = (!range.is_empty()).then_some((range, class));
        self
    }

    /// The markers of the next `length` bytes, taken out of the text: a heading is also spoken as the
    /// name of its section, and a page number has no place in a name.
    pub fn markers_before(&mut self, length: usize) -> Vec<Element> {
        let (before, after) = split(self.markers, |marker| {
            marker.offset < self.at.saturating_add(length) || marker.offset == 0
        });
        self.markers = after;
        before.iter().map(Marker::element).collect()
    }

    /// Writes the next part; a leaf of two parts is joined by one space, as [`Book::printed`] joins it.
    pub fn write(&mut self, into: Element, runs: &[Run]) -> Element {
        let mut into = into;
        self.at += usize::from(std::mem::replace(&mut self.begun, true));
        self.part = self.at;
        self.glue = book::glue(&printed(runs), &self.context.book.language);
        self.runs(&mut into, runs, true);
        into.without_only_span()
    }

    /// Writes the last part, and whatever markers lie at its end.
    pub fn finish(mut self, into: Element, runs: &[Run]) -> Element {
        let mut into = self.write(into, runs);
        for marker in self.markers {
            into.push(marker.element());
        }
        into
    }

    fn runs(&mut self, into: &mut Element, runs: &[Run], may_link: bool) {
        for run in runs {
            match run {
                Run::Words(words) => self.words(into, words),
                Run::Emphasis { em } => self.wrapped(into, Element::new("em"), em, may_link),
                Run::Strong { strong } => self.wrapped(into, Element::new("strong"), strong, may_link),
                Run::Work { title: inner, lang } | Run::Foreign { foreign: inner, lang } => {
                    let mut title = Element::new("i");
                    if let Some(lang) = lang {
                        title = title.attr("lang", lang.clone()).attr("xml:lang", lang.clone());
                    }
                    self.wrapped(into, title, inner, may_link);
                }
                Run::Named { text, .. } => match self.context.links.name(&self.leaf, self.at) {
                    Some(id) => {
                        let mut name = Element::new("span");
                        self.runs(&mut name, text, may_link);
                        into.push(name.named(id));
                    }
                    None => self.runs(into, text, may_link),
                },
                Run::Gloss { gloss, text } => match self.glossref(gloss).filter(|_| may_link) {
                    Some(link) => self.wrapped(into, link, text, false),
                    None => self.runs(into, text, may_link),
                },
                Run::Reference { chapter, text, .. } => {
                    match chapter_file(self.context.book, chapter).filter(|_| may_link) {
                        Some(file) => self.wrapped(into, Element::new("a").attr("href", file), text, false),
                        None => self.runs(into, text, false),
                    }
                }
            }
        }
    }

    /// The link to an entry of the glossary; the first one bears an id, to which the entry leads back.
    fn glossref(&self, gloss: &str) -> Option<Element> {
        let target = self.context.links.entry(gloss)?;
        let link = Element::new("a").attr("href", target);
        let link = link.attr("epub:type", "glossref").attr("role", "doc-glossref");
        let is_first = self.context.links.is_first_use(gloss, &self.leaf, self.at);
        Some(if is_first { link.attr("id", first_use(gloss)) } else { link })
    }

    fn wrapped(&mut self, into: &mut Element, wrapper: Element, runs: &[Run], may_link: bool) {
        let mut wrapper = wrapper;
        self.runs(&mut wrapper, runs, may_link);
        into.push(wrapper.without_only_span());
    }

    /// Writes words up to the next marker or edge, again and again until all are written.
    fn words(&mut self, into: &mut Element, words: &str) {
        let mut rest = words;
        while !rest.is_empty() {
            let (due, later) = split(self.markers, |marker| marker.offset <= self.at);
            self.markers = later;
            for marker in due {
                into.push(marker.element());
            }
            let edges = self.set_apart.iter().flat_map(|(range, _)| [range.start, range.end]);
            let next = later
                .first()
                .map(|marker| marker.offset)
                .into_iter()
                .chain(edges)
                .filter(|edge| *edge > self.at);
            let length = next.min().map_or(rest.len(), |edge| edge - self.at).min(rest.len());
            let (now, after) = rest.split_at(rest.ceil_char_boundary(length));
            let shown = book::set(now, self.at - self.part, &self.glue);
            match &self.set_apart {
                Some((range, class)) if range.contains(&self.at) => {
                    into.push(Element::new("span").attr("class", class).text(&shown));
                }
                Some(_) | None => into.push_text(&shown),
            }
            self.at += now.len();
            rest = after;
        }
    }
}

/// The markers at the front for which `test` holds, and the others.
fn split(markers: &[Marker], test: impl Fn(&Marker) -> bool) -> (&[Marker], &[Marker]) {
    markers.split_at(markers.iter().take_while(|marker| test(marker)).count())
}
