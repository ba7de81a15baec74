//! OpenDocument texts: headings, paragraphs, lists, tables, boxes and notes of an `.odt`.

use super::archive::Archive;
use super::odt_styles::Styles;
use super::runs::{Face, Standing};
use super::sheet::{Part, Sheet};
use super::xml::{self, Element, Event};
use crate::diag::Diagnostic;
use crate::ingest::decode::Decoded;

/// Reads an OpenDocument text.
///
/// # Errors
/// Where the file is damaged or holds no words.
pub fn read(name: &str, bytes: &[u8], archive: &mut Archive) -> Result<Decoded, Diagnostic> {
    let content = archive.part("content.xml")?.ok_or_else(|| archive.damaged())?;
    let mut styles = Styles::default();
    let named = archive.part("styles.xml")?.unwrap_or_default();
    for part in [&named, &content] {
        xml::walk(part, |event| styles.take(&event)).map_err(|_| archive.damaged())?;
    }
    let mut reader = Reader::new(&styles);
    xml::walk(&content, |event| reader.take(event)).map_err(|_| archive.damaged())?;
    reader.sheet.finish(name, "UTF-8", bytes)
}

struct Reader<'s> {
    styles: &'s Styles,
    sheet: Sheet,
    depth: usize,
    /// The depth of the element that is passed over with all that is in it.
    passed_over: Option<usize>,
    /// A face for each paragraph and span that is open.
    faces: Vec<Face>,
    lists: u8,
    /// Whether the next paragraph begins an item.
    item: bool,
    count: usize,
}

impl<'s> Reader<'s> {
    fn new(styles: &'s Styles) -> Self {
        let sheet = Sheet::default();
        Self {
            styles,
            sheet,
            depth: 0,
            passed_over: None,
            faces: Vec::new(),
            lists: 0,
            item: false,
            count: 0,
        }
    }

    fn take(&mut self, event: Event) {
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
                if self.passed_over.is_none() {
                    self.text(text);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(face) = self.faces.last() {
            self.sheet.text(text, *face);
        }
    }

    fn open(&mut self, element: &Element) {
        match element.name() {
            // what others said of the text, what was deleted from it, what repeats its headings, alt text
            "annotation" | "tracked-changes" | "table-of-content" | "note-citation" | "ruby-text"
            | "forms" => {
                self.passed_over = Some(self.depth);
            }
            "title" | "desc" if element.has_prefix("svg") => self.passed_over = Some(self.depth),
            "h" | "p" if element.has_prefix("text") => self.open_paragraph(element),
            "span" => {
                let outer = self.faces.last().copied().unwrap_or_default();
                self.faces.push(self.styles.face("text", &style_of(element), outer));
            }
            "list" => self.lists = self.lists.saturating_add(1),
            "list-item" => self.item = true,
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.text(&" ".repeat(count.min(8)));
            }
            "tab" => self.text("\t"),
            "line-break" => self.sheet.break_line(),
            "note" => self.sheet.enter(Part::Note),
            "text-box" => self.sheet.enter(Part::TextBox),
            "table-row" => self.sheet.enter(Part::Row),
            "table-cell" => self.sheet.enter(Part::Cell),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "h" | "p" if self.faces.pop().is_none() => {}
            "h" | "p" if self.sheet.close() => {}
            "h" | "p" => self.sheet.blank(),
            "span" => {
                self.faces.pop();
            }
            "list" => self.lists = self.lists.saturating_sub(1),
            "list-item" => self.item = false,
            "note" | "text-box" | "table-row" | "table-cell" => self.sheet.leave(),
            _ => {}
        }
    }

    fn open_paragraph(&mut self, element: &Element) {
        self.count += 1;
        self.sheet.at(self.count);
        let style = style_of(element);
        let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
        let heading = match element.name() {
            "h" => level.or(Some(1)),
            _ => self.styles.heading(&style),
        };
        let listed = std::mem::take(&mut self.item) && heading.is_none();
        let depth = if heading.is_none() { self.lists } else { 0 };
        self.sheet.open(Standing { heading, listed, depth });
        self.faces.push(self.styles.face("paragraph", &style, Face::default()));
    }
}

fn style_of(element: &Element) -> String {
    element.attribute("style-name").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::ingest::decode::{Decoded, decode};
    use crate::ingest::reading::archive::tests::packed;

    fn read(body: &str) -> Decoded {
        let styles = r#"<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>"#;
        let content = format!(
            "<office:document-content>{styles}<office:text>{body}</office:text></office:document-content>"
        );
        let parts =
            [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content.as_str())];
        decode("x.txt", &packed(&parts), None).expect("it holds words")
    }

    fn check(body: &str, expected: &str) {
        assert_eq!(read(body).source.text(), expected, "{body}");
    }

    #[test]
    fn blanks_tabs_and_breaks() {
        check(
            "<text:p>a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d</text:p><text:p/><text:p>e</text:p>",
            "a b c\nd\n\ne",
        );
    }

    #[test]
    fn headings_lists_and_faces() {
        let read = read(
            "<text:h text:outline-level=\"2\">Context</text:h><text:list><text:list-item><text:p><text:span text:style-name=\"T1\">Year:</text:span> see <text:span text:style-name=\"T2\">Kes</text:span></text:p><text:p>more</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item></text:list>",
        );
        assert_eq!(read.source.text(), "Context\nYear: see \u{fdd0}Kes\u{fdd1}\nmore\ndeep");
        let told =
            read.markup.iter().map(|markup| (markup.heading, markup.listed, markup.depth, markup.bold_lead));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [(Some(2), false, 0, 0), (None, true, 1, 5), (None, false, 1, 0), (None, true, 2, 0)]
        );
    }

    #[test]
    fn notes_boxes_and_tables() {
        check(
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note> b</text:p><text:p>c</text:p>",
            "a b\nc\nnote",
        );
        check(
            "<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:desc>alt</svg:desc></draw:frame> b</text:p>",
            "a b\nbox",
        );
        check(
            "<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>1959</text:p></table:table-cell></table:table-row></table:table>",
            "Year: 1959",
        );
    }

    #[test]
    fn what_is_no_text_of_the_dossier() {
        check(
            "<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:p>a<office:annotation><text:p>no</text:p></office:annotation></text:p><text:table-of-content><text:p>no</text:p></text:table-of-content>",
            "a",
        );
    }
}
