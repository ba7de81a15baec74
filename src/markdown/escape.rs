//! Words to Markdown that means these words and nothing else, with as few backslashes as are sure.

use std::fmt::Write as _;

/// Where words stand, as far as it decides what Markdown could take them for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Position {
    /// They open a paragraph or an item: `1926. A year` would be a list.
    pub line_start: bool,
    /// They open a text or label, where a leading space would be lost.
    pub text_start: bool,
    /// They close a text.
    pub text_end: bool,
    /// They stand between the brackets of a link.
    pub in_link: bool,
    /// A link follows: `!` before it would make it a picture.
    pub before_link: bool,
}

/// The words, escaped for where they stand.
pub fn words(words: &str, position: Position) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let marker = if position.line_start { marker_at_start(words) } else { None };
    for (at, c) in words.char_indices() {
        let rest = &words[at + c.len_utf8()..];
        let at_edge = position.text_start && at == 0 || position.text_end && rest.is_empty();
        if at_edge && c != ' ' && c.is_whitespace() {
            // editors cut blanks at the end of a line, and a no-break space there is not seen
            let _ = write!(out, "&#x{:X};", u32::from(c));
            continue;
        }
        if marker == Some(at) || is_special(c, rest, position) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether `c`, followed by `rest`, could be markup wherever it stands in a line.
fn is_special(c: char, rest: &str, position: Position) -> bool {
    match c {
        '\\' | '*' | '_' | '`' | '[' | '~' => true,
        ']' => position.in_link,
        '!' => rest.is_empty() && position.before_link,
        // `a < b` and `<3` are no tags
        '<' => !rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit()),
        '&' => is_entity(rest),
        _ => false,
    }
}

/// Whether `&` before this would be an entity: `amp;`, `#38;`.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < rest.len() && name.starts_with(';')
}

/// The byte of the character that would make the line a heading, a list, a quotation or a definition.
fn marker_at_start(words: &str) -> Option<usize> {
    // what ends the words may be followed by a blank or the line's end
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    match words.chars().next()? {
        '>' | ':' => Some(0),
        '#' => ends(words.trim_start_matches('#')).then_some(0),
        // `- a`, `---`, `+`; but `-5` stays
        '-' | '+' => (!words[1..].starts_with(char::is_alphanumeric)).then_some(0),
        '=' => ends(words.trim_start_matches('=')).then_some(0),
        '0'..='9' => {
            let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
            let after = rest.strip_prefix(['.', ')'])?;
            ends(after).then_some(words.len() - rest.len())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let position = Position { line_start: true, text_start: true, text_end: true, ..Position::default() };
        assert_eq!(words(text, position), expected);
    }

    #[test]
    fn prose_stays_as_it_is() {
        for text in ["It’s 5–3 (at half time); AT&T, a+b = c, #MeToo!", "-5 °C", "3.5 mm", "a < b > c", "{x} | y"] {
            check(text, text);
        }
    }

    #[test]
    fn what_would_be_markup_gets_a_backslash() {
        check("1926. A year", r"1926\. A year");
        check("# one", r"\# one");
        check(": two", r"\: two");
        check("- three", r"\- three");
        check("*four* [REC] a_b `c` ~d~", r"\*four\* \[REC] a\_b \`c\` \~d\~");
        check("&amp; <b> \\", r"\&amp; \<b> \\");
        check("fin\u{a0}", "fin&#xA0;");
    }
}
