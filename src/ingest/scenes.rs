//! Scenes: cycles of the same labels, and their titles from the introduction.

use super::classify::Unit;
use super::lexicon::Phrase;
use super::words;
use std::collections::{BTreeMap, BTreeSet};

/// How far apart the same label of two scenes may stand.
const LONGEST_CYCLE: usize = 16;

/// A title in quotation marks has at most so many words.
const LONGEST_TITLE: usize = 11;

/// One scene of the chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The unit at which it starts.
    pub unit: usize,
    /// Its title, where one was found: a line of its own, or words of the introduction.
    pub title: Option<Title>,
}

/// Where a scene's title was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// The scene's first unit is the title.
    Line,
    /// Quoted in the introduction.
    Announced(String),
}

/// For each unit, whether it stands in a run of labels that repeats itself.
pub fn in_cycles(units: &[Unit]) -> Vec<bool> {
    let phrases = units.iter().map(|unit| unit.label().map(Phrase::new)).collect::<Vec<_>>();
    let mut inside = vec![false; units.len()];
    for run in label_runs(units) {
        for at in run.clone() {
            let twin =
                (at + 1..run.end.min(at + 1 + LONGEST_CYCLE)).find(|other| phrases[*other] == phrases[at]);
            let Some(twin) = twin.filter(|_| phrases[at].is_some()) else {
                continue;
            };
            // one more label in common, or "Context" under two headings would make a scene
            let also = (1..LONGEST_CYCLE).any(|step| {
                at + step < twin
                    && phrases[at + step].is_some()
                    && phrases[twin..run.end.min(twin + LONGEST_CYCLE)].contains(&phrases[at + step])
            });
            if also {
                inside[at..=twin].fill(true);
                let end = (twin + (twin - at)).min(run.end);
                inside[twin..end].fill(true);
            }
        }
    }
    inside
}

/// Runs of labelled units; a short line between two of them (a scene's title) does not end a run.
fn label_runs(units: &[Unit]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        if unit.label().is_none() {
            continue;
        }
        match runs.last_mut() {
            Some(run) if units[run.end..at].iter().all(Unit::is_short) && at - run.end <= 2 => {
                run.end = at + 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Cuts the units of the scenes' chapter into scenes.
pub fn split(units: &[Unit]) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let repeated = repeated_labels(units);
    for (at, unit) in units.iter().enumerate() {
        let Some(label) = unit.label().map(key) else {
            continue;
        };
        let again = seen.contains(&label) && repeated.contains(&label);
        let titled = at > 0 && units[at - 1].is_short() && (scenes.is_empty() || repeated.contains(&label));
        if scenes.is_empty() || again || titled {
            seen.clear();
            let start = if titled { at - 1 } else { at };
            scenes.push(Scene { unit: start, title: titled.then_some(Title::Line) });
        }
        seen.insert(label);
    }
    announce(&mut scenes, units);
    scenes
}

/// Labels that occur more than once.
pub fn repeated_labels(units: &[Unit]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for label in units.iter().filter_map(Unit::label) {
        *counts.entry(key(label)).or_insert(0) += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(label, _)| label).collect()
}

/// A label as it is compared with others.
pub fn key(label: &str) -> String {
    words::words(label).collect::<Vec<_>>().join(" ")
}

/// Gives the scenes the titles that the introduction announces in quotation marks, in order.
fn announce(scenes: &mut [Scene], units: &[Unit]) {
    let Some(first) = scenes.first().map(|scene| scene.unit) else {
        return;
    };
    let titles = units[..first].iter().flat_map(|unit| quoted_titles(&unit.text)).collect::<Vec<_>>();
    let mut titles = titles.into_iter().fold(Vec::new(), |mut kept: Vec<String>, title| {
        if !kept.iter().any(|other| key(other) == key(&title)) {
            kept.push(title);
        }
        kept
    });
    let wanted = scenes.iter().filter(|scene| scene.title.is_none()).count();
    if titles.len() > wanted {
        titles = best_titles(titles, scenes, units);
    }
    if titles.len() == wanted {
        let untitled = scenes.iter_mut().filter(|scene| scene.title.is_none());
        untitled.zip(titles).for_each(|(scene, title)| scene.title = Some(Title::Announced(title)));
    } else {
        by_their_words(scenes, titles, units);
    }
}

/// Of more titles than scenes, those whose words occur in the scenes, in order.
fn best_titles(titles: Vec<String>, scenes: &[Scene], units: &[Unit]) -> Vec<String> {
    let wanted = scenes.iter().filter(|scene| scene.title.is_none()).count();
    let texts = scene_words(scenes, units);
    let mut worth = titles
        .iter()
        .enumerate()
        .map(|(at, title)| (at, texts.iter().map(|text| shared(title, text)).fold(0.0, f64::max)))
        .collect::<Vec<_>>();
    worth.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut kept = worth.into_iter().take(wanted).map(|(at, _)| at).collect::<Vec<_>>();
    kept.sort_unstable();
    titles.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, title)| title).collect()
}

