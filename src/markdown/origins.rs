//! The list at the end of the file: where each block stands in the source.
//!
//! It binds by the hash of a block's own Markdown and not by its place, so that a block keeps its
//! origin when it is moved or broken over several lines, and loses it when a word of it is changed.

use crate::dossier::{Certainty, Origin, Rule};
use crate::source::{Span, hex_sha256};
use std::collections::{BTreeMap, VecDeque};

/// How the comment begins; the words after it tell a person what it is.
const OPENING: &str = "<!-- bookify origins";
const PURPOSE: &str = ": bytes of the source, rule, certainty, hash of the block. Leave it: a block that is changed counts as edited";

/// The first 8 hexadecimal digits of the SHA-256 of a block's Markdown.
fn hash(markdown: &str) -> String {
    hex_sha256(markdown.as_bytes()).chars().take(8).collect()
}

/// Takes down the origins while a file is written.
#[derive(Default)]
pub struct Ledger {
    entries: Vec<Entry>,
}

struct Entry {
    hash: String,
    says: Says,
}

enum Says {
    Chapter(Certainty),
    Piece(Origin),
}

impl Says {
    /// What is so without an entry: a chapter is sure, a block was edited.
    fn is_default(&self) -> bool {
        match self {
            Self::Chapter(certainty) => *certainty == Certainty::SURE,
            Self::Piece(origin) => *origin == Origin::Edited,
        }
    }

    fn is_chapter(&self) -> bool {
        match self {
            Self::Chapter(_) => true,
            Self::Piece(_) => false,
        }
    }

    fn line(&self, hash: &str) -> String {
        match self {
            Self::Chapter(certainty) => format!("chapter {} {hash}", certainty.thousandths()),
            Self::Piece(Origin::Edited) => format!("edited {hash}"),
            Self::Piece(Origin::Supplied) => format!("supplied {hash}"),
            Self::Piece(Origin::Source { span: Span { start, end }, rule, certainty }) => {
                format!("{start}-{end} {} {} {hash}", rule.name(), certainty.thousandths())
            }
        }
    }
}

impl Ledger {
    /// A block or a heading.
    pub fn piece(&mut self, markdown: &str, origin: &Origin) {
        self.entries.push(Entry { hash: hash(markdown), says: Says::Piece(origin.clone()) });
    }

    /// A chapter, by the Markdown that it starts with.
    pub fn chapter(&mut self, start: &str, certainty: Certainty) {
        self.entries.push(Entry { hash: hash(start), says: Says::Chapter(certainty) });
    }

    /// The comment; empty where it would say nothing.
    pub fn comment(&self) -> String {
        // an edited block needs a line only where another one of the same words has one
        let told = |chapter: bool| {
            let of_kind = self.entries.iter().filter(move |entry| entry.says.is_chapter() == chapter);
            of_kind.filter(|entry| !entry.says.is_default()).map(|entry| &entry.hash).collect::<Vec<_>>()
        };
        let mut told = [told(false), told(true)];
        for hashes in &mut told {
            hashes.sort();
        }
        let is_told =
            |entry: &&Entry| told[usize::from(entry.says.is_chapter())].binary_search(&&entry.hash).is_ok();
        let lines =
            self.entries.iter().filter(is_told).map(|entry| entry.says.line(&entry.hash)).collect::<Vec<_>>();
        if lines.is_empty() {
            String::new()
        } else {
            format!("\n{OPENING}{PURPOSE}\n{}\n-->\n", lines.join("\n"))
        }
    }
}

/// What the list of a file says, entry by entry, until it is taken.
#[derive(Default)]
pub struct Origins {
    pieces: BTreeMap<String, VecDeque<Origin>>,
    chapters: BTreeMap<String, VecDeque<Certainty>>,
}

impl Origins {
    /// Whether an HTML block is the list.
    pub fn is_list(html: &str) -> bool {
        html.trim_start().starts_with(OPENING)
    }

    /// Reads the list. Gives the lines, from 0, that cannot be read.
    pub fn read(&mut self, html: &str) -> Vec<usize> {
        let mut unread = Vec::new();
        for (index, line) in html.lines().enumerate().skip(1) {
            match parse(line) {
                _ if matches!(line.trim(), "" | "-->") => {}
                Some(Entry { hash, says: Says::Chapter(certainty) }) => {
                    self.chapters.entry(hash).or_default().push_back(certainty);
                }
                Some(Entry { hash, says: Says::Piece(origin) }) => {
                    self.pieces.entry(hash).or_default().push_back(origin);
                }
                None => unread.push(index),
            }
        }
        unread
    }

    /// The origin of the next block with this Markdown: edited, where there is none.
    pub fn take_piece(&mut self, markdown: &str) -> Origin {
        self.pieces.get_mut(&hash(markdown)).and_then(VecDeque::pop_front).unwrap_or(Origin::Edited)
    }

    /// The certainty of the next chapter that starts with this Markdown: sure, where there is none,
    /// since a person has moved or made the start.
    pub fn take_chapter(&mut self, start: &str) -> Certainty {
        self.chapters.get_mut(&hash(start)).and_then(VecDeque::pop_front).unwrap_or(Certainty::SURE)
    }
}

fn parse(line: &str) -> Option<Entry> {
    let words = line.split_whitespace().collect::<Vec<_>>();
    let (hash, says) = match words.as_slice() {
        ["chapter", certainty, hash] => (hash, Says::Chapter(parse_certainty(certainty)?)),
        ["edited", hash] => (hash, Says::Piece(Origin::Edited)),
        ["supplied", hash] => (hash, Says::Piece(Origin::Supplied)),
        [span, rule, certainty, hash] => {
            let (start, end) = span.split_once('-')?;
            let span = Span::new(start.parse().ok()?, end.parse().ok()?);
            let (rule, certainty) = (Rule::from_name(rule)?, parse_certainty(certainty)?);
            (hash, Says::Piece(Origin::Source { span, rule, certainty }))
        }
        _ => return None,
    };
    Some(Entry { hash: (*hash).to_owned(), says })
}

fn parse_certainty(text: &str) -> Option<Certainty> {
    text.parse().ok().map(Certainty::from_thousandths)
}
