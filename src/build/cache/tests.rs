//! A cache never says anything but what it was told, whatever becomes of its files.

#![expect(clippy::disallowed_methods, reason = "the tests look at the cache's files, and spoil them")]

use super::{Cache, Cleared, TAG, VALUES, VERSION, cabinet, entry_name, is_ours, value_name};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const KEY: &str = "c0ffee";
const BLOBS: &[(&str, &[u8])] = &[("a.pdf", b"%PDF of A"), ("empty", b""), ("a.epub", b"PK of A")];

fn record() -> BTreeMap<String, Vec<u32>> {
    BTreeMap::from([("pages".to_owned(), vec![36, 40]), ("faults".to_owned(), vec![])])
}

fn open(folder: &Path) -> Cache {
    Cache::open(folder, 1 << 20).unwrap()
}

/// A cache with one entry, and that entry's file.
fn with_entry(folder: &Path) -> (Cache, PathBuf) {
    let cache = open(folder);
    cache.keep(KEY, &record(), BLOBS);
    (cache, folder.join(VERSION).join(entry_name(KEY)))
}

/// Whether every blob is what was kept; those that are not found count as well.
fn is_true(cache: &Cache) -> bool {
    cache.fetch(KEY).is_none_or(|entry| {
        entry.record() == Some(record())
            && entry.names().eq(BLOBS.iter().map(|(name, _)| *name))
            && BLOBS.iter().all(|(name, bytes)| entry.blob(name).is_none_or(|found| found == *bytes))
    })
}

/// Whether all of it is found.
fn is_whole(cache: &Cache) -> bool {
    cache.fetch(KEY).is_some_and(|entry| {
        entry.record() == Some(record())
            && BLOBS.iter().all(|(name, bytes)| entry.blob(name).is_some_and(|found| found == *bytes))
    })
}

#[test]
fn what_was_kept_is_found_by_every_cache_on_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, _) = with_entry(folder.path());
    cache.remember("mend", "chapter", b"leave a line");
    for cache in [cache, open(folder.path())] {
        assert!(is_whole(&cache));
        assert_eq!(cache.fetch(KEY).and_then(|entry| entry.record::<u8>()), None, "another form");
        assert_eq!(cache.fetch(KEY).and_then(|entry| entry.blob("b.pdf")), None);
        assert!(cache.fetch("another key").is_none());
        assert_eq!(cache.recall("mend", "chapter"), Some(b"leave a line".to_vec()));
        assert_eq!(cache.recall("men", "dchapter"), None);
        assert_eq!(cache.recall("mend", "chapters"), None);
        assert_eq!(cache.trouble(), None);
    }
    assert!(is_true(&Cache::none()) && !is_whole(&Cache::none()));
}

/// Every entry that comes of `change` is found as it was kept, or not; and then it can be kept again.
fn check_change(path: &Path, cache: &Cache, whole: &[u8], changed: &[u8]) {
    fs::write(path, changed).unwrap();
    assert!(is_true(cache), "{changed:?}");
    assert!(changed == whole || !is_whole(cache), "{changed:?}");
    assert!(changed == whole || !path.exists(), "a broken entry is removed: {changed:?}");
    cache.keep(KEY, &record(), BLOBS);
    assert!(is_whole(cache), "{changed:?}");
}

#[test]
fn a_flipped_bit_or_a_cut_is_never_believed() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, path) = with_entry(folder.path());
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        check_change(&path, &cache, &whole, &whole[..at]);
        for bit in 0..8 {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            check_change(&path, &cache, &whole, &flipped);
        }
    }
    check_change(&path, &cache, &whole, &[&whole[..], b"\0"].concat());
}

#[test]
fn an_entry_or_a_value_in_the_place_of_another_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, path) = with_entry(folder.path());
    let whole = fs::read(&path).unwrap();
    cache.keep("other", &record(), BLOBS);
    let other = fs::read(folder.path().join(VERSION).join(entry_name("other"))).unwrap();
    check_change(&path, &cache, &whole, &other);

    cache.remember("mend", "one", b"1");
    cache.remember("mend", "two", b"2");
    let place = |key| folder.path().join(VERSION).join(VALUES).join(value_name("mend", key));
    fs::copy(place("two"), place("one")).unwrap();
    assert_eq!(cache.recall("mend", "one"), None);
}

