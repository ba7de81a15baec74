//! Outputs that are replaced, watched, cleared away and fought over.

#![expect(clippy::disallowed_methods, reason = "the tests look at the outputs, and spoil them")]

mod failures;

use super::desk::Desk;
use super::{Change, Committed, Register};
use crate::build::store::Disk;
use crate::diag::{Code, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

fn open(output: &Path) -> Register {
    Register::open(output).unwrap()
}

fn inputs(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect()
}

fn films(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

type Files<'a> = &'a [(&'a str, &'a str)];

fn owned(files: Files) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

/// Commits files, with the text as the one thing that went into them.
fn commit(register: &Register, film: &str, key: &str, files: Files) -> Committed {
    register.commit(film, key, &inputs(&[("text", key)]), &owned(files)).unwrap()
}

/// All files of the folder but the register's own, with what is in them.
fn standing(output: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![output.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(output).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                open.extend((name != ".bookify").then_some(path));
            } else if name != "SHA256SUMS" {
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

fn lines(files: Files) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn manifest(output: &Path) -> String {
    fs::read_to_string(output.join(".bookify/manifest.json")).unwrap()
}

/// Whether the sums are those of the files that stand there, all of them.
fn sums_are_true(output: &Path) -> bool {
    let line =
        |(name, text): (String, String)| format!("{}  {name}\n", crate::source::hex_sha256(text.as_bytes()));
    let sums = standing(output).into_iter().map(line).collect::<String>();
    sums == fs::read_to_string(output.join("SHA256SUMS")).unwrap_or_default()
}

/// Nothing is left in the register's folder but list and lock.
fn is_clean(output: &Path) -> bool {
    let entries = fs::read_dir(output.join(".bookify")).unwrap();
    entries.map(|entry| entry.unwrap().file_name()).all(|name| name == "manifest.json" || name == "lock")
}

#[test]
fn a_films_files_are_replaced_and_entered() {
    let output = tempfile::tempdir().unwrap();
    let register = open(output.path());
    let done = commit(&register, "faust", "1", &[("faust.pdf", "A"), ("covers/faust.jpg", "B")]);
    assert_eq!((done.written.len(), done.unchanged.len(), done.notes.len()), (2, 0, 0));
    let done = commit(&register, "faust", "2", &[("faust.pdf", "A2"), ("covers/faust.jpg", "B")]);
    assert_eq!((done.written, done.unchanged), (vec!["faust.pdf".into()], vec!["covers/faust.jpg".into()]));
    assert_eq!(standing(output.path()), lines(&[("faust.pdf", "A2"), ("covers/faust.jpg", "B")]));
    assert_eq!(register.files_of("faust"), [("covers/faust.jpg".to_owned(), 1), ("faust.pdf".to_owned(), 2)]);
    assert!(sums_are_true(output.path()) && is_clean(output.path()));
    for register in [&register, &open(output.path())] {
        assert!(
            register.intact("faust", "2") && !register.intact("faust", "1") && !register.intact("other", "2")
        );
        assert_eq!(register.recover(), Ok(vec![]));
        assert_eq!(register.warning(), None);
    }
}

#[test]
fn the_list_is_the_same_whatever_was_built_first() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for (folder, order) in folders.iter().zip([["faust", "tabu"], ["tabu", "faust"]]) {
        for film in order {
            commit(&open(folder.path()), film, film, &[(&format!("{film}.pdf"), film)]);
        }
    }
    assert_eq!(manifest(folders[0].path()), manifest(folders[1].path()));
    assert!(!manifest(folders[0].path()).contains(folders[0].path().to_str().unwrap()));
}

#[test]
fn what_does_not_change_is_not_touched() {
    let output = tempfile::tempdir().unwrap();
    let files: Files = &[("faust.pdf", "A"), ("faust.epub", "B")];
    commit(&open(output.path()), "faust", "1", files);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
    let names = ["faust.pdf", "faust.epub", "SHA256SUMS", ".bookify/manifest.json"];
    for name in names {
        let file = fs::File::options().append(true).open(output.path().join(name)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let untouched = || {
        let time = |name: &str| fs::metadata(output.path().join(name)).unwrap().modified().unwrap();
        names.map(|name| time(name) == long_ago)
    };
    commit(&open(output.path()), "faust", "1", files);
    assert_eq!(untouched(), [true, true, true, true]);
    commit(&open(output.path()), "faust", "2", files);
    assert_eq!(untouched(), [true, true, true, false]);
    commit(&open(output.path()), "faust", "2", &[("faust.pdf", "A2"), ("faust.epub", "B")]);
    assert_eq!(untouched(), [false, true, false, false]);
}

#[test]
fn a_file_that_is_not_bookifys_is_replaced_with_a_note() {
    for (there, is_foreign) in [("somebody's", true), ("new", false)] {
        let output = tempfile::tempdir().unwrap();
        fs::write(output.path().join("faust.pdf"), there).unwrap();
        let done = commit(&open(output.path()), "faust", "1", &[("faust.pdf", "new")]);
        assert_eq!(done.notes.iter().map(|note| note.severity).collect::<Vec<_>>(), {
            if is_foreign { vec![Severity::Note] } else { vec![] }
        });
        fs::write(output.path().join("faust.pdf"), "changed").unwrap();
        assert_eq!(commit(&open(output.path()), "faust", "2", &[("faust.pdf", "newer")]).notes.len(), 1);
        assert_eq!(standing(output.path())["faust.pdf"], "newer");
    }
}

#[test]
fn pruning_removes_what_is_stale_or_of_no_film_and_nothing_that_somebody_changed() {
    let output = tempfile::tempdir().unwrap();
    let register = open(output.path());
    commit(&register, "faust", "1", &[("faust.pdf", "A"), ("faust.short.pdf", "B"), ("faust.x.pdf", "X")]);
    commit(&register, "tabu", "1", &[("tabu.pdf", "T"), ("covers/tabu.jpg", "C"), ("tabu.epub", "E")]);
    let done = commit(&register, "faust", "2", &[("faust.pdf", "A")]);
    assert_eq!(done.stale, ["faust.short.pdf", "faust.x.pdf"]);
    assert!(register.intact("faust", "2") && sums_are_true(output.path()));
    fs::remove_file(output.path().join("faust.x.pdf")).unwrap();
    fs::write(output.path().join("tabu.pdf"), "annotated").unwrap();
    fs::write(output.path().join("letter.txt"), "mine").unwrap();

    let pruned = open(output.path()).prune(&films(&["faust"])).unwrap();
    assert_eq!(pruned.removed, ["covers/tabu.jpg", "faust.short.pdf", "tabu.epub"]);
    assert_eq!(pruned.left.len(), 1);
    assert!(pruned.left[0].place.as_ref().unwrap().file.ends_with("tabu.pdf"));
    let left = lines(&[("faust.pdf", "A"), ("tabu.pdf", "annotated"), ("letter.txt", "mine")]);
    assert_eq!(standing(output.path()), left);
    assert!(!output.path().join("covers").exists() && is_clean(output.path()));
    assert_eq!(open(output.path()).why("tabu", &inputs(&[])), [Change::NeverBuilt]);
    let again = open(output.path()).prune(&films(&["faust"])).unwrap();
    assert!(again.removed.is_empty() && again.left.is_empty());

    open(output.path()).prune(&films(&[])).unwrap();
    assert_eq!(standing(output.path()).len(), 2);
    assert!(!output.path().join("SHA256SUMS").exists(), "there is nothing to sum up");
}

#[test]
fn a_stale_file_that_somebody_removed_is_forgotten_with_the_next_commit() {
    let output = tempfile::tempdir().unwrap();
    let register = open(output.path());
    commit(&register, "faust", "1", &[("faust.pdf", "A"), ("faust.short.pdf", "B")]);
    commit(&register, "faust", "2", &[("faust.pdf", "A")]);
    fs::remove_file(output.path().join("faust.short.pdf")).unwrap();
    commit(&register, "tabu", "1", &[("tabu.pdf", "T")]);
    assert!(sums_are_true(output.path()));
}

#[test]
fn a_film_whose_file_another_took_over_is_not_intact() {
    let output = tempfile::tempdir().unwrap();
    let register = open(output.path());
    commit(&register, "faust", "1", &[("index.html", "A"), ("faust.pdf", "A")]);
    commit(&register, "tabu", "1", &[("index.html", "B")]);
    assert!(!register.intact("faust", "1") && register.intact("tabu", "1"));
    assert_eq!(register.films(), ["tabu"]);
    commit(&register, "faust", "1", &[("index.html", "A"), ("faust.pdf", "A")]);
    assert!(register.intact("faust", "1") && !register.intact("tabu", "1"));
    assert!(sums_are_true(output.path()));
}

#[test]
fn every_change_has_its_reason() {
    let output = tempfile::tempdir().unwrap();
    let then = inputs(&[("layout", "1"), ("season", "1"), ("text", "1")]);
    let files = owned(&[("faust.epub", "E"), ("faust.pdf", "A"), ("faust.print.pdf", "P")]);
    let register = open(output.path());
    register.commit("faust", "k", &then, &files).unwrap();
    assert_eq!(register.why("faust", &then), []);
    fs::remove_file(output.path().join("faust.epub")).unwrap();
    fs::write(output.path().join("faust.pdf"), "B").unwrap();
    assert_eq!(
        open(output.path()).why("faust", &inputs(&[("cover", "1"), ("season", "1"), ("text", "2")])),
        [
            Change::New("cover".into()),
            Change::Gone("layout".into()),
            Change::Differs("text".into()),
            Change::FileMissing("faust.epub".into()),
            Change::FileChanged("faust.pdf".into()),
        ]
    );
    assert!(!register.intact("faust", "k"));
    assert_eq!(register.why("tabu", &then), [Change::NeverBuilt]);
}

#[test]
fn a_list_that_is_broken_knows_nothing_and_is_written_anew() {
    for broken in ["", "{", "[]", r#"{"form": 2, "films": {}, "files": {}}"#] {
        let output = tempfile::tempdir().unwrap();
        commit(&open(output.path()), "faust", "1", &[("faust.pdf", "A")]);
        fs::write(output.path().join(".bookify/manifest.json"), broken).unwrap();
        let register = open(output.path());
        assert_eq!(register.warning().map(|it| it.severity), Some(Severity::Warning), "{broken}");
        assert!(!register.intact("faust", "1"));
        commit(&register, "faust", "1", &[("faust.pdf", "A")]);
        assert!(open(output.path()).intact("faust", "1"));
        assert_eq!(open(output.path()).warning(), None);
    }
}

#[test]
fn a_list_that_names_files_elsewhere_lets_nobody_remove_them() {
    let place = tempfile::tempdir().unwrap();
    let output = place.path().join("output");
    fs::create_dir(&output).unwrap();
    fs::write(place.path().join("letter.txt"), "A").unwrap();
    commit(&open(&output), "faust", "1", &[("letter.txt", "A")]);
    let list = manifest(&output).replace("letter.txt", "../letter.txt");
    fs::write(output.join(".bookify/manifest.json"), list).unwrap();
    assert!(open(&output).prune(&films(&[])).unwrap().removed.is_empty());
    assert!(place.path().join("letter.txt").exists());
}

#[test]
fn an_output_lies_in_the_folder_and_has_a_name_of_its_own() {
    let output = tempfile::tempdir().unwrap();
    fs::create_dir(output.path().join("folder")).unwrap();
    let names = ["", "../x", "/x", "a/../x", ".bookify", ".bookify/manifest.json", "SHA256SUMS", "folder"];
    for name in names {
        let refused = open(output.path()).commit("faust", "1", &inputs(&[]), &owned(&[(name, "A")]));
        assert_eq!(refused.map_err(|error| error.code), Err(Code::Output), "{name}");
    }
    let twice = open(output.path()).commit("faust", "1", &inputs(&[]), &owned(&[("x", "A"), ("x", "B")]));
    assert!(twice.is_err());
    assert!(standing(output.path()).is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn coreutils_reads_the_sums() {
    let output = tempfile::tempdir().unwrap();
    let names =
        ["faust.pdf", " two  spaces ", "der müde tod.pdf", "back\\slash", "new\nline", "*star", "-dash"];
    let files = names.map(|name| (name, name));
    commit(&open(output.path()), "faust", "1", &files);
    let check = || {
        let mut call = std::process::Command::new("sha256sum");
        let ran =
            call.args(["--check", "--strict", "SHA256SUMS"]).current_dir(output.path()).output().unwrap();
        (ran.status.success(), String::from_utf8(ran.stdout).unwrap().lines().count())
    };
    assert_eq!(check(), (true, names.len()));
    fs::write(output.path().join("new\nline"), "changed").unwrap();
    assert!(!check().0);
}

#[test]
fn builds_at_once_lose_no_line_and_mix_no_film() {
    let output = tempfile::tempdir().unwrap();
    let registers = [open(output.path()), open(output.path())];
    std::thread::scope(|scope| {
        for (at, register) in
            [&registers[0], &registers[0], &registers[1], &registers[1]].into_iter().enumerate()
        {
            scope.spawn(move || {
                for round in 0..8 {
                    let own = format!("own{at}.pdf");
                    commit(register, &format!("own {at}"), &round.to_string(), &[(&own, &round.to_string())]);
                    let text = format!("{at} {round}");
                    commit(register, "shared", &text, &[("shared.pdf", &text), ("shared.epub", &text)]);
                }
            });
        }
    });
    let register = open(output.path());
    assert!((0..4).all(|at| register.intact(&format!("own {at}"), "7")));
    let standing = standing(output.path());
    assert_eq!(standing["shared.pdf"], standing["shared.epub"]);
    assert!(register.intact("shared", &standing["shared.pdf"]));
    assert!(sums_are_true(output.path()) && is_clean(output.path()));
}

#[test]
fn what_a_living_build_has_ready_is_left_alone() {
    let output = tempfile::tempdir().unwrap();
    let desk = Desk::new(Box::new(Disk::new(output.path())), output.path());
    let staging = {
        let _turn = desk.take_turn().unwrap();
        desk.open_staging().unwrap()
    };
    let folder = output.path().join(&staging.at);
    fs::write(folder.join("0"), "half").unwrap();
    let register = open(output.path());
    register.recover().unwrap();
    commit(&register, "faust", "1", &[("faust.pdf", "A")]);
    assert!(folder.exists());
    drop(staging);
    assert_eq!(register.recover(), Ok(vec![]), "nothing was announced");
    assert!(!folder.exists() && is_clean(output.path()));
}
