//! What one printing asks of a layout: the file `printing.json` beside the book, and the hints of
//! `corrections.json`.
//!
//! The book says what is printed; this says how: on which paper, with which edge, and with which
//! small corrections the pages come out right.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one printing asks of a layout.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Printing {
    /// The paper: a key of the layout's `papers`; the layout's own choice where it is `None`.
    pub paper: Option<String>,
    /// Ink beyond the trimmed edge, in millimetres.
    pub bleed: f64,
    /// Whether ruled pages bring the number of pages to a multiple of four.
    pub pad: bool,
    /// Whether everything is printed in greys.
    pub grey: bool,
    /// Whether there is an index.
    pub index: IndexWish,
    /// Corrections of the whole text.
    pub fit: Fit,
    /// Corrections of single leaves, or of whole chapters, by their ids; they stand in a file of their own.
    #[serde(skip)]
    pub hints: BTreeMap<String, Hint>,
}

/// Whether an index is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IndexWish {
    /// From 16 pages on.
    #[default]
    Auto,
    /// Always.
    Yes,
    /// Never.
    No,
}

/// Corrections of the whole text, by which it fills the sheets.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// The leading as a multiple of the layout's: 0.98 to 1.02.
    pub leading: f64,
    /// Letterspacing of the running text, in em: −0.01 to 0.01.
    pub tracking: f64,
    /// Lines that the opening of the last chapter is moved down.
    pub last: f64,
}

impl Default for Fit {
    fn default() -> Self {
        Self { leading: 1.0, tracking: 0.0, last: 0.0 }
    }
}

/// A correction of one leaf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hint {
    /// Letterspacing of its text, in em; below 0 it becomes shorter.
    #[serde(skip_serializing_if = "is_zero")]
    pub tracking: f64,
    /// Whether it begins on a new page.
    #[serde(rename = "break", skip_serializing_if = "std::ops::Not::not")]
    pub carried_over: bool,
    /// Whether its last two words stay on one line.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub together: bool,
    /// Lines that the text of the chapter whose title it is begins lower than usual, or higher.
    #[serde(skip_serializing_if = "is_level")]
    pub sink: i8,
    /// Half lines of white above it, besides what stands there.
    #[serde(skip_serializing_if = "is_none")]
    pub above: u8,
    /// Lines that the page on which it begins is left shorter, so that facing pages are of equal depth.
    #[serde(skip_serializing_if = "is_none")]
    pub short: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde calls")]
fn is_none(value: &u8) -> bool {
    *value == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde calls")]
fn is_level(value: &i8) -> bool {
    *value == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde calls")]
fn is_zero(value: &f64) -> bool {
    value.abs() < f64::EPSILON
}

impl Default for Printing {
    fn default() -> Self {
        Self {
            paper: None,
            bleed: 0.0,
            pad: true,
            grey: false,
            index: IndexWish::Auto,
            fit: Fit::default(),
            hints: BTreeMap::new(),
        }
    }
}
