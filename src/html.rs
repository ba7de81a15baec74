//! Elements of HTML as values: built up without failing, written out in one place, so that no word
//! of a dossier is ever markup; and what a page needs that carries all its parts within it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io;

/// Elements that HTML closes by itself.
const VOID: [&str; 4] = ["img", "input", "link", "meta"];

/// Elements whose ends may stand on lines of their own, so that a person can read the file.
const BROKEN: [&str; 19] = [
    "article", "body", "dialog", "div", "footer", "h1", "h2", "h3", "head", "header", "html", "li", "main",
    "meta", "nav", "ol", "p", "section", "ul",
];

/// An element with its attributes and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, Cow<'static, str>)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Element(Element),
    /// Words, whatever stands in them.
    Words(String),
    /// A style sheet or a script of the program's own.
    Own(Cow<'static, str>),
}

/// An empty element.
#[must_use]
pub fn tag(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new() }
}

impl Element {
    /// With an attribute.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        let value = value.into();
        let value = if value.chars().all(holds) { value } else { safe(&value).into() };
        self.attributes.push((name, value));
        self
    }

    /// With its classes.
    #[must_use]
    pub fn class(self, names: impl Into<Cow<'static, str>>) -> Self {
        self.attr("class", names)
    }

    /// With words at the end.
    #[must_use]
    pub fn text(mut self, words: impl AsRef<str>) -> Self {
        let words = words.as_ref();
        if !words.is_empty() {
            self.children.push(Node::Words(safe(words)));
        }
        self
    }

    /// With a style sheet or a script of the program's own at the end, as it stands.
    #[must_use]
    pub fn own(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.children.push(Node::Own(code.into()));
        self
    }

    /// With an element at the end.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With elements at the end.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Writes the element.
    ///
    /// # Errors
    /// What `writer` says.
    pub fn write<W: io::Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_ref()));
        let start = BytesStart::new(self.name).with_attributes(attributes);
        writer.write_event(Event::Start(start))?;
        if VOID.contains(&self.name) {
            return writer.write_event(Event::Text(BytesText::new("\n")));
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(writer)?,
                Node::Words(words) => writer.write_event(Event::Text(BytesText::new(words)))?,
                Node::Own(code) => writer.write_event(Event::Text(BytesText::from_escaped(code.as_ref())))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))?;
        if BROKEN.contains(&self.name) {
            writer.write_event(Event::Text(BytesText::new("\n")))?;
        }
        Ok(())
    }
}

/// A whole HTML file of its outermost element.
#[must_use]
pub fn document(html: &Element) -> String {
    format!("<!DOCTYPE html>\n{}", fragment(html))
}

/// An element as it stands in a file.
#[must_use]
pub fn fragment(element: &Element) -> String {
    let mut writer = Writer::new(Vec::new());
    // a vector takes all bytes
    let _ = element.write(&mut writer);
    String::from_utf8(writer.into_inner()).unwrap_or_default()
}

/// How a content security policy names a script: by the hash of its bytes.
#[must_use]
pub fn integrity(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// A file as an address that holds it.
#[must_use]
pub fn within(media_type: &str, file: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(file))
}

/// Whether a page may hold a character as it is.
fn holds(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..)
}

/// The words, with U+FFFD for each character that no page may hold; XML may hold them all.
#[must_use]
pub fn safe(words: &str) -> String {
    words.chars().map(|c| if holds(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(element: &Element, expected: &str) {
        let mut writer = Writer::new(Vec::new());
        element.write(&mut writer).expect("a vector takes all bytes");
        assert_eq!(String::from_utf8(writer.into_inner()).expect("UTF-8"), expected);
    }

    #[test]
    fn words_are_never_markup() {
        let words = "<script> &amp; --> \u{0}\u{fffe}";
        check(
            &tag("b").attr("title", "\"'<&").text(words),
            "<b title=\"&quot;&apos;&lt;&amp;\">&lt;script&gt; &amp;amp; --&gt; \u{fffd}\u{fffd}</b>",
        );
    }

    #[test]
    fn only_void_elements_have_no_end() {
        check(&tag("span"), "<span></span>");
        check(&tag("meta").attr("charset", "utf-8"), "<meta charset=\"utf-8\">\n");
    }

    #[test]
    fn a_script_is_named_by_its_hash() {
        // echo -n | openssl dgst -sha256 -binary | base64
        assert_eq!(integrity(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn a_style_sheet_stands_as_it_is() {
        check(&tag("style").own("a > b { c: \"d\" }"), "<style>a > b { c: \"d\" }</style>");
    }
}
