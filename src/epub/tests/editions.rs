//! Parts of a book as e-books of their own.

use super::{between, edition, file, leaf, whole_book};
use crate::book::{self, Block, Book};
use crate::epub::{read_back, write};

/// The whole book as the edition for the discussion: one question in the guide, two in an essay.
fn discussion() -> Book {
    let mut book = whole_book();
    let asked =
        Block::Questions { items: vec![leaf("film-20", "Who drives?"), leaf("film-21", "Where to?")] };
    book.chapters[1].opening.push(asked);
    let terms = [("timetable", "Timetable"), ("minutes", "minutes"), ("for_the_discussion", "To Discuss")];
    book.terms.extend(terms.map(|(key, word)| (key.to_owned(), word.to_owned())));
    let scheme = include_str!("../../../layouts/chapters/en.yaml");
    let scheme = crate::scheme::Scheme::parse("en.yaml", scheme).expect("the scheme is sound");
    let matter = book::Matter::Questions { minutes: 90 };
    let wanted = book::Wanted { name: "discussion".to_owned(), title: None, matter };
    book.edition(&wanted, &scheme).expect("it has questions").value
}

#[test]
fn questions_are_numbered_through_and_the_timetable_leads_to_them() {
    let epub = write(&discussion(), &edition(&[])).expect("an e-book");
    let agenda = file(&epub, "agenda.xhtml");
    assert!(agenda.contains(r#"<th scope="col">minutes</th>"#), "{agenda}");
    let row = r#"<th scope="row">57–81</th>
<td><a href="chapter-film.xhtml#film-21">3. Where to?</a></td>"#;
    assert!(agenda.contains(row), "{agenda}");
    assert!(file(&epub, "chapter-film.xhtml").contains(r#"<ol class="questions" start="2">"#));
    assert!(file(&epub, "chapter-guide.xhtml").contains(r#"<ol class="questions">"#));
    let text = read_back(&epub).expect("its text");
    let at = |words: &str| text.rfind(words).expect("it is there");
    assert!(text.find("Who drives?") < text.find("Timetable") && at("Timetable") < at("2. Who drives?"));
}

#[test]
fn a_library_tells_editions_apart() {
    let titles = [whole_book(), discussion()].map(|book| {
        let epub = write(&book, &edition(&[])).expect("an e-book");
        let opf = file(&epub, "content.opf");
        let ncx = file(&epub, "toc.ncx");
        let title = between(&opf, r#"<dc:title id="title">"#, "</dc:title>").to_owned();
        assert!(between(&ncx, "<docTitle>", "</docTitle>").contains(&title));
        title
    });
    assert_eq!(titles, ["The General", "The General: To Discuss"]);
}
