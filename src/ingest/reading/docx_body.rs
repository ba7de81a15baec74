//! The text of a Word file, element by element.

use super::docx_styles::{Styles, is_on};
use super::runs::{Face, Standing};
use super::sheet::{Part, Sheet};
use super::xml::{Element, Event};

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    /// The number of its list: `Some(false)` takes it out of the list of its style.
    numbered: Option<bool>,
    list_level: u8,
    outline: Option<u8>,
    /// Its end was deleted in a tracked change: the next paragraph goes on with it.
    runs_on: bool,
}

/// A run that is open.
#[derive(Clone, Default)]
struct Run {
    style: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: bool,
}

/// Where in a paragraph the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    ParagraphProperties,
    /// The properties of the mark that ends the paragraph.
    MarkProperties,
    RunProperties,
    Text,
    Other,
}

/// Writes what it is given on a sheet.
pub struct Reader<'s> {
    /// The lines so far.
    pub sheet: Sheet,
    styles: &'s Styles,
    depth: usize,
    /// The depth of the element that is passed over with all that is in it.
    passed_over: Option<usize>,
    /// The depths of the content controls that are open: a table of contents is one.
    controls: Vec<usize>,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    within: Vec<Within>,
    count: usize,
    runs_on: bool,
}

impl<'s> Reader<'s> {
    /// A reader at the beginning of a file with these styles.
    pub fn new(styles: &'s Styles) -> Self {
        Self {
            styles,
            sheet: Sheet::default(),
            depth: 0,
            passed_over: None,
            controls: Vec::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            within: Vec::new(),
            count: 0,
            runs_on: false,
        }
    }

    /// Takes the next step of the document, or of its notes.
    pub fn take(&mut self, event: Event) {
        match event {
            Event::Open(element) => {
                if self.passed_over.is_none() {
                    self.open(&element);
                }
                self.depth += 1;
            }
            Event::Close(name) => {
                self.depth = self.depth.saturating_sub(1);
                match self.passed_over {
                    Some(depth) if depth == self.depth => self.passed_over = None,
                    Some(_) => {}
                    None => self.close(name),
                }
            }
            Event::Text(text) => {
                let hidden = self.runs.last().is_some_and(|run| run.hidden);
                if self.passed_over.is_none() && self.within() == Within::Text && !hidden {
                    self.sheet.text(text, self.face());
                }
            }
        }
    }

    fn within(&self) -> Within {
        self.within.last().copied().unwrap_or(Within::Other)
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        match (self.within(), name) {
            // how it was before a tracked change
            (_, name) if name.ends_with("PrChange") => self.passed_over = Some(self.depth),
            (Within::MarkProperties, "del" | "moveFrom") => {
                self.paragraphs.last_mut().into_iter().for_each(|paragraph| paragraph.runs_on = true);
            }
            (Within::ParagraphProperties, "rPr") => self.within.push(Within::MarkProperties),
            (Within::ParagraphProperties, _) => self.paragraph_property(element),
            (Within::RunProperties, _) => self.run_property(element),
            (Within::MarkProperties, _) => {}
            (_, "del" | "moveFrom" | "Fallback") => self.passed_over = Some(self.depth),
            (_, "footnote" | "endnote") if element.attribute("type").is_some_and(|kind| kind != "normal") => {
                self.passed_over = Some(self.depth);
            }
            (_, "sdt") => self.controls.push(self.depth),
            (_, "docPartGallery") if element.attribute("val").as_deref() == Some("Table of Contents") => {
                self.passed_over = self.controls.pop();
            }
            (_, "p") => self.open_paragraph(),
            (_, "pPr") => self.within.push(Within::ParagraphProperties),
            (_, "r") => self.runs.push(Run::default()),
            (_, "rPr") => self.within.push(Within::RunProperties),
            (_, "t") => self.within.push(Within::Text),
            (_, name) => self.open_part(name),
        }
    }

    fn open_part(&mut self, name: &str) {
        match name {
            "txbxContent" => self.sheet.enter(Part::TextBox),
            "footnote" | "endnote" => self.sheet.enter(Part::Note),
            "tr" => self.sheet.enter(Part::Row),
            "tc" => self.sheet.enter(Part::Cell),
            "tab" | "ptab" if !self.runs.is_empty() => self.sheet.text("\t", self.face()),
            "br" | "cr" if !self.runs.is_empty() => self.sheet.break_line(),
            "noBreakHyphen" => self.sheet.text("-", self.face()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "sdt" => {
                self.controls.pop();
            }
            "p" => self.close_paragraph(),
            "pPr" => {
                self.within.pop();
                let standing = self.standing();
                self.sheet.stand(standing);
                let style = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
                if self.styles.is_contents(style) {
                    // the paragraph itself is open one level above
                    self.passed_over = self.depth.checked_sub(1);
                    self.close_paragraph();
                }
            }
            "rPr" | "t" => {
                self.within.pop();
            }
            "r" => {
                self.runs.pop();
            }
            "txbxContent" | "footnote" | "endnote" | "tr" | "tc" => self.sheet.leave(),
            _ => {}
        }
    }

    fn open_paragraph(&mut self) {
        self.count += 1;
        self.sheet.at(self.count);
        self.paragraphs.push(Paragraph::default());
        if !std::mem::take(&mut self.runs_on) {
            self.sheet.open(self.standing());
        }
    }

    fn close_paragraph(&mut self) {
        let paragraph = self.paragraphs.pop().unwrap_or_default();
        self.runs_on = paragraph.runs_on;
        if !self.runs_on && !self.sheet.close() {
            self.sheet.blank();
        }
    }

    fn paragraph_property(&mut self, element: &Element) {
        let value = element.attribute("val");
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let number = value.as_deref().and_then(|value| value.parse::<u8>().ok());
        match element.name() {
            "pStyle" => paragraph.style = value,
            "numId" => paragraph.numbered = Some(value.as_deref() != Some("0")),
            "ilvl" => paragraph.list_level = number.unwrap_or(0).min(8),
            "outlineLvl" => paragraph.outline = number.map(|level| level.saturating_add(1)),
            _ => {}
        }
    }

    fn run_property(&mut self, element: &Element) {
        let value = element.attribute("val");
        let Some(run) = self.runs.last_mut() else { return };
        match element.name() {
            "rStyle" => run.style = value,
            "b" => run.bold = Some(is_on(value.as_deref())),
            "i" => run.italic = Some(is_on(value.as_deref())),
            "vanish" => run.hidden = is_on(value.as_deref()),
            _ => {}
        }
    }

    fn standing(&self) -> Standing {
        let Some(paragraph) = self.paragraphs.last() else {
            return Standing::default();
        };
        let style = paragraph.style.as_deref();
        let outline = paragraph.outline.filter(|level| (1..=9).contains(level));
        let heading = if paragraph.outline.is_some() { outline } else { self.styles.heading(style) };
        let numbered = paragraph.numbered.unwrap_or_else(|| self.styles.is_listed(style));
        let listed = numbered && heading.is_none();
        Standing { heading, listed, depth: if listed { paragraph.list_level + 1 } else { 0 } }
    }

    /// Bold in a character style takes bold of the paragraph's style back; what a run says itself holds.
    fn face(&self) -> Face {
        let style = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
        let of_paragraph = self.styles.face(style.or(self.styles.default_paragraph()));
        let run = self.runs.last().cloned().unwrap_or_default();
        let of_run = self.styles.face(run.style.as_deref());
        Face {
            bold: run.bold.unwrap_or(of_paragraph.bold ^ of_run.bold),
            italic: run.italic.unwrap_or(of_paragraph.italic ^ of_run.italic),
        }
    }
}
