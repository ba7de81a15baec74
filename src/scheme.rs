//! The chapter scheme: which chapters a booklet has, in which order, what they are called and by
//! what they are known. It is data (`layouts/chapters/<language>.yaml`), so that a club with other
//! chapters, or another language, edits a file and not the program.

use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::ChapterId;
use crate::settings;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A chapter scheme in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Language of its words, as a BCP 47 tag without region: `en`.
    pub language: String,
    /// Region that decides hyphenation and quotation marks: `GB`.
    pub region: String,
    /// How a date is written out, with the fields of strftime: `%-d %B %Y`.
    pub date_format: String,
    /// The months' names, January first.
    pub months: Vec<String>,
    /// Words that the program prints: `contents: Contents`.
    pub terms: BTreeMap<String, String>,
    /// What opens a cross-reference by number: `Prompt` in "(Prompt II)".
    pub reference_words: Vec<String>,
    /// Names of the fields that hold the film's facts.
    pub fields: FieldNames,
    /// Words that occur in every text of the language: they tell which language a dossier is in.
    pub common_words: Vec<String>,
    /// The chapters, in the order of the booklet.
    pub chapters: Vec<ChapterScheme>,
}

/// The names under which a fact of the film may stand, in lower case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldNames {
    /// `title`
    pub title: Vec<String>,
    /// `original title`
    pub original_title: Vec<String>,
    /// `year`
    pub year: Vec<String>,
    /// `director`
    pub director: Vec<String>,
    /// `country`
    pub country: Vec<String>,
    /// `language`
    pub language: Vec<String>,
    /// `runtime`
    pub runtime: Vec<String>,
    /// Other facts with short values: `cinematography`, `format`.
    pub other: Vec<String>,
    /// Those among all of them whose values are people: `cinematography`.
    pub crew: Vec<String>,
    /// Facts and labels under which tags are listed: `genre`, `thematic tags`.
    pub subjects: Vec<String>,
}

/// One chapter of the scheme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChapterScheme {
    /// Its id: `context`.
    pub id: String,
    /// The title that is supplied where the paste lost it.
    pub title: String,
    /// How it is usually written; it also says whether the chapter is numbered.
    pub habit: Habit,
    /// Other titles that it bears, as they survive in a paste.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Sub-headings that stand in it.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Labels of the second rank that stand in it.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Labels of the third rank that stand in it.
    #[serde(default)]
    pub sublabels: Vec<String>,
    /// Labels that stand alone over others.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Words (beginnings of words, in lower case) that its text is full of.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that its first paragraph is known by.
    #[serde(default)]
    pub openers: Vec<String>,
}

/// How a chapter is usually written. Evidence, not a rule: an essay may have labels where the
/// scheme expects prose.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Habit {
    /// Headings, lists, a glossary and questions, read before the film.
    Guide,
    /// Labels of two ranks and the film's facts.
    Facts,
    /// Labels of two ranks.
    Labels,
    /// Running text.
    Prose,
    /// An introduction, then the same labels once for each scene.
    Scenes,
    /// Headings, lists and questions, read after the film.
    Talk,
}

/// Where a chapter stands in the booklet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Read before the film.
    Guide,
    /// A numbered chapter.
    Essay,
    /// Read after the film.
    After,
}

impl ChapterScheme {
    /// Where it stands in the booklet.
    #[must_use]
    pub fn part(&self) -> Part {
        match self.habit {
            Habit::Guide => Part::Guide,
            Habit::Facts | Habit::Labels | Habit::Prose | Habit::Scenes => Part::Essay,
            Habit::Talk => Part::After,
        }
    }
}

impl Scheme {
    /// Reads a scheme from the text of its file.
    ///
    /// # Errors
    /// The place and the reason, where the text is not YAML of this shape.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostic> {
        let scheme: Self = settings::read("the chapter scheme", file, text)?;
        if scheme.months.len() == 12 {
            Ok(scheme)
        } else {
            let months = scheme.months.len();
            Err(Diagnostic::error(Code::Settings, format!("`months` has {months} names; a year has twelve"))
                .at(Place::file(file)))
        }
    }

    /// The word or phrase of that key, or the key itself where the scheme has none.
    pub fn term<'a>(&'a self, key: &'a str) -> &'a str {
        self.terms.get(key).map_or(key, String::as_str)
    }

    /// The chapter of that id.
    #[must_use]
    pub fn chapter(&self, id: &ChapterId) -> Option<&ChapterScheme> {
        self.chapters.iter().find(|chapter| chapter.id == id.as_str())
    }

    /// The number, from 1, of a numbered chapter: `context` is 2.
    #[must_use]
    pub fn number(&self, id: &ChapterId) -> Option<usize> {
        self.essays().position(|chapter| chapter.id == id.as_str()).map(|index| index + 1)
    }

    /// The chapter of that number: 2 is `context`.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Option<&ChapterScheme> {
        self.essays().nth(number.checked_sub(1)?)
    }

    fn essays(&self) -> impl Iterator<Item = &ChapterScheme> {
        self.chapters.iter().filter(|chapter| chapter.part() == Part::Essay)
    }
}
