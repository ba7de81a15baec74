//! The page as a whole.

use super::film::film;
use super::words::Words;
use super::{ATOM, CALENDAR, Catalogue, Discussion, OPDS};
use crate::html::{self, Element, integrity, tag};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The page: a whole HTML file.
pub fn page(catalogue: &Catalogue, words: Words<'_>) -> String {
    let films = catalogue.by_date();
    let items = films.iter().zip(1..).map(|(entry, number)| film(entry, number, catalogue, words));
    let list = tag("ol").class("films").attr("id", "films").children(items);
    // the script fills and shows it; it stays empty where there is no script, or nothing to come
    let next = section("next", words.term("catalogue_next"))
        .attr("hidden", "")
        .attr("data-today", words.term("catalogue_today").to_owned())
        .attr("data-past", words.term("discussed").to_owned());
    let all = section("all", words.term("catalogue_films")).child(list);
    let body = tag("body")
        .child(header(catalogue, words))
        .child(tag("main").child(next).child(all))
        .child(footer(words))
        .child(tag("script").own(SCRIPT));
    let html = tag("html").attr("lang", catalogue.language.clone());
    html::document(&html.child(head(catalogue, words)).child(body))
}

fn section(id: &'static str, title: &str) -> Element {
    let heading = format!("{id}-title");
    tag("section")
        .attr("id", id)
        .attr("aria-labelledby", heading.clone())
        .child(tag("h2").attr("id", heading).text(title))
}

fn head(catalogue: &Catalogue, words: Words<'_>) -> Element {
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '{}'; base-uri 'none'; form-action 'none'",
        integrity(SCRIPT)
    );
    let meta = |name, content: String| tag("meta").attr("name", name).attr("content", content);
    let other = |file: &'static str, media_type: &'static str| {
        tag("link").attr("rel", "alternate").attr("type", media_type).attr("href", file)
    };
    tag("head")
        .child(tag("meta").attr("charset", "utf-8"))
        .child(tag("meta").attr("http-equiv", "Content-Security-Policy").attr("content", policy))
        .child(meta("viewport", "width=device-width, initial-scale=1".to_owned()))
        .child(meta("color-scheme", "light dark".to_owned()))
        .child(tag("title").text(catalogue.full_title(words)))
        .child(other(ATOM, "application/atom+xml;profile=opds-catalog;kind=acquisition"))
        .child(other(OPDS, "application/opds+json"))
        .child(tag("style").own(STYLE))
}

/// The club, the season, and how far it reaches.
fn header(catalogue: &Catalogue, words: Words<'_>) -> Element {
    let title = catalogue.title(words);
    let club = catalogue.club.iter().filter(|club| *club != title);
    let films = catalogue.by_date();
    let days = films.iter().filter_map(|film| film.discussion.as_ref()).collect::<Vec<_>>();
    let span = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first.date == last.date => vec![day(first)],
        (Some(first), Some(last)) => vec![day(first).text(" – "), day(last)],
        (Some(_), None) | (None, Some(_) | None) => Vec::new(),
    };
    tag("header")
        .children(club.map(|club| tag("p").class("club").text(club)))
        .child(tag("h1").text(title))
        .child(
            tag("p")
                .class("span")
                .child(tag("span").text(words.count(films.len())))
                .children((!span.is_empty()).then(|| tag("span").children(span))),
        )
}

fn day(discussion: &Discussion) -> Element {
    let date = tag("time").attr("datetime", discussion.date.to_string()).text(&discussion.long);
    tag("span").child(date)
}

/// Dates and feeds, and who made it.
fn footer(words: Words<'_>) -> Element {
    let links =
        [(CALENDAR, "text/calendar", "catalogue_calendar"), (ATOM, "application/atom+xml", "catalogue_feed")];
    let links = links.map(|(file, media_type, key)| {
        let anchor = tag("a").attr("href", file).attr("type", media_type).text(words.term(key));
        tag("li").child(anchor)
    });
    tag("footer").child(tag("ul").children(links)).child(tag("p").text(words.term("made_with")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_end_where_they_should() {
        for own in [STYLE, SCRIPT] {
            assert!(!own.contains("</") && !own.contains("<!--"));
        }
    }
}
