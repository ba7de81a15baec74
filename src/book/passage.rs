//! The texts of a book one by one, as words that can be looked at and as runs that can be marked.

use super::vocabulary::holds;
use super::{Block, Book, Fact, Leaf, Pair, Run, printed};
use std::ops::Range;

/// What a text is within its leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text: a paragraph, an item, a question, what follows a label.
    Body,
    /// A heading, in which capitals say little.
    Heading,
    /// A label, a fact's name.
    Label,
    /// A term of the glossary.
    Term,
    /// What explains a term.
    Definition,
    /// A fact of the film.
    Value,
    /// The film's title, its tagline, a date: set in their own way.
    Display,
}

/// One text of the book.
pub struct Text<'a> {
    /// The leaf that it stands in.
    pub leaf: String,
    /// The chapter, from 0; none before the first.
    pub chapter: Option<usize>,
    /// What it is.
    pub kind: Kind,
    /// The name of the fact, where it is the value of one.
    pub field: Option<String>,
    /// Its words.
    pub runs: &'a mut Vec<Run>,
}

/// All texts of a book in reading order.
pub fn texts(book: &mut Book) -> Vec<Text<'_>> {
    let mut found = Vec::new();
    let front = [&mut book.front.date, &mut book.front.title, &mut book.front.tagline];
    for leaf in front.into_iter().flatten().chain(&mut book.front.more) {
        found.push(Text::of(&leaf.id, None, Kind::Display, &mut leaf.text));
    }
    for (at, chapter) in book.chapters.iter_mut().enumerate() {
        let at = Some(at);
        found.push(Text::of(&chapter.title.id, at, Kind::Heading, &mut chapter.title.text));
        chapter.opening.iter_mut().for_each(|block| block_texts(block, at, &mut found));
        for section in &mut chapter.sections {
            found.push(Text::of(&section.title.id, at, Kind::Heading, &mut section.title.text));
            section.blocks.iter_mut().for_each(|block| block_texts(block, at, &mut found));
        }
    }
    found
}

impl<'a> Text<'a> {
    fn of(leaf: &str, chapter: Option<usize>, kind: Kind, runs: &'a mut Vec<Run>) -> Self {
        Self { leaf: leaf.to_owned(), chapter, kind, field: None, runs }
    }
}

fn block_texts<'a>(block: &'a mut Block, at: Option<usize>, found: &mut Vec<Text<'a>>) {
    match block {
        Block::Paragraph(Leaf { id, text }) => found.push(Text::of(id, at, Kind::Body, text)),
        Block::Date(leaf) | Block::Title(leaf) | Block::Tagline(leaf) => {
            found.push(Text::of(&leaf.id, at, Kind::Display, &mut leaf.text));
        }
        Block::Labelled { id, label, text, .. } => {
            found.push(Text::of(id, at, Kind::Label, label));
            found.push(Text::of(id, at, Kind::Body, text));
        }
        Block::Group { id, label } => found.push(Text::of(id, at, Kind::Label, label)),
        Block::Figure(figure) => {
            found.push(Text::of(&figure.id, at, Kind::Body, &mut figure.caption));
            found.push(Text::of(&figure.id, at, Kind::Body, &mut figure.credit));
        }
        Block::List { items } | Block::Questions { items } => {
            for Leaf { id, text } in items {
                found.push(Text::of(id, at, Kind::Body, text));
            }
        }
        Block::Glossary { items } => {
            for Pair { id, term, definition } in items {
                found.push(Text::of(id, at, Kind::Term, term));
                found.push(Text::of(id, at, Kind::Definition, definition));
            }
        }
        Block::Fields { items } => {
            for Fact { id, name, value } in items {
                let field = Some(printed(name));
                found.push(Text::of(id, at, Kind::Label, name));
                found.push(Text { field, ..Text::of(id, at, Kind::Value, value) });
            }
        }
    }
}

/// A text as it is looked at: its words, and what of it is marked already.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The leaf that it stands in.
    pub leaf: String,
    /// The chapter, from 0.
    pub chapter: Option<usize>,
    /// What it is.
    pub kind: Kind,
    /// The name of the fact, where it is the value of one.
    pub field: Option<String>,
    /// Its words as they are printed.
    pub text: String,
    /// The words one by one.
    pub words: Vec<Word>,
    /// Bytes of the text that are marked, and as what; in reading order, outer marks first.
    pub marked: Vec<(Range<usize>, Mark)>,
}

/// What words are marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Stressed.
    Emphasis,
    /// Strongly stressed.
    Strong,
    /// A work's title.
    Work,
    /// Another language.
    Foreign,
    /// A cross-reference.
    Reference,
    /// A term that is explained in the glossary.
    Gloss,
    /// A name that the index leads to.
    Named,
}

/// The passages of all texts, in the order of [`texts`].
pub fn passages(book: &mut Book) -> Vec<Passage> {
    let read = |text: Text<'_>| {
        let words = printed(text.runs);
        let mut marked = Vec::new();
        marks(text.runs, &mut 0, &mut marked);
        Passage {
            leaf: text.leaf,
            chapter: text.chapter,
            kind: text.kind,
            field: text.field,
            words: self::words(&words),
            text: words,
            marked,
        }
    };
    texts(book).into_iter().map(read).collect()
}

