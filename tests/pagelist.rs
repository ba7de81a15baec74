//! The e-book's list of pages against the printed booklet: the same words begin each page in both.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use common::{bookify, bytes, folder_with, names, said};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// How many letters must agree where a page begins. Shorter pages count whole.
const ENOUGH: usize = 40;

#[test]
fn pages_of_classic_booklets_are_found_in_their_e_books() {
    check_season("classic");
}

#[test]
fn pages_of_modern_booklets_are_found_in_their_e_books() {
    check_season("modern");
}

#[test]
fn pages_of_large_print_booklets_are_found_in_their_e_books() {
    check_season("large-print");
}

#[test]
fn a_page_that_is_listed_wrongly_is_told() {
    let pages = ["One word of ", "many. The end\u{ad}", "less road and its white stones."];
    let told = |ebook: &str| problems(&pages, &EBook::of_words(ebook)).join("; ");
    for (ebook, expected) in [
        ("¶1One word of ¶2many. The ¶3endless road and its white stones.", ""),
        (
            "¶1One word of ¶2many. The end¶3less road and its white stones.",
            "page 3: its marker stands within a word",
        ),
        (
            "¶1One word ¶2of many. The ¶3endless road and its white stones.",
            "page 2 begins “many.Theend”, and behind its marker stands “ofmany.Theendlessroadanditswhitestones.”",
        ),
        (
            "¶1One word of many. The ¶3endless road and its white stones.",
            "page 2 begins “many.Theend”, and has no marker",
        ),
        (
            "¶1One word of ¶2¶2many. The ¶3endless road and its white stones.",
            "the markers are not in the order of the pages: 1 2 2 3",
        ),
    ] {
        assert_eq!(told(ebook), expected, "{ebook}");
    }
    let mut unlisted = EBook::of_words("¶1One word of ¶2many. The ¶3endless road and its white stones.");
    unlisted.listed.pop();
    assert_eq!(problems(&pages, &unlisted).len(), 1);
}

/// Films of the sample season whose dossiers have a guide, which the edition `before` is made of.
const GUIDED: [&str; 4] = ["man-with-a-movie-camera", "nosferatu", "the-general", "the-400-blows"];

/// Builds the sample season in every edition, and holds each booklet against its e-book.
fn check_season(layout: &str) {
    let folder = folder_with(&[]);
    let output = folder.path().to_str().expect("a plain path");
    for (edition, films) in [("booklet", &[][..]), ("before", &GUIDED[..]), ("discussion", &[][..])] {
        let build = ["build", "--output", output, "--layout", layout, "--edition", edition];
        let build = [&build[..], &["--only", "pdf,epub"], films].concat();
        let (code, text) = said(&bookify(Path::new(env!("CARGO_MANIFEST_DIR")), &build));
        assert_eq!(code, 0, "{text}");
    }
    let books = names(folder.path()).into_iter().filter(|name| name.rsplit('.').next() == Some("epub"));
    let books = books.collect::<Vec<_>>();
    assert_eq!(books.len(), 5 + GUIDED.len() + 5, "{books:?}");
    let mut found = Vec::new();
    for name in &books {
        let pages = bookify::pdf::text_of(&bytes(&folder.path().join(name.replace(".epub", ".pdf"))));
        let ebook = EBook::read(&bytes(&folder.path().join(name)));
        assert!(!ebook.markers.is_empty(), "{name} marks no page");
        let told = problems(&pages.expect("the PDF can be read"), &ebook);
        found.extend(told.into_iter().map(|problem| format!("{name}: {problem}")));
    }
    assert!(found.is_empty(), "{layout}\n{}", found.join("\n"));
}

/// What is wrong with the markers of an e-book, for a booklet with these pages.
fn problems(pages: &[impl AsRef<str>], ebook: &EBook) -> Vec<String> {
    let pages = pages.iter().map(|page| Page::of(page.as_ref(), &ebook.supplied)).collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut before = "";
    for (at, page) in pages.iter().enumerate() {
        let (number, begins) = (at + 1, excerpt(&page.letters));
        let markers = ebook.markers.iter().filter(|marker| marker.label == number.to_string());
        let markers = markers.collect::<Vec<_>>();
        if markers.is_empty() && ebook.has(page) {
            found.push(format!("page {number} begins “{begins}”, and has no marker"));
        }
        for marker in markers {
            let behind = &ebook.letters[marker.at..];
            if marker.within_a_word {
                found.push(format!("page {number}: its marker stands within a word"));
            } else if !page.begins_like(behind, before) {
                let behind = excerpt(behind);
                found.push(format!(
                    "page {number} begins “{begins}”, and behind its marker stands “{behind}”"
                ));
            }
        }
        before = page.text;
    }
    let labels = ebook.markers.iter().map(|marker| marker.label.as_str()).collect::<Vec<_>>();
    let numbers = labels.iter().map(|label| label.parse().unwrap_or(0)).collect::<Vec<usize>>();
    if !numbers.is_sorted_by(|one, next| one < next) || numbers.last().is_some_and(|last| *last > pages.len())
    {
        found.push(format!("the markers are not in the order of the pages: {}", labels.join(" ")));
    }
    let marked = ebook.markers.iter().map(|marker| (marker.target.clone(), marker.label.clone()));
    if marked.collect::<Vec<_>>() != ebook.listed {
        found.push(format!("the list of pages is not that of the markers: {:?}", ebook.listed));
    }
    found
}

