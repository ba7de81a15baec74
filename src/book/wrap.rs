//! Puts some of the words of a text into a run of their own.

use super::{Run, printed};
use std::ops::Range;

/// Puts bytes of the printed text into a run of their own; whether that could be done. It cannot where
/// a run that is no words would be cut.
pub fn wrap(runs: &mut Vec<Run>, range: Range<usize>, make: &dyn Fn(Vec<Run>) -> Run) -> bool {
    let mut at = 0;
    for index in 0..runs.len() {
        let length = runs.get(index).map_or(0, |run| printed(std::slice::from_ref(run)).len());
        let (start, end) = (at, at + length);
        at = end;
        if end <= range.start || range.is_empty() {
            continue;
        }
        let within = start <= range.start && range.end <= end && (start..end) != range;
        if let Some(inner) = runs.get_mut(index).and_then(Run::inner_mut).filter(|_| within) {
            return wrap(inner, range.start - start..range.end - start, make);
        }
        return wrap_from(runs, index, start, range, make);
    }
    false
}

/// As [`wrap`], where the bytes begin in the run at `first`, whose own first byte is `at`.
fn wrap_from(
    runs: &mut Vec<Run>,
    first: usize,
    at: usize,
    range: Range<usize>,
    make: &dyn Fn(Vec<Run>) -> Run,
) -> bool {
    let (mut before, mut held, mut after) = (Vec::new(), Vec::new(), Vec::new());
    let (mut at, mut taken) = (at, 0);
    for run in runs.iter().skip(first) {
        if at >= range.end {
            break;
        }
        let length = printed(std::slice::from_ref(run)).len();
        let from = range.start.saturating_sub(at).min(length);
        let to = (range.end - at).min(length);
        match run {
            Run::Words(words) => {
                let parts = (words.get(..from), words.get(from..to), words.get(to..));
                let (Some(left), Some(middle), Some(right)) = parts else { return false };
                before.push(left.to_owned());
                held.push(Run::Words(middle.to_owned()));
                after.push(right.to_owned());
            }
            whole => {
                if from > 0 || to < length {
                    return false;
                }
                held.push(whole.clone());
            }
        }
        at += length;
        taken += 1;
    }
    let words = |parts: Vec<String>| parts.into_iter().filter(|part| !part.is_empty()).map(Run::Words);
    let parts = words(before).chain([make(held)]).chain(words(after)).collect::<Vec<_>>();
    runs.splice(first..first + taken, parts);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs() -> impl Strategy<Value = Vec<Run>> {
        let words = "[a-zé ]{1,6}".prop_map(Run::Words);
        let run = words.prop_recursive(3, 12, 3, |inner| {
            prop::collection::vec(inner, 1..3).prop_map(|em| Run::Emphasis { em })
        });
        prop::collection::vec(run, 0..5)
    }

    proptest! {
        #[test]
        fn wrapping_changes_no_word(mut runs in runs(), from in 0_usize..20, length in 1_usize..12) {
            let before = printed(&runs);
            let (from, to) = (before.floor_char_boundary(from), before.floor_char_boundary(from + length));
            let wanted = before[from..to].to_owned();
            let made = std::cell::RefCell::new(None);
            let done = wrap(&mut runs, from..to, &|inner| {
                *made.borrow_mut() = Some(printed(&inner));
                Run::Strong { strong: inner }
            });
            prop_assert_eq!(printed(&runs), before);
            prop_assert_eq!(done, made.borrow().is_some());
            if let Some(made) = made.into_inner() {
                prop_assert_eq!(made, wanted);
            }
        }
    }
}
