//! A season's build: plan, read, typeset, check, store.

mod almanac;
mod device;
mod eject;
mod gallery;
mod load;
mod make;
mod order;
mod plan;
mod press;
mod proof;
mod shelf;
mod stock;
mod store;
mod typeset;
mod workshop;

pub use device::Device;
pub use eject::{draw, eject};
pub use load::{Fate, LoadOrder, Loaded, load};
use make::PrintRun;
pub use make::{Made, MadeEdition, Output};
pub use order::{Order, Product};
pub use plan::Job;
pub use proof::proof;
pub use stock::layout_names;
pub use typeset::Typeset;
pub use workshop::{ReadDossier, Workshop};

use crate::book::Suggestion;
use crate::diag::{Code, Diagnostic, Place, Warned};
use crate::layout::{Layout, SETTINGS_FILE};
use crate::season::{Edition, Season};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Typst's layout goes deep; a thread's usual 2 MiB are not enough for every document.
const STACK: usize = 16 << 20;

/// Of so many booklets at most, beside the one that is being made, typst's cache is kept.
const REMEMBERED: usize = 2;

/// What became of a dossier.
#[derive(Debug)]
pub struct Outcome {
    /// Its name.
    pub slug: String,
    /// The file that it was read from.
    pub path: PathBuf,
    /// Whether that is the reviewed form.
    pub reviewed: bool,
    /// What was made, or why not.
    pub result: Result<Made, Vec<Diagnostic>>,
    /// What the editor should know.
    pub warnings: Vec<Diagnostic>,
}

/// Is told how the build goes on, from any thread.
pub trait Progress: Sync {
    /// So many dossiers will be built.
    fn planned(&self, count: usize);
    /// A dossier is begun.
    fn begun(&self, slug: &str);
    /// A dossier is done.
    fn done(&self, outcome: &Outcome);
}

/// Builds what is ordered. One dossier's failure does not touch the others.
///
/// # Errors
/// Where nothing can be built: no sources, a broken season, layout or chapter scheme, an output
/// folder that cannot be written.
pub fn build(order: &Order, progress: &dyn Progress) -> Result<Vec<Outcome>, Vec<Diagnostic>> {
    let season = plan::season(&order.sources).map_err(|error| vec![error])?;
    let jobs = if order.names.is_empty() {
        plan::all(&order.sources, &season).map_err(|error| vec![error])?
    } else {
        plan::named(&order.names, &order.sources, &season)?
    };
    if jobs.is_empty() {
        return Err(vec![
            Diagnostic::error(Code::File, "there is no dossier in this folder")
                .at(Place::file(store::shown(&order.sources)))
                .hint("put a text file (.txt) into it, or name a file: `bookify build some.txt`"),
        ]);
    }
    let editions = order.editions_of(&season).map_err(|error| vec![error])?;
    let almanac = almanac::edition(order, &season, &jobs).map_err(|error| vec![error])?;
    let layouts = editions.iter().chain(&almanac).map(|edition| order.layout_of(edition));
    let workshop = open_workshop(&season, layouts, &order.sources).map_err(|error| vec![error])?;
    store::make_folder(&order.output).map_err(|error| vec![error])?;
    progress.planned(jobs.len() + usize::from(almanac.is_some()));
    let read = read_all(&workshop, &jobs, order);
    let mut outcomes = make_all(&workshop, order, &editions, &jobs, read, progress);
    outcomes.extend(in_parallel(almanac.as_slice(), 1, |_, edition| {
        progress.begun(crate::book::ALMANAC);
        let outcome = almanac::make(&workshop, order, edition);
        progress.done(&outcome);
        outcome
    }));
    Ok(outcomes)
}

/// Fonts, chapter schemes, layout and season: what every dossier needs.
///
/// # Errors
/// Where a layout or a chapter scheme is broken.
pub fn open_workshop<'a>(
    season: &Season,
    layouts: impl Iterator<Item = &'a str>,
    sources: &Path,
) -> Result<Workshop, Diagnostic> {
    let layouts =
        layouts.map(|name| Ok((name.to_owned(), find_layout(name, sources)?))).collect::<Result<_, _>>()?;
    let mut schemes = stock::schemes()?;
    let own = sources.join("chapters");
    if own.is_dir() {
        for path in store::files_in(&own)?
            .iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        {
            let text = String::from_utf8_lossy(&store::read(path)?).into_owned();
            let scheme = crate::scheme::Scheme::parse(&store::shown(path), &text)?;
            schemes.retain(|other| other.language != scheme.language);
            schemes.insert(0, scheme);
        }
    }
    season.check_chapters(&schemes)?;
    Ok(Workshop::new(season.clone(), schemes, layouts, stock::fonts()))
}

/// A layout that is built in, or a folder (seen from here, or from the folder of the dossiers).
fn find_layout(name: &str, sources: &Path) -> Result<Layout, Diagnostic> {
    if let Some(layout) = stock::layout(name) {
        return layout;
    }
    let folder = [PathBuf::from(name), sources.join(name)].into_iter().find(|path| path.is_dir());
    let Some(folder) = folder else {
        let known = layout_names().collect::<Vec<_>>().join(", ");
        return Err(Diagnostic::error(Code::Settings, format!("there is no layout “{name}”")).hint(format!(
            "the layouts that come with bookify: {known}; or name a folder that holds {SETTINGS_FILE}"
        )));
    };
    // what the folder has itself comes before the common parts
    let own = store::folder_files(&folder)?.into_iter().map(|(path, bytes)| (path, Cow::Owned(bytes)));
    Layout::new(name, stock::common().chain(own).collect())
}

