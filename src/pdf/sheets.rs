//! How the pages of a booklet fill its sheets: a folded sheet has four pages.

use super::reader::Proof;
use std::fmt;

/// Pages of a folded sheet.
const FOLDED: usize = 4;

/// How the pages of a booklet fill its sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheets {
    /// Pages that hold something.
    pub filled: usize,
    /// Pages that only fill the last sheet.
    pub padding: usize,
    /// Lines on the last pages of the chapters that would have to go, for one sheet less.
    pub lines_over: usize,
    fitting: FittingDone,
}

/// What was done to fill the sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FittingDone {
    /// Nothing was asked.
    NotAsked,
    /// It had so many pages before.
    From(usize),
    /// No setting within the limits does it.
    Impossible,
}

impl Sheets {
    /// Counts the pages of a booklet.
    pub fn count(proof: &Proof, pages: usize, padding: usize) -> Self {
        let filled = pages.saturating_sub(padding);
        // the chapters whose last pages hold least are the ones to shorten
        let mut tails = proof.tails();
        tails.sort_unstable();
        let lines_over = tails.iter().take(filled % FOLDED).sum();
        Self { filled, padding, lines_over, fitting: FittingDone::NotAsked }
    }

    /// Pages beyond the last full sheet.
    #[must_use]
    pub fn pages_over(&self) -> usize {
        self.filled % FOLDED
    }

    /// Whether all sheets are full without padding.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.pages_over() == 0
    }

    /// These, reached from those by a setting.
    #[must_use]
    pub fn fitted(self, from: &Self) -> Self {
        Self { fitting: FittingDone::From(from.filled), ..self }
    }

    /// These, which no setting fills.
    #[must_use]
    pub fn unfitted(&self) -> Self {
        Self { fitting: FittingDone::Impossible, ..self.clone() }
    }

    /// These, after what was done for those.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        Self { fitting: before.fitting.clone(), ..self }
    }
}

impl fmt::Display for Sheets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { filled, padding, lines_over, fitting } = self;
        let all = filled + padding;
        match filled % FOLDED {
            0 => write!(f, "{filled} pages fill {} sheets", filled / FOLDED)?,
            over if *padding > 0 => write!(
                f,
                "{filled} pages → {all} to fill the sheets; {lines_over} lines more than {}",
                filled - over
            )?,
            over => write!(f, "{filled} pages; {lines_over} lines more than {}", filled - over)?,
        }
        match fitting {
            FittingDone::NotAsked => Ok(()),
            FittingDone::From(before) => write!(f, "; fitted, it had {before}"),
            FittingDone::Impossible => f.write_str("; no setting within the limits fills the sheets"),
        }
    }
}
