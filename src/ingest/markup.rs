//! What a richer format than plain text still says of a line. Evidence, strong but not blind.

/// The marks of a line in Markdown, HTML or a word processor's file; a plain text has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// The level of the heading that it is: 1 is the largest.
    pub heading: Option<u8>,
    /// Whether it is an item of a list.
    pub listed: bool,
    /// How deep its list is nested, from 1; 0 outside lists.
    pub depth: u8,
    /// How many bytes at its beginning are bold: a label, perhaps.
    pub bold_lead: usize,
}

/// Emphasis within a line is kept in its text, between characters that no text may hold: Unicode
/// sets these noncharacters aside for a program's own use.
pub const EMPHASIS: (char, char) = ('\u{fdd0}', '\u{fdd1}');

/// The same for strong emphasis.
pub const STRONG: (char, char) = ('\u{fdd2}', '\u{fdd3}');

/// Whether a character is one of the marks of emphasis.
pub fn is_mark(c: char) -> bool {
    [EMPHASIS.0, EMPHASIS.1, STRONG.0, STRONG.1].contains(&c)
}
