//! What bookify wrote, and from what: the list that stands beside the outputs.

use super::journal::Journal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

/// The folder of the register within that of the outputs.
pub const HOME: &str = ".bookify";
/// The sums of all outputs, for `sha256sum -c`.
pub const SUMS: &str = "SHA256SUMS";
/// The form of the list; one of another form is not read.
const FORM: u32 = 1;

/// The list. It holds no time and no path but those within the folder, so that the same season gives the same
/// bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    form: u32,
    /// By name.
    pub films: BTreeMap<String, Film>,
    /// By the name of the file in the folder of the outputs, with `/` between folders.
    pub files: BTreeMap<String, Line>,
}

/// Of what a film's files were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Film {
    /// The hash of all that went into them.
    pub key: String,
    /// SHA-256 of each thing that did, by its name.
    pub inputs: BTreeMap<String, String>,
}

/// A file that bookify wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The film that it belongs to, or the season.
    pub film: String,
    /// SHA-256 of what was written.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Whether the film is made without it now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
}

impl Default for Manifest {
    fn default() -> Self {
        Self { form: FORM, films: BTreeMap::new(), files: BTreeMap::new() }
    }
}

impl Manifest {
    /// Reads it; `None` where it is broken or of another form.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut read = serde_json::from_slice::<Self>(bytes).ok().filter(|it| it.form == FORM)?;
        // a line that names a file elsewhere is none of bookify's
        read.files.retain(|name, _| is_output_name(name));
        Some(read)
    }

    /// Writes it.
    pub fn written(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The sums, in the form of coreutils: names in order; a line whose name has a backslash or an end of line
    /// begins with a backslash, and there these are written `\\`, `\n` and `\r`.
    pub fn sums(&self) -> Vec<u8> {
        let line = |(name, line): (&String, &Line)| {
            let plain = name.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r");
            let mark = if plain == *name { "" } else { r"\" };
            format!("{mark}{}  {plain}\n", line.sha256)
        };
        self.files.iter().map(line).collect::<String>().into_bytes()
    }

    /// Enters what a journal says; the film's other files are stale from now on. A film whose file this one
    /// takes over is no longer known as built: its files are not what they were.
    pub fn enter(&mut self, journal: &Journal) {
        for line in self.files.values_mut().filter(|line| line.film == journal.film) {
            line.stale = true;
        }
        for file in &journal.files {
            let before = self.files.insert(file.name.clone(), file.line(&journal.film));
            if let Some(line) = before.filter(|line| line.film != journal.film && !line.stale) {
                self.films.remove(&line.film);
            }
        }
        let film = Film { key: journal.key.clone(), inputs: journal.inputs.clone() };
        self.films.insert(journal.film.clone(), film);
    }

    /// The names of a film's files that are stale.
    pub fn stale_of(&self, film: &str) -> Vec<String> {
        let stale = self.files.iter().filter(|(_, line)| line.film == film && line.stale);
        stale.map(|(name, _)| name.clone()).collect()
    }

    /// A film's files, without the stale ones.
    pub fn files_of(&self, film: &str) -> impl Iterator<Item = (&String, &Line)> {
        self.files.iter().filter(move |(_, line)| line.film == film && !line.stale)
    }

    /// Files that are stale, or whose films are not among those.
    pub fn leavers(&self, keep: &BTreeSet<String>) -> Vec<(String, String)> {
        let is_to_go = |line: &Line| line.stale || !keep.contains(&line.film);
        let leavers = self.files.iter().filter(|(_, line)| is_to_go(line));
        leavers.map(|(name, line)| (name.clone(), line.sha256.clone())).collect()
    }
}

/// Whether an output may have that name: it lies within the folder, and is not one of the register's own files.
pub fn is_output_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let own = |part: Component<'_>| [HOME, SUMS].iter().any(|own| part.as_os_str() == *own);
    !parts.clone().next().is_none_or(own) && parts.all(|part| matches!(part, Component::Normal(_)))
}
