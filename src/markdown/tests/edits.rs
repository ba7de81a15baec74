//! What becomes of origins when a person works on the file.

use super::{FRONT_MATTER, sample};
use crate::dossier::{Certainty, ChapterId, Dossier, Origin, plain};
use crate::markdown::{read, write};
use expect_test::{Expect, expect};

/// Reads the sample's file after `edit`, and lists the texts that are no longer from the source.
#[track_caller]
fn check(edit: impl Fn(&str) -> String, expected: &Expect) -> Dossier {
    let before = write(&sample());
    let after = edit(&before);
    assert_ne!(before, after, "the edit changes nothing");
    let read = read("sample.md", &after).expect("the front matter is sound");
    assert_eq!(read.warnings, []);
    let changed = read.value.texts().filter(|(_, origin)| origin.span().is_none());
    let lines = changed.map(|(text, origin)| match origin {
        Origin::Edited => format!("edited: {}", plain(text)),
        Origin::Supplied => format!("supplied: {}", plain(text)),
        Origin::Source { .. } => String::new(),
    });
    expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    read.value
}

#[test]
fn a_changed_word_makes_its_block_edited() {
    check(
        |file| file.replace("bad year", "good year"),
        &expect![[r"
        supplied: A Guide for the Evening
        edited: Two keepers, one lamp. 1927 was a good year for both.
        edited: Words
        supplied: The Lamp Goes Out {again}"]],
    );
}

#[test]
fn a_reflowed_paragraph_keeps_its_origin() {
    let dossier = check(
        |file| {
            file.replace("one lamp. 1927", "one\nlamp.\n  1927").replace("* Fog, and", "*   Fog,\n    and")
        },
        &expect![[r"
            supplied: A Guide for the Evening
            edited: Words
            supplied: The Lamp Goes Out {again}"]],
    );
    assert_eq!(dossier, sample());
}

#[test]
fn a_moved_block_keeps_its_origin() {
    check(
        |file| {
            let block = "**Influences:** The sea, mostly.\n\n";
            file.replace(block, "").replace("## Close Analysis", &format!("{block}## Close Analysis"))
        },
        &expect![[r"
            supplied: A Guide for the Evening
            edited: Words
            supplied: The Lamp Goes Out {again}"]],
    );
}

#[test]
fn an_added_item_is_edited_and_its_neighbours_are_not() {
    check(
        |file| file.replace("* Fog", "* Rain, for once\n* Fog"),
        &expect![[r"
        supplied: A Guide for the Evening
        edited: Rain, for once
        edited: Words
        supplied: The Lamp Goes Out {again}"]],
    );
}

#[test]
fn a_supplied_title_that_is_rewritten_is_edited() {
    check(
        |file| file.replace("A Guide for the Evening", "Before the Lamp Is Lit"),
        &expect![[r"
        edited: Before the Lamp Is Lit
        edited: Words
        supplied: The Lamp Goes Out {again}"]],
    );
    check(
        |file| file.replace("{#guide .supplied}", "{#guide}"),
        &expect![[r"
        edited: A Guide for the Evening
        edited: Words
        supplied: The Lamp Goes Out {again}"]],
    );
}

#[test]
fn a_chapter_whose_start_was_moved_is_sure() {
    let certainty = |file: &str| {
        let read = read("sample.md", file).expect("the front matter is sound").value;
        read.chapter(&ChapterId::new("guide")).map(|chapter| chapter.certainty)
    };
    let before = write(&sample());
    assert_eq!(certainty(&before), Some(Certainty::from_thousandths(912)));
    let added = before.replace("### Start Here", "From the line before.\n\n### Start Here");
    assert_eq!(certainty(&added), Some(Certainty::SURE));
}

#[test]
fn a_file_without_the_list_was_written_by_hand() {
    let dossier = check(
        |file| file.split("\n<!--").next().unwrap_or_default().to_owned(),
        &expect![[r"
        edited: Discussed on May 3rd, 2026
        edited: Salt and Snow (1927)
        edited: Two lighthouses, one winter
        edited: A Guide for the Evening
        edited: Start Here
        edited: Two keepers, one lamp. 1927 was a bad year for both.
        edited: Fog, and what it hides
        edited: - a dash that stays a dash
        edited: Words
        edited: Iris
        edited: A circle that closes on the picture
        edited: Who lights the lamp?
        edited: And who pays for the oil?
        edited: Production
        edited: Metadata
        edited: Year
        edited: 1927
        edited: Country
        edited: Norway
        edited: Influences
        edited: The sea, mostly.
        edited: Aud Egede
        edited: Her ballads gave the film its titles.
        edited: Close Analysis
        edited: The Lamp Goes Out {again}
        edited: The keeper reads Peer Gynt (Prompt I), unbelievably slowly & at 4 * 2 fps."]],
    );
    assert!(!write(&dossier).contains("<!--"));
}

#[test]
fn a_broken_line_of_the_list_is_named() {
    let file = format!("{FRONT_MATTER}text\n\n<!-- bookify origins\n<<<<<<< ours\nedited 0123abcd\n-->\n");
    let read = read("x.md", &file).expect("the front matter is sound");
    let places = read.warnings.iter().map(|warning| warning.place.as_ref().and_then(|place| place.line));
    assert_eq!(places.collect::<Vec<_>>(), [Some(9)]);
}
