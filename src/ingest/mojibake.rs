//! Repairs text whose UTF-8 was read as a single-byte encoding and saved again: `Ã©` for `é`, `â€™` for `’`.
//!
//! Written back in the single-byte encoding, such text is UTF-8 once more. But so is, now and then, text that is
//! right: `É®` in `NESTLÉ®` are the bytes of a phonetic letter. So what stands there is weighed against what would
//! come out: how many neighbours nobody writes side by side (`oÃ`, `Ã©`, `€™`), and how rare a character is.

mod codec;
mod strange;

use codec::{CODECS, Codec, Sequence};
use std::iter;
use std::ops::Range;
use strange::{rarity, strangeness};

/// How much less strange a text must get for its repair to be sure.
const SURE: i32 = 5;
/// The same for what stands beside a sure repair.
const LIKELY: i32 = 1;
/// Text may be misread several times; nobody has shown us four.
const LAYERS: usize = 6;

/// The text with its characters repaired, line for line, where it is misread as a whole: where every character
/// beyond ASCII is part of a misread one. `None` where it is not.
pub fn repair_whole(text: &str) -> Option<String> {
    peeled(text, peel_whole)
}

/// The line with those of its characters repaired that are surely misread; the others stay.
pub fn repair(line: &str) -> String {
    let mut repaired = line.to_owned();
    for _ in 0..LAYERS {
        let peeled = peeled(&repaired, |line| peel_whole(line).or_else(|| peel_parts(line)));
        let next = peeled.as_deref().unwrap_or(&repaired).chars().map(codec::shown_control).collect();
        if next == repaired {
            break;
        }
        repaired = next;
    }
    repaired
}

/// The text without its layers of misreading, down to the last that brings in no control characters.
fn peeled(text: &str, peel: impl Fn(&str) -> Option<String>) -> Option<String> {
    let controls = |text: &str| text.chars().filter(|c| c.is_control()).count();
    let layers = iter::successors(peel(text), |layer| peel(layer)).take(LAYERS);
    layers.filter(|layer| controls(layer) <= controls(text)).last()
}

/// Characters that follow each other without a gap and are all misread.
struct Run {
    /// Where they stand, counted in characters.
    place: Range<usize>,
    sequences: Vec<Sequence>,
    /// How much less strange the text is without the misreading.
    gain: i32,
}

/// One layer less, if the text is misread as a whole in one encoding.
fn peel_whole(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let chars = text.chars().collect::<Vec<_>>();
    let beyond_ascii = chars.iter().filter(|c| !c.is_ascii()).count();
    let best = CODECS.iter().filter_map(|codec| {
        let mut runs = runs(codec, &chars);
        runs.retain(|run| run.sequences.iter().all(|sequence| !sequence.is_guessed));
        let covered = runs.iter().map(|run| run.place.len()).sum::<usize>();
        let count = runs.iter().map(|run| run.sequences.len()).sum::<usize>();
        // three that fit and none that does not is no accident
        let bonus = if count >= 3 { i32::try_from(count).unwrap_or(i32::MAX) } else { 0 };
        let gain = runs.iter().map(|run| run.gain).sum::<i32>().saturating_add(bonus);
        (covered == beyond_ascii && gain >= SURE).then_some((gain, runs))
    });
    let (_, runs) = best.max_by_key(|(gain, _)| *gain)?;
    Some(replaced(&chars, &runs))
}

/// One layer less where it is sure, in the encoding that explains most of the line.
fn peel_parts(line: &str) -> Option<String> {
    if line.is_ascii() {
        return None;
    }
    let chars = line.chars().collect::<Vec<_>>();
    let beyond_ascii = chars.iter().filter(|c| !c.is_ascii()).count();
    let best = CODECS.iter().filter_map(|codec| {
        let mut runs = runs(codec, &chars);
        let count = runs.iter().map(|run| run.sequences.len()).sum::<usize>();
        let covered = runs.iter().map(|run| run.place.len()).sum::<usize>();
        // `DrÃ¥ber – live`: where the rest is right, one misreading must be plain to see
        let sure = if count == 1 && covered < beyond_ascii { SURE + 4 } else { SURE };
        let is_sure = |run: &Run| run.gain >= sure && run.sequences.iter().any(Sequence::stands_alone);
        let has_sure = runs.iter().any(is_sure);
        runs.retain(|run| is_sure(run) || (has_sure && run.gain >= LIKELY));
        let gain = runs.iter().map(|run| run.gain).sum::<i32>();
        has_sure.then_some((gain, runs))
    });
    let (_, runs) = best.max_by_key(|(gain, _)| *gain)?;
    Some(replaced(&chars, &runs))
}

/// The runs of characters that are UTF-8 once they are written in the encoding.
fn runs(codec: &Codec, chars: &[char]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let mut sequences = Vec::new();
        while let Some(sequence) = codec.sequence(chars, at) {
            at += sequence.length;
            sequences.push(sequence);
        }
        if sequences.is_empty() {
            at += 1;
            continue;
        }
        let gain = gain(chars, start..at, &sequences);
        runs.push(Run { place: start..at, sequences, gain });
    }
    runs
}

/// How much less strange the text is with the sequences read as UTF-8.
fn gain(chars: &[char], place: Range<usize>, sequences: &[Sequence]) -> i32 {
    let before = chars[..place.start].iter().rev().take(2).rev();
    let after = chars[place.end..].iter().take(1);
    let out = sequences.iter().map(|sequence| &sequence.out);
    let read = before.clone().chain(out).chain(after.clone()).copied().collect::<Vec<_>>();
    let stands = before.chain(&chars[place.clone()]).chain(after).copied().collect::<Vec<_>>();
    // that each part of a sequence fits is worth something by itself
    let fits = i32::try_from(place.len() - sequences.len()).unwrap_or(0);
    let rare = (0..read.len()).map(|index| rarity(&read, index)).sum::<i32>();
    let was_rare = (0..stands.len()).map(|index| rarity(&stands, index)).sum::<i32>();
    fits + strangeness(&stands) - strangeness(&read) - (rare - was_rare.min(rare / 2)).max(0)
}

/// The text with the runs read as UTF-8.
fn replaced(chars: &[char], runs: &[Run]) -> String {
    let mut text = String::new();
    let mut at = 0;
    for run in runs {
        text.extend(&chars[at..run.place.start]);
        text.extend(run.sequences.iter().map(|sequence| sequence.out));
        let is_word = run.sequences.last().is_some_and(|last| last.is_guessed && last.out == 'à');
        if is_word && !continues(&chars[run.place.end..]) {
            text.push(' ');
        }
        at = run.place.end;
    }
    text.extend(&chars[at..]);
    text
}

/// Whether this goes on the word that `Ã ` began: `Ã s` and `Ã quele` are Portuguese, `Ã quelle` is French; or whether
/// a second blank follows.
fn continues(rest: &[char]) -> bool {
    if rest.first().is_some_and(|c| c.is_whitespace()) {
        return true;
    }
    let word = rest.iter().take_while(|c| c.is_alphabetic() || **c == '\'').collect::<String>();
    matches!(word.as_str(), "s" | "quele" | "quela" | "queles" | "quelas" | "quilo")
}

#[cfg(test)]
mod tests;
