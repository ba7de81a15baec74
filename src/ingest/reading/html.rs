//! Web pages: the text of a saved page, of a page that a word processor wrote, of HTML within Markdown.

use super::css::{Classes, Look};
use super::encoding::Text;
use super::html_parts::{self, NodeRef};
use super::runs::{Face, Standing};
use super::sheet::{Part, Sheet};
use crate::diag::Diagnostic;
use crate::ingest::decode::Decoded;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

/// Reads a page; lines are the numbers of its paragraphs.
///
/// # Errors
/// Where it holds no words.
pub fn read(name: &str, bytes: &[u8], text: &Text) -> Result<Decoded, Diagnostic> {
    let page = Html::parse_document(&text.text);
    let mut sheet = Sheet::default();
    let mut reader = Reader { counts: true, ..Reader::new(&mut sheet, classes(&page)) };
    for part in html_parts::of_text(&page) {
        reader.walk(part);
    }
    sheet.finish(name, text.encoding, bytes)
}

/// Writes the text of a piece of HTML within another text.
pub fn write(html: &str, sheet: &mut Sheet) {
    let page = Html::parse_fragment(html);
    let classes = classes(&page);
    Reader::new(sheet, classes).walk(*page.root_element());
}

/// The looks of classes that the page's own style sheets give.
fn classes(page: &Html) -> Classes {
    let mut classes = Classes::default();
    let is_sheet =
        |node: &NodeRef| node.value().as_element().is_some_and(|element| element.name() == "style");
    for sheet in page.tree.root().descendants().filter(is_sheet) {
        for text in sheet.children().filter_map(|child| child.value().as_text()) {
            classes.add(text);
        }
    }
    classes
}

/// What an element hands down to what is in it.
#[derive(Clone, Copy, Default)]
struct Context {
    face: Face,
    heading: Option<u8>,
    depth: u8,
    preformatted: bool,
}

struct Reader<'s> {
    sheet: &'s mut Sheet,
    classes: Classes,
    /// One entry for each element that is open.
    open: Vec<Context>,
    in_paragraph: bool,
    /// Whether the next paragraph begins an item.
    item: bool,
    counts: bool,
    count: usize,
}

impl<'s> Reader<'s> {
    fn new(sheet: &'s mut Sheet, classes: Classes) -> Self {
        Self { sheet, classes, open: Vec::new(), in_paragraph: false, item: false, counts: false, count: 0 }
    }

    fn walk(&mut self, part: NodeRef) {
        let mut left_out = None;
        for edge in part.traverse() {
            match edge {
                Edge::Open(node) if left_out.is_none() => match node.value() {
                    Node::Element(element) if html_parts::is_left_out(element, node, part) => {
                        left_out = Some(node.id());
                    }
                    Node::Element(element) => self.open(element),
                    Node::Text(text) => self.text(text),
                    _ => {}
                },
                Edge::Open(_) => {}
                Edge::Close(node) => match (node.value(), left_out) {
                    (_, Some(id)) if id == node.id() => left_out = None,
                    (Node::Element(element), None) => self.close(element),
                    _ => {}
                },
            }
        }
        self.end_paragraph();
    }

    fn context(&self) -> Context {
        self.open.last().copied().unwrap_or_default()
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        let outer = self.context();
        let mut context = Context { face: self.face(element, outer.face), ..outer };
        if is_block(name) {
            self.end_paragraph();
        }
        match name {
            "br" if self.in_paragraph => self.sheet.break_line(),
            "hr" => self.sheet.blank(),
            "tr" => self.sheet.enter(Part::Row),
            "td" | "th" => self.sheet.enter(Part::Cell),
            "li" => self.item = true,
            "ul" | "ol" => {
                context.depth = google_depth(element).unwrap_or_else(|| outer.depth.saturating_add(1));
            }
            "pre" => context.preformatted = true,
            _ => {}
        }
        context.heading = heading(element).or(outer.heading);
        if let Some(depth) = word_depth(element) {
            (self.item, context.depth) = (true, depth);
        }
        self.open.push(context);
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if is_block(name) {
            self.end_paragraph();
        }
        match name {
            "tr" | "td" | "th" => self.sheet.leave(),
            "li" => self.item = false,
            _ => {}
        }
        self.open.pop();
    }

    fn text(&mut self, text: &str) {
        let context = self.context();
        if !self.in_paragraph {
            if text.trim().is_empty() {
                return;
            }
            self.begin_paragraph(context);
        }
        for (index, line) in text.split('\n').enumerate() {
            match (index, context.preformatted) {
                (0, _) => {}
                (_, true) => self.sheet.break_line(),
                (_, false) => self.sheet.text(" ", context.face),
            }
            self.sheet.text(line, context.face);
        }
    }

    fn begin_paragraph(&mut self, context: Context) {
        self.in_paragraph = true;
        if self.counts {
            self.count += 1;
            self.sheet.at(self.count);
        }
        let heading = context.heading;
        let listed = std::mem::take(&mut self.item) && heading.is_none();
        let depth = if heading.is_none() { context.depth } else { 0 };
        self.sheet.open(Standing { heading, listed, depth });
    }

    fn end_paragraph(&mut self) {
        self.in_paragraph = false;
        self.sheet.close();
    }

    /// Google Docs wraps what it copies in `<b style="font-weight:normal">`: what a style says holds.
    fn face(&self, element: &Element, outer: Face) -> Face {
        let named = match element.name() {
            "b" | "strong" | "th" => Face { bold: true, ..outer },
            "i" | "em" | "cite" | "dfn" | "var" => Face { italic: true, ..outer },
            _ => outer,
        };
        let classed = self.classes.face(element.classes(), named);
        element.attr("style").map_or(classed, |style| Look::of(style).face(classed))
    }
}

/// Elements that begin a paragraph of their own.
fn is_block(name: &str) -> bool {
    const NAMES: &str = "address article aside blockquote body caption center col colgroup dd details dir div dl dt \
        fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre section \
        summary table td th tr ul";
    NAMES.split(' ').any(|block| block == name)
}

/// The level of the heading that an element is; word processors write titles as paragraphs of a class.
fn heading(element: &Element) -> Option<u8> {
    let level = || element.attr("aria-level").and_then(|level| level.parse().ok()).unwrap_or(2);
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        "p" if element.classes().any(|class| matches!(class, "title" | "MsoTitle")) => Some(1),
        _ => (element.attr("role") == Some("heading")).then(level),
    }
}

/// Google Docs writes nested lists side by side, their depth in a class: `lst-kix_abc-1`.
fn google_depth(element: &Element) -> Option<u8> {
    let class = element.classes().find(|class| class.starts_with("lst-"))?;
    class.rsplit_once('-')?.1.parse::<u8>().ok()?.checked_add(1)
}

/// Word writes items as paragraphs: `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>`.
fn word_depth(element: &Element) -> Option<u8> {
    let style = element.attr("style").filter(|_| element.name() == "p")?;
    let (_, list) = style.split_once("mso-list:")?;
    let level = list.split(';').next()?.split_whitespace().find_map(|word| word.strip_prefix("level"))?;
    level.parse().ok()
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