#[test]
fn a_value_with_a_flipped_bit_or_a_cut_is_never_believed() {
    let folder = tempfile::tempdir().unwrap();
    let cache = open(folder.path());
    cache.remember("mend", "one", b"leave a line");
    let path = folder.path().join(VERSION).join(VALUES).join(value_name("mend", "one"));
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        for changed in [&flipped, &whole[..at]] {
            fs::write(&path, changed).unwrap();
            assert_eq!(cache.recall("mend", "one"), None);
            assert!(!path.exists());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pieces of the entry and of anything else, in any order.
    #[test]
    fn whatever_stands_in_the_place_of_an_entry_is_not_believed(
        pieces in prop::collection::vec((any::<bool>(), 0_usize..400, prop::collection::vec(any::<u8>(), 0..9)), 0..5)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (cache, path) = with_entry(folder.path());
        let whole = fs::read(&path).unwrap();
        let mut changed = Vec::new();
        for (from_front, at, anything) in pieces {
            let (front, back) = whole.split_at(at.min(whole.len()));
            changed.extend_from_slice(if from_front { front } else { back });
            changed.extend(anything);
        }
        check_change(&path, &cache, &whole, &changed);
    }
}

#[test]
fn builds_at_once_lose_nothing_and_see_no_half_entry() {
    let folder = tempfile::tempdir().unwrap();
    let caches = [open(folder.path()), open(folder.path())];
    let blob = |key: usize| vec![u8::try_from(key).unwrap(); 20_000];
    std::thread::scope(|scope| {
        for cache in [&caches[0], &caches[0], &caches[1], &caches[1]] {
            scope.spawn(move || {
                for round in 0..60 {
                    let key = round % 5;
                    let name = format!("key {key}");
                    cache.keep(&name, &key, &[("blob", &blob(key))]);
                    cache.remember("mend", &name, &blob(key));
                    cache.tidy();
                    let entry = cache.fetch(&name).expect("nothing is lost");
                    assert_eq!((entry.record(), entry.blob("blob")), (Some(key), Some(blob(key))));
                    assert_eq!(cache.recall("mend", &name), Some(blob(key)));
                }
            });
        }
    });
    assert_eq!(caches.each_ref().map(Cache::trouble), [None, None]);
    let left = fs::read_dir(folder.path().join(VERSION)).unwrap().count();
    assert_eq!(left, 5 + 2, "entries, values and tag; nothing unfinished");
}

#[test]
fn an_entry_is_read_to_its_end_though_it_is_evicted() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, path) = with_entry(folder.path());
    let entry = cache.fetch(KEY).unwrap();
    Cache::open(folder.path(), 0).unwrap().tidy();
    assert!(!path.exists());
    assert_eq!(entry.blob("a.pdf"), Some(b"%PDF of A".to_vec()));
}

fn set_time(path: &Path, seconds: u64) {
    cabinet::mark_used(path, SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

#[test]
fn what_was_used_longest_ago_goes_first() {
    let folder = tempfile::tempdir().unwrap();
    let cache = open(folder.path());
    let own = folder.path().join(VERSION);
    for (at, key) in (1000..).zip(["first", "second", "third"]) {
        cache.keep(key, &(), &[("blob", &[0; 1000])]);
        set_time(&own.join(entry_name(key)), at);
    }
    for (at, key) in (1..).zip(["older", "newer"]) {
        cache.remember("mend", key, &[0; 200]);
        set_time(&own.join(VALUES).join(value_name("mend", key)), at);
    }
    assert!(cache.fetch("first").is_some(), "and is used now");
    Cache::open(folder.path(), 2800).unwrap().tidy();
    let left = ["first", "second", "third"].map(|key| own.join(entry_name(key)).exists());
    assert_eq!(left, [true, false, true]);
    let left = ["older", "newer"].map(|key| cache.recall("mend", key).is_some());
    assert_eq!(left, [false, true], "values have an eighth for themselves");
}

#[test]
fn only_what_is_long_unfinished_is_abandoned() {
    let folder = tempfile::tempdir().unwrap();
    let cache = open(folder.path());
    let own = folder.path().join(VERSION);
    let now = cabinet::time_of(&own).unwrap();
    for (name, age) in [("old", 25), ("young", 23)] {
        let path = own.join(format!(".bookify-{name}.part"));
        fs::write(&path, b"half").unwrap();
        cabinet::mark_used(&path, now - Duration::from_hours(age)).unwrap();
    }
    cache.tidy();
    assert!(!own.join(".bookify-old.part").exists() && own.join(".bookify-young.part").exists());
}

#[test]
fn clearing_removes_what_the_cache_wrote_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, path) = with_entry(folder.path());
    cache.remember("mend", "one", b"1");
    fs::write(folder.path().join("letter.txt"), b"mine").unwrap();
    let own = folder.path().join(VERSION);
    let size = fs::metadata(path).unwrap().len();
    assert_eq!(cache.clear(), Ok(Cleared { files: 2, bytes: size + 33 }));
    assert!(!own.exists() && folder.path().join("letter.txt").exists());
    assert_eq!(cache.clear(), Ok(Cleared::default()));

    let (cache, _) = with_entry(folder.path());
    for name in ["notes.entry", "letter.value", ".bookify-", &format!("{}.entry", "A".repeat(64))] {
        assert!(!is_ours(name));
        fs::write(own.join(name), b"mine").unwrap();
    }
    assert_eq!(cache.clear().map(|gone| gone.files), Ok(1));
    assert_eq!(fs::read_dir(own).unwrap().count(), 4);
}

#[test]
fn the_folder_is_tagged_as_one_that_can_be_made_again() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path());
    let tag = fs::read(folder.path().join(VERSION).join(TAG)).unwrap();
    assert!(tag.starts_with(b"Signature: 8a477f597d28d172789f06886806bc55\n"));
}

#[test]
fn a_cache_that_cannot_be_written_is_told_once_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, _) = with_entry(folder.path());
    // a folder of that name is in the way of the file
    let in_the_way = folder.path().join(VERSION).join(entry_name("other"));
    fs::create_dir(in_the_way).unwrap();
    cache.keep("other", &(), &[]);
    let trouble = cache.trouble().unwrap();
    cache.keep("other", &(), &[]);
    assert_eq!(cache.trouble(), Some(trouble));
    assert!(cache.fetch("other").is_none());
    assert!(is_whole(&cache));

    let file = folder.path().join("file");
    fs::write(&file, b"no folder").unwrap();
    assert!(Cache::open(&file, 1).is_err());
}

#[test]
fn the_systems_folder_is_below_what_the_person_set() {
    let own = |xdg: &str| super::store::cache_folder(Some(xdg.as_ref()));
    let root = if cfg!(windows) { r"C:\cache" } else { "/cache" };
    assert_eq!(own(root), Some(Path::new(root).join("bookify")));
    assert_ne!(own("not/absolute"), Some(Path::new("not/absolute/bookify").to_owned()));
}
