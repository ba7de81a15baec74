//! The season's book: all its films in one booklet and one e-book, made behind the others.
//!
//! The dossiers are read and bound anew: which of them are built besides it, and whether that went well,
//! changes nothing in it. It is one booklet, so it is made only where every film of the season can be.

use super::exposure::Exposure;
use super::gallery::{Gallery, Medium};
use super::make::{Made, page_notes, take_doubts};
use super::press::Press;
use super::unit::{Line, Settled};
use super::workshop::{ReadDossier, Workshop};
use super::{Job, Order, Outcome, in_parallel, plan, store};
use crate::book::{self, ALMANAC, Book, SeasonFilm, Volume};
use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::scheme::Scheme;
use crate::season::{Edition, SEASON_FILE, Season};
use std::path::PathBuf;

/// How the almanac is made, where it is ordered: as the season's booklets are.
///
/// # Errors
/// Where there is no season, or a dossier would be written into the same files.
pub fn edition(order: &Order, season: &Season, jobs: &[Job]) -> Result<Option<Edition>, Diagnostic> {
    if !order.almanac {
        return Ok(None);
    }
    let file = season_file(order);
    if season.films.is_empty() {
        return Err(Diagnostic::error(Code::Settings, "there is no season to make an almanac of")
            .at(Place::file(store::shown(&file)))
            .hint("an almanac has the films that season.yaml lists: write into it `season:` with the season’s name and below `films:` a line `- dossier: the-general` for each film"));
    }
    if let Some(job) = jobs.iter().find(|job| job.slug == ALMANAC) {
        let message = format!("this dossier and the season’s almanac would both be written as {ALMANAC}.pdf");
        return Err(Diagnostic::error(Code::File, message)
            .at(Place::file(store::shown(&job.path)))
            .hint("rename the file, and its `dossier:` in season.yaml"));
    }
    let mut edition = season.edition("booklet")?;
    edition.paper = order.paper.or(edition.paper);
    ALMANAC.clone_into(&mut edition.name);
    edition.epub = true;
    Ok(Some(edition))
}

/// Sees to it that the almanac stands among the outputs.
pub fn settle(line: &Line<'_>, edition: &Edition) -> Outcome {
    let (workshop, order) = (line.workshop, line.run.order);
    let job = Job { slug: ALMANAC.to_owned(), path: season_file(order), reviewed: false, in_season: true };
    let inputs = || {
        let layout = order.layout_of(edition);
        let films = season_jobs(workshop, order)?;
        line.common.of_almanac(&films, (layout, workshop.layout(layout)?))
    };
    let Settled { result, warnings, changes } = line.settle_with(&job, inputs, |_| {
        // it needs the room that the booklets' layouts take
        crate::pdf::forget_unused(0);
        let mut warnings = Vec::new();
        let made = read_season(line).and_then(|films| pressed(workshop, order, edition, &job, &films));
        let made = made.map(|mut made| {
            warnings.append(&mut made.warnings);
            warnings.extend(made.editions.iter().flat_map(|edition| page_notes(&job, edition)));
            made
        });
        Some((made, warnings))
    });
    Outcome { slug: job.slug, path: job.path, reviewed: false, result, warnings, changes }
}

/// The dossiers of the season's films, in its order.
fn season_jobs(workshop: &Workshop, order: &Order) -> Result<Vec<Job>, Diagnostic> {
    let season = workshop.season();
    let mut jobs = plan::all(&order.sources, season)?;
    jobs.retain(|job| season.film(&job.slug).is_some());
    Ok(jobs)
}

fn season_file(order: &Order) -> PathBuf {
    order.sources.join(SEASON_FILE)
}

/// The season's dossiers in its order, and what all of them know of each other.
struct Films {
    read: Vec<(Job, ReadDossier)>,
    films: Vec<SeasonFilm>,
}

