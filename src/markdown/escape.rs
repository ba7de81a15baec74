//! Words to Markdown that means these words and nothing else, with as few backslashes as are sure.

use std::fmt::Write as _;

/// What words begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A paragraph or an item: `1926. A year` would be a list.
    Line,
    /// A heading's text, a label, what follows a label.
    Text,
    /// Nothing: something stands before them.
    Inside,
}

/// What follows words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The end of the text.
    Text,
    /// A link: `!` before it would make it a picture.
    Link,
    /// Something else.
    Inside,
}

/// The words, escaped for what stands around them.
pub fn words(words: &str, start: Start, end: End) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let marker = if start == Start::Line { marker_at_start(words) } else { None };
    for (at, c) in words.char_indices() {
        let rest = &words[at + c.len_utf8()..];
        let at_edge = start != Start::Inside && at == 0 || end == End::Text && rest.is_empty();
        if at_edge && c != ' ' && c.is_whitespace() {
            // editors cut blanks at the end of a line, and a no-break space there is not seen
            let _ = write!(out, "&#x{:X};", u32::from(c));
            continue;
        }
        let makes_picture = c == '!' && rest.is_empty() && end == End::Link;
        if marker == Some(at) || makes_picture || is_special(c, rest) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The words of a link, escaped to stand between its brackets.
pub fn link_words(link: &str) -> String {
    words(link, Start::Inside, End::Inside).replace(']', r"\]")
}

/// Whether `c`, followed by `rest`, could be markup wherever it stands in a line.
fn is_special(c: char, rest: &str) -> bool {
    match c {
        '\\' | '*' | '_' | '`' | '[' | '~' => true,
        // `a < b` and `<3` are no tags; `<3@b.c>` would be an address
        '<' => {
            !rest.starts_with(' ') && (!rest.starts_with(|c: char| c.is_ascii_digit()) || rest.contains('@'))
        }
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
        assert_eq!(words(text, Start::Line, End::Text), expected);
    }

    #[test]
    fn prose_stays_as_it_is() {
        for text in
            ["It’s 5–3 (at half time); AT&T, a+b = c, #MeToo!", "-5 °C", "3.5 mm", "a < b > c", "{x} | y"]
        {
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
        check("<3@b.c>", r"\<3@b.c>");
        assert_eq!(words("look!", Start::Inside, End::Link), r"look\!");
        assert_eq!(link_words("[a]"), r"\[a\]");
    }
}
