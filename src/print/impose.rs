//! Two pages on a sheet, for stitching through the fold.
//!
//! Each page becomes a form (ISO 32000-1, 8.10) that its sheet places: unscaled, upright, its trimmed edge
//! at the fold, cut off there. Sheets have no labels: those would need a font in the file, and page
//! numbers tell them apart.

use super::bindery::{Dialogue, Face, bind, write};
use super::original::{Original, Page, drawn};
use super::paper::{Area, Size, Stock, choose, number, points};
use super::signature::{Folding, Misfit, Plan, STITCH, Sheet};
use super::{fault, marks, provenance};
use crate::diag::{Code, Diagnostic};
use crate::layout::{Print, SheetPaper};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::fmt::Write;

/// How a booklet goes onto sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Imposition {
    /// The sheet.
    pub sheet: SheetPaper,
    /// How the sheets are gathered.
    pub folding: Folding,
    /// Whether the fold is marked: above and below the pages where there is room, and otherwise in the
    /// gutter of each signature's innermost sheet, which lies on top when it is folded.
    pub fold_marks: bool,
    /// Whether the corners are marked for the cut, where the sheet has room.
    pub trim_marks: bool,
}

impl From<&Print> for Imposition {
    fn from(print: &Print) -> Self {
        let folding = Folding {
            sheets_per_signature: print.sheets_per_signature,
            thickness: print.thickness,
            ..Folding::default()
        };
        Self { sheet: print.sheet, folding, fold_marks: print.fold_marks, trim_marks: print.trim_marks }
    }
}

/// A booklet on sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Imposed {
    /// The PDF: front and back of each sheet, in the order of printing.
    pub pdf: Vec<u8>,
    /// Which page stands where.
    pub plan: Plan,
    /// The sheet for a person: `A4`, or its measures.
    pub sheet: String,
    /// What could not be done as it was asked for.
    pub warnings: Vec<Diagnostic>,
}

/// Puts a booklet on sheets.
///
/// # Errors
/// [`Code::Print`] where the bytes are no booklet, its pages differ in size, two of them do not stand on
/// the sheet, or there is more paper than one stitch holds ([`Misfit::TooThick`]).
pub fn impose(booklet: &[u8], order: &Imposition) -> Result<Imposed, Diagnostic> {
    let mut original = Original::open(booklet)?;
    let plan =
        Plan::new(original.pages.len(), &order.folding).map_err(|misfit| refusal(misfit, &order.folding))?;
    let table = Table::lay(&original, order)?;
    original.redraw_forms(|_, _, operations| operations)?;
    let Original { mut document, pages, imprint, hash } = original;
    let forms = forms(&mut document, &pages, table.bleed)?;
    let faces = plan.sheets.iter().flat_map(|sheet| {
        let front = table.face(sheet, sheet.front, &pages, &forms, false);
        [front, table.face(sheet, sheet.back, &pages, &forms, sheet.is_innermost)]
    });
    let faces = faces.collect();
    bind(&mut document, faces, &imprint, &provenance(&hash, order), Dialogue::for_sheet(table.stock.size))?;
    Ok(Imposed { pdf: write(document)?, plan, sheet: table.stock.name.clone(), warnings: table.warnings })
}

fn refusal(misfit: Misfit, folding: &Folding) -> Diagnostic {
    let Folding { thickness, .. } = folding;
    match misfit {
        Misfit::NoPage => fault("the booklet has no page"),
        Misfit::NoMeasure(measure) => fault(format!("{measure} mm is no thickness of paper"))
            .hint("write the thickness of one sheet in millimetres; office paper has 0.1"),
        Misfit::TooThick { stack, sheets: 0 } => {
            fault(format!("paper of {thickness} mm is too thick to be stitched: {stack:.1} mm, and a staple holds {STITCH} mm"))
                .hint("write the thickness of one sheet in millimetres; office paper has 0.1")
        }
        Misfit::TooThick { stack, sheets } => {
            fault(format!("the booklet is too thick for one stitch: {stack:.1} mm of paper, and a staple holds {STITCH} mm"))
                .hint(format!("divide it into signatures: `sheets_per_signature: {sheets}` or less; or take thinner paper"))
        }
    }
}

/// The sheet as it lies before the binder.
struct Table {
    stock: Stock,
    /// Size of a trimmed page.
    page: Size,
    /// Ink beyond the cut.
    bleed: f64,
    fold_marks: FoldMarks,
    trim_marks: bool,
    warnings: Vec<Diagnostic>,
}

#[derive(Clone, Copy, PartialEq)]
enum FoldMarks {
    None,
    /// In the white around the pages.
    Outside,
    /// In the gutter of innermost sheets.
    Inside,
}

