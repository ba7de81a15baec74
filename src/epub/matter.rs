//! What stands before and after the chapters: cover, film card, colophon.

use super::Supplied;
use super::document::{Document, Place};
use super::element::Element;
use super::leaf::Context;
use super::terms::{Term, term};
use crate::book::{CardRow, CardStyle, glued};

/// The cover's picture in the package.
pub const COVER_IMAGE: &str = "cover.jpg";

/// The cover, described by its words.
pub fn cover(context: Context<'_>) -> Document {
    let book = context.book;
    let cover = term(book, Term::Cover);
    let description = match book.year {
        Some(year) => format!("{cover}: {} ({year})", book.title),
        None => format!("{cover}: {}", book.title),
    };
    let description = match &book.cover {
        Some(picture) => sentence(&format!("{description}. {}", picture.alt)),
        None => sentence(&description),
    };
    let image =
        Element::new("img").attr("src", COVER_IMAGE).attr("alt", description).attr("role", "doc-cover");
    let section =
        Element::new("section").attr("class", "cover").attr("epub:type", "cover").attr("aria-label", cover);
    page("cover.xhtml", cover, Place::Cover, section.child(image))
}

/// The film card, where anything is known of the film.
pub fn card(context: Context<'_>) -> Option<Document> {
    let title = term(context.book, Term::FilmCard);
    let rows = context.book.card.iter().map(|row| card_row(row, &context.book.language));
    let section = Element::new("section").attr("aria-labelledby", "card").child(heading(
        "card",
        title,
        context.markers.of_supplied(Supplied::Card),
    ));
    let section = section.child(Element::new("dl").attr("class", "card").children(rows));
    (!context.book.card.is_empty()).then(|| page("card.xhtml", title, Place::Card, section))
}

/// The colophon, where it has lines. What it says of the booklet's type is not true here, where the
/// reader chooses the type.
pub fn colophon(context: Context<'_>) -> Option<Document> {
    let title = term(context.book, Term::Colophon);
    let type_of_booklet = Term::SetIn.words(context.book);
    let lines = context.book.colophon.iter().filter(|line| Some(line.as_str()) != type_of_booklet);
    let lines = lines.map(|line| Element::new("p").text(&glued(line, &context.book.language)));
    let section = Element::new("section").attr("class", "colophon").attr("epub:type", "colophon");
    let section = section.attr("role", "doc-colophon").attr("aria-labelledby", "colophon");
    let section = section
        .child(heading("colophon", title, context.markers.of_supplied(Supplied::Colophon)))
        .children(lines);
    (!context.book.colophon.is_empty()).then(|| page("colophon.xhtml", title, Place::Colophon, section))
}

/// The words with a full stop, where nothing ends them yet: a voice that reads on would run into what follows.
fn sentence(words: &str) -> String {
    let ends = words.trim_end().ends_with(['.', '!', '?', '…', '。', '！', '？']);
    if ends { words.to_owned() } else { format!("{words}.") }
}

/// A file that has no sections.
pub fn page(file: &str, title: &str, place: Place, content: Element) -> Document {
    Document { file: file.to_owned(), title: title.to_owned(), place, sections: Vec::new(), content }
}

/// A page's title, with its id, behind the marker of the printed page.
pub fn heading(id: &str, title: &str, marker: Option<Element>) -> Element {
    let opener = Element::new("div").attr("class", "opener").children(marker);
    opener.child(Element::new("h1").attr("id", id).text(title))
}

fn card_row(row: &CardRow, language: &str) -> Element {
    let value = glued(&row.value, language);
    let value = match row.style {
        CardStyle::Title => Element::new("dd").child(Element::new("i").text(&value)),
        CardStyle::Plain => Element::new("dd").text(&value),
    };
    Element::new("div").child(Element::new("dt").text(&row.label)).child(value)
}
