//! The folder of the outputs, as the register works on it: every failure names its file.

use super::journal::{Announced, Journal};
use super::manifest::{HOME, Manifest, SUMS};
use crate::build::shelf::Found;
use crate::build::stacks::{Held, Stacks};
use crate::build::store;
use crate::diag::{Code, Diagnostic, Place};
use crate::source::hex_sha256;
use std::io;
use std::path::{Path, PathBuf};

/// How the names of the folders begin in which files wait.
const STAGING: &str = "staging-";
const LOCK: &str = "lock";
const JOURNAL: &str = "commit.json";
/// The list's name.
const MANIFEST: &str = "manifest.json";
/// A file on its way into its place.
const UNFINISHED: &str = "part";

/// A folder in which a film's files wait. As long as it is locked, its build is alive.
pub struct Staging {
    /// Seen from the folder of the outputs.
    pub at: PathBuf,
    held: Held,
}

impl Staging {
    /// Lets go of the folder.
    pub fn release(self) -> PathBuf {
        drop(self.held);
        self.at
    }
}

/// The folder of the outputs.
#[derive(Debug)]
pub struct Desk {
    stacks: Box<dyn Stacks>,
    output: PathBuf,
}

impl Desk {
    /// The folder, and its name as the editor knows it.
    pub fn new(stacks: Box<dyn Stacks>, output: &Path) -> Self {
        Self { stacks, output: output.to_owned() }
    }

