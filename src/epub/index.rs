//! The index: films and people, each with the printed pages on which it is named, or with its places
//! where there are no pages.

use super::Supplied;
use super::almanac;
use super::document::{Document, Place};
use super::element::Element;
use super::leaf::{Context, LeafWriter};
use super::links::Locator;
use super::matter::heading;
use super::terms::{Term, term};
use crate::book::IndexEntry;

/// The index, where the book has one.
pub fn index(context: Context<'_>) -> Option<Document> {
    let title = term(context.book, Term::Index);
    let entries = context.book.index.iter().filter_map(|it| entry(context, it)).collect::<Vec<_>>();
    let none = entries.is_empty();
    // VoiceOver takes a list without bullets for no list, unless it is told.
    let list = Element::new("ul").attr("class", "index").attr("role", "list");
    let list = list.attr("epub:type", "index-entry-list").children(entries);
    let section = Element::new("section").attr("epub:type", "index").attr("role", "doc-index");
    let section = section
        .attr("aria-labelledby", "index")
        .child(heading("index", title, context.markers.of_supplied(Supplied::Index)))
        .child(list);
    (!none).then(|| Document {
        file: "index.xhtml".to_owned(),
        title: title.to_owned(),
        place: Place::Index,
        sections: Vec::new(),
        content: section,
    })
}

/// An entry with its places; none where no word leads to it.
fn entry(context: Context<'_>, entry: &IndexEntry) -> Option<Element> {
    let places = context.links.places(&entry.id);
    let by_film = almanac::places(context, entry);
    let name = LeafWriter::new(context, "")
        .finish(Element::new("span").attr("epub:type", "index-term"), &entry.name);
    let mut item = Element::new("li").attr("epub:type", "index-entry").child(name);
    for (at, Locator { target, page }) in places.iter().enumerate() {
        item.push_text(if at == 0 { "\u{2002}" } else { ", " });
        let number = page.clone().unwrap_or_else(|| (at + 1).to_string());
        item.push(Element::new("a").attr("href", target).attr("epub:type", "index-locator").text(&number));
    }
    let leads_nowhere = places.is_empty() && by_film.is_empty();
    for film in by_film {
        item.push(film);
    }
    (!leads_nowhere).then_some(item)
}
