//! Which dossiers are built, and from which files.

use super::{Order, store};
use crate::diag::{Code, Diagnostic, Place};
use crate::markdown;
use crate::season::{Entries, SEASON_FILE, Season};
use std::path::{Path, PathBuf};

/// Endings of files that hold a dossier.
const ENDINGS: [&str; 7] = ["txt", "text", "md", "html", "htm", "docx", "odt"];

/// A dossier to be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The name of its outputs: the file's name without its ending.
    pub slug: String,
    /// The file that is read.
    pub path: PathBuf,
    /// Whether that is the reviewed form.
    pub reviewed: bool,
    /// Whether the season knows it, or may: it lies among the season's dossiers.
    pub in_season: bool,
}

impl Job {
    /// The name of its file.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// A season, and what is built of it.
pub struct Plan {
    /// The season.
    pub season: Season,
    /// Its words, told apart.
    pub entries: Entries,
    /// The dossiers that are built, in order; at least one.
    pub jobs: Vec<Job>,
}

impl Plan {
    /// What an order asks for.
    ///
    /// # Errors
    /// Where there is no dossier, or the season is broken.
    pub fn of(order: &Order) -> Result<Self, Vec<Diagnostic>> {
        let one = |error| vec![error];
        let (season, entries) = season_and_entries(&order.sources).map_err(one)?;
        let jobs = if order.names.is_empty() {
            all(&order.sources, &season).map_err(one)?
        } else {
            named(&order.names, &order.sources, &season)?
        };
        if jobs.is_empty() {
            return Err(vec![
                Diagnostic::error(Code::File, "there is no dossier in this folder")
                    .at(Place::file(store::shown(&order.sources)))
                    .hint("put a text file (.txt) into it, or name a file: `bookify build some.txt`"),
            ]);
        }
        Ok(Self { season, entries, jobs })
    }
}

/// The season file of a folder of dossiers; an empty season where there is none.
///
/// # Errors
/// Where it is there and broken.
pub fn season(sources: &Path) -> Result<Season, Diagnostic> {
    season_and_entries(sources).map(|(season, _)| season)
}

fn season_and_entries(sources: &Path) -> Result<(Season, Entries), Diagnostic> {
    let path = sources.join(SEASON_FILE);
    let Some(bytes) = store::read_if_there(&path)? else { return Ok(Default::default()) };
    let text = String::from_utf8_lossy(&bytes);
    Ok((Season::parse(&store::shown(&path), &text)?, Season::entries(&text)))
}

/// Every dossier of the folder: the season's films in its order, then the others by name.
///
/// # Errors
/// Where the folder cannot be read, or the season names a dossier that is not there.
pub fn all(sources: &Path, season: &Season) -> Result<Vec<Job>, Diagnostic> {
    let mut jobs: Vec<Job> = Vec::new();
    for path in store::files_in(sources)? {
        let Some(job) = job(&path, true)? else { continue };
        match jobs.iter_mut().find(|other| other.slug == job.slug) {
            // the reviewed form stands beside the raw text and comes first
            Some(other) if job.reviewed => *other = job,
            Some(_) => {}
            None => jobs.push(job),
        }
    }
    if let Some(film) = season.films.iter().find(|film| jobs.iter().all(|job| job.slug != film.dossier)) {
        let path = sources.join(SEASON_FILE);
        return Err(Diagnostic::error(
            Code::Settings,
            format!("the season names “{}”, but there is no {}.txt", film.dossier, film.dossier),
        )
        .at(Place::file(store::shown(&path)))
        .hint("put the text beside season.yaml, or correct `dossier:`"));
    }
    jobs.sort_by_key(|job| (season.film(&job.slug).map_or(usize::MAX, |(at, _)| at), job.slug.clone()));
    Ok(jobs)
}

/// The dossiers that the editor names: files, or slugs of the season.
///
/// # Errors
/// Where a name is neither.
pub fn named(names: &[PathBuf], sources: &Path, season: &Season) -> Result<Vec<Job>, Vec<Diagnostic>> {
    let mut jobs: Vec<Job> = Vec::new();
    let mut errors = Vec::new();
    for name in names {
        match one(name, sources, season) {
            Ok(job) if jobs.iter().all(|other| other.slug != job.slug) => jobs.push(job),
            Ok(job) => {
                let same = jobs.iter().any(|other| other.path == job.path);
                if !same {
                    errors.push(
                        Diagnostic::error(
                            Code::File,
                            format!("two dossiers would both be written as {}.pdf", job.slug),
                        )
                        .at(Place::file(store::shown(name)))
                        .hint("rename one of the two files"),
                    );
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(jobs) } else { Err(errors) }
}

fn one(name: &Path, sources: &Path, season: &Season) -> Result<Job, Diagnostic> {
    let missing = || {
        Diagnostic::error(Code::File, "there is no such file, and no dossier of that name in the season")
            .at(Place::file(store::shown(name)))
            .hint(format!("check the name; the dossiers are looked for in {}", store::shown(sources)))
    };
    if name.exists() {
        let within = store::same_place(name.parent().unwrap_or(Path::new(".")), sources);
        if name.is_dir() {
            store::read(name)?;
        }
        return match job(name, within)? {
            Some(job) => Ok(beside(job)?),
            None => Ok(Job { slug: slug(name), path: name.to_owned(), reviewed: false, in_season: within }),
        };
    }
    let is_slug = name.components().count() == 1;
    if !is_slug || !sources.is_dir() {
        return Err(missing());
    }
    all(sources, season)?.into_iter().find(|job| Path::new(&job.slug) == name).ok_or_else(missing)
}

/// The reviewed form beside a raw text, where there is one.
fn beside(job: Job) -> Result<Job, Diagnostic> {
    let reviewed = job.path.with_extension("md");
    match store::read_if_there(&reviewed)? {
        Some(bytes) if !job.reviewed && markdown::is_reviewed(&String::from_utf8_lossy(&bytes)) => {
            Ok(Job { path: reviewed, reviewed: true, ..job })
        }
        _ => Ok(job),
    }
}

fn job(path: &Path, in_season: bool) -> Result<Option<Job>, Diagnostic> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    if !ENDINGS.contains(&ending.as_str()) {
        return Ok(None);
    }
    let reviewed = ending == "md" && markdown::is_reviewed(&String::from_utf8_lossy(&store::read(path)?));
    Ok(Some(Job { slug: slug(path), path: path.to_owned(), reviewed, in_season }))
}

fn slug(path: &Path) -> String {
    path.file_stem().map_or_else(|| "dossier".to_owned(), |stem| stem.to_string_lossy().into_owned())
}
