//! What cleaning changed, as marks on the source: every edit is traced back through those before it
//! to the characters that were typed.

use super::diff;
use crate::ingest::{Edit, EditRule};
use crate::source::{Source, Span};

/// A stretch of the source that cleaning changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes in the source.
    pub span: Span,
    /// What was done to it, in order.
    pub changes: Vec<Respelling>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respelling {
    /// By which rule.
    pub rule: EditRule,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// All marks, in the order of the source; no two share a byte.
pub fn marks(edits: &[Edit], source: &Source) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut traces: Vec<Trace> = Vec::new();
    for edit in edits {
        let first =
            traces.partition_point(|trace| trace.span.end <= edit.span.start && trace.span != edit.span);
        let mut trace = Trace::joined(traces.drain(first..), edit.span, source);
        trace.apply(edit, &mut marks);
        traces.push(trace);
    }
    marks.sort_by_key(|mark| mark.span);
    marks.dedup_by(|later, earlier| {
        let shared = later.span.start < earlier.span.end;
        if shared {
            earlier.span = earlier.span.to(later.span);
            earlier.changes.append(&mut later.changes);
        }
        shared
    });
    marks
}

/// A character of the text as it is now, and the bytes of the source that it stands for.
#[derive(Clone, Copy)]
struct Letter {
    now: char,
    from: Span,
}

/// A stretch of the source and its text as it is now.
struct Trace {
    span: Span,
    letters: Vec<Letter>,
}

impl Trace {
    /// The stretch of `span` and of what was traced in it so far.
    fn joined(traced: impl Iterator<Item = Self>, span: Span, source: &Source) -> Self {
        let mut whole = Self { span: Span::new(span.start, span.start), letters: Vec::new() };
        for trace in traced {
            whole.span.start = whole.span.start.min(trace.span.start);
            whole.untouched(trace.span.start, source);
            whole.span.end = trace.span.end;
            whole.letters.extend(trace.letters);
        }
        whole.untouched(span.end, source);
        whole
    }

    /// Adds the source up to byte `end` as it stands.
    fn untouched(&mut self, end: usize, source: &Source) {
        if end <= self.span.end {
            return;
        }
        let text = source.slice(Span::new(self.span.end, end)).char_indices();
        let start = self.span.end;
        self.letters.extend(
            text.map(|(at, now)| Letter { now, from: Span::new(start + at, start + at + now.len_utf8()) }),
        );
        self.span.end = end;
    }

    /// Makes an edit, and marks what it changes.
    fn apply(&mut self, edit: &Edit, marks: &mut Vec<Mark>) {
        let before = self.letters.iter().map(|letter| letter.now).collect::<Vec<_>>();
        let after = edit.after.chars().collect::<Vec<_>>();
        let mut letters = Vec::with_capacity(after.len());
        let mut done = 0;
        for change in diff::changes(&before, &after) {
            letters.extend_from_slice(&self.letters[done..change.before.start]);
            let from = self.bytes(&change.before);
            let text = |chars: &[char]| chars.iter().collect::<String>();
            let respelling = Respelling {
                rule: edit.rule,
                before: text(&before[change.before.clone()]),
                after: text(&after[change.after.clone()]),
            };
            marks.push(Mark { span: from, changes: vec![respelling] });
            letters.extend(after[change.after].iter().map(|now| Letter { now: *now, from }));
            done = change.before.end;
        }
        letters.extend_from_slice(&self.letters[done..]);
        self.letters = letters;
    }

    /// The bytes of some letters; where there are none, those of the one before or after, so that
    /// there is something to mark.
    fn bytes(&self, letters: &std::ops::Range<usize>) -> Span {
        let near = if letters.is_empty() {
            let at = letters.start.saturating_sub(1);
            &self.letters[at.min(self.letters.len())..self.letters.len().min(at + 1)]
        } else {
            &self.letters[letters.clone()]
        };
        let spans = near.iter().map(|letter| letter.from);
        spans.reduce(Span::to).unwrap_or(self.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, edits: &[(Span, EditRule, &str)], expected: &str) {
        let source = Source::new("x.txt", text.to_owned(), "UTF-8", text.as_bytes());
        let edits = edits.iter().map(|(span, rule, after)| Edit {
            span: *span,
            rule: *rule,
            before: String::new(),
            after: (*after).to_owned(),
        });
        let shown = marks(&edits.collect::<Vec<_>>(), &source).into_iter().map(|mark| {
            let changes = mark.changes.iter().map(|change| format!("{}>{}", change.before, change.after));
            format!("{}: {}", source.slice(mark.span), changes.collect::<Vec<_>>().join(", "))
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" | "), expected);
    }

    #[test]
    fn edits_after_edits_are_traced_to_what_was_typed() {
        let line = Span::new(0, 12);
        check(
            "a\u{200b}  \"b\" 'c",
            &[
                (line, EditRule::InvisibleCharacter, "a  \"b\" 'c"),
                (line, EditRule::Blanks, "a \"b\" 'c"),
                (line, EditRule::ComposedUnicode, "a “b” ‘c"),
            ],
            "\u{200b}: \u{200b}> |  :  > | \": \">“ | \": \">” | ': '>‘",
        );
    }

    #[test]
    fn a_paragraph_is_edited_after_its_lines() {
        check(
            "x\n a\u{200b}b \nc 'd",
            &[
                (Span::new(2, 9), EditRule::InvisibleCharacter, " ab "),
                (Span::new(3, 14), EditRule::Blanks, "ab c 'd"),
                (Span::new(3, 14), EditRule::ComposedUnicode, "ab c ‘d"),
            ],
            " :  > | \u{200b}: \u{200b}> | \n: \n> | ': '>‘",
        );
    }

    #[test]
    fn what_was_added_marks_its_neighbour() {
        check("mot: non", &[(Span::new(0, 8), EditRule::ComposedUnicode, "mot\u{a0}: non")], "t: >\u{a0}");
        check("", &[(Span::new(0, 0), EditRule::ComposedUnicode, "a")], ": >a");
    }
}
