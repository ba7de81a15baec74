//! The register of a season's outputs: what bookify wrote, from what, and whether it still stands there.
//!
//! ```text
//! output/the-general.pdf, …           the outputs
//!        SHA256SUMS                   their sums, for `sha256sum -c`
//!        .bookify/manifest.json       files with sums and films; films with keys and inputs
//!                 lock                held while outputs are replaced
//!                 staging-…/          files of a film that wait; a lock while their build lives
//!                          commit.json   the journal: all is there
//! ```
//!
//! A film's files are replaced together. They are first written where they wait, then announced in a journal,
//! then put in their places, then entered in the list. A build that dies before the journal has done nothing;
//! what one leaves that dies after it, the next build finishes ([`Register::recover`], and every commit). So
//! each film is the old one or the new one. Builds that run at once take turns at replacing, and read the list
//! anew each time.

mod desk;
mod journal;
mod manifest;
mod turn;

#[cfg(test)]
mod tests;

use super::stacks::Stacks;
use super::store::{self, Disk};
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::hex_sha256;
use desk::Desk;
use journal::Journal;
use manifest::{Film, Line, Manifest, is_output_name};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use turn::Settled;

/// So many of a film's files are read at once: a large season is looked through in the blink of an eye.
const HANDS: usize = 4;

/// The register of one folder of outputs. It may be shared between threads.
#[derive(Debug)]
pub struct Register {
    desk: Desk,
    known: Mutex<Manifest>,
    warning: Option<Diagnostic>,
}

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// Files that were written, in the order in which they were given.
    pub written: Vec<String>,
    /// Files whose bytes stood there already; they were not touched.
    pub unchanged: Vec<String>,
    /// The film's files of before that it is made without now; [`Register::prune`] removes them.
    pub stale: Vec<String>,
    /// What was replaced though bookify did not write it, or somebody changed it since; and what is left of
    /// other builds.
    pub notes: Vec<Diagnostic>,
}

/// What was removed from the outputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Files that were removed, by name.
    pub removed: Vec<String>,
    /// Why files stay: somebody changed them, and they are not bookify's any more; or they cannot be removed.
    pub left: Vec<Diagnostic>,
}

/// What is otherwise than when a film was built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The register does not know the film.
    NeverBuilt,
    /// Something goes into it now that did not.
    New(String),
    /// Something went into it that does not now.
    Gone(String),
    /// Something that goes into it is other than it was.
    Differs(String),
    /// One of its files is not there.
    FileMissing(String),
    /// One of its files is not what bookify wrote.
    FileChanged(String),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverBuilt => write!(f, "was not built here before"),
            Self::New(name) => write!(f, "{name} is new"),
            Self::Gone(name) => write!(f, "{name} is gone"),
            Self::Differs(name) => write!(f, "{name} has changed"),
            Self::FileMissing(name) => write!(f, "the output {name} is not there"),
            Self::FileChanged(name) => write!(f, "the output {name} is not as bookify wrote it"),
        }
    }
}

impl Register {
    /// Opens the register of a folder, without writing anything. A list that is broken knows nothing; then
    /// [`Register::warning`] says so.
    ///
    /// # Errors
    /// Where the list is there and cannot be read.
    pub fn open(output: &Path) -> Result<Self, Diagnostic> {
        Self::on(Box::new(Disk::new(output)), output)
    }

    fn on(stacks: Box<dyn Stacks>, output: &Path) -> Result<Self, Diagnostic> {
        let desk = Desk::new(stacks, output);
        let known = desk.manifest()?;
        let warning = known.is_none().then(|| {
            Diagnostic::warning(Code::Output, "the list of what bookify wrote here cannot be understood")
                .at(desk.place_of(desk::manifest_path()))
                .hint("nothing to do: it is written anew, and every film is built once more")
        });
        let known = Mutex::new(known.unwrap_or_default());
        Ok(Self { desk, known, warning })
    }

    /// What was wrong with the list.
    pub fn warning(&self) -> Option<&Diagnostic> {
        self.warning.as_ref()
    }

