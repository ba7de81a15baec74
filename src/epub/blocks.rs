//! Blocks as XHTML. Each leaf is one element, or one pair of elements, that bears its id.

use super::element::Element;
use super::lead;
use super::leaf::{Context, LeafWriter, element_id};
use super::terms::{Term, term};
use crate::book::{Block, EditionKind, Figure, Leaf, Run, printed};

/// An arrow, and the sign that it is a letter: without it some readers draw a coloured button.
const BACK_ARROW: &str = "↩\u{fe0e}";

/// The rank of the labels that stand among the blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Straight below the chapter's title.
    Second,
    /// Below the heading of a section.
    Third,
}

impl Rank {
    fn heading(self) -> &'static str {
        match self {
            Self::Second => "h2",
            Self::Third => "h3",
        }
    }
}

/// A run of blocks: what follows a label stands in the label's section.
pub fn flow(context: Context<'_>, blocks: &[Block], rank: Rank) -> Vec<Element> {
    let mut flowed = Vec::new();
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let heads = usize::from(opens_section(first));
        let length = heads + rest[heads..].iter().take_while(|block| !opens_section(block)).count();
        let (now, after) = rest.split_at(length);
        match first {
            Block::Labelled { id, label, text, .. } if heads == 1 => {
                flowed.push(labelled(context, id, label, text, rank).children(stretch(context, &now[1..])));
            }
            Block::Group { id, label } => {
                flowed.push(labelled(context, id, label, &[], rank).children(stretch(context, &now[1..])));
            }
            Block::Labelled { .. }
            | Block::Paragraph(_)
            | Block::List { .. }
            | Block::Questions { .. }
            | Block::Glossary { .. }
            | Block::Fields { .. }
            | Block::Figure(_)
            | Block::Date(_)
            | Block::Title(_)
            | Block::Tagline(_) => flowed.extend(stretch(context, now)),
        }
        rest = after;
    }
    flowed
}

/// A leaf as one element with its id.
pub fn leaf(context: Context<'_>, name: &'static str, leaf: &Leaf) -> Element {
    LeafWriter::new(context, &leaf.id).finish(Element::new(name).attr("id", element_id(&leaf.id)), &leaf.text)
}

/// The first paragraph of an essay: its first words are set apart.
pub fn lede(context: Context<'_>, leaf: &Leaf) -> Element {
    let p = Element::new("p").attr("class", "lede").attr("id", element_id(&leaf.id));
    let first_words = 0..lead::first_words(&printed(&leaf.text)).len();
    LeafWriter::new(context, &leaf.id).set_apart(first_words, "first-words").finish(p, &leaf.text)
}

/// A name and what it stands for, as a row of a `dl`. A marker of a page at its start goes into the
/// `dt`: between the rows of a list nothing else may stand.
pub fn row(context: Context<'_>, id: &str, name: &[Run], matter: &[Run]) -> Element {
    let mut words = LeafWriter::new(context, id);
    let dt = words.write(Element::new("dt"), name);
    let dd = words.finish(Element::new("dd"), matter);
    Element::new("div").attr("id", element_id(id)).child(dt).child(dd)
}

/// A label of the second level, or one that stands alone, opens a section.
fn opens_section(block: &Block) -> bool {
    match block {
        Block::Labelled { level, .. } => *level <= 2,
        Block::Group { .. } => true,
        Block::Paragraph(_)
        | Block::List { .. }
        | Block::Questions { .. }
        | Block::Glossary { .. }
        | Block::Fields { .. }
        | Block::Figure(_)
        | Block::Date(_)
        | Block::Title(_)
        | Block::Tagline(_) => false,
    }
}

/// `Biography: Joseph Frank Keaton was born …`: a true heading, so that a listener can jump to it,
/// though the eye sees it run into its text.
fn labelled(context: Context<'_>, id: &str, label: &[Run], text: &[Run], rank: Rank) -> Element {
    let mut words = LeafWriter::new(context, id);
    let bare = printed(text).is_empty();
    let before = words.markers_before(printed(label).len());
    let heading = Element::new(rank.heading()).attr("class", if bare { "label bare" } else { "label" });
    let heading = words.write(heading, label);
    let section = Element::new("section").attr("class", "labelled").attr("id", element_id(id));
    let section = section.children(before).child(heading);
    if bare { section } else { section.child(words.finish(Element::new("p"), text)) }
}

/// Blocks without a label of the second level among them; labels of the third level make one list.
fn stretch(context: Context<'_>, blocks: &[Block]) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let notes = rest.iter().map_while(|block| note(context, block)).collect::<Vec<_>>();
        if notes.is_empty() {
            elements.push(plain(context, first));
            rest = &rest[1..];
        } else {
            rest = &rest[notes.len()..];
            // VoiceOver takes a list without bullets for no list, unless it is told.
            elements.push(Element::new("ul").attr("class", "notes").attr("role", "list").children(notes));
        }
    }
    elements
}

