//! `opds.json` and `publications/`: a feed by OPDS 2.0, and each of its publications alone, as the feed's
//! links to them ask for.

use super::atom::instant;
use super::words::Words;
use super::{ATOM, Catalogue, Entry, OPDS, PAGE, link};
use serde_json::{Map, Value, json};

/// The media type of a feed.
const FEED_TYPE: &str = "application/opds+json";
/// The media type of a publication.
const PUBLICATION_TYPE: &str = "application/opds-publication+json";
/// From the folder of the publications to that of the feed.
const UP: &str = "../";

/// The feed.
pub fn feed(catalogue: &Catalogue, words: Words<'_>) -> Vec<u8> {
    let publications = catalogue.offered().map(|film| publication(catalogue, film, "")).collect::<Vec<_>>();
    let feed = json!({
        "metadata": {
            "title": catalogue.full_title(words),
            "identifier": catalogue.identifier.urn().to_string(),
            "modified": instant(catalogue.updated()),
            "numberOfItems": publications.len(),
        },
        "links": [
            {"rel": ["self", "start"], "href": OPDS, "type": FEED_TYPE},
            {"rel": "alternate", "href": ATOM, "type": "application/atom+xml;profile=opds-catalog;kind=acquisition"},
            {"rel": "alternate", "href": PAGE, "type": "text/html"},
        ],
        "publications": publications,
    });
    lines(&feed)
}

/// Where a publication stands alone.
pub fn path(film: &Entry) -> String {
    format!("publications/{}.json", film.slug)
}

/// A publication alone.
pub fn alone(catalogue: &Catalogue, film: &Entry) -> Vec<u8> {
    lines(&publication(catalogue, film, UP))
}

/// A film's publication; `folder` leads from where it stands to the folder of the catalogue.
fn publication(catalogue: &Catalogue, film: &Entry, folder: &str) -> Value {
    let at = |path: &str| format!("{folder}{}", link(path));
    let files = film.readable().map(|file| {
        let words = Words::of(catalogue);
        json!({
            "rel": "http://opds-spec.org/acquisition/open-access",
            "href": at(&file.name),
            "type": file.kind.media_type(),
            "title": words.file(file),
            "properties": {"size": file.bytes},
        })
    });
    let own = json!({"rel": "self", "href": at(&path(film)), "type": PUBLICATION_TYPE});
    let mut publication = Map::new();
    publication.insert("metadata".to_owned(), metadata(catalogue, film));
    publication.insert("links".to_owned(), std::iter::once(own).chain(files).collect());
    if let Some(cover) = &film.cover {
        let (height, width) = (cover.height, cover.width);
        let image =
            json!({"href": at(&film.cover_path()), "type": "image/jpeg", "height": height, "width": width});
        publication.insert("images".to_owned(), Value::Array(vec![image]));
    }
    Value::Object(publication)
}

/// What is known of it. As in its e-book, the club is the author; without a club, the directors are.
fn metadata(catalogue: &Catalogue, film: &Entry) -> Value {
    let mut known = Map::new();
    let mut put = |key: &str, value: Value| {
        known.insert(key.to_owned(), value);
    };
    put("@type", "http://schema.org/Book".into());
    put("title", film.title.clone().into());
    put("identifier", film.identifier.urn().to_string().into());
    put("modified", instant(film.updated).into());
    put("language", film.language.clone().into());
    let directors = Value::from(film.directors.clone());
    match &catalogue.club {
        Some(club) => {
            put("author", club.clone().into());
            let directors =
                film.directors.iter().map(|name| json!({"name": name, "role": "drt"})).collect::<Value>();
            put("contributor", directors);
        }
        None if film.directors.is_empty() => {}
        None => put("author", directors),
    }
    if let Some(discussion) = &film.discussion {
        put("published", discussion.date.to_string().into());
    }
    if let Some(tagline) = &film.tagline {
        put("description", tagline.clone().into());
    }
    if let Some(pages) = film.pages.filter(|pages| *pages > 0) {
        put("numberOfPages", pages.into());
    }
    if let Some(season) = &catalogue.season {
        let position = catalogue.films.iter().position(|other| other.slug == film.slug);
        let position = position.map_or(1, |at| at + 1);
        put("belongsTo", json!({"series": {"name": season, "position": position}}));
    }
    Value::Object(known)
}

/// JSON that a person can read too.
fn lines(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}
