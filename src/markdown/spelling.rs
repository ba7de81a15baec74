//! Running text to Markdown: stars where they are sure to bind, HTML tags where they are not.

use super::escape::{self, Position};
use crate::dossier::{Inline, plain};

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It opens a paragraph or an item.
    LineStart,
    /// After the marks of a heading, or after a label.
    InLine,
}

/// Spells a text for where it stands.
pub fn spell(text: &[Inline], place: Place) -> String {
    spell_within(text, Some(place), Neighbour::Blank)
}

/// Spells a text whose first strong words shall not be taken for a label: `<strong>Note:</strong> a`.
pub fn spell_without_label(text: &[Inline]) -> String {
    match text.split_first() {
        Some((Inline::Strong(inner), rest)) => {
            let opening = tagged("strong", &spell_within(inner, None, Neighbour::Star));
            opening + &spell_within(rest, None, Neighbour::Mark)
        }
        _ => spell(text, Place::LineStart),
    }
}

/// What stands beside a run of stars, as far as CommonMark's flanking rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Neighbour {
    /// A space, or the line's end.
    Blank,
    /// A letter or a digit.
    Letter,
    /// Punctuation, beyond doubt.
    Mark,
    /// Other stars, with which a run would merge.
    Star,
    /// A character of which the classes of Unicode's versions may differ.
    Unsure,
}

impl Neighbour {
    fn of(c: char) -> Self {
        match c {
            ' ' => Self::Blank,
            '*' => Self::Star,
            c if c.is_alphanumeric() => Self::Letter,
            c if c.is_ascii_punctuation() || "“”‘’«»–—…¿¡".contains(c) => Self::Mark,
            _ => Self::Unsure,
        }
    }

    /// What the next inline begins with.
    fn before(inline: Option<&Inline>, end: Self) -> Self {
        match inline {
            None => end,
            Some(Inline::Words(words)) => words.chars().next().map_or(Self::Unsure, Self::of),
            Some(Inline::Emphasis(_) | Inline::Strong(_)) => Self::Star,
            Some(Inline::Reference { .. }) => Self::Mark,
        }
    }

    fn is_outside(self) -> bool {
        matches!(self, Self::Blank | Self::Mark)
    }
}

/// `place` is given for a block's own text, not for the inside of emphasis; `edge` stands on both
/// sides of it.
fn spell_within(text: &[Inline], place: Option<Place>, edge: Neighbour) -> String {
    let mut out = String::new();
    for (index, inline) in text.iter().enumerate() {
        let next = text.get(index + 1);
        match inline {
            Inline::Words(words) => {
                let position = Position {
                    line_start: index == 0 && place == Some(Place::LineStart),
                    text_start: index == 0 && place.is_some(),
                    text_end: next.is_none() && place.is_some(),
                    before_link: matches!(next, Some(Inline::Reference { .. })),
                    in_link: false,
                };
                out.push_str(&escape::words(words, position));
            }
            Inline::Reference { chapter, words } => {
                let words = escape::words(words, Position { in_link: true, ..Position::default() });
                out.push_str(&format!("[{words}](#{})", chapter.as_str()));
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) => {
                let before = out.chars().next_back().map_or(edge, Neighbour::of);
                let around = (before, Neighbour::before(next, edge));
                let strong = matches!(inline, Inline::Strong(_));
                out.push_str(&stressed(inner, strong, around, place.is_none()));
            }
        }
    }
    out
}

/// Emphasis between its neighbours. Within other stars a run must not be able to close as well.
fn stressed(inner: &[Inline], strong: bool, around: (Neighbour, Neighbour), nested: bool) -> String {
    let (before, after) = around;
    let inside = spell_within(inner, None, Neighbour::Star);
    let first = inside.chars().next().map_or(Neighbour::Blank, Neighbour::of);
    let last = inside.chars().next_back().map_or(Neighbour::Blank, Neighbour::of);
    // CommonMark 0.31.2, 6.2: a run next to a letter inside binds; next to punctuation only if
    // blank or punctuation stands outside
    let opens = first == Neighbour::Letter || is_visible(first) && before.is_outside();
    let closes = last == Neighbour::Letter || is_visible(last) && after.is_outside();
    let only_opens = before == Neighbour::Blank || before == Neighbour::Mark && first == Neighbour::Letter;
    let apart = ![before, after, first, last].contains(&Neighbour::Star);
    if apart && opens && closes && (only_opens || !nested) {
        let stars = if strong { "**" } else { "*" };
        return format!("{stars}{inside}{stars}");
    }
    tagged(if strong { "strong" } else { "em" }, &inside)
}

/// Neither a blank nor a character that may count as one.
fn is_visible(neighbour: Neighbour) -> bool {
    match neighbour {
        Neighbour::Letter | Neighbour::Mark => true,
        Neighbour::Blank | Neighbour::Star | Neighbour::Unsure => false,
    }
}

fn tagged(tag: &str, inside: &str) -> String {
    format!("<{tag}>{inside}</{tag}>")
}

/// Whether a text begins as a label would: `**Note:** a` or `**Note**: a`.
pub fn begins_like_label(text: &[Inline]) -> bool {
    match text {
        [Inline::Strong(inner), rest @ ..] => {
            plain(inner).ends_with(':') || plain(rest).trim_start().starts_with(':')
        }
        _ => false,
    }
}
