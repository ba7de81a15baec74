//! The season's book, from the outside: two small dossiers bound as one.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use common::{SMALL, bookify, books, bytes, epub_text, folder_with, names, said};
use std::path::Path;

const SEASON: &str = "club: Society\nseason: Two Lamps\nlanguage: en\nfilms:\n  - dossier: keeper\n  - dossier: miller\n    date: 2026-04-12\n";

/// A film whose first chapter is long enough for pages with running heads.
fn film() -> String {
    let crew = "A camera had to be carried up the tower by the crew. ";
    SMALL.replacen("A small studio in Brest", &format!("{}A small studio in Brest", crew.repeat(120)), 1)
}

/// Another film by the same director, on a mill; it lacks the chapter on context.
fn other_film() -> String {
    let text = film()
        .replace("The Lighthouse Keeper's Daughter (1931)", "The Miller's Son (1934)")
        .replace("Discussed on March 3rd, 2026\n", "")
        .replace("Iris – A round mask that closes over the picture", "Gag – A small joke with a plan");
    let lines = text.lines().filter(|line| {
        !line.starts_with("To understand the film")
            && !line.starts_with("National Context")
            && !line.starts_with("Cultural/Artistic")
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn season(words: &str) -> tempfile::TempDir {
    folder_with(&[
        ("sources/season.yaml", words.as_bytes()),
        ("sources/keeper.txt", film().as_bytes()),
        ("sources/miller.txt", other_film().as_bytes()),
    ])
}

/// Builds a season with its almanac, and gives back what was said.
fn build(folder: &Path, arguments: &[&str]) -> (i32, String) {
    said(&bookify(folder, &[&["build", "--almanac"], arguments].concat()))
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The text of each page without running heads and folios.
fn pages(folder: &Path) -> Vec<String> {
    let pages = bookify::pdf::text_of(&bytes(&folder.join("output/almanac.pdf")));
    pages.expect("the PDF can be read").iter().map(|page| letters(page)).collect()
}

/// Everything on each page.
fn drawn(folder: &Path) -> Vec<String> {
    let document = lopdf::Document::load_mem(&bytes(&folder.join("output/almanac.pdf"))).expect("a PDF");
    let numbers = document.get_pages().into_keys();
    numbers.map(|page| letters(&document.extract_text(&[page]).expect("the page has text"))).collect()
}

/// The number of the first page behind `from` that holds these words.
fn page_with(pages: &[String], from: usize, words: &str) -> usize {
    let words = letters(words);
    let found = pages.iter().skip(from).position(|page| page.contains(&words));
    from + found.unwrap_or_else(|| panic!("no page has {words}: {pages:#?}")) + 1
}

/// Whether all of these stand in the text, in this order.
fn in_order(text: &str, words: &[String]) -> bool {
    let mut rest = text;
    words.iter().all(|words| {
        let found = rest.find(letters(words).as_str());
        rest = &rest[found.map_or(rest.len(), |at| at + letters(words).len())..];
        found.is_some()
    })
}

const FIRST: &str = "The Lighthouse Keeper's Daughter";
const SECOND: &str = "The Miller's Son";

#[test]
fn two_dossiers_become_one_book() {
    let folder = season(SEASON);
    let (code, text) = build(folder.path(), &["--jobs", "2"]);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("almanac:") && text.contains(" almanac "),
        "named while it is made and in the table: {text}"
    );
    let made = books(&folder.path().join("output"));
    assert_eq!(
        made,
        ["almanac.epub", "almanac.pdf", "keeper.epub", "keeper.pdf", "miller.epub", "miller.pdf"]
    );
    let pages = pages(folder.path());
    let (first, second) = (page_with(&pages, 6, FIRST), page_with(&pages, 12, SECOND));
    contents_are_in_order(&pages, first, second);
    coverage_has_pages_and_dashes(folder.path(), &pages, first);
    glossary_is_one(folder.path(), &pages);
    index_names_both_films(folder.path(), &pages);
    running_heads_are_film_and_chapter(&drawn(folder.path()), first, second);
}

fn contents_are_in_order(pages: &[String], first: usize, second: usize) {
    let contents = &pages[page_with(pages, 0, "Contents") - 1];
    let row = |title: &str, page: usize| format!("{title}{page}");
    let guide = |behind: usize| page_with(pages, behind, "A Guide for the Evening");
    let glossary = page_with(pages, second, "Glossary Gag");
    let rows = [
        row("The Chapters at a Glance", page_with(pages, 4, "The Chapters at a Glance")),
        row(&format!("{FIRST} 1931"), first),
        row("A Guide for the Evening", guide(first)),
        "I Production File".to_owned(),
        "II Historical and Cultural Context".to_owned(),
        row(&format!("{SECOND} 1934"), second),
        row("A Guide for the Evening", guide(second)),
        row("Glossary", glossary),
    ];
    assert!(in_order(contents, &rows), "{rows:#?}\n{contents}");
    assert!(first % 2 == 1 && second % 2 == 1, "a film opens on the right: {first}, {second}");
}

fn coverage_has_pages_and_dashes(folder: &Path, pages: &[String], first: usize) {
    let context = page_with(pages, first, "Historical and Cultural Context");
    let production = page_with(pages, first, "Production File");
    let printed = bookify::pdf::text_of(&bytes(&folder.join("output/almanac.pdf"))).expect("a PDF");
    let table = &printed[page_with(pages, 4, "The Chapters at a Glance") - 1];
    let cells = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(cells.contains(&format!("Daughter {production} {context} –")), "{cells}");
    let of_second = cells.split("Son ").nth(1).expect("the other film has a row");
    let of_second = of_second.split(' ').take(2).collect::<Vec<_>>();
    assert!(of_second[0].parse::<usize>().is_ok() && of_second[1] == "–", "{cells}");
}

fn glossary_is_one(folder: &Path, pages: &[String]) {
    let card = |film: &str| format!("Intertitle A card with words between two shots ({film})");
    let glossary = [
        format!("Gag A small joke with a plan ({SECOND})"),
        card(FIRST),
        card(SECOND),
        format!("Iris A round mask that closes over the picture ({FIRST})"),
    ];
    let ebook = letters(&epub_text(&folder.join("output/almanac.epub")));
    let at = page_with(pages, 4, "Glossary Gag") - 1;
    for (what, text) in [("PDF", &pages[at]), ("EPUB", &ebook)] {
        assert!(in_order(text, &glossary), "{what}: {text}");
    }
    let pointers = ebook.matches("explainedintheglossary").count();
    assert_eq!(pointers, 2, "a pointer stands where each glossary stood");
}

fn index_names_both_films(folder: &Path, pages: &[String]) {
    let ebook = letters(&epub_text(&folder.join("output/almanac.epub")));
    let index = &pages[page_with(pages, 8, "Index Le Goff") - 1];
    for (what, text) in [("PDF", index.as_str()), ("EPUB", &ebook)] {
        let entry = text.rsplit("legoffanne").next().expect("there is an entry");
        assert!(in_order(entry, &[FIRST.to_owned(), SECOND.to_owned()]), "{what}: {entry}");
    }
}

fn running_heads_are_film_and_chapter(drawn: &[String], first: usize, second: usize) {
    for (film, behind) in [(FIRST, first), (SECOND, second)] {
        let opening = page_with(drawn, behind + 1, "Production File");
        let on = |page: usize| if page.is_multiple_of(2) { film } else { "Production File" };
        for page in opening + 1..opening + 3 {
            let text = &drawn[page - 1];
            assert!(text.starts_with(&letters(on(page))), "page {page}: {text}");
        }
    }
}

#[test]
fn the_almanac_is_the_same_each_time_and_whatever_is_built_besides() {
    let (one, other) = (season(SEASON), season(SEASON));
    for (folder, arguments) in [(&one, &["--jobs", "1"][..]), (&other, &["--jobs", "3", "keeper"])] {
        let (code, text) = build(folder.path(), arguments);
        assert_eq!(code, 0, "{text}");
    }
    for name in ["almanac.pdf", "almanac.epub"] {
        let of = |folder: &tempfile::TempDir| bytes(&folder.path().join("output").join(name));
        assert!(of(&one) == of(&other), "{name} differs");
    }
    assert!(!names(&other.path().join("output")).contains(&"miller.pdf".to_owned()));
}

#[test]
fn what_stands_in_its_way_is_told_with_what_to_do() {
    for (words, exit, said, made) in [
        ("", 2, "write into it `season:`", vec![]),
        ("club: Society\nfilms: []\n", 2, "write into it `season:`", vec![]),
        (SEASON, 1, "lack the film “miller”", vec!["keeper.epub", "keeper.pdf"]),
    ] {
        let folder = season(words);
        common::write(&folder.path().join("sources/miller.txt"), &[0, 159, 146, 150, 0, 0, 1, 2]);
        let (code, text) = build(folder.path(), &[]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, exit, "{text}");
        assert!(text.contains(said), "{text}");
        assert_eq!(books(&folder.path().join("output")), made);
    }
}

#[test]
fn a_dossier_of_its_name_is_told() {
    let folder = season(SEASON);
    common::write(&folder.path().join("sources/almanac.txt"), SMALL.as_bytes());
    let (code, text) = build(folder.path(), &[]);
    assert!(code == 2 && text.contains("rename the file"), "{code}: {text}");
}
