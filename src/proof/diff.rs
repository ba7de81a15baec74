//! Where two spellings of one text differ. They are near each other: cleaning changes a quote here
//! and a blank there.

use std::ops::Range;

/// So far two texts may be apart and are still found together again.
const REACH: usize = 200;

/// A stretch of the text before, and of the text after, that stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Characters of the text before.
    pub before: Range<usize>,
    /// Characters of the text after.
    pub after: Range<usize>,
}

/// All changes, in order.
pub fn changes(before: &[char], after: &[char]) -> Vec<Change> {
    let head = common(before, after);
    let rest = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[..before.len() - tail], &after[..after.len() - tail]);
    let (mut i, mut j) = (head, head);
    let mut found: Vec<Change> = Vec::new();
    loop {
        let same = common(&old[i..], &new[j..]);
        (i, j) = (i + same, j + same);
        if i == old.len() && j == new.len() {
            return found;
        }
        let (gone, come) = apart(&old[i..], &new[j..]);
        found.push(Change { before: i..i + gone, after: j..j + come });
        (i, j) = (i + gone, j + come);
    }
}

/// How many characters are the same at the beginning.
fn common(a: &[char], b: &[char]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The fewest characters to skip in both, so that they agree again.
fn apart(old: &[char], new: &[char]) -> (usize, usize) {
    for distance in 1..=REACH.min(old.len() + new.len()) {
        // one for one is likelier than two for none: `"` becomes `“`
        let gone = (0..=distance).map(|at| (at + distance / 2) % (distance + 1));
        for gone in gone.filter(|gone| *gone <= old.len() && distance - gone <= new.len()) {
            let come = distance - gone;
            if agree(&old[gone..], &new[come..]) || (gone, come) == (1, 1) && is_respelt(old, new) {
                return (gone, come);
            }
        }
    }
    (old.len(), new.len())
}

/// Whether two texts begin alike, so that it is no accident: with a letter, or with two characters.
fn agree(old: &[char], new: &[char]) -> bool {
    match common(&old[..old.len().min(2)], &new[..new.len().min(2)]) {
        0 => old.is_empty() && new.is_empty(),
        1 => old[0].is_alphanumeric() || old.len() == 1 && new.len() == 1,
        _ => true,
    }
}

/// Whether a mark of punctuation stands in the place of another, or a blank in that of a blank, and both
/// texts go on with the same character.
fn is_respelt(old: &[char], new: &[char]) -> bool {
    let alike = !old[0].is_alphanumeric()
        && !new[0].is_alphanumeric()
        && old[0].is_whitespace() == new[0].is_whitespace();
    alike && common(&old[1..], &new[1..]) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expected: &str) {
        let (old, new) = (before.chars().collect::<Vec<_>>(), after.chars().collect::<Vec<_>>());
        let shown = changes(&old, &new)
            .into_iter()
            .map(|change| {
                let text = |part: &[char]| part.iter().collect::<String>();
                format!("{}>{}", text(&old[change.before]), text(&new[change.after]))
            })
            .collect::<Vec<_>>();
        assert_eq!(shown.join("|"), expected, "{before} becomes {after}");
    }

    #[test]
    fn equal_texts_do_not_differ() {
        check("", "", "");
        check("a b", "a b", "");
    }

    #[test]
    fn changes_are_as_small_as_they_can_be() {
        check("\"a\" 'b'", "“a” ‘b’", "\">“|\">”|'>‘|'>’");
        check("a -- b...", "a – b…", "-->–|...>…");
        check("\t a  b ", "a b", "\t >| >| >");
        check("cine\u{ad}ma", "cinema", "\u{ad}>");
        check("e\u{301}te\u{301}", "été", "e\u{301}>é|e\u{301}>é");
        check("mot: oui", "mot\u{a0}: oui", ">\u{a0}");
        check("oui ? »", "oui\u{202f}?\u{a0}»", " >\u{202f}| >\u{a0}");
        check("wrap\nped here", "wrap ped here", "\n> ");
    }

    #[test]
    fn what_has_nothing_in_common_is_one_change() {
        check(&"a".repeat(500), &"b".repeat(400), &format!("{}>{}", "a".repeat(500), "b".repeat(400)));
    }
}
