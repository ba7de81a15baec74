//! A file of the cache, which vouches for itself.
//!
//! ```text
//! bookify cache entry\n
//! length of the head (8 bytes, the lowest first), SHA-256 of that and of the head
//! head: JSON of key, record, and name, size and SHA-256 of each blob
//! the blobs, one after another
//! ```

use super::super::store::cabinet::{self, Drawer};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io;
use std::path::PathBuf;

const MAGIC: &[u8] = b"bookify cache entry\n";
const HASH: usize = 32;
/// Bytes before the head.
const LEAD: usize = MAGIC.len() + 8 + HASH;

/// What the head says.
#[derive(Debug, Serialize, Deserialize)]
struct Head<R> {
    key: String,
    record: R,
    blobs: Vec<Blob>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Blob {
    name: String,
    size: u64,
    sha256: String,
}

/// A record that was found, and its blobs, which are read when they are asked for.
#[derive(Debug)]
pub struct Entry {
    head: Head<Value>,
    /// Where the first blob begins.
    start: u64,
    drawer: Drawer,
    path: PathBuf,
}

impl Entry {
    /// Reads the head; `None` where a byte of it is wrong, where it answers to another key, or where the file
    /// has not the length that it tells.
    pub(super) fn read(drawer: Drawer, path: PathBuf, key: &str) -> Option<Self> {
        let lead = drawer.bytes(0, LEAD as u64).ok()?;
        let (length, seal) = lead.strip_prefix(MAGIC)?.split_at_checked(8)?;
        let count = u64::from_le_bytes(length.try_into().ok()?);
        let bytes = drawer.bytes(LEAD as u64, count).ok()?;
        if head_seal(length, &bytes) != seal {
            return None;
        }
        let head = serde_json::from_slice::<Head<Value>>(&bytes).ok().filter(|head| head.key == key)?;
        let start = LEAD as u64 + count;
        let end = head.blobs.iter().try_fold(start, |end, blob| end.checked_add(blob.size))?;
        (end == drawer.size()).then_some(Self { head, start, drawer, path })
    }

    /// The record, where it has that form.
    pub fn record<R: DeserializeOwned>(&self) -> Option<R> {
        R::deserialize(&self.head.record).ok()
    }

    /// Names of the blobs, in the order in which they were kept.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.head.blobs.iter().map(|blob| blob.name.as_str())
    }

    /// A blob as it was kept. Where it is broken, the entry is removed: it would be found broken again.
    pub fn blob(&self, name: &str) -> Option<Vec<u8>> {
        let at = self.head.blobs.iter().position(|blob| blob.name == name)?;
        let (before, rest) = self.head.blobs.split_at_checked(at)?;
        let blob = rest.first()?;
        let start = self.start + before.iter().map(|blob| blob.size).sum::<u64>();
        let bytes = self.drawer.bytes(start, blob.size).ok();
        let whole = bytes.filter(|bytes| crate::source::hex_sha256(bytes) == blob.sha256);
        if whole.is_none() {
            let _ = cabinet::remove(&self.path);
        }
        whole
    }
}

/// All that stands before the blobs.
pub(super) fn head(key: &str, record: &impl Serialize, blobs: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let blobs = blobs.iter().map(|(name, bytes)| Blob {
        name: (*name).to_owned(),
        size: bytes.len() as u64,
        sha256: crate::source::hex_sha256(bytes),
    });
    let head = serde_json::to_vec(&Head { key: key.to_owned(), record, blobs: blobs.collect() })?;
    let length = (head.len() as u64).to_le_bytes();
    Ok([MAGIC, &length, &head_seal(&length, &head), &head].concat())
}

fn head_seal(length: &[u8], head: &[u8]) -> [u8; HASH] {
    Sha256::new().chain_update(length).chain_update(head).finalize().into()
}

/// What stands before a small value: the hash of what it answers to and of itself.
pub(super) fn value_seal(kind: &str, key: &str, bytes: &[u8]) -> [u8; HASH] {
    let asked = Sha256::digest(format!("{kind}\0{key}"));
    Sha256::new().chain_update(asked).chain_update(bytes).finalize().into()
}

/// A small value, where no byte of it is wrong and it answers to that key.
pub(super) fn open_value(drawer: &Drawer, kind: &str, key: &str) -> Option<Vec<u8>> {
    let bytes = drawer.bytes(0, drawer.size()).ok()?;
    let (seal, value) = bytes.split_at_checked(HASH)?;
    (value_seal(kind, key, value) == seal).then(|| value.to_owned())
}
