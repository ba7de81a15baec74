//! Metadata to front matter.

use super::{FORM, fields_of, yaml};
use crate::dossier::Dossier;
use std::fmt::Write as _;

/// The front matter of a dossier, with both its fences.
pub fn write(dossier: &Dossier) -> String {
    let metadata = &dossier.metadata;
    let mut out = format!("---\nbookify: {FORM}\n");
    yaml::pair(&mut out, "language", &dossier.language);
    yaml::pair(&mut out, "title", &metadata.title);
    if let Some(title) = &metadata.original_title {
        yaml::pair(&mut out, "original_title", title);
    }
    if let Some(year) = metadata.year {
        let _ = writeln!(out, "year: {year}");
    }
    yaml::list(&mut out, "directors", &metadata.directors);
    yaml::list(&mut out, "countries", &metadata.countries);
    yaml::list(&mut out, "languages", &metadata.languages);
    if let Some(minutes) = metadata.runtime_minutes {
        let _ = writeln!(out, "runtime_minutes: {minutes}");
    }
    if let Some(date) = metadata.date {
        let _ = writeln!(out, "date: {date}");
    }
    if let Some(tagline) = &metadata.tagline {
        yaml::pair(&mut out, "tagline", tagline);
    }
    if metadata.fields != fields_of(&dossier.chapters) {
        write_fields(&mut out, &metadata.fields);
    }
    if let Some(source) = &dossier.source {
        let (name, sha256) = (yaml::scalar(&source.name), yaml::scalar(&source.sha256));
        let _ = writeln!(out, "source:\n  name: {name}\n  sha256: {sha256}");
    }
    out.push_str("---\n");
    out
}

fn write_fields(out: &mut String, fields: &[(String, String)]) {
    out.push_str(if fields.is_empty() { "fields: []\n" } else { "fields:\n" });
    for (name, value) in fields {
        yaml::pair(out, &format!("  - {}", yaml::scalar(name)), value);
    }
}
