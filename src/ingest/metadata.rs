//! Typed values out of words: dates, years, running times, lists of names, titles.

use super::lexicon::is_named;
use super::words;
use crate::dossier::Metadata;
use crate::scheme::Scheme;
use chrono::NaiveDate;

/// The earliest year that a film can bear.
const FIRST_YEAR: i32 = 1888;

/// `The General (1926)` gives the title and the year; a title without year stays whole.
pub fn title_and_year(text: &str) -> Option<(&str, Option<i32>)> {
    let text = text.trim();
    let (title, inside) =
        match text.strip_suffix([')', '）', ']']).and_then(|rest| rest.rsplit_once(['(', '（', '['])) {
            Some((title, inside)) => (title.trim_end(), inside),
            None => return (!text.is_empty()).then_some((text, None)),
        };
    // (1926), (Spain, 1929), (1922/23)
    let year =
        inside.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4).find_map(year_of);
    match year {
        Some(year) if !title.is_empty() => Some((title, Some(year))),
        _ => Some((text, None)),
    }
}

fn year_of(digits: &str) -> Option<i32> {
    digits.parse().ok().filter(|year| (FIRST_YEAR..2200).contains(year))
}

/// A date in words or figures: `November 30th, 2025`, `le 14 décembre 2025`, `2025-11-30`.
pub fn date(text: &str, scheme: &Scheme) -> Option<NaiveDate> {
    let tokens = words::words(text).collect::<Vec<_>>();
    let months = scheme.months.iter().map(|month| words::fold(month)).collect::<Vec<_>>();
    let month_of = |token: &str| {
        let full = months.iter().position(|month| month == token);
        full.or_else(|| {
            (token.len() >= 3).then(|| months.iter().position(|month| month.starts_with(token))).flatten()
        })
    };
    if let Some((at, month)) = tokens.iter().enumerate().find_map(|(at, token)| Some((at, month_of(token)?)))
    {
        let near = &tokens[at.saturating_sub(2)..tokens.len().min(at + 4)];
        let day = near.iter().find_map(|token| day_of(token))?;
        let year = near.iter().find_map(|token| year_of(token))?;
        return NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()? + 1, day);
    }
    tokens.windows(3).find_map(|window| {
        let numbers = window.iter().map(|token| token.parse::<u32>().ok()).collect::<Option<Vec<_>>>()?;
        match window[0].len() {
            4 => NaiveDate::from_ymd_opt(year_of(&window[0])?, numbers[1], numbers[2]),
            // 30/11/2025; where only the other order is a date, that one
            _ => NaiveDate::from_ymd_opt(year_of(&window[2])?, numbers[1], numbers[0])
                .or_else(|| NaiveDate::from_ymd_opt(year_of(&window[2])?, numbers[0], numbers[1])),
        }
    })
}

/// `30th`, `1er`, `8`
fn day_of(token: &str) -> Option<u32> {
    let digits = token.trim_end_matches(char::is_alphabetic);
    let ending = &token[digits.len()..];
    let ordinal = ["", "st", "nd", "rd", "th", "er"].contains(&ending);
    digits.parse().ok().filter(|day| ordinal && digits.len() <= 2 && (1..=31).contains(day))
}

/// `99 minutes`, `1 h 39`, `1 hour 39 min`, `1h39`: minutes.
pub fn minutes(text: &str) -> Option<u32> {
    let folded = text.to_lowercase();
    let numbers = folded
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map_while(|digits| digits.parse::<u32>().ok())
        .collect::<Vec<_>>();
    let first = *numbers.first()?;
    let after = folded.split_once(&first.to_string()).map_or("", |(_, after)| after.trim_start());
    if after.starts_with('h') {
        // 1 h 39; "2 hours" has no minutes
        return Some(first * 60 + numbers.get(1).copied().filter(|rest| *rest < 60).unwrap_or(0));
    }
    (1..=1500).contains(&first).then_some(first)
}

