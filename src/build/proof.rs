//! The proof of one dossier: how its raw text was understood.

use super::{Job, read_in_workshop, store};
use crate::diag::{Code, Diagnostic, Place};
use crate::proof;
use std::path::Path;

/// The page that shows how a raw dossier was understood.
///
/// # Errors
/// Where the dossier cannot be found or read, or is the reviewed form, in which nothing is guessed.
pub fn proof(name: &Path, sources: &Path) -> Result<(Job, String), Vec<Diagnostic>> {
    let (workshop, job, read) = read_in_workshop(name, sources)?;
    let Some(recovered) = &read.value.recovered else {
        return Err(vec![reviewed(&job)]);
    };
    let scheme = workshop.scheme_or_first(&recovered.dossier);
    let page = proof::page(recovered, scheme, &read.warnings);
    Ok((job, page))
}

fn reviewed(job: &Job) -> Diagnostic {
    Diagnostic::error(
        Code::Reviewed,
        "this is the reviewed form: a person decided what stands in it, and nothing was guessed",
    )
    .at(Place::file(store::shown(&job.path)))
    .hint("`bookify inspect` shows its structure; to see how the raw text is understood, move this file away")
}
