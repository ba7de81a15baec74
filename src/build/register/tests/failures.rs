//! A folder of outputs that fails at any call, once or for good: each film is the old one or the new one.

use super::super::Register;
use super::{Files, commit, films, inputs, is_clean, lines, owned, standing, sums_are_true};
use crate::build::shelf::{Found, Shelf};
use crate::build::stacks::{Held, Stacks};
use crate::build::store::Disk;
use crate::diag::{Code, Diagnostic};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// In which way a call fails.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Failing {
    /// It alone, with nothing done.
    Once,
    /// It alone, and what it reports as failed is done.
    OnceThoughDone,
    /// It, half done, and all that follow: the process is dead.
    ForEver,
    /// Every call, if it puts a file in that place.
    At(&'static str),
    /// None; but while it waits for its turn, another build replaces the film.
    Overtaken,
}

/// A folder that fails at a call. It does not wait for the device as [`Disk`] does: only processes die here.
#[derive(Clone, Debug)]
struct Frail {
    root: PathBuf,
    disk: Disk,
    calls: Arc<AtomicUsize>,
    at: usize,
    failing: Failing,
}

impl Frail {
    fn new(root: &Path, at: usize, failing: Failing) -> Self {
        Self { root: root.to_owned(), disk: Disk::new(root), calls: Arc::default(), at, failing }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::File::create_new(self.root.join(path))?.write_all(bytes)
    }

    fn call<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        match self.failing {
            Failing::Once if call == self.at => Err(io::ErrorKind::StorageFull.into()),
            Failing::OnceThoughDone if call == self.at => act().and(Err(io::ErrorKind::TimedOut.into())),
            Failing::ForEver if call >= self.at => Err(io::ErrorKind::BrokenPipe.into()),
            _ => act(),
        }
    }
}

impl Shelf for Frail {
    fn find(&self, path: &Path) -> io::Result<Found> {
        self.call(|| self.disk.find(path))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.call(|| self.disk.read(path))
    }