fn marks(runs: &[Run], at: &mut usize, found: &mut Vec<(Range<usize>, Mark)>) {
    for run in runs {
        let mark = match run {
            Run::Words(words) => {
                *at += words.len();
                continue;
            }
            Run::Emphasis { .. } => Mark::Emphasis,
            Run::Strong { .. } => Mark::Strong,
            Run::Work { .. } => Mark::Work,
            Run::Foreign { .. } => Mark::Foreign,
            Run::Reference { .. } => Mark::Reference,
            Run::Gloss { .. } => Mark::Gloss,
            Run::Named { .. } => Mark::Named,
        };
        let (start, place) = (*at, found.len());
        marks(run.inner(), at, found);
        found.insert(place, (start..*at, mark));
    }
}

/// A word, without the marks of punctuation around it: bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// The words of a text: letters, digits and what joins them (`mise-en-scène`, `Harbou’s`); French
/// elisions are words (`l’` and `Atalante`).
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut start = None;
    while let Some((at, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let joins = matches!(c, '\'' | '’' | '-' | '‑') && start.is_some() && next_is_letter;
        let continues = c.is_alphanumeric() || is_mark(c) || c == '\u{ad}' || joins;
        match start {
            None if c.is_alphanumeric() => start = Some(at),
            Some(from) if !continues => {
                found.push(Word { start: from, end: at });
                start = None;
            }
            Some(from) if joins && is_elision(&text[from..at]) => {
                found.push(Word { start: from, end: at + c.len_utf8() });
                start = None;
            }
            None | Some(_) => {}
        }
    }
    found.extend(start.map(|from| Word { start: from, end: text.len() }));
    found
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// `l` in `l’Atalante`.
fn is_elision(before: &str) -> bool {
    let small = before.to_lowercase();
    ["l", "d", "j", "n", "s", "c", "qu", "jusqu", "lorsqu", "puisqu"].contains(&small.as_str())
}

impl Passage {
    /// The word of that number.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &self.text[word.start..word.end])
    }

    /// The word without `’s`: `Keaton` for `Harbou’s`.
    pub fn bare(&self, at: usize) -> &str {
        let word = self.word(at);
        word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
    }

    /// What stands between a word and the one before it, or before the first.
    pub fn gap(&self, at: usize) -> &str {
        let end = self.words.get(at).map_or(self.text.len(), |word| word.start);
        let start = at.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.end);
        &self.text[start..end]
    }

    /// Whether a word opens with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether a word is no more than digits: `400`, `8½`.
    pub fn is_number(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_numeric)
    }

    /// Whether a word opens with a small letter.
    pub fn is_small(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_lowercase)
    }

    /// Whether a word owns what follows: `Harbou’s`, `Renoirs’`.
    pub fn is_owner(&self, at: usize) -> bool {
        let word = self.word(at);
        let owns = |end: &str| word.ends_with(end);
        // "It’s", "She’s Gotta Have It": nobody owns anything
        if holds(&["it’s", "he’s", "she’s", "that’s", "what’s", "who’s", "there’s", "here’s", "let’s"], word)
        {
            return false;
        }
        owns("’s") || owns("'s") || (owns("s") && self.gap(at + 1).starts_with(['’', '\'']))
    }

    /// Whether a word is the first of a sentence, of a quotation or of what follows a colon, so that its
    /// capital says nothing.
    pub fn is_first(&self, at: usize) -> bool {
        if at == 0 {
            return true;
        }
        let gap = self.gap(at);
        let ends = gap.contains(['!', '?', '…', ':', '“', '«', '"', '‘', '•']);
        ends || (gap.contains('.') && !self.is_abbreviated(at - 1))
    }

    /// Whether the full stop behind a word belongs to it: `F.`, `Jr.`.
    pub fn is_abbreviated(&self, at: usize) -> bool {
        let word = self.word(at);
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        initial || ["Jr", "Sr", "Dr", "Mr", "Mrs", "Ms", "St", "No", "Vol", "vs", "Vs"].contains(&word)
    }

    /// The text from the start of one word to the end of another.
    pub fn between(&self, first: usize, last: usize) -> &str {
        self.range(first, last).and_then(|range| self.text.get(range)).unwrap_or("")
    }

    /// The bytes from the start of one word to the end of another.
    pub fn range(&self, first: usize, last: usize) -> Option<Range<usize>> {
        Some(self.words.get(first)?.start..self.words.get(last)?.end)
    }

    /// Whether bytes are free of all marks but those of stress that hold them whole.
    pub fn is_free(&self, range: &Range<usize>, may_lie_in: &[Mark]) -> bool {
        self.marked.iter().all(|(marked, mark)| {
            let apart = marked.end <= range.start || range.end <= marked.start;
            let within = marked.start <= range.start && range.end <= marked.end;
            apart || (within && may_lie_in.contains(mark))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Vec<&str> {
        words(text).iter().map(|word| &text[word.start..word.end]).collect()
    }

    #[test]
    fn words_hold_together_what_belongs_together() {
        let cases = [
            ("Harbou’s mise-en-scène, 8½.", vec!["Harbou’s", "mise-en-scène", "8½"]),
            ("dans l’Atalante d’hier", vec!["dans", "l’", "Atalante", "d’", "hier"]),
            ("O’Brien – don’t", vec!["O’Brien", "don’t"]),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(listed(text), expected);
        }
    }
}
