//! Elements of XHTML and XML as values: built up without failing, written out in one place.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// An element with its attributes and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An empty element; `name` with its prefix, where it has one: `dc:date`.
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// With an attribute; `name` with its prefix, where it has one: `epub:type`.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.attributes.push((name, xml_safe(value.as_ref())));
        self
    }

    /// With words at the end.
    #[must_use]
    pub fn text(mut self, words: &str) -> Self {
        self.push_text(words);
        self
    }

    /// With an element at the end.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    /// With elements at the end.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds an element at the end.
    pub fn push(&mut self, child: Self) {
        self.children.push(Node::Element(child));
    }

    /// Adds words at the end.
    pub fn push_text(&mut self, words: &str) {
        if !words.is_empty() {
            self.children.push(Node::Text(xml_safe(words)));
        }
    }

    /// With an id; where the one thing in it is an element of a line without an id, that one bears it: a
    /// `span` around a whole element says nothing.
    #[must_use]
    pub fn named(mut self, id: &str) -> Self {
        match self.children.as_mut_slice() {
            [Node::Element(only)] if is_within_a_line(only.name) && only.get("id").is_none() => {
                only.attributes.push(("id", xml_safe(id)));
                let only = only.clone();
                if self.name == "span" && self.attributes.is_empty() { only } else { self }
            }
            _ => self.attr("id", id),
        }
    }

    /// The element; a `span` with an id alone that is all that stands in it is dissolved, where the element
    /// has no id of its own.
    #[must_use]
    pub fn without_only_span(mut self) -> Self {
        let [Node::Element(span)] = self.children.as_slice() else { return self };
        let bears_id_alone = matches!(span.attributes.as_slice(), [("id", _)]) && span.name == "span";
        if bears_id_alone && self.get("id").is_none() {
            let Some(Node::Element(span)) = self.children.pop() else { return self };
            self.attributes.extend(span.attributes);
            self.children = span.children;
        }
        self
    }

    /// The element's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The value of an attribute.
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == attribute).map(|(_, value)| value.as_str())
    }

    /// The words in it, those of elements within it too.
    pub fn words(&self) -> String {
        let mut words = String::new();
        self.collect_words(&mut words);
        words
    }

    fn collect_words(&self, words: &mut String) {
        for child in &self.children {
            match child {
                Node::Element(element) => element.collect_words(words),
                Node::Text(text) => words.push_str(text),
            }
        }
    }

    /// Calls `see` for this element and for all in it, in reading order.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        for child in &self.children {
            match child {
                Node::Element(element) => element.visit(see),
                Node::Text(_) => {}
            }
        }
    }

    /// Writes the element; one that is not part of a line ends its line, so that a person can read the file.
    ///
    /// # Errors
    /// What `writer` says.
    pub fn write<W: io::Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        if self.children.is_empty() {
            writer.write_event(Event::Empty(start))?;
        } else {
            writer.write_event(Event::Start(start))?;
            for child in &self.children {
                match child {
                    Node::Element(element) => element.write(writer)?,
                    Node::Text(words) => writer.write_event(Event::Text(BytesText::new(words)))?,
                }
            }
            writer.write_event(Event::End(BytesEnd::new(self.name)))?;
        }
        if is_within_a_line(self.name) {
            Ok(())
        } else {
            writer.write_event(Event::Text(BytesText::new("\n")))
        }
    }
}

/// Whether an element of that name stands among the words of a line, so that its edges part no words.
pub fn is_within_a_line(name: &str) -> bool {
    matches!(name, "a" | "b" | "cite" | "dfn" | "em" | "i" | "img" | "path" | "span" | "strong")
}

/// The words, with U+FFFD for each character that XML cannot hold, not even as a reference.
///
/// Ingest replaces them already; a reviewed dossier may bring new ones.
pub fn xml_safe(words: &str) -> String {
    let holds = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    words.chars().map(|c| if holds(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(element: &Element) -> String {
        let mut writer = Writer::new(Vec::new());
        element.write(&mut writer).expect("a vector takes all bytes");
        String::from_utf8(writer.into_inner()).expect("UTF-8")
    }

    #[test]
    fn words_are_never_markup() {
        let p = Element::new("p").attr("title", "\"<&").text("<script> &amp; ]]> \u{0}\u{fffe}");
        assert_eq!(
            written(&p),
            "<p title=\"&quot;&lt;&amp;\">&lt;script&gt; &amp;amp; ]]&gt; \u{fffd}\u{fffd}</p>\n"
        );
    }

    #[test]
    fn edges_within_a_line_part_no_words() {
        let p = Element::new("p").child(Element::new("em").text("T")).text("he").child(Element::new("span"));
        assert_eq!(written(&p), "<p><em>T</em>he<span/></p>\n");
    }
}
