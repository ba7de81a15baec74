//! A club with three small dossiers, its outputs and its cache, each in a folder of its own.

use crate::common::{SMALL, bytes, folder_with, write};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The films in the order of their discussions.
pub const FILMS: [&str; 3] = ["lamp", "mill", "tower"];

pub const SEASON: &str = "club: The Lamp\nseason: One\nfilms:\n  - dossier: lamp\n    date: 2026-03-03\n  - dossier: mill\n    date: 2026-04-07\n  - dossier: tower\n    date: 2026-05-05\n";

/// What tells whether a file was written anew, though its bytes are the same.
type Mark = (u64, SystemTime);

pub struct Club {
    folder: tempfile::TempDir,
}

impl Club {
    /// The season with its three films, nothing built yet.
    pub fn new() -> Self {
        let club = Self { folder: folder_with(&[("sources/season.yaml", SEASON.as_bytes())]) };
        for film in FILMS {
            club.save(film, &dossier(film));
        }
        club
    }

    /// A club with one dossier and no season.
    pub fn of_one(film: &str) -> Self {
        let club = Self { folder: folder_with(&[("sources/season.yaml", b"club: The Lamp\n")]) };
        club.save(film, &dossier(film));
        club
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Saves the text of a dossier.
    pub fn save(&self, film: &str, text: &str) {
        write(&self.path(&format!("sources/{film}.txt")), text.as_bytes());
    }

    /// Replaces words of the season's file that stand there once.
    pub fn amend(&self, words: &str, by: &str) {
        let path = self.path("sources/season.yaml");
        let season = String::from_utf8(bytes(&path)).expect("the season is UTF-8");
        assert_eq!(season.matches(words).count(), 1, "{words}: {season}");
        write(&path, season.replace(words, by).as_bytes());
    }

    /// Runs the program with settings of the environment; exit code, standard output and standard error.
    pub fn run(&self, environment: &[(&str, &str)], arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_bookify"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("SOURCE_DATE_EPOCH")
            .env("NO_COLOR", "1")
            .envs(environment.iter().copied())
            .output()
            .expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().expect("the program ends by itself");
        (code, text(&output.stdout), text(&output.stderr))
    }

    /// Builds with the club's own cache; all must be well.
    pub fn build(&self, arguments: &[&str]) {
        let (code, _, text) = self.run(&[], &[&["build", "--quiet", "--cache", "cache"], arguments].concat());
        assert_eq!(code, 0, "{arguments:?}: {text}");
    }

    /// Builds, and what made each film be built, one line each, sorted.
    pub fn reasons(&self, arguments: &[&str]) -> Vec<String> {
        let films = FILMS.join(",");
        let why = ["build", "--quiet", "--cache", "cache", "--why", &films];
        let (code, said, text) = self.run(&[], &[&why, arguments].concat());
        assert_eq!(code, 0, "{text}");
        let mut lines = said.lines().map(str::to_owned).collect::<Vec<_>>();
        lines.sort();
        lines
    }

    /// The bytes of every output by name, with the list of them and their sums.
    pub fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.path("output");
        let files = files_below(&root).into_iter().filter(|name| name != ".bookify/lock");
        files.map(|name| (name.clone(), bytes(&root.join(name)))).collect()
    }

    /// The mark of every file below a folder.
    pub fn marks(&self, folder: &str) -> BTreeMap<String, Mark> {
        let root = self.path(folder);
        files_below(&root).into_iter().map(|name| (name.clone(), mark(&root.join(name)))).collect()
    }

    /// Every output stands in SHA256SUMS with its sum, and nothing else does.
    pub fn verify(&self) {
        let outputs = self.outputs();
        let sums = outputs.get("SHA256SUMS").expect("there are sums");
        let listed = String::from_utf8_lossy(sums).into_owned();
        let sum = |bytes: &[u8]| {
            let digits = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>();
            digits.concat()
        };
        let own = |name: &str| name == "SHA256SUMS" || name.starts_with(".bookify/");
        let found = outputs.iter().filter(|(name, _)| !own(name));
        let found = found.map(|(name, bytes)| format!("{}  {name}\n", sum(bytes))).collect::<Vec<_>>();
        assert_eq!(listed, found.concat());
    }
}

/// A small dossier of a film's own.
pub fn dossier(film: &str) -> String {
    SMALL.replace("Lighthouse", film)
}

/// Names whose file is another one, or is there on one side only.
pub fn changed(before: &BTreeMap<String, Mark>, after: &BTreeMap<String, Mark>) -> Vec<String> {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// Whether two seasons are the same, byte for byte; the first name that differs is told.
pub fn assert_same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in expected {
        assert!(found.get(name) == Some(bytes), "{what}: {name} differs");
    }
}

fn files_below(root: &Path) -> Vec<String> {
    let mut open = vec![root.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let within = path.strip_prefix(root).expect("it lies there");
                found.push(within.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

fn mark(path: &Path) -> Mark {
    let it = fs::metadata(path).expect("the file is there");
    (number(&it), it.modified().expect("files have times"))
}

#[cfg(unix)]
fn number(it: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(it)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}
