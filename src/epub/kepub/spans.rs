//! Spans around sentences, event by event.

use super::Use;
use crate::diag::Diagnostic;
use crate::epub::element::Element;
use crate::epub::fault;
use crate::epub::package::{Edited, Revision};
use crate::epub::read::{resolved, value};
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use unicode_segmentation::UnicodeSegmentation as _;

/// The boxes whose columns are Kobo's pages, the outer one first.
const BOXES: [&str; 2] = ["book-columns", "book-inner"];

/// The class of a segment's span.
const SPAN: &str = "koboSpan";

/// Without it the inner box has margins of its own above and below every page.
const STYLE: &str = "div#book-inner { margin-top: 0; margin-bottom: 0; }";

/// Copies a file of the e-book and sets the spans.
pub struct Spans {
    usage: Use,
    /// Whether what comes is part of the body.
    in_body: bool,
    /// How many elements are open that are copied as they are.
    untouched: usize,
    /// Characters that follow one another without an element between them, however they were written.
    run: String,
    /// Number of the paragraph, from 1; 0 before the first.
    paragraph: usize,
    /// Number of the last segment in it, from 1.
    segment: usize,
    /// Whether the next segment belongs to the paragraph of the last one.
    goes_on: bool,
}

impl Spans {
    /// At the beginning of a file.
    pub fn new(usage: Use) -> Self {
        Self {
            usage,
            in_body: false,
            untouched: 0,
            run: String::new(),
            paragraph: 0,
            segment: 0,
            goes_on: false,
        }
    }

    /// What becomes of an event.
    ///
    /// # Errors
    /// [`Code::Package`](crate::diag::Code::Package) where the file has such spans already, or names a
    /// character that is none.
    pub fn edit<'a>(&mut self, event: Event<'a>, revision: &mut Revision<'a>) -> Edited<'a> {
        if !self.in_body {
            return self.edit_outside(event, revision);
        }
        if self.untouched > 0 {
            match &event {
                Event::Start(_) => self.untouched += 1,
                Event::End(_) => self.untouched -= 1,
                _ => {}
            }
            return Ok(Some(event));
        }
        match event {
            Event::Text(words) => self.run.push_str(&words.xml10_content()),
            Event::CData(words) => self.run.push_str(&words.xml10_content()),
            Event::GeneralRef(character) => self.run.push_str(&resolved(&character)?),
            other => {
                self.flush(revision)?;
                return self.edit_within(other, revision);
            }
        }
        Ok(None)
    }

    /// Outside the body: the style at the end of the head, the boxes at the body's beginning.
    fn edit_outside<'a>(&mut self, event: Event<'a>, revision: &mut Revision<'a>) -> Edited<'a> {
        match event {
            Event::End(end) if end.name().as_ref() == "head" => {
                let style = Element::new("style").attr("type", "text/css").attr("class", "kobostylehacks");
                revision.add(&style.text(STYLE))?;
                Ok(Some(Event::End(end)))
            }
            Event::Start(start) if start.name().as_ref() == "body" => {
                self.in_body = true;
                revision.put(Event::Start(start))?;
                for id in BOXES {
                    revision.put(Event::Start(BytesStart::new("div").with_attributes([("id", id)])))?;
                }
                Ok(None)
            }
            Event::Empty(element) => opened(element, revision),
            other => Ok(Some(other)),
        }
    }

    /// In the body, between the words.
    fn edit_within<'a>(&mut self, event: Event<'a>, revision: &mut Revision<'a>) -> Edited<'a> {
        match event {
            Event::Start(start) => self.start(start, revision),
            Event::Empty(element) => self.empty(element, revision),
            Event::End(end) => self.end(end, revision),
            other => Ok(Some(other)),
        }
    }

    fn start<'a>(&mut self, start: BytesStart<'a>, revision: &mut Revision<'a>) -> Edited<'a> {
        refuse_twice(&start)?;
        self.part(start.name().as_ref());
        if is_left_alone(start.name().as_ref()) {
            self.untouched = 1;
        } else if self.is_picture(start.name().as_ref()) {
            self.open_picture(revision)?;
        }
        Ok(Some(Event::Start(start)))
    }

