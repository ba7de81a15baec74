//! What the outputs of a film are made of, part by part with its hash: together they are the key under which
//! the outputs are kept, and where the key is another, the part that changed has a name.

use super::order::file_name;
use super::plan::Job;
use super::told::Told;
use super::workshop::Workshop;
use super::{Order, gallery, own_schemes, store};
use crate::diag::Diagnostic;
use crate::dossier::Metadata;
use crate::layout::Layout;
use crate::scheme::Scheme;
use crate::season::{Edition, Entries};
use crate::source::hex_sha256;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The program, with its own layouts, fonts and chapter schemes.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("BOOKIFY_STAMP"));

/// What goes into the outputs of a film that lies among the season's dossiers, and of no other.
pub const THIS_FILM: &str = "season.yaml: this film";

/// Every booklet lists the films of its season.
const FILMS: &str = "the season's list of titles and dates";

/// The name of a dossier among what decides what it tells of its film.
pub const DOSSIER: &str = "dossier";

/// Everything that goes into the outputs of one film, by name, each with its SHA-256.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs(BTreeMap<String, String>);

/// What goes into all films alike.
pub struct Common {
    inputs: Inputs,
    ordered: String,
    entries: Entries,
    films: String,
    told: String,
}

impl Inputs {
    /// An input of that name.
    pub fn put(&mut self, name: impl Into<String>, bytes: impl AsRef<[u8]>) {
        self.0.insert(name.into(), hex_sha256(bytes.as_ref()));
    }

    /// An input whose SHA-256 is known.
    pub fn put_sum(&mut self, name: String, sha256: String) {
        self.0.insert(name, sha256);
    }

    /// What decides what a dossier tells of its film.
    ///
    /// # Errors
    /// Where the dossier cannot be read.
    pub fn of_reading(job: &Job, entries: &Entries, schemes: &[Scheme]) -> Result<Self, Diagnostic> {
        let mut inputs = Self::default();
        inputs.put("bookify itself", PROGRAM);
        inputs.put("season.yaml: what holds for all films", &entries.common);
        inputs.put(THIS_FILM, entries.films.get(&job.slug).map_or("", String::as_str));
        inputs.put("chapter schemes", format!("{schemes:?}"));
        inputs.put(DOSSIER, store::read(&job.path)?);
        inputs.put("form of the dossier", format!("{} {}", job.reviewed, ending(job)));
        Ok(inputs)
    }

    /// One SHA-256 for all, in hexadecimal.
    pub fn key(&self) -> String {
        let lines = self.0.iter().fold(String::new(), |mut lines, (name, hash)| {
            let _ = writeln!(lines, "{hash} {name}");
            lines
        });
        hex_sha256(lines.as_bytes())
    }

    /// Whether the one of that name has that SHA-256.
    pub fn has(&self, name: &str, sha256: &str) -> bool {
        self.0.get(name).is_some_and(|known| known == sha256)
    }

    /// The hashes by the names of the inputs.
    pub fn by_name(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

impl Common {
    /// What is the same for every film of an order.
    ///
    /// # Errors
    /// Where an edition has a layout that the workshop does not know, or the club's own chapter schemes cannot be
    /// read.
    pub fn of(
        order: &Order,
        editions: &[Edition],
        entries: Entries,
        workshop: &Workshop,
        told: &[Told],
    ) -> Result<Self, Diagnostic> {
        let mut inputs = Inputs::default();
        inputs.put("bookify itself", PROGRAM);
        inputs.put("season.yaml: what holds for all films", &entries.common);
        inputs.put("SOURCE_DATE_EPOCH", format!("{:?}", order.epoch));
        for edition in editions {
            let name = order.layout_of(edition);
            inputs.put(format!("layout {}", file_name(name)), workshop.layout(name)?.fingerprint());
        }
        for path in own_schemes(&order.sources)? {
            inputs.put(format!("chapters/{}", file_name(&store::shown(&path))), store::read(&path)?);
        }
        let ordered = format!("{} {}", order.in_words(), order.strict);
        Ok(Self { inputs, ordered, entries, films: films(told), told: format!("{told:?}") })
    }

    /// What goes into the outputs of one film.
    ///
    /// # Errors
    /// Where its dossier or a picture cannot be read.
    pub fn with(&self, job: &Job) -> Result<Inputs, Diagnostic> {
        let mut inputs = self.inputs.clone();
        inputs.put("what was ordered", &self.ordered);
        inputs.put(job.file_name(), store::read(&job.path)?);
        if job.in_season {
            inputs.put(THIS_FILM, self.entries.films.get(&job.slug).map_or("", String::as_str));
            inputs.put(FILMS, &self.films);
        }
        for path in gallery::files_beside(job)? {
            inputs.put(format!("{}/{}", job.slug, file_name(&store::shown(&path))), store::read(&path)?);
        }
        Ok(inputs)
    }

    /// What goes into the almanac: what goes into every film, and its own layout.
    ///
    /// # Errors
    /// Where a dossier or a picture cannot be read.
    pub fn of_almanac(&self, films: &[Job], (name, layout): (&str, &Layout)) -> Result<Inputs, Diagnostic> {
        let mut inputs = self.of_season();
        inputs.put(format!("layout {}", file_name(name)), layout.fingerprint());
        for film in films {
            inputs.put_sum(format!("the film {}", film.slug), self.with(film)?.key());
        }
        Ok(inputs)
    }

    /// The season's file and films: what its members' page is made of, beside the films' outputs. It shows what
    /// is there, whatever was ordered.
    pub fn of_season(&self) -> Inputs {
        let mut inputs = self.inputs.clone();
        inputs.put("season.yaml: the films", self.entries.films.values().cloned().collect::<String>());
        inputs.put("what the dossiers tell of their films", &self.told);
        inputs
    }
}

fn ending(job: &Job) -> String {
    job.path.extension().unwrap_or_default().to_string_lossy().into_owned()
}

/// What the booklets of a season tell of its films: no more, or a tagline would make all of them anew.
fn films(told: &[Told]) -> String {
    let film = |film: &Told| {
        let Metadata { title, year, date, .. } = &film.metadata;
        format!("{:?}", (&film.slug, title, year, date))
    };
    told.iter().map(film).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_changes_the_key() {
        let of = |parts: &[(&str, &str)]| {
            let mut inputs = Inputs::default();
            for (name, bytes) in parts {
                inputs.put(*name, bytes);
            }
            inputs.key()
        };
        let keys = [
            of(&[]),
            of(&[("a", "1")]),
            of(&[("a", "2")]),
            of(&[("b", "1")]),
            of(&[("a", "1"), ("b", "1")]),
            of(&[("a", "1"), ("b", "2")]),
        ];
        assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), keys.len());
        assert_eq!(of(&[("b", "1"), ("a", "1")]), keys[4], "their order does not count");
    }
}
