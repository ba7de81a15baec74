//! Terms lead to the glossary and back, names to the index.

use super::{edition, file, page, whole_book, words};
use crate::book::{Block, Book, IndexEntry, IndexKind, Leaf, Run};
use crate::epub::package::unpack;
use crate::epub::{Edition, read_back, write};

/// The book with a term in use, and a name on two pages.
fn linked_book() -> Book {
    let gloss = Run::Gloss { gloss: "guide-5".to_owned(), text: words("gag") };
    let name = || Run::Named {
        entry: "name-1".to_owned(),
        text: vec![Run::Work { title: words("Sieben Boote"), lang: Some("de".to_owned()) }],
    };
    let mut book = whole_book();
    let text = vec![Run::Words("A ".to_owned()), gloss.clone(), Run::Words(" of ".to_owned()), name()];
    let more = vec![name(), Run::Words(" and a ".to_owned()), gloss];
    let paragraphs = [("after-4", text), ("after-5", more)];
    let paragraphs = paragraphs.map(|(id, text)| Block::Paragraph(Leaf { id: id.to_owned(), text }));
    book.chapters[2].opening.extend(paragraphs);
    let entry = |id: &str, name: Vec<Run>| IndexEntry { id: id.to_owned(), kind: IndexKind::Film, name };
    book.index = vec![entry("name-1", words("Sieben Boote")), entry("name-2", words("Nowhere"))];
    book
}

#[test]
fn a_term_leads_to_its_entry_and_back() {
    let book = linked_book();
    let epub = write(&book, &edition(&[])).expect("an e-book");
    let after = file(&epub, "chapter-after.xhtml");
    let link = r#"<a href="chapter-guide.xhtml#guide-5" epub:type="glossref" role="doc-glossref""#;
    assert!(after.contains(&format!(r#"{link} id="use-of-guide-5">gag</a>"#)), "{after}");
    assert!(after.contains(&format!("{link}>gag</a>")), "{after}");
    let guide = file(&epub, "chapter-guide.xhtml");
    assert!(guide.contains(r#"<a class="back" href="chapter-after.xhtml#use-of-guide-5""#), "{guide}");
    assert!(!read_back(&epub).expect("its text").contains('↩'));
}

#[test]
fn the_index_leads_to_printed_pages_or_to_the_names_themselves() {
    let book = linked_book();
    let with_pages = [page("7", "after-3", 0), page("8", "after-5", 3)];
    let cases = [
        (&with_pages[..], r#"<a href="chapter-after.xhtml#page-1" epub:type="index-locator">7</a></li>"#),
        (&[], r#"#name-1-1" epub:type="index-locator">1</a>, <a href="chapter-after.xhtml#name-1-2""#),
    ];
    for (pages, expected) in cases {
        let epub = write(&book, &edition(pages)).expect("an e-book");
        let index = file(&epub, "index.xhtml");
        assert!(index.contains(expected), "{index}");
        assert!(!index.contains("Nowhere"), "no word leads there");
        assert!(file(&epub, "nav.xhtml").contains(r#"<a href="index.xhtml" epub:type="index">"#));
    }
    let after = file(&write(&book, &edition(&[])).expect("an e-book"), "chapter-after.xhtml");
    assert!(after.contains(r#"<i lang="de" xml:lang="de" id="name-1-2">Sieben Boote</i> and"#), "{after}");
    let without = Edition { index: false, ..edition(&[]) };
    let files = unpack(&write(&book, &without).expect("an e-book")).expect("a zip file");
    assert!(files.iter().all(|(name, _)| !name.ends_with("index.xhtml")));
}
