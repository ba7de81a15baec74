//! What bookify put on a reader: the list that it keeps there, so that it overwrites nothing else.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The list's name; hidden, beside the e-books.
pub const LEDGER: &str = ".bookify-load.json";

/// The list: by file name the hashes of what bookify put there. Two stand there while one file replaces
/// another, so that a load that is cut off at any point leaves nothing that bookify does not know for its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    files: BTreeMap<String, Vec<String>>,
}

impl Ledger {
    /// Reads it; a list that is broken or missing knows nothing.
    pub fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// Writes it.
    pub fn written(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Whether bookify put a file with that hash there under that name.
    pub fn knows(&self, name: &str, hash: &str) -> bool {
        self.files.get(name).is_some_and(|hashes| hashes.iter().any(|known| known == hash))
    }

    /// Notes that a file with that hash will stand there, or still the one before.
    pub fn announce(&mut self, name: &str, hash: &str) {
        let hashes = self.files.entry(name.to_owned()).or_default();
        if hashes.iter().all(|known| known != hash) {
            hashes.push(hash.to_owned());
        }
    }

    /// Notes that a file with that hash stands there and no other.
    pub fn settle(&mut self, name: &str, hash: &str) {
        self.files.insert(name.to_owned(), vec![hash.to_owned()]);
    }
}
