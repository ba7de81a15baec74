//! Running text to Markdown: stars where they are sure to bind, HTML tags where they are not.

use super::escape::{self, End, Start};
use crate::dossier::{Inline, plain};

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It opens a paragraph or an item.
    LineStart,
    /// After the marks of a heading, or after a label.
    InLine,
    /// Between the stars of a label.
    Label,
    /// Within emphasis.
    Emphasis,
}

impl Place {
    fn is_in_stars(self) -> bool {
        match self {
            Self::Label | Self::Emphasis => true,
            Self::LineStart | Self::InLine => false,
        }
    }

    fn start(self) -> Start {
        match self {
            Self::LineStart => Start::Line,
            Self::InLine | Self::Label => Start::Text,
            Self::Emphasis => Start::Inside,
        }
    }

    fn end(self) -> End {
        if self.is_in_stars() { End::Inside } else { End::Text }
    }

    /// What stands on both sides of the text.
    fn edge(self) -> Neighbour {
        if self.is_in_stars() { Neighbour::Barred } else { Neighbour::Blank }
    }
}

/// Spells a text for where it stands.
pub fn spell(text: &[Inline], place: Place) -> String {
    let mut out = String::new();
    for (index, inline) in text.iter().enumerate() {
        let next = text.get(index + 1);
        match inline {
            Inline::Words(words) => {
                let start = if index == 0 { place.start() } else { Start::Inside };
                let end = match next {
                    None => place.end(),
                    Some(Inline::Reference { .. }) => End::Link,
                    Some(Inline::Words(_) | Inline::Emphasis(_) | Inline::Strong(_)) => End::Inside,
                };
                out.push_str(&escape::words(words, start, end));
            }
            Inline::Reference { chapter, words } => {
                out.extend(["[", &escape::link_words(words), "](#", chapter.as_str(), ")"]);
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) => {
                let tag_only = index == 0 && place == Place::LineStart && begins_like_label(text);
                let before = out.chars().next_back().map_or(place.edge(), Neighbour::of);
                let before = if tag_only { Neighbour::Barred } else { before };
                let after = Neighbour::before(next, place.edge());
                let mark = if matches!(inline, Inline::Strong(_)) { &STRONG } else { &EMPHASIS };
                out.push_str(&stressed(inner, mark, before, after, place.is_in_stars()));
            }
        }
    }
    out
}

/// Whether a text begins as a label would, `**Note:** a` or `**Note**: a`. Its first words are then
/// spelled `<strong>Note:</strong>`, which the form never takes for a label.
fn begins_like_label(text: &[Inline]) -> bool {
    match text {
        [Inline::Strong(inner), rest @ ..] => {
            plain(inner).ends_with(':') || plain(rest).trim_start().starts_with(':')
        }
        _ => false,
    }
}

/// How a kind of emphasis is written.
struct Mark {
    stars: &'static str,
    tag: &'static str,
}

const EMPHASIS: Mark = Mark { stars: "*", tag: "em" };
const STRONG: Mark = Mark { stars: "**", tag: "strong" };

/// Emphasis between its neighbours. Within other stars a run must not be able to close as well.
fn stressed(inner: &[Inline], mark: &Mark, before: Neighbour, after: Neighbour, in_stars: bool) -> String {
    let inside = spell(inner, Place::Emphasis);
    let first = inside.chars().next().map_or(Neighbour::Blank, Neighbour::of);
    let last = inside.chars().next_back().map_or(Neighbour::Blank, Neighbour::of);
    // CommonMark 0.31.2, 6.2: a run binds beside a letter inside; beside punctuation inside only
    // where a blank or punctuation stands outside
    let opens = first == Neighbour::Letter || before.is_outside();
    let closes = last == Neighbour::Letter || after.is_outside();
    let only_opens = before == Neighbour::Blank || before == Neighbour::Mark && first == Neighbour::Letter;
    let binds =
        first.is_visible() && last.is_visible() && before != Neighbour::Barred && after != Neighbour::Barred;
    if binds && opens && closes && (only_opens || !in_stars) {
        return format!("{stars}{inside}{stars}", stars = mark.stars);
    }
    format!("<{tag}>{inside}</{tag}>", tag = mark.tag)
}

/// What stands beside a run of stars, as far as `CommonMark`'s flanking rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Neighbour {
    /// A space, or the line's end.
    Blank,
    /// A letter or a digit.
    Letter,
    /// Punctuation, beyond doubt.
    Mark,
    /// A character of which the classes of Unicode's versions may differ; no blank.
    Unsure,
    /// Other stars, with which a run would merge, or what some readers take for a line's end.
    Barred,
}

impl Neighbour {
    fn of(c: char) -> Self {
        match c {
            '*' | '\u{2028}' | '\u{2029}' => Self::Barred,
            c if c.is_whitespace() => Self::Blank,
            c if c.is_alphanumeric() => Self::Letter,
            c if c.is_ascii_punctuation() || "“”‘’«»–—…¿¡".contains(c) => Self::Mark,
            _ => Self::Unsure,
        }
    }

    /// What the next inline begins with.
    fn before(inline: Option<&Inline>, edge: Self) -> Self {
        match inline {
            None => edge,
            Some(Inline::Words(words)) => words.chars().next().map_or(Self::Barred, Self::of),
            Some(Inline::Emphasis(_) | Inline::Strong(_)) => Self::Barred,
            Some(Inline::Reference { .. }) => Self::Mark,
        }
    }

    fn is_outside(self) -> bool {
        matches!(self, Self::Blank | Self::Mark)
    }

    fn is_visible(self) -> bool {
        matches!(self, Self::Letter | Self::Mark | Self::Unsure)
    }
}
