//! Clean lines to units: what each line looks like by itself.

use super::clean::Line;
use super::lexicon::{Kind, Lexicon, Phrase};
use super::markup::is_mark;
use super::{evidence, scenes, words};
use crate::source::Span;

/// A line and what it looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its bytes in the source.
    pub span: Span,
    /// Its text without bullet or number, and without the marks of emphasis.
    pub text: String,
    /// The same with them.
    pub marked: String,
    /// Whether a bullet, a dash or a number stood before it.
    pub bulleted: bool,
    /// What it looks like.
    pub shape: Shape,
    /// How many words it has.
    pub words: usize,
    /// The level of the heading that a richer format says it is.
    pub heading: Option<u8>,
    /// Whether it was joined from lines of which one might have ended a paragraph.
    pub doubtful: bool,
}

/// What a line looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// `Biography: Born in Paris in 1932 …`
    Labelled {
        /// The label without its colon.
        label: String,
        /// What follows the colon, with the marks of emphasis.
        text: String,
    },
    /// `Comparisons:`
    BareLabel {
        /// The label without its colon.
        label: String,
    },
    /// A short line without a full stop: a heading, or an item that lost its bullet.
    Short,
    /// Anything else: running text.
    Prose,
}

impl Unit {
    /// The label, where it has one.
    pub fn label(&self) -> Option<&str> {
        match &self.shape {
            Shape::Labelled { label, .. } | Shape::BareLabel { label } => Some(label),
            Shape::Short | Shape::Prose => None,
        }
    }

    /// Running text without bullet or label.
    pub fn is_plain_prose(&self) -> bool {
        self.shape == Shape::Prose && !self.bulleted
    }

    /// A short line without bullet: it may be a heading.
    pub fn is_short(&self) -> bool {
        self.shape == Shape::Short && !self.bulleted
    }

    /// Whether it asks something.
    pub fn is_question(&self) -> bool {
        self.text.trim_end_matches(['”', '»', ')', '’', '"', '\u{a0}']).ends_with('?')
    }
}

/// Says of each line what it looks like.
pub fn classify(lines: &[Line], lexicon: &Lexicon) -> Vec<Unit> {
    lines.iter().map(|line| unit(line, lexicon)).collect()
}

fn unit(line: &Line, lexicon: &Lexicon) -> Unit {
    let (has_bullet, marked) = strip_bullet(&line.text);
    let plain = marked.replace(is_mark, "");
    let bulleted = has_bullet || line.markup.listed;
    let heading = line.markup.heading.filter(|_| is_heading_long(&plain));
    let label =
        if heading.is_some() || is_numbered_heading(&plain) { None } else { split_label(&plain, lexicon) };
    let shape = match label {
        Some((label, "")) => Shape::BareLabel { label: label.to_owned() },
        Some((label, rest)) => {
            Shape::Labelled { label: label.to_owned(), text: marked_end(marked, rest).to_owned() }
        }
        None if heading.is_some() || is_short(&plain) => Shape::Short,
        None => Shape::Prose,
    };
    Unit {
        span: line.span,
        marked: marked.to_owned(),
        words: words::count(&plain),
        text: plain,
        bulleted,
        shape,
        heading,
        doubtful: line.doubtful,
    }
}

/// A chat assistant makes headings of whole paragraphs; those are none.
fn is_heading_long(text: &str) -> bool {
    words::count(text) <= 24
}

/// `III. Auteur Study: Dziga Vertov` is a heading, whatever its colon says.
fn is_numbered_heading(text: &str) -> bool {
    words::count(text) <= 14 && evidence::is_numbered_heading(text) && !text.ends_with(['.', ';', ','])
}

/// The end of a marked text whose words are `rest`.
fn marked_end<'t>(marked: &'t str, rest: &str) -> &'t str {
    let mut wanted = rest.chars().filter(|c| !is_mark(*c)).count();
    let mut start = marked.len();
    for (at, c) in marked.char_indices().rev() {
        if !is_mark(c) {
            if wanted == 0 {
                break;
            }
            wanted -= 1;
        }
        start = at;
    }
    &marked[start..]
}

/// Takes a bullet, a dash or a number off the front: `• Annabelle's broom`.
fn strip_bullet(text: &str) -> (bool, &str) {
    const BULLETS: [char; 12] = ['•', '◦', '▪', '●', '‣', '∙', '·', '*', '-', '–', '—', '○'];
    let rest = text.strip_prefix(BULLETS).and_then(|rest| rest.strip_prefix(' '));
    match rest.map(str::trim_start) {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, text),
    }
}

