//! The season's catalogue: its films and what stands in the folder of the outputs, told to its members.
//!
//! It is made of the files themselves, so that it tells of all films after one of them is built alone.

use super::make::PrintRun;
use super::press::{booklet_seed, modified};
use super::told::Told;
use super::unit::{self, Line};
use super::workshop::Workshop;
use super::{Cache, Order, Product, in_parallel, store};
use crate::book::{self, EditionKind};
use crate::catalogue::{self, Catalogue, Discussion, Entry, File, Inks, Kind, Thumbnail};
use crate::diag::Diagnostic;
use crate::picture::Print;
use crate::scheme::Scheme;
use crate::season::Edition;
use crate::source::hex_sha256;
use crate::{epub, pdf, picture};
use std::path::PathBuf;

/// What is offered of an edition, in this order.
const OFFERED: [(Product, Kind); 4] = [
    (Product::Booklet, Kind::Booklet),
    (Product::Ebook, Kind::Ebook),
    (Product::Print, Kind::Print),
    (Product::Press, Kind::Press),
];

/// The name under which the register has the files of the catalogue.
///
/// No dossier has a slash in its name.
pub const UNIT: &str = "the season/";

/// Makes the catalogue and stores it beside the outputs, where they or the season are other than they were;
/// gives the path of its page, or nothing where the season names no film, or none is there yet.
///
/// # Errors
/// Where the folder of the outputs cannot be read or written.
pub fn catalogue(line: &Line<'_>, films: &[Told]) -> Result<Option<PathBuf>, Diagnostic> {
    if films.is_empty() || line.register.films().iter().all(|unit| unit == UNIT) {
        return Ok(None);
    }
    let order = line.run.order;
    let page = Some(order.output.join(catalogue::PAGE));
    let mut inputs = line.common.of_season();
    // what is left of films that are not there any more does not count
    let shown = |name: &str| films.iter().any(|film| unit::is_of(name, &film.slug));
    for (name, sha256) in line.register.sums_of(shown) {
        inputs.put_sum(name, sha256);
    }
    let editions = editions(line.workshop, order)?;
    inputs.put("editions", format!("{editions:?}"));
    let key = inputs.key();
    if line.register.intact(UNIT, &key) {
        return Ok(page);
    }
    let sheets = catalogue::write(&compiled(line, &editions, films)?)?;
    let leaves = sheets.into_iter().map(|sheet| (sheet.path, sheet.bytes)).collect::<Vec<_>>();
    line.register.commit(UNIT, &key, inputs.by_name(), &leaves)?;
    Ok(page)
}

fn compiled(line: &Line<'_>, editions: &[Edition], films: &[Told]) -> Result<Catalogue, Diagnostic> {
    let Line { workshop, run: PrintRun { order, .. }, .. } = line;
    let season = workshop.season();
    let language = season.language.as_deref().or(films.iter().find_map(|film| film.language.as_deref()));
    let scheme = workshop.scheme_of(language.unwrap_or_default());
    let entries = in_parallel(films, order.jobs, |place, film| entry(line, editions, place, film));
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    Ok(Catalogue {
        club: season.club.clone(),
        season: season.season.clone(),
        language: tag(scheme),
        identifier: epub::identifier(&format!("catalogue/{}/{}", name(&season.club), name(&season.season))),
        films: entries.into_iter().collect::<Result<_, _>>()?,
        terms: workshop.terms(scheme),
        discussion_minutes: season.discussion_minutes.0,
    })
}

/// The editions that the season lists, and others that are ordered.
fn editions(workshop: &Workshop, order: &Order) -> Result<Vec<Edition>, Diagnostic> {
    let season = workshop.season();
    let mut editions = season.listed_editions();
    for ordered in order.editions_of(season)? {
        if editions.iter().all(|edition| edition.name != ordered.name) {
            editions.push(ordered);
        }
    }
    // the booklet with everything comes first, wherever it is listed
    editions.sort_by_key(|edition| edition.kind != EditionKind::Booklet);
    Ok(editions)
}

fn tag(scheme: &Scheme) -> String {
    if scheme.region.is_empty() {
        scheme.language.clone()
    } else {
        format!("{}-{}", scheme.language, scheme.region)
    }
}

