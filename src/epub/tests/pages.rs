//! Printed pages of parts that the program supplies, and pages for readers that know `toc.ncx` alone.

use super::{edition, file, page, whole_book};
use crate::epub::{Edition, Supplied, write};

#[test]
fn supplied_parts_have_their_pages_in_the_order_of_the_book() {
    let pages = [page("3", "front-1", 0), page("7", "film-1", 0)];
    let supplied = [
        (Supplied::Card, "5".to_owned()),
        (Supplied::Index, "8".to_owned()),
        (Supplied::Colophon, "9".to_owned()),
    ];
    let epub =
        write(&whole_book(), &Edition { supplied_pages: &supplied, ..edition(&pages) }).expect("an e-book");
    // the book has no index
    let targets = [
        ("title.xhtml#page-1", "3"),
        ("card.xhtml#page-card", "5"),
        ("chapter-film.xhtml#page-2", "7"),
        ("colophon.xhtml#page-colophon", "9"),
    ];
    let links = targets.map(|(target, label)| format!("<li><a href=\"{target}\">{label}</a></li>\n"));
    assert!(file(&epub, "nav.xhtml").contains(&links.concat()));
    let ncx = file(&epub, "toc.ncx");
    let places = targets.map(|(target, _)| ncx.find(&format!("<content src=\"{target}\"/>\n</pageTarget>")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{ncx}");
    for statement in [
        r#"<meta name="dtb:totalPageCount" content="4"/>"#,
        r#"<meta name="dtb:maxPageNumber" content="9"/>"#,
        r#"<pageTarget type="normal" id="pageTarget-2" value="5"><navLabel><text>5</text>"#,
    ] {
        assert!(ncx.contains(statement), "{statement}: {ncx}");
    }
    let card = file(&epub, "card.xhtml");
    assert!(card.contains(r#"id="page-card" aria-label="5"/><h1 id="card">"#), "{card}");
    assert!(file(&epub, "content.opf").contains("pageBreakMarkers"));
}

#[test]
fn a_page_is_marked_once() {
    let pages = [page("3", "film-1", 0)];
    let epub = write(
        &whole_book(),
        &Edition { supplied_pages: &[(Supplied::Colophon, "3".to_owned())], ..edition(&pages) },
    );
    let epub = epub.expect("an e-book");
    assert_eq!(file(&epub, "nav.xhtml").matches(">3</a>").count(), 1);
    assert!(!file(&epub, "colophon.xhtml").contains("pagebreak"));
}
