//! The editor's say: pins, chapters that are not there, and `--strict`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use common::{SMALL, bookify, folder_with, said};

/// The small dossier with a season that says `film` of it.
fn season(film: &str) -> tempfile::TempDir {
    let season = format!("films:\n  - dossier: x\n{film}");
    folder_with(&[("sources/season.yaml", season.as_bytes()), ("sources/x.txt", SMALL.as_bytes())])
}

/// At which line each chapter starts: `guide 4 | production 15`.
fn starts(folder: &tempfile::TempDir) -> String {
    let output = bookify(folder.path(), &["inspect", "x", "--json"]);
    let (code, text) = said(&output);
    assert_eq!(code, 0, "{text}");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let chapters = json["chapters"].as_array().expect("chapters are a list");
    let start = |chapter: &serde_json::Value| {
        let blocks = chapter["blocks"].as_array().expect("blocks are a list");
        let line = blocks.iter().find_map(|block| block["lines"][0].as_u64()).unwrap_or_default();
        format!("{} {line}", chapter["id"].as_str().unwrap_or_default())
    };
    chapters.iter().map(start).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_pin_moves_a_chapter_to_the_words_it_names() {
    let cases = [
        ("", "front 1 | guide 4 | production 15 | context 25"),
        (
            "    starts: { auteur: \"To understand the film\" }\n",
            "front 1 | guide 4 | production 15 | auteur 25",
        ),
        (
            "    starts: { context: \"Awards/Institutional Recognition\" }\n",
            "front 1 | guide 4 | production 15 | context 24",
        ),
        ("    chapters: { context: absent }\n", "front 1 | guide 4 | production 15"),
    ];
    for (film, expected) in cases {
        let found = starts(&season(film));
        assert!(found.starts_with(expected), "{film}: {found}");
    }
}

#[test]
fn a_pin_that_fits_nothing_or_two_places_is_told() {
    let cases = [
        ("    starts: { context: \"Nobody wrote this\" }\n", "no paragraph opens"),
        ("    starts: { context: \"\" }\n", "no paragraph opens"),
        ("    starts: { context: \"The\" }\n", "open line"),
        ("    starts: { weather: \"To understand\" }\n", "the chapters are"),
        ("    starts: { production: \"To understand\", context: \"The production\" }\n", "is pinned before"),
    ];
    for (film, message) in cases {
        let text = if message == "open line" {
            SMALL.replace("To understand", "The production")
        } else {
            SMALL.to_owned()
        };
        let folder = season(film);
        common::write(&folder.path().join("sources/x.txt"), text.as_bytes());
        let (code, said) = said(&bookify(folder.path(), &["build", "--only", "pdf"]));
        assert_eq!(code, 1, "{film}: {said}");
        assert!(said.contains(message) && said.contains("help"), "{film}: {said}");
    }
}

#[test]
fn strict_makes_a_doubt_an_error() {
    // nothing tells the two essays apart
    let text = "A Film (1950)\nA line about it\n".to_owned()
        + &"It is a film and it is long and it is there and nobody knows why it was made or who saw it. "
            .repeat(3)
        + "\n";
    let folder = folder_with(&[("x.txt", text.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["build", "x.txt", "--only", "pdf"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("warning[chapter-unsure]") && text.contains("starts: {"), "{text}");
    let (code, text) = said(&bookify(folder.path(), &["build", "x.txt", "--only", "pdf", "--strict"]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("error[chapter-unsure]"), "{text}");
}
