//! What the words of a book are: titles, foreign words, terms, names. Marks are put around words; no
//! word and no id of a leaf changes.

use super::people::{Known, People};
use super::{Book, foreign, glossary, index, passage, suggest, works};
use std::fmt;

/// What is known of names before the book is read.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Titles of works that the editor lists.
    pub works: Vec<Listed>,
    /// Foreign words that the editor lists.
    pub foreign: Vec<Listed>,
    /// Names of facts, in lower case, that say who made the film: `cinematography`, `cast`.
    pub crew: Vec<String>,
}

/// Words that an editor lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The words, exactly as the text has them.
    pub words: String,
    /// Their language, as a BCP 47 tag: `de`.
    pub lang: Option<String>,
    /// The year of a work.
    pub year: Option<i32>,
}

/// Words that may be a work's title and were left as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The words.
    pub title: String,
    /// The year, where one stands beside them.
    pub year: Option<i32>,
    /// How often they stand in the text unmarked.
    pub times: usize,
    /// The leaf in which they stand first.
    pub leaf: String,
    /// Why they may be a title.
    pub why: Why,
}

impl Suggestion {
    /// The entry that accepts it, as a line of the list `works:` in season.yaml, with its reason as a
    /// comment: `- { title: "Faust", year: 1926 } # 3 times, first in auteur-5: stands in a row with titles`.
    #[must_use]
    pub fn entry(&self) -> String {
        let title = self.title.replace('\\', "\\\\").replace('"', "\\\"");
        let words = match self.year {
            Some(year) => format!("{{ title: \"{title}\", year: {year} }}"),
            None => format!("\"{title}\""),
        };
        let times = if self.times == 1 { "once,".to_owned() } else { format!("{} times, first", self.times) };
        format!("- {words} # {times} in {}: {}", self.leaf, self.why)
    }
}

/// Why words may be a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A year stands behind them, but it is not certain with which word the title begins.
    LeftEdge,
    /// It is a title elsewhere; here the words may be a name or common words.
    AlsoName,
    /// They follow the name of somebody who owns them: `Dreyer’s Michael`.
    Owned,
    /// They open with a capital article within a sentence: `saw The Golem`.
    Article,
    /// They stand among titles: `Faust, Tabu and Sunrise (1927)`.
    AmongTitles,
    /// They follow a word such as "film".
    BesideFilm,
    /// They are quoted, with the capitals of a title.
    Quoted,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeftEdge => "a year follows, but the title may begin elsewhere",
            Self::AlsoName => "a title elsewhere, here perhaps a name or a common word",
            Self::Owned => "follows the name of a person who may have made it",
            Self::Article => "begins with a capital article within a sentence",
            Self::AmongTitles => "stands in a row with titles",
            Self::BesideFilm => "follows a word such as “film”",
            Self::Quoted => "quoted, with the capitals of a title",
        })
    }
}

/// Marks titles, foreign words, terms and names, and fills the index. Titles that are not certain are
/// given back, in the order of their first places.
pub fn annotate(book: &mut Book, names: &Names) -> Vec<Suggestion> {
    let people = {
        let read = passage::passages(book);
        let known = Known { language: &book.language, directors: &book.directors, crew: &names.crew };
        People::find(&read, &known)
    };
    let works = works::restore(book, names, &people);
    foreign::mark(book, &names.foreign);
    let suggestions = suggest::suggest(book, &works, &people);
    glossary::link(book);
    index::fill(book, &works.titles, &names.crew);
    suggestions
}

#[cfg(test)]
mod tests;
