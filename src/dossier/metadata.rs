//! What is known about the film and its discussion.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the title page, the film card and a library's catalogue want to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title under which the club discusses the film: `The General`.
    pub title: String,
    /// Its title in its own language, where that is another one.
    pub original_title: Option<String>,
    /// Year of release.
    pub year: Option<i32>,
    /// Who directed it, in the order of the source.
    pub directors: Vec<String>,
    /// Countries of production.
    pub countries: Vec<String>,
    /// Languages spoken, or of the intertitles.
    pub languages: Vec<String>,
    /// Running time in minutes.
    pub runtime_minutes: Option<u32>,
    /// The day of the discussion.
    pub date: Option<NaiveDate>,
    /// One line about the film.
    pub tagline: Option<String>,
    /// Everything that the fields of the production file say, in order: name and value.
    pub fields: Vec<(String, String)>,
}
