//! Stretches of text and their faces to a line: its text with marks of emphasis, and what is bold of it.

use crate::ingest::markup::{EMPHASIS, Markup, STRONG};

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// In bold.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The level of the heading that it is.
    pub heading: Option<u8>,
    /// Whether an item of a list begins with it.
    pub listed: bool,
    /// How deep its list is nested; 0 outside lists.
    pub depth: u8,
}

/// A character and its face.
pub type Glyph = (char, Face);

/// The text of a line and its marks; runs of blanks are one space.
pub fn set(glyphs: &[Glyph], standing: Standing) -> (String, Markup) {
    let glyphs = with_plain_blanks(&single_blanks(glyphs));
    let all = |has: fn(&Face) -> bool| {
        let mut inked = glyphs.iter().filter(|(c, _)| !c.is_whitespace()).peekable();
        inked.peek().is_some() && inked.all(|(_, face)| has(face))
    };
    let (all_bold, all_italic) = (all(|face| face.bold), all(|face| face.italic));
    // a heading has its face from its style
    let (bold, italic) = (all_bold && standing.heading.is_none(), all_italic && standing.heading.is_none());
    let lead = match standing.heading {
        Some(_) => 0,
        None => glyphs.iter().take_while(|(_, face)| face.bold).count(),
    };
    let lead_italic = lead > 0 && glyphs[..lead].iter().all(|(c, face)| face.italic || c.is_whitespace());
    let shown = |index: usize, face: Face| Face {
        bold: face.bold && index >= lead && standing.heading.is_none(),
        italic: face.italic && !all_italic && !(lead_italic && index < lead),
    };
    let mut line = Line::default();
    for (index, (c, face)) in glyphs.iter().enumerate() {
        if index == lead {
            line.close_lead();
        }
        line.turn(shown(index, *face));
        line.text.push(*c);
    }
    if lead == glyphs.len() {
        line.close_lead();
    }
    line.turn(Face::default());
    let Standing { heading, listed, depth } = standing;
    (line.text, Markup { heading, listed, depth, bold_lead: line.lead, bold, italic })
}

/// A line that is being set.
#[derive(Default)]
struct Line {
    text: String,
    face: Face,
    lead: usize,
}

impl Line {
    fn close_lead(&mut self) {
        self.turn(Face::default());
        self.lead = self.text.len();
    }

    /// Closes and opens marks so that they nest: strong emphasis outside, emphasis inside.
    fn turn(&mut self, to: Face) {
        let from = std::mem::replace(&mut self.face, to);
        let strong_turns = from.bold != to.bold;
        if from.italic && (!to.italic || strong_turns) {
            self.text.push(EMPHASIS.1);
        }
        if strong_turns {
            self.text.push(if to.bold { STRONG.0 } else { STRONG.1 });
        }
        if to.italic && (!from.italic || strong_turns) {
            self.text.push(EMPHASIS.0);
        }
    }
}

fn single_blanks(glyphs: &[Glyph]) -> Vec<Glyph> {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
    let mut single: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for &(c, face) in glyphs {
        match (is_blank(c), single.last()) {
            (true, None | Some((' ', _))) => {}
            (true, Some(_)) => single.push((' ', face)),
            (false, _) => single.push((c, face)),
        }
    }
    let end = single.iter().rposition(|(c, _)| !c.is_whitespace()).map_or(0, |last| last + 1);
    let start = single[..end].iter().position(|(c, _)| !c.is_whitespace()).unwrap_or(end);
    single[start..end].to_vec()
}

/// Word processors give blanks any face: one has the face that the words before and behind it share.
fn with_plain_blanks(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut plain = glyphs.to_vec();
    let mut before = Face::default();
    for index in 0..plain.len() {
        if !plain[index].0.is_whitespace() {
            before = plain[index].1;
            continue;
        }
        let after = glyphs[index..]
            .iter()
            .find(|(c, _)| !c.is_whitespace())
            .map_or(Face::default(), |(_, face)| *face);
        // marks of strong emphasis stand outside, so emphasis does not go on across one of them
        let italic = before.italic && after.italic && before.bold == after.bold;
        plain[index].1 = Face { bold: before.bold && after.bold, italic };
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes `<b>` and `<i>` in, and reads marks as `{b` `b}` `{i` `i}`.
    fn line(text: &str, standing: Standing) -> (String, Markup) {
        let mut glyphs = Vec::new();
        let mut face = Face::default();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let tags =
                [("<b>", true, true), ("</b>", true, false), ("<i>", false, true), ("</i>", false, false)];
            if let Some((tag, is_bold, on)) = tags.iter().find(|(tag, _, _)| rest.starts_with(tag)) {
                if *is_bold {
                    face.bold = *on;
                } else {
                    face.italic = *on;
                }
                rest = &rest[tag.len()..];
                continue;
            }
            glyphs.push((c, face));
            rest = &rest[c.len_utf8()..];
        }
        let (text, markup) = set(&glyphs, standing);
        let shown = [(EMPHASIS.0, "{i"), (EMPHASIS.1, "i}"), (STRONG.0, "{b"), (STRONG.1, "b}")];
        (shown.iter().fold(text, |text, (mark, name)| text.replace(*mark, name)), markup)
    }

    fn check(text: &str, expected: &str, bold_lead: usize) {
        let (set, markup) = line(text, Standing::default());
        assert_eq!((set.as_str(), markup.bold_lead), (expected, bold_lead), "{text}");
    }

    #[test]
    fn a_bold_lead_is_counted_and_not_marked() {
        check("<b>Year:</b> 1926", "Year: 1926", 5);
        check("<b>Year</b>: 1926", "Year: 1926", 4);
        check("<b>Year: </b>1926", "Year: 1926", 5);
        check("<b><i>Kes</i></b> runs", "Kes runs", 3);
        check("<b>On <i>Kes</i>:</b> late", "On {iKesi}: late", 8 + 6 - 1);
        check("<b>Start</b> <b>Here</b>", "Start Here", 10);
    }

    #[test]
    fn emphasis_within_a_line_is_marked_without_its_blanks() {
        check("see <i>Kes </i>twice", "see {iKesi} twice", 0);
        check("see <i>The</i> <i>Ring</i>", "see {iThe Ringi}", 0);
        check("a <b>b <i>c</i></b><i> d</i>", "a {bb {ici}b} {idi}", 0);
        check("<i>a</i> and <b>b</b>", "{iai} and {bbb}", 0);
        check("  a \n\t b ", "a b", 0);
    }

    #[test]
    fn emphasis_of_a_whole_line_is_said_and_not_marked() {
        let (text, markup) = line("<i>A boy runs</i>", Standing::default());
        assert_eq!((text.as_str(), markup.italic, markup.bold), ("A boy runs", true, false));
        let (text, markup) = line("<b>Start Here</b>", Standing::default());
        assert_eq!((text.as_str(), markup.bold, markup.bold_lead), ("Start Here", true, 10));
        let (text, markup) =
            line("<b>On <i>Kes</i></b>", Standing { heading: Some(2), ..Standing::default() });
        assert_eq!(
            (text.as_str(), markup.bold, markup.bold_lead, markup.heading),
            ("On {iKesi}", false, 0, Some(2))
        );
    }
}
