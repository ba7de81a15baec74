//! The files of a cache: read in parts, put in one step, dated by use. What they hold is `build::cache`'s matter.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

/// How the name of a file begins and ends while it is written.
pub const UNFINISHED: (&str, &str) = (".bookify-", ".part");

/// Where this system keeps what can be made again: `bookify` below `xdg`, where that is an absolute path (the
/// value of `XDG_CACHE_HOME`, on every system), else below `~/.cache`, `~/Library/Caches` or `%LOCALAPPDATA%`.
/// `None` where the person has no home.
pub fn cache_folder(xdg: Option<&OsStr>) -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    let asked = xdg.map(PathBuf::from).filter(|path| path.is_absolute());
    let own = || etcetera::base_strategy::choose_native_strategy().ok().map(|system| system.cache_dir());
    Some(asked.or_else(own)?.join("bookify"))
}

/// A file of the cache that is open: it can be read to its end even if it is removed or replaced meanwhile.
#[derive(Debug)]
pub struct Drawer {
    file: Mutex<File>,
    size: u64,
}

impl Drawer {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it is not there or cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let it = file.metadata()?;
        if !it.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Self { size: it.len(), file: Mutex::new(file) })
    }

    /// Bytes of the file when it was opened.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// So many bytes from `start` on.
    ///
    /// # Errors
    /// Where the file ends before, or cannot be read.
    pub fn bytes(&self, start: u64, count: u64) -> io::Result<Vec<u8>> {
        let end = start.checked_add(count).filter(|end| *end <= self.size);
        let (Some(_), Ok(room)) = (end, usize::try_from(count)) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        let mut bytes = vec![0; room];
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// Makes a folder and those above it, where they are not there.
///
/// # Errors
/// Where it cannot be made.
pub fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Puts a file of these parts in its place in one step. It is not forced onto the disk: what a power cut leaves
/// of it fails its hash and counts as not there.
///
/// # Errors
/// Where it cannot be written, and no file of that name is there.
pub fn put(folder: &Path, name: &str, parts: &[&[u8]]) -> io::Result<()> {
    let _unbroken = super::writing();
    let (start, end) = UNFINISHED;
    let mut file = tempfile::Builder::new().prefix(start).suffix(end).tempfile_in(folder)?;
    for part in parts {
        file.write_all(part)?;
    }
    // others who share the folder may read it
    super::readable_by_all(file.as_file())?;
    let place = folder.join(name);
    match file.persist(&place) {
        Ok(_) => Ok(()),
        // Another one's file in a shared folder, or one that is being read on Windows, may not be replaced;
        // by its name it holds the same.
        Err(_) if place.is_file() => Ok(()),
        Err(error) => Err(error.error),
    }
}

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub size: u64,
    /// When it was written, or marked as used.
    pub used: SystemTime,
}

/// The files of a folder by name: no folders, no links, no name that is not Unicode. A file that goes
/// meanwhile is left out.
///
/// # Errors
/// Where the folder cannot be read.
pub fn kept_in(folder: &Path) -> io::Result<Vec<Kept>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let (Ok(it), Ok(name)) = (entry.metadata(), entry.file_name().into_string())
            && it.is_file()
            && let Ok(used) = it.modified()
        {
            found.push(Kept { name, size: it.len(), used });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// The time by the clock of the folder's own file system, by which its files are dated: machines that share a
/// folder need not agree on theirs.
///
/// # Errors
/// Where nothing can be written there.
pub fn time_of(folder: &Path) -> io::Result<SystemTime> {
    tempfile::tempfile_in(folder)?.metadata()?.modified()
}

/// Marks a file as used at that time.
///
/// # Errors
/// Where it is not ours, or may not be written.
pub fn mark_used(path: &Path, at: SystemTime) -> io::Result<()> {
    File::options().append(true).open(path)?.set_modified(at)
}

/// Removes a file; one that is gone already is well gone.
///
/// # Errors
/// Where it is there and cannot be removed.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Removes a folder if nothing is left in it; says whether it is gone.
pub fn remove_if_empty(folder: &Path) -> bool {
    fs::remove_dir(folder).is_ok()
}
