//! Typesets a book: lays it out, proof-reads its pages, and lays it out again with corrections.

use super::Workshop;
use crate::book::Book;
use crate::diag::Diagnostic;
use crate::layout::Printing;
use crate::pdf::{self, Booklet, Commission, Fault, ProjectFile};

/// So often a booklet is laid out again with corrections.
const PASSES: usize = 2;

/// A booklet as well as it can be set.
pub struct Typeset {
    /// The booklet.
    pub booklet: Booklet,
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
    pub fn typeset(&self, book: &Book) -> Result<Typeset, Vec<Diagnostic>> {
        let printing = Printing::default();
        let booklet = self.commission(book, &printing).lay_out()?;
        let faults = booklet.faults(book);
        let mut best = Typeset { booklet, faults, printing };
        for _ in 0..PASSES {
            let hints = pdf::corrections(&self.commission(book, &best.printing), &best.booklet);
            if hints == best.printing.hints {
                break;
            }
            let printing = Printing { hints, ..best.printing.clone() };
            let booklet = self.commission(book, &printing).lay_out()?;
            let faults = booklet.faults(book);
            if pdf::weight(&faults) >= pdf::weight(&best.faults) {
                break;
            }
            best = Typeset { booklet, faults, printing };
        }
        Ok(best)
    }

    /// The files of a Typst project that gives the booklet as `build` does.
    ///
    /// # Errors
    /// Where the layout does not compile.
    pub fn project(&self, book: &Book) -> Result<Vec<ProjectFile>, Vec<Diagnostic>> {
        let typeset = self.typeset(book)?;
        self.commission(book, &typeset.printing).project().map_err(|error| vec![error])
    }

    /// What the typesetter gets.
    pub fn commission<'a>(&'a self, book: &'a Book, printing: &'a Printing) -> Commission<'a> {
        Commission { book, printing, layout: self.layout(), fonts: &self.fonts, pictures: &[] }
    }
}