/// A heading or an item: few words and no full stop behind them.
fn is_short(text: &str) -> bool {
    const LONGEST: usize = 16;
    let text = text.trim_end_matches(['”', '»', ')', '’', '"', '\u{a0}']);
    words::count(text) <= LONGEST && !text.ends_with(['.', ';', ',', ':'])
}

/// Splits a label from its text at the first colon that can end a label.
pub fn split_label<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(&'t str, &'t str)> {
    let colon = text.find([':', '：'])?;
    let after = text[colon..].chars().next().map_or(colon, |c| colon + c.len_utf8());
    let (label, rest) = (text[..colon].trim_end(), &text[after..]);
    let blank_follows =
        rest.is_empty() || rest.starts_with(char::is_whitespace) || text[colon..].starts_with('：');
    let rest = rest.trim_start();
    (blank_follows
        && can_be_label(label)
        && (is_known(label, lexicon) || opens_a_text(label, rest) && !announces_titles(rest)))
    .then_some((label, rest))
}

/// Few words, no sentence, no quotation that is left open.
fn can_be_label(label: &str) -> bool {
    let count = label.split_whitespace().count();
    let first = label.chars().next();
    let starts_well =
        first.is_some_and(|c| !c.is_lowercase() && (c.is_alphanumeric() || "“«‘’\"#¿([§½".contains(c)));
    let open = |mark| label.matches(mark).count();
    let balanced = open('“') == open('”') && open('«') == open('»') && open('(') == open(')');
    (1..=9).contains(&count) && label.chars().count() <= 72 && starts_well && balanced && !is_sentence(label)
}

/// Whether a full stop ends a sentence in it; `Vs. D. W. Griffith` has none.
fn is_sentence(label: &str) -> bool {
    let mut tokens = label.split_whitespace().peekable();
    while let Some(token) = tokens.next() {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        let ends = token.ends_with(['.', '!', ';']) && word.chars().count() > 3;
        if ends && tokens.peek().is_some() || token.ends_with('.') && tokens.peek().is_none() {
            return true;
        }
    }
    label.matches(',').count() > 2
}

fn is_known(label: &str, lexicon: &Lexicon) -> bool {
    let phrase = Phrase::new(label);
    lexicon.is_field(label)
        || (0..lexicon.len()).any(|chapter| {
            [Kind::Label, Kind::Sublabel, Kind::Group]
                .into_iter()
                .any(|kind| lexicon.nearness(&phrase, chapter, kind) >= 0.99)
        })
}

/// `In the order of the evening: “The Rotor Ride”, “The Interview”` is a sentence.
fn announces_titles(rest: &str) -> bool {
    rest.starts_with(['“', '«', '‘']) && scenes::quoted_titles(rest).len() > 1
}

/// What follows a label begins like a sentence; what follows a colon within a sentence seldom does.
fn opens_a_text(label: &str, rest: &str) -> bool {
    let first = rest.chars().find(|c| !"“«‘\"(['\u{a0}".contains(*c));
    let like_a_sentence = first.is_none_or(|c| !c.is_lowercase());
    let words = label.split_whitespace().collect::<Vec<_>>();
    let capitals = words.iter().filter(|word| word.chars().next().is_some_and(|c| !c.is_lowercase())).count();
    // "Where We Are", "Contexte national", but not "One thing has to be said at once"
    let like_a_title = capitals * 2 >= words.len() || words.len() <= 6;
    if rest.is_empty() { words.len() <= 7 } else { like_a_sentence && like_a_title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    fn scheme() -> Scheme {
        Scheme::parse("en.yaml", include_str!("../../layouts/chapters/en.yaml")).expect("the scheme is sound")
    }

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let scheme = scheme();
        assert_eq!(split_label(text, &Lexicon::new(&scheme)), expected, "{text}");
    }

    #[test]
    fn labels_are_told_from_sentences_with_a_colon() {
        check("Biography: Born in Paris.", Some(("Biography", "Born in Paris.")));
        check(
            "Censorship/ Institutional Constraints: None.",
            Some(("Censorship/ Institutional Constraints", "None.")),
        );
        check("Vs. D. W. Griffith: The race.", Some(("Vs. D. W. Griffith", "The race.")));
        check("Comparisons:", Some(("Comparisons", "")));
        check("Draw a line, put an arrow at one end: that is the plan.", None);
        check("It ends. Then: nothing.", None);
        check("See http://x.org", None);
        check("Contexte national : La France.", Some(("Contexte national", "La France.")));
        check("It is as simple as this: he runs.", None);
    }

    #[test]
    fn bullets_are_taken_off() {
        assert_eq!(strip_bullet("• A broom"), (true, "A broom"));
        assert_eq!(strip_bullet("- A broom"), (true, "A broom"));
        assert_eq!(strip_bullet("-40 degrees"), (false, "-40 degrees"));
    }
}
