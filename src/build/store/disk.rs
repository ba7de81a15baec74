//! A folder of the computer: a mounted e-reader, or the outputs.

use crate::build::shelf::{Found, Shelf};
use crate::build::stacks::{Held, Stacks};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A folder as a shelf.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The shelf whose root is that folder.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }
}

impl Shelf for Disk {
    fn find(&self, path: &Path) -> io::Result<Found> {
        match fs::metadata(self.root.join(path)) {
            Ok(it) if it.is_dir() => Ok(Found::Folder),
            Ok(_) => Ok(Found::File),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(error),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path))
    }

    fn free(&self) -> io::Result<u64> {
        fs4::available_space(&self.root)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(self.root.join(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(self.root.join(path))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let to = self.root.join(to);
        fs::rename(self.root.join(from), &to)?;
        sync_folder(&to);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(self.root.join(path))
    }
}

impl Stacks for Disk {
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?.collect::<io::Result<Vec<_>>>()?,
        };
        let names = entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names = names.collect::<Vec<_>>();
        names.sort();
        Ok(names)
    }

    fn make_unique(&self, within: &Path, start: &str) -> io::Result<String> {
        let folder = tempfile::Builder::new().prefix(start).tempdir_in(self.root.join(within))?;
        let name = folder.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        sync_folder(&folder.keep());
        Ok(name)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(self.root.join(folder))
    }

    fn lock(&self, file: &Path) -> io::Result<Held> {
        let file = lock_file(&self.root.join(file))?;
        match file.lock() {
            // On a drive that knows no locks one build at a time is the person's own care.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
            Ok(()) | Err(_) => Ok(Box::new(file)),
        }
    }

    fn try_lock(&self, file: &Path) -> io::Result<Option<Held>> {
        let file = lock_file(&self.root.join(file))?;
        Ok(file.try_lock().is_ok().then(|| Box::new(file) as Held))
    }
}

/// The file stays when the lock goes: were it removed, two could hold a lock of that name.
fn lock_file(path: &Path) -> io::Result<fs::File> {
    fs::File::options().append(true).create(true).open(path)
}

/// Sends the new name as far as the device. Not every file system can; the name stands in any case.
#[cfg(unix)]
fn sync_folder(file: &Path) {
    if let Some(folder) = file.parent() {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) {}
