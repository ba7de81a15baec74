//! The index of an almanac: an entry of several films is one.

use super::super::index::{sort_key, title_key};
use super::super::{Book, IndexEntry, IndexKind, Run, Within, printed};
use super::prefix::Prefix;

/// The entries of all films.
#[derive(Default)]
pub struct Entries(Vec<Merged>);

/// An entry that may be of several films.
struct Merged {
    kind: IndexKind,
    /// The words without a film's year, folded: what two films must agree in.
    same: String,
    year: Option<i32>,
    name: Vec<Run>,
    within: Vec<Within>,
}

impl Entries {
    /// Adds the entries of a book whose ids are still its own.
    pub fn add(&mut self, id: &str, book: &Book) {
        for entry in &book.index {
            let (title, year) = title_and_year(entry);
            let same = sort_key(&title);
            let within = Within { id: Prefix(id).before(&entry.id), film: book.title.clone() };
            let known = self.0.iter_mut().find(|known| {
                let years_agree = known.year == year || known.year.is_none() || year.is_none();
                known.kind == entry.kind && known.same == same && years_agree
            });
            match known {
                Some(known) => {
                    known.within.push(within);
                    if known.year.is_none() && year.is_some() {
                        (known.year, known.name) = (year, entry.name.clone());
                    }
                }
                None => self.0.push(Merged {
                    kind: entry.kind,
                    same,
                    year,
                    name: entry.name.clone(),
                    within: vec![within],
                }),
            }
        }
    }

    /// All entries in the alphabetical order of `language`, numbered anew.
    pub fn merged(self, language: &str) -> Vec<IndexEntry> {
        let Self(mut entries) = self;
        entries.sort_by_cached_key(|entry| (filed(entry, language), entry.same.clone(), entry.year));
        let entries = entries.into_iter().enumerate();
        let numbered = entries.map(|(at, Merged { kind, name, within, .. })| IndexEntry {
            id: format!("name-{}", at + 1),
            kind,
            name,
            within,
        });
        numbered.collect()
    }
}

/// By what an entry is sorted: a film's title without its article.
fn filed(entry: &Merged, language: &str) -> String {
    match (entry.kind, entry.name.first()) {
        (IndexKind::Film, Some(Run::Work { title, lang })) => {
            title_key(&printed(title), language, lang.as_deref())
        }
        (IndexKind::Film | IndexKind::Person, _) => entry.same.clone(),
    }
}

/// The words of an entry without a film's year, and that year.
fn title_and_year(entry: &IndexEntry) -> (String, Option<i32>) {
    match (entry.kind, entry.name.as_slice()) {
        (IndexKind::Film, [Run::Work { title, .. }, rest @ ..]) => {
            let year = printed(rest).trim().trim_matches(['(', ')']).parse().ok();
            (printed(title), year)
        }
        (IndexKind::Film | IndexKind::Person, name) => (printed(name), None),
    }
}
