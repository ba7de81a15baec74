//! A season's build: plan, read, typeset, check, store.

mod almanac;
mod cache;
mod catalogue;
mod device;
mod draft;
mod eject;
mod exposure;
mod gallery;
mod inputs;
mod load;
mod make;
mod order;
mod plan;
mod press;
mod proof;
mod record;
mod register;
mod shelf;
mod stacks;
mod stock;
mod store;
mod told;
mod typeset;
mod unit;
mod units;
mod workshop;

pub use cache::{Cache, Cleared, Entry};
pub use device::Device;
pub use draft::{Draft, dossiers, draft};
pub use eject::{draw, eject};
pub use load::{Fate, LoadOrder, Loaded, load};
use make::PrintRun;
pub use make::{Made, MadeEdition, Output};
pub use order::{Order, Product};
pub use plan::Job;
pub use proof::proof;
pub use register::Change;
pub use stock::layout_names;
pub use store::{absolute, cache_folder, output, stop_writing};
pub use typeset::Typeset;
pub use unit::Way;
pub use units::{Unit, Units, units};
pub use workshop::{ReadDossier, Workshop};

use crate::book::Suggestion;
use crate::diag::{Code, Diagnostic, Place, Warned};
use crate::layout::{Layout, SETTINGS_FILE};
use crate::parallel::{STACK, in_parallel};
use crate::season::Season;
use inputs::Common;
use plan::Plan;
use register::{Pruned, Register};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use told::{season_films, season_told};
use unit::{Line, Settled};

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
    /// What is otherwise than when its outputs were written; nothing where they stay as they are.
    pub changes: Vec<Change>,
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

/// What became of an order.
#[derive(Debug)]
pub struct Built {
    /// What became of each dossier.
    pub outcomes: Vec<Outcome>,
    /// The season's page, where there is a season, or why it could not be made.
    pub page: Result<Option<PathBuf>, Diagnostic>,
    /// What the editor should know that belongs to no dossier.
    pub notes: Vec<Diagnostic>,
}

/// The cache is held below so many bytes.
const CACHE: u64 = 1 << 30;

/// Builds what is ordered, and the season's catalogue of all that is there then. What would come out as it
/// stands there already is not made again, nor touched. One dossier's failure does not touch the others.
///
/// # Errors
/// Where nothing can be built: no sources, a broken season, layout or chapter scheme, an output
/// folder that cannot be written.
pub fn build(order: &Order, progress: &dyn Progress) -> Result<Built, Vec<Diagnostic>> {
    let one = |error| vec![error];
    let Plan { season, entries, jobs } = Plan::of(order)?;
    let editions = order.editions_of(&season).map_err(one)?;
    let almanac = almanac::edition(order, &season, &jobs).map_err(one)?;
    let layouts = editions.iter().chain(&almanac).map(|edition| order.layout_of(edition));
    let workshop = open_workshop(&season, layouts, &order.sources).map_err(one)?;
    store::make_folder(&order.output).map_err(one)?;
    let register = Register::open(&order.output).map_err(one)?;
    let mut notes = register.recover().map_err(one)?;
    notes.extend(register.warning().cloned());
    let workshop = workshop.with(open_cache(order, &mut notes));
    progress.planned(jobs.len() + usize::from(almanac.is_some()));
    let (told, readings) = season_told(&workshop, &jobs, order, &entries);
    let common = Common::of(order, &editions, entries, &workshop, &told).map_err(one)?;
    let films = season_films(&told);
    let run = PrintRun { order, editions: &editions, films: &films };
    let line = Line { workshop: &workshop, run, common: &common, register: &register, readings: &readings };
    let mut outcomes = make_all(&line, &jobs, progress);
    outcomes.extend(in_parallel(almanac.as_slice(), 1, |_, edition| {
        progress.begun(crate::book::ALMANAC);
        let outcome = almanac::settle(&line, edition);
        progress.done(&outcome);
        outcome
    }));
    let page =
        if jobs.iter().any(|job| job.in_season) { catalogue::catalogue(&line, &told) } else { Ok(None) };
    if order.prune {
        notes.extend(prune(&register, order, &season).map_err(one)?);
    }
    workshop.cache().tidy();
    notes.extend(workshop.cache().trouble());
    Ok(Built { outcomes, page, notes })
}

/// Empties the cache in that folder; bookify writes it anew.
///
/// # Errors
/// Where a file of it cannot be removed.
pub fn clean(cache: Option<&Path>) -> Result<Cleared, Diagnostic> {
    match cache.filter(|folder| folder.is_dir()) {
        Some(folder) => Cache::open(folder, CACHE)?.clear(),
        None => Ok(Cleared::default()),
    }
}

fn open_cache(order: &Order, notes: &mut Vec<Diagnostic>) -> Cache {
    let Some(folder) = &order.cache else { return Cache::none() };
    Cache::open(folder, CACHE).unwrap_or_else(|trouble| {
        notes.push(trouble);
        Cache::none()
    })
}

fn make_all(line: &Line<'_>, jobs: &[Job], progress: &dyn Progress) -> Vec<Outcome> {
    let threads = line.run.order.jobs;
    let left = AtomicUsize::new(jobs.len());
    in_parallel(jobs, threads, |_, job| {
        progress.begun(&job.slug);
        let Settled { result, warnings, changes } = line.settle(job);
        let outcome = Outcome {
            slug: job.slug.clone(),
            path: job.path.clone(),
            reviewed: job.reviewed,
            result,
            warnings,
            changes,
        };
        progress.done(&outcome);
        if left.fetch_sub(1, Ordering::Relaxed) > 1 {
            // what the others are at stays
            crate::pdf::forget_unused(threads.min(jobs.len()).saturating_sub(1).min(REMEMBERED));
        }
        outcome
    })
}

/// Removes the outputs of films whose dossiers are not there any more; every edition and product of one that is
/// there stays, and so does what was built of a file elsewhere.
fn prune(register: &Register, order: &Order, season: &Season) -> Result<Vec<Diagnostic>, Diagnostic> {
    let there = plan::all(&order.sources, season)?;
    let stays = |unit: &String| {
        !register.has_input(unit, inputs::THIS_FILM) || there.iter().any(|job| unit::is_of(unit, &job.slug))
    };
    let keep = register.films().into_iter().filter(stays).collect();
    let Pruned { removed, left } = register.prune(&keep)?;
    let gone = removed.into_iter().map(|name| {
        Diagnostic::note(Code::Output, "removed: its film is not there any more")
            .at(Place::file(store::shown(&order.output.join(name))))
    });
    Ok(gone.chain(left).collect())
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
    for path in own_schemes(sources)? {
        let text = String::from_utf8_lossy(&store::read(&path)?).into_owned();
        let scheme = crate::scheme::Scheme::parse(&store::shown(&path), &text)?;
        schemes.retain(|other| other.language != scheme.language);
        schemes.insert(0, scheme);
    }
    season.check_chapters(&schemes)?;
    Ok(Workshop::new(season.clone(), schemes, layouts, stock::fonts()))
}

/// The files of the club's own chapter schemes, by name.
fn own_schemes(sources: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let own = sources.join("chapters");
    let mut files = if own.is_dir() { store::files_in(&own)? } else { Vec::new() };
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    Ok(files)
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
