//! The editor's say: chapters that are pinned to the words with which they open, or said to be absent.

use super::classify::Unit;
use super::words;
use crate::diag::{Code, Diagnostic, Place};
use crate::scheme::Scheme;
use crate::source::Source;
use std::collections::BTreeMap;

/// What the editor says of the chapters of a dossier. Pins name words, not lines, so that they
/// survive a new paste of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    /// By a chapter's id, the first words of the paragraph with which it opens.
    pub starts: BTreeMap<String, String>,
    /// Ids of chapters that are not there.
    pub absent: Vec<String>,
}

/// Pins as places in a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Chapter (its index in the scheme) and the unit at which it starts, in the order of the units.
    pub starts: Vec<(usize, usize)>,
    /// Chapters that are not there.
    pub absent: Vec<usize>,
}

/// Finds the places of the pins among the units from `first` on.
///
/// # Errors
/// Where a pin names no chapter of the scheme, matches nothing or two places, or two pins stand in
/// another order than their chapters.
pub fn find(
    pins: &Pins,
    units: &[Unit],
    first: usize,
    scheme: &Scheme,
    source: &Source,
) -> Result<Fixed, Diagnostic> {
    let chapter_of = |id: &str| {
        scheme.chapters.iter().position(|chapter| chapter.id == id).ok_or_else(|| unknown(id, scheme, source))
    };
    let mut fixed = Fixed::default();
    for id in &pins.absent {
        fixed.absent.push(chapter_of(id)?);
    }
    for (id, opening) in &pins.starts {
        fixed.starts.push((chapter_of(id)?, unit_of(id, opening, units, first, source)?));
    }
    fixed.starts.sort_by_key(|(_, unit)| *unit);
    if let Some(pair) = fixed.starts.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
        let titles = [pair[0].0, pair[1].0].map(|chapter| scheme.chapters[chapter].title.as_str());
        return Err(pin_error(format!(
            "“{}” is pinned before “{}”, but it comes after it in the booklet",
            titles[0], titles[1]
        ))
        .at(Place::of(source, units[pair[1].1].span))
        .hint("chapters keep their order: correct one of the two pins"));
    }
    Ok(fixed)
}

/// The one unit that opens with the words of a pin.
fn unit_of(
    id: &str,
    opening: &str,
    units: &[Unit],
    first: usize,
    source: &Source,
) -> Result<usize, Diagnostic> {
    let wanted = words::words(opening).collect::<Vec<_>>();
    let opens = |unit: &Unit| {
        let mut words = words::words(&unit.text);
        !wanted.is_empty() && wanted.iter().all(|word| words.next().as_ref() == Some(word))
    };
    let found = (first..units.len()).filter(|at| opens(&units[*at])).collect::<Vec<_>>();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(pin_error(format!("no paragraph opens with the words of the pin `{id}: \"{opening}\"`"))
            .at(Place::file(source.name()))
            .hint("copy the first words of the paragraph with which the chapter opens into season.yaml")),
        [one, other, ..] => {
            let lines = [*one, *other].map(|at| source.line_of(units[at].span.start));
            Err(pin_error(format!(
                "the words of the pin `{id}: \"{opening}\"` open line {} and line {}",
                lines[0], lines[1]
            ))
            .at(Place::of(source, units[*other].span))
            .hint("add more words to the pin, until only one paragraph opens with them"))
        }
    }
}

fn unknown(id: &str, scheme: &Scheme, source: &Source) -> Diagnostic {
    let ids = scheme.chapters.iter().map(|chapter| chapter.id.as_str()).collect::<Vec<_>>().join(", ");
    pin_error(format!("a pin names the chapter `{id}`, which the scheme does not have"))
        .at(Place::file(source.name()))
        .hint(format!("the chapters are {ids}"))
}

fn pin_error(message: String) -> Diagnostic {
    Diagnostic::error(Code::Pin, message)
}
