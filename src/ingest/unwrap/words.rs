//! Words that are divided at line ends, and hyphens that belong.

use super::evidence::is_lowercase;
use super::{Row, Seam};
use std::collections::BTreeSet;

/// Whether a word is divided between two rows: `cine-`, `matography`.
pub fn divides(before: &str, text: &str) -> bool {
    let hyphen = before.strip_suffix(['-', '\u{ad}', '‐']);
    hyphen.is_some_and(|rest| rest.ends_with(char::is_alphabetic)) && is_lowercase(text)
}

/// The words that stand within rows, to tell which hyphens belong.
pub struct Words<'t> {
    within: BTreeSet<&'t str>,
    dash_is_tight: bool,
}

impl<'t> Words<'t> {
    /// Reads them.
    pub fn of(rows: &[Row<'t>]) -> Self {
        let mut within = BTreeSet::new();
        let (mut tight, mut open) = (0, 0);
        for row in rows {
            // the first and the last word of a row may be parts of words
            let inner = row.text.split_whitespace().skip(1);
            let last =
                row.text.split_whitespace().next_back().filter(|word| word.ends_with(['-', '\u{ad}', '‐']));
            within.extend(inner.filter(|word| Some(*word) != last).map(trimmed));
            let after =
                row.text.match_indices('—').map(|(dash, mark)| row.text[dash + mark.len()..].chars().next());
            let tallied = after.flatten().fold((0, 0), |(tight, open), next| {
                if next.is_whitespace() { (tight, open + 1) } else { (tight + 1, open) }
            });
            (tight, open) = (tight + tallied.0, open + tallied.1);
        }
        Self { within, dash_is_tight: tight > 0 && open == 0 }
    }

    /// How the second of two rows goes on from the first. A word is mended only when it stands whole elsewhere, and
    /// nowhere with the hyphen.
    pub fn seam(&self, before: &str, text: &str) -> Seam {
        if before.ends_with('—') && self.dash_is_tight {
            return Seam::Tight;
        }
        if !divides(before, text.trim_start()) {
            return Seam::Blank;
        }
        if before.ends_with('\u{ad}') {
            return Seam::Mended;
        }
        let first = before.split_whitespace().next_back().unwrap_or_default();
        let rest = trimmed(text.split_whitespace().next().unwrap_or_default());
        let first = first.trim_start_matches(|c: char| !c.is_alphanumeric());
        let parts = first.trim_end_matches(['-', '‐']);
        let is_word = self.within.contains(format!("{parts}{rest}").as_str());
        let is_compound = self.within.contains(format!("{parts}-{rest}").as_str());
        if is_word && !is_compound { Seam::Mended } else { Seam::Tight }
    }
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
