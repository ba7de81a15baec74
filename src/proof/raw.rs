//! The left side: lines of the source as they were, with what cannot be seen made visible and every
//! edit marked.

use super::marks::{Mark, Respelling};
use crate::html::{Element, tag};
use crate::source::{Source, Span};

/// The source with its marks.
pub struct Raw<'a> {
    source: &'a Source,
    marks: Vec<Mark>,
    language: &'a str,
}

impl<'a> Raw<'a> {
    /// A source in `language` with its marks in order.
    pub fn new(source: &'a Source, marks: Vec<Mark>, language: &'a str) -> Self {
        Self { source, marks, language }
    }

    /// A line, from 1, with its number.
    pub fn line(&self, number: usize) -> Element {
        let span = self.source.line_span(number);
        let end = self.source.line_span(number + 1).start.max(span.end);
        let id = format!("L{number}");
        let anchor = tag("a").class("no").attr("href", format!("#{id}")).text(number.to_string());
        let text = tag("span").class("raw").attr("lang", self.language.to_owned()).attr("dir", "auto");
        tag("div")
            .class("line")
            .attr("id", id)
            .child(anchor)
            .child(self.text(text, Span::new(span.start, end)))
    }

    /// The text of a line with its line end, which shows only where it was changed.
    fn text(&self, mut out: Element, line: Span) -> Element {
        let first = self.marks.partition_point(|mark| mark.span.end <= line.start);
        let mut done = line.start;
        for mark in self.marks[first..].iter().take_while(|mark| mark.span.start < line.end) {
            let part = Span::new(mark.span.start.max(line.start), mark.span.end.min(line.end));
            if part.start < part.end {
                out = self.shown(out, Span::new(done, part.start));
                out = out.child(self.marked(mark, part));
                done = part.end;
            }
        }
        self.shown(out, Span::new(done, line.end))
    }

    fn marked(&self, mark: &Mark, part: Span) -> Element {
        let rules = mark.changes.iter().map(said).collect::<Vec<_>>();
        let text = self.source.slice(part).chars().fold(String::new(), |mut text, c| {
            match c {
                '\n' => text.push('↵'),
                '\r' => {}
                ' ' => text.push('·'),
                c => match symbol(c) {
                    Some((symbol, _)) => text.push_str(&symbol),
                    None => text.push(c),
                },
            }
            text
        });
        tag("mark").attr("title", rules.join("; ")).text(text)
    }

    /// Text that was not changed; line ends do not show.
    fn shown(&self, mut out: Element, part: Span) -> Element {
        let text = self.source.slice(part);
        let mut done = 0;
        for (at, c) in text.char_indices() {
            let Some((symbol, name)) = symbol(c).or_else(|| "\r\n".contains(c).then(Default::default)) else {
                continue;
            };
            out = out.text(&text[done..at]);
            if !symbol.is_empty() {
                out = out.child(tag("span").class("unseen").attr("title", name).text(symbol));
            }
            done = at + c.len_utf8();
        }
        out.text(&text[done..])
    }
}

/// A change in words: `quotes: " → “`.
fn said(change: &Respelling) -> String {
    let name = change.rule.name();
    match (spelt(&change.before), spelt(&change.after)) {
        (before, after) if after.is_empty() => format!("{name}: {before} taken out"),
        (before, after) if before.is_empty() => format!("{name}: {after} added"),
        (before, after) => format!("{name}: {before} → {after}"),
    }
}

/// Characters as a person can name them.
fn spelt(text: &str) -> String {
    const MOST: usize = 24;
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        match (symbol(c), c) {
            _ if at == MOST => {
                out.push('…');
                break;
            }
            (Some((_, name)), _) => out.extend(["[", &name, "]"]),
            (None, ' ') => out.push_str("[space]"),
            (None, '\n') => out.push_str("[line end]"),
            (None, c) => out.push(c),
        }
    }
    out
}

/// The symbol and the name of a character that cannot be seen.
fn symbol(c: char) -> Option<(String, String)> {
    let (symbol, name) = match c {
        '\t' => ("⇥", "tab"),
        '\u{a0}' => ("␣", "no-break space"),
        '\u{202f}' => ("␣", "narrow no-break space"),
        '\u{ad}' => ("[SHY]", "soft hyphen"),
        '\u{200b}' => ("[ZWSP]", "zero-width space"),
        '\u{200c}' => ("[ZWNJ]", "zero-width non-joiner"),
        '\u{200d}' => ("[ZWJ]", "zero-width joiner"),
        '\u{200e}' => ("[LRM]", "left-to-right mark"),
        '\u{200f}' => ("[RLM]", "right-to-left mark"),
        '\u{2028}' => ("[LS]", "line separator"),
        '\u{2029}' => ("[PS]", "paragraph separator"),
        '\u{2060}' => ("[WJ]", "word joiner"),
        '\u{feff}' => ("[BOM]", "byte order mark"),
        '\u{fffd}' => ("\u{fffd}", "replacement character"),
        // between these ingest keeps the emphasis of a richer format
        '\u{fdd0}' | '\u{fdd1}' => ("_", "emphasis"),
        '\u{fdd2}' | '\u{fdd3}' => ("**", "strong emphasis"),
        '\u{2000}'..='\u{200a}' | '\u{3000}' | '\u{205f}' | '\u{1680}' => ("␣", "wide or narrow space"),
        c if is_unseen(c) => {
            let code = format!("U+{:04X}", u32::from(c));
            return Some((format!("[{code}]"), code));
        }
        _ => return None,
    };
    Some((symbol.to_owned(), name.to_owned()))
}

/// Controls, marks of direction, and what Unicode sets aside.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{180e}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}'
            | '\u{fdd4}'..='\u{fdef}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}'
    )
}
