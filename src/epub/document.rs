//! One file of the e-book: the frame that all of them share.

use super::element::{Element, xml_safe};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// The style sheet's name in the package; epub-builder decides it.
pub const STYLESHEET: &str = "stylesheet.css";

/// A file of the e-book.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name: `chapter-context.xhtml`.
    pub file: String,
    /// Its title: what the contents call it, where they name it.
    pub title: String,
    /// Where it stands in the e-book.
    pub place: Place,
    /// Ids and titles of its sections, for the contents.
    pub sections: Vec<(String, String)>,
    /// What is on the page.
    pub content: Element,
}

/// Where a file stands in the e-book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The cover.
    Cover,
    /// The title page.
    TitlePage,
    /// The film card.
    Card,
    /// The first chapter: here reading starts.
    FirstChapter,
    /// Any other chapter.
    Chapter,
    /// The timetable of the discussion.
    Agenda,
    /// The index.
    Index,
    /// The colophon.
    Colophon,
}

impl Place {
    /// Whether the program supplies the words, and not the dossier.
    pub fn is_supplied(self) -> bool {
        match self {
            Self::Cover | Self::Card | Self::Agenda | Self::Index | Self::Colophon => true,
            Self::TitlePage | Self::FirstChapter | Self::Chapter => false,
        }
    }

    /// The division of the book in the words of EPUB's vocabulary.
    fn division(self) -> &'static str {
        match self {
            Self::Cover | Self::TitlePage => "frontmatter",
            Self::Card | Self::FirstChapter | Self::Chapter => "bodymatter",
            Self::Agenda | Self::Index | Self::Colophon => "backmatter",
        }
    }
}

impl Document {
    /// The whole file.
    ///
    /// # Errors
    /// What writing to memory may say.
    pub fn xhtml(&self, language: &str) -> io::Result<Vec<u8>> {
        let charset = Element::new("meta").attr("charset", "utf-8");
        let sheet =
            Element::new("link").attr("rel", "stylesheet").attr("type", "text/css").attr("href", STYLESHEET);
        let head =
            Element::new("head").child(charset).child(Element::new("title").text(&self.title)).child(sheet);
        let body = Element::new("body").attr("epub:type", self.place.division()).child(self.content.clone());
        let html = Element::new("html")
            .attr("xmlns", "http://www.w3.org/1999/xhtml")
            .attr("xmlns:epub", "http://www.idpf.org/2007/ops")
            .attr("epub:prefix", "z3998: http://www.daisy.org/z3998/2012/vocab/structure/#")
            .attr("lang", language)
            .attr("xml:lang", language)
            .child(head)
            .child(body);
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer.write_event(Event::Text(BytesText::new("\n")))?;
        writer.write_event(Event::DocType(BytesText::new("html")))?;
        writer.write_event(Event::Text(BytesText::new("\n")))?;
        html.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    /// Whether there is a drawing in the page: the package says so.
    pub fn has_drawing(&self) -> bool {
        let mut found = false;
        self.content.visit(&mut |element| found |= element.name() == "svg");
        found
    }

    /// The id of the first glossary in the page.
    pub fn glossary(&self) -> Option<String> {
        let mut found = None;
        self.content.visit(&mut |element| {
            if found.is_none() && element.get("epub:type") == Some("glossary") {
                found = element.get("id").map(str::to_owned);
            }
        });
        found
    }

    /// Labels and ids of the printed pages that begin here, in reading order.
    pub fn pages(&self) -> Vec<(String, String)> {
        let mut pages = Vec::new();
        self.content.visit(&mut |element| {
            if element.get("epub:type") == Some("pagebreak") {
                let value = |name| element.get(name).unwrap_or_default().to_owned();
                pages.push((value("aria-label"), value("id")));
            }
        });
        pages
    }
}

/// A title as package and navigation name it: without characters that XML cannot hold, never empty.
pub fn name_of(title: &str, otherwise: &str) -> String {
    xml_safe(if title.trim().is_empty() { otherwise } else { title.trim() })
}
