//! The title page: the dossier's lines in their order, and what a title page names besides.

use super::{book, edition, file, leaf};
use crate::book::{Book, LongDate};
use crate::epub::write;
use expect_test::{Expect, expect};

/// Classes and words of the lines, without the head of the file.
fn check(book: &Book, expected: &Expect) {
    let page = file(&write(book, &edition(&[])).expect("an e-book"), "title.xhtml");
    let (_, lines) = page.split_once("epub:type=\"titlepage\">").expect("a title page");
    let lines = lines.lines().filter_map(|line| {
        let (start, rest) = line.strip_prefix('<')?.split_once('>')?;
        let class = start.split("class=\"").nth(1).and_then(|rest| rest.split('"').next());
        let words = rest.rsplit_once("</")?.0;
        Some(format!("{}: {words}\n", class.unwrap_or(start.split(' ').next()?)))
    });
    expected.assert_eq(&lines.collect::<String>());
}

fn dated() -> Book {
    let mut book = book(Vec::new());
    book.season = Some("First Lights".to_owned());
    book.date = Some(LongDate { iso: "1926-11-09".to_owned(), long: "9 November 1926".to_owned() });
    book.original_title = Some("Le Mécano".to_owned());
    book.front.more.clear();
    book
}

#[test]
fn directors_club_and_season_are_named_and_the_day_once() {
    check(
        &dated(),
        &expect![[r#"
            date: Discussed today
            h1: The General <span class="year">(1926)</span>
            original added: Le Mécano
            by added: Buster Egede
            tagline added: Two loves &amp; one track
            club added: Film Club
            season added: First Lights
        "#]],
    );
}

#[test]
fn what_the_dossier_says_is_not_said_again() {
    let mut book = dated();
    book.front.more = vec![leaf("front-3", "By Buster Egede, for the FILM CLUB")];
    check(
        &book,
        &expect![[r#"
            date: Discussed today
            h1: The General <span class="year">(1926)</span>
            original added: Le Mécano
            tagline added: Two loves &amp; one track
            line: By Buster Egede, for the FILM CLUB
            season added: First Lights
        "#]],
    );
}

#[test]
fn a_dossier_without_opening_lines_has_a_title_page_all_the_same() {
    let mut book = dated();
    book.front.date = None;
    book.front.title = None;
    book.front.order.clear();
    check(
        &book,
        &expect![[r#"
            h1: The General <span class="year">(1926)</span>
            original added: Le Mécano
            by added: Buster Egede
            tagline added: Two loves &amp; one track
            club added: Film Club
            season added: First Lights
            date added: 9 November 1926
        "#]],
    );
}

#[test]
fn a_title_without_its_year_has_it_behind_the_directors() {
    let mut book = dated();
    book.front.title = Some(leaf("front-2", "The General"));
    book.original_title = None;
    check(
        &book,
        &expect![[r"
            date: Discussed today
            h1: The General
            by added: Buster Egede, 1926
            tagline added: Two loves &amp; one track
            club added: Film Club
            season added: First Lights
        "]],
    );
}
