//! What readers write on: paragraphs, rows of tables, boxes and notes, in the order of the file.

use super::runs::{self, Face, Glyph, Standing};
use crate::diag::Diagnostic;
use crate::ingest::decode::{Decoded, no_words};
use crate::ingest::markup::{Markup, is_reserved};
use crate::source::Source;

/// A part of a page that has paragraphs of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A box of text: it stands behind the paragraph that it hangs on.
    TextBox,
    /// A footnote or an endnote: it stands at the end.
    Note,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
}

/// A line before it is set.
#[derive(Clone, Debug, Default)]
struct Row {
    glyphs: Vec<Glyph>,
    standing: Standing,
    lines: (usize, usize),
}

/// A part that is open, the file itself at the bottom.
#[derive(Default)]
struct Open {
    part: Option<Part>,
    rows: Vec<Row>,
    /// The lines of the paragraph that is open; hard breaks end a line.
    paragraph: Option<Vec<Row>>,
    /// Boxes that hang on the open paragraph.
    boxes: Vec<Row>,
    cells: Vec<Vec<Row>>,
}

/// Collects the lines of a file.
#[derive(Default)]
pub struct Sheet {
    body: Open,
    open: Vec<Open>,
    notes: Vec<Row>,
    line: usize,
}

impl Sheet {
    /// Says from which line (or paragraph) of the file what follows is.
    pub fn at(&mut self, line: usize) {
        self.line = line;
    }

    /// Opens a paragraph; closes the one before it.
    pub fn open(&mut self, standing: Standing) {
        self.close();
        let line = self.line;
        self.top().paragraph = Some(vec![Row { standing, lines: (line, line), ..Row::default() }]);
    }

    /// Says what the open paragraph is, where that is known only after it was opened.
    pub fn stand(&mut self, standing: Standing) {
        for row in self.top().paragraph.iter_mut().flatten() {
            row.standing = standing;
        }
    }

    /// Adds text to the open paragraph, or to a new one.
    pub fn text(&mut self, text: &str, face: Face) {
        let line = self.line;
        if self.top().paragraph.is_none() {
            self.open(Standing::default());
        }
        let Some(row) = self.top().paragraph.as_mut().and_then(|rows| rows.last_mut()) else {
            return;
        };
        if row.glyphs.is_empty() {
            row.lines.0 = line;
        }
        row.lines.1 = line.max(row.lines.0);
        row.glyphs.extend(text.chars().filter(|c| !is_reserved(*c)).map(|c| (c, face)));
    }

    /// Begins a new line within the open paragraph.
    pub fn break_line(&mut self) {
        let line = self.line;
        if let Some(rows) = self.top().paragraph.as_mut() {
            let standing =
                rows.first().map(|row| Standing { listed: false, ..row.standing }).unwrap_or_default();
            rows.push(Row { standing, lines: (line, line), ..Row::default() });
        }
    }

    /// Closes the open paragraph; says whether it held words.
    pub fn close(&mut self) -> bool {
        let top = self.top();
        let rows = top.paragraph.take().unwrap_or_default();
        let mut rows = rows.into_iter().filter(Row::has_words).collect::<Vec<_>>();
        let has_words = !rows.is_empty();
        top.rows.append(&mut rows);
        let mut boxes = std::mem::take(&mut top.boxes);
        top.rows.append(&mut boxes);
        has_words
    }

    /// Leaves a line blank; in boxes, notes and tables nobody misses it.
    pub fn blank(&mut self) {
        self.close();
        let line = self.line;
        if self.open.is_empty() {
            self.body.rows.push(Row { lines: (line, line), ..Row::default() });
        }
    }

    /// Opens a part. Where it is a box or a note, the paragraph that it hangs on stays open below it.
    pub fn enter(&mut self, part: Part) {
        match part {
            Part::TextBox | Part::Note => {}
            Part::Row | Part::Cell => {
                self.close();
            }
        }
        self.open.push(Open { part: Some(part), ..Open::default() });
    }

    /// Closes the part that was opened last.
    pub fn leave(&mut self) {
        self.close();
        let Some(Open { part: Some(part), mut rows, cells, .. }) = self.open.pop() else {
            return;
        };
        match part {
            Part::Note => self.notes.append(&mut rows),
            Part::Cell => self.top().cells.push(rows),
            Part::Row => {
                rows.extend(rows_of_table(cells));
                self.top().rows.append(&mut rows);
            }
            Part::TextBox if self.top().paragraph.is_some() => self.top().boxes.append(&mut rows),
            Part::TextBox => self.top().rows.append(&mut rows),
        }
    }

