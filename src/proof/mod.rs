//! The proof: one page of HTML that shows an editor how a pasted dossier was understood, the source on
//! the left, what became of it on the right.
//!
//! The page needs nothing but itself: no server, no network, no other file. Text of a dossier never
//! becomes markup ([`html`]), and what it may load is forbidden once more by its own policy.

mod chapter;
mod diff;
mod marks;
mod overview;
mod page;
mod piece;
mod pin;
mod raw;
mod rows;
#[cfg(test)]
mod tests;

use crate::diag::Diagnostic;
use crate::html;
use crate::ingest::Recovered;
use crate::scheme::Scheme;
use chapter::Found;
use piece::Pieces;
use raw::Raw;

/// The page: a whole HTML file.
pub fn page(recovered: &Recovered, scheme: &Scheme, warnings: &[Diagnostic]) -> String {
    let Recovered { dossier, source, .. } = recovered;
    let marks = marks::marks(&recovered.edits, source);
    let found = chapters(recovered, scheme);
    let pieces = Pieces {
        language: &dossier.language,
        chapters: dossier.chapters.iter().map(|chapter| &chapter.id).collect(),
    };
    let header = overview::header(dossier, source, &marks);
    let raw = Raw::new(source, marks, &dossier.language);
    let columns = page::columns(&rows::parts(dossier, source), &found, &raw, &pieces, source);
    let body = page::body(
        [page::skip(), header, overview::overview(&found, scheme, source, warnings), page::tools(), columns]
            .into_iter()
            .chain(page::keys()),
    );
    html::document(&page::document(&overview::film(dossier), body))
}

/// The chapters that are there, each with how its start was found.
fn chapters<'a>(recovered: &'a Recovered, scheme: &Scheme) -> Vec<Found<'a>> {
    let start = |id: &str| {
        let is_its = |chapter: usize| scheme.chapters.get(chapter).is_some_and(|chapter| chapter.id == id);
        recovered.starts.iter().find(|start| is_its(start.chapter))
    };
    let chapters = recovered.dossier.chapters.iter().enumerate();
    chapters.map(|(at, chapter)| Found { at, chapter, start: start(chapter.id.as_str()) }).collect()
}
