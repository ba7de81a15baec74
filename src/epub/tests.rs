//! The e-book as a whole. A small book says in its words what it tests.

mod catalogue;
mod editions;
mod fonts;
mod links;
mod pages;
mod title;

use super::package::unpack;
use super::{Edition, PageBreak, read_back, write};
use crate::book::{
    self, Block, Book, CardRow, CardStyle, Chapter, Fact, Figure, Front, Leaf, Pair, Part, Picture, Role,
    Run, Section, TitleLeaf,
};
use crate::diag::Code;
use expect_test::expect;

fn words(text: &str) -> Vec<Run> {
    vec![Run::Words(text.to_owned())]
}

fn leaf(id: &str, text: &str) -> Leaf {
    Leaf { id: id.to_owned(), text: words(text) }
}

fn title(id: &str, text: &str) -> TitleLeaf {
    TitleLeaf { id: id.to_owned(), text: words(text), supplied: true }
}

fn labelled(id: &str, level: u8, label: &str, text: &str) -> Block {
    Block::Labelled { id: id.to_owned(), level, label: words(label), text: words(text) }
}

fn chapter(id: &str, part: Part, opening: Vec<Block>, sections: Vec<Section>) -> Chapter {
    let number = (part == Part::Essay).then_some(1);
    Chapter {
        id: id.to_owned(),
        number,
        numeral: number.map(|_| "I".to_owned()),
        part,
        title: title(&format!("{id}-0"), "A Title"),
        summary: Vec::new(),
        running: "A Title".to_owned(),
        opening,
        sections,
    }
}

fn book(chapters: Vec<Chapter>) -> Book {
    let terms =
        ["contents", "cover", "title_page", "film_card", "colophon", "glossary", "page_list", "start"];
    Book {
        language: "en".to_owned(),
        region: "GB".to_owned(),
        title: "The General".to_owned(),
        original_title: None,
        year: Some(1926),
        tagline: Some("Two loves & one track".to_owned()),
        directors: vec!["Buster Egede".to_owned()],
        runtime_minutes: Some(75),
        date: None,
        club: Some("Film Club".to_owned()),
        season: None,
        position: None,
        films: Vec::new(),
        terms: terms.map(|key| (key.to_owned(), format!("<{key}>"))).into(),
        front: Front {
            date: Some(leaf("front-1", "Discussed today")),
            title: Some(leaf("front-2", "The General (1926)")),
            tagline: None,
            more: vec![leaf("front-3", "One more line")],
            order: ["front-1", "front-2", "front-3"].map(str::to_owned).to_vec(),
        },
        card: vec![CardRow { label: "Year".to_owned(), value: "1926".to_owned(), style: CardStyle::Plain }],
        chapters,
        index: Vec::new(),
        agenda: Vec::new(),
        cover: None,
        edition: book::Edition::default(),
        subjects: Vec::new(),
        rights: None,
        colophon: vec!["Made with care".to_owned()],
        source_hash: None,
        almanac: None,
    }
}

/// A chapter of each part, with every kind of block.
pub(crate) fn whole_book() -> Book {
    let items = vec![leaf("guide-2", "An item"), leaf("guide-3", "Another")];
    let entry = Pair { id: "guide-5".to_owned(), term: words("Gag"), definition: words("A joke to look at") };
    let fact = Fact { id: "film-2".to_owned(), name: words("Year"), value: words("1926") };
    let stressed = vec![
        Run::Words("The ".to_owned()),
        Run::Emphasis { em: words("Gen") },
        Run::Words("eral, see ".to_owned()),
        Run::Reference { chapter: "guide".to_owned(), text: words("A Title"), source: "Prompt I".to_owned() },
    ];
    let scene = Section {
        role: Role::Scene,
        number: Some(1),
        title: title("film-6", "The Bridge"),
        blocks: vec![
            labelled("film-7", 2, "Editing", "One cut."),
            Block::Paragraph(leaf("film-8", "A word more.")),
        ],
    };
    book(vec![
        chapter(
            "guide",
            Part::Guide,
            vec![
                Block::Paragraph(leaf("guide-1", "Sit down.")),
                Block::List { items },
                Block::Questions { items: vec![leaf("guide-4", "Why?")] },
                Block::Glossary { items: vec![entry] },
            ],
            Vec::new(),
        ),
        chapter(
            "film",
            Part::Essay,
            vec![
                Block::Paragraph(Leaf { id: "film-1".to_owned(), text: stressed }),
                Block::Fields { items: vec![fact] },
                labelled("film-3", 2, "Biography", "Born in Piqua."),
                labelled("film-4", 3, "Vaudeville", "Years of it."),
                Block::Group { id: "film-5".to_owned(), label: words("Comparisons") },
            ],
            vec![scene],
        ),
        chapter(
            "after",
            Part::After,
            vec![
                Block::Title(leaf("after-1", "The General")),
                Block::Tagline(leaf("after-2", "A love triangle")),
                Block::Date(leaf("after-3", "9 November")),
            ],
            Vec::new(),
        ),
    ])
}