    fn free(&self) -> io::Result<u64> {
        self.call(|| self.disk.free())
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.call(|| self.disk.make_folder(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let is_last = self.calls.load(Ordering::SeqCst) == self.at && self.failing == Failing::ForEver;
        if is_last {
            self.write_new(path, &bytes[..bytes.len() / 2])?;
        }
        self.call(|| self.write_new(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if matches!(self.failing, Failing::At(place) if Path::new(place) == to) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.call(|| fs::rename(self.root.join(from), self.root.join(to)))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(|| self.disk.remove(path))
    }
}

impl Stacks for Frail {
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.call(|| self.disk.names(folder))
    }

    fn make_unique(&self, within: &Path, start: &str) -> io::Result<String> {
        self.call(|| {
            let names = (0..).map(|number| format!("{start}{number}"));
            let mut folders = names.map(|name| (self.root.join(within).join(&name), name));
            let (folder, name) =
                folders.find(|(folder, _)| !folder.exists()).ok_or(io::ErrorKind::AlreadyExists)?;
            fs::create_dir(folder).map(|()| name)
        })
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|| self.disk.remove_folder(folder))
    }

    fn lock(&self, file: &Path) -> io::Result<Held> {
        // the first turn is for opening the folder in which files wait
        let is_waiting = || self.disk.names(Path::new(".bookify")).is_ok_and(|names| names.len() > 2);
        if self.failing == Failing::Overtaken && file.ends_with(".bookify/lock") && is_waiting() {
            commit(&open(&self.root), "faust", "other", &[("faust.pdf", "other"), ("same", "other")]);
        }
        self.call(|| self.disk.lock(file))
    }

    fn try_lock(&self, file: &Path) -> io::Result<Option<Held>> {
        self.call(|| self.disk.try_lock(file))
    }
}

const OLD: Files =
    &[("faust.pdf", "old"), ("faust.epub", "old"), ("faust.short.pdf", "old"), ("same", "same")];
const NEW: Files =
    &[("faust.pdf", "new"), ("faust.epub", "new"), ("covers/faust.jpg", "new"), ("same", "same")];
const OTHER: Files = &[("tabu.pdf", "other")];

/// The register of a folder that does not fail.
fn open(output: &Path) -> Register {
    Register::on(Box::new(Frail::new(output, usize::MAX, Failing::Once)), output).unwrap()
}

/// A season of two films.
fn season() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().to_owned();
    let register = open(&output);
    commit(&register, "faust", "old", OLD);
    commit(&register, "tabu", "other", OTHER);
    (folder, output)
}

/// Does something in that folder, which fails at a call; gives what came of it, and whether it came so far.
fn frailly<T>(
    output: &Path,
    at: usize,
    failing: Failing,
    act: impl Fn(&Register) -> Result<T, Diagnostic>,
) -> (Result<T, Diagnostic>, bool) {
    let frail = Frail::new(output, at, failing);
    let calls = frail.calls.clone();
    let result = Register::on(Box::new(frail), output).and_then(|register| act(&register));
    (result, calls.load(Ordering::SeqCst) > at)
}

fn commit_new(register: &Register) -> Result<(), Diagnostic> {
    register.commit("faust", "new", &inputs(&[("text", "new")]), &owned(NEW)).map(drop)
}

/// After recovery the film is the old one or the new one, and the register says which; gives whether it is new.
fn check_recovered(output: &Path, what: &str) -> bool {
    open(output).recover().unwrap();
    check_whole(output, what)
}

fn check_whole(output: &Path, what: &str) -> bool {
    let register = open(output);
    assert!(is_clean(output), "{what}");
    assert!(sums_are_true(output), "{what}: {:?}", standing(output));
    assert!(register.intact("tabu", "other"), "{what}");
    let is_new = register.intact("faust", "new");
    assert_ne!(is_new, register.intact("faust", "old"), "{what}");
    let mut expected = lines(if is_new { NEW } else { OLD });
    expected.extend(lines(OTHER));
    expected.extend(is_new.then(|| ("faust.short.pdf".to_owned(), "old".to_owned())));
    assert_eq!(standing(output), expected, "{what}");
    is_new
}

/// The next build brings the new film, whatever went before.
fn check_next(output: &Path, what: &str) {
    let register = open(output);
    commit_new(&register).unwrap();
    assert!(register.intact("faust", "new"), "{what}");
    assert_eq!(register.prune(&films(&["faust", "tabu"])).unwrap().removed, ["faust.short.pdf"], "{what}");
    let mut expected = lines(NEW);
    expected.extend(lines(OTHER));
    assert_eq!(standing(output), expected, "{what}");
    assert!(sums_are_true(output) && is_clean(output), "{what}");
}

#[test]
fn a_commit_that_fails_anywhere_leaves_the_old_film_or_the_new_one() {
    for failing in [Failing::Once, Failing::OnceThoughDone, Failing::ForEver] {
        let mut results = [0, 0];
        for at in 0.. {
            let (_folder, output) = season();
            let what = format!("{failing:?} at call {at}");
            let (result, came_so_far) = frailly(&output, at, failing, commit_new);
            if !came_so_far {
                assert!(result.is_ok() && at > 30, "{what}");
                break;
            }
            if let Err(error) = &result {
                assert_eq!(error.code, Code::Output, "{what}");
            }
            let is_new = check_recovered(&output, &what);
            assert!(is_new || result.is_err(), "{what}: what is reported as done is done");
            results[usize::from(is_new)] += 1;
            check_next(&output, &what);
        }
        assert!(results.iter().all(|count| *count > 5), "{failing:?}: {results:?}");
    }
}

#[test]
fn a_commit_that_failed_is_mended_by_the_next_without_a_recovery() {
    for at in 0.. {
        let (_folder, output) = season();
        let (_, came_so_far) = frailly(&output, at, Failing::ForEver, commit_new);
        if !came_so_far {
            break;
        }
        commit(&open(&output), "tabu", "other", OTHER);
        check_whole(&output, &at.to_string());
        check_next(&output, &at.to_string());
    }
}

#[test]
fn a_recovery_that_dies_is_recovered_from() {
    for at in 0.. {
        let (_folder, output) = season();
        // the second file cannot be put in its place: the first is new, the others wait
        assert!(frailly(&output, 0, Failing::At("faust.epub"), commit_new).0.is_err());
        assert_eq!(standing(&output)["faust.pdf"], "new");
        assert_eq!(standing(&output)["faust.epub"], "old");
        let (_, came_so_far) = frailly(&output, at, Failing::ForEver, Register::recover);
        assert!(check_recovered(&output, &at.to_string()), "what was announced is done");
        check_next(&output, &at.to_string());
        if !came_so_far {
            break;
        }
    }
}

#[test]
fn pruning_that_dies_leaves_a_register_that_can_be_pruned() {
    for at in 0.. {
        let (_folder, output) = season();
        let (_, came_so_far) =
            frailly(&output, at, Failing::ForEver, |register| register.prune(&films(&["tabu"])));
        let register = open(&output);
        register.recover().unwrap();
        assert!(register.intact("tabu", "other"));
        register.prune(&films(&["tabu"])).unwrap();
        assert_eq!(standing(&output), lines(OTHER), "{at}");
        assert!(sums_are_true(&output) && is_clean(&output), "{at}");
        if !came_so_far {
            break;
        }
    }
}

#[test]
fn a_film_that_cannot_be_finished_keeps_no_other_waiting_and_gives_way_to_a_newer_one() {
    let (_folder, output) = season();
    assert!(frailly(&output, 0, Failing::At("covers/faust.jpg"), commit_new).0.is_err());
    let others = |register: &Register| {
        register.commit("tabu", "2", &inputs(&[]), &owned(&[("tabu.pdf", "T2")])).map(|done| done.notes.len())
    };
    let (others, _) = frailly(&output, 0, Failing::At("covers/faust.jpg"), others);
    assert_eq!(others, Ok(1), "the other film is built, with a warning of this one");

    let newer: Files = &[("faust.pdf", "newer")];
    let newer = |register: &Register| register.commit("faust", "newer", &inputs(&[]), &owned(newer));
    let (done, _) = frailly(&output, 0, Failing::At("covers/faust.jpg"), newer);
    assert_eq!(done.unwrap().stale, ["faust.epub", "faust.short.pdf", "same"]);
    let register = open(&output);
    assert_eq!(register.recover(), Ok(vec![]));
    assert!(register.intact("faust", "newer") && register.intact("tabu", "2"));
    register.prune(&films(&["faust", "tabu"])).unwrap();
    assert_eq!(standing(&output), lines(&[("faust.pdf", "newer"), ("tabu.pdf", "T2")]));
    assert!(is_clean(&output) && sums_are_true(&output));
}

/// A season with a film that waits, and the folder in which it does.
fn waiting() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (folder, output) = season();
    assert!(frailly(&output, 0, Failing::At("faust.pdf"), commit_new).0.is_err());
    let home = fs::read_dir(output.join(".bookify")).unwrap();
    let staging = home.map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    (folder, output, staging)
}

