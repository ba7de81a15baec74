//! A folder of outputs, as far as the register needs it: a shelf on which several builds may work at once.

use super::shelf::Shelf;
use std::fmt::Debug;
use std::io;
use std::path::Path;

/// A lock; it is held until it is dropped, or until its process ends in whatever way.
pub type Held = Box<dyn Send>;

/// What a shelf must do besides, so that files can be replaced together and no build disturbs another.
pub trait Stacks: Shelf + Debug + Send + Sync {
    /// Names of what stands in a folder, sorted; none where there is no such folder. A name that is not Unicode
    /// is left out.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// Makes a folder of a name that no other has, beginning with `start`; gives the name.
    ///
    /// # Errors
    /// Where it cannot be made.
    fn make_unique(&self, within: &Path, start: &str) -> io::Result<String>;

    /// Removes a folder that is empty.
    ///
    /// # Errors
    /// Where it is not empty, or cannot be removed.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Takes the lock of that file, which is made where it is not there; waits while another has it.
    ///
    /// # Errors
    /// Where the file cannot be made.
    fn lock(&self, file: &Path) -> io::Result<Held>;

    /// The same without waiting: `None` while another has it, or where the file system knows no locks.
    ///
    /// # Errors
    /// Where the file cannot be made.
    fn try_lock(&self, file: &Path) -> io::Result<Option<Held>>;
}
