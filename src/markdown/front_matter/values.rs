//! Values of the front matter that have a shape of their own.

use chrono::NaiveDate;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The raw text that a dossier was recovered from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// File name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The day of the discussion: `2026-05-03`.
#[derive(Debug)]
pub struct IsoDate(pub NaiveDate);

impl<'de> Deserialize<'de> for IsoDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // by a visitor, since only so the error gets the line and column of the value
        deserializer.deserialize_str(DateVisitor)
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = IsoDate;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a date, `2026-05-03`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<IsoDate, E> {
        let date =
            text.parse().map_err(|_| E::custom(format!("`{text}` is not a date; write it as 2026-05-03")))?;
        Ok(IsoDate(date))
    }
}

/// A field of the production file as a map of one pair: `- Year: "1926"`.
#[derive(Debug)]
pub struct Field(pub String, pub String);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OnePair)
    }
}

struct OnePair;

impl<'de> Visitor<'de> for OnePair {
    type Value = Field;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("one pair of a field's name and its value, `- Year: \"1926\"`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field, A::Error> {
        let nothing = || Error::custom("a field has a name and a value, `- Year: \"1926\"`");
        let (name, value) = map.next_entry()?.ok_or_else(nothing)?;
        if map.next_key::<String>()?.is_some() {
            return Err(Error::custom("each field is an entry of its own: put `- ` before its name"));
        }
        Ok(Field(name, value))
    }
}