    fn top(&mut self) -> &mut Open {
        self.open.last_mut().unwrap_or(&mut self.body)
    }

    /// The decoded file.
    ///
    /// # Errors
    /// Where it holds no words.
    pub fn finish(mut self, name: &str, encoding: &'static str, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
        while !self.open.is_empty() {
            self.leave();
        }
        self.close();
        let mut rows = self.body.rows;
        rows.append(&mut self.notes);
        let (mut text, mut markup, mut lines) = (String::new(), Vec::<Markup>::new(), Vec::new());
        let mut blank_last = true;
        for row in rows {
            let blank = !row.has_words();
            if blank && blank_last {
                continue;
            }
            if !markup.is_empty() {
                text.push('\n');
            }
            let (line, marks) = runs::set(&row.glyphs, row.standing);
            text.push_str(&line);
            markup.push(marks);
            lines.push(row.lines);
            blank_last = blank;
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(no_words(name));
        }
        Ok(Decoded { source: Source::with_lines(name, text, encoding, bytes, lines), markup })
    }
}

impl Row {
    fn has_words(&self) -> bool {
        self.glyphs.iter().any(|(c, _)| !c.is_whitespace())
    }

    fn ends_with_colon(&self) -> bool {
        let last = self.glyphs.iter().rev().find(|(c, _)| !c.is_whitespace());
        last.is_some_and(|(c, _)| matches!(c, ':' | '：'))
    }
}

/// A row of a table is a line: `Year: 1959`, `1959 | Cannes | Best Director`. Where a cell holds more than
/// a line, the table is there to lay the page out, and every line stands by itself.
fn rows_of_table(cells: Vec<Vec<Row>>) -> Vec<Row> {
    let columns = cells.len();
    let cells = cells.into_iter().map(|cell| cell.into_iter().filter(Row::has_words).collect::<Vec<_>>());
    let cells = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
    let mut rows = cells.concat();
    if rows.len() < 2 || cells.iter().any(|cell| cell.len() > 1) {
        return rows;
    }
    let separator = match (columns, rows[0].ends_with_colon()) {
        (2, true) => " ",
        (2, false) => ": ",
        _ => " | ",
    };
    let others = rows.split_off(1);
    for other in others {
        rows[0].glyphs.extend(separator.chars().map(|c| (c, Face::default())));
        rows[0].glyphs.extend(other.glyphs);
        rows[0].lines.1 = rows[0].lines.1.max(other.lines.1);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Sheet)) -> String {
        let mut sheet = Sheet::default();
        write(&mut sheet);
        sheet.finish("x", "UTF-8", b"").expect("it holds words").source.text().to_owned()
    }

    fn cells(sheet: &mut Sheet, texts: &[&str]) {
        sheet.enter(Part::Row);
        for text in texts {
            sheet.enter(Part::Cell);
            for line in text.split('/') {
                sheet.open(Standing::default());
                sheet.text(line, Face::default());
            }
            sheet.leave();
        }
        sheet.leave();
    }

    #[test]
    fn a_row_is_a_line_unless_the_table_lays_out_a_page() {
        let check = |row: &[&str], expected: &str| assert_eq!(text(|sheet| cells(sheet, row)), expected);
        check(&["Year", "1959"], "Year: 1959");
        check(&["Year:", "1959"], "Year: 1959");
        check(&["1959", "Cannes", "Best Director"], "1959 | Cannes | Best Director");
        check(&["", "alone"], "alone");
        check(&["one/two", "three"], "one\ntwo\nthree");
    }

    #[test]
    fn boxes_follow_their_paragraph_and_notes_end_the_text() {
        let plain = Face::default();
        let got = text(|sheet| {
            sheet.text("one", plain);
            sheet.enter(Part::Note);
            sheet.text("note", plain);
            sheet.leave();
            sheet.enter(Part::TextBox);
            sheet.text("box", plain);
            sheet.leave();
            sheet.text(" more", plain);
            sheet.open(Standing::default());
            sheet.text("two", plain);
        });
        assert_eq!(got, "one more\nbox\ntwo\nnote");
    }

    #[test]
    fn marks_of_our_own_are_not_taken_from_a_file() {
        assert_eq!(text(|sheet| sheet.text("a\u{fdd0}b\u{fdef}c", Face::default())), "abc");
    }
}
