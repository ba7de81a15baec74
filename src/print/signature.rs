//! Which page stands where: the sheets of a saddle-stitched booklet, as data.
//!
//! # Creep
//!
//! Sheets that are folded into each other do not end on one line: the fold of a sheet lies upon the
//! sheets outside it, so its pages stand out at the fore edge by the thickness of those. After the cut
//! their outer margins would be narrower by as much. Therefore the image of sheet *j* of a signature
//! (*j* = 0 is outermost) moves **towards the spine**, on its left half to the right and on its right
//! half to the left, by
//!
//! ```text
//! creep(j) = min(thickness × j, gutter)     in millimetres, never below 0
//! ```
//!
//! where `gutter` is the white that the layout keeps beside the fold: no letter reaches the fold.

use std::iter;

/// What one stitch holds, in millimetres of flat sheets. The common staple (26/6) has legs of 6 mm, and
/// half of each is bent over inside: 30 sheets of office paper, 120 pages. Thicker booklets also stand
/// open at the spine.
pub const STITCH: f64 = 3.0;

/// Pages on one sheet.
const LEAVES: usize = 4;

/// How sheets are gathered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Folding {
    /// After how many sheets a new signature begins; 0 puts them all into one.
    pub sheets_per_signature: usize,
    /// Thickness of a sheet in millimetres.
    pub thickness: f64,
    /// White beside the fold in millimetres, in which images may move.
    pub gutter: f64,
    /// How many of the blank pages that fill the last sheet stand before the last page; the others
    /// follow it. There are never more than three, and before a single page there is none.
    pub blanks_before_last: usize,
}

impl Default for Folding {
    /// One signature of office paper; the last page is the back cover.
    fn default() -> Self {
        Self { sheets_per_signature: 0, thickness: 0.1, gutter: 5.0, blanks_before_last: LEAVES - 1 }
    }
}

/// The sheets of a booklet in the order in which they are printed, outermost first, signature by
/// signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet of two leaves. Pages count from 0; `None` is a blank. A side names its left half first, as it
/// lies before the reader; the back is seen after the sheet was turned over its short edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// The side that is outside when the sheet is folded.
    pub front: [Option<usize>; 2],
    /// The side that is inside.
    pub back: [Option<usize>; 2],
    /// Its signature, from 0.
    pub signature: usize,
    /// Whether no other sheet of the signature lies in it: this one shows the staples.
    pub is_innermost: bool,
    /// How far its images move towards the spine, in millimetres.
    pub creep_mm: f64,
}

/// Why a booklet cannot be folded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Misfit {
    /// There is no page.
    NoPage,
    /// A thickness or gutter that no paper has: negative, or no number.
    NoMeasure(f64),
    /// More paper than [`STITCH`] in one signature: its millimetres, and how many sheets would do.
    TooThick {
        /// Millimetres of paper under the staple.
        stack: f64,
        /// Sheets of this paper that one stitch holds.
        sheets: usize,
    },
}

impl Plan {
    /// Folds `pages` pages.
    ///
    /// # Errors
    /// [`Misfit`]; [`Misfit::TooThick`] past what one stitch holds.
    pub fn new(pages: usize, folding: &Folding) -> Result<Self, Misfit> {
        if pages == 0 {
            return Err(Misfit::NoPage);
        }
        for measure in [folding.thickness, folding.gutter] {
            if !(measure.is_finite() && measure >= 0.0) {
                return Err(Misfit::NoMeasure(measure));
            }
        }
        let places = places(pages, folding.blanks_before_last);
        let all = places.len() / LEAVES;
        let gathered =
            if folding.sheets_per_signature == 0 { all } else { folding.sheets_per_signature.min(all) };
        let stack = paper(gathered, folding.thickness);
        if stack > STITCH + 1e-9 {
            let sheets = (1..gathered).rev().find(|&n| paper(n, folding.thickness) <= STITCH + 1e-9);
            return Err(Misfit::TooThick { stack, sheets: sheets.unwrap_or(0) });
        }
        let signatures = places.chunks(gathered * LEAVES).enumerate();
        Ok(Self { sheets: signatures.flat_map(|(number, leaves)| nested(leaves, number, folding)).collect() })
    }
}