    /// A file's bytes, where it is there.
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Option<Vec<u8>>, Diagnostic> {
        let path = path.as_ref();
        match self.stacks.read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|error| self.stopped(path, &error)),
        }
    }

    /// A file's SHA-256, where it is there.
    pub fn hash(&self, path: impl AsRef<Path>) -> Result<Option<String>, Diagnostic> {
        Ok(self.read(path)?.map(|bytes| hex_sha256(&bytes)))
    }

    /// Writes a file that is not there yet.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.stacks.write(path, bytes).map_err(|error| self.stopped(path, &error))
    }

    /// Removes a file, where it is there.
    pub fn remove(&self, path: impl AsRef<Path>) -> Result<(), Diagnostic> {
        let path = path.as_ref();
        match self.stacks.remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.stopped(path, &error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Removes the folders that a file stood in, as far as nothing is left in them.
    pub fn remove_empty_above(&self, name: &str) {
        let above = Path::new(name).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in above {
            if self.stacks.remove_folder(folder).is_err() {
                break;
            }
        }
    }

    /// Whether that is a folder.
    pub fn is_folder(&self, path: impl AsRef<Path>) -> Result<bool, Diagnostic> {
        let path = path.as_ref();
        Ok(self.stacks.find(path).map_err(|error| self.stopped(path, &error))? == Found::Folder)
    }

    /// Waits until no other build changes the outputs, and keeps others waiting.
    pub fn take_turn(&self) -> Result<Held, Diagnostic> {
        let home = Path::new(HOME);
        self.stacks.make_folder(home).map_err(|error| self.stopped(home, &error))?;
        let lock = home.join(LOCK);
        self.stacks.lock(&lock).map_err(|error| self.stopped(&lock, &error))
    }

    /// Makes a folder for files to wait in. In one's turn alone: until it is locked it looks abandoned.
    pub fn open_staging(&self) -> Result<Staging, Diagnostic> {
        let home = Path::new(HOME);
        let name = self.stacks.make_unique(home, STAGING).map_err(|error| self.stopped(home, &error))?;
        let at = home.join(name);
        let held = self.stacks.lock(&at.join(LOCK)).map_err(|error| self.stopped(&at, &error))?;
        Ok(Staging { at, held })
    }

    /// The folders in which files wait, of living builds and of dead ones.
    pub fn stagings(&self) -> Result<Vec<PathBuf>, Diagnostic> {
        let home = Path::new(HOME);
        let names = self.stacks.names(home).map_err(|error| self.stopped(home, &error))?;
        Ok(names.iter().filter(|name| name.starts_with(STAGING)).map(|name| home.join(name)).collect())
    }

    /// Takes over a folder whose build is dead.
    pub fn inherit(&self, at: PathBuf) -> Option<Staging> {
        let held = self.stacks.try_lock(&at.join(LOCK)).ok().flatten()?;
        Some(Staging { at, held })
    }

    /// Removes such a folder, its journal first: what is left then says nothing.
    pub fn discard(&self, staging: Staging) -> Result<(), Diagnostic> {
        let at = staging.release();
        self.retract(&at)?;
        for name in self.stacks.names(&at).map_err(|error| self.stopped(&at, &error))? {
            self.remove(at.join(name))?;
        }
        self.stacks.remove_folder(&at).map_err(|error| self.stopped(&at, &error))
    }

    /// Puts a file in its place in one step.
    fn put(&self, staging: &Path, to: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
        let unfinished = staging.join(UNFINISHED);
        self.remove(&unfinished)?;
        self.write(&unfinished, bytes)?;
        self.stacks.rename(&unfinished, to).map_err(|error| self.stopped(to, &error))
    }

    /// Writes the journal: from here on the film is as good as replaced.
    pub fn announce(&self, staging: &Path, journal: &Journal) -> Result<(), Diagnostic> {
        self.put(staging, &staging.join(JOURNAL), &journal.written())
    }

    /// Removes the journal: nothing is to be done any more.
    pub fn retract(&self, staging: &Path) -> Result<(), Diagnostic> {
        self.remove(staging.join(JOURNAL))
    }

    /// The journal of a folder, if it came so far and if all that it announces is there.
    pub fn announced(&self, staging: &Path) -> Result<Option<Journal>, Diagnostic> {
        let Some(journal) = self.read(staging.join(JOURNAL))?.and_then(|bytes| Journal::read(&bytes)) else {
            return Ok(None);
        };
        for (number, file) in journal.waiting() {
            let waiting = if file.waits { self.hash(staging.join(number))? } else { None };
            let found = waiting.map_or_else(|| self.hash(&file.name), |hash| Ok(Some(hash)))?;
            if found.as_ref() != Some(&file.sha256) {
                return Ok(None);
            }
        }
        Ok(Some(journal))
    }

    /// Does what a journal announces, as far as it is not done.
    pub fn carry_out(&self, staging: &Path, journal: &Journal) -> Result<(), Diagnostic> {
        for (number, file) in journal.waiting().filter(|(_, file)| file.waits) {
            let from = staging.join(number);
            let waits = self.stacks.find(&from).map_err(|error| self.stopped(&from, &error))? == Found::File;
            if waits {
                self.place(&from, file)?;
            }
        }
        Ok(())
    }

    fn place(&self, from: &Path, file: &Announced) -> Result<(), Diagnostic> {
        let to = Path::new(&file.name);
        if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            self.stacks.make_folder(folder).map_err(|error| self.stopped(folder, &error))?;
        }
        self.stacks.rename(from, to).map_err(|error| self.stopped(to, &error))
    }

    /// The list as it stands there: nothing where there is none, `None` where it cannot be understood.
    pub fn manifest(&self) -> Result<Option<Manifest>, Diagnostic> {
        let bytes = self.read(manifest_path())?;
        Ok(bytes.map_or_else(|| Some(Manifest::default()), |bytes| Manifest::read(&bytes)))
    }

    /// Replaces list and sums where they change. Stale files that somebody removed are forgotten.
    pub fn put_lists(&self, staging: &Path, manifest: &mut Manifest) -> Result<(), Diagnostic> {
        let is_gone = |name: &str| self.stacks.find(Path::new(name)).is_ok_and(|it| it == Found::Nothing);
        manifest.files.retain(|name, line| !(line.stale && is_gone(name)));
        let sums = manifest.sums();
        // the list comes last: where it is new, all is
        if sums.is_empty() {
            self.remove(SUMS)?;
        } else {
            self.put_if_new(staging, Path::new(SUMS), &sums)?;
        }
        self.put_if_new(staging, &manifest_path(), &manifest.written())
    }

    /// Whether the sums stand there as the list gives them; a list that knows nothing gives none.
    pub fn sums_are(&self, manifest: &Manifest) -> Result<bool, Diagnostic> {
        let sums = manifest.sums();
        Ok(sums.is_empty() || self.read(SUMS)?.is_some_and(|standing| standing == sums))
    }

    fn put_if_new(&self, staging: &Path, to: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
        if self.read(to)?.as_deref() == Some(bytes) { Ok(()) } else { self.put(staging, to, bytes) }
    }

    /// A file of the folder, as the editor knows it.
    pub fn place_of(&self, file: impl AsRef<Path>) -> Place {
        Place::file(store::shown(&self.output.join(file)))
    }

    /// Why it went no further, by the file (seen from the folder of the outputs) and what the system said of it.
    fn stopped(&self, file: &Path, error: &io::Error) -> Diagnostic {
        let (what, hint) = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (
                "there is no room left for the outputs",
                "make room on this disk and build again: what was begun is finished or undone then",
            ),
            io::ErrorKind::ReadOnlyFilesystem => (
                "nothing can be written into the folder of the outputs: its disk is read-only",
                "choose another folder with --output",
            ),
            io::ErrorKind::PermissionDenied => (
                "the outputs may not be written here",
                "close the file in other programs, or change the permissions of the folder, and build again",
            ),
            _ => (
                "the outputs cannot be written",
                "check the disk and build again: what was begun is finished or undone then",
            ),
        };
        Diagnostic::error(Code::Output, format!("{what} ({error})")).at(self.place_of(file)).hint(hint)
    }
}

/// Where the list stands.
pub fn manifest_path() -> PathBuf {
    Path::new(HOME).join(MANIFEST)
}
