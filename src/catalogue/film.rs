//! A film on the page.

use super::words::Words;
use super::{Catalogue, Discussion, Entry, File, Kind, link};
use crate::html::{Element, tag, within};

/// A film as an item of the list. `number` is its place on the page, from 1.
pub fn film(film: &Entry, number: usize, catalogue: &Catalogue, words: Words<'_>) -> Element {
    let heading = format!("film-{number}");
    let about = tag("div")
        .class("about")
        .child(day(film.discussion.as_ref(), words))
        .child(
            tag("h3").attr("id", heading.clone()).child(tag("cite").text(&film.title)).children(year(film)),
        )
        .children(credits(film))
        .children(film.tagline.iter().map(|line| tag("p").class("tagline").text(line)))
        .child(files(film, &heading, words));
    let article = tag("article").attr("aria-labelledby", heading).children([cover(film), about]);
    let article = match colours(film) {
        Some(colours) => article.attr("style", colours),
        None => article,
    };
    let article = if film.language == catalogue.language {
        article
    } else {
        article.attr("lang", film.language.clone())
    };
    let item = tag("li");
    let item = match &film.discussion {
        Some(discussion) => item.attr("data-day", discussion.date.to_string()),
        None => item,
    };
    item.child(article)
}

/// The cover: the words on it stand beside it, so it is ornament to those who do not see it.
fn cover(film: &Entry) -> Element {
    match &film.cover {
        Some(cover) => tag("img")
            .attr("alt", "")
            .attr("width", cover.width.to_string())
            .attr("height", cover.height.to_string())
            .attr("src", within("image/jpeg", &cover.jpeg)),
        None => tag("div").class("no-cover"),
    }
}

/// When and where; the words of the page stay in its language.
fn day(discussion: Option<&Discussion>, words: Words<'_>) -> Element {
    let line = tag("p").class("day");
    let Some(discussion) = discussion else {
        return line.text(words.term("catalogue_undated"));
    };
    let Discussion { date, time, place, .. } = discussion;
    let machine = match time {
        Some(time) => format!("{date}T{}", time.format("%H:%M")),
        None => date.to_string(),
    };
    let when = tag("time").attr("datetime", machine).text(words.day(discussion));
    let when = match time {
        Some(time) => when.text(format!(", {}", words.time(*time))),
        None => when,
    };
    line.child(when).children(place.iter().map(|place| tag("span").class("place").text(place)))
}

fn year(film: &Entry) -> Option<Element> {
    film.year.map(|year| tag("span").class("year").text(format!(" ({year})")))
}

/// The title in its own language and who directed it, where they are known.
fn credits(film: &Entry) -> Option<Element> {
    let original = film.original_title.iter().filter(|title| **title != film.title);
    // its language is not known
    let original = original.map(|title| tag("cite").attr("lang", "und").text(title));
    let directors = film.directors.join(", ");
    let directors = Some(directors).filter(|names| !names.is_empty()).map(|names| tag("span").text(names));
    let parts = original.chain(directors).collect::<Vec<_>>();
    (!parts.is_empty()).then(|| tag("p").class("credits").children(parts))
}

/// What there is to read, the booklet and the e-book first.
fn files(film: &Entry, heading: &str, words: Words<'_>) -> Element {
    if film.files.is_empty() {
        return tag("p").class("none").text(words.term("catalogue_no_files"));
    }
    let item = |file: &File| {
        let name = tag("span").class("name").text(words.file(file));
        let anchor = tag("a")
            .attr("href", link(&file.name))
            .attr("type", file.kind.media_type())
            .attr("aria-describedby", heading.to_owned())
            .child(name)
            .text(" ")
            .child(tag("span").class("measure").text(words.measure(film, file)));
        tag("li").class(if is_first_choice(file) { "main" } else { "more" }).child(anchor)
    };
    let (first, more): (Vec<_>, Vec<_>) = film.files.iter().partition(|file| is_first_choice(file));
    tag("ul").class("files").children(first.into_iter().chain(more).map(item))
}

/// What most people want.
fn is_first_choice(file: &File) -> bool {
    file.edition.is_none()
        && match file.kind {
            Kind::Booklet | Kind::Ebook => true,
            Kind::Print | Kind::Press => false,
        }
}

/// The film's colours for the style sheet.
fn colours(film: &Entry) -> Option<String> {
    let is_colour = |colour: &str| {
        let digits = colour.strip_prefix('#').unwrap_or_default();
        digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    let inks = film.inks.as_ref().filter(|inks| is_colour(&inks.ink) && is_colour(&inks.spark))?;
    Some(format!("--ink: {}; --spark: {}", inks.ink, inks.spark))
}