/// A page of the booklet.
struct Page<'a> {
    text: &'a str,
    letters: Vec<char>,
    /// The letters without the numbers of questions and scenes, which an e-book leaves to its reader.
    without_numbers: Vec<char>,
}

impl<'a> Page<'a> {
    /// Takes off what a leaflet's title page adds to the leaves.
    fn of(text: &'a str, supplied: &[String]) -> Self {
        let is_supplied = |line: &&str| supplied.contains(&line.trim().to_lowercase());
        let lines = text.lines().filter(|line| !is_supplied(line)).collect::<Vec<_>>();
        let is_number = |line: &&&str| !line.is_empty() && line.trim().chars().all(|c| c.is_ascii_digit());
        let others = lines.iter().filter(|line| !is_number(line)).copied().collect::<String>();
        Self { text: text.trim(), letters: letters(&lines.concat()), without_numbers: letters(&others) }
    }

    /// Whether it begins as the e-book goes on behind its marker, small capitals or not. A page that begins inside a divided word
    /// has its marker before the whole word, whose first part ends the page `before`.
    fn begins_like(&self, behind: &[char], before: &str) -> bool {
        let alike = |behind: &[char]| {
            [&self.letters, &self.without_numbers].into_iter().any(|page| {
                let most = ENOUGH.min(page.len()).min(behind.len());
                most > 0
                    && page[..most]
                        .iter()
                        .zip(&behind[..most])
                        .all(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
            })
        };
        let word = behind.iter().take_while(|letter| letter.is_alphanumeric()).count();
        let before = if before.ends_with('\u{ad}') { letters(before) } else { Vec::new() };
        alike(behind) || (1..word).any(|cut| before.ends_with(&behind[..cut]) && alike(&behind[cut..]))
    }
}

/// What of a text is compared: no white space, no soft hyphens, no ligatures.
fn letters(text: &str) -> Vec<char> {
    text.nfkc().filter(|letter| !letter.is_whitespace() && *letter != '\u{ad}').collect()
}

fn excerpt(letters: &[char]) -> String {
    letters.iter().take(ENOUGH).collect()
}

/// Files of an e-book that have a counterpart in print.
const PAGED: [&str; 6] = ["title", "card", "chapter-", "part-", "index", "colophon"];

/// What of an e-book says where pages begin.
#[derive(Default)]
struct EBook {
    /// The letters of the files that have printed pages, in reading order.
    letters: Vec<char>,
    markers: Vec<Marker>,
    /// The list of pages: where each entry leads, and its words.
    listed: Vec<(String, String)>,
    /// Names of club and edition, in small letters.
    supplied: Vec<String>,
}

struct Marker {
    /// File and id: `chapter-form.xhtml#page-17`.
    target: String,
    label: String,
    /// How many letters stand before it.
    at: usize,
    within_a_word: bool,
}

impl EBook {
    fn read(epub: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("an EPUB is a ZIP archive");
        let mut files = BTreeMap::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file of the archive");
            let mut text = Vec::new();
            file.read_to_end(&mut text).expect("it can be unpacked");
            files.insert(file.name().to_owned(), String::from_utf8_lossy(&text).into_owned());
        }
        let file = |name: &str| files.get(&format!("OEBPS/{name}")).unwrap_or_else(|| panic!("no {name}"));
        let mut ebook = Self::default();
        for name in spine(file("content.opf")) {
            if PAGED.iter().any(|paged| name.starts_with(paged)) {
                ebook.read_file(&name, file(&name));
            }
        }
        ebook.listed = listed(file("nav.xhtml"));
        let said = |name: &str| {
            let rest = file("content.opf").split(name).nth(1).unwrap_or_default();
            rest.split(['>', '<']).nth(1).unwrap_or_default().to_lowercase()
        };
        let (club, title) = (said("<dc:creator"), said("<dc:title"));
        ebook.supplied = title.split_once(": ").map(|(_, edition)| edition.to_owned()).into_iter().collect();
        ebook.supplied.push(club);
        ebook
    }