/// A label of the third level: thirty headings over single sentences would be noise.
fn note(context: Context<'_>, block: &Block) -> Option<Element> {
    match block {
        Block::Labelled { id, label, text, .. } => {
            let mut words = LeafWriter::new(context, id);
            let mut b = words.write(Element::new("b"), label);
            if !printed(label).ends_with(['.', '?', '!', '…', ':']) {
                b.push(Element::new("span").attr("class", super::STOP).text("."));
            }
            let p = words.finish(Element::new("p").child(b).text(" "), text);
            Some(Element::new("li").attr("id", element_id(id)).child(p))
        }
        Block::Paragraph(_)
        | Block::Group { .. }
        | Block::List { .. }
        | Block::Questions { .. }
        | Block::Glossary { .. }
        | Block::Fields { .. }
        | Block::Figure(_)
        | Block::Date(_)
        | Block::Title(_)
        | Block::Tagline(_) => None,
    }
}

fn plain(context: Context<'_>, block: &Block) -> Element {
    let items = |name: &'static str, class: &str, items: &[Leaf]| {
        Element::new(name).attr("class", class).children(items.iter().map(|item| leaf(context, "li", item)))
    };
    match block {
        Block::Paragraph(words) => leaf(context, "p", words),
        Block::Date(words) => leaf(context, "p", words).attr("class", "date"),
        Block::Title(words) => leaf(context, "p", words).attr("class", "film-title"),
        Block::Tagline(words) => leaf(context, "p", words).attr("class", "tagline"),
        Block::List { items: list } => items("ul", "points", list),
        Block::Questions { items: list } => {
            let first = list.first().and_then(|question| number_in_edition(context, question));
            let questions = items("ol", "questions", list);
            match first {
                Some(number) => questions.attr("start", number.to_string()),
                None => questions,
            }
        }
        Block::Glossary { items } => {
            let entries =
                items.iter().map(|entry| glossary_entry(context, &entry.id, &entry.term, &entry.definition));
            let section = Element::new("section").attr("epub:type", "glossary").attr("role", "doc-glossary");
            let name = term(context.book, Term::Glossary);
            let id = items.first().map(|entry| format!("glossary-{}", element_id(&entry.id)));
            let section = id.into_iter().fold(section, |section, id| section.attr("id", id));
            section
                .attr("aria-label", name)
                .child(Element::new("dl").attr("class", "glossary").children(entries))
        }
        Block::Fields { items } => {
            let facts = items.iter().map(|fact| row(context, &fact.id, &fact.name, &fact.value));
            Element::new("dl").attr("class", "facts").children(facts)
        }
        Block::Figure(it) => figure(context, it),
        // Neither is met here: both are taken up by `flow` and `note`. As a row they lose no word.
        Block::Labelled { id, label, text, .. } => Element::new("dl").child(row(context, id, label, text)),
        Block::Group { id, label } => labelled(context, id, label, &[], Rank::Third),
    }
}

/// Where a list of questions begins to count in an edition for the discussion: its timetable names them
/// by number. A list that begins with 1 need not say so.
fn number_in_edition(context: Context<'_>, question: &Leaf) -> Option<usize> {
    let book = context.book;
    let at = book.questions().iter().position(|(_, other)| other.id == question.id)?;
    (book.edition.kind == EditionKind::Discussion && at > 0).then_some(at + 1)
}

/// A picture with what stands below it, where anything does. An upright picture is narrower, so that it
/// and its caption stay on one screen.
fn figure(context: Context<'_>, it: &Figure) -> Element {
    let form = if it.picture.height > it.picture.width { "upright" } else { "wide" };
    let image = Element::new("img").attr("src", &it.picture.file).attr("alt", &it.picture.alt);
    let mut words = LeafWriter::new(context, &it.id);
    let before = words.markers_before(0);
    let figure = Element::new("figure").attr("id", element_id(&it.id)).attr("class", form);
    let figure = figure.children(before).child(image);
    let mut caption = words.write(Element::new("figcaption"), &it.caption);
    if it.credit.is_empty() {
        return if it.caption.is_empty() { figure } else { figure.child(words.finish(caption, &[])) };
    }
    if !it.caption.is_empty() {
        caption.push_text(" ");
    }
    let credit = words.finish(Element::new("span").attr("class", "credit"), &it.credit);
    figure.child(caption.child(credit))
}

fn glossary_entry(context: Context<'_>, id: &str, entry: &[Run], definition: &[Run]) -> Element {
    let mut words = LeafWriter::new(context, id);
    let before = words.markers_before(0);
    let dfn = words.write(Element::new("dfn"), entry);
    let dt = Element::new("dt").attr("epub:type", "glossterm").children(before).child(dfn);
    let mut dd = words.finish(Element::new("dd").attr("epub:type", "glossdef"), definition);
    if let Some(first) = context.links.first_use_of(id) {
        let name = term(context.book, Term::BackToText);
        let back = Element::new("a").attr("class", super::BACK).attr("href", first);
        dd.push_text("\u{a0}");
        dd.push(back.attr("role", "doc-backlink").attr("aria-label", name).text(BACK_ARROW));
    }
    Element::new("div").attr("id", element_id(id)).child(dt).child(dd)
}
