//! Front matter to metadata. Every error names its line and column.

use super::values::{Field, IsoDate, SourceEntry};
use super::{FORM, Parted, fields_of};
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::{Block, Chapter, Dossier, Metadata, SourceFile};
use crate::settings;
use serde::Deserialize;

/// The front matter as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontMatter {
    bookify: u32,
    language: Option<String>,
    title: Option<String>,
    original_title: Option<String>,
    year: Option<i32>,
    directors: Vec<String>,
    countries: Vec<String>,
    languages: Vec<String>,
    runtime_minutes: Option<u32>,
    date: Option<IsoDate>,
    tagline: Option<String>,
    fields: Option<Vec<Field>>,
    source: Option<SourceEntry>,
}

impl FrontMatter {
    /// Makes the dossier of these chapters and front blocks.
    pub fn dossier(self, front: Vec<Block>, chapters: Vec<Chapter>) -> Dossier {
        let fields = match self.fields {
            Some(fields) => fields.into_iter().map(|Field(name, value)| (name, value)).collect(),
            None => fields_of(&chapters),
        };
        let metadata = Metadata {
            title: self.title.unwrap_or_default(),
            original_title: self.original_title,
            year: self.year,
            directors: self.directors,
            countries: self.countries,
            languages: self.languages,
            runtime_minutes: self.runtime_minutes,
            date: self.date.map(|IsoDate(date)| date),
            tagline: self.tagline,
            fields,
        };
        let source = self.source.map(|entry| SourceFile { name: entry.name, sha256: entry.sha256 });
        Dossier { language: self.language.unwrap_or_default(), metadata, front, chapters, source }
    }
}

/// Reads the front matter of a file that was cut by [`part`].
///
/// # Errors
/// With line and column, where it is not YAML of this shape, has a key twice, or lacks what it must have.
pub fn read(name: &str, text: &str, parted: &Parted) -> Result<FrontMatter, Diagnostic> {
    let read: FrontMatter = settings::read("the front matter", name, parted.yaml)?;
    let place = Place::at(name, text, 1, 1);
    if read.bookify != FORM {
        let message =
            format!("`bookify: {}` is a form that this program does not know; it reads {FORM}", read.bookify);
        return Err(broken(message, place).hint(format!("write `bookify: {FORM}` in the front matter")));
    }
    for (key, value) in [("language", &read.language), ("title", &read.title)] {
        if value.as_deref().is_none_or(str::is_empty) {
            return Err(broken(format!("the front matter has no `{key}`"), place)
                .hint(format!("add a line `{key}: …`")));
        }
    }
    Ok(read)
}

/// The error for a file that does not begin with front matter.
pub fn missing(name: &str, text: &str) -> Diagnostic {
    let begins =
        text.trim_start_matches('\u{feff}').lines().next().is_some_and(|line| line.trim_end() == "---");
    let message = if begins {
        "the front matter that begins here is not closed by a second line of `---`"
    } else {
        "a reviewed dossier begins with front matter between two lines of `---`"
    };
    broken(message.to_owned(), Place::at(name, text, 1, 1))
}

fn broken(message: String, place: Place) -> Diagnostic {
    Diagnostic::error(Code::Settings, message).at(place)
}
