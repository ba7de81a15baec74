//! The title page: what the dossier opens with, in its order, and what else a title page names.
//!
//! Dossiers begin with the day of the discussion, which on a title page stands at the foot. The words keep the
//! dossier's order in the file; the style sheet brings the day to the foot where a reader can.

use super::document::{Document, Place, name_of};
use super::element::Element;
use super::leaf::{Context, LeafWriter, element_id};
use super::matter::page;
use super::terms::{Term, term};
use super::{ADDED, blocks};
use crate::book::{Book, Leaf, glued, printed};

/// The title page.
pub fn title_page(context: Context<'_>) -> Document {
    let book = context.book;
    let front = &book.front;
    let mut section = Element::new("section").attr("class", "titlepage").attr("epub:type", "titlepage");
    let is = |leaf: &Option<Leaf>, id: &str| leaf.as_ref().is_some_and(|leaf| leaf.id == id);
    for id in &front.order {
        if is(&front.title, id) {
            section = section.children(film_title(context, front.title.as_ref())).children(film(book));
        } else if is(&front.date, id) {
            section = section.children(front.date.iter().map(|leaf| line(context, leaf, "date")));
        } else if is(&front.tagline, id) {
            section = section.children(front.tagline.iter().map(|leaf| line(context, leaf, "tagline")));
        } else {
            let more = front.more.iter().filter(|leaf| leaf.id == *id);
            section = section.children(more.map(|leaf| line(context, leaf, "line")));
        }
    }
    if front.title.is_none() {
        section = section.children(film_title(context, None)).children(film(book));
    }
    section = section.children(foot(book));
    let title = name_of(&book.listed_title(), term(book, Term::TitlePage));
    page("title.xhtml", &title, Place::TitlePage, section)
}

/// What the dossier's own lines do not name: original title, directors, year, which edition it is, tagline.
fn film(book: &Book) -> Vec<Element> {
    let year = book.year.map(|year| year.to_string());
    let title = book.front.title.as_ref();
    let dated = title.is_none() || year.as_ref().is_none_or(|year| is_said(book, year));
    let makers = book.directors.iter().filter(|name| !is_said(book, name)).cloned();
    let makers = makers.chain(year.filter(|_| !dated)).collect::<Vec<_>>().join(", ");
    let original = book.original_title.as_ref().filter(|it| **it != book.title && !is_said(book, it));
    let tagline = book.tagline.as_ref().filter(|_| book.front.tagline.is_none());
    let edition = book.edition.title.as_ref();
    let lines = [("original", original), ("by", Some(&makers)), ("edition", edition), ("tagline", tagline)];
    added(book, &lines)
}

/// Whose book it is, and when it is discussed.
fn foot(book: &Book) -> Vec<Element> {
    let date = book.date.as_ref().filter(|_| book.front.date.is_none()).map(|date| &date.long);
    let lines = [("club", book.club.as_ref()), ("season", book.season.as_ref()), ("date", date)];
    added(book, &lines)
}

/// Lines that the dossier does not have.
fn added(book: &Book, lines: &[(&str, Option<&String>)]) -> Vec<Element> {
    let said = lines.iter().filter_map(|(class, words)| Some((class, words.filter(|it| !it.is_empty())?)));
    let said = said.filter(|(_, words)| !is_said(book, words));
    said.map(|(class, words)| {
        Element::new("p").attr("class", format!("{class} {ADDED}")).text(&glued(words, &book.language))
    })
    .collect()
}

/// Whether a line that opens the dossier has these words already.
fn is_said(book: &Book, words: &str) -> bool {
    let front = &book.front;
    let lines = [&front.date, &front.title, &front.tagline].into_iter().flatten().chain(&front.more);
    lines.into_iter().any(|line| printed(&line.text).to_lowercase().contains(&words.to_lowercase()))
}

fn line(context: Context<'_>, leaf: &Leaf, class: &str) -> Element {
    blocks::leaf(context, "p", leaf).attr("class", class)
}

/// `The General (1926)`, behind the markers of pages that begin with it: the year stands smaller.
fn film_title(context: Context<'_>, leaf: Option<&Leaf>) -> Vec<Element> {
    let Some(leaf) = leaf else {
        let year = context.book.year.map(|year| format!("({year})"));
        let year = year.map(|year| Element::new("span").attr("class", "year").text(&year));
        let space = if year.is_some() { " " } else { "" };
        return vec![Element::new("h1").text(&context.book.title).text(space).children(year)];
    };
    let text = printed(&leaf.text);
    let year = text.rfind(" (").filter(|_| text.ends_with(')')).map_or(0..0, |at| at + 1..text.len());
    let mut words = LeafWriter::new(context, &leaf.id).set_apart(year, "year");
    let mut title = words.markers_before(usize::MAX);
    title.push(words.finish(Element::new("h1").attr("id", element_id(&leaf.id)), &leaf.text));
    title
}
