//! Copies e-books onto a shelf: only what changed, no half file, nothing that is not bookify's own.

use super::ledger::{LEDGER, Ledger};
use super::{Fate, Parcel};
use crate::build::shelf::{Found, Shelf};
use crate::source::hex_sha256;
use std::io;
use std::path::Path;

/// The name of a file while it is written: no reader takes it for a book. There is one at a time.
pub const UNFINISHED: &str = ".bookify-load.part";

/// So much stays free: the list, a new folder, and the rest of the last block of each.
pub const RESERVE: u64 = 64 << 10;

/// Copies the parcels into `folder` of the shelf; with `force` also over files that are not bookify's. Gives
/// what became of each, in their order, and why it went no further, if it did not.
pub fn copy(
    shelf: &dyn Shelf,
    folder: &Path,
    parcels: &[Parcel],
    force: bool,
) -> (Vec<Fate>, Option<io::Error>) {
    let wanted = |parcel| Item { parcel, hash: hex_sha256(&parcel.bytes), fate: Fate::NotReached };
    let mut items = parcels.iter().map(wanted).collect::<Vec<_>>();
    let stopped = Copier { shelf, folder, force }.run(&mut items).err();
    (items.into_iter().map(|item| item.fate).collect(), stopped)
}

/// An e-book on its way; [`Fate::NotReached`] as long as it is to be copied.
struct Item<'a> {
    parcel: &'a Parcel,
    hash: String,
    fate: Fate,
}

struct Copier<'a> {
    shelf: &'a dyn Shelf,
    folder: &'a Path,
    force: bool,
}

impl Copier<'_> {
    fn run(&self, items: &mut [Item<'_>]) -> io::Result<()> {
        let known = self.ledger()?;
        for item in items.iter_mut() {
            item.fate = self.judge(item, &known)?;
        }
        let cleared = self.clear();
        if items.iter().any(|item| item.fate == Fate::NotReached) {
            cleared?;
        }
        let mut announced = known.clone();
        for item in items.iter().filter(|item| item.fate == Fate::NotReached) {
            announced.announce(&item.parcel.name, &item.hash);
        }
        let kept = if self.copy_wanted(items, &announced)? { announced } else { known.clone() };
        let mut settled = known;
        for item in items.iter().filter(|item| matches!(item.fate, Fate::Copied | Fate::AlreadyThere)) {
            settled.settle(&item.parcel.name, &item.hash);
        }
        if settled != kept {
            // The e-books stand there, and the announced list knows them: no failure of this one matters.
            let _ = self.put(LEDGER, &settled.written());
        }
        Ok(())
    }

    fn ledger(&self) -> io::Result<Ledger> {
        let path = self.folder.join(LEDGER);
        Ok(match self.shelf.find(&path)? {
            Found::File => Ledger::read(&self.shelf.read(&path)?),
            Found::Nothing | Found::Folder => Ledger::default(),
        })
    }

    /// What is to be done with an e-book.
    fn judge(&self, item: &Item<'_>, known: &Ledger) -> io::Result<Fate> {
        let name = &item.parcel.name;
        let path = self.folder.join(name);
        match self.shelf.find(&path)? {
            Found::Nothing => return Ok(Fate::NotReached),
            Found::Folder => return Ok(Fate::NotOurs),
            Found::File => {}
        }
        let hash = hex_sha256(&self.shelf.read(&path)?);
        Ok(if hash == item.hash {
            Fate::AlreadyThere
        } else if self.force || known.knows(name, &hash) {
            Fate::NotReached
        } else {
            Fate::NotOurs
        })
    }

    /// Removes what a load that was cut off has left.
    fn clear(&self) -> io::Result<()> {
        let path = self.folder.join(UNFINISHED);
        match self.shelf.find(&path)? {
            Found::File => self.shelf.remove(&path),
            Found::Nothing | Found::Folder => Ok(()),
        }
    }

    /// Copies what is to be copied and fits. Before the first file the list says what will stand there; gives
    /// back whether it does.
    fn copy_wanted(&self, items: &mut [Item<'_>], list: &Ledger) -> io::Result<bool> {
        let mut is_announced = false;
        for item in items.iter_mut().filter(|item| item.fate == Fate::NotReached) {
            let lack = self.lack(&item.parcel.bytes);
            item.fate = match self.announce_and_put(item.parcel, lack, list, &mut is_announced) {
                Ok(()) => Fate::Copied,
                Err(error) if is_full(&error) => Fate::NoRoom { lack },
                Err(error) => return Err(error),
            };
        }
        Ok(is_announced)
    }

    fn announce_and_put(
        &self,
        parcel: &Parcel,
        lack: u64,
        list: &Ledger,
        is_announced: &mut bool,
    ) -> io::Result<()> {
        if lack > 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        if !*is_announced {
            self.shelf.make_folder(self.folder)?;
            self.put(LEDGER, &list.written())?;
            *is_announced = true;
        }
        self.put(&parcel.name, &parcel.bytes)
    }

    /// So many bytes are too few for a file; none where the system does not say: then writing will tell.
    fn lack(&self, bytes: &[u8]) -> u64 {
        let needed = bytes.len() as u64 + RESERVE;
        self.shelf.free().map_or(0, |free| needed.saturating_sub(free))
    }

    /// Puts a file in its place in one step, and reads it back before that step and after it.
    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let (unfinished, finished) = (self.folder.join(UNFINISHED), self.folder.join(name));
        let written = self.shelf.write(&unfinished, bytes);
        let written = written.and_then(|()| self.compare(&unfinished, bytes));
        if let Err(error) = written.and_then(|()| self.shelf.rename(&unfinished, &finished)) {
            let _ = self.shelf.remove(&unfinished);
            return Err(error);
        }
        self.compare(&finished, bytes).inspect_err(|error| {
            // what stood there is replaced: better no file than a broken one
            if error.kind() == io::ErrorKind::InvalidData {
                let _ = self.shelf.remove(&finished);
            }
        })
    }

    fn compare(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.shelf.read(path)? == bytes { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// Whether there is no room, and not another reason.
fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}
