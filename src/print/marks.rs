//! Hairlines that show where to cut and where to fold, as operators of a content stream. They are pure
//! black, not on all colours of a press: a single sheet has nothing to be brought into register.

use super::paper::{Area, number, points};
use std::fmt::Write;

/// How far from the bleed a mark begins, in millimetres: a cut that is off by less shows none of it.
pub const OFFSET: f64 = 3.0;

/// Length of a mark in millimetres.
pub const LENGTH: f64 = 5.0;

/// Length in millimetres of a fold mark within the page: desktop printers leave about 4 mm at the edge
/// white, so that 2 mm are seen.
const INNER_LENGTH: f64 = 6.0;

/// A hairline has a quarter of a point.
const HAIRLINE: f64 = 0.25;

/// Eight strokes at the corners of the trimmed area `trim`, which begin `offset` points outside it.
pub fn corners(trim: &Area, offset: f64) -> String {
    let (near, far) = (offset, offset + points(LENGTH));
    let mut strokes = pen("[] 0 d");
    for y in [trim.bottom, trim.top] {
        stroke(&mut strokes, [trim.left - far, y], [trim.left - near, y]);
        stroke(&mut strokes, [trim.right + near, y], [trim.right + far, y]);
    }
    for x in [trim.left, trim.right] {
        stroke(&mut strokes, [x, trim.bottom - far], [x, trim.bottom - near]);
        stroke(&mut strokes, [x, trim.top + near], [x, trim.top + far]);
    }
    strokes + "Q\n"
}

/// Two dashed strokes on the fold at `x`, which begin `offset` points above and below the trimmed area.
pub fn fold(x: f64, trim: &Area, offset: f64) -> String {
    let (near, far) = (offset, offset + points(LENGTH));
    dashed([[trim.bottom - far, trim.bottom - near], [trim.top + near, trim.top + far]], x)
}

/// Two dashed strokes on the fold at `x` within the trimmed area, where a sheet has no room outside it.
pub fn inner_fold(x: f64, trim: &Area) -> String {
    let length = points(INNER_LENGTH);
    dashed([[trim.bottom, trim.bottom + length], [trim.top - length, trim.top]], x)
}

fn dashed(strokes: [[f64; 2]; 2], x: f64) -> String {
    let mut drawn = pen("[2 1] 0 d");
    for [from, to] in strokes {
        stroke(&mut drawn, [x, from], [x, to]);
    }
    drawn + "Q\n"
}

fn pen(dashes: &str) -> String {
    format!("q\n{HAIRLINE} w 0 J {dashes} 0 G\n")
}

fn stroke(strokes: &mut String, [x, y]: [f64; 2], [to_x, to_y]: [f64; 2]) {
    // writing into a String cannot fail
    let _ = writeln!(strokes, "{} {} m {} {} l S", number(x), number(y), number(to_x), number(to_y));
}
