//! What the styles of a Word file say of a paragraph or a run.

use super::runs::Face;
use super::xml::{self, Broken, Element, Event};
use std::collections::BTreeMap;

/// A paragraph or character style, as far as it says something of structure.
#[derive(Clone, Debug, Default)]
struct Style {
    /// Its name in English, in lower case, whatever language Word speaks: `heading 1`.
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    listed: Option<bool>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// All styles, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

impl Styles {
    /// Reads `word/styles.xml`.
    ///
    /// # Errors
    /// Where it is no well-formed XML.
    pub fn read(xml: &str) -> Result<Self, Broken> {
        let mut styles = Self::default();
        let (mut id, mut style) = (String::new(), Style::default());
        let mut conditional = false;
        xml::walk(xml, |event| match event {
            Event::Open(element) => match element.name() {
                "style" => {
                    (id, style) = (element.attribute("styleId").unwrap_or_default(), Style::default());
                    let is_default = element.attribute("default").is_some_and(|value| is_on(Some(&value)));
                    if is_default && element.attribute("type").as_deref() == Some("paragraph") {
                        styles.default = Some(id.clone());
                    }
                }
                // the first row of a table style, for one: no paragraph's own
                "tblStylePr" => conditional = true,
                _ if conditional => {}
                name => style.take(name, &element),
            },
            Event::Close("tblStylePr") => conditional = false,
            Event::Close("style") => {
                styles.by_id.insert(std::mem::take(&mut id), std::mem::take(&mut style));
            }
            Event::Close(_) | Event::Text(_) => {}
        })?;
        Ok(styles)
    }

    /// The level of the heading that a paragraph of this style is.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        let level = self.chain(id).find_map(|style| style.outline.or_else(|| heading_name(&style.name)));
        match level {
            Some(level) => Some(level).filter(|level| (1..=9).contains(level)),
            // a file without styles.xml still has the ids that Word gives in English
            None if self.by_id.is_empty() => id.and_then(|id| heading_name(&id.to_lowercase())),
            None => None,
        }
    }

    /// Whether paragraphs of this style are items of a list.
    pub fn is_listed(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|style| style.listed).unwrap_or(false)
    }

    /// Whether paragraphs of this style repeat the headings in a table of contents.
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|style| style.name.starts_with("toc "))
    }

    /// How text of this style is set.
    pub fn face(&self, id: Option<&str>) -> Face {
        let on = |flag: fn(&Style) -> Option<bool>| self.chain(id).find_map(flag).unwrap_or(false);
        Face { bold: on(|style| style.bold), italic: on(|style| style.italic) }
    }

    /// The style of a paragraph that names none.
    pub fn default_paragraph(&self) -> Option<&str> {
        self.default.as_deref()
    }

    /// The style and those it is based on; a broken file may base styles on each other in a ring.
    fn chain<'s>(&'s self, id: Option<&str>) -> impl Iterator<Item = &'s Style> {
        let first = id.and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?)).take(16)
    }
}

impl Style {
    fn take(&mut self, name: &str, element: &Element) {
        let value = element.attribute("val");
        match name {
            "name" => self.name = value.unwrap_or_default().to_lowercase(),
            "basedOn" => self.based_on = value,
            "outlineLvl" => {
                self.outline =
                    value.and_then(|level| level.parse::<u8>().ok()).map(|level| level.saturating_add(1));
            }
            "numId" => self.listed = Some(value.as_deref() != Some("0")),
            "b" => self.bold = Some(is_on(value.as_deref())),
            "i" => self.italic = Some(is_on(value.as_deref())),
            _ => {}
        }
    }
}

/// `heading 2`, `Heading2` and `Title`.
fn heading_name(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading").map(str::trim_start);
    if name == "title" { Some(1) } else { level?.parse().ok() }
}

/// A property of Word is on unless it says that it is off.
pub fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_their_english_names_and_by_what_they_are_based_on() {
        let styles = Styles::read(
            r#"<w:styles xmlns:w="w">
            <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="Titre2"/></w:style>
            <w:style w:type="paragraph" w:styleId="Flat"><w:name w:val="Flat"/><w:basedOn w:val="Titre2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:rPr><w:b w:val="0"/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
            <w:style w:type="paragraph" w:styleId="Puce"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>
            <w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>
            <w:style w:type="table" w:styleId="T"><w:tblStylePr><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
            </w:styles>"#,
        )
        .expect("this is XML");
        let heading = |id| styles.heading(Some(id));
        assert_eq!(
            [heading("Titre2"), heading("Kapitel"), heading("Flat"), heading("A")],
            [Some(2), Some(2), None, None]
        );
        assert!(
            styles.face(Some("Kapitel")).bold
                && !styles.face(Some("Flat")).bold
                && !styles.face(Some("T")).bold
        );
        assert!(styles.is_contents(Some("TM1")) && styles.is_listed(Some("Puce")));
        assert_eq!(styles.default_paragraph(), Some("Standard"));
        assert_eq!(Styles::default().heading(Some("Heading3")), Some(3));
    }
}
