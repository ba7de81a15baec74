//! The parts of Word and OpenDocument files as a stream of elements and text.

use quick_xml::events::{BytesStart, Event as Read};
use quick_xml::{Reader, XmlVersion};

/// A step of the stream; an empty element opens and closes.
pub enum Event<'x> {
    /// `<w:p …>`
    Open(Element<'x>),
    /// `</w:p>`: the name without its prefix.
    Close(&'x str),
    /// Text between elements, entities resolved.
    Text(&'x str),
}

/// An element that opens.
pub struct Element<'x> {
    start: &'x BytesStart<'x>,
}

impl Element<'_> {
    /// The name without its prefix: files written by other programs have prefixes of their own.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The prefix, where two names differ by it alone.
    pub fn has_prefix(&self, prefix: &str) -> bool {
        self.start.name().prefix().is_some_and(|own| own.into_inner() == prefix)
    }

    /// The value of an attribute, named without its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut known = attributes.with_checks(false).flatten();
        let value = known.find(|attribute| attribute.key.local_name().into_inner() == name)?;
        value.normalized_value(XmlVersion::default()).ok().map(std::borrow::Cow::into_owned)
    }
}

/// A part is no well-formed XML, or ends in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl From<quick_xml::Error> for Broken {
    fn from(_: quick_xml::Error) -> Self {
        Self
    }
}

/// Reads a part to its end.
///
/// # Errors
/// Where it is no well-formed XML.
pub fn walk(xml: &str, mut visit: impl FnMut(Event)) -> Result<(), Broken> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event()? {
            Read::Start(start) => {
                depth += 1;
                visit(Event::Open(Element { start: &start }));
            }
            Read::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Event::Close(end.local_name().into_inner()));
            }
            Read::Text(text) => visit(Event::Text(&text.xml_content(XmlVersion::default()))),
            Read::CData(text) => visit(Event::Text(&text.xml_content(XmlVersion::default()))),
            Read::GeneralRef(entity) => {
                let character = entity.resolve_char_ref()?.map(String::from);
                let named = quick_xml::escape::resolve_predefined_entity(&entity);
                visit(Event::Text(character.as_deref().or(named).unwrap_or("\u{fffd}")));
            }
            Read::Eof if depth > 0 => return Err(Broken),
            Read::Eof => return Ok(()),
            Read::Empty(_) | Read::Comment(_) | Read::Decl(_) | Read::PI(_) | Read::DocType(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(xml: &str) -> Option<String> {
        let mut steps = String::new();
        walk(xml, |event| match event {
            Event::Open(element) => {
                let value = element.attribute("val").unwrap_or_default();
                steps.extend(["<", element.name(), &value, ">"]);
            }
            Event::Close(name) => steps.extend(["</", name, ">"]),
            Event::Text(text) => steps.push_str(text),
        })
        .ok()?;
        Some(steps)
    }

    #[test]
    fn elements_and_text_without_prefixes_and_entities() {
        let got = steps("<w:p a:val='&lt;1'>A &amp; B&#233;<w:br/><![CDATA[<x>]]><!-- c --></w:p>");
        assert_eq!(got.as_deref(), Some("<p<1>A & Bé<br></br><x></p>"));
    }

    #[test]
    fn broken_and_hostile_parts() {
        assert_eq!((steps("<a><b></a>"), steps("<a>b")), (None, None));
        let bomb = "<!DOCTYPE a [<!ENTITY b \"lol\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert_eq!(steps(bomb).as_deref(), Some("<a>\u{fffd}</a>"));
        assert!(steps(&format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000))).is_some());
    }
}
