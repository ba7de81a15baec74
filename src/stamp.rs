//! Run by cargo before the crate is compiled: a stamp of all that the program is made of, so that what another
//! version made is never taken for its own.
//!
//! The version number would not do: it stays while the program is being written.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "cargo runs it, not the editor")]

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

/// What goes into the program.
const MADE_OF: [&str; 5] = ["Cargo.toml", "Cargo.lock", "src", "layouts", "fonts"];

fn main() {
    let mut stamp = DefaultHasher::new();
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    for part in MADE_OF {
        println!("cargo:rerun-if-changed={part}");
        for file in files(&root.join(part)) {
            // the checkout may lie anywhere
            file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/").hash(&mut stamp);
            fs::read(&file).unwrap_or_default().hash(&mut stamp);
        }
    }
    println!("cargo:rustc-env=BOOKIFY_STAMP={:016x}", stamp.finish());
}

/// A file, or all files of a folder and below it, by name.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut entries = entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    entries.sort();
    entries.iter().flat_map(|path| files(path)).collect()
}
