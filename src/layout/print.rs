//! How the booklets of a season come onto paper: the key `print` of season.yaml.
//!
//! ```yaml
//! print: { sheet: a4, thickness: 0.1, sheets_per_signature: 0, fold_marks: true, trim_marks: false, crop_marks: true }
//! ```
//!
//! Every key may be left out.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Thickness of the paper, in millimetres, where season.yaml says none: office paper of 80 g/m².
pub const OFFICE_PAPER: f64 = 0.1;

/// The thickest paper that is taken, in millimetres: board of about 500 g/m². More is a slip of the point.
const BOARD: f64 = 0.6;

/// What season.yaml says about paper.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Print {
    /// The sheet on which two pages of a stitched booklet stand.
    pub sheet: SheetPaper,
    /// How thick one sheet is, in millimetres, from 0 to 0.6; 0 means that nothing is moved for it.
    #[serde(deserialize_with = "thickness")]
    pub thickness: f64,
    /// After how many sheets a new signature begins; 0 stitches them all together.
    pub sheets_per_signature: usize,
    /// Whether the fold of imposed sheets is marked.
    pub fold_marks: bool,
    /// Whether the corners of imposed sheets are marked for the guillotine.
    pub trim_marks: bool,
    /// Whether single pages for a print shop carry crop marks.
    pub crop_marks: bool,
}

impl Default for Print {
    fn default() -> Self {
        Self {
            sheet: SheetPaper::Auto,
            thickness: OFFICE_PAPER,
            sheets_per_signature: 0,
            fold_marks: true,
            trim_marks: false,
            crop_marks: true,
        }
    }
}

/// A sheet, always lying on its side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetPaper {
    /// The first of the four below that holds two pages, those in inches first where two pages are one
    /// of them; where none does, [`SheetPaper::Twice`].
    #[default]
    Auto,
    /// 297 by 210 mm.
    A4,
    /// 420 by 297 mm.
    A3,
    /// 11 by 8.5 inches.
    Letter,
    /// 17 by 11 inches.
    Tabloid,
    /// Exactly two pages, and the marks around them.
    Twice,
}

fn thickness<'de, D: Deserializer<'de>>(value: D) -> Result<f64, D::Error> {
    let thickness = f64::deserialize(value)?;
    if (0.0..=BOARD).contains(&thickness) {
        return Ok(thickness);
    }
    Err(D::Error::custom(format!(
        "thickness is that of one sheet in millimetres, from 0 to {BOARD} (office paper has {OFFICE_PAPER}), and not {thickness}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_as_on_a_desktop_printer() {
        let print: Print = serde_yaml::from_str("{ sheet: a4, thickness: 0.12 }").expect("it is right");
        assert_eq!(print, Print { sheet: SheetPaper::A4, thickness: 0.12, ..Print::default() });
    }

    #[test]
    fn what_no_paper_is_gets_named() {
        for (text, named) in [
            ("thickness: 10", "from 0 to 0.6"),
            ("thickness: -0.1", "from 0 to 0.6"),
            ("thickness: .nan", "from 0 to 0.6"),
            ("sheet: a5", "unknown variant `a5`, expected one of `auto`, `a4`"),
            ("sheets_per_signature: -1", "expected usize"),
            ("staples: 2", "unknown field `staples`"),
        ] {
            let error = serde_yaml::from_str::<Print>(text).expect_err("it is wrong").to_string();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
