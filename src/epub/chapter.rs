//! A chapter as one file: its opening, its sections, its scenes.

use super::almanac;
use super::blocks::{self, Rank};
use super::document::{Document, Place, name_of};
use super::element::Element;
use super::leaf::{Context, LeafWriter, chapter_file, element_id};
use super::motif;
use crate::book::{Block, Book, Chapter, Part, Role, Section, TitleLeaf, printed};

/// The file of the chapter at `at` among the book's chapters.
pub fn chapter(context: Context<'_>, at: usize) -> Option<Document> {
    let chapter = context.book.chapters.get(at)?;
    let (kind, role) = match chapter.part {
        Part::Guide => ("introduction", "doc-introduction"),
        Part::Essay => ("chapter", "doc-chapter"),
        Part::After => ("afterword", "doc-afterword"),
        Part::Glossary => return almanac::glossary(context, chapter),
    };
    let title_id = element_id(&chapter.title.id);
    let section = almanac::in_language(context, chapter, Element::new("section"))
        .attr("epub:type", kind)
        .attr("role", role)
        .attr("aria-labelledby", &title_id)
        .child(opener(context, chapter))
        .children(opening(context, chapter))
        .children(chapter.sections.iter().map(|it| section(context, it)));
    let sections =
        chapter.sections.iter().map(|it| (element_id(&it.title.id), name_of(&printed(&it.title.text), "")));
    Some(Document {
        file: chapter_file(context.book, &chapter.id)?,
        title: listed_title(chapter),
        place: match at {
            _ if context.book.almanac.is_some() => Place::FilmChapter,
            0 => Place::FirstChapter,
            _ => Place::Chapter,
        },
        sections: sections.filter(|(_, title)| !title.is_empty()).collect(),
        content: section,
    })
}

/// The title as the contents list it, with its number: `III. The Director as Engineer`.
fn listed_title(chapter: &Chapter) -> String {
    let title = printed(&chapter.title.text);
    match &chapter.numeral {
        Some(numeral) if own_number(chapter) == 0 => name_of(&format!("{numeral}. {title}"), &chapter.id),
        Some(_) | None => name_of(&title, &chapter.id),
    }
}

/// Length in bytes of the number that the dossier itself puts before the title: 4 in `III. Murnau`.
fn own_number(chapter: &Chapter) -> usize {
    let title = printed(&chapter.title.text);
    title.strip_suffix(chapter.running.as_str()).map_or(0, |number| number.trim_end().len())
}

/// The drawing, the number and the title.
fn opener(context: Context<'_>, chapter: &Chapter) -> Element {
    let own_number = own_number(chapter);
    let title = &chapter.title;
    let mut words = LeafWriter::new(context, &title.id).set_apart(0..own_number, "numeral");
    let before = words.markers_before(usize::MAX);
    let mut h1 = Element::new("h1").attr("id", element_id(&title.id));
    if let Some(numeral) = chapter.numeral.as_ref().filter(|_| own_number == 0) {
        let numeral =
            Element::new("span").attr("class", "numeral").attr("epub:type", "z3998:roman").text(numeral);
        h1 = h1.child(numeral).text(" ");
    }
    let (read, all) = progress(context.book, chapter);
    let drawing = motif::emblem(context.book.subject(&chapter.id), read, all);
    let opener = Element::new("div").attr("class", "opener").children(before).child(drawing);
    opener.child(words.finish(h1, &title.text))
}

/// How much of the drawing is drawn in full: nothing before the film, everything after it.
fn progress(book: &Book, chapter: &Chapter) -> (usize, usize) {
    let film = book.feature_of(&chapter.id).map(|film| film.chapters.as_slice());
    let is_of_film = |it: &&Chapter| film.is_none_or(|ids| ids.contains(&it.id));
    let essays = book.chapters.iter().filter(is_of_film).filter(|it| it.part == Part::Essay);
    match chapter.part {
        Part::Guide => (0, 1),
        Part::Essay => (essays.clone().take_while(|it| it.id != chapter.id).count() + 1, essays.count()),
        Part::After | Part::Glossary => (1, 1),
    }
}

/// What stands before the first section; an essay's first paragraph opens with words set apart.
fn opening(context: Context<'_>, chapter: &Chapter) -> Vec<Element> {
    let pictures = chapter.opening.iter().take_while(|block| matches!(block, Block::Figure(_))).count();
    let (pictures, text) = chapter.opening.split_at(pictures);
    match (chapter.part, text.split_first()) {
        (Part::Essay, Some((Block::Paragraph(first), rest))) => {
            let mut opening = blocks::flow(context, pictures, Rank::Second);
            opening.push(blocks::lede(context, first));
            opening.extend(blocks::flow(context, rest, Rank::Second));
            opening
        }
        (Part::Guide | Part::Essay | Part::After | Part::Glossary, _) => {
            blocks::flow(context, &chapter.opening, Rank::Second)
        }
    }
}

fn section(context: Context<'_>, section: &Section) -> Element {
    match section.role {
        Role::Plain => {
            let element = heading(context, Element::new("section"), &section.title, None);
            element.children(blocks::flow(context, &section.blocks, Rank::Third))
        }
        Role::Scene => {
            let element = Element::new("section").attr("class", "scene");
            let element = element.attr("aria-labelledby", element_id(&section.title.id));
            heading(context, element, &section.title, section.number)
                .children(aspects(context, &section.blocks))
        }
    }
}

/// Adds a section's heading to `into`, behind the markers of pages that begin with it.
fn heading(context: Context<'_>, into: Element, title: &TitleLeaf, number: Option<usize>) -> Element {
    let mut words = LeafWriter::new(context, &title.id);
    let into = into.children(words.markers_before(usize::MAX));
    let mut h2 = Element::new("h2").attr("id", element_id(&title.id));
    if let Some(number) = number {
        h2 = h2.child(Element::new("span").attr("class", "scene-no").text(&number.to_string())).text(" ");
        // The title is one box beside the number, whose lines keep together.
        return into
            .child(h2.child(words.finish(Element::new("span").attr("class", "scene-title"), &title.text)));
    }
    into.child(words.finish(h2, &title.text))
}

/// A scene: its labels are the aspects under which it is looked at, a row each.
fn aspects(context: Context<'_>, blocks: &[Block]) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut rest = blocks;
    while !rest.is_empty() {
        let rows = rest.iter().map_while(|block| aspect(context, block)).collect::<Vec<_>>();
        rest = &rest[rows.len()..];
        if !rows.is_empty() {
            elements.push(Element::new("dl").attr("class", "aspects").children(rows));
        }
        let others = rest.iter().take_while(|block| aspect(context, block).is_none()).count();
        elements.extend(blocks::flow(context, &rest[..others], Rank::Third));
        rest = &rest[others..];
    }
    elements
}

fn aspect(context: Context<'_>, block: &Block) -> Option<Element> {
    match block {
        Block::Labelled { id, label, text, .. } => Some(blocks::row(context, id, label, text)),
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