    fn empty<'a>(&mut self, element: BytesStart<'a>, revision: &mut Revision<'a>) -> Edited<'a> {
        refuse_twice(&element)?;
        self.part(element.name().as_ref());
        if !self.is_picture(element.name().as_ref()) {
            return opened(element, revision);
        }
        self.open_picture(revision)?;
        revision.put(Event::Empty(element))?;
        Ok(Some(Event::End(BytesEnd::new("span"))))
    }

    fn end<'a>(&mut self, end: BytesEnd<'a>, revision: &mut Revision<'a>) -> Edited<'a> {
        self.part(end.name().as_ref());
        if end.name().as_ref() == "body" {
            self.in_body = false;
            for _ in BOXES {
                revision.put(Event::End(BytesEnd::new("div")))?;
            }
        } else if self.is_picture(end.name().as_ref()) {
            revision.put(Event::End(end))?;
            return Ok(Some(Event::End(BytesEnd::new("span"))));
        }
        Ok(Some(Event::End(end)))
    }

    /// Where a block begins or ends, the next words are another paragraph's.
    fn part(&mut self, element: &str) {
        self.goes_on &= is_phrase(element);
    }

    fn is_picture(&self, element: &str) -> bool {
        self.usage == Use::Reading && element == "img"
    }

    /// A picture is a paragraph of its own; words behind it on its line count on from it.
    fn open_picture(&mut self, revision: &mut Revision<'_>) -> Result<(), Diagnostic> {
        self.goes_on = false;
        self.open(revision)
    }

    /// Opens the span of the next segment.
    fn open(&mut self, revision: &mut Revision<'_>) -> Result<(), Diagnostic> {
        if !self.goes_on {
            self.paragraph += 1;
            self.segment = 0;
            self.goes_on = true;
        }
        self.segment += 1;
        let id = format!("kobo.{}.{}", self.paragraph, self.segment);
        revision.put(Event::Start(
            BytesStart::new("span").with_attributes([("class", SPAN), ("id", id.as_str())]),
        ))
    }

    /// Writes the characters that came since the last element.
    fn flush(&mut self, revision: &mut Revision<'_>) -> Result<(), Diagnostic> {
        let run = std::mem::take(&mut self.run);
        for segment in segments(&run) {
            let words = Event::Text(BytesText::from_escaped(partial_escape(segment)));
            if self.usage == Use::Finding || segment.trim().is_empty() {
                revision.put(words)?;
            } else {
                self.open(revision)?;
                revision.put(words)?;
                revision.put(Event::End(BytesEnd::new("span")))?;
            }
        }
        Ok(())
    }
}

/// The sentences, each with the white space behind it (UAX #29). There a line break ends a sentence; in XHTML
/// it is a space.
fn segments(run: &str) -> Vec<&str> {
    let level = run.replace(['\n', '\r', '\t'], " ");
    level.split_sentence_bound_indices().filter_map(|(at, part)| run.get(at..at + part.len())).collect()
}

/// An element without content, with both its tags where HTML asks for them: the same as XML, and no trap for
/// an engine that reads the file as HTML, to which `<span/>` is open until its paragraph ends.
fn opened<'a>(element: BytesStart<'a>, revision: &mut Revision<'a>) -> Edited<'a> {
    let name = element.name();
    if is_void(name.as_ref()) || matches!(name.as_ref(), "math" | "svg") {
        return Ok(Some(Event::Empty(element)));
    }
    let end = element.to_end().into_owned();
    revision.put(Event::Start(element))?;
    Ok(Some(Event::End(end)))
}

fn refuse_twice(start: &BytesStart<'_>) -> Result<(), Diagnostic> {
    let is = |attribute, expected| value(start, attribute).as_deref() == Some(expected);
    if is("class", SPAN) || BOXES.iter().any(|name| is("id", name)) {
        return Err(fault("made for Kobo", "it is made for Kobo already"));
    }
    Ok(())
}

/// What cannot hold a span, or should not: see the head of the module.
fn is_left_alone(element: &str) -> bool {
    matches!(
        element,
        "audio"
            | "canvas"
            | "datalist"
            | "iframe"
            | "math"
            | "noscript"
            | "object"
            | "option"
            | "picture"
            | "rp"
            | "rt"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
    )
}

/// What HTML knows to be empty.
fn is_void(element: &str) -> bool {
    matches!(
        element,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// What stands among the words of a paragraph; every other element ends one.
fn is_phrase(element: &str) -> bool {
    matches!(
        element,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "math"
            | "meter"
            | "output"
            | "picture"
            | "progress"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "script"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}
