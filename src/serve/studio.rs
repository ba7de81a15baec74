//! What is shown: drafts of the films that somebody looks at, what became of the last build, and who wants to know.

use super::Change;
use crate::build::{self, Built, Draft, Job, Order};
use crate::diag::Diagnostic;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a browser is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The pages of a film are other ones.
    Pages(String),
    /// A build is done.
    Built,
}

/// A film as it is shown.
#[derive(Clone)]
pub struct Sitting {
    /// Its pages, as they could be laid out last.
    pub draft: Option<Arc<Draft>>,
    /// Why they are not newer.
    pub troubles: Vec<Diagnostic>,
}

/// The result of the last build; nothing before the first is done.
pub type LastBuild = Option<Result<Built, Vec<Diagnostic>>>;

/// All that is shown.
pub struct Studio {
    order: Order,
    /// The films that somebody looked at.
    shown: Mutex<BTreeMap<String, Sitting>>,
    /// Held while a draft is made: two at once would both be late.
    drawing: Mutex<()>,
    last: Mutex<LastBuild>,
    listeners: Mutex<Vec<Sender<News>>>,
}

impl Studio {
    /// A studio in which nothing was shown yet.
    pub fn new(order: Order) -> Self {
        let (shown, drawing, last, listeners) = Default::default();
        Self { order, shown, drawing, last, listeners }
    }

    /// What is built.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// The dossiers.
    ///
    /// # Errors
    /// Where there is none, or the season is broken.
    pub fn dossiers(&self) -> Result<Vec<Job>, Vec<Diagnostic>> {
        build::dossiers(&self.order)
    }

    /// A film's pages, laid out now if nobody asked for them before.
    pub fn sitting(&self, slug: &str) -> Option<Sitting> {
        if let Some(known) = hold(&self.shown).get(slug) {
            return Some(known.clone());
        }
        let _turn = hold(&self.drawing);
        // another may have asked meanwhile
        if let Some(known) = hold(&self.shown).get(slug) {
            return Some(known.clone());
        }
        let job = self.dossiers().ok()?.into_iter().find(|job| job.slug == slug)?;
        let sitting = self.drawn(&job, None);
        hold(&self.shown).insert(slug.to_owned(), sitting.clone());
        Some(sitting)
    }

    /// Lays out again what a change concerns of the films that somebody looked at; tells who listens.
    pub fn redraw(&self, change: &Change) {
        let _turn = hold(&self.drawing);
        let jobs = match self.dossiers() {
            Ok(jobs) => jobs,
            Err(troubles) => {
                for sitting in hold(&self.shown).values_mut() {
                    sitting.troubles.clone_from(&troubles);
                }
                return;
            }
        };
        let before = hold(&self.shown).clone();
        let sources = build::absolute(&self.order.sources).unwrap_or_default();
        for (slug, sitting) in before {
            let Some(job) = jobs.iter().find(|job| job.slug == slug) else { continue };
            if change.iter().any(|path| concerns(path, job, &jobs, &sources)) {
                let drawn = self.drawn(job, sitting.draft);
                hold(&self.shown).insert(slug.clone(), drawn);
                self.tell(&News::Pages(slug));
            }
        }
    }

    /// Lays a film out; where that cannot be done, the pages stay as they were.
    fn drawn(&self, job: &Job, before: Option<Arc<Draft>>) -> Sitting {
        let order = Order { names: vec![job.path.clone()], ..self.order.clone() };
        match build::draft(&order) {
            Ok(draft) => Sitting { draft: Some(Arc::new(draft)), troubles: Vec::new() },
            Err(troubles) => Sitting { draft: before, troubles },
        }
    }

    /// Keeps what became of a build.
    pub fn keep(&self, result: Result<Built, Vec<Diagnostic>>) {
        *hold(&self.last) = Some(result);
    }

    /// Looks at what became of the last build.
    pub fn with_last<T>(&self, look: impl FnOnce(&LastBuild) -> T) -> T {
        look(&hold(&self.last))
    }

    /// Listens from now on.
    pub fn listen(&self) -> Receiver<News> {
        let (tell, news) = channel();
        hold(&self.listeners).push(tell);
        news
    }

    /// Whether anybody listens.
    pub fn has_guests(&self) -> bool {
        !hold(&self.listeners).is_empty()
    }

    /// Tells all who listen; forgets those who left.
    pub fn tell(&self, news: &News) {
        hold(&self.listeners).retain(|listener| listener.send(news.clone()).is_ok());
    }
}

/// Whether a changed file goes into a film: its own text and pictures do, those of other films do not, and all else
/// (season, chapter schemes, a layout) goes into every film.
fn concerns(path: &Path, job: &Job, jobs: &[Job], sources: &Path) -> bool {
    let owner = |path: &Path| {
        let within = path.strip_prefix(sources).ok()?;
        let first = Path::new(within.components().next()?.as_os_str());
        let is_text = within.components().count() == 1;
        let name = if is_text { first.file_stem()? } else { first.as_os_str() };
        jobs.iter().find(|job| job.in_season && job.slug.as_str() == name).map(|job| job.slug.as_str())
    };
    match owner(path) {
        Some(slug) => slug == job.slug,
        None => true,
    }
}

/// A thread that failed while it held this left it as it was.
fn hold<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn a_film_s_own_files_concern_no_other_film() {
        let job = |slug: &str| Job {
            slug: slug.to_owned(),
            path: PathBuf::from(format!("s/{slug}.txt")),
            reviewed: false,
            in_season: true,
        };
        let jobs = [job("m"), job("faust")];
        let cases = [
            ("/s/m.txt", true, false),
            ("/s/m.md", true, false),
            ("/s/m/still.jpg", true, false),
            ("/s/faust/still.jpg", false, true),
            ("/s/season.yaml", true, true),
            ("/s/chapters/en.yaml", true, true),
            ("/elsewhere/m.txt", true, true),
        ];
        let found = cases.map(|(path, _, _)| {
            let of = |at: usize| concerns(Path::new(path), &jobs[at], &jobs, Path::new("/s"));
            (path, of(0), of(1))
        });
        assert_eq!(found, cases);
    }
}
