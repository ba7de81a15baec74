//! What stands in the folder of the outputs: mended, removed, or left alone.

use crate::club::{Club, FILMS, assert_same, dossier};
use crate::common::{bytes, write};
use std::fs;

#[test]
fn what_was_deleted_or_altered_comes_back_with_the_same_bytes() {
    let club = Club::new();
    club.build(&[]);
    let first = club.outputs();
    let gone = ["lamp.pdf", "index.html", "covers/tower.jpg", "SHA256SUMS"];
    for name in gone {
        fs::remove_file(club.path("output").join(name)).expect("it is there");
        club.build(&[]);
        assert_same(&club.outputs(), &first, name);
    }
    for name in ["mill.epub", "opds.json", "SHA256SUMS", ".bookify/manifest.json"] {
        for altered in [&b""[..], b"something else", &first[name][1..]] {
            write(&club.path("output").join(name), altered);
            club.build(&[]);
            assert_same(&club.outputs(), &first, name);
        }
    }
    for name in first.keys() {
        fs::remove_file(club.path("output").join(name)).expect("it is there");
    }
    club.build(&["--jobs", "1"]);
    assert_same(&club.outputs(), &first, "all of them");
}

#[test]
fn an_altered_output_is_named() {
    let club = Club::new();
    club.build(&[]);
    fs::remove_file(club.path("output/lamp.pdf")).expect("it is there");
    write(&club.path("output/tower.epub"), b"something else");
    let expected = [
        "lamp: the output lamp.pdf is not there",
        "mill: nothing has changed",
        "tower: the output tower.epub is not as bookify wrote it",
    ];
    assert_eq!(club.reasons(&[]), expected);
}

#[test]
fn pruning_removes_what_has_left_and_no_file_of_somebody_else() {
    let club = Club::new();
    // a film whose name begins like that of one that stays
    club.save("lamp (old)", &dossier("lamp of old"));
    // and one that never belonged to the season
    write(&club.path("guest.txt"), dossier("guest").as_bytes());
    club.build(&["guest.txt"]);
    club.build(&[]);
    let before = club.outputs();
    write(&club.path("output/notes.txt"), b"my own");
    write(&club.path("output/mill.docx"), b"my own too");
    write(&club.path("output/tower.epub"), b"with my marks");
    for film in ["mill", "tower", "lamp (old)"] {
        fs::remove_file(club.path(&format!("sources/{film}.txt"))).expect("it is there");
    }
    club.amend("  - dossier: mill\n    date: 2026-04-07\n  - dossier: tower\n    date: 2026-05-05\n", "");
    club.build(&[]);
    assert!(club.outputs().contains_key("mill.pdf"), "nothing is removed before it is asked for");
    let (code, _, text) = club.run(&[], &["build", "--cache", "cache", "--prune"]);
    assert_eq!(code, 0, "{text}");
    let after = club.outputs();
    let gone = before.keys().filter(|name| !after.contains_key(*name)).map(String::as_str);
    let expected = [
        "covers/mill.jpg",
        "covers/tower.jpg",
        "lamp (old).epub",
        "lamp (old).pdf",
        "mill.epub",
        "mill.pdf",
        "publications/mill.json",
        "publications/tower.json",
        "tower.pdf",
    ];
    assert_eq!(gone.collect::<Vec<_>>(), expected);
    let told = ["output/tower.epub", "somebody changed it", "output/mill.pdf", "removed"];
    assert!(told.iter().all(|words| text.contains(words)), "{text}");
    for (name, words) in
        [("notes.txt", "my own"), ("mill.docx", "my own too"), ("tower.epub", "with my marks")]
    {
        assert_eq!(after[name], words.as_bytes(), "{name}");
        fs::remove_file(club.path("output").join(name)).expect("it is there");
    }
    club.verify();
    let marks = club.marks("output");
    club.build(&["--prune"]);
    assert_eq!(club.marks("output"), marks, "the second time there is nothing to do");
}

#[test]
fn a_film_that_fails_keeps_its_files_and_their_sums() {
    let club = Club::new();
    club.build(&[]);
    let before = club.outputs();
    write(&club.path("sources/lamp.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02");
    let (code, _, text) = club.run(&[], &["build", "--quiet", "--cache", "cache"]);
    assert!(code == 1 && text.contains("lamp.txt"), "{text}");
    let after = club.outputs();
    for name in ["lamp.pdf", "lamp.epub"] {
        assert!(before[name] == after[name], "{name}");
    }
    club.verify();
    club.save("lamp", &dossier("lamp"));
    club.build(&[]);
    assert_same(&club.outputs(), &before, "the dossier as it was");
}

/// What stands in the way, whether it is a folder, exit code, what the message names, a film that is made.
type Case<'a> = (&'a str, bool, i32, &'a str, Option<&'a str>);

#[test]
fn what_stands_in_the_way_is_named_and_the_others_are_made() {
    let cases: [Case<'_>; 4] = [
        ("output", false, 2, "output", None),
        ("output/.bookify", false, 2, ".bookify", None),
        ("output/mill.pdf", true, 1, "mill.pdf", Some("lamp.pdf")),
        ("output/covers", false, 1, "covers", Some("lamp.pdf")),
    ];
    for (name, is_folder, code, named, made) in cases {
        let club = Club::new();
        if is_folder {
            fs::create_dir_all(club.path(name).join("within")).expect("the folder can be made");
        } else {
            let above = club.path(name);
            fs::create_dir_all(above.parent().expect("it lies in a folder")).expect("it can be made");
            write(&above, b"a file");
        }
        let (found, _, text) = club.run(&[], &["build", "--quiet", "--cache", "cache"]);
        assert_eq!(found, code, "{name}: {text}");
        assert!(text.contains(named) && text.contains("help"), "{name}: {text}");
        assert!(!text.contains("panicked"), "{text}");
        if let Some(made) = made {
            assert!(bytes(&club.path("output").join(made)).starts_with(b"%PDF"), "{name}: {made}");
        }
        assert!(club.path(name).is_dir() == is_folder, "{name} is as it was");
    }
}

#[test]
fn no_dossier_is_taken_for_the_season() {
    let club = Club::new();
    club.save("the season", &dossier("season"));
    club.build(&[]);
    let before = club.marks("output");
    assert!(["index.html", "the season.pdf"].iter().all(|name| before.contains_key(*name)), "{before:?}");
    club.build(&["--prune"]);
    assert_eq!(club.marks("output"), before);
    assert_eq!(club.reasons(&[]), FILMS.map(|film| format!("{film}: nothing has changed")));
}
