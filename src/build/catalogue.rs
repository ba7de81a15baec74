//! The season's catalogue: its films and what stands in the folder of the outputs, told to its members.
//!
//! It is made of the files themselves, so that it tells of all films after one of them is built alone.

use super::press::{booklet_seed, modified};
use super::workshop::Workshop;
use super::{Order, Product, store};
use crate::book::{self, EditionKind};
use crate::catalogue::{self, Catalogue, Discussion, Entry, File, Inks, Kind, Thumbnail};
use crate::diag::Diagnostic;
use crate::dossier::Metadata;
use crate::scheme::Scheme;
use crate::season::Edition;
use crate::{epub, pdf, picture};
use std::path::PathBuf;

/// What is offered of an edition, in this order.
const OFFERED: [(Product, Kind); 4] = [
    (Product::Booklet, Kind::Booklet),
    (Product::Ebook, Kind::Ebook),
    (Product::Print, Kind::Print),
    (Product::Press, Kind::Press),
];

/// A film of the season as its dossier tells of it.
pub struct Told {
    /// The name of its dossier.
    pub slug: String,
    /// What is known of it, completed by the season; the title is never empty.
    pub metadata: Metadata,
    /// Language of its dossier, where it could be read.
    pub language: Option<String>,
}

/// Makes the catalogue and stores it beside the outputs; gives the path of its page, or nothing where the
/// season names no film.
///
/// # Errors
/// Where the folder of the outputs cannot be read or written.
pub fn catalogue(workshop: &Workshop, order: &Order, films: &[Told]) -> Result<Option<PathBuf>, Diagnostic> {
    if films.is_empty() {
        return Ok(None);
    }
    let season = workshop.season();
    let language = season.language.as_deref().or(films.iter().find_map(|film| film.language.as_deref()));
    let scheme = workshop.scheme_of(language.unwrap_or_default());
    let editions = editions(workshop, order)?;
    let entries = films.iter().enumerate();
    let entries = entries.map(|(place, film)| entry(workshop, order, &editions, place, film));
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    let catalogue = Catalogue {
        club: season.club.clone(),
        season: season.season.clone(),
        language: tag(scheme),
        identifier: epub::identifier(&format!("catalogue/{}/{}", name(&season.club), name(&season.season))),
        films: entries.collect::<Result<_, _>>()?,
        terms: workshop.terms(scheme),
        discussion_minutes: season.discussion_minutes.0,
    };
    let sheets = catalogue::write(&catalogue)?;
    for sheet in &sheets {
        let path = order.output.join(&sheet.path);
        if let Some(folder) = path.parent() {
            store::make_folder(folder)?;
        }
        store::replace(&path, &sheet.bytes)?;
    }
    Ok(sheets.first().map(|page| order.output.join(&page.path)))
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

fn entry(
    workshop: &Workshop,
    order: &Order,
    editions: &[Edition],
    place: usize,
    film: &Told,
) -> Result<Entry, Diagnostic> {
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
    let pages = store::read_if_there(&booklet(Product::Booklet))?.and_then(|pdf| pdf::pages_of(&pdf).ok());
    let cover = store::read_if_there(&booklet(Product::Ebook))?;
    let cover = cover.and_then(|epub| epub::cover(&epub).ok().flatten());
    let cover = cover.and_then(|jpeg| picture::thumbnail(&jpeg).ok());
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
        cover: cover.map(|print| Thumbnail { jpeg: print.bytes, width: print.width, height: print.height }),
        inks: inks.map(|(ink, spark)| Inks { ink: ink.to_owned(), spark: spark.to_owned() }),
        files: files(order, editions, slug, scheme)?,
        identifier: epub::identifier(&booklet_seed(slug, &metadata.title, metadata.year)),
        updated: modified(order, metadata.date),
    })
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
