//! Typesets a book: lays it out, brings it to whole sheets where that is wanted, proof-reads its pages,
//! and lays it out again with corrections.

use super::workshop::Workshop;
use crate::book::Book;
use crate::diag::Diagnostic;
use crate::layout::{Fit, Layout, Printing};
use crate::pdf::{self, Booklet, Commission, Fault, Sheets};
use crate::season::Fitting;

/// So often a booklet is laid out again with corrections.
const PASSES: usize = 2;

/// A booklet as well as it can be set.
pub struct Typeset {
    /// The booklet.
    pub booklet: Booklet,
    /// How its pages fill the sheets.
    pub sheets: Sheets,
    /// What is still wrong with its pages.
    pub faults: Vec<Fault>,
    /// How it was printed.
    pub printing: Printing,
}

impl Workshop {
    /// Lays a book out, and again with corrections where its pages have faults.
    ///
    /// # Errors
    /// Where the layout does not compile.
    pub fn typeset(
        &self,
        book: &Book,
        layout: &Layout,
        printing: Printing,
        fitting: Fitting,
    ) -> Result<Typeset, Vec<Diagnostic>> {
        let mut best = self.set(book, layout, printing)?;
        if fitting == Fitting::Sheets {
            best = self.fitted(book, layout, best)?;
        }
        for _ in 0..PASSES {
            let hints = pdf::corrections(&self.commission(book, layout, &best.printing), &best.booklet);
            if hints == best.printing.hints {
                break;
            }
            let next = self.set(book, layout, Printing { hints, ..best.printing.clone() })?;
            if pdf::weight(&next.faults) >= pdf::weight(&best.faults) {
                break;
            }
            best = Typeset { sheets: next.sheets.after(&best.sheets), ..next };
        }
        Ok(best)
    }

    fn set(&self, book: &Book, layout: &Layout, printing: Printing) -> Result<Typeset, Vec<Diagnostic>> {
        let booklet = self.commission(book, layout, &printing).lay_out()?;
        let (sheets, faults) = (booklet.sheets(book), booklet.faults(book));
        Ok(Typeset { booklet, sheets, faults, printing })
    }

    /// Looks for the gentlest setting that fills the sheets with text: one that saves the pages that
    /// are too many, or one that fills those that would be blank, whichever is nearer.
    fn fitted(&self, book: &Book, layout: &Layout, first: Typeset) -> Result<Typeset, Vec<Diagnostic>> {
        if first.sheets.is_full() {
            return Ok(first);
        }
        for fit in settings(&first.sheets) {
            let next = self.set(book, layout, Printing { fit, ..first.printing.clone() })?;
            if next.sheets.is_full() {
                return Ok(Typeset { sheets: next.sheets.fitted(&first.sheets), ..next });
            }
        }
        Ok(Typeset { sheets: first.sheets.unfitted(), ..first })
    }

    /// What the typesetter gets.
    pub fn commission<'a>(
        &'a self,
        book: &'a Book,
        layout: &'a Layout,
        printing: &'a Printing,
    ) -> Commission<'a> {
        Commission { book, printing, layout, fonts: &self.fonts, pictures: &[] }
    }
}

/// The settings that are tried, the gentlest first. Letters move by at most a hundredth of an em and
/// lines by at most a fiftieth: less than a reader sees from one page to the next.
fn settings(sheets: &Sheets) -> Vec<Fit> {
    let fit = |leading: f64, tracking: f64, last: f64| Fit { leading, tracking, last };
    let save = [
        fit(1.0, -0.003, 0.0),
        fit(1.0, -0.006, 0.0),
        fit(0.99, -0.003, 0.0),
        fit(1.0, -0.01, 0.0),
        fit(0.98, -0.006, 0.0),
        fit(0.98, -0.01, 0.0),
    ];
    let fill = [
        fit(1.0, 0.0, 4.0),
        fit(1.0, 0.004, 0.0),
        fit(1.01, 0.004, 0.0),
        fit(1.0, 0.008, 2.0),
        fit(1.02, 0.006, 0.0),
        fit(1.02, 0.01, 4.0),
    ];
    // one page too many is sooner saved than three are filled
    if sheets.pages_over() <= 2 { [save, fill].concat() } else { [fill, save].concat() }
}
