//! The page as a whole: head, overview, the two columns, keys.

use super::chapter::Found;
use super::piece::Pieces;
use super::raw::Raw;
use super::rows::{Part, Row};
use crate::html::{Element, integrity, tag};
use crate::source::Source;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Keys, where they lead, and what their button is called.
const KEYS: [(&str, &str, &str, &str); 8] = [
    ("k", "chapter", "-1", "Previous chapter"),
    ("j", "chapter", "1", "Next chapter"),
    ("d", "doubt", "1", "Next doubt"),
    ("u", "unsure", "1", "Next unsure line"),
    ("e", "edit", "1", "Next edit"),
    ("b", "edit", "-1", "Previous edit"),
    ("o", "overview", "1", "Overview"),
    ("?", "keys", "1", "Keys"),
];

/// The document around what is in the body.
pub fn document(title: &str, body: Element) -> Element {
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src '{}'; base-uri 'none'; form-action 'none'",
        integrity(SCRIPT)
    );
    let meta = |name, content: String| tag("meta").attr("name", name).attr("content", content);
    let head = tag("head")
        .child(tag("meta").attr("charset", "utf-8"))
        .child(tag("meta").attr("http-equiv", "Content-Security-Policy").attr("content", policy))
        .child(meta("viewport", "width=device-width, initial-scale=1".to_owned()))
        .child(meta("color-scheme", "light dark".to_owned()))
        .child(tag("title").text(format!("{title} – proof")))
        .child(tag("style").own(STYLE));
    tag("html").attr("lang", "en").child(head).child(body)
}

/// Everything below the overview: both columns, part by part.
pub fn columns(parts: &[Part], found: &[Found], raw: &Raw, pieces: &Pieces, source: &Source) -> Element {
    let head =
        tag("div").class("heads").child(tag("p").text("Source, as it was")).child(tag("p").text("Recovered"));
    let sections = parts.iter().filter(|part| part.chapter.is_some() || !part.rows.is_empty()).map(|part| {
        let found = part.chapter.and_then(|chapter| found.iter().find(|found| found.chapter == chapter));
        let section = tag("section").class("part");
        let section = match found {
            Some(found) => {
                section.attr("aria-labelledby", found.anchor()).child(found.band(pieces.language, source))
            }
            None => section.attr("aria-label", "Before the first chapter"),
        };
        section.children(part.rows.iter().map(|row| shown(row, raw, pieces, source)))
    });
    tag("main")
        .attr("id", "columns")
        .attr("tabindex", "-1")
        .attr("aria-label", "Source and structure")
        .attr("style", format!("--digits: {}", source.line_count().to_string().len()))
        .child(head)
        .children(sections)
}

fn shown(row: &Row, raw: &Raw, pieces: &Pieces, source: &Source) -> Element {
    let blank = row.pieces.is_empty();
    let lines = tag("div").class("source").children(row.lines.clone().map(|line| raw.line(line)));
    let lines = if row.lines.is_empty() {
        lines.child(tag("p").class("none").text("not in the source"))
    } else {
        lines
    };
    let is_lost = |line| !source.slice(source.line_span(line)).trim().is_empty();
    let recovered =
        tag("div").class("recovered").children(row.pieces.iter().map(|piece| pieces.shown(piece)));
    let recovered = if blank && row.lines.clone().any(is_lost) {
        recovered.child(tag("p").class("none").text("nothing: this line is in no block"))
    } else {
        recovered
    };
    tag("div")
        .class(if blank { "row blank" } else { "row" })
        .attr("style", format!("--tall: {}", height(row, source)))
        .child(lines)
        .child(recovered)
}

/// About how many lines of print a row takes, so that the scroll bar is right before it is drawn.
fn height(row: &Row, source: &Source) -> usize {
    const CHARACTERS_A_LINE: usize = 64;
    let length = |line| source.slice(source.line_span(line)).len() / CHARACTERS_A_LINE + 1;
    row.lines.clone().map(length).sum::<usize>().max(1)
}

/// The buttons that do what the keys do. The script shows them: without it they would do nothing.
pub fn tools() -> Element {
    let buttons = KEYS.map(|(key, to, step, name)| {
        tag("button")
            .attr("type", "button")
            .attr("data-to", to)
            .attr("data-step", step)
            .attr("data-key", key)
            .attr("aria-keyshortcuts", key)
            .child(tag("span").text(name))
            .child(tag("kbd").attr("aria-hidden", "true").text(key))
    });
    tag("nav").attr("id", "tools").attr("aria-label", "Go to").attr("hidden", "").children(buttons)
}

/// The list of keys, and where the script says what it did.
pub fn keys() -> [Element; 2] {
    let rows = KEYS.iter().map(|(key, _, _, name)| {
        let other = match *key {
            "j" => " or n",
            "k" => " or p",
            _ => "",
        };
        tag("li").child(tag("kbd").text(key)).text(format!("{other}: {name}"))
    });
    let switch = tag("label")
        .child(tag("input").attr("type", "checkbox").attr("id", "single").attr("checked", ""))
        .text(" Use these keys");
    let close = tag("form").attr("method", "dialog").child(tag("button").text("Close"));
    let dialog = tag("dialog")
        .attr("id", "keys")
        .attr("aria-labelledby", "keys-title")
        .child(tag("h2").attr("id", "keys-title").text("Keys"))
        .child(tag("ul").children(rows))
        .child(tag("p").child(switch))
        .child(close);
    let status = tag("p").attr("id", "status").attr("role", "status");
    [dialog, status]
}

/// The link that leads past the overview.
pub fn skip() -> Element {
    tag("a").class("skip").attr("href", "#columns").text("Skip to the two columns")
}

/// The overview and the columns in the body.
pub fn body(parts: impl IntoIterator<Item = Element>) -> Element {
    tag("body").children(parts).child(tag("script").own(SCRIPT))
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
