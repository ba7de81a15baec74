//! What an order comes to, film by film, for people and programs that share it out: nothing is made or written.

use super::inputs::Common;
use super::make::PrintRun;
use super::plan::Plan;
use super::register::Register;
use super::told::season_told;
use super::unit::Line;
use super::{Cache, Job, Order, in_parallel, open_workshop, season_films};
use crate::diag::Diagnostic;
use serde::Serialize;
use std::collections::BTreeMap;

/// The form of the list; it changes where a program that reads it would have to.
const FORM: u32 = 1;

/// What an order comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Units {
    /// The form of this list: 1.
    pub form: u32,
    /// What the costs count.
    pub cost_unit: &'static str,
    /// Its films, in the order of the season. The page for the members is made of the outputs of all, by every
    /// build.
    pub units: Vec<Unit>,
}

/// A film of an order: it can be made on any machine by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Its name, as `bookify build` takes it.
    pub slug: String,
    /// One SHA-256 for all inputs, in hexadecimal: equal keys mean equal outputs. Under it the outputs are cached.
    pub key: String,
    /// All that goes into the outputs, by name, each with its SHA-256.
    pub inputs: BTreeMap<String, String>,
    /// Names of the files in the folder of the outputs, sorted. Where they were never made, one of a listed edition may
    /// turn out to be left out, because the dossier lacks its chapters.
    pub outputs: Vec<String>,
    /// How much work it is beside others: words of the dossier × editions; 0 where the dossier cannot be read.
    pub cost: usize,
    /// Whether the cache has the outputs.
    pub cached: bool,
    /// Whether the outputs stand in their folder as they would be made.
    pub standing: bool,
    /// Whether a build has nothing to do for it.
    #[serde(skip)]
    pub done: bool,
}

/// Tells what a build of that order would make, and of what.
///
/// # Errors
/// Where nothing could be built: as [`super::build`].
pub fn units(order: &Order) -> Result<Units, Vec<Diagnostic>> {
    let one = |error| vec![error];
    let Plan { season, entries, jobs } = Plan::of(order)?;
    let editions = order.editions_of(&season).map_err(one)?;
    let layouts = editions.iter().map(|edition| order.layout_of(edition));
    let workshop = open_workshop(&season, layouts, &order.sources).map_err(one)?;
    let register = Register::open(&order.output).map_err(one)?;
    let workshop = workshop.with(order.cache.as_deref().map_or_else(Cache::none, Cache::only_read));
    let (told, readings) = season_told(&workshop, &jobs, order, &entries);
    let common = Common::of(order, &editions, entries, &workshop, &told).map_err(one)?;
    let films = season_films(&told);
    let run = PrintRun { order, editions: &editions, films: &films };
    let line = Line { workshop: &workshop, run, common: &common, register: &register, readings: &readings };
    let units = in_parallel(&jobs, order.jobs, |_, job| unit(&line, job));
    let units = units.into_iter().collect::<Result<_, _>>().map_err(one)?;
    Ok(Units { form: FORM, cost_unit: "words of the dossier × editions", units })
}

fn unit(line: &Line<'_>, job: &Job) -> Result<Unit, Diagnostic> {
    let inputs = line.common.with(job)?;
    let key = inputs.key();
    let entry = line.workshop.cache().fetch(&key);
    let standing = line.register.intact(&line.unit(job), &key);
    let mut outputs: Vec<String> = match &entry {
        Some(entry) => entry.names().map(str::to_owned).collect(),
        None if standing => {
            line.register.files_of(&line.unit(job)).into_iter().map(|(name, _)| name).collect()
        }
        None => expected(line, job),
    };
    outputs.sort();
    let words = line.readings.take(line.workshop, job).map_or(0, |read| read.value.words());
    Ok(Unit {
        slug: job.slug.clone(),
        inputs: inputs.by_name().clone(),
        outputs,
        cost: words * line.run.editions.len(),
        cached: entry.is_some(),
        standing,
        done: standing && line.standing(job, &key).is_some(),
        key,
    })
}

/// The files of all that is ordered.
fn expected(line: &Line<'_>, job: &Job) -> Vec<String> {
    let PrintRun { order, editions, .. } = line.run;
    let of = |edition: &crate::season::Edition| {
        let stem = edition.file_stem(&job.slug);
        let products = order.products.iter().map(|product| format!("{stem}.{}", product.ending()));
        products.collect::<Vec<_>>()
    };
    editions.iter().flat_map(of).collect()
}
