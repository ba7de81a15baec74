//! Bad input gets a clear error, harms nothing else, and never ends in a panic.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use common::{SMALL, bookify, folder_with, names, said};

/// A picture that somebody renamed.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDAT";

/// Files, arguments, exit code, what the message must hold.
type Case<'a> = (&'a [(&'a str, &'a [u8])], &'a [&'a str], i32, &'a [&'a str]);

#[test]
fn every_mistake_is_told_with_what_to_do() {
    let small = SMALL.as_bytes();
    let cases: [Case; 15] = [
        (&[], &["build", "nothing.txt"], 1, &["nothing.txt", "no such file", "help"]),
        (&[("empty.txt", b"")], &["build", "empty.txt"], 1, &["empty.txt", "no words", "help"]),
        (&[("blank.txt", b" \n\n\t")], &["build", "blank.txt"], 1, &["blank.txt", "no words"]),
        (&[("folder/a.txt", small)], &["build", "folder"], 1, &["folder", "not a dossier"]),
        (&[("picture.txt", PNG)], &["build", "picture.txt"], 1, &["picture.txt", "no text"]),
        (
            &[("x.txt", b"this is a paragraph that goes on for so long that it cannot be the title of any film that was ever made, and it ends with a full stop.\n")],
            &["build", "x.txt"],
            1,
            &["x.txt", "title", "season.yaml"],
        ),
        (&[("sources/season.yaml", b"films: [\n"), ("sources/x.txt", small)], &["build"], 2, &["season.yaml:2", "help"]),
        (&[("sources/season.yaml", b"club: A\nlayuot: classic\n"), ("sources/x.txt", small)], &["build"], 2, &["season.yaml:2", "layuot"]),
        (
            &[("sources/season.yaml", b"films:\n  - dossier: x\n  - dossier: x\n"), ("sources/x.txt", small)],
            &["build"],
            2,
            &["listed twice", "line 2", "line 3"],
        ),
        (&[("sources/season.yaml", b"films:\n  - dossier: y\n"), ("sources/x.txt", small)], &["build"], 2, &["y.txt"]),
        (&[("x.txt", small)], &["build", "x.txt", "--layout", "baroque"], 2, &["baroque", "classic"]),
        (
            &[("x.txt", small), ("own/layout.yaml", b"name: own\n"), ("own/booklet.typ", b"#let x = (\n"), ("own/cover.typ", b""), ("own/epub.css", b"")],
            &["build", "x.txt", "--layout", "own"],
            1,
            &["does not compile", "booklet.typ:1", "unclosed delimiter"],
        ),
        (
            &[("x.txt", small), ("own/layout.yaml", b"name: own\n"), ("own/booklet.typ", b"Bon cinema!\n"), ("own/cover.typ", b""), ("own/epub.css", b"")],
            &["build", "x.txt", "--layout", "own", "--only", "pdf"],
            1,
            &["error"],
        ),
        (&[("x.txt", small), ("output", b"a file")], &["build", "x.txt"], 2, &["output", "--output"]),
        (&[], &["build", "--jobs", "0"], 2, &["--jobs"]),
    ];
    for (files, arguments, code, messages) in cases {
        let folder = folder_with(files);
        let (found, text) = said(&bookify(folder.path(), arguments));
        assert_eq!(found, code, "{arguments:?}: {text}");
        for message in messages {
            assert!(text.contains(message), "{arguments:?} does not say “{message}”: {text}");
        }
        assert!(!text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{text}");
    }
}

#[test]
fn one_bad_dossier_does_not_harm_the_others() {
    let folder = folder_with(&[("sources/bad.txt", PNG), ("sources/good.txt", SMALL.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["build"]));
    assert_eq!(code, 1, "{text}");
    assert_eq!(names(&folder.path().join("output")), ["good.epub", "good.pdf"]);
}

#[test]
fn a_failed_build_leaves_the_last_good_one() {
    let folder = folder_with(&[("x.txt", SMALL.as_bytes())]);
    assert_eq!(said(&bookify(folder.path(), &["build", "x.txt"])).0, 0);
    let before = common::bytes(&folder.path().join("output/x.pdf"));
    std::fs::write(folder.path().join("x.txt"), b"").expect("the file can be written");
    assert_eq!(said(&bookify(folder.path(), &["build", "x.txt"])).0, 1);
    assert!(common::bytes(&folder.path().join("output/x.pdf")) == before);
    assert_eq!(names(&folder.path().join("output")), ["x.epub", "x.pdf"]);
}

#[test]
fn help_and_version_are_no_errors() {
    let folder = folder_with(&[]);
    for arguments in [&["--help"][..], &["--version"], &["build", "--help"]] {
        assert_eq!(said(&bookify(folder.path(), arguments)).0, 0, "{arguments:?}");
    }
    assert_eq!(said(&bookify(folder.path(), &["bild"])).0, 2);
}
