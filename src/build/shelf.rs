//! An e-reader's memory, as far as loading needs it.

use std::io;
use std::path::Path;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Where files are put. Paths are seen from its root; the empty path is the root itself.
///
/// Every function fails as the system says, most of all when the cable is pulled.
pub trait Shelf {
    /// What stands at that path.
    ///
    /// # Errors
    /// Where it cannot be told.
    fn find(&self, path: &Path) -> io::Result<Found>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Bytes that are free.
    ///
    /// # Errors
    /// Where the system does not say.
    fn free(&self) -> io::Result<u64>;

    /// Makes a folder and those above it, where they are not there.
    ///
    /// # Errors
    /// Where it cannot be made.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a file that is not there yet, as far as the device itself; on failure a part of it may be left.
    ///
    /// # Errors
    /// Where it is there, or cannot be written.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file another name in its folder, in place of a file of that name.
    ///
    /// # Errors
    /// Where it cannot be; then both stand as they stood.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// Where it cannot be removed.
    fn remove(&self, path: &Path) -> io::Result<()>;
}