pub(crate) fn edition(pages: &[PageBreak]) -> Edition<'_> {
    Edition {
        css: "p { margin: 0 }",
        cover_jpeg: b"a picture",
        pictures: &[],
        identifier_seed: "the-general/1926",
        modified: chrono::DateTime::UNIX_EPOCH,
        pages,
        supplied_pages: &[],
        print_source: Some("The booklet"),
        index: true,
        fonts: None,
    }
}

pub(crate) fn page(label: &str, leaf: &str, offset: usize) -> PageBreak {
    PageBreak { label: label.to_owned(), leaf: leaf.to_owned(), offset }
}

fn file(epub: &[u8], name: &str) -> String {
    let files = unpack(epub).expect("a zip file");
    let (_, bytes) = files.into_iter().find(|(file, _)| *file == format!("OEBPS/{name}")).expect("the file");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The part of a file between two strings, without the strings.
fn between<'a>(file: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = file.split_once(start).expect("the start");
    rest.split_once(end).expect("the end").0
}

#[test]
fn every_leaf_is_printed_once_in_order() {
    let book = whole_book();
    let text = read_back(&write(&book, &edition(&[])).expect("an e-book")).expect("its text");
    expect![[r"
        Discussed today
        The General (1926)
        Buster Egede
        Two loves & one track
        One more line
        Film Club
        <film_card>
        Year
        1926
        A Title
        Sit down.
        An item
        Another
        Why?
        Gag
        A joke to look at
        I A Title
        The General, see A Title
        Year
        1926
        Biography
        Born in Piqua.
        Vaudeville Years of it.
        Comparisons
        1 The Bridge
        Editing
        One cut.
        A word more.
        A Title
        The General
        A love triangle
        9 November
        <colophon>
        Made with care
    "]]
    .assert_eq(&text);
    let mut rest = text.as_str();
    for leaf in book.printed() {
        for word in leaf.text.split_whitespace() {
            let (_, after) = rest.split_once(word).expect("the next word of the book");
            rest = after;
        }
    }
}

#[test]
fn edges_within_a_line_part_no_words() {
    let text = read_back(&write(&whole_book(), &edition(&[page("7", "film-1", 6)])).expect("an e-book"));
    assert!(text.expect("its text").lines().any(|line| line == "The General, see A Title"));
}

#[test]
fn markup_in_the_text_is_text() {
    let hostile = "<script>alert(1)</script> &amp; ]]> <!-- \u{1} {{title}} \"'";
    let mut book =
        book(vec![chapter("film", Part::Essay, vec![labelled("film-1", 3, hostile, hostile)], Vec::new())]);
    book.title = hostile.to_owned();
    book.chapters[0].title = title("film-0", hostile);
    book.chapters[0].running = hostile.to_owned();
    let epub = write(&book, &edition(&[])).expect("an e-book");
    let shown = hostile.replace('\u{1}', "\u{fffd}");
    assert_eq!(read_back(&epub).expect("its text").matches(&shown).count(), 3);
    for name in ["content.opf", "nav.xhtml", "toc.ncx", "chapter-film.xhtml"] {
        assert!(!file(&epub, name).contains("<script"), "{name}");
    }
}

#[test]
fn a_page_begins_between_the_words_where_it_was_printed() {
    let book = whole_book();
    // "The General, see A Title": byte 13 is the s of "see".
    let pages =
        [page("7", "film-1", 13), page("8", "film-3", 10), page("9", "film-4", 0), page("10", "film-6", 0)];
    let epub = write(&book, &edition(&pages)).expect("an e-book");
    let chapter = file(&epub, "chapter-film.xhtml");
    let marker = |id: usize, label: &str| {
        format!(r#"<span epub:type="pagebreak" role="doc-pagebreak" id="page-{id}" aria-label="{label}"/>"#)
    };
    let paragraph = between(&chapter, r#"id="film-1">"#, "</p>");
    assert!(paragraph.contains(&format!(" {}see <a", marker(1, "7"))), "{paragraph}");
    assert!(chapter.contains(&format!("<p>{}Born in Piqua.</p>", marker(2, "8"))));
    assert!(chapter.contains(&format!("<li id=\"film-4\"><p><b>{}Vaudeville", marker(3, "9"))));
    assert!(chapter.contains(&format!("{}<h2 id=\"film-6\">", marker(4, "10"))));
    let nav = file(&epub, "nav.xhtml");
    let list = between(&nav, "doc-pagelist", "</nav>");
    let at = |label: &str| list.find(&format!(">{label}</a>")).expect("the page");
    assert!(at("7") < at("8") && at("8") < at("9") && at("9") < at("10"));
    assert!(file(&epub, "content.opf").contains("pageBreakMarkers"));
}

#[test]
fn without_a_print_edition_there_is_no_word_of_pages() {
    let epub = write(&whole_book(), &edition(&[])).expect("an e-book");
    assert!(!file(&epub, "nav.xhtml").contains("page-list"));
    assert!(!file(&epub, "content.opf").contains("pageBreak"));
}

#[test]
fn a_page_in_a_leaf_that_is_not_there_is_refused() {
    let refused = write(&whole_book(), &edition(&[page("7", "film-99", 0)])).expect_err("a fault");
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (Code::Package, "page 7 begins in `film-99`, which is not in the book")
    );
}

fn figure(id: &str, caption: &str, credit: &str, file: &str) -> Block {
    let text = |text: &str| if text.is_empty() { Vec::new() } else { words(text) };
    let alt = format!("What {id} <shows>");
    let picture = Picture { file: file.to_owned(), alt, width: 300, height: 200 };
    Block::Figure(Figure { id: id.to_owned(), picture, caption: text(caption), credit: text(credit) })
}

#[test]
fn a_picture_is_a_file_with_its_description_and_its_words() {
    let mut book = whole_book();
    book.chapters[1]
        .opening
        .insert(0, figure("picture-1", "The bridge.", "Public domain", "pictures/still-1.jpg"));
    book.chapters[1].opening.push(figure("picture-2", "", "", "pictures/still-2.png"));
    book.chapters[1].sections[0]
        .blocks
        .insert(1, figure("picture-3", "", "A friend", "pictures/still-1.jpg"));
    let files = [
        ("pictures/still-1.jpg".to_owned(), b"one".to_vec()),
        ("pictures/still-2.png".to_owned(), b"two".to_vec()),
        ("pictures/cover.jpg".to_owned(), b"drawn into the cover".to_vec()),
    ];
    let edition = Edition { pictures: &files, ..edition(&[]) };
    let epub = write(&book, &edition).expect("an e-book");
    assert_eq!(
        (file(&epub, "pictures/still-1.jpg"), file(&epub, "pictures/still-2.png")),
        ("one".into(), "two".into())
    );
    let chapter = file(&epub, "chapter-film.xhtml");
    let first = between(&chapter, r#"id="picture-1" class="wide">"#, "</figure>");
    assert!(first.contains(r#"alt="What picture-1 &lt;shows&gt;"/>"#), "{first}");
    assert!(
        first.contains(r#"The bridge. <span class="credit">Public domain</span></figcaption>"#),
        "{first}"
    );
    assert!(!between(&chapter, r#"id="picture-2" class="wide">"#, "</figure>").contains("figcaption"));
    assert!(chapter.contains(r#"<p class="lede" id="film-1">"#), "the first paragraph stays the first");
    let opf = file(&epub, "content.opf");
    assert_eq!(opf.matches("pictures/").count(), 2, "each file once, and no more: {opf}");
    assert!(opf.contains(r#"href="pictures/still-2.png""#) && opf.contains(r#"media-type="image/png""#));
    assert!(opf.contains(r#"accessMode">visual"#), "{opf}");
    let without = write(&whole_book(), &self::edition(&[])).expect("an e-book");
    assert!(!self::file(&without, "content.opf").contains("visual"));
    let text = read_back(&epub).expect("its text");
    assert!(text.contains("The bridge. Public domain\n") && text.contains("A friend\n"), "{text}");
}

#[test]
fn a_picture_without_a_file_is_refused() {
    let mut book = whole_book();
    book.chapters[1].opening.push(figure("picture-1", "", "", "pictures/still-1.jpg"));
    let refused = write(&book, &edition(&[])).expect_err("a fault");
    assert_eq!(refused.message, "the e-book cannot be packed: pictures/still-1.jpg is missing");
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let (book, pages) = (whole_book(), [page("7", "film-1", 4)]);
    let first = write(&book, &edition(&pages)).expect("an e-book");
    // The times of zip entries change every two seconds.
    assert_eq!(first, write(&book, &edition(&pages)).expect("an e-book"));
    assert!(first.starts_with(b"PK\x03\x04") && first[30..].starts_with(b"mimetypeapplication/epub+zip"));
    // 1 January 1980, midnight, is where MS-DOS times begin; stored, not compressed.
    assert_eq!((&first[8..10], &first[10..14]), (&[0, 0][..], &[0, 0, 0x21, 0][..]));
    let files = unpack(&first).expect("a zip file").into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert!(files[1..].is_sorted() && files[0] == "mimetype", "{files:?}");
}

#[test]
fn no_line_breaks_where_a_reader_would_stumble_and_pages_begin_where_they_did() {
    let mut book = whole_book();
    let runs = vec![
        Run::Words("F. W. Harbou —".to_owned()),
        Run::Emphasis { em: words(" see p. 12 — or") },
        Run::Words(" not.".to_owned()),
    ];
    book.chapters[2].opening.push(Block::Paragraph(Leaf { id: "after-4".to_owned(), text: runs }));
    let epub = write(&book, &edition(&[page("7", "after-4", 6)])).expect("an e-book");
    let after = file(&epub, "chapter-after.xhtml");
    let marker = r#"<span epub:type="pagebreak" role="doc-pagebreak" id="page-1" aria-label="7"/>"#;
    let expected =
        format!("F.\u{a0}W.\u{a0}{marker}Harbou\u{a0}—<em> see p.\u{a0}12\u{a0}— or</em> not.</p>");
    assert_eq!(between(&after, r#"id="after-4">"#, "\n"), expected);
}
