//! The main job: a season becomes booklets and e-books, the same each time, whatever stands in it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use common::{SMALL, bookify, bytes, epub_text, folder_with, names, pdf_text, said};
use std::path::Path;

/// What a dossier may hold and what must come out as text.
const HOSTILE: &str =
    r#"#import "x" $a$ *b* @c <script> &amp; ]]> \u{0} //d #panic() `e` <!-- f --> %PDF {{g}} ~h~"#;

#[test]
fn the_sample_season_becomes_five_booklets_and_five_e_books() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (first, second) = (folder_with(&[]), folder_with(&[]));
    for (folder, jobs) in [(&first, "1"), (&second, "3")] {
        let output = folder.path().to_str().expect("a plain path");
        let (code, text) = said(&bookify(root, &["build", "--output", output, "--jobs", jobs]));
        assert_eq!(code, 0, "{text}");
    }
    let all = names(first.path());
    assert!(
        ["index.html", "opds.xml", "discussions.ics"].iter().all(|name| all.iter().any(|made| made == name)),
        "{all:?}"
    );
    let made = all.into_iter().filter(|name| first.path().join(name).is_file()).collect::<Vec<_>>();
    let with = |ending: &str| made.iter().filter(|name| name.rsplit('.').next() == Some(ending)).count();
    assert_eq!((with("pdf"), with("epub")), (5, 5), "{made:?}");
    for name in &made {
        assert!(
            bytes(&first.path().join(name)) == bytes(&second.path().join(name)),
            "{name} differs between two builds"
        );
    }
}

