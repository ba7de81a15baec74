//! Typesets a book: lays it out, brings it to whole sheets where that is wanted, proof-reads its pages,
//! and lays it out again with corrections.

use crate::diag::Diagnostic;
use crate::layout::{Fit, Printing};
use crate::pdf::{self, Booklet, Casebook, Commission, Fault, Mender, Sheets};
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

impl Typeset {
    /// Lays a book out, and again with corrections where its pages have faults.
    ///
    /// # Errors
    /// Where the layout does not compile.
    pub fn of(
        commission: &Commission<'_>,
        fitting: Fitting,
        casebook: &dyn Casebook,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut best = set(commission, commission.printing.clone())?;
        if fitting == Fitting::Sheets {
            best = fitted(commission, best)?;
        }
        let mut mender = Mender::new(casebook);
        for _ in 0..PASSES {
            let now = Commission { printing: &best.printing, ..*commission };
            let hints = mender.corrections(&now, &best.booklet);
            if hints == best.printing.hints {
                break;
            }
            let next = set(commission, Printing { hints, ..best.printing.clone() })?;
            if pdf::weight(&next.faults) >= pdf::weight(&best.faults) {
                break;
            }
            best = Self { sheets: next.sheets.after(&best.sheets), ..next };
        }
        Ok(best)
    }
}

fn set(commission: &Commission<'_>, printing: Printing) -> Result<Typeset, Vec<Diagnostic>> {
    let commission = Commission { printing: &printing, ..*commission };
    let booklet = commission.lay_out()?;
    let (sheets, faults) = (booklet.sheets(commission.book), booklet.faults(commission.book));
    Ok(Typeset { booklet, sheets, faults, printing })
}

/// Looks for the gentlest setting that fills the sheets with text: one that saves the pages that are
/// too many, or one that fills those that would be blank, whichever is nearer.
fn fitted(commission: &Commission<'_>, first: Typeset) -> Result<Typeset, Vec<Diagnostic>> {
    if first.sheets.is_full() {
        return Ok(first);
    }
    for fit in settings(&first.sheets) {
        let next = set(commission, Printing { fit, ..first.printing.clone() })?;
        if next.sheets.is_full() {
            return Ok(Typeset { sheets: next.sheets.fitted(&first.sheets), ..next });
        }
    }
    Ok(Typeset { sheets: first.sheets.unfitted(), ..first })
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
