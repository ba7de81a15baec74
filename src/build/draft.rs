//! A booklet while its dossier is being written: laid out once, as it comes, and drawn page by page.
//!
//! What `build` stores may be set a little otherwise: it tries small corrections until its pages come out right,
//! which takes longer than a person likes to wait for a word to appear.

use super::eject::with_first;
use super::plan::Plan;
use super::{Job, Order, in_parallel};
use crate::diag::{Code, Diagnostic};
use crate::pdf::Booklet;
use crate::picture;

/// A booklet, laid out as it comes.
pub struct Draft {
    title: String,
    language: String,
    booklet: Booklet,
}

/// Lays out the first edition that is ordered of the first dossier, without the corrections that `build` tries.
///
/// # Errors
/// Where the dossier cannot be read or the layout does not compile.
pub fn draft(order: &Order) -> Result<Draft, Vec<Diagnostic>> {
    let lay_out = |_: usize, (): &()| {
        with_first(order, |press| {
            let (title, language) = press.title_and_language();
            Ok(Draft { title, language, booklet: press.draft()? })
        })
    };
    // on a thread that is deep enough for typst
    let drafted = in_parallel(&[()], 1, lay_out).pop();
    drafted.and_then(Result::transpose).unwrap_or_else(|| {
        Err(vec![Diagnostic::error(Code::File, "there is nothing to lay out").hint("check the name")])
    })
}

/// The dossiers that an order is about, in its order.
///
/// # Errors
/// Where there is none, or the season is broken.
pub fn dossiers(order: &Order) -> Result<Vec<Job>, Vec<Diagnostic>> {
    Plan::of(order).map(|plan| plan.jobs)
}

impl Draft {
    /// The film's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The language of the dossier, as a tag: `en`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// How many pages it has.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.booklet.pages()
    }

    /// Width and height of a page, from 0, in points.
    #[must_use]
    pub fn size(&self, page: usize) -> Option<(f64, f64)> {
        self.booklet.page_size(page)
    }

    /// A figure that differs for pages that look otherwise.
    #[must_use]
    pub fn fingerprint(&self, page: usize) -> Option<u128> {
        self.booklet.fingerprint(page)
    }

    /// A page, from 0, so many pixels wide, as a PNG file; `None` where there is no such page.
    ///
    /// # Errors
    /// Where it cannot be encoded.
    pub fn picture(&self, page: usize, width: u32) -> Result<Option<Vec<u8>>, Diagnostic> {
        let pixels = self.booklet.picture(page, width);
        pixels.map(|pixels| picture::quick_png(pixels.width, pixels.height, &pixels.rgba)).transpose()
    }
}