/// Names in a list: `Buster Egede, Clyde Bruckman and Al Boasberg`.
fn names(value: &str) -> Vec<String> {
    let separators = [" and ", " & ", " et ", " with "];
    let mut parts = vec![value.to_owned()];
    for separator in separators {
        parts = parts.iter().flat_map(|part| part.split(separator)).map(str::to_owned).collect();
    }
    parts
        .iter()
        .flat_map(|part| part.split([',', ';', '/', '、', '，']))
        .map(|name| name.trim().trim_end_matches('.').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Reads the film's facts out of the fields, in order; what the front said before stays.
pub fn complete(metadata: &mut Metadata, scheme: &Scheme) {
    let names_of = &scheme.fields;
    for (name, value) in metadata.fields.clone() {
        if is_named(&names_of.title, &name) || is_named(&names_of.original_title, &name) {
            note_title(metadata, &value);
        } else if is_named(&names_of.year, &name) {
            let year = value.split(|c: char| !c.is_ascii_digit()).find_map(year_of);
            metadata.year = metadata.year.or(year);
        } else if is_named(&names_of.director, &name) && metadata.directors.is_empty() {
            metadata.directors = names(&value);
        } else if is_named(&names_of.country, &name) && metadata.countries.is_empty() {
            metadata.countries = names(&value);
        } else if is_named(&names_of.language, &name) && metadata.languages.is_empty() {
            metadata.languages = names(&value);
        } else if is_named(&names_of.runtime, &name) {
            metadata.runtime_minutes = metadata.runtime_minutes.or_else(|| minutes(&value));
        }
    }
}

/// A title field names the original title where it is another one than the front's:
/// `Les Quatre Cents Coups (International Title: The 400 Blows)`.
fn note_title(metadata: &mut Metadata, value: &str) {
    let first = value.split([';', '/']).next().unwrap_or(value);
    let title = first.split(['(', '（']).next().unwrap_or(first).trim();
    if title.is_empty() {
        return;
    }
    if metadata.title.is_empty() {
        title.clone_into(&mut metadata.title);
    } else if metadata.original_title.is_none() && !words::words(title).eq(words::words(&metadata.title)) {
        metadata.original_title = Some(title.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(language: &str) -> Scheme {
        let text = match language {
            "fr" => include_str!("../../layouts/chapters/fr.yaml"),
            _ => include_str!("../../layouts/chapters/en.yaml"),
        };
        Scheme::parse(language, text).expect("the scheme is sound")
    }

    #[test]
    fn dates_as_people_write_them() {
        for (language, text, expected) in [
            ("en", "Discussed on August 24th, 2025", Some((2025, 8, 24))),
            ("en", "Sunday, 1 March 2026, at eight", Some((2026, 3, 1))),
            ("en", "2025-11-30", Some((2025, 11, 30))),
            ("en", "30/11/2025", Some((2025, 11, 30))),
            ("fr", "Discussion du 14 décembre 2025", Some((2025, 12, 14))),
            ("fr", "Discuté le 1er février 2026", Some((2026, 2, 1))),
            ("en", "The Salt Road (1959)", None),
            ("en", "February 30th, 2025", None),
        ] {
            let expected = expected.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
            assert_eq!(date(text, &scheme(language)), expected, "{text}");
        }
    }

    #[test]
    fn running_times() {
        for (text, expected) in [
            ("99 minutes", Some(99)),
            ("1 h 39", Some(99)),
            ("1 hour 39 minutes", Some(99)),
            ("2 hours", Some(120)),
            ("about 94 minutes in the restored version", Some(94)),
            ("unknown", None),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn titles_and_years() {
        assert_eq!(title_and_year("The General (1926)"), Some(("The General", Some(1926))));
        assert_eq!(title_and_year("Vampyr (Germany, 1932)"), Some(("Vampyr", Some(1932))));
        assert_eq!(title_and_year("M"), Some(("M", None)));
        assert_eq!(title_and_year("2001 (A Space Odyssey)"), Some(("2001 (A Space Odyssey)", None)));
    }

    #[test]
    fn names_in_a_list() {
        assert_eq!(
            names("Buster Egede, Clyde Bruckman and Al Boasberg"),
            ["Buster Egede", "Clyde Bruckman", "Al Boasberg"]
        );
    }
}
