//! The only module that touches files.

#![expect(clippy::disallowed_methods, reason = "the one place where files are read and written")]

pub mod cabinet;
mod disk;

pub use cabinet::cache_folder;
pub use disk::Disk;

use crate::diag::{Code, Diagnostic, Place};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// A layout's folder holds no more than this (a folder named by mistake may hold a whole disk).
const MOST_LAYOUT_FILES: usize = 500;

/// Reads a file.
///
/// # Errors
/// Says which file, and why not.
pub fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    if path.is_dir() {
        return Err(Diagnostic::error(Code::File, "this is a folder, not a dossier")
            .at(Place::file(shown(path)))
            .hint("name a text file, or build the folder with --sources"));
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// Reads a file that need not be there.
///
/// # Errors
/// Where it is there and cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The size of a file in bytes; nothing where it is not there.
///
/// # Errors
/// Where it is there and nothing is known of it.
pub fn size_if_there(path: &Path) -> Result<Option<u64>, Diagnostic> {
    match fs::metadata(path) {
        Ok(found) => Ok(found.is_file().then_some(found.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let (why, hint) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("there is no such file", "check the name; `bookify build` alone builds all of sources/")
        }
        io::ErrorKind::PermissionDenied => {
            ("this file may not be read", "change its permissions and try again")
        }
        _ => ("this file cannot be read", "check the disk and the path"),
    };
    Diagnostic::error(Code::File, format!("{why} ({error})")).at(Place::file(shown(path))).hint(hint)
}

/// The files of a folder, not of those below it, in the order of their names.
///
/// # Errors
/// Where the folder cannot be read.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| {
        Diagnostic::error(Code::File, format!("the folder cannot be read ({error})"))
            .at(Place::file(shown(folder)))
            .hint("name the folder of the dossiers with --sources")
    })?;
    let mut files =
        entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect::<Vec<_>>();
    files.sort();
    Ok(files)
}

/// All files of a folder and of those below it, by path within it.
///
/// # Errors
/// Where one cannot be read, or where there are too many for a layout.
pub fn folder_files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        let entries = fs::read_dir(&at).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = entries.map_err(|error| unreadable(&at, &error))?;
        entries.sort_by_key(fs::DirEntry::path);
        for path in entries.into_iter().map(|entry| entry.path()) {
            let within = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                open.push(path);
            } else if found.len() < MOST_LAYOUT_FILES {
                found.insert(within, read(&path)?);
            } else {
                return Err(Diagnostic::error(
                    Code::Settings,
                    format!("the folder holds more than {MOST_LAYOUT_FILES} files"),
                )
                .at(Place::file(shown(folder)))
                .hint("name a folder that holds a layout and nothing else"));
            }
        }
    }
    Ok(found)
}

/// Makes a folder, and those above it.
///
/// # Errors
/// Where it cannot be made or written to.
pub fn make_folder(folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder).map(drop)).map_err(|error| {
        Diagnostic::error(Code::Output, format!("nothing can be written into this folder ({error})"))
            .at(Place::file(shown(folder)))
            .hint("choose another with --output, or change its permissions")
    })
}

/// Writes a file in one step: under a temporary name, to the disk, then over the old one. A crash
/// leaves the old file or the new one.
///
/// # Errors
/// Where it cannot be written; the old file is still there.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _unbroken = writing();
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".bookify-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        readable_by_all(file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| {
        Diagnostic::error(Code::Output, format!("the file cannot be written ({error})"))
            .at(Place::file(shown(path)))
            .hint("check the free space and the permissions; the file that was there is untouched")
    })
}

/// Held by whoever has files under temporary names.
static WRITING: RwLock<()> = RwLock::new(());

/// To be held while files stand under temporary names.
pub fn writing() -> RwLockReadGuard<'static, ()> {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until no file stands under a temporary name, and lets none be begun: the program is about to end while
/// a build is under way on another thread.
pub fn stop_writing() {
    // never given back
    std::mem::forget(WRITING.write().unwrap_or_else(PoisonError::into_inner));
}

/// A file of the folder of the outputs, by its path within it; nothing where there is none, where a part of the
/// path is hidden, or where it leads elsewhere.
///
/// # Errors
/// Where it is there and cannot be read.
pub fn output(folder: &Path, within: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    let is_plain = |part: Component<'_>| match part {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => false,
    };
    let path = folder.join(within);
    if within.is_empty() || !Path::new(within).components().all(is_plain) || !path.is_file() {
        return Ok(None);
    }
    match (absolute(folder), absolute(&path)) {
        (Some(folder), Some(path)) if path.starts_with(&folder) => read_if_there(&path),
        (Some(_) | None, Some(_) | None) => Ok(None),
    }
}

/// Where a file or folder stands, links followed; `None` where it is not there.
pub fn absolute(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Temporary files are private; a booklet is not.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// A path as it is shown to the editor.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Whether both name the same file or folder, and it is there.
pub fn same_place(a: &Path, b: &Path) -> bool {
    let full = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        fs::canonicalize(path).ok()
    };
    full(a).is_some_and(|a| full(b) == Some(a))
}