#[test]
fn a_journal_that_was_tampered_with_is_not_carried_out() {
    let (_folder, output, staging) = waiting();
    let journal = staging.join("commit.json");
    let text = fs::read_to_string(&journal).unwrap();
    assert!(text.contains("covers/faust.jpg"));
    fs::write(&journal, text.replace("covers/faust.jpg", "../faust.jpg")).unwrap();
    assert!(!check_recovered(&output, "tampered"));
}

#[test]
fn nothing_is_carried_out_where_a_file_that_waits_is_broken() {
    for (number, broken) in [("0", "ne"), ("0", "old"), ("2", "")] {
        let (_folder, output, staging) = waiting();
        fs::write(staging.join(number), broken).unwrap();
        assert!(!check_recovered(&output, broken));
        check_next(&output, broken);
    }
    let (_folder, output, _) = waiting();
    assert!(check_recovered(&output, "whole"));
}

#[test]
fn a_build_that_is_overtaken_leaves_its_own_film_whole() {
    let (_folder, output) = season();
    let (result, _) = frailly(&output, 0, Failing::Overtaken, commit_new);
    assert_eq!(result, Ok(()));
    assert!(check_whole(&output, "overtaken"));
}

#[test]
fn a_full_disk_is_called_so() {
    let (_folder, output) = season();
    let (result, _) = frailly(&output, 8, Failing::Once, commit_new);
    let error = result.unwrap_err();
    assert!(error.message.contains("no room") && error.hint.is_some(), "{error:?}");
}
