//! What stands before and after the chapters: cover, title page, film card, colophon.

use super::blocks;
use super::document::{Document, Place, name_of};
use super::element::Element;
use super::leaf::{Context, LeafWriter, element_id};
use super::term;
use crate::book::{CardRow, CardStyle, Front, Leaf, glued, printed};

/// The cover's picture in the package.
pub const COVER_IMAGE: &str = "cover.jpg";

/// The cover, described by its words.
pub fn cover(context: Context<'_>) -> Document {
    let book = context.book;
    let cover = term(book, "cover");
    let description = match book.year {
        Some(year) => format!("{cover}: {} ({year})", book.title),
        None => format!("{cover}: {}", book.title),
    };
    let description = match &book.cover {
        Some(picture) => format!("{description}. {}", picture.alt),
        None => description,
    };
    let image =
        Element::new("img").attr("src", COVER_IMAGE).attr("alt", description).attr("role", "doc-cover");
    let section =
        Element::new("section").attr("class", "cover").attr("epub:type", "cover").attr("aria-label", cover);
    page("cover.xhtml", cover, Place::Cover, section.child(image))
}

/// The title page: the lines that open the dossier, in their order, and the edition's title.
pub fn title_page(context: Context<'_>) -> Document {
    let section = Element::new("section").attr("class", "titlepage").attr("epub:type", "titlepage");
    let section = section.children(front_lines(context, &context.book.front, &context.book.title)).children(
        context.book.edition.title.iter().map(|it| Element::new("p").attr("class", "line").text(it)),
    );
    let title = name_of(&context.book.listed_title(), term(context.book, "title_page"));
    page("title.xhtml", &title, Place::TitlePage, section)
}

/// The lines that open a dossier, in their order; the film's title stands first where none of them has it.
pub fn front_lines(context: Context<'_>, front: &Front, title: &str) -> Vec<Element> {
    let mut lines = Vec::new();
    let is = |leaf: &Option<Leaf>, id: &str| leaf.as_ref().is_some_and(|leaf| leaf.id == id);
    for id in &front.order {
        if is(&front.title, id) {
            lines.extend(film_title(context, front.title.as_ref(), title));
        } else if is(&front.date, id) {
            lines.extend(front.date.iter().map(|leaf| line(context, leaf, "date")));
        } else if is(&front.tagline, id) {
            lines.extend(front.tagline.iter().map(|leaf| line(context, leaf, "tagline")));
        } else {
            let more = front.more.iter().filter(|leaf| leaf.id == *id);
            lines.extend(more.map(|leaf| line(context, leaf, "line")));
        }
    }
    if front.title.is_none() {
        lines.extend(film_title(context, None, title));
    }
    lines
}

/// The film card, where anything is known of the film.
pub fn card(context: Context<'_>) -> Option<Document> {
    let title = term(context.book, "film_card");
    let rows = context.book.card.iter().map(|row| card_row(row, &context.book.language));
    let section = Element::new("section").attr("aria-labelledby", "card").child(heading("card", title));
    let section = section.child(Element::new("dl").attr("class", "card").children(rows));
    (!context.book.card.is_empty()).then(|| page("card.xhtml", title, Place::Card, section))
}

/// The colophon, where it has lines. What it says of the booklet's type is not true here, where the
/// reader chooses the type.
pub fn colophon(context: Context<'_>) -> Option<Document> {
    let title = term(context.book, "colophon");
    let type_of_booklet = context.book.terms.get("set_in");
    let lines = context.book.colophon.iter().filter(|line| Some(*line) != type_of_booklet);
    let lines = lines.map(|line| Element::new("p").text(&glued(line, &context.book.language)));
    let section = Element::new("section").attr("class", "colophon").attr("epub:type", "colophon");
    let section = section.attr("role", "doc-colophon").attr("aria-labelledby", "colophon");
    let section = section.child(heading("colophon", title)).children(lines);
    (!context.book.colophon.is_empty()).then(|| page("colophon.xhtml", title, Place::Colophon, section))
}

fn page(file: &str, title: &str, place: Place, content: Element) -> Document {
    Document { file: file.to_owned(), title: title.to_owned(), place, sections: Vec::new(), content }
}

/// A page's title, with its id.
pub fn heading(id: &str, title: &str) -> Element {
    Element::new("div").attr("class", "opener").child(Element::new("h1").attr("id", id).text(title))
}

fn line(context: Context<'_>, leaf: &Leaf, class: &str) -> Element {
    blocks::leaf(context, "p", leaf).attr("class", class)
}

/// `The General (1926)`, behind the markers of pages that begin with it: the year stands smaller.
fn film_title(context: Context<'_>, leaf: Option<&Leaf>, title: &str) -> Vec<Element> {
    let Some(leaf) = leaf else {
        return vec![Element::new("h1").text(title)];
    };
    let text = printed(&leaf.text);
    let year = text.rfind(" (").filter(|_| text.ends_with(')')).map_or(0..0, |at| at + 1..text.len());
    let mut words = LeafWriter::new(context, &leaf.id).set_apart(year, "year");
    let mut title = words.markers_before(usize::MAX);
    title.push(words.finish(Element::new("h1").attr("id", element_id(&leaf.id)), &leaf.text));
    title
}

/// A row of a film card.
pub fn card_row(row: &CardRow, language: &str) -> Element {
    let value = glued(&row.value, language);
    let value = match row.style {
        CardStyle::Title => Element::new("dd").child(Element::new("i").text(&value)),
        CardStyle::Plain => Element::new("dd").text(&value),
    };
    Element::new("div").child(Element::new("dt").text(&row.label)).child(value)
}
