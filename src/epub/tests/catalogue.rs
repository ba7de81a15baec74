//! What a library learns from the package.

use super::{between, edition, figure, file, whole_book};
use crate::book::{Block, Book, Figure, LongDate};
use crate::epub::{Edition, write};

fn package(book: &Book, edition: &Edition) -> String {
    file(&write(book, edition).expect("an e-book"), "content.opf")
}

#[test]
fn the_package_names_people_by_what_they_did() {
    let opf = package(&whole_book(), &edition(&[]));
    assert!(opf.contains(r#"<dc:creator id="person-1">Film Club</dc:creator>"#));
    assert!(opf.contains(r#"<dc:contributor id="person-2">Buster Egede</dc:contributor>"#));
    for statement in [
        r##"<meta property="role" refines="#person-2" scheme="marc:relators">fmd</meta>"##,
        r##"<meta property="file-as" refines="#person-2">Egede, Buster</meta>"##,
        "<dc:publisher>Film Club</dc:publisher>",
    ] {
        assert!(opf.contains(statement), "{statement}: {opf}");
    }
    assert!(opf.contains("<dc:language>en-GB</dc:language>"));
    assert!(opf.contains("<dc:description>Two loves &amp; one track</dc:description>"));
}

#[test]
fn without_a_club_the_directors_are_those_whom_a_shelf_names() {
    let book = Book { club: None, ..whole_book() };
    let epub = write(&book, &edition(&[])).expect("an e-book");
    let opf = file(&epub, "content.opf");
    let creator = between(&opf, "<dc:creator", "<dc:contributor");
    assert!(creator.starts_with(r#" id="person-1">Buster Egede</dc:creator>"#), "{opf}");
    assert!(!creator.contains("role"), "{opf}");
    assert!(opf.contains(r##"refines="#person-2" scheme="marc:relators">fmd</meta>"##), "{opf}");
    assert!(file(&epub, "toc.ncx").contains("<docAuthor><text>Buster Egede</text>"));
}

#[test]
fn the_cover_is_described_in_sentences_and_stands_alone() {
    let epub = write(&whole_book(), &edition(&[])).expect("an e-book");
    assert!(file(&epub, "cover.xhtml").contains(r#"alt="&lt;cover&gt;: The General (1926).""#));
    let cover = r#"<itemref idref="id_cover.xhtml" properties="rendition:page-spread-center"/>"#;
    assert!(file(&epub, "content.opf").contains(cover));
}

#[test]
fn a_library_files_the_book_by_title_series_and_subject() {
    let mut book = whole_book();
    book.season = Some("First & Last Lights".to_owned());
    book.position = Some(4);
    book.date = Some(LongDate { iso: "2025-11-09".to_owned(), long: "9 November 2025".to_owned() });
    book.subjects = vec!["war film".to_owned(), "chase film".to_owned()];
    book.rights = Some("CC BY 4.0".to_owned());
    book.terms.insert("companion_to".to_owned(), "On the film of {year}".to_owned());
    let opf = package(&book, &edition(&[]));
    for statement in [
        r#"<dc:title id="title">The General</dc:title>"#,
        r##"<meta property="title-type" refines="#title">main</meta>"##,
        r##"<meta property="file-as" refines="#title">General, The</meta>"##,
        r#"<meta name="calibre:title_sort" content="General, The"/>"#,
        r#"<dc:title id="subtitle">On the film of 1926</dc:title>"#,
        r#"<meta property="belongs-to-collection" id="season">First &amp; Last Lights</meta>"#,
        r##"<meta property="group-position" refines="#season">4</meta>"##,
        r#"<meta name="calibre:series" content="First &amp; Last Lights"/>"#,
        r#"<meta name="calibre:series_index" content="4"/>"#,
        "<dc:date>2025-11-09</dc:date>",
        "<dc:subject>war film</dc:subject>\n<dc:subject>chase film</dc:subject>",
        "<dc:rights>CC BY 4.0</dc:rights>",
        r#"<reference type="cover" title="&lt;cover&gt;" href="cover.xhtml"/>"#,
    ] {
        assert!(opf.contains(statement), "{statement}: {opf}");
    }
}

#[test]
fn nothing_is_claimed_that_was_not_found() {
    let whole = whole_book();
    let mut undescribed = whole_book();
    let Block::Figure(mut it) = figure("picture-1", "", "", "p.jpg") else { return };
    it.picture.alt = String::new();
    undescribed.chapters[1].opening.push(Block::Figure(Figure { ..it }));
    let mut untitled = whole_book();
    untitled.chapters[1].sections[0].title.text = Vec::new();
    untitled.chapters[1].sections[0].number = None;
    let files = [("p.jpg".to_owned(), b"one".to_vec())];
    let plain = Edition { pictures: &files, ..edition(&[]) };
    let coloured = Edition { css: "p { color: #999 }", ..plain };
    let conformance = "WCAG 2.2 Level AA";
    for (book, edition, claim, holds) in [
        (&whole, plain, conformance, true),
        (&whole, plain, ">alternativeText<", true),
        (&whole, plain, ">structuralNavigation<", true),
        (&whole, plain, ">displayTransformability<", true),
        (&whole, plain, ">index<", false),
        (&whole, plain, ">pageBreakMarkers<", false),
        (&undescribed, plain, conformance, false),
        (&undescribed, plain, ">alternativeText<", false),
        (&untitled, plain, conformance, false),
        (&untitled, plain, ">structuralNavigation<", false),
        (&whole, coloured, conformance, false),
        (&whole, coloured, ">displayTransformability<", false),
    ] {
        assert_eq!(package(book, &edition).contains(claim), holds, "{claim}");
    }
}