/// Fewer titles than scenes: each goes to the scene that has most of its words.
fn by_their_words(scenes: &mut [Scene], titles: Vec<String>, units: &[Unit]) {
    let texts = scene_words(scenes, units);
    let mut next = 0;
    for title in titles {
        let best = (next..scenes.len())
            .filter(|at| scenes[*at].title.is_none())
            .map(|at| (at, shared(&title, &texts[at])))
            .filter(|(_, share)| *share > 0.3)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((at, _)) = best {
            scenes[at].title = Some(Title::Announced(title));
            next = at + 1;
        }
    }
}

fn scene_words(scenes: &[Scene], units: &[Unit]) -> Vec<BTreeSet<String>> {
    let ends = scenes.iter().skip(1).map(|scene| scene.unit).chain([units.len()]);
    scenes
        .iter()
        .zip(ends)
        .map(|(scene, end)| units[scene.unit..end].iter().flat_map(|unit| words::words(&unit.text)).collect())
        .collect()
}

/// The share of a title's longer words that a text has.
fn shared(title: &str, text: &BTreeSet<String>) -> f64 {
    let words = words::words(title).filter(|word| word.len() > 3).collect::<Vec<_>>();
    let found = words.iter().filter(|word| text.contains(*word)).count();
    if words.is_empty() {
        0.0
    } else {
        f64::from(u32::try_from(found).unwrap_or(0)) / f64::from(u32::try_from(words.len()).unwrap_or(1))
    }
}

/// What stands in quotation marks and can be a scene's title: “The Rotor Ride”, « Le bal ».
pub fn quoted_titles(text: &str) -> Vec<String> {
    const MARKS: [(char, char); 3] = [('“', '”'), ('«', '»'), ('‘', '’')];
    let mut titles = Vec::new();
    let mut rest = text;
    while let Some((at, close)) = rest.char_indices().find_map(|(at, c)| {
        MARKS.iter().find(|(open, _)| *open == c).map(|(open, close)| (at + open.len_utf8(), *close))
    }) {
        let Some(length) = closing(&rest[at..], close) else {
            break;
        };
        let quoted = &rest[at..at + length];
        let title = quoted.trim().trim_end_matches([',', '.', ';', ':']).trim();
        let capital = title.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        if capital && words::count(title) <= LONGEST_TITLE {
            titles.push(title.to_owned());
        }
        rest = &rest[at + length + close.len_utf8()..];
    }
    titles
}

/// Where a quotation closes; an apostrophe inside a word does not close a single quote.
fn closing(text: &str, close: char) -> Option<usize> {
    text.char_indices().find_map(|(at, c)| {
        let next = text[at + c.len_utf8()..].chars().next();
        let apostrophe = close == '’' && next.is_some_and(char::is_alphanumeric);
        (c == close && !apostrophe).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_in_quotation_marks() {
        assert_eq!(
            quoted_titles("In “The Phantom Coach” and “Ellen Calls,” but not “the hell of it”; « Le bal »"),
            ["The Phantom Coach", "Ellen Calls", "Le bal"]
        );
        assert_eq!(quoted_titles("‘The Boy’s Run’ ends"), ["The Boy’s Run"]);
    }
}
