//! What a build is about to do to a film's files, written down before it does it.

use super::manifest::{Line, is_output_name};
use crate::source::hex_sha256;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A film's files that stand ready under other names. Once a journal is written, its files are put in their
/// places, by this build or by the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The film, or the season.
    pub film: String,
    /// The hash of all that went into its files.
    pub key: String,
    /// SHA-256 of each thing that did.
    pub inputs: BTreeMap<String, String>,
    /// All its files; the number of one is its name while it waits.
    pub files: Vec<Announced>,
}

/// A file as it will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// Its name in the folder of the outputs.
    pub name: String,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Whether it is to be put in its place; otherwise it stands there already.
    pub waits: bool,
}

impl Announced {
    /// Its line in the list.
    pub fn line(&self, film: &str) -> Line {
        Line { film: film.to_owned(), sha256: self.sha256.clone(), size: self.size, stale: false }
    }
}

impl Journal {
    /// What is to be announced of a film's files; none waits yet.
    pub fn new(
        film: &str,
        key: &str,
        inputs: &BTreeMap<String, String>,
        files: &[(String, Vec<u8>)],
    ) -> Self {
        let announced = |(name, bytes): &(String, Vec<u8>)| Announced {
            name: name.clone(),
            sha256: hex_sha256(bytes),
            size: bytes.len() as u64,
            waits: false,
        };
        Self {
            film: film.to_owned(),
            key: key.to_owned(),
            inputs: inputs.clone(),
            files: files.iter().map(announced).collect(),
        }
    }

    /// Reads it; `None` where it is broken or names a file that cannot be an output.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read = serde_json::from_slice::<Self>(bytes).ok()?;
        read.files.iter().all(|file| is_output_name(&file.name)).then_some(read)
    }

    /// Writes it.
    pub fn written(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }

    /// Its files with the names under which they wait.
    pub fn waiting(&self) -> impl Iterator<Item = (String, &Announced)> {
        self.files.iter().enumerate().map(|(at, file)| (at.to_string(), file))
    }
}
