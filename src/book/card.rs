//! The film card and the colophon: what the program supplies from what it knows.

use super::{CardRow, CardStyle, LongDate, Occasion};
use crate::dossier::{Dossier, Metadata};
use crate::scheme::Scheme;

/// The rows of the film card; what is not known has no row.
pub fn card(metadata: &Metadata, date: Option<&LongDate>, scheme: &Scheme) -> Vec<CardRow> {
    let mut rows = Vec::new();
    let mut row = |key: &str, value: Option<String>, style: CardStyle| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            rows.push(CardRow { label: scheme.term(key).to_owned(), value, style });
        }
    };
    let list = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    let plural =
        |one: &'static str, many: &'static str, names: &[String]| if names.len() > 1 { many } else { one };
    row("title", Some(metadata.title.clone()), CardStyle::Title);
    row("original_title", metadata.original_title.clone(), CardStyle::Title);
    row("year", metadata.year.map(|year| year.to_string()), CardStyle::Plain);
    row(plural("director", "directors", &metadata.directors), list(&metadata.directors), CardStyle::Plain);
    row(plural("country", "countries", &metadata.countries), list(&metadata.countries), CardStyle::Plain);
    row(plural("language", "languages", &metadata.languages), list(&metadata.languages), CardStyle::Plain);
    let minutes =
        metadata.runtime_minutes.map(|minutes| format!("{minutes}\u{a0}{}", scheme.term("minutes")));
    row("runtime", minutes, CardStyle::Plain);
    row("discussed", date.map(|date| date.long.clone()), CardStyle::Plain);
    rows
}

/// The lines of the colophon.
pub fn colophon(
    dossier: &Dossier,
    occasion: &Occasion,
    date: Option<&LongDate>,
    scheme: &Scheme,
) -> Vec<String> {
    let title = match dossier.metadata.year {
        Some(year) => format!("{} ({year})", dossier.metadata.title),
        None => dossier.metadata.title.clone(),
    };
    let club = [&occasion.club, &occasion.season].into_iter().flatten().cloned().collect::<Vec<_>>();
    let source = dossier.source.as_ref();
    let hash = source.map(|source| {
        let digits = source.sha256.get(..16).unwrap_or(&source.sha256);
        format!("{}: {}, SHA-256 {digits}", scheme.term("source"), source.name)
    });
    let lines = [
        Some(title),
        (!club.is_empty()).then(|| club.join(", ")),
        date.map(|date| format!("{}: {}", scheme.term("discussed"), date.long)),
        occasion.rights.clone(),
        Some(scheme.term("set_in").to_owned()),
        Some(scheme.term("made_with").to_owned()),
        hash,
    ];
    lines.into_iter().flatten().collect()
}
