//! A dossier as a Typst project of its own, for designers; its pages as pictures.

use super::plan::Plan;
use super::press::Press;
use super::told::{season_films, season_told};
use super::{Order, open_cache, open_workshop, stock, store};
use crate::diag::Diagnostic;
use crate::pdf::Pixels;
use std::path::PathBuf;

/// Does something with the first edition that is ordered of the first dossier, before it is made.
pub fn with_first<T>(
    order: &Order,
    work: impl FnOnce(&Press<'_>) -> Result<T, Vec<Diagnostic>>,
) -> Result<Option<T>, Vec<Diagnostic>> {
    let one = |error| vec![error];
    let Plan { season, entries, jobs } = Plan::of(order)?;
    let editions = order.editions_of(&season).map_err(one)?;
    let layouts = editions.iter().map(|edition| order.layout_of(edition));
    let workshop = open_workshop(&season, layouts, &order.sources).map_err(one)?;
    let workshop = workshop.with(open_cache(order, &mut Vec::new()));
    let (told, readings) = season_told(&workshop, &jobs, order, &entries);
    let films = season_films(&told);
    let (Some(job), Some(edition)) = (jobs.first(), editions.first()) else { return Ok(None) };
    let read = readings.take(&workshop, job).map_err(one)?.value;
    let whole = workshop.bind(job, &read, &films);
    work(&Press::new(&workshop, &read, &whole, job, order, edition)?.value).map(Some)
}

/// Writes the Typst project of the first edition that is ordered of the first dossier into the order's
/// folder. Compiled, it gives the booklet as `build` does.
///
/// # Errors
/// Where the dossier cannot be read, the layout does not compile or the folder cannot be written.
pub fn eject(order: &Order) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let one = |error| vec![error];
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough in its lifetime"
    )]
    let mut project = with_first(order, |press| press.project())?.unwrap_or_default();
    project.extend(stock::fonts().map(|(path, bytes)| (format!("fonts/{path}"), bytes.into_owned())));
    let mut written = Vec::new();
    for (path, bytes) in project {
        let path = order.output.join(path);
        store::make_folder(path.parent().unwrap_or(&order.output)).map_err(one)?;
        store::replace(&path, &bytes).map_err(one)?;
        written.push(path);
    }
    Ok(written)
}

/// Draws the pages of the first edition that is ordered of the first dossier, so many pixels wide.
///
/// # Errors
/// Where the dossier cannot be read or the layout does not compile.
pub fn draw(order: &Order, width: u32) -> Result<Vec<Pixels>, Vec<Diagnostic>> {
    Ok(with_first(order, |press| press.pictures(width))?.unwrap_or_default())
}