    /// Finishes or undoes what builds have left that died, and writes the sums anew where somebody changed
    /// them; notes say what was finished.
    ///
    /// # Errors
    /// Where there is such a thing and the folder cannot be written.
    pub fn recover(&self) -> Result<Vec<Diagnostic>, Diagnostic> {
        let sums_stand = self.desk.sums_are(&self.known())?;
        if sums_stand && self.desk.stagings()?.is_empty() {
            return Ok(Vec::new());
        }
        let _turn = self.desk.take_turn()?;
        let Settled { mut manifest, notes, .. } = self.settle()?;
        if !self.desk.sums_are(&manifest)? {
            self.put_lists(&mut manifest)?;
        }
        Ok(notes)
    }

    /// Replaces a film's files by these (names and bytes), all or none, and enters them with the film's key and
    /// with the hashes of what went into it. The film may be the season, for files that belong to all.
    ///
    /// # Errors
    /// Where they cannot be written: then the old ones stand there, or the next commit or
    /// [`Register::recover`] puts the new ones in their places.
    pub fn commit(
        &self,
        film: &str,
        key: &str,
        inputs: &BTreeMap<String, String>,
        files: &[(String, Vec<u8>)],
    ) -> Result<Committed, Diagnostic> {
        self.check_names(files)?;
        let _unbroken = store::writing();
        let mut journal = Journal::new(film, key, inputs, files);
        let staging = {
            let _turn = self.desk.take_turn()?;
            self.desk.open_staging()?
        };
        // what takes time is done before others have to wait
        let committed = self.stage(&staging, &mut journal, files).and_then(|()| {
            let _turn = self.desk.take_turn()?;
            self.replace(&staging, &mut journal, files)
        });
        // once it is announced, it will be finished
        if committed.is_ok() || matches!(self.desk.announced(&staging.at), Ok(None)) {
            let _ = self.desk.discard(staging);
        }
        committed
    }

    /// Removes stale files, and those of films that are not among `keep`; but only what is still as bookify
    /// wrote it. The season counts as a film.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn prune(&self, keep: &BTreeSet<String>) -> Result<Pruned, Diagnostic> {
        if self.desk.manifest()? == Some(Manifest::default()) && self.desk.stagings()?.is_empty() {
            return Ok(Pruned::default());
        }
        let _turn = self.desk.take_turn()?;
        let mut manifest = self.settle()?.manifest;
        let before = manifest.clone();
        let mut pruned = Pruned::default();
        for (name, sha256) in manifest.leavers(keep) {
            match self.remove_own(&name, &sha256) {
                Ok(Leaver::Removed) => pruned.removed.push(name.clone()),
                Ok(Leaver::Gone) => {}
                Ok(Leaver::Changed) => pruned.left.push(self.changed(&name)),
                Err(error) => {
                    pruned.left.push(Diagnostic { severity: Severity::Warning, ..error });
                    continue;
                }
            }
            manifest.files.remove(&name);
        }
        manifest.films.retain(|film, _| keep.contains(film));
        if manifest != before {
            self.put_lists(&mut manifest)?;
        }
        Ok(pruned)
    }

    /// Whether the film was built under that key and all its files are there as they were written: then there
    /// is nothing to do for it.
    pub fn intact(&self, film: &str, key: &str) -> bool {
        let lines = {
            let known = self.known();
            if known.films.get(film).is_none_or(|it| it.key != key) {
                return false;
            }
            lines_of(&known, film)
        };
        let is_sound = |(name, line): &(String, Line)| {
            let bytes = self.desk.read(name).ok().flatten();
            bytes.is_some_and(|bytes| bytes.len() as u64 == line.size && hex_sha256(&bytes) == line.sha256)
        };
        super::in_parallel(&lines, HANDS, |_, line| is_sound(line)).into_iter().all(|sound| sound)
    }

    /// What is otherwise than when the film was built, in the order of names: what goes into it (SHA-256 by
    /// name), then its files.
    pub fn why(&self, film: &str, inputs_now: &BTreeMap<String, String>) -> Vec<Change> {
        let (then, lines) = {
            let known = self.known();
            let Some(Film { inputs, .. }) = known.films.get(film) else { return vec![Change::NeverBuilt] };
            (inputs.clone(), lines_of(&known, film))
        };
        let names = then.keys().chain(inputs_now.keys()).collect::<BTreeSet<_>>();
        let inputs = names.into_iter().filter_map(|name| match (then.get(name), inputs_now.get(name)) {
            (None, _) => Some(Change::New(name.clone())),
            (_, None) => Some(Change::Gone(name.clone())),
            (then, now) => (then != now).then(|| Change::Differs(name.clone())),
        });
        let files = lines.into_iter().filter_map(|(name, line)| match self.desk.hash(&name) {
            Ok(None) => Some(Change::FileMissing(name)),
            Ok(Some(hash)) if hash == line.sha256 => None,
            Ok(Some(_)) | Err(_) => Some(Change::FileChanged(name)),
        });
        inputs.chain(files).collect()
    }

    /// The SHA-256 of every file by its name, of those films.
    pub fn sums_of(&self, is_wanted: impl Fn(&str) -> bool) -> BTreeMap<String, String> {
        let known = self.known();
        let wanted = known.films.keys().filter(|film| is_wanted(film));
        wanted.flat_map(|film| lines_of(&known, film)).map(|(name, line)| (name, line.sha256)).collect()
    }

    /// The films that are known as built, and the season, in the order of their names.
    pub fn films(&self) -> Vec<String> {
        self.known().films.keys().cloned().collect()
    }

    /// Whether something of that name went into a film's files.
    pub fn has_input(&self, film: &str, name: &str) -> bool {
        self.known().films.get(film).is_some_and(|film| film.inputs.contains_key(name))
    }

    /// A film's files as they were written last: names and bytes; without the stale ones.
    pub fn files_of(&self, film: &str) -> Vec<(String, u64)> {
        lines_of(&self.known(), film).into_iter().map(|(name, line)| (name, line.size)).collect()
    }
}

