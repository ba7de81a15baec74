//! The file as the editor sees it: its lines, and what is to be said about them.

use super::front_matter::Parted;
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::{Chapter, ChapterId};
use crate::source::Span;
use comrak::nodes::AstNode;

/// The lines below the front matter, and the warnings about them.
pub struct Manuscript<'t> {
    name: &'t str,
    lines: Vec<String>,
    lines_before: usize,
    warnings: Vec<Diagnostic>,
    references: Vec<(usize, ChapterId)>,
}

impl<'t> Manuscript<'t> {
    pub fn new(name: &'t str, parted: &Parted) -> Self {
        // as comrak counts lines: a lone carriage return ends one; a byte order mark is nothing
        let body = parted.body.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let lines = body.split('\n').map(str::to_owned).collect();
        Self { name, lines, lines_before: parted.lines_before, warnings: Vec::new(), references: Vec::new() }
    }

    /// The Markdown to parse: the lines, with a backslash where Markdown would swallow words.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            match swallowed(line, &self.lines[index + 1..]) {
                Some(at) => out.extend([&line[..at], "\\", &line[at..], "\n"]),
                None => out.extend([line, "\n"]),
            }
        }
        out
    }

    /// Notes that a node refers to a chapter, which may stand further down.
    pub fn refers<'a>(&mut self, node: &'a AstNode<'a>, chapter: &ChapterId) {
        self.references.push((node.data().sourcepos.start.line, chapter.clone()));
    }

    /// What is to be said of a dossier with these chapters, in the order of the lines.
    pub fn into_warnings(mut self, chapters: &[Chapter]) -> Vec<Diagnostic> {
        for (line, id) in std::mem::take(&mut self.references) {
            if !chapters.iter().any(|chapter| chapter.id == id) {
                let message = format!("`#{}` is no chapter of this dossier", id.as_str());
                self.warn_line(
                    line,
                    &message,
                    Some("refer to a chapter by the id in the braces of its heading"),
                );
            }
        }
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
fn swallowed(line: &str, below: &[String]) -> Option<usize> {
    let mut bare = line;
    loop {
        bare = bare.trim_start_matches(|c: char| " \t>*-+:".contains(c));
        let at = line.len() - bare.len();
        let after = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = bare.len() - after.len();
        match after.strip_prefix(['.', ')']) {
            Some(_) if digits > 3 => return Some(at + digits),
            Some(item) if digits > 0 => bare = item,
            Some(_) | None => return is_definition(bare, below).then_some(at),
        }
    }
}

/// Whether a line begins with `[…]:`, perhaps closed on a line below. `[Prompt II](#context)` does not.
fn is_definition(line: &str, below: &[String]) -> bool {
    let Some(label) = line.strip_prefix('[') else {
        return false;
    };
    let paragraph = below.iter().take_while(|line| !line.trim().is_empty()).flat_map(|line| line.chars());
    // CommonMark 0.31.2, 6.3: a label has at most 999 characters
    let mut label = label.chars().chain(paragraph).take(1001);
    while let Some(c) = label.next() {
        match c {
            '\\' => {
                label.next();
            }
            ']' => return label.next() == Some(':'),
            _ => {}
        }
    }
    false
}
