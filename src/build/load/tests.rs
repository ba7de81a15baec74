//! Loading onto a reader that is full, read-only, gone, or somebody else's.

use super::copy::{RESERVE, UNFINISHED, copy};
use super::ledger::LEDGER;
use super::{Fate, LoadOrder, Parcel, load};
use crate::build::device::Device;
use crate::build::shelf::{Found, Shelf};
use crate::build::store::Disk;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A reader in memory, with the faults that readers have.
#[derive(Clone, Debug, Default)]
struct Reader(RefCell<Memory>);

#[derive(Clone, Debug, Default)]
struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
    folders: BTreeSet<PathBuf>,
    /// How many bytes there are in all; `None`: no end of them.
    size: Option<usize>,
    /// Whether it says what is free.
    is_silent: bool,
    is_read_only: bool,
    /// This file comes back with another byte than was written.
    failing: Option<PathBuf>,
    /// After so many calls the cable is pulled; the write that is under way leaves half a file.
    calls_left: Option<usize>,
    /// How many calls changed something.
    changes: usize,
}

impl Reader {
    fn with(change: impl FnOnce(&mut Memory)) -> Self {
        let mut memory = Memory { folders: BTreeSet::from([PathBuf::new()]), ..Memory::default() };
        change(&mut memory);
        Self(RefCell::new(memory))
    }