/// What became of a file that is to go.
enum Leaver {
    Removed,
    Gone,
    Changed,
}

impl Register {
    fn known(&self) -> MutexGuard<'_, Manifest> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces list and sums where they change. In one's turn alone.
    fn put_lists(&self, manifest: &mut Manifest) -> Result<(), Diagnostic> {
        let staging = self.desk.open_staging()?;
        let put = self.desk.put_lists(&staging.at, manifest);
        let _ = self.desk.discard(staging);
        put?;
        self.known().clone_from(manifest);
        Ok(())
    }

    fn check_names(&self, files: &[(String, Vec<u8>)]) -> Result<(), Diagnostic> {
        let mut seen = BTreeSet::new();
        for (name, _) in files {
            if !is_output_name(name) || !seen.insert(name) {
                return Err(Diagnostic::error(
                    Code::Output,
                    format!("“{name}” cannot be the name of an output"),
                )
                .at(self.desk.place_of(name))
                .hint("give the dossier's file another name"));
            }
            if self.desk.is_folder(name)? {
                return Err(Diagnostic::error(Code::Output, "a folder has the name of an output")
                    .at(self.desk.place_of(name))
                    .hint("rename this folder, or choose another for the outputs with --output"));
            }
        }
        Ok(())
    }

    fn remove_own(&self, name: &str, sha256: &str) -> Result<Leaver, Diagnostic> {
        match self.desk.hash(name)? {
            None => Ok(Leaver::Gone),
            Some(hash) if hash != sha256 => Ok(Leaver::Changed),
            Some(_) => {
                self.desk.remove(name)?;
                self.desk.remove_empty_above(name);
                Ok(Leaver::Removed)
            }
        }
    }

    fn changed(&self, name: &str) -> Diagnostic {
        Diagnostic::warning(Code::Output, "this file belongs to no film any more, but somebody changed it")
            .at(self.desk.place_of(name))
            .hint("it stays and is yours now; delete it if it is not wanted")
    }
}

fn lines_of(manifest: &Manifest, film: &str) -> Vec<(String, Line)> {
    manifest.files_of(film).map(|(name, line)| (name.clone(), line.clone())).collect()
}
