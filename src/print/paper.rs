//! Lengths, areas and sheets of paper. A PDF counts in points from the lower left corner.

use crate::layout::SheetPaper;
use lopdf::Object;

/// Millimetres in points: an inch has 25.4 of the ones and 72 of the others.
pub const fn points(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

/// Points in millimetres.
pub const fn millimetres(points: f64) -> f64 {
    points * 25.4 / 72.0
}

/// What two pages may exceed a sheet by, in millimetres: a layout that rounds half a letter sheet
/// (139.7 mm) to 140 mm is still meant for it, and the fold hides as much.
const SLACK: f64 = 1.0;

/// Width and height in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From bottom to top.
    pub height: f64,
}

impl Size {
    const fn of_mm(width: f64, height: f64) -> Self {
        Self { width: points(width), height: points(height) }
    }

    /// In whole or tenth millimetres, as it is said to a person: `148 × 210 mm`.
    pub fn said(&self) -> String {
        let tenths = |length: f64| (millimetres(length) * 10.0).round() / 10.0;
        format!("{} × {} mm", tenths(self.width), tenths(self.height))
    }

    fn holds(&self, other: Self) -> bool {
        self.width + points(SLACK) >= other.width && self.height + points(SLACK) >= other.height
    }

    fn is_about(&self, other: Self) -> bool {
        self.holds(other) && other.holds(*self)
    }
}

/// A rectangle in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Lower edge.
    pub bottom: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
}

impl Area {
    /// The area of a PDF's rectangle, whose corners may come in any order.
    pub fn of_corners([a, b, c, d]: [f64; 4]) -> Self {
        Self { left: a.min(c), bottom: b.min(d), right: a.max(c), top: b.max(d) }
    }

    /// Its size.
    pub fn size(&self) -> Size {
        Size { width: self.right - self.left, height: self.top - self.bottom }
    }

    /// With every edge moved outwards.
    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, bottom: self.bottom - by, right: self.right + by, top: self.top + by }
    }

    /// The least distance of its edges from those of an area around it; 0 where it is not within.
    pub fn least_distance(&self, around: &Self) -> f64 {
        let distances = [
            self.left - around.left,
            self.bottom - around.bottom,
            around.right - self.right,
            around.top - self.top,
        ];
        distances.into_iter().fold(f64::INFINITY, f64::min).max(0.0)
    }

    /// As a rectangle of a PDF.
    pub fn object(&self) -> Object {
        Object::Array(
            [self.left, self.bottom, self.right, self.top].map(|edge| Object::from(rounded(edge))).into(),
        )
    }
}

/// A thousandth of a point is finer than any press.
fn rounded(length: f64) -> f64 {
    (length * 1000.0).round() / 1000.0
}

/// A length as a content stream writes it.
pub fn number(length: f64) -> String {
    // `-0` is a number too, but no one writes it
    (rounded(length) + 0.0).to_string()
}

/// A sheet that was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock {
    /// Its name for a person: `A4`, or its measures.
    pub name: String,
    /// Its size, lying.
    pub size: Size,
}

/// A paper that a shop has.
type Ream = (SheetPaper, &'static str, Size);

/// What is sold nearly everywhere, the smallest first.
const METRIC: [Ream; 2] =
    [(SheetPaper::A4, "A4", Size::of_mm(297.0, 210.0)), (SheetPaper::A3, "A3", Size::of_mm(420.0, 297.0))];

/// What is sold in North America, the smallest first.
const INCHES: [Ream; 2] = [
    (SheetPaper::Letter, "letter", Size::of_mm(279.4, 215.9)),
    (SheetPaper::Tabloid, "tabloid", Size::of_mm(431.8, 279.4)),
];

/// All papers. Where two of these pages are an American sheet, the club has American paper.
fn shelf(spread: Size) -> impl Iterator<Item = Ream> {
    let is_american = INCHES.iter().any(|(.., sheet)| sheet.is_about(spread));
    let (first, then) = if is_american { (INCHES, METRIC) } else { (METRIC, INCHES) };
    first.into_iter().chain(then)
}

/// The sheet for two pages of size `page`, with `room` points around both where it may be chosen: the
/// smallest that the club is likely to have.
///
/// # Errors
/// The sheet that was asked for, where two pages do not stand on it.
pub fn choose(wish: SheetPaper, page: Size, room: f64) -> Result<Stock, Stock> {
    let spread = Size { width: 2.0 * page.width, height: page.height };
    let roomy = Size { width: spread.width + 2.0 * room, height: spread.height + 2.0 * room };
    let stock = |name: &str, size| Stock { name: name.to_owned(), size };
    let shelf = shelf(spread);
    match wish {
        SheetPaper::Twice => Ok(stock(&roomy.said(), roomy)),
        SheetPaper::Auto => {
            let found = shelf.map(|(_, name, size)| stock(name, size)).find(|it| it.size.holds(roomy));
            Ok(found.unwrap_or_else(|| stock(&roomy.said(), roomy)))
        }
        SheetPaper::A4 | SheetPaper::A3 | SheetPaper::Letter | SheetPaper::Tabloid => {
            let named = shelf.filter(|(paper, ..)| *paper == wish).map(|(_, name, size)| stock(name, size));
            let sheet = named.last().unwrap_or_else(|| stock(&roomy.said(), roomy));
            if sheet.size.holds(spread) { Ok(sheet) } else { Err(sheet) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_the_smallest_that_holds_two_pages() {
        for (wish, width, height, room, expected) in [
            (SheetPaper::Auto, 148.0, 210.0, 0.0, Ok("A4")),
            (SheetPaper::Auto, 148.0, 210.0, 8.0, Ok("A3")),
            (SheetPaper::Auto, 139.7, 215.9, 0.0, Ok("letter")),
            (SheetPaper::Auto, 140.0, 216.0, 0.0, Ok("letter")),
            (SheetPaper::Auto, 139.7, 215.9, 8.0, Ok("tabloid")),
            (SheetPaper::Auto, 210.0, 210.0, 0.0, Ok("A3")),
            (SheetPaper::Auto, 215.0, 250.0, 0.0, Ok("tabloid")),
            (SheetPaper::Auto, 210.0, 297.0, 0.0, Ok("A3")),
            (SheetPaper::Auto, 215.9, 279.4, 0.0, Ok("tabloid")),
            (SheetPaper::Auto, 216.0, 303.0, 0.0, Ok("432 × 303 mm")),
            (SheetPaper::Twice, 148.0, 210.0, 8.0, Ok("312 × 226 mm")),
            (SheetPaper::A3, 148.0, 210.0, 0.0, Ok("A3")),
            (SheetPaper::A4, 148.0, 210.0, 8.0, Ok("A4")),
            (SheetPaper::A4, 139.7, 215.9, 0.0, Err("A4")),
            (SheetPaper::Letter, 148.0, 210.0, 0.0, Err("letter")),
        ] {
            let chosen = choose(wish, Size::of_mm(width, height), points(room));
            let name = chosen.as_ref().map(|it| it.name.as_str()).map_err(|it| it.name.as_str());
            assert_eq!(name, expected, "{wish:?} {width} × {height}, {room} mm around");
        }
    }

    #[test]
    fn numbers_are_short_and_never_a_negative_nothing() {
        for (length, expected) in
            [(0.0, "0"), (-0.0001, "0"), (1.0, "1"), (-8.503_937, "-8.504"), (0.25, "0.25")]
        {
            assert_eq!(number(length), expected);
        }
    }
}
