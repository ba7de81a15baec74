//! Markdown, as chat assistants and careful people write it.

use super::encoding::Text;
use super::html;
use super::runs::{Face, Standing};
use super::sheet::{Part, Sheet};
use crate::diag::Diagnostic;
use crate::ingest::decode::Decoded;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeHeading, NodeList, NodeValue};
use comrak::{Arena, Options};

/// A line that somebody wrapped is no longer than this.
const WIDEST: usize = 120;

/// Reads Markdown; lines are those of the file.
///
/// # Errors
/// Where it holds no words.
pub fn read(name: &str, bytes: &[u8], text: &Text) -> Result<Decoded, Diagnostic> {
    let arena = Arena::new();
    let (markdown, first_line) = unfenced(&text.text);
    let lines = markdown.lines().collect::<Vec<_>>();
    let root = comrak::parse_document(&arena, markdown, &options());
    let width = wrapped_at(root, &lines);
    let mut reader = Reader { lines, first_line, width, ..Reader::default() };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => reader.open(node),
            NodeEdge::End(node) => reader.close(&node.data.borrow().value),
        }
    }
    reader.sheet.finish(name, text.encoding, bytes)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    // `**导演:**王家衛` has no blank behind its label
    options.extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options
}

/// Takes off the fence that chat assistants put around a whole document, and says on which line it begins.
fn unfenced(text: &str) -> (&str, usize) {
    let trimmed = text.trim();
    let inner = ["```markdown\n", "```md\n"].iter().find_map(|fence| trimmed.strip_prefix(fence));
    match inner.and_then(|inner| inner.strip_suffix("\n```")) {
        Some(inner) if !inner.contains("\n```") => {
            (inner, 2 + text[..text.len() - text.trim_start().len()].matches('\n').count())
        }
        _ => (text, 1),
    }
}

/// The width at which the file's lines were wrapped; 0 where a line end within a paragraph is one that
/// the writer meant, as under `**Year:** 1926`.
fn wrapped_at<'a>(root: &'a AstNode<'a>, lines: &[&str]) -> usize {
    let breaks = root.descendants().filter(|node| matches!(node.data.borrow().value, NodeValue::SoftBreak));
    let before = breaks.filter_map(|node| lines.get(node.data.borrow().sourcepos.start.line.checked_sub(1)?));
    let widest = before.map(|line| line.chars().count()).max().unwrap_or(0);
    if (40..=WIDEST).contains(&widest) { widest } else { 0 }
}

#[derive(Default)]
struct Reader<'t> {
    sheet: Sheet,
    lines: Vec<&'t str>,
    first_line: usize,
    width: usize,
    face: Face,
    heading: Option<u8>,
    /// An entry for each list that is open: whether it was taken for one.
    lists: Vec<bool>,
    /// What the next paragraph begins: an item.
    item: Option<String>,
    in_image: usize,
}

