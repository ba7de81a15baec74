//! The band at which a chapter starts: how sure that is, what decided it, where else it might start.

use super::piece::percent;
use super::pin;
use crate::dossier::{Certainty, Chapter, plain};
use crate::html::{Element, tag};
use crate::ingest::{Cue, Opening, RunnerUp, Start};
use crate::source::Source;

/// With fewer thousandths another place is not worth a word.
const RIVAL: u16 = 10;

/// A chapter, and how its start was found.
pub struct Found<'a> {
    /// Its place among the chapters that are there, from 0.
    pub at: usize,
    /// The chapter.
    pub chapter: &'a Chapter,
    /// How its start was found; none where a person decided it.
    pub start: Option<&'a Start>,
}

impl Found<'_> {
    /// The id of its heading in the page.
    pub fn anchor(&self) -> String {
        format!("chapter-{}", self.at)
    }

    /// The chapter's title.
    pub fn title(&self) -> String {
        plain(&self.chapter.title.text)
    }

    /// Whether a person should look at its start.
    pub fn is_doubtful(&self) -> bool {
        self.chapter.certainty < Certainty::DOUBTFUL
    }

    /// The line at which it starts.
    pub fn line(&self, source: &Source) -> Option<usize> {
        let first = self.chapter.texts().find_map(|(_, origin)| origin.span());
        first.map(|span| source.line_of(span.start))
    }

    /// How many words stand in it.
    pub fn words(&self) -> usize {
        let texts = self.chapter.texts().filter(|(_, origin)| origin.is_text());
        texts.map(|(text, _)| words(&plain(text))).sum()
    }

    /// The band, over the chapter's first row.
    pub fn band(&self, language: &str, source: &Source) -> Element {
        let heading = tag("h2")
            .attr("id", self.anchor())
            .attr("tabindex", "-1")
            .attr("lang", language.to_owned())
            .text(self.title());
        let line = self.line(source).map(|line| link_to_line(line).text(format!("line {line}")));
        let supplied = if self.chapter.title.origin.is_text() { "" } else { " · title supplied" };
        let facts = tag("p")
            .class("facts")
            .child(tag("code").text(self.chapter.id.as_str()))
            .text(" · ")
            .children(line)
            .text(format!(" · {}{supplied}", counted(self.words(), "word")));
        let sure = sureness(self.chapter.certainty);
        let (class, sure) = if self.is_doubtful() {
            ("band doubtful", sure.text(" – please look"))
        } else {
            ("band", sure)
        };
        tag("div")
            .class(class)
            .child(heading)
            .child(sure)
            .child(facts)
            .children(self.start.map(|start| self.reasons(start, source)))
    }

    fn reasons(&self, start: &Start, source: &Source) -> Element {
        let why = tag("div").child(tag("h3").text("What decided it")).child(cues(&start.cues));
        let pins = tag("div")
            .child(tag("h3").text("Where it starts"))
            .child(self.place("Here", &start.opening, start.certainty, source))
            .child(match &start.runner_up {
                Some(other) if other.certainty.thousandths() >= RIVAL => self.rival(other, source),
                Some(_) | None => tag("p").text("No other place comes near."),
            });
        let details = tag("details")
            .child(tag("summary").text("Why here, where else, and pins"))
            .child(tag("div").class("reasons").child(why).child(pins));
        if self.is_doubtful() { details.attr("open", "") } else { details }
    }

    fn rival(&self, other: &RunnerUp, source: &Source) -> Element {
        self.place("Or perhaps in", &other.opening, other.certainty, source)
    }

    /// A place at which it may start, with the pin that says so.
    fn place(&self, how: &str, opening: &Opening, certainty: Certainty, source: &Source) -> Element {
        let line = source.line_of(opening.span.start);
        let place = tag("p")
            .text(format!("{how}: "))
            .child(link_to_line(line).text(format!("line {line}")))
            .text(format!(", {} % sure", percent(certainty)));
        let pin = pin::start(self.chapter.id.as_str(), &opening.words);
        tag("div").class("place").child(place).child(copyable(&pin))
    }
}

/// A pin with a button that copies it.
pub fn copyable(pin: &str) -> Element {
    let button = tag("button")
        .attr("type", "button")
        .class("copy")
        .attr("data-pin", pin.to_owned())
        .attr("aria-label", format!("Copy the pin {pin}"))
        .text("Copy");
    tag("p").class("pin").child(tag("code").text(pin)).text(" ").child(button)
}

/// A bar and a figure.
pub fn sureness(certainty: Certainty) -> Element {
    let percent = percent(certainty);
    let bar = tag("span")
        .class("bar")
        .attr("aria-hidden", "true")
        .child(tag("span").attr("style", format!("width: {percent}%")));
    let class = if certainty < Certainty::DOUBTFUL { "sure low" } else { "sure" };
    tag("p").class(class).child(bar).text(format!("{percent} % sure"))
}

/// A link to a line of the source; its words are the caller's to add.
pub fn link_to_line(line: usize) -> Element {
    tag("a").attr("href", format!("#L{line}"))
}

/// A number with its noun.
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(number)) }
}

/// A number with a comma between thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    digits.char_indices().fold(String::new(), |mut out, (at, digit)| {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
        out
    })
}

/// How many words a text has, as a person counts them.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn cues(cues: &[Cue]) -> Element {
    if cues.is_empty() {
        return tag("p")
            .text("Nothing at this line itself: what stands around it, and the order of the chapters.");
    }
    let rows = cues.iter().map(|cue| {
        let against = if cue.weight < 0.0 { "against" } else { "for" };
        let weight = format!("{}{:.1}", if cue.weight < 0.0 { "−" } else { "+" }, cue.weight.abs());
        tag("li")
            .class(against)
            .child(tag("span").class("weight").text(weight))
            .text(format!(" {}", cue.what))
    });
    tag("ul").class("cues").children(rows)
}
