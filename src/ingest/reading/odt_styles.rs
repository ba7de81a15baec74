//! What the styles of an OpenDocument file say of a paragraph or a span.

use super::runs::Face;
use super::xml::{Element, Event};
use std::collections::BTreeMap;

/// A style of paragraphs or of spans.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    level: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// All styles, named and automatic, by family and name: `("paragraph", "P1")`.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    by_name: BTreeMap<(String, String), Style>,
    /// The style that is being read.
    open: Option<(String, String)>,
}

impl Styles {
    /// Takes a step of `styles.xml` or `content.xml`.
    pub fn take(&mut self, event: &Event) {
        match event {
            Event::Open(element) if element.name() == "style" && element.has_prefix("style") => {
                let family = element.attribute("family").unwrap_or_default();
                let name = element.attribute("name").unwrap_or_default();
                let level = element.attribute("default-outline-level").and_then(|level| level.parse().ok());
                let style =
                    Style { parent: element.attribute("parent-style-name"), level, ..Style::default() };
                self.by_name.insert((family.clone(), name.clone()), style);
                self.open = Some((family, name));
            }
            Event::Open(element) if element.name() == "text-properties" => self.text_properties(element),
            Event::Close("style") => self.open = None,
            Event::Open(_) | Event::Close(_) | Event::Text(_) => {}
        }
    }

    fn text_properties(&mut self, element: &Element) {
        let Some(style) = self.open.as_ref().and_then(|key| self.by_name.get_mut(key)) else {
            return;
        };
        let weight = element.attribute("font-weight");
        style.bold =
            weight.map(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u16| weight >= 600));
        style.italic = element.attribute("font-style").map(|style| style != "normal");
    }

    /// The level of the heading that a paragraph of this style is, though it is written as none.
    pub fn heading(&self, name: &str) -> Option<u8> {
        self.chain("paragraph", name).find_map(|(name, style)| style.level.or_else(|| heading_name(name)))
    }

    /// How text of a style is set, where it says so; `outer` is the face around it.
    pub fn face(&self, family: &str, name: &str, outer: Face) -> Face {
        let on =
            |flag: fn(&Style) -> Option<bool>| self.chain(family, name).find_map(|(_, style)| flag(style));
        Face {
            bold: on(|style| style.bold).unwrap_or(outer.bold),
            italic: on(|style| style.italic).unwrap_or(outer.italic),
        }
    }

    /// The style and its parents; a broken file may make styles each other's parents.
    fn chain<'s>(&'s self, family: &'s str, name: &str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let find = move |name: &str| {
            let found = self.by_name.get_key_value(&(family.to_owned(), name.to_owned()));
            found.map(|((_, name), style)| (name.as_str(), style))
        };
        std::iter::successors(find(name), move |(_, style)| find(style.parent.as_deref()?)).take(16)
    }
}

/// `Heading_20_2` and `Title`.
fn heading_name(name: &str) -> Option<u8> {
    if name == "Title" { Some(1) } else { name.strip_prefix("Heading_20_")?.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::reading::xml;

    #[test]
    fn styles_inherit_from_their_parents() {
        let mut styles = Styles::default();
        xml::walk(
            r#"<s><style:style style:name="Title" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
            <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
            <style:style style:name="P1" style:family="text"><style:text-properties fo:font-weight="normal" fo:font-style="italic"/></style:style>
            <style:style style:name="A" style:family="text" style:parent-style-name="A"/></s>"#,
            |event| styles.take(&event),
        )
        .expect("this is XML");
        let bold = Face { bold: true, italic: false };
        assert_eq!((styles.heading("P1"), styles.heading("A")), (Some(1), None));
        assert_eq!(styles.face("paragraph", "P1", Face::default()), bold);
        assert_eq!(styles.face("text", "P1", bold), Face { bold: false, italic: true });
        assert_eq!(styles.face("text", "A", bold), bold);
    }
}