impl Reader<'_> {
    fn open(&mut self, node: &AstNode) {
        let ast = node.data.borrow();
        self.sheet.at(ast.sourcepos.start.line + self.first_line - 1);
        match &ast.value {
            NodeValue::Heading(heading) => {
                self.heading = self.level(*heading, ast.sourcepos.start.line, ast.sourcepos.end.line);
                self.open_paragraph();
            }
            NodeValue::Paragraph => self.open_paragraph(),
            NodeValue::TableRow(_) => self.sheet.enter(Part::Row),
            NodeValue::TableCell => self.sheet.enter(Part::Cell),
            NodeValue::FootnoteDefinition(_) => self.sheet.enter(Part::Note),
            NodeValue::List(list) => self.lists.push(!begins_with_a_year(list)),
            NodeValue::Item(list) if self.lists.last() == Some(&false) => {
                self.item = Some(format!("{}. ", list.start));
            }
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.item = Some(String::new()),
            NodeValue::ThematicBreak => self.sheet.blank(),
            NodeValue::Emph => self.face.italic = true,
            NodeValue::Strong => self.face.bold = true,
            NodeValue::Image(_) => self.in_image += 1,
            NodeValue::Text(text) => self.text(text),
            NodeValue::Code(code) => self.text(&code.literal),
            NodeValue::CodeBlock(block) => {
                self.verbatim(&block.literal, ast.sourcepos.start.line + usize::from(block.fenced));
            }
            NodeValue::HtmlBlock(block) => html::write(&block.literal, &mut self.sheet),
            NodeValue::HtmlInline(tag) if tag.to_lowercase().starts_with("<br") => self.sheet.break_line(),
            NodeValue::SoftBreak if self.is_wrapped(ast.sourcepos.start.line) => self.text(" "),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.sheet.break_line(),
            _ => {}
        }
    }

    fn close(&mut self, value: &NodeValue) {
        match value {
            NodeValue::Heading(_) | NodeValue::Paragraph => {
                self.heading = None;
                self.sheet.close();
            }
            NodeValue::TableRow(_) | NodeValue::TableCell | NodeValue::FootnoteDefinition(_) => {
                self.sheet.leave();
            }
            NodeValue::List(_) => {
                self.lists.pop();
            }
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.item = None,
            NodeValue::Emph => self.face.italic = false,
            NodeValue::Strong => self.face.bold = false,
            NodeValue::Image(_) => self.in_image -= 1,
            _ => {}
        }
    }

    /// The level of a heading. Under a paragraph, a line of hyphens was meant for a rule.
    fn level(&self, heading: NodeHeading, first: usize, last: usize) -> Option<u8> {
        const LONGEST: usize = 80;
        let length = first
            .checked_sub(1)
            .and_then(|index| self.lines.get(index))
            .map_or(0, |line| line.chars().count());
        (!heading.setext || last - first == 1 && length <= LONGEST).then_some(heading.level)
    }

    fn open_paragraph(&mut self) {
        let item = self.item.take();
        let listed = item.as_ref().is_some_and(String::is_empty) && self.heading.is_none();
        let depth = self.lists.iter().filter(|is_list| **is_list).count();
        let depth = if self.heading.is_none() { u8::try_from(depth).unwrap_or(u8::MAX) } else { 0 };
        self.sheet.open(Standing { heading: self.heading, listed, depth });
        self.text(item.as_deref().unwrap_or_default());
    }

    fn text(&mut self, text: &str) {
        if self.in_image == 0 {
            self.sheet.text(text, self.face);
        }
    }

    /// A line of code is a line.
    fn verbatim(&mut self, text: &str, line: usize) {
        for (index, row) in text.lines().enumerate() {
            self.sheet.at(line + index + self.first_line - 1);
            self.open_paragraph();
            self.sheet.text(row, Face::default());
            self.sheet.close();
        }
    }

    /// Whether a line ends only because the next word had no room on it.
    fn is_wrapped(&self, line: usize) -> bool {
        let next = self.lines.get(line).map_or("", |next| next.trim_start());
        let Some(this) = line.checked_sub(1).and_then(|index| self.lines.get(index)) else {
            return false;
        };
        let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
        !next.starts_with("**") && this.chars().count() + 1 + word > self.width && self.width > 0
    }
}

/// `1959. Paris.` is a year and no item of a list.
fn begins_with_a_year(list: &NodeList) -> bool {
    list.list_type == ListType::Ordered && list.start > 999
}

#[cfg(test)]
mod tests {
    use crate::ingest::decode::{Decoded, decode};
    use crate::ingest::markup::is_mark;

    fn read(text: &str) -> Decoded {
        decode("x.md", text.as_bytes(), None).expect("it holds words")
    }

