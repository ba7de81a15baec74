//! What was made once need not be made again: a cache, found again by the hash of all that went into it.
//!
//! ```text
//! <folder>/v1/CACHEDIR.TAG
//!             <64 hex digits>.entry        a record and blobs
//!             values/<64 hex digits>.value a few hundred bytes
//! ```
//!
//! Builds may use it at once, from several machines: a file appears whole under its name, says itself what it
//! answers to, and is believed only as far as its hashes agree. So nothing is locked, and the worst that can
//! happen is that something is made again. No failure of the cache is one of the build.

mod entry;

#[cfg(test)]
mod tests;

pub use entry::Entry;

use super::inputs::PROGRAM;
use super::store;
use super::store::cabinet::{self, Drawer, Kept};
use crate::diag::{Code, Diagnostic, Place};
use crate::pdf::Casebook;
use crate::source::hex_sha256;
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The form of the files. What has another form stands in another folder and is not looked at.
const VERSION: &str = "v1";
/// The folder of the small values, below that of the entries.
const VALUES: &str = "values";
/// Values have this part of the room for themselves: a season whose outputs are too many for the cache is still
/// known as built.
const VALUES_SHARE: u64 = 8;
const ENTRY: &str = ".entry";
const VALUE: &str = ".value";
/// Tells programs that make backups to leave the folder out: <https://bford.info/cachedir/>. It stands in the
/// folder that is bookify's alone; the one above may have been named by somebody who keeps other things there.
const TAG: &str = "CACHEDIR.TAG";
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # Whatever stands in this folder, bookify can make again; it may be deleted at any time.\n";
/// A file that is unfinished for so long was left by a build that died.
const ABANDONED: Duration = Duration::from_hours(24);

/// The cache, or none. It may be shared between threads.
#[derive(Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
    limit: u64,
    /// Nothing is written, removed or marked.
    only_read: bool,
    trouble: Mutex<Option<Diagnostic>>,
}

/// What was removed from a cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Files.
    pub files: usize,
    /// Bytes of them.
    pub bytes: u64,
}

impl Cache {
    /// Opens the cache in that folder, which is made where it is not there; [`Cache::tidy`] holds it below
    /// `limit` bytes.
    ///
    /// # Errors
    /// Where there is no such folder and it cannot be made: a warning, after which [`Cache::none`] serves.
    pub fn open(folder: &Path, limit: u64) -> Result<Self, Diagnostic> {
        let own = folder.join(VERSION);
        let values = own.join(VALUES);
        // one that is there may be read though nothing can be written there
        if !values.is_dir() {
            let made = cabinet::make(&values).and_then(|()| cabinet::put(&own, TAG, &[TAG_TEXT.as_bytes()]));
            made.map_err(|error| unusable(folder, &error))?;
        }
        Ok(Self { folder: Some(own), limit, only_read: false, trouble: Mutex::default() })
    }

    /// The cache in that folder for one who only looks: it finds what is there and leaves all as it is.
    pub fn only_read(folder: &Path) -> Self {
        Self { folder: Some(folder.join(VERSION)), only_read: true, ..Self::none() }
    }

    /// A cache that keeps nothing and finds nothing.
    pub fn none() -> Self {
        Self { folder: None, limit: 0, only_read: false, trouble: Mutex::default() }
    }

    /// What was kept under that key, its blobs still unread. An entry that is broken is removed.
    pub fn fetch(&self, key: &str) -> Option<Entry> {
        let folder = self.folder.as_deref()?;
        let path = folder.join(entry_name(key));
        let drawer = Drawer::open(&path).ok()?;
        let Some(entry) = Entry::read(drawer, path.clone(), key) else {
            self.drop_broken(&path);
            return None;
        };
        self.use_now(&path);
        Some(entry)
    }

    /// Keeps a record and blobs (names, each once, and bytes) under a key, the hash of all that went into them;
    /// whoever finds them there takes them for what it would have made itself.
    ///
    /// The record comes back as JSON gives it: a fraction may differ in its last digit.
    pub fn keep(&self, key: &str, record: &impl Serialize, blobs: &[(&str, &[u8])]) {
        let Some(folder) = self.writable() else { return };
        let head = entry::head(key, record, blobs);
        let kept = head.and_then(|head| {
            let mut parts = vec![head.as_slice()];
            parts.extend(blobs.iter().map(|(_, bytes)| *bytes));
            cabinet::put(folder, &entry_name(key), &parts)
        });
        self.mark(kept);
    }

    /// A small value of that kind.
    pub fn recall(&self, kind: &str, key: &str) -> Option<Vec<u8>> {
        let path = self.folder.as_deref()?.join(VALUES).join(value_name(kind, key));
        let drawer = Drawer::open(&path).ok()?;
        let Some(value) = entry::open_value(&drawer, kind, key) else {
            self.drop_broken(&path);
            return None;
        };
        self.use_now(&path);
        Some(value)
    }

    /// Keeps a small value: one file, so some hundreds of bytes. Kinds have their keys for themselves.
    pub fn remember(&self, kind: &str, key: &str, bytes: &[u8]) {
        let Some(folder) = self.writable() else { return };
        let seal = entry::value_seal(kind, key, bytes);
        let values = folder.join(VALUES);
        self.mark(cabinet::put(&values, &value_name(kind, key), &[&seal, bytes]));
    }

    /// Removes what was used longest ago until the rest is within the limit, and what builds left that died.
    pub fn tidy(&self) {
        let Some(folder) = self.writable() else { return };
        self.mark(tidied(folder, self.limit));
    }