fn entry(line: &Line<'_>, editions: &[Edition], place: usize, film: &Told) -> Result<Entry, Diagnostic> {
    let Line { workshop, run: PrintRun { order, .. }, .. } = line;
    let cache = workshop.cache();
    let Told { slug, metadata, language } = film;
    let season = workshop.season();
    let own = language.as_deref().or(season.language.as_deref()).unwrap_or_default();
    let scheme = workshop.scheme_of(own);
    let discussion = metadata.date.map(|date| {
        let (time, place) = season.time_and_place(slug);
        let long = book::written_out(date, workshop.scheme_of(season.language.as_deref().unwrap_or(own)));
        Discussion { date, long, time, place: place.map(str::to_owned) }
    });
    let layout = editions.first().and_then(|edition| workshop.layout(order.layout_of(edition)).ok());
    let inks = layout.and_then(|layout| layout.inks(place));
    let booklet = |product: Product| order.output.join(format!("{slug}.{}", product.ending()));
    // a file that is no booklet or e-book of ours is offered all the same, without what it does not tell
    let pages = store::read_if_there(&booklet(Product::Booklet))?.and_then(|pdf| pages(cache, &pdf));
    let cover = store::read_if_there(&booklet(Product::Ebook))?.and_then(|epub| thumbnail(cache, &epub));
    Ok(Entry {
        slug: slug.clone(),
        title: metadata.title.clone(),
        year: metadata.year,
        original_title: metadata.original_title.clone(),
        directors: metadata.directors.clone(),
        language: tag(scheme),
        discussion,
        tagline: metadata.tagline.clone(),
        pages,
        cover,
        inks: inks.map(|(ink, spark)| Inks { ink: ink.to_owned(), spark: spark.to_owned() }),
        files: files(order, editions, slug, scheme)?,
        identifier: epub::identifier(&booklet_seed(slug, &metadata.title, metadata.year)),
        updated: modified(order, metadata.date),
    })
}

/// How many pages a booklet has; a file is counted once.
fn pages(cache: &Cache, pdf: &[u8]) -> Option<usize> {
    let key = hex_sha256(pdf);
    let known = cache.recall("pages", &key).and_then(|pages| String::from_utf8(pages).ok()?.parse().ok());
    known.or_else(|| {
        let pages = pdf::pages_of(pdf).ok()?;
        cache.remember("pages", &key, pages.to_string().as_bytes());
        Some(pages)
    })
}

/// The cover of an e-book, small; it is drawn once.
fn thumbnail(cache: &Cache, epub: &[u8]) -> Option<Thumbnail> {
    let key = hex_sha256(epub);
    if let Some((jpeg, width, height)) = cache.fetch(&key).and_then(|it| {
        let (width, height) = it.record()?;
        Some((it.blob("cover.jpg")?, width, height))
    }) {
        return Some(Thumbnail { jpeg, width, height });
    }
    let Print { bytes: jpeg, width, height, .. } =
        picture::thumbnail(&epub::cover(epub).ok().flatten()?).ok()?;
    cache.keep(&key, &(width, height), &[("cover.jpg", &jpeg)]);
    Some(Thumbnail { jpeg, width, height })
}

/// The files of a film that are there.
fn files(order: &Order, editions: &[Edition], slug: &str, scheme: &Scheme) -> Result<Vec<File>, Diagnostic> {
    let mut files = Vec::new();
    for edition in editions {
        for (product, kind) in OFFERED {
            let name = format!("{}.{}", edition.file_stem(slug), product.ending());
            if let Some(bytes) = store::size_if_there(&order.output.join(&name))? {
                files.push(File { name, kind, edition: title(edition, scheme), bytes });
            }
        }
    }
    Ok(files)
}

/// The title of an edition; none for the booklet with everything.
fn title(edition: &Edition, scheme: &Scheme) -> Option<String> {
    let own = |otherwise: &str| Some(edition.title.clone().unwrap_or_else(|| otherwise.to_owned()));
    match edition.kind {
        EditionKind::Booklet => None,
        EditionKind::Before => own(scheme.term("before_the_film")),
        EditionKind::Discussion => own(scheme.term("for_the_discussion")),
        EditionKind::Chapters => own(&edition.name),
    }
}
