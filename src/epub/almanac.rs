//! What only the almanac of a season has: a page that opens each film, the table of chapters, one glossary
//! and one index of all films.

use super::blocks;
use super::document::{Document, Place, name_of};
use super::element::Element;
use super::leaf::{Context, LeafWriter, chapter_file, element_id, film_file};
use super::links::Locator;
use super::matter::{card_row, heading};
use super::terms::{Term, term};
use super::title::opening_lines;
use super::{Supplied, motif};
use crate::book::{Almanac, Block, Chapter, Column, Feature, IndexEntry};

/// The pages that open the films whose chapters begin at this place among the book's.
pub fn openings(context: Context<'_>, chapter: usize) -> impl Iterator<Item = Document> {
    context.book.features_at(chapter).map(move |film| opening(context, film))
}

/// The lines that open a film's dossier, and its card.
fn opening(context: Context<'_>, film: &Feature) -> Document {
    let drawing = Element::new("div").child(motif::emblem(film.subject(), 1, 1));
    let section = Element::new("section").attr("class", "titlepage").attr("epub:type", "part");
    let section = spoken_as(context, film, section.attr("role", "doc-part").attr("aria-label", &film.title));
    let section = section.child(drawing).children(opening_lines(context, film));
    let rows = film.card.iter().map(|row| card_row(row, &film.language));
    let card = Element::new("section").attr("aria-labelledby", "card");
    let card = card.child(Element::new("h2").attr("id", "card").text(term(context.book, Term::FilmCard)));
    let card = card.child(Element::new("dl").attr("class", "card").children(rows));
    Document {
        file: film_file(film),
        title: name_of(&film.title, &film.id),
        place: if film.position == 1 { Place::FirstFilm } else { Place::Film },
        sections: Vec::new(),
        content: if film.card.is_empty() { section } else { section.child(card) },
    }
}

/// Says in which language a film's chapter is, where it is not the almanac's.
pub fn in_language(context: Context<'_>, chapter: &Chapter, section: Element) -> Element {
    match context.book.feature_of(&chapter.id) {
        Some(film) => spoken_as(context, film, section),
        None => section,
    }
}

fn spoken_as(context: Context<'_>, film: &Feature, section: Element) -> Element {
    if film.language == context.book.language {
        return section;
    }
    section.attr("lang", &film.language).attr("xml:lang", &film.language)
}

/// Which film has which of the numbered chapters: the page of the print edition on which it begins, or
/// its number where no pages are known; a dash where the dossier has none.
pub fn coverage(context: Context<'_>) -> Option<Document> {
    let Almanac { films, columns, .. } = context.book.almanac.as_ref()?;
    let title = term(context.book, Term::Coverage);
    let head = columns.iter().map(|it| Element::new("th").attr("scope", "col").text(&it.numeral));
    let first = Element::new("th").attr("scope", "col").text(term(context.book, Term::Title));
    let rows = films.iter().enumerate().map(|(at, film)| {
        let name = Element::new("a").attr("href", film_file(film)).child(Element::new("i").text(&film.title));
        let cells = columns.iter().map(|column| cell(context, column, at));
        Element::new("tr").child(Element::new("th").attr("scope", "row").child(name)).children(cells)
    });
    let table = Element::new("table").attr("class", "agenda coverage").attr("aria-labelledby", "coverage");
    let table = table
        .child(Element::new("thead").child(Element::new("tr").child(first).children(head)))
        .child(Element::new("tbody").children(rows));
    let key = columns.iter().map(|it| {
        let row = Element::new("div").child(Element::new("dt").text(&it.numeral));
        row.child(Element::new("dd").text(&it.title))
    });
    let section = Element::new("section").attr("aria-labelledby", "coverage");
    let section = section
        .child(heading("coverage", title, context.markers.of_supplied(Supplied::Coverage)))
        .child(table);
    (!columns.is_empty()).then(|| Document {
        file: "coverage.xhtml".to_owned(),
        title: title.to_owned(),
        place: Place::Coverage,
        sections: Vec::new(),
        content: section.child(Element::new("dl").attr("class", "facts").children(key)),
    })
}

