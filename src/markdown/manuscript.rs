//! The file as the editor sees it: its lines, and what is to be said about them.

use super::front_matter::Parted;
use crate::diag::{Code, Diagnostic, Place};
use crate::source::Span;
use comrak::nodes::AstNode;

/// The lines below the front matter, and the warnings about them.
pub struct Manuscript<'t> {
    name: &'t str,
    lines: Vec<String>,
    lines_before: usize,
    warnings: Vec<Diagnostic>,
}

impl<'t> Manuscript<'t> {
    pub fn new(name: &'t str, parted: &Parted) -> Self {
        // as comrak counts lines: a lone carriage return ends one; a byte order mark is nothing
        let body = parted.body.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let lines = body.split('\n').map(str::to_owned).collect();
        Self { name, lines, lines_before: parted.lines_before, warnings: Vec::new() }
    }

    /// The Markdown to parse: the lines, with a backslash where Markdown would swallow words.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            match swallowed(line) {
                Some(at) => out.extend([&line[..at], "\\", &line[at..], "\n"]),
                None => out.extend([line, "\n"]),
            }
        }
        out
    }

    /// The lines of a node as they stand in the file, blanks between them.
    pub fn raw<'a>(&self, node: &'a AstNode<'a>) -> String {
        let place = node.data().sourcepos;
        let last = place.end.line.clamp(place.start.line, self.lines.len());
        let lines = self.lines.get(place.start.line.saturating_sub(1)..last).unwrap_or_default();
        lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What is to be said, in the order of the lines.
    pub fn into_warnings(mut self) -> Vec<Diagnostic> {
        self.warnings.sort_by_key(|warning| warning.place.as_ref().and_then(|place| place.line));
        self.warnings
    }

    /// Warns about the first line of a node.
    pub fn warn<'a>(&mut self, node: &'a AstNode<'a>, message: &str) {
        let line = node.data().sourcepos.start.line;
        self.warn_line(line, message, None);
    }

    /// Warns about the first line of a node and says what to do.
    pub fn warn_hint<'a>(&mut self, node: &'a AstNode<'a>, message: &str, hint: &str) {
        let line = node.data().sourcepos.start.line;
        self.warn_line(line, message, Some(hint));
    }

    /// Warns about a line below the front matter, counted from 1.
    pub fn warn_line(&mut self, line: usize, message: &str, hint: Option<&str>) {
        let text = line.checked_sub(1).and_then(|index| self.lines.get(index)).cloned().unwrap_or_default();
        let mark = Span::new(0, text.len());
        let place = Place { file: self.name.to_owned(), line: Some(line + self.lines_before), text, mark };
        let mut warning = Diagnostic::warning(Code::Reviewed, message).at(place);
        warning.hint = hint.map(str::to_owned);
        self.warnings.push(warning);
    }
}

/// The byte before which a backslash keeps words that are none for Markdown: the form has no link
/// definitions (`[1]: Eisner`), and no list has so many questions that `1926. A year` is one of them.
fn swallowed(line: &str) -> Option<usize> {
    let mut bare = line;
    loop {
        bare = bare.trim_start_matches(|c: char| " \t>*-+:".contains(c));
        let at = line.len() - bare.len();
        let after = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = bare.len() - after.len();
        match after.strip_prefix(['.', ')']) {
            Some(_) if digits > 3 => return Some(at + digits),
            Some(item) if digits > 0 => bare = item,
            Some(_) | None => return (bare.starts_with('[') && !bare.contains("](")).then_some(at),
        }
    }
}