/// Millimetres of `sheets` sheets; a booklet has far fewer than the 2³² that `f64` takes without loss.
fn paper(sheets: usize, thickness: f64) -> f64 {
    f64::from(u32::try_from(sheets).unwrap_or(u32::MAX)) * thickness
}

/// The pages in reading order with the blanks among them: a multiple of four.
fn places(pages: usize, blanks_before_last: usize) -> Vec<Option<usize>> {
    let blanks = pages.next_multiple_of(LEAVES) - pages;
    let before = if pages == 1 { 0 } else { blanks.min(blanks_before_last) };
    let last = pages - 1;
    (0..last)
        .map(Some)
        .chain(iter::repeat_n(None, before))
        .chain(iter::once(Some(last)))
        .chain(iter::repeat_n(None, blanks - before))
        .collect()
}

/// The sheets of one signature, whose leaves are in reading order.
fn nested(leaves: &[Option<usize>], signature: usize, folding: &Folding) -> Vec<Sheet> {
    let at = |place: usize| leaves.get(place).copied().flatten();
    let (last, sheets) = (leaves.len() - 1, leaves.len() / LEAVES);
    let sheet = |outside: usize| Sheet {
        front: [at(last - 2 * outside), at(2 * outside)],
        back: [at(2 * outside + 1), at(last - 2 * outside - 1)],
        signature,
        is_innermost: outside + 1 == sheets,
        creep_mm: paper(outside, folding.thickness).min(folding.gutter),
    };
    (0..sheets).map(sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plan(pages: usize, folding: Folding) -> Vec<Sheet> {
        Plan::new(pages, &folding).expect("it can be folded").sheets
    }

    /// Pages from 1, as a binder writes them; a dot is a blank.
    fn written(sheets: &[Sheet]) -> String {
        let page = |page: Option<usize>| page.map_or(".".to_owned(), |page| (page + 1).to_string());
        let side = |[left, right]: [Option<usize>; 2]| format!("{} {}", page(left), page(right));
        sheets
            .iter()
            .map(|it| format!("{} | {}", side(it.front), side(it.back)))
            .collect::<Vec<_>>()
            .join(" // ")
    }

    #[test]
    fn sheets_hold_the_pages_that_a_binder_expects() {
        let folded = |sheets_per_signature, blanks_before_last| Folding {
            sheets_per_signature,
            blanks_before_last,
            ..Folding::default()
        };
        for (pages, folding, expected) in [
            (1, folded(0, 3), ". 1 | . ."),
            (2, folded(0, 3), "2 1 | . ."),
            (4, folded(0, 3), "4 1 | 2 3"),
            (5, folded(0, 3), "5 1 | 2 . // . 3 | 4 ."),
            (5, folded(0, 0), ". 1 | 2 . // . 3 | 4 5"),
            (7, folded(0, 1), "7 1 | 2 . // 6 3 | 4 5"),
            (8, folded(0, 3), "8 1 | 2 7 // 6 3 | 4 5"),
            (12, folded(2, 3), "8 1 | 2 7 // 6 3 | 4 5 // 12 9 | 10 11"),
            (12, folded(9, 3), "12 1 | 2 11 // 10 3 | 4 9 // 8 5 | 6 7"),
        ] {
            assert_eq!(written(&plan(pages, folding)), expected, "{pages} pages, {folding:?}");
        }
    }

    #[test]
    fn creep_is_the_paper_outside_and_ends_at_the_gutter() {
        let folding = Folding { thickness: 0.25, gutter: 0.6, sheets_per_signature: 4, ..Folding::default() };
        let creep = plan(20, folding).iter().map(|sheet| sheet.creep_mm).collect::<Vec<_>>();
        assert_eq!(creep, [0.0, 0.25, 0.5, 0.6, 0.0]);
    }

    #[test]
    fn what_cannot_be_folded_is_refused() {
        let office = Folding::default();
        for (pages, folding, expected) in [
            (0, office, Err(Misfit::NoPage)),
            (4, Folding { thickness: -0.1, ..office }, Err(Misfit::NoMeasure(-0.1))),
            (4, Folding { gutter: f64::INFINITY, ..office }, Err(Misfit::NoMeasure(f64::INFINITY))),
            (120, office, Ok(30)),
            (121, Folding { thickness: 0.125, ..office }, Err(Misfit::TooThick { stack: 3.875, sheets: 24 })),
            (121, Folding { thickness: 0.125, sheets_per_signature: 24, ..office }, Ok(31)),
            (4, Folding { thickness: 4.0, ..office }, Err(Misfit::TooThick { stack: 4.0, sheets: 0 })),
        ] {
            let sheets = Plan::new(pages, &folding).map(|plan| plan.sheets.len());
            assert_eq!(sheets, expected, "{pages} pages");
        }
    }

    /// Folds a signature in the hand: the sheets lie in a heap, the outermost at the bottom, their backs
    /// up; the left halves go over onto the right ones, which turns them and their order; then the heap is
    /// read from the top, each half first as it lies and then turned.
    fn read_in_the_hand(signature: &[Sheet]) -> Vec<Option<usize>> {
        struct Half {
            up: Option<usize>,
            down: Option<usize>,
        }
        let right = signature.iter().map(|sheet| Half { up: sheet.back[1], down: sheet.front[0] });
        let left = signature.iter().rev().map(|sheet| Half { up: sheet.front[1], down: sheet.back[0] });
        let heap = right.chain(left).collect::<Vec<_>>();
        heap.iter().rev().flat_map(|half| [half.up, half.down]).collect()
    }

    proptest! {
        #[test]
        fn a_folded_booklet_reads_from_the_first_page_to_the_last(
            pages in 1_usize..300, sheets_per_signature in 0_usize..40, blanks_before_last in 0_usize..5
        ) {
            let folding = Folding { sheets_per_signature, blanks_before_last, thickness: 0.0, gutter: 5.0 };
            let sheets = plan(pages, folding);
            let read = sheets
                .chunk_by(|a, b| a.signature == b.signature)
                .flat_map(read_in_the_hand)
                .collect::<Vec<_>>();
            prop_assert_eq!(read.len(), pages.next_multiple_of(4));
            prop_assert_eq!(read.iter().flatten().copied().collect::<Vec<_>>(), (0..pages).collect::<Vec<_>>());
            prop_assert_eq!(read[0], Some(0), "the front cover is the first page");
            if blanks_before_last >= 3 && pages > 1 {
                prop_assert_eq!(read[read.len() - 1], Some(pages - 1), "the back cover is the last page");
            }
        }

        #[test]
        fn a_leaf_holds_consecutive_pages_and_the_outermost_sheet_the_covers(
            pages in 2_usize..300, sheets_per_signature in 0_usize..40
        ) {
            let folding = Folding { sheets_per_signature, thickness: 0.0, ..Folding::default() };
            let sheets = plan(pages, folding);
            for sheet in &sheets {
                for (recto, verso) in [(sheet.front[1], sheet.back[0]), (sheet.back[1], sheet.front[0])] {
                    if let (Some(recto), Some(verso)) = (recto, verso) {
                        prop_assert_eq!(recto + 1, verso);
                    }
                }
            }
            prop_assert_eq!(sheets[0].front[1], Some(0));
            if sheets_per_signature == 0 {
                prop_assert_eq!(sheets[0].front[0], Some(pages - 1));
            }
        }

        #[test]
        fn inner_sheets_never_creep_less_than_outer_ones(
            pages in 1_usize..120, thickness in 0.0_f64..0.1, gutter in 0.0_f64..3.0
        ) {
            let sheets = plan(pages, Folding { thickness, gutter, ..Folding::default() });
            prop_assert!(sheets.is_sorted_by(|outer, inner| outer.creep_mm <= inner.creep_mm));
            prop_assert!(sheets.iter().all(|sheet| (0.0..=gutter).contains(&sheet.creep_mm)));
        }
    }
}
