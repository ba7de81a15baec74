//! Lists of words in `season.yaml`: titles of works, foreign words.
//!
//! An entry is the words alone, or the words with what is known of them.

use crate::book::Listed;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// An entry of `works`: `The Gold Rush`, or `{ title: Faust, lang: de, year: 1926 }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedWork(pub Listed);

/// An entry of `foreign`: `mise en abyme`, or `{ words: mise en abyme, lang: fr }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedWords(pub Listed);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkKeys {
    title: Wording,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    year: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordKeys {
    words: Wording,
    #[serde(default)]
    lang: Option<String>,
}

/// Words; a number stands for its digits, because films are called so.
struct Wording(String);

impl From<WorkKeys> for Listed {
    fn from(keys: WorkKeys) -> Self {
        Self { words: keys.title.0, lang: keys.lang, year: keys.year }
    }
}

impl From<WordKeys> for Listed {
    fn from(keys: WordKeys) -> Self {
        Self { words: keys.words.0, lang: keys.lang, year: None }
    }
}

impl<'de> Deserialize<'de> for ListedWork {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entry = Entry::<WorkKeys> {
            expected: "a title, or { title: …, lang: …, year: … }",
            keys: PhantomData,
        };
        deserializer.deserialize_any(entry).map(Self)
    }
}

impl<'de> Deserialize<'de> for ListedWords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entry =
            Entry::<WordKeys> { expected: "foreign words, or { words: …, lang: … }", keys: PhantomData };
        deserializer.deserialize_any(entry).map(Self)
    }
}

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Plain).map(Self)
    }
}

fn checked<E: de::Error>(listed: Listed) -> Result<Listed, E> {
    if !listed.words.chars().any(char::is_alphanumeric) {
        return Err(E::custom(format!(
            "“{}” has no letter or digit that could be found in a text",
            listed.words
        )));
    }
    let is_tag = |tag: &String| {
        let first = tag.split('-').next().unwrap_or_default();
        (2..=3).contains(&first.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    match listed.lang.as_ref().filter(|tag| !is_tag(tag)) {
        Some(tag) => Err(E::custom(format!("“{tag}” is no language: write its tag, such as de, fr or ja"))),
        None => Ok(listed),
    }
}

/// Words, a number, or a mapping with keys of its own.
struct Entry<T> {
    expected: &'static str,
    keys: PhantomData<T>,
}

impl<'de, T: Deserialize<'de> + Into<Listed>> Visitor<'de> for Entry<T> {
    type Value = Listed;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, words: &str) -> Result<Listed, E> {
        checked(Listed { words: words.trim().to_owned(), ..Listed::default() })
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Listed, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Listed, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Listed, A::Error> {
        checked(T::deserialize(MapAccessDeserializer::new(map))?.into())
    }
}

/// Words or a number.
struct Plain;

impl Visitor<'_> for Plain {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("words")
    }

    fn visit_str<E: de::Error>(self, words: &str) -> Result<String, E> {
        Ok(words.trim().to_owned())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::season::Season;

    #[test]
    fn entries_are_words_or_words_with_what_is_known() {
        let text = "works:\n  - The Gold Rush\n  - 2046\n  - { title: Faust, lang: de, year: 1926 }\nforeign: [{ words: ma, lang: ja }]\n";
        let season = Season::parse("season.yaml", text).expect("all entries are sound");
        let works = season.works.iter().map(|work| (work.0.words.as_str(), work.0.year)).collect::<Vec<_>>();
        assert_eq!(works, [("The Gold Rush", None), ("2046", None), ("Faust", Some(1926))]);
        assert_eq!(season.foreign[0].0.lang.as_deref(), Some("ja"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let cases = [
            ("works:\n  - { titel: Faust }\n", 2, "unknown field `titel`"),
            ("works:\n  - Faust\n  - \"…\"\n", 3, "has no letter"),
            ("works: Faust\n", 1, "expected a sequence"),
            (
                "films:\n  - dossier: m\n    foreign:\n      - { words: ma, lang: Japanese }\n",
                4,
                "is no language",
            ),
        ];
        for (text, line, expected) in cases {
            let error = Season::parse("season.yaml", text).expect_err("it is broken");
            assert!(error.message.contains(expected), "{}", error.message);
            assert_eq!(error.place.and_then(|place| place.line), Some(line), "{text}");
        }
    }
}