impl Table {
    fn lay(original: &Original, order: &Imposition) -> Result<Self, Diagnostic> {
        let (page, bleed) = (original.trim().size(), original.bleed());
        let mark = bleed + points(marks::OFFSET + marks::LENGTH);
        // without trim marks the sheet's own edges are those of the booklet, and its bleed falls away
        let room = if order.trim_marks { mark } else { 0.0 };
        let stock = choose(order.sheet, page, room).map_err(|sheet| too_small(&sheet, page))?;
        let above = (stock.size.height - page.height) / 2.0;
        let beside = stock.size.width / 2.0 - page.width;
        let mut warnings = Vec::new();
        let trim_marks = order.trim_marks && above.min(beside) >= mark;
        if order.trim_marks && !trim_marks {
            let message = format!(
                "the {} sheet has no room for trim marks around two pages of {}",
                stock.name,
                page.said()
            );
            let warning = Diagnostic::warning(Code::Print, message);
            warnings.push(warning.hint("take a larger sheet (`sheet: a3`), or leave `trim_marks` out"));
        }
        let fold_marks = match order.fold_marks {
            false => FoldMarks::None,
            true if above >= mark => FoldMarks::Outside,
            true => FoldMarks::Inside,
        };
        Ok(Self { stock, page, bleed, fold_marks, trim_marks, warnings })
    }

    /// Where the halves of a sheet end after the cut.
    fn trim(&self, creep: f64) -> Area {
        let (fold, middle) = (self.stock.size.width / 2.0, self.stock.size.height / 2.0);
        Area {
            left: fold - self.page.width + creep,
            bottom: middle - self.page.height / 2.0,
            right: fold + self.page.width - creep,
            top: middle + self.page.height / 2.0,
        }
    }

    fn face(
        &self,
        sheet: &Sheet,
        halves: [Option<usize>; 2],
        pages: &[Page],
        forms: &[ObjectId],
        is_on_top: bool,
    ) -> Face {
        let fold = self.stock.size.width / 2.0;
        let creep = points(sheet.creep_mm);
        let trim = self.trim(creep);
        let seen = trim.grown(self.bleed);
        let mut content = String::new();
        let mut placed = Dictionary::new();
        for (half, number) in [Half::Left, Half::Right].into_iter().zip(halves) {
            let found = number.and_then(|number| Some((number + 1, pages.get(number)?, *forms.get(number)?)));
            let Some((number, page, form)) = found else { continue };
            let (window, left) = match half {
                Half::Left => (Area { right: fold, ..seen }, trim.left),
                Half::Right => (Area { left: fold, ..seen }, trim.right - self.page.width),
            };
            let name = format!("P{number}");
            place(&mut content, &name, window, [left - page.trim.left, trim.bottom - page.trim.bottom]);
            placed.set(name, form);
        }
        let offset = self.bleed + points(marks::OFFSET);
        if self.trim_marks {
            content += &marks::corners(&trim, offset);
        }
        match self.fold_marks {
            FoldMarks::Outside => content += &marks::fold(fold, &trim, offset),
            FoldMarks::Inside if is_on_top => content += &marks::inner_fold(fold, &trim),
            FoldMarks::Inside | FoldMarks::None => {}
        }
        let Size { width, height } = self.stock.size;
        Face {
            media: Area { left: 0.0, bottom: 0.0, right: width, top: height },
            boxes: Vec::new(),
            resources: dictionary! { "XObject" => placed },
            content: content.into_bytes(),
            group: None,
        }
    }
}

#[derive(Clone, Copy)]
enum Half {
    Left,
    Right,
}

fn too_small(sheet: &Stock, page: Size) -> Diagnostic {
    let (name, size, page) = (&sheet.name, sheet.size.said(), page.said());
    fault(format!("two pages of {page} do not stand on a sheet of {name} ({size})"))
        .hint("leave `sheet` out, and the right one is taken; or choose a larger one")
}

/// Draws the form `name`, moved by `shift`, as far as it lies in `window`.
fn place(content: &mut String, name: &str, window: Area, shift: [f64; 2]) {
    let Size { width, height } = window.size();
    // writing into a String cannot fail
    let _ = writeln!(
        content,
        "q\n{} {} {} {} re W n\n1 0 0 1 {} {} cm\n/{name} Do\nQ",
        number(window.left),
        number(window.bottom),
        number(width),
        number(height),
        number(shift[0]),
        number(shift[1]),
    );
}

/// Makes each page a form, which sheets can place. Equal resources are stored once.
fn forms(document: &mut Document, pages: &[Page], bleed: f64) -> Result<Vec<ObjectId>, Diagnostic> {
    let mut shared: Vec<(Dictionary, ObjectId)> = Vec::new();
    let mut forms = Vec::new();
    for page in pages {
        let known = shared.iter().find(|(resources, _)| *resources == page.resources).map(|(_, id)| *id);
        let resources = known.unwrap_or_else(|| {
            let id = document.add_object(page.resources.clone());
            shared.push((page.resources.clone(), id));
            id
        });
        // what a page draws outside its paper, no one has seen yet
        let seen = page.trim.grown(bleed.min(page.trim.least_distance(&page.media)));
        let mut form = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => seen.object(), "Resources" => resources
        };
        if let Some(group) = &page.group {
            form.set("Group", group.clone());
        }
        let stream = drawn(form, page.operations.clone())?;
        forms.push(document.add_object(Object::Stream(stream)));
    }
    Ok(forms)
}