    /// Empties the cache. What bookify did not write there stays, and so does the folder that was given.
    ///
    /// # Errors
    /// Where a file cannot be removed.
    pub fn clear(&self) -> Result<Cleared, Diagnostic> {
        let Some(folder) = self.writable() else { return Ok(Cleared::default()) };
        cleared(folder).map_err(|error| {
            Diagnostic::error(Code::File, format!("the cache cannot be emptied ({error})"))
                .at(Place::file(store::shown(folder)))
                .hint("check the permissions of this folder, or delete it yourself: it holds nothing that bookify cannot make again")
        })
    }

    /// Why nothing more was kept, once, as a warning: nothing is wrong with what was built.
    pub fn trouble(&self) -> Option<Diagnostic> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn writable(&self) -> Option<&Path> {
        self.folder.as_deref().filter(|_| !self.only_read)
    }

    fn drop_broken(&self, path: &Path) {
        if !self.only_read {
            let _ = cabinet::remove(path);
        }
    }

    fn mark(&self, kept: io::Result<()>) {
        let (Err(error), Some(folder)) = (kept, self.folder.as_deref()) else { return };
        let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.get_or_insert_with(|| {
            Diagnostic::warning(Code::File, format!("nothing can be kept in the cache ({error})"))
                .at(Place::file(store::shown(folder)))
                .hint("the books are complete, but the next build takes as long; check the free space and the permissions of this folder")
        });
    }

    /// Where it cannot be marked, an entry that is used may go before others: no harm.
    fn use_now(&self, path: &Path) {
        if let Some(folder) = self.writable() {
            let _ = cabinet::time_of(folder).and_then(|now| cabinet::mark_used(path, now));
        }
    }
}

impl Casebook for Cache {
    fn look_up(&self, key: &str) -> Option<Vec<u8>> {
        self.recall("corrections", &format!("{PROGRAM} {key}"))
    }

    fn note(&self, key: &str, bytes: &[u8]) {
        self.remember("corrections", &format!("{PROGRAM} {key}"), bytes);
    }
}

fn unusable(folder: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::warning(Code::File, format!("there can be no cache in this folder ({error})"))
        .at(Place::file(store::shown(folder)))
        .hint("everything is built anew each time; name a folder that you may write into")
}

/// Any text is a key; its hash names the file.
fn entry_name(key: &str) -> String {
    format!("{}{ENTRY}", hex_sha256(key.as_bytes()))
}

fn value_name(kind: &str, key: &str) -> String {
    format!("{}{VALUE}", hex_sha256(format!("{kind}\0{key}").as_bytes()))
}

/// Whether the cache gave that name to a finished file.
fn is_ours(name: &str) -> bool {
    let stem = name.strip_suffix(ENTRY).or_else(|| name.strip_suffix(VALUE));
    stem.is_some_and(|stem| {
        stem.len() == 64 && stem.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn is_unfinished(name: &str) -> bool {
    let (start, end) = cabinet::UNFINISHED;
    name.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
}

/// The cache's own files with their paths; none where the folder is gone.
fn own_files(folder: &Path) -> io::Result<Vec<(PathBuf, Kept)>> {
    let mut found = Vec::new();
    for at in [folder.to_owned(), folder.join(VALUES)] {
        let kept = match cabinet::kept_in(&at) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            kept => kept?,
        };
        let ours = kept.into_iter().filter(|file| is_ours(&file.name) || is_unfinished(&file.name));
        found.extend(ours.map(|file| (at.join(&file.name), file)));
    }
    Ok(found)
}

fn tidied(folder: &Path, limit: u64) -> io::Result<()> {
    let (unfinished, kept): (Vec<_>, Vec<_>) =
        own_files(folder)?.into_iter().partition(|(_, file)| is_unfinished(&file.name));
    if !unfinished.is_empty() {
        let now = cabinet::time_of(folder)?;
        for (path, file) in unfinished {
            if now.duration_since(file.used).is_ok_and(|age| age > ABANDONED) {
                cabinet::remove(&path)?;
            }
        }
    }
    let (values, entries) = kept.into_iter().partition(|(_, file)| file.name.ends_with(VALUE));
    let values = evicted(values, limit / VALUES_SHARE)?;
    evicted(entries, limit.saturating_sub(values)).map(drop)
}

/// Removes what was used longest ago until the rest is within the limit; gives the bytes of the rest.
fn evicted(mut kept: Vec<(PathBuf, Kept)>, limit: u64) -> io::Result<u64> {
    let mut total = kept.iter().map(|(_, file)| file.size).sum::<u64>();
    kept.sort_by(|(_, a), (_, b)| (a.used, &a.name).cmp(&(b.used, &b.name)));
    for (path, file) in kept {
        if total <= limit {
            break;
        }
        cabinet::remove(&path)?;
        total -= file.size;
    }
    Ok(total)
}

fn cleared(folder: &Path) -> io::Result<Cleared> {
    let mut gone = Cleared::default();
    for (path, file) in own_files(folder)? {
        cabinet::remove(&path)?;
        gone = Cleared { files: gone.files + 1, bytes: gone.bytes + file.size };
    }
    cabinet::remove(&folder.join(TAG))?;
    // where something else stands in them, they stay
    let _ = cabinet::remove_if_empty(&folder.join(VALUES)) && cabinet::remove_if_empty(folder);
    Ok(gone)
}