#[test]
fn one_file_needs_no_season() {
    let folder = folder_with(&[("some.txt", SMALL.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["build", "some.txt"]));
    assert_eq!(code, 0, "{text}");
    assert_eq!(names(&folder.path().join("output")), ["some.epub", "some.pdf"]);
}

#[test]
fn a_source_without_an_entry_is_built_after_the_listed_ones() {
    let folder = folder_with(&[
        ("sources/season.yaml", b"films:\n  - dossier: zebra\n"),
        ("sources/zebra.txt", SMALL.as_bytes()),
        ("sources/aardvark.txt", SMALL.replace("Lighthouse", "Windmill").as_bytes()),
    ]);
    let (code, text) = said(&bookify(folder.path(), &["build", "--jobs", "1"]));
    assert_eq!(code, 0, "{text}");
    let at = |name: &str| text.find(name).unwrap_or(usize::MAX);
    assert!(at("zebra:") < at("aardvark:"), "{text}");
    assert_eq!(
        names(&folder.path().join("output")),
        [
            "aardvark.epub",
            "aardvark.pdf",
            "covers",
            "discussions.ics",
            "index.html",
            "opds.json",
            "opds.xml",
            "publications",
            "zebra.epub",
            "zebra.pdf"
        ]
    );
}

#[test]
fn hostile_text_stays_text_in_both_outputs() {
    let dossier = SMALL.replace("The film lasts an hour", HOSTILE);
    let folder = folder_with(&[("x.txt", dossier.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["build", "x.txt"]));
    assert_eq!(code, 0, "{text}");
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let output = folder.path().join("output");
    for (what, found) in
        [("PDF", pdf_text(&output.join("x.pdf"))), ("EPUB", epub_text(&output.join("x.epub")))]
    {
        assert!(squeezed(&found).contains(&squeezed(HOSTILE)), "{what}: {found}");
    }
}

#[test]
fn characters_that_no_output_can_hold_are_marked_and_told() {
    let dossier = SMALL.replace("mostly weather", "mostly\0 wea\u{1}ther");
    let folder = folder_with(&[("x.txt", dossier.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["build", "x.txt"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("character-replaced"), "{text}");
}

#[test]
fn references_by_number_become_the_chapter_s_name() {
    let folder = folder_with(&[("x.txt", SMALL.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["build", "x.txt"]));
    assert_eq!(code, 0, "{text}");
    let output = folder.path().join("output");
    for found in [pdf_text(&output.join("x.pdf")), epub_text(&output.join("x.epub"))] {
        let found = found.split_whitespace().collect::<String>();
        assert!(!found.contains("PromptI"), "{found}");
        assert!(found.contains("everymonth(ProductionFile)."), "{found}");
    }
}

#[test]
fn the_reviewed_form_beside_the_text_is_what_is_built() {
    let folder = folder_with(&[("sources/x.txt", SMALL.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["normalize", "x", "-o", "sources/x.md"]));
    assert_eq!(code, 0, "{text}");
    let reviewed =
        String::from_utf8(bytes(&folder.path().join("sources/x.md"))).expect("the reviewed form is UTF-8");
    let corrected = reviewed.replace("wrong boat", "right boat");
    common::write(&folder.path().join("sources/x.md"), corrected.as_bytes());
    let (code, text) = said(&bookify(folder.path(), &["build"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("reviewed"), "{text}");
    assert!(pdf_text(&folder.path().join("output/x.pdf")).contains("right boat"));
    let (code, text) = said(&bookify(folder.path(), &["normalize", "x", "-o", "sources/x.md"]));
    assert_eq!(code, 1, "a corrected file must not be written over: {text}");
}

#[test]
fn an_ejected_project_holds_all_that_typst_needs() {
    let folder = folder_with(&[("x.txt", SMALL.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["eject", "x.txt", "project"]));
    assert_eq!(code, 0, "{text}");
    let made = names(&folder.path().join("project"));
    for needed in ["booklet.typ", "book.json", "cover.typ", "fonts", "layout.yaml"] {
        assert!(made.iter().any(|name| name == needed), "{needed} is not among {made:?}");
    }
}

#[test]
fn a_layout_of_the_club_s_own_needs_no_new_program() {
    let layout = [
        ("own/layout.yaml", &b"name: own\n"[..]),
        ("own/epub.css", b"p { margin: 0 }"),
        ("own/cover.typ", b"#set page(width: 160mm, height: 256mm)\n#json(\"book.json\").title"),
        ("own/booklet.typ", include_bytes!("cases/own-layout/booklet.typ")),
        ("x.txt", SMALL.as_bytes()),
    ];
    let folder = folder_with(&layout);
    let (code, text) = said(&bookify(folder.path(), &["build", "x.txt", "--layout", "own"]));
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_proof_is_one_page_that_asks_for_nothing() {
    let hostile = SMALL.replacen("A girl keeps", &format!("{HOSTILE} A girl keeps"), 1);
    let folder = folder_with(&[("some.txt", hostile.as_bytes())]);
    for arguments in [&["proof", "some.txt"][..], &["proof", "some.txt", "-o", "other.html"]] {
        let (code, text) = said(&bookify(folder.path(), arguments));
        assert_eq!(code, 0, "{text}");
    }
    assert_eq!(names(folder.path()), ["other.html", "some.proof.html", "some.txt"]);
    let page = bytes(&folder.path().join("some.proof.html"));
    let (_, printed) = said(&bookify(folder.path(), &["proof", "some.txt", "-o", "-"]));
    assert!(page == bytes(&folder.path().join("other.html")));
    let page = String::from_utf8(page).expect("UTF-8");
    assert_eq!(printed.trim_end(), page.trim_end());
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert_eq!(page.matches("<script").count(), 1, "no text is markup");
}

#[test]
fn a_proof_never_stands_in_the_place_of_its_dossier() {
    let folder = folder_with(&[("some.txt", SMALL.as_bytes())]);
    let (code, text) = said(&bookify(folder.path(), &["proof", "some.txt", "-o", "./some.txt"]));
    assert!(code == 1 && text.contains("the dossier itself"), "{text}");
    assert!(bytes(&folder.path().join("some.txt")) == SMALL.as_bytes());
    assert_eq!(said(&bookify(folder.path(), &["normalize", "some.txt", "-o", "some.md"])).0, 0);
    let (code, text) = said(&bookify(folder.path(), &["proof", "some.md"]));
    assert!(code == 1 && text.contains("reviewed form"), "{text}");
}