    fn call(&self) -> io::Result<()> {
        match &mut self.0.borrow_mut().calls_left {
            Some(0) => Err(ErrorKind::NotFound.into()),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn change(&self) -> io::Result<()> {
        self.call()?;
        let mut memory = self.0.borrow_mut();
        memory.changes += 1;
        if memory.is_read_only { Err(ErrorKind::ReadOnlyFilesystem.into()) } else { Ok(()) }
    }

    fn connect_again(&self) {
        self.0.borrow_mut().calls_left = None;
    }

    fn file(&self, name: &str) -> Option<Vec<u8>> {
        self.0.borrow().files.get(&at(name)).cloned()
    }

    fn names(&self) -> Vec<String> {
        self.0.borrow().files.keys().map(|path| path.to_string_lossy().into_owned()).collect()
    }
}

impl Shelf for Reader {
    fn find(&self, path: &Path) -> io::Result<Found> {
        self.call()?;
        let memory = self.0.borrow();
        Ok(if memory.files.contains_key(path) {
            Found::File
        } else if memory.folders.contains(path) {
            Found::Folder
        } else {
            Found::Nothing
        })
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.call()?;
        let memory = self.0.borrow();
        let mut bytes = memory.files.get(path).cloned().ok_or(ErrorKind::NotFound)?;
        if let Some(first) = bytes.first_mut().filter(|_| memory.failing.as_deref() == Some(path)) {
            *first ^= 1;
        }
        Ok(bytes)
    }

    fn free(&self) -> io::Result<u64> {
        self.call()?;
        let memory = self.0.borrow();
        let size = memory.size.filter(|_| !memory.is_silent).ok_or(ErrorKind::Unsupported)?;
        Ok((size - memory.files.values().map(Vec::len).sum::<usize>()) as u64)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        self.0.borrow_mut().folders.insert(path.to_owned());
        Ok(())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let pulled = self.change().is_err_and(|error| error.kind() == ErrorKind::NotFound);
        let mut memory = self.0.borrow_mut();
        if memory.is_read_only {
            return Err(ErrorKind::ReadOnlyFilesystem.into());
        }
        assert!(!memory.files.contains_key(path), "a file that is there is not opened for writing");
        assert!(memory.folders.contains(path.parent().expect("a folder")));
        let used = memory.files.values().map(Vec::len).sum::<usize>();
        let fits = memory.size.is_none_or(|size| used + bytes.len() <= size);
        let written = if pulled || !fits { &bytes[..bytes.len() / 2] } else { bytes };
        memory.files.insert(path.to_owned(), written.to_vec());
        match (pulled, fits) {
            (true, _) => Err(ErrorKind::NotFound.into()),
            (false, false) => Err(ErrorKind::StorageFull.into()),
            (false, true) => Ok(()),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        let mut memory = self.0.borrow_mut();
        let bytes = memory.files.remove(from).ok_or(ErrorKind::NotFound)?;
        memory.files.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        self.0.borrow_mut().files.remove(path).map(drop).ok_or_else(|| ErrorKind::NotFound.into())
    }
}

const FOLDER: &str = "Season";

fn at(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

fn parcel(name: &str, bytes: &[u8]) -> Parcel {
    Parcel { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn load_onto(reader: &Reader, parcels: &[Parcel]) -> (Vec<Fate>, Option<ErrorKind>) {
    let (fates, stopped) = copy(reader, Path::new(FOLDER), parcels, false);
    (fates, stopped.map(|error| error.kind()))
}

#[test]
fn only_what_changed_is_copied() {
    let reader = Reader::with(|_| {});
    let first = [parcel("a.epub", b"one"), parcel("b.epub", b"two")];
    assert_eq!(load_onto(&reader, &first), (vec![Fate::Copied; 2], None));
    let changes = reader.0.borrow().changes;
    assert_eq!(load_onto(&reader, &first), (vec![Fate::AlreadyThere; 2], None));
    assert_eq!(reader.0.borrow().changes, changes, "nothing is written where nothing changed");
    let second = [parcel("a.epub", b"one"), parcel("b.epub", b"new")];
    assert_eq!(load_onto(&reader, &second), (vec![Fate::AlreadyThere, Fate::Copied], None));
    assert_eq!(reader.file("b.epub").as_deref(), Some(b"new".as_slice()));
    assert_eq!(
        reader.names(),
        [format!("{FOLDER}/{LEDGER}"), format!("{FOLDER}/a.epub"), format!("{FOLDER}/b.epub")]
    );
}

#[test]
fn a_file_that_is_not_bookifys_is_left_unless_forced() {
    let mine = |bytes: &[u8]| {
        Reader::with(|memory| {
            memory.folders.insert(PathBuf::from(FOLDER));
            memory.files.insert(at("a.epub"), bytes.to_vec());
        })
    };
    let new = [parcel("a.epub", b"new")];
    let reader = mine(b"somebody's");
    assert_eq!(load_onto(&reader, &new), (vec![Fate::NotOurs], None));
    assert_eq!(reader.file("a.epub").as_deref(), Some(b"somebody's".as_slice()));
    assert_eq!(reader.0.borrow().changes, 0);
    assert_eq!(copy(&reader, Path::new(FOLDER), &new, true).0, [Fate::Copied]);
    // the same bytes may have come from anywhere
    assert_eq!(load_onto(&mine(b"new"), &new), (vec![Fate::AlreadyThere], None));
    // what a load that was cut off has left is bookify's own, and its room is needed
    let reader = mine(b"new");
    reader.0.borrow_mut().files.insert(at(UNFINISHED), b"ha".to_vec());
    load_onto(&reader, &new);
    assert_eq!(reader.file(UNFINISHED), None);
    // changed since bookify put it there
    let reader = Reader::with(|_| {});
    load_onto(&reader, &[parcel("a.epub", b"old")]);
    reader.0.borrow_mut().files.insert(at("a.epub"), b"corrected".to_vec());
    assert_eq!(load_onto(&reader, &new), (vec![Fate::NotOurs], None));
    // a folder is in the way, and a broken list knows nothing
    let reader = Reader::with(|memory| {
        memory.folders.insert(at("a.epub"));
        memory.files.insert(at(LEDGER), b"{ broken".to_vec());
    });
    assert_eq!(load_onto(&reader, &new), (vec![Fate::NotOurs], None));
}

#[test]
fn what_does_not_fit_is_left_out_and_the_rest_is_copied() {
    let reserve = usize::try_from(RESERVE).expect("small");
    let books = [parcel("a.epub", &[1; 100]), parcel("b.epub", &[2; 9000]), parcel("c.epub", &[3; 100])];
    let reader = Reader::with(|memory| memory.size = Some(reserve + 5000));
    let (fates, stopped) = load_onto(&reader, &books);
    assert!(matches!(fates[..], [Fate::Copied, Fate::NoRoom { lack: 4000.. }, Fate::Copied]), "{fates:?}");
    assert_eq!((stopped, reader.file("b.epub")), (None, None));
    // full to the last block, or nearly: nothing is even tried
    for (size, lack) in [(0, RESERVE + 100), (reserve, 100)] {
        let reader = Reader::with(|memory| memory.size = Some(size));
        assert_eq!(load_onto(&reader, &books[..1]), (vec![Fate::NoRoom { lack }], None));
        assert_eq!(reader.0.borrow().changes, 0);
    }
    // it does not say that it is full: writing tells
    let reader = Reader::with(|memory| (memory.size, memory.is_silent) = (Some(3000), true));
    let (fates, _) = load_onto(&reader, &books);
    assert_eq!(fates, [Fate::Copied, Fate::NoRoom { lack: 0 }, Fate::Copied]);
    assert!(!reader.names().contains(&format!("{FOLDER}/{UNFINISHED}")), "no half file");
}

#[test]
fn an_old_file_stays_where_the_new_one_does_not_fit() {
    let reader = Reader::with(|memory| (memory.size, memory.is_silent) = (Some(1000), true));
    assert_eq!(load_onto(&reader, &[parcel("a.epub", &[1; 500])]).0, [Fate::Copied]);
    assert_eq!(load_onto(&reader, &[parcel("a.epub", &[2; 500])]).0, [Fate::NoRoom { lack: 0 }]);
    assert_eq!(reader.file("a.epub"), Some(vec![1; 500]));
    // the list that is left still knows the old one for bookify's own
    reader.0.borrow_mut().size = None;
    assert_eq!(load_onto(&reader, &[parcel("a.epub", &[2; 500])]).0, [Fate::Copied]);
}

#[test]
fn a_reader_that_takes_nothing_is_not_tried_twice() {
    let books = [parcel("a.epub", b"one"), parcel("b.epub", b"two")];
    let reader = Reader::with(|memory| memory.is_read_only = true);
    assert_eq!(load_onto(&reader, &books), (vec![Fate::NotReached; 2], Some(ErrorKind::ReadOnlyFilesystem)));
    // what is there may be found there
    let reader = Reader::with(|_| {});
    load_onto(&reader, &books);
    reader.0.borrow_mut().is_read_only = true;
    assert_eq!(load_onto(&reader, &books), (vec![Fate::AlreadyThere; 2], None));
}

#[test]
fn a_file_that_comes_back_changed_takes_no_place() {
    // found out before the new file stands in place of the old one, or only then
    for (failing, left) in [(UNFINISHED, Some(b"old".to_vec())), ("a.epub", None)] {
        let reader = Reader::with(|_| {});
        load_onto(&reader, &[parcel("a.epub", b"old")]);
        reader.0.borrow_mut().failing = Some(at(failing));
        let (fates, stopped) = copy(&reader, Path::new(FOLDER), &[parcel("a.epub", b"new")], true);
        assert_eq!(stopped.map(|error| error.kind()), Some(ErrorKind::InvalidData));
        assert_eq!((fates, reader.file("a.epub")), (vec![Fate::NotReached], left));
        assert_eq!(reader.file(UNFINISHED), None);
    }
}

proptest! {
    /// Pulled at any moment: each file is the old one or the new one, the others are untouched, and the next
    /// load ends where an undisturbed one would.
    #[test]
    fn a_pulled_cable_leaves_whole_files(
        old in prop::collection::btree_map("[a-d]", prop::collection::vec(0u8..3, 0..6), 0..4),
        new in prop::collection::btree_map("[a-d]", prop::collection::vec(0u8..3, 0..6), 0..4),
        newer in prop::collection::vec(0u8..3, 0..6),
        calls in 0usize..60,
    ) {
        let parcels = |files: &BTreeMap<String, Vec<u8>>| {
            files.iter().map(|(name, bytes)| parcel(name, bytes)).collect::<Vec<_>>()
        };
        let reader = Reader::with(|memory| drop(memory.files.insert(at("mine.epub"), vec![9])));
        load_onto(&reader, &parcels(&old));
        let undisturbed = reader.clone();
        reader.0.borrow_mut().calls_left = Some(calls);
        let (fates, stopped) = load_onto(&reader, &parcels(&new));
        reader.connect_again();
        for (name, fate) in new.keys().zip(&fates) {
            let there = reader.file(name);
            match fate {
                Fate::Copied | Fate::AlreadyThere => prop_assert_eq!(there.as_ref(), new.get(name)),
                _ => prop_assert!(there.as_ref() == old.get(name) || there.as_ref() == new.get(name)),
            }
        }
        prop_assert_eq!(reader.file("mine.epub"), Some(vec![9]));
        prop_assert!(stopped.is_some() || fates.iter().all(|fate| *fate != Fate::NotReached));
        // the season went on in the meantime: what the broken load put there is still known for bookify's own
        let newest = new.keys().map(|name| (name.clone(), newer.clone())).collect::<BTreeMap<_, _>>();
        let (fates, stopped) = load_onto(&reader, &parcels(&newest));
        prop_assert!(stopped.is_none() && fates.iter().all(|it| matches!(it, Fate::Copied | Fate::AlreadyThere)), "{:?}", fates);
        load_onto(&undisturbed, &parcels(&newest));
        let books = |reader: &Reader| {
            let mut files = reader.0.borrow().files.clone();
            files.remove(&at(LEDGER));
            files
        };
        prop_assert_eq!(books(&reader), books(&undisturbed));
    }
}

/// A folder of this computer as a reader, with those folders, and an output folder with one e-book in it.
struct Place {
    root: tempfile::TempDir,
}

impl Place {
    fn with(folders: &[&str]) -> Self {
        let place = Self { root: tempfile::tempdir().expect("a folder") };
        for folder in folders.iter().map(|folder| format!("reader/{folder}")).chain(["output".to_owned()]) {
            Disk::new(place.root.path()).make_folder(Path::new(&folder)).expect("a folder");
        }
        place
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        Disk::new(self.root.path()).write(Path::new(path), bytes).expect("it is written");
    }

    fn order(&self, slugs: &[&str]) -> LoadOrder {
        LoadOrder {
            slugs: slugs.iter().map(|&slug| slug.to_owned()).collect(),
            sources: self.root.path().join("sources"),
            output: self.root.path().join("output"),
            device: self.root.path().join("reader"),
            force: false,
        }
    }
}

#[test]
fn each_reader_gets_its_file_in_its_folder() {
    let epub = crate::epub::write(&crate::epub::tests::whole_book(), &crate::epub::tests::edition(&[]));
    let epub = epub.expect("an e-book");
    let cases = [
        (vec![".kobo"], Device::Kobo, "reader/bookify/film.kepub.epub"),
        (vec![".tolino", "Books"], Device::Tolino, "reader/Books/bookify/film.epub"),
        (vec!["system/config", "Books"], Device::PocketBook, "reader/Books/bookify/film.epub"),
        (vec!["system/explorer-3", "documents"], Device::PocketBook, "reader/bookify/film.epub"),
        (vec!["", "Books"], Device::Unknown, "reader/bookify/film.epub"),
    ];
    for (folders, device, path) in cases {
        let place = Place::with(&folders);
        place.put("output/film.epub", &epub);
        place.put("output/film.kepub.epub", b"an old one");
        place.put("output/film.pdf", b"a booklet");
        let loaded = load(&place.order(&[])).expect("it is loaded");
        assert_eq!((loaded.device, loaded.books.len(), loaded.troubles.len()), (device, 1, 0), "{folders:?}");
        let there = Disk::new(place.root.path()).read(Path::new(path)).expect(path);
        let wanted =
            if device == Device::Kobo { crate::epub::kepub(&epub).expect("for Kobo") } else { epub.clone() };
        assert_eq!(there, wanted, "{path}");
    }
}

#[test]
fn what_cannot_be_loaded_is_said_before_anything_is_written() {
    let check = |folders: &[&str], slugs: &[&str], expected: &str| {
        let place = Place::with(folders);
        place.put("output/film.epub", b"an e-book");
        let refused = load(&place.order(slugs)).expect_err("a refusal");
        assert!(refused[0].message.contains(expected), "{refused:?}");
        assert!(refused.iter().all(|error| error.place.is_some() && error.hint.is_some()), "{refused:?}");
        let found = Disk::new(place.root.path()).find(Path::new("reader/bookify"));
        assert_eq!(found.expect("it can be looked at"), Found::Nothing);
    };
    check(&["documents", "system"], &[], "a Kindle");
    check(&[], &[], "no such folder");
    check(&[""], &["film", "other"], "no such e-book");
    check(&[".kobo"], &[], "cannot be opened");
    let place = Place::with(&[""]);
    assert!(load(&place.order(&[])).expect_err("a refusal")[0].message.contains("no e-book in this folder"));
    place.put("output/Film.epub", b"one");
    place.put("output/film.epub", b"two");
    assert!(load(&place.order(&[])).expect_err("a refusal")[0].message.contains("has this name"));
}
