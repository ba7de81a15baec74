//! What stands over the two columns: the film and its file, what a person should look at, the chapters.

use super::chapter::{Found, copyable, counted, grouped, link_to_line, sureness, words};
use super::marks::Mark;
use super::pin;
use crate::diag::{Code, Diagnostic};
use crate::dossier::Dossier;
use crate::html::{Element, tag};
use crate::ingest::EditRule;
use crate::scheme::{ChapterScheme, Scheme};
use crate::source::Source;
use std::collections::BTreeMap;

/// The film's title with its year.
pub fn film(dossier: &Dossier) -> String {
    let metadata = &dossier.metadata;
    let year = metadata.year.map_or_else(String::new, |year| format!(" ({year})"));
    format!("{}{year}", metadata.title)
}

/// The head of the page: the film, its file, figures.
pub fn header(dossier: &Dossier, source: &Source, marks: &[Mark]) -> Element {
    let facts = [
        ("File", source.name().to_owned()),
        ("Encoding", source.encoding().to_owned()),
        ("Language", dossier.language.clone()),
        ("Words", grouped(words(source.text()))),
        ("Lines", grouped(source.line_count())),
        ("Chapters", dossier.chapters.len().to_string()),
        ("Edits", grouped(marks.len())),
    ];
    let facts = facts.into_iter().map(|(name, value)| {
        let name = tag("dt").text(name);
        tag("div").child(name).child(tag("dd").text(value))
    });
    tag("header")
        .child(tag("p").class("what").text("How this dossier was understood"))
        .child(tag("h1").attr("lang", dossier.language.clone()).text(film(dossier)))
        .child(tag("dl").class("facts").children(facts))
        .children(edits(marks))
}

/// How many edits each rule made.
fn edits(marks: &[Mark]) -> Option<Element> {
    let mut counts: BTreeMap<EditRule, usize> = BTreeMap::new();
    for change in marks.iter().flat_map(|mark| &mark.changes) {
        *counts.entry(change.rule).or_default() += 1;
    }
    let rules = counts.iter().map(|(rule, count)| format!("{} × {}", grouped(*count), rule.name()));
    let rules = rules.collect::<Vec<_>>();
    (!rules.is_empty()).then(|| tag("p").class("edits").text(format!("Cleaned: {}.", rules.join(", "))))
}

/// What a person should look at, and all chapters.
pub fn overview(found: &[Found], scheme: &Scheme, source: &Source, warnings: &[Diagnostic]) -> Element {
    tag("nav")
        .attr("id", "overview")
        .attr("aria-label", "Overview")
        .child(to_look_at(found, scheme, source, warnings))
        .child(all_chapters(found, scheme, source))
}

fn to_look_at(found: &[Found], scheme: &Scheme, source: &Source, warnings: &[Diagnostic]) -> Element {
    let doubtful = found.iter().filter(|found| found.is_doubtful()).map(|found| doubt(found, source));
    let missing = scheme
        .chapters
        .iter()
        .filter(|chapter| is_missing(chapter, found))
        .map(|chapter| missing(chapter, scheme));
    let told = |warning: &&Diagnostic| !matches!(warning.code, Code::ChapterUnsure | Code::ChapterMissing);
    let others = warnings.iter().filter(told).map(warned);
    let all = doubtful.chain(missing).chain(others).collect::<Vec<_>>();
    let section = tag("section").class("look").attr("aria-labelledby", "look");
    let heading = tag("h2").attr("id", "look");
    if all.is_empty() {
        let well = tag("p").text("Nothing. Every chapter was found, and no start is in doubt.");
        return section.child(heading.text("To look at")).child(well);
    }
    section
        .child(heading.text(format!("To look at ({})", all.len())))
        .child(tag("ul").children(all))
        .child(tag("p").class("hint").text("A pin goes into season.yaml, under the entry of this film."))
}

fn is_missing(chapter: &ChapterScheme, found: &[Found]) -> bool {
    found.iter().all(|found| found.chapter.id.as_str() != chapter.id)
}

fn doubt(found: &Found, source: &Source) -> Element {
    let or = found.start.and_then(|start| start.runner_up.as_ref()).map(|other| {
        let line = source.line_of(other.opening.span.start);
        tag("span").text("or perhaps in ").child(link_to_line(line).text(format!("line {line}")))
    });
    let at = found.line(source).map_or_else(String::new, |line| format!(" seems to start in line {line} "));
    tag("li")
        .child(tag("a").class("go").attr("href", format!("#{}", found.anchor())).text(found.title()))
        .text(at)
        .children(or)
        .child(sureness(found.chapter.certainty))
}

fn missing(chapter: &ChapterScheme, scheme: &Scheme) -> Element {
    let title = tag("b").attr("lang", scheme.language.clone()).text(&chapter.title);
    tag("li")
        .child(title)
        .text(": no text was found for this chapter. If it is not there, say so:")
        .child(copyable(&pin::absent(&chapter.id)))
}

fn warned(warning: &Diagnostic) -> Element {
    let line = warning.place.as_ref().and_then(|place| place.line);
    let item = match line {
        Some(line) => tag("li").child(link_to_line(line).text(format!("line {line}"))).text(": "),
        None => tag("li"),
    };
    let hint = warning.hint.as_ref().map(|hint| tag("span").class("hint").text(format!(" – {hint}")));
    item.text(&warning.message).children(hint)
}

fn all_chapters(found: &[Found], scheme: &Scheme, source: &Source) -> Element {
    let rows = found.iter().map(|found| {
        let number = scheme.number(&found.chapter.id).map_or_else(String::new, |number| number.to_string());
        let title = tag("a")
            .class("go")
            .attr("href", format!("#{}", found.anchor()))
            .attr("lang", scheme.language.clone())
            .text(found.title());
        let line = found.line(source).map_or_else(String::new, |line| format!("line {line}, "));
        let size = format!("{line}{}", counted(found.words(), "word"));
        tag("li")
            .child(tag("span").class("number").text(number))
            .child(title)
            .child(sureness(found.chapter.certainty))
            .child(tag("span").class("size").text(size))
    });
    tag("section")
        .class("chapters")
        .attr("aria-labelledby", "chapters")
        .child(tag("h2").attr("id", "chapters").text("Chapters"))
        .child(tag("ul").children(rows))
}