/// Reads one dossier, as build would.
///
/// # Errors
/// Where it cannot be found or read.
pub fn read_one(name: &Path, sources: &Path) -> Result<(Job, Warned<ReadDossier>), Vec<Diagnostic>> {
    read_in_workshop(name, sources).map(|(_, job, read)| (job, read))
}

/// Words of a dossier that may be titles of works, for the editor to accept.
///
/// # Errors
/// Where it cannot be found or read.
pub fn suggestions(name: &Path, sources: &Path) -> Result<Vec<Suggestion>, Vec<Diagnostic>> {
    let (workshop, job, read) = read_in_workshop(name, sources)?;
    Ok(workshop.suggestions(&job, &read.value))
}

/// A dossier, and the workshop that read it.
type InWorkshop = (Workshop, Job, Warned<ReadDossier>);

fn read_in_workshop(name: &Path, sources: &Path) -> Result<InWorkshop, Vec<Diagnostic>> {
    let season = plan::season(sources).map_err(|error| vec![error])?;
    let job = plan::named(&[name.to_owned()], sources, &season)?.remove(0);
    let workshop = open_workshop(&season, std::iter::empty(), sources).map_err(|error| vec![error])?;
    let bytes = store::read(&job.path).map_err(|error| vec![error])?;
    let read = workshop.read(&job, &bytes).map_err(|error| vec![error])?;
    Ok((workshop, job, read))
}

/// A dossier that was read, with its warnings, or why it could not be.
type Reading = Result<Warned<ReadDossier>, Diagnostic>;

fn read_all(workshop: &Workshop, jobs: &[Job], order: &Order) -> Vec<Reading> {
    in_parallel(jobs, order.jobs, |_, job| {
        store::read(&job.path).and_then(|bytes| workshop.read(job, &bytes))
    })
}

fn make_all(
    workshop: &Workshop,
    order: &Order,
    editions: &[Edition],
    jobs: &[Job],
    read: Vec<Reading>,
    progress: &dyn Progress,
) -> Vec<Outcome> {
    let films = season_films(workshop, jobs, &read, order);
    let run = PrintRun { order, editions, films: &films };
    let readings =
        jobs.iter().zip(read.into_iter().map(|reading| Mutex::new(Some(reading)))).collect::<Vec<_>>();
    in_parallel(&readings, order.jobs, |_, (job, reading)| {
        progress.begun(&job.slug);
        let reading = reading.lock().map_or(None, |mut reading| reading.take());
        let (result, warnings) = match reading {
            Some(Ok(read)) => workshop.make(job, read, &run),
            Some(Err(error)) => (Err(vec![error]), Vec::new()),
            None => (Err(Vec::new()), Vec::new()),
        };
        let result = result.and_then(|made| store_outputs(order, made));
        let outcome = Outcome {
            slug: job.slug.clone(),
            path: job.path.clone(),
            reviewed: job.reviewed,
            result,
            warnings,
        };
        progress.done(&outcome);
        // what the others are at stays
        crate::pdf::forget_unused(order.jobs.min(jobs.len()).saturating_sub(1).min(REMEMBERED));
        outcome
    })
}

/// All files are ready before the first is written.
fn store_outputs(order: &Order, mut made: Made) -> Result<Made, Vec<Diagnostic>> {
    for Output { name, bytes } in made.outputs.drain(..) {
        let path = order.output.join(name);
        store::replace(&path, &bytes).map_err(|error| vec![error])?;
        made.files.push((path, bytes.len()));
    }
    Ok(made)
}

/// Titles of the season's films as their dossiers tell them; those that are not built now are read
/// for it, so that a booklet is the same whether its season is built with it or not.
fn season_films(
    workshop: &Workshop,
    jobs: &[Job],
    read: &[Reading],
    order: &Order,
) -> Vec<crate::book::SeasonFilm> {
    let films = workshop.season().films.iter().map(|film| {
        let at = jobs.iter().position(|job| job.in_season && job.slug == film.dossier);
        let metadata = match at.map(|at| &read[at]) {
            Some(Ok(read)) => Some(read.value.dossier.metadata.clone()),
            Some(Err(_)) => None,
            None => {
                let job =
                    plan::named(&[PathBuf::from(&film.dossier)], &order.sources, workshop.season()).ok();
                job.and_then(|jobs| {
                    let job = jobs.into_iter().next()?;
                    let bytes = store::read(&job.path).ok()?;
                    Some(workshop.read(&job, &bytes).ok()?.value.dossier.metadata)
                })
            }
        };
        let mut metadata = metadata.unwrap_or_default();
        film.complete(&mut metadata);
        if metadata.title.is_empty() {
            metadata.title.clone_from(&film.dossier);
        }
        crate::book::SeasonFilm { title: metadata.title, year: metadata.year, date: metadata.date }
    });
    films.collect()
}

/// Does `work` on every item, on so many threads; the results stand in the order of the items.
fn in_parallel<I: Sync, O: Send>(
    items: &[I],
    threads: usize,
    work: impl Fn(usize, &I) -> O + Sync,
) -> Vec<O> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            let result = work(at, item);
            if let Ok(mut done) = done.lock() {
                done.push((at, result));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(items.len()) {
            // a thread that cannot be had leaves its work to the others
            drop(std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker));
        }
        let first = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
        if first.is_err() {
            worker();
        }
    });
    let mut results = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Writes a text that the editor asked for: the reviewed form of a dossier, its proof.
///
/// # Errors
/// Where it cannot be written.
pub fn write_text(path: &Path, text: &str) -> Result<(), Diagnostic> {
    store::replace(path, text.as_bytes())
}

/// Whether both name the same file.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    store::same_place(a, b)
}

/// Whether a file is there.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    path.exists()
}