fn read_season(line: &Line<'_>) -> Result<Films, Vec<Diagnostic>> {
    let (workshop, order) = (line.workshop, line.run.order);
    let jobs = season_jobs(workshop, order).map_err(|error| vec![error])?;
    let readings = in_parallel(&jobs, order.jobs, |_, job| line.readings.take(workshop, job));
    let films = line.run.films.to_owned();
    let (mut read, mut errors) = (Vec::new(), Vec::new());
    for (job, reading) in jobs.into_iter().zip(readings) {
        let faults = match reading {
            Ok(mut dossier) => {
                let doubts = if order.strict { take_doubts(&mut dossier.warnings) } else { Vec::new() };
                read.push((job.clone(), dossier.value));
                doubts
            }
            Err(error) => vec![error],
        };
        errors.extend(lacks(&job, faults));
    }
    if errors.is_empty() { Ok(Films { read, films }) } else { Err(errors) }
}

/// The faults of a film, behind a line that says what they mean for the almanac.
fn lacks(job: &Job, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if faults.is_empty() {
        return faults;
    }
    let message = format!("the almanac is not made, because it would lack the film “{}”", job.slug);
    let first = Diagnostic::error(Code::File, message)
        .at(Place::file(store::shown(&job.path)))
        .hint("what is wrong with its dossier is said below; mend it, or take the film out of season.yaml");
    let faults = faults.into_iter().map(|fault| Diagnostic { severity: Severity::Error, ..fault });
    std::iter::once(first).chain(faults).collect()
}

fn pressed(
    workshop: &Workshop,
    order: &Order,
    edition: &Edition,
    job: &Job,
    films: &Films,
) -> Result<Made, Vec<Diagnostic>> {
    let layout = workshop.layout(order.layout_of(edition)).map_err(|error| vec![error])?;
    let exposure = Exposure::of(layout, edition, workshop.season());
    let slugs = films.read.iter().map(|(job, _)| job.slug.as_str()).collect::<Vec<_>>();
    let (mut screen, mut print) = (Vec::new(), Vec::new());
    let mut gallery = Gallery::default();
    let mut made = Made::default();
    for (id, (job, read)) in book::volume_ids(&slugs).into_iter().zip(&films.read) {
        let whole = workshop.bind(job, read, &films.films);
        let film = workshop.season().film(&job.slug).map(|(_, film)| film);
        let own = Gallery::open(job, film, &exposure).map_err(|faults| lacks(job, faults))?.value;
        let volume = |book: Book| Volume { id: id.clone(), book, source: Some(source_name(read)) };
        let hung = |medium: Medium| {
            let mut book = whole.clone();
            own.hang(&mut book, medium).map_err(|faults| lacks(job, faults))?;
            Ok::<_, Vec<Diagnostic>>(book)
        };
        screen.push(volume(hung(Medium::Screen)?));
        print.push(volume(workshop.printable(&hung(Medium::Print)?)));
        gallery.take_stills(own, &id);
        made.words += read.words();
        made.chapters += read.dossier.chapters.len();
    }
    let scheme = scheme_of(workshop, films);
    let bound = |volumes: Vec<Volume>| {
        let mut book = book::almanac(volumes, scheme);
        if let Some(words) = layout.settings.words.get(&book.language) {
            book.reword(words);
        }
        book
    };
    Press::bound(workshop, (bound(screen), bound(print)), gallery, job, order, (edition, layout))
        .run(&mut made)?;
    Ok(made)
}

/// The name of the file that a dossier was first read from.
fn source_name(read: &ReadDossier) -> String {
    read.dossier.source.as_ref().map_or_else(|| read.source.name().to_owned(), |source| source.name.clone())
}

/// The chapter scheme of the season's language, or of the language that most of its dossiers have; of two
/// that are as frequent, the one that comes first.
fn scheme_of<'a>(workshop: &'a Workshop, films: &Films) -> &'a Scheme {
    let dossiers = || films.read.iter().map(|(_, read)| &read.dossier);
    let own = workshop.season().language.as_deref();
    let times = |language: &str| dossiers().filter(|dossier| dossier.language == language).count();
    let wanted = |language: &str| if own == Some(language) { usize::MAX } else { times(language) };
    let best = dossiers().rev().max_by_key(|dossier| wanted(&dossier.language));
    best.map_or_else(|| workshop.first_scheme(), |dossier| workshop.scheme_or_first(dossier))
}