    /// Words in which `¶7` marks where page 7 begins.
    fn of_words(words: &str) -> Self {
        let mut ebook = Self::default();
        let mut last = ' ';
        let mut parts = words.split('¶');
        ebook.read_words(parts.next().unwrap_or_default(), &mut last);
        for part in parts {
            let (label, words) = part.split_at(1);
            ebook.mark(label, label, last);
            ebook.read_words(words, &mut last);
        }
        let entries = ebook.markers.iter().map(|marker| (marker.target.clone(), marker.label.clone()));
        ebook.listed = entries.collect();
        ebook
    }

    fn read_file(&mut self, name: &str, xhtml: &str) {
        let mut reader = Reader::from_str(xhtml);
        let mut last = ' ';
        loop {
            let event = reader.read_event().expect("an XHTML file is XML");
            match event {
                Event::Start(element) if is_left_out(&element) => {
                    reader.read_to_end(element.name()).expect("what is opened is closed");
                }
                Event::Start(element) | Event::Empty(element) => {
                    if value(&element, "epub:type").as_deref() == Some("pagebreak") {
                        let id = value(&element, "id").unwrap_or_default();
                        let label = value(&element, "aria-label").unwrap_or_default();
                        self.mark(&format!("{name}#{id}"), &label, last);
                    } else if !["a", "b", "em", "i", "span", "strong"].contains(&element.name().as_ref()) {
                        last = ' ';
                    }
                }
                Event::Text(words) => self.read_words(&words, &mut last),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().expect("a character");
                    let named = quick_xml::escape::resolve_predefined_entity(&reference);
                    let words = character.map(String::from).or(named.map(str::to_owned));
                    self.read_words(&words.expect("a character of XML"), &mut last);
                }
                Event::Eof => return,
                _ => {}
            }
        }
    }

    fn read_words(&mut self, words: &str, last: &mut char) {
        self.letters.extend(letters(words));
        *last = words.chars().next_back().unwrap_or(*last);
    }

    /// A marker here, behind that character.
    fn mark(&mut self, target: &str, label: &str, last: char) {
        let (target, label) = (target.to_owned(), label.to_owned());
        self.markers.push(Marker {
            target,
            label,
            at: self.letters.len(),
            within_a_word: last.is_alphanumeric(),
        });
    }

    /// Whether a page begins with words of the book, and not with others: contents, index, worksheets, whose
    /// titles (“Notes”) may be words of the book too.
    fn has(&self, page: &Page<'_>) -> bool {
        let opening = &page.without_numbers[..ENOUGH.min(page.without_numbers.len())];
        opening.len() >= ENOUGH / 4 && self.letters.windows(opening.len()).any(|letters| letters == opening)
    }
}

/// The files of the e-book in reading order.
fn spine(opf: &str) -> Vec<String> {
    let (mut files, mut order) = (BTreeMap::new(), Vec::new());
    for element in elements(opf) {
        match element.name().as_ref() {
            "item" => files.extend(value(&element, "id").zip(value(&element, "href"))),
            "itemref" => order.extend(value(&element, "idref")),
            _ => {}
        }
    }
    order.iter().filter_map(|id| files.get(id).cloned()).collect()
}

/// Where the entries of the list of pages lead, and what they say.
fn listed(nav: &str) -> Vec<(String, String)> {
    let list = nav.split("epub:type=\"page-list\"").nth(1).expect("a list of pages");
    let list = list.split("</nav>").next().unwrap_or_default();
    let entries = list.split("<a href=\"").skip(1).map(|entry| {
        let (target, rest) = entry.split_once("\">").expect("a link");
        (target.to_owned(), rest.split('<').next().unwrap_or_default().to_owned())
    });
    entries.collect()
}

fn elements(xml: &str) -> Vec<BytesStart<'_>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Start(element) | Event::Empty(element) => found.push(element),
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// What is no part of the text: the heads of files, ornaments, what the e-book adds to labels, terms and the
/// title page.
fn is_left_out(element: &BytesStart<'_>) -> bool {
    element.name().as_ref() == "head"
        || value(element, "aria-hidden").as_deref() == Some("true")
        || value(element, "class")
            .is_some_and(|class| class == "stop" || class == "back" || class.ends_with(" added"))
}

fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}
