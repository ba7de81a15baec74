//! The films of a season as their dossiers tell of them: every booklet lists all of them, and so does the
//! members' page, whichever are built now.

use super::inputs::{DOSSIER, Inputs};
use super::plan::Job;
use super::workshop::{ReadDossier, Workshop};
use super::{Order, in_parallel, plan, store};
use crate::book::SeasonFilm;
use crate::diag::{Diagnostic, Warned};
use crate::dossier::Metadata;
use crate::season::Entries;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// So many dossiers are kept from the time when their titles were read to the time when they are made; a long
/// season would fill the memory.
const KEPT: usize = 64;

/// A film of the season as its dossier tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The name of its dossier.
    pub slug: String,
    /// What is known of it, completed by the season; the title is never empty.
    pub metadata: Metadata,
    /// Language of its dossier, where it could be read.
    pub language: Option<String>,
}

/// A dossier that was read, with its warnings, or why it could not be.
pub type Reading = Result<Warned<ReadDossier>, Diagnostic>;

/// Dossiers that were read already, by name: each is read once.
#[derive(Default)]
pub struct Readings(Mutex<BTreeMap<String, Reading>>);

impl Readings {
    /// The dossier of a job, read now or before.
    pub fn take(&self, workshop: &Workshop, job: &Job) -> Reading {
        let kept = self.0.lock().ok().and_then(|mut kept| kept.remove(&job.slug));
        kept.unwrap_or_else(|| read(workshop, job))
    }

    fn keep(&self, job: &Job, reading: Reading) {
        if let Ok(mut kept) = self.0.lock()
            && kept.len() < KEPT
        {
            kept.insert(job.slug.clone(), reading);
        }
    }
}

/// Reads the dossier of a job.
///
/// # Errors
/// Where it cannot be read, or is no text.
pub fn read(workshop: &Workshop, job: &Job) -> Reading {
    store::read(&job.path).and_then(|bytes| workshop.read(job, &bytes))
}

/// What the dossiers of the season's films tell of them, completed by the season. What was told before is
/// recalled; of `jobs`, dossiers that are read for it are kept.
pub fn season_told(
    workshop: &Workshop,
    jobs: &[Job],
    order: &Order,
    entries: &Entries,
) -> (Vec<Told>, Readings) {
    let readings = Readings::default();
    let films = &workshop.season().films;
    // a dossier that is named by its file may stand elsewhere
    let all = plan::all(&order.sources, workshop.season()).unwrap_or_default();
    let told = in_parallel(films, order.jobs, |_, film| {
        let named = jobs.iter().find(|job| job.in_season && job.slug == film.dossier);
        let job = named.or_else(|| all.iter().find(|job| job.slug == film.dossier));
        let told = job.and_then(|job| {
            let inputs = Inputs::of_reading(job, entries, workshop.schemes()).ok()?;
            let key = inputs.key();
            let recalled =
                workshop.cache().recall("film", &key).and_then(|json| serde_json::from_slice(&json).ok());
            recalled.or_else(|| {
                let reading = read(workshop, job);
                let tells = reading.as_ref().ok().map(|read| Tells {
                    metadata: read.value.dossier.metadata.clone(),
                    language: read.value.dossier.language.clone(),
                });
                // a dossier that is saved between the two readings is no answer to that key
                let answers = |read: &Warned<ReadDossier>| inputs.has(DOSSIER, read.value.source.sha256());
                if reading.as_ref().is_ok_and(answers)
                    && let Some(json) = tells.as_ref().and_then(|tells| serde_json::to_vec(tells).ok())
                {
                    workshop.cache().remember("film", &key, &json);
                }
                if named.is_some() {
                    readings.keep(job, reading);
                }
                tells
            })
        });
        let (mut metadata, language) =
            told.map_or_else(Default::default, |it| (it.metadata, Some(it.language)));
        film.complete(&mut metadata);
        if metadata.title.is_empty() {
            metadata.title.clone_from(&film.dossier);
        }
        Told { slug: film.dossier.clone(), metadata, language }
    });
    (told, readings)
}

/// What a dossier tells by itself.
#[derive(Serialize, Deserialize)]
struct Tells {
    metadata: Metadata,
    language: String,
}

/// The films as the booklets of their season name them.
pub fn season_films(told: &[Told]) -> Vec<SeasonFilm> {
    let film = |film: &Told| {
        let Metadata { title, year, date, .. } = &film.metadata;
        SeasonFilm { title: title.clone(), year: *year, date: *date }
    };
    told.iter().map(film).collect()
}
