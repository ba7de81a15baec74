//! Marked text to inlines: the emphasis that a richer format still had.

use super::markup::{EMPHASIS, STRONG, is_mark};
use crate::dossier::{Inline, Text};

/// The inlines of a marked text. Marks that do not pair are left out; words are never.
pub fn inlines(marked: &str) -> Text {
    if !marked.contains(is_mark) {
        return if marked.is_empty() { Vec::new() } else { vec![Inline::Words(marked.to_owned())] };
    }
    // open runs, outermost first: the mark that closes each, and what it holds so far
    let mut open: Vec<(char, Text)> = vec![('\0', Vec::new())];
    for c in marked.chars() {
        if c == EMPHASIS.0 {
            open.push((EMPHASIS.1, Vec::new()));
        } else if c == STRONG.0 {
            open.push((STRONG.1, Vec::new()));
        } else if !is_mark(c) {
            if let Some((_, text)) = open.last_mut() {
                push_char(text, c);
            }
        } else if open.len() > 1 && open.last().is_some_and(|(close, _)| *close == c) {
            close(&mut open, true);
        }
    }
    while open.len() > 1 {
        close(&mut open, false);
    }
    open.pop().map(|(_, text)| text).unwrap_or_default()
}

/// Closes the innermost run; one whose end is missing gives its words to the run around it.
fn close(open: &mut Vec<(char, Text)>, paired: bool) {
    let Some((mark, inner)) = open.pop() else { return };
    let Some((_, outer)) = open.last_mut() else { return };
    match (inner.is_empty(), paired) {
        (true, _) => {}
        (false, true) if mark == STRONG.1 => outer.push(Inline::Strong(inner)),
        (false, true) => outer.push(Inline::Emphasis(inner)),
        (false, false) => inner.into_iter().for_each(|inline| push(outer, inline)),
    }
}

fn push_char(text: &mut Text, c: char) {
    if let Some(Inline::Words(words)) = text.last_mut() {
        words.push(c);
    } else {
        text.push(Inline::Words(c.to_string()));
    }
}

fn push(text: &mut Text, inline: Inline) {
    match (text.last_mut(), inline) {
        (Some(Inline::Words(words)), Inline::Words(more)) => words.push_str(&more),
        (_, inline) => text.push(inline),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::plain;

    #[test]
    fn marks_become_emphasis_and_words_stay() {
        let marked = format!("a {}b {}c{}{} d{}e", EMPHASIS.0, STRONG.0, STRONG.1, EMPHASIS.1, EMPHASIS.0);
        let text = inlines(&marked);
        assert_eq!(plain(&text), "a b c de");
        assert!(
            matches!(&text[1], Inline::Emphasis(inner) if matches!(inner[1], Inline::Strong(_))),
            "{text:?}"
        );
        assert_eq!(text.len(), 3);
        assert_eq!(inlines(""), Vec::new());
    }
}