    /// Each line with `#` for its heading's level, `-` for items, `>` for depth and `[…]` around a bold lead.
    fn check(text: &str, expected: &[&str]) {
        let read = read(text);
        let rows = (1..=read.source.line_count()).zip(&read.markup).map(|(row, markup)| {
            let line = read.source.slice(read.source.line_span(row));
            let (lead, rest) = line.split_at(markup.bold_lead);
            let lead = if lead.is_empty() { String::new() } else { format!("[{lead}]") };
            let heading = "#".repeat(markup.heading.unwrap_or(0).into());
            let item = if markup.listed { "-" } else { "" };
            let line = format!("{heading}{}{item}{lead}{rest}", ">".repeat(markup.depth.into()));
            line.replace(is_mark, "_")
        });
        assert_eq!(rows.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn blocks_say_what_they_are() {
        check("# The General (1926)\n\n## Context\ntext", &["#The General (1926)", "##Context", "text"]);
        check("* **Year:** 1926\n* b\n  1. c\n\n     d\n\ne", &[">-[Year:] 1926", ">-b", ">>-c", ">>d", "e"]);
        check("**Start Here**\n\nsee *Kes* and **more**", &["[Start Here]", "see _Kes_ and _more_"]);
        check("| Year | 1926 |\n|---|---|\n| By | Egede |", &["Year: 1926", "By: Egede"]);
        check("a\n\n***\n\nb", &["a", "", "b"]);
        check(
            "Title\n---\n\nA long paragraph, of more words than any heading has that somebody would write, ends.\n---",
            &[
                "##Title",
                "A long paragraph, of more words than any heading has that somebody would write, ends.",
            ],
        );
    }

    #[test]
    fn no_syntax_stays_in_the_text() {
        check(
            "a \\* b \\[c\\] &amp; &eacute; `code` ~~old~~ [link](http://x) ![alt](y)",
            &["a * b [c] & é code old link"],
        );
        check("a<b>b</b> c<br>d <!-- no -->e", &["ab c", "d e"]);
        check("<details><summary>Sum</summary>\n\ntext\n\n</details>", &["Sum", "text"]);
        check("a[^1] b\n\n[^1]: note\n\nc", &["a b", "c", "note"]);
        check("- [x] done", &[">-done"]);
        check("**导演:**王家衛", &["[导演:]王家衛"]);
        check("&#xfdd0;a&#xFDD1;", &["a"]);
    }

    #[test]
    fn numbers_that_are_years_stay() {
        check("1959. Paris.", &["1959. Paris."]);
        check("3. Paris.", &[">-Paris."]);
    }

    #[test]
    fn line_ends_that_were_meant_stay() {
        check("**Year:** 1926\n**By:** Egede\nplain", &["[Year:] 1926", "[By:] Egede", "plain"]);
        let wrapped = "It is a long line of a paragraph that somebody\nwrapped at fifty characters, as mail programs did\nonce.";
        check(
            wrapped,
            &[
                "It is a long line of a paragraph that somebody wrapped at fifty characters, as mail programs did once.",
            ],
        );
        check("a  \nb\\\nc", &["a", "b", "c"]);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines = |text: &str| {
            let source = read(text).source;
            (1..=source.line_count()).map(|row| source.lines_of(source.line_span(row))).collect::<Vec<_>>()
        };
        assert_eq!(lines("# a\n\nb\n\n* c\n* **d**"), [(1, 1), (3, 3), (5, 5), (6, 6)]);
        assert_eq!(
            lines(
                "It is a long line of a paragraph that somebody\nwrapped at fifty characters, as mail programs did\nonce.\n\nb"
            ),
            [(1, 3), (5, 5)]
        );
        assert_eq!(lines("```markdown\n# a\n\nb\n```"), [(2, 2), (4, 4)]);
    }

    #[test]
    fn deep_nesting_is_read() {
        for opening in ["> ", "* ", "[", "*", "<b>", "a `"] {
            assert!(read(&format!("{}a", opening.repeat(5000))).source.text().contains('a'));
        }
    }
}
