//! The raw text of a dossier: decoded once, never changed, addressed by byte and by line.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A half-open range of bytes in [`Source::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, but not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A dossier as it was pasted: its decoded text, where its lines begin, and the hash of its bytes.
///
/// The text's own lines are *rows*. In a plain text a row is a line of the file; where the text was taken
/// out of a richer format, a row is a paragraph, and its line is what the editor can find it by: the lines
/// of a Markdown file, the number of the paragraph in a word processor's file or a web page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    encoding: &'static str,
    sha256: String,
    line_starts: Vec<usize>,
    /// First and last line of the file for each row of the text; empty where rows are lines.
    file_lines: Vec<(usize, usize)>,
}

impl Source {
    /// Takes text that was read from `bytes` in `encoding` (the name the Encoding Standard gives it).
    pub fn new(name: impl Into<String>, text: String, encoding: &'static str, bytes: &[u8]) -> Self {
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect::<Vec<_>>();
        let file_lines = Vec::new();
        Self { name: name.into(), text, encoding, sha256: hex_sha256(bytes), line_starts, file_lines }
    }

    /// The same for a text whose rows are not lines of the file: for each row the first and the last line
    /// that it was taken from, counted from 1.
    pub fn with_lines(
        name: impl Into<String>,
        text: String,
        encoding: &'static str,
        bytes: &[u8],
        file_lines: Vec<(usize, usize)>,
    ) -> Self {
        Self { file_lines, ..Self::new(name, text, encoding, bytes) }
    }

    /// The file's name or path, as the editor knows it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding it was read in.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// SHA-256 of the original bytes, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The row of the text, counted from 1, in which byte `at` stands.
    pub fn row_of(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    /// The line of the file, counted from 1, from which byte `at` was taken.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines_of_row(self.row_of(at)).0
    }

    /// First and last line of the file of a span, counted from 1.
    pub fn lines_of(&self, span: Span) -> (usize, usize) {
        let last = span.end.saturating_sub(1).max(span.start);
        (self.lines_of_row(self.row_of(span.start)).0, self.lines_of_row(self.row_of(last)).1)
    }

    fn lines_of_row(&self, row: usize) -> (usize, usize) {
        row.checked_sub(1).and_then(|index| self.file_lines.get(index)).copied().unwrap_or((row, row))
    }

    /// The bytes of row `number` (from 1), without its line end; empty past the last row.
    pub fn line_span(&self, number: usize) -> Span {
        let Some(&start) = number.checked_sub(1).and_then(|index| self.line_starts.get(index)) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let end = self.line_starts.get(number).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        Span::new(start, end)
    }

    /// How many rows there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn hex_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("x.txt", text.to_owned(), "UTF-8", text.as_bytes())
    }

    #[test]
    fn lines_are_counted_from_one_and_lose_their_ends() {
        let s = source("one\r\ntwo\n\nfour");
        let lines: Vec<_> = (1..=s.line_count()).map(|n| s.slice(s.line_span(n))).collect();
        assert_eq!(lines, ["one", "two", "", "four"]);
        assert_eq!(s.line_of(5), 2);
        assert_eq!(s.lines_of(Span::new(0, 8)), (1, 2));
    }

    #[test]
    fn rows_of_a_richer_format_answer_in_lines_of_the_file() {
        let s = Source::with_lines(
            "x.md",
            "one\ntwo two\nthree".into(),
            "UTF-8",
            b"",
            vec![(1, 1), (3, 4), (6, 6)],
        );
        assert_eq!((s.row_of(5), s.line_of(5), s.line_count()), (2, 3, 3));
        assert_eq!(s.lines_of(s.line_span(2)), (3, 4));
        assert_eq!(s.lines_of(Span::new(0, s.text().len())), (1, 6));
    }

    #[test]
    fn a_line_past_the_end_is_empty() {
        assert_eq!(source("a").line_span(7), Span::new(1, 1));
    }
}
