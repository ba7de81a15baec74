//! Editions and what is made of them, from the outside.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use common::{SMALL, bookify, books, folder_with, said};

/// A folder with the small dossier and a season of these words.
fn season(words: &str) -> tempfile::TempDir {
    let season = format!("club: Society\n{words}films:\n  - dossier: small\n    date: 2025-11-09\n");
    folder_with(&[("sources/small.txt", SMALL.as_bytes()), ("sources/season.yaml", season.as_bytes())])
}

#[test]
fn what_a_season_lists_is_made() {
    for (words, arguments, expected) in [
        ("", &[][..], &["small.epub", "small.pdf"][..]),
        (
            "editions: [before, short: { title: Short, chapters: [context], epub: no, grey: yes }]\n",
            &[],
            &["small.before.epub", "small.before.pdf", "small.short.pdf"],
        ),
        ("", &["--edition", "discussion"], &["small.discussion.epub", "small.discussion.pdf"]),
        ("", &["--only", "print,press"], &["small.press.pdf", "small.print.pdf"]),
        ("", &["--only", "epub,kepub"], &["small.epub", "small.kepub.epub"]),
        ("fit: sheets\n", &["--only", "pdf", "--paper", "a4", "--layout", "modern"], &["small.pdf"]),
    ] {
        let folder = season(words);
        let (code, text) = said(&bookify(folder.path(), &[&["build"], arguments].concat()));
        assert_eq!(code, 0, "{text}");
        assert_eq!(books(&folder.path().join("output")), expected, "{words}");
    }
}

#[test]
fn a_film_without_questions_loses_no_other_edition() {
    let text = "A Film (1999)\n\nHistorical and Cultural Context\nIt was made in a year of strikes.\n";
    let season = "editions: [booklet, discussion]\nfilms:\n  - dossier: film\n";
    let folder =
        folder_with(&[("sources/film.txt", text.as_bytes()), ("sources/season.yaml", season.as_bytes())]);
    let (code, said_) = said(&bookify(folder.path(), &["build"]));
    assert_eq!(code, 0, "{said_}");
    assert_eq!(books(&folder.path().join("output")), ["film.epub", "film.pdf"]);
    let (code, _) = said(&bookify(folder.path(), &["build", "--edition", "discussion"]));
    assert_eq!(code, 1);
}

#[test]
fn an_edition_that_is_not_there_is_told_with_those_that_are() {
    let folder = season("editions: [booklet, quick: { chapters: [form] }]\n");
    let (code, text) = said(&bookify(folder.path(), &["build", "--edition", "slow"]));
    assert_eq!(code, 2, "{text}");
    for name in ["slow", "booklet", "before", "discussion", "quick"] {
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn a_layout_of_a_club_stands_on_the_common_parts() {
    let layout = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/own-layout-common");
    let folder = season("");
    let (code, text) = said(&bookify(folder.path(), &["build", "--layout", layout]));
    assert_eq!(code, 0, "{text}");
    assert_eq!(books(&folder.path().join("output")), ["small.epub", "small.pdf"]);
}

#[test]
fn words_that_may_be_titles_are_offered_as_the_season_takes_them() {
    let text = format!("{SMALL}\nHe saw The Golem twice, and The Golem saw him.\n");
    let folder = folder_with(&[("small.txt", text.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["inspect", "small.txt", "--works"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("works:\n") && text.contains("\n  - \"The Golem\" # 2 times"), "{text}");
}
