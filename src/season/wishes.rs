//! Small wishes in `season.yaml`: the paper, whether there is an index, how long the discussion lasts.
//!
//! Each is read from the words of one line, so that what is wrong is told with line and column.

use crate::layout::IndexWish;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use std::fmt;

/// The papers that a layout may be printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 148 × 210 mm.
    A5,
    /// 210 × 297 mm.
    A4,
    /// Half of an American letter: 5.5 × 8.5 inches.
    HalfLetter,
    /// 5.375 × 8.375 inches.
    Digest,
}

impl Paper {
    const ALL: [Self; 4] = [Self::A5, Self::A4, Self::HalfLetter, Self::Digest];

    /// Its name, as a layout knows it: `half-letter`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A5 => "a5",
            Self::A4 => "a4",
            Self::HalfLetter => "half-letter",
            Self::Digest => "digest",
        }
    }

    /// The paper of that name; capitals do not count.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.name().eq_ignore_ascii_case(name))
    }
}

impl<'de> Deserialize<'de> for Paper {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Wish {
            expected: "a paper: a5, a4, half-letter or digest",
            read: Self::from_name,
        })
    }
}

/// Whether the booklet is fitted to its sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fitting {
    /// It is as long as it is.
    #[default]
    None,
    /// Small corrections of its lines bring it to whole sheets.
    Sheets,
}

impl<'de> Deserialize<'de> for Fitting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |word: &str| match word {
            "none" | "no" | "false" => Some(Self::None),
            "sheets" => Some(Self::Sheets),
            _ => None,
        };
        deserializer.deserialize_str(Wish { expected: "none or sheets", read })
    }
}

/// Which fonts the e-books bring. Most readers have good ones, and people like their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EpubFonts {
    /// None: the reader's own.
    #[default]
    None,
    /// The layout's, whole.
    Full,
}

impl<'de> Deserialize<'de> for EpubFonts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |word: &str| match (word, truth(word)) {
            ("none", _) | (_, Some(false)) => Some(Self::None),
            ("full", _) => Some(Self::Full),
            _ => None,
        };
        deserializer.deserialize_str(Wish { expected: "none or full", read })
    }
}

/// How long a discussion lasts: 20 to 600 minutes; 90 where nobody says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes(pub u32);

impl Default for Minutes {
    fn default() -> Self {
        Self(90)
    }
}

impl<'de> Deserialize<'de> for Minutes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |word: &str| word.parse().ok().filter(|minutes| (20..=600).contains(minutes)).map(Self);
        deserializer.deserialize_str(Wish { expected: "a number of minutes from 20 to 600", read })
    }
}

/// Reads `auto`, `yes` or `no`.
///
/// # Errors
/// Where it is something else.
pub fn index<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexWish, D::Error> {
    let read = |word: &str| match (word, truth(word)) {
        ("auto", _) => Some(IndexWish::Auto),
        (_, Some(true)) => Some(IndexWish::Yes),
        (_, Some(false)) => Some(IndexWish::No),
        (_, None) => None,
    };
    deserializer.deserialize_str(Wish { expected: "auto, yes or no", read })
}

/// The same for an edition, which may leave it to the season.
///
/// # Errors
/// Where it is something else.
pub fn index_if_said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<IndexWish>, D::Error> {
    index(deserializer).map(Some)
}

/// Reads `yes` or `no`.
///
/// # Errors
/// Where it is something else.
pub fn switch<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    deserializer.deserialize_str(Wish { expected: "yes or no", read: truth })
}

/// YAML 1.2 knows true and false only; people write yes and no.
fn truth(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

/// One word that stands for a value.
struct Wish<F> {
    expected: &'static str,
    read: F,
}

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Wish<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<T, E> {
        (self.read)(word.trim())
            .ok_or_else(|| E::custom(format!("“{word}” is not what is expected here: {}", self.expected)))
    }
}
