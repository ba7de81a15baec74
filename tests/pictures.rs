//! Pictures of a club's own: from the film's folder into both outputs.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use common::{SMALL, bookify, bytes, epub_text, folder_with, names, pdf_text, said};
use image::{ImageFormat, RgbImage};
use std::io::Cursor;

const SEASON: &str = "club: The Lamp\nfilms:\n  - dossier: x\n    cover: { file: cover.png, alt: A lamp at night, credit: The harbour museum }\n    stills:\n      - file: boat.jpg\n        alt: A boat before a tower\n        caption: The boat that nobody expected.\n        credit: Public domain\n        after: A girl keeps a lamp\n";

/// A picture whose colours run from corner to corner.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let share = |at: u32, of: u32| u8::try_from(at * 255 / of).unwrap_or(u8::MAX);
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([share(x, width), share(y, height), share(x + y, width + height)])
    });
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, format).expect("a picture can be encoded");
    file.into_inner()
}

fn season_with(season: &str, boat: &[u8]) -> tempfile::TempDir {
    folder_with(&[
        ("sources/season.yaml", season.as_bytes()),
        ("sources/x.txt", SMALL.as_bytes()),
        ("sources/x/cover.png", &picture(1800, 1200, ImageFormat::Png)),
        ("sources/x/boat.jpg", boat),
    ])
}

#[test]
fn a_still_stands_in_both_outputs_with_its_words_in_their_place() {
    let folder = season_with(SEASON, &picture(1200, 800, ImageFormat::Jpeg));
    let (code, text) = said(&bookify(folder.path(), &["build"]));
    assert_eq!(code, 0, "{text}");
    let output = folder.path().join("output");
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    for found in [pdf_text(&output.join("x.pdf")), epub_text(&output.join("x.epub"))] {
        let found = squeezed(&found);
        let at = |words: &str| {
            let words = squeezed(words);
            assert_eq!(found.matches(&words).count(), 1, "{words}: {found}");
            found.find(&words)
        };
        assert!(at("A girl keeps a lamp") < at("The boat that nobody expected. Public domain"), "{found}");
        assert_eq!(found.matches("Theharbourmuseum").count(), 1, "the cover's credit: {found}");
    }
    let epub = bytes(&output.join("x.epub"));
    let named = epub.windows(26).any(|name| name == b"OEBPS/pictures/still-1.jpg");
    assert!(named, "the picture is a file of the e-book");
    let again = season_with(SEASON, &picture(1200, 800, ImageFormat::Jpeg));
    assert_eq!(said(&bookify(again.path(), &["build"])).0, 0);
    for name in ["x.pdf", "x.epub"] {
        assert!(bytes(&output.join(name)) == bytes(&again.path().join("output").join(name)), "{name}");
    }
}

#[test]
fn an_ejected_project_holds_the_pictures() {
    let folder = season_with(SEASON, &picture(1200, 800, ImageFormat::Jpeg));
    let (code, text) = said(&bookify(folder.path(), &["eject", "x", "project"]));
    assert_eq!(code, 0, "{text}");
    let pictures = names(&folder.path().join("project/pictures"));
    assert!(pictures.iter().any(|name| name == "still-1.jpg"), "{pictures:?}");
    assert!(pictures.iter().any(|name| name.starts_with("cover.")), "{pictures:?}");
}

#[test]
fn what_an_editor_must_mend_is_told_and_nothing_is_written() {
    let boat = picture(1200, 800, ImageFormat::Jpeg);
    for (from, to, boat, expected) in [
        ("alt: A boat before a tower", "alt: ''", &boat[..], "has no description"),
        ("file: boat.jpg", "file: ship.jpg", &boat, "there is no “ship.jpg”"),
        ("after: A girl keeps a lamp", "after: No such words", &boat, "begins with “No such words”"),
        ("after: A girl keeps a lamp", "chapter: nowhere", &boat, "no chapter “nowhere”"),
        ("after: A girl keeps a lamp", "caption2: x", &boat, "caption2"),
        ("alt: A lamp", "alt: A lamp", b"GIF89a", "is a GIF file"),
        ("alt: A lamp", "alt: A lamp", &boat[..boat.len() / 2], "ends before the picture does"),
    ] {
        let folder = season_with(&SEASON.replacen(from, to, 1), boat);
        let (code, text) = said(&bookify(folder.path(), &["build"]));
        assert_ne!(code, 0, "{expected}: {text}");
        let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(expected), "{expected}: {text}");
        assert_eq!(names(&folder.path().join("output")), Vec::<String>::new(), "{expected}");
    }
}

#[test]
fn a_small_picture_is_printed_and_told() {
    let folder = season_with(SEASON, &picture(300, 200, ImageFormat::Jpeg));
    let (code, text) = said(&bookify(folder.path(), &["build"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("300 × 200 pixels"), "{text}");
}
