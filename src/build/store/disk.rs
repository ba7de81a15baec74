//! A mounted e-reader: a folder of the computer.

use crate::build::shelf::{Found, Shelf};
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

/// Sends the new name as far as the device. Not every file system can; the name stands in any case.
#[cfg(unix)]
fn sync_folder(file: &Path) {
    if let Some(folder) = file.parent() {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) {}
