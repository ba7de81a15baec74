//! Single pages for a print shop: where they are cut, with greys as black ink.
//!
//! # PDF/X-4 (ISO 15930-7)
//!
//! Met: `TrimBox` and `BleedBox` on every page, within `MediaBox`; fonts inside (or the booklet is
//! refused); no notes, links, forms or scripts; no encryption; `Trapped`, title and dates; identifiers;
//! live transparency, which it allows.
//!
//! Not met, and therefore not claimed: there is no output intent, for only the print shop knows its
//! press and paper; colours in red, green and blue are not separated; `GTS_PDFXVersion` is not written.
//! A print shop adds all three when it sends the file to its press.

use super::bindery::{Dialogue, Face, bind, write};
use super::ink::{Colours, blacken, blacken_pictures, coloured_pictures};
use super::original::{Original, Page};
use super::paper::{Area, Size, millimetres, number, points};
use super::preflight::{fonts_outside, is_see_through};
use super::{fault, marks, provenance};
use crate::diag::{Code, Diagnostic};
use crate::layout::Print;
use lopdf::content::Content;

/// White outside crop marks, in millimetres.
const MARGIN: f64 = 1.0;

/// The least bleed that print shops take, in millimetres: paper slips as much under the guillotine.
const LEAST_BLEED: f64 = 3.0;

/// How a booklet goes to a print shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// Whether the paper is enlarged and crop marks stand on it.
    pub crop_marks: bool,
    /// Whether greys become black ink.
    pub pure_black: bool,
}

impl Default for Press {
    fn default() -> Self {
        Self { crop_marks: true, pure_black: true }
    }
}

impl From<&Print> for Press {
    fn from(print: &Print) -> Self {
        Self { crop_marks: print.crop_marks, pure_black: true }
    }
}

/// A booklet for a print shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Pressed {
    /// The PDF: a page on each sheet, in reading order.
    pub pdf: Vec<u8>,
    /// Ink beyond the cut, in millimetres.
    pub bleed_mm: f64,
    /// What the print shop should be told, or what should be mended first.
    pub warnings: Vec<Diagnostic>,
}

/// Makes a booklet ready for a print shop. It should have bleed: in Typst, `page(bleed: 3mm)`.
///
/// # Errors
/// [`Code::Print`] where the bytes are no booklet, its pages differ in size, or a font is not inside.
pub fn press(booklet: &[u8], order: &Press) -> Result<Pressed, Diagnostic> {
    let mut original = Original::open(booklet)?;
    let bleed = original.bleed();
    let mut colours = Colours::default();
    if order.pure_black {
        original.redraw_forms(|document, resources, operations| {
            blacken(document, resources, operations, &mut colours)
        })?;
        blacken_pictures(&mut original.document);
    } else {
        original.redraw_forms(|_, _, operations| operations)?;
    }
    let Original { mut document, mut pages, imprint, hash } = original;
    if order.pure_black {
        for page in &mut pages {
            let operations = std::mem::take(&mut page.operations);
            page.operations = blacken(&document, &mut page.resources, operations, &mut colours);
        }
    }
    let faces =
        pages.into_iter().map(|page| face(page, bleed, order.crop_marks)).collect::<Result<_, _>>()?;
    bind(&mut document, faces, &imprint, &provenance(&hash, order), Dialogue::Usual)?;

    let outside = fonts_outside(&document);
    if !outside.is_empty() {
        return Err(fault(format!("not in the file, but needed, are the fonts {}", outside.join(", ")))
            .hint("build the booklet again with bookify, which puts every font into the file"));
    }
    colours.rgb += coloured_pictures(&document);
    let mut warnings = short_bleed(bleed).into_iter().collect::<Vec<_>>();
    warnings.extend(to_be_told(*order, &colours, is_see_through(&document)));
    Ok(Pressed { pdf: write(document)?, bleed_mm: millimetres(bleed), warnings })
}

fn short_bleed(bleed: f64) -> Option<Diagnostic> {
    // a hundredth of a millimetre is rounding
    let found = (millimetres(bleed) * 100.0).round() / 100.0;
    (found < LEAST_BLEED).then(|| {
        let message = format!(
            "the booklet has {found} mm of ink beyond the cut, and print shops want {LEAST_BLEED} mm"
        );
        Diagnostic::warning(Code::Print, message)
            .hint("make it with `bleed: 3`; without, colour that reaches the edge may end before it")
    })
}

fn to_be_told(order: Press, colours: &Colours, is_see_through: bool) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    if order.pure_black && colours.rgb > 0 {
        let message =
            "greys are black ink; colours stay in red, green and blue, and the press separates them";
        notes.push(Diagnostic::note(Code::Print, message));
    }
    if is_see_through {
        let message = "something on the pages is see-through: PDF/X-4 takes that, PDF/X-1a and X-3 do not";
        notes.push(Diagnostic::note(Code::Print, message));
    }
    notes
}

/// A page with its boxes. Its coordinates stay, since patterns hang on them: the paper may begin below 0.
fn face(page: Page, bleed: f64, crop_marks: bool) -> Result<Face, Diagnostic> {
    let Page { trim, resources, operations, group, .. } = page;
    let inked = trim.grown(bleed);
    let around = if crop_marks { points(marks::OFFSET + marks::LENGTH + MARGIN) } else { 0.0 };
    let drawn = Content { operations }
        .encode()
        .map_err(|cause| fault(format!("a page cannot be written: {cause}")))?;
    let mut content = clip(&inked).into_bytes();
    content.extend(drawn);
    content.extend(b"\nQ\n");
    if crop_marks {
        content.extend(marks::corners(&trim, bleed + points(marks::OFFSET)).into_bytes());
    }
    Ok(Face {
        media: inked.grown(around),
        boxes: vec![("BleedBox", inked), ("TrimBox", trim)],
        resources,
        content,
        group,
    })
}

/// Nothing is seen of what a page draws beyond its bleed.
fn clip(inked: &Area) -> String {
    let Size { width, height } = inked.size();
    format!(
        "q\n{} {} {} {} re W n\n",
        number(inked.left),
        number(inked.bottom),
        number(width),
        number(height)
    )
}
