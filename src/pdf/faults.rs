//! What a proof-reader marks on laid-out pages: stranded headings, widows, orphans, runts, pages that
//! are nearly empty, facing pages of unequal depth, loose and overfull lines, stacks of hyphens.
//!
//! The limits are those of the trade: Bringhurst's *Elements*, 2.4 (no more than two hyphens in a row, no
//! stub end of a divided word, no widow), and the house's own for what he leaves open.

use std::fmt;

/// A page has at least so many lines.
pub const FEWEST_LINES: usize = 5;

/// A fault on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The page, from 0.
    pub page: usize,
    /// Its printed number.
    pub label: String,
    /// The leaf at which it is seen.
    pub leaf: String,
    /// Some words of the place.
    pub words: String,
}

/// What can be wrong with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A heading is the last line of a page.
    StrandedHeading,
    /// The last line of a paragraph stands alone at the head of a page.
    Widow,
    /// The first line of a paragraph stands alone at the foot of a page.
    Orphan,
    /// The last line of a paragraph is one short word, or the rest of a divided one.
    Runt,
    /// A page has fewer than five lines; how many.
    ShortPage(usize),
    /// A page is not as deep as the one that faces it; by how many lines.
    UnevenSpread(usize),
    /// A space is wider than 1.6 times the face's own.
    LooseLine,
    /// Three lines in a row end in a hyphen.
    HyphenStack,
    /// A line is longer than the measure.
    Overfull,
    /// The last page of the text has fewer than eight lines.
    NearlyEmptyLastPage,
}

impl FaultKind {
    /// Whether it is of the kind that no page of a finished booklet should have.
    #[must_use]
    pub fn is_grave(self) -> bool {
        match self {
            Self::StrandedHeading
            | Self::Widow
            | Self::Orphan
            | Self::Runt
            | Self::ShortPage(_)
            | Self::UnevenSpread(_) => true,
            Self::LooseLine | Self::HyphenStack | Self::Overfull | Self::NearlyEmptyLastPage => false,
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StrandedHeading => f.write_str("a heading stands alone at the foot"),
            Self::Widow => f.write_str("the last line of a paragraph stands alone at the head"),
            Self::Orphan => f.write_str("the first line of a paragraph stands alone at the foot"),
            Self::Runt => f.write_str("a paragraph ends with one short word on a line of its own"),
            Self::ShortPage(count) => write!(f, "the page has only {count} lines"),
            Self::UnevenSpread(by) => write!(f, "the page is {by} lines less deep than the one facing it"),
            Self::LooseLine => f.write_str("a line is set very wide"),
            Self::HyphenStack => f.write_str("three lines in a row end with a hyphen"),
            Self::Overfull => f.write_str("a line is longer than the measure"),
            Self::NearlyEmptyLastPage => f.write_str("the last page of the text is nearly empty"),
        }
    }
}