fn cell(context: Context<'_>, column: &Column, film: usize) -> Element {
    let cell = Element::new("td");
    let id = column.chapters.get(film).and_then(Option::as_deref);
    let found = id.and_then(|id| context.book.chapters.iter().find(|chapter| chapter.id == id));
    let Some((chapter, target)) =
        found.and_then(|chapter| Some((chapter, chapter_file(context.book, &chapter.id)?)))
    else {
        return cell.text("–");
    };
    let page = context.markers.of(&chapter.title.id).first().map(|marker| marker.label.as_str());
    cell.child(Element::new("a").attr("href", target).text(page.unwrap_or(&column.numeral)))
}

/// The glossary of all films.
pub fn glossary(context: Context<'_>, chapter: &Chapter) -> Option<Document> {
    let title_id = element_id(&chapter.title.id);
    let mut words = LeafWriter::new(context, &chapter.title.id);
    let before = words.markers_before(usize::MAX);
    let h1 = words.finish(Element::new("h1").attr("id", &title_id), &chapter.title.text);
    let entries = chapter.opening.iter().flat_map(|block| match block {
        Block::Glossary { items } => items.as_slice(),
        Block::Paragraph(_)
        | Block::Labelled { .. }
        | Block::Group { .. }
        | Block::List { .. }
        | Block::Questions { .. }
        | Block::Fields { .. }
        | Block::Figure(_)
        | Block::Date(_)
        | Block::Title(_)
        | Block::Tagline(_) => &[],
    });
    let entries = entries.map(|it| blocks::glossary_entry(context, &it.id, &it.term, &it.definition));
    let section = Element::new("section").attr("id", "glossary").attr("epub:type", "glossary");
    let section = section.attr("role", "doc-glossary").attr("aria-labelledby", &title_id);
    Some(Document {
        file: chapter_file(context.book, &chapter.id)?,
        title: name_of(&chapter.running, &chapter.id),
        place: Place::Glossary,
        sections: Vec::new(),
        content: section
            .child(Element::new("div").attr("class", "opener").children(before).child(h1))
            .child(Element::new("dl").attr("class", "glossary").children(entries)),
    })
}

/// Stands where a dossier has its glossary: leads to the one of all films.
pub fn to_glossary(context: Context<'_>) -> Element {
    let paragraph = Element::new("p");
    let chapter = context.book.chapters.last().filter(|_| context.book.almanac.is_some());
    match chapter.and_then(|chapter| chapter_file(context.book, &chapter.id)) {
        Some(file) => {
            let words = term(context.book, Term::InGlossary);
            paragraph.child(Element::new("a").attr("href", file).text(words))
        }
        None => paragraph,
    }
}

/// The film whose dossier has an entry of the glossary, behind the entry's words.
pub fn film_of_entry(context: Context<'_>, id: &str) -> Option<Element> {
    let film = context.book.almanac.as_ref()?.explained_in.get(id)?;
    Some(Element::new("span").text("(").child(Element::new("i").text(film)).text(")"))
}

/// The places of an entry of the index, film by film; none where no word leads to it.
pub fn places(context: Context<'_>, entry: &IndexEntry) -> Vec<Element> {
    let mut places = Vec::new();
    for within in &entry.within {
        let found = context.links.places(&within.id);
        if found.is_empty() {
            continue;
        }
        let before = if places.is_empty() { "\u{2002}" } else { "; " };
        let mut span = Element::new("span").text(before).child(Element::new("i").text(&within.film));
        for (at, Locator { target, page }) in found.iter().enumerate() {
            span.push_text(if at == 0 { " " } else { ", " });
            let number = page.clone().unwrap_or_else(|| (at + 1).to_string());
            span.push(
                Element::new("a").attr("href", target).attr("epub:type", "index-locator").text(&number),
            );
        }
        places.push(span);
    }
    places
}
