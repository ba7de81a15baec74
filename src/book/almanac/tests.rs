//! Laws of almanacs over small books, and what is merged as data.

use super::super::tests::{book, scheme};
use super::{Volume, almanac, volume_ids};
use crate::book::{Block, Book, IndexEntry, IndexKind, Leaf, Pair, Run, printed};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn bind_all(books: Vec<Book>) -> Book {
    let slugs = (0..books.len()).map(|at| format!("film-no-{at}")).collect::<Vec<_>>();
    let ids = volume_ids(&slugs.iter().map(String::as_str).collect::<Vec<_>>());
    let volumes = ids.into_iter().zip(books).map(|(id, book)| Volume { id, book, source: None });
    almanac(volumes.collect(), &scheme())
}

/// The printed texts of a book, and which of them are its glossary's.
fn texts(book: &Book) -> (Vec<String>, Vec<String>) {
    let blocks = book.chapters.iter().flat_map(|chapter| {
        chapter.opening.iter().chain(chapter.sections.iter().flat_map(|section| &section.blocks))
    });
    let explained = blocks.filter(|block| matches!(block, Block::Glossary { .. })).flat_map(Block::leaves);
    let explained = explained.map(|(id, _)| id.to_owned()).collect::<BTreeSet<_>>();
    let (glossary, rest): (Vec<_>, Vec<_>) =
        book.printed().into_iter().partition(|leaf| explained.contains(&leaf.id));
    let text = |leaves: Vec<crate::book::Printed>| leaves.into_iter().map(|leaf| leaf.text).collect();
    (text(rest), text(glossary))
}

proptest! {
    #[test]
    fn every_leaf_of_every_book_stands_once_and_in_order(books in vec(book(), 1..4)) {
        let (mut expected, mut explained) = (Vec::new(), Vec::new());
        for (rest, glossary) in books.iter().map(texts) {
            expected.extend(rest);
            explained.extend(glossary);
        }
        let bound = bind_all(books);
        let (rest, mut glossary) = texts(&bound);
        let supplied = usize::from(!glossary.is_empty());
        prop_assert_eq!(rest.len(), expected.len() + supplied, "the glossary’s title is the program’s");
        prop_assert_eq!(&rest[..expected.len()], &expected[..]);
        glossary.sort();
        explained.sort();
        prop_assert_eq!(glossary, explained);
        let leaves = bound.printed();
        let ids = leaves.iter().map(|leaf| leaf.id.as_str()).collect::<BTreeSet<_>>();
        prop_assert_eq!(ids.len(), leaves.len(), "no id stands twice");
    }

    #[test]
    fn every_link_that_led_somewhere_leads_there(books in vec(book(), 1..4)) {
        fn count(runs: &[Run], book: &Book, leaves: &BTreeSet<String>) -> usize {
            let led = |run: &Run| match run {
                Run::Reference { chapter, .. } => book.chapters.iter().any(|it| it.id == *chapter),
                Run::Gloss { gloss, .. } => leaves.contains(gloss),
                Run::Named { entry, .. } => book.index.iter().any(|it| {
                    it.id == *entry || it.within.iter().any(|within| within.id == *entry)
                }),
                Run::Words(_) | Run::Emphasis { .. } | Run::Strong { .. } | Run::Work { .. } | Run::Foreign { .. } => false,
            };
            runs.iter().map(|run| usize::from(led(run)) + count(run.inner(), book, leaves)).sum()
        }
        fn links(book: &Book) -> usize {
            let leaves = book.printed().into_iter().map(|leaf| leaf.id).collect();
            let mut marked = book.clone();
            let texts = marked.texts_mut().into_iter().map(std::mem::take).collect::<Vec<_>>();
            texts.iter().map(|text| count(text, book, &leaves)).sum()
        }
        let before = books.iter().map(links).sum::<usize>();
        prop_assert_eq!(links(&bind_all(books)), before);
    }
}

#[test]
fn names_of_dossiers_become_ids_that_no_address_breaks() {
    for (slugs, expected) in [
        (vec!["the-train", "the-count"], vec!["the-train", "the-count"]),
        (vec!["À nous", "50%", "m"], vec!["film-1", "film-2", "m"]),
        (vec!["film-2", "Mabuse"], vec!["film-2", "film-2_"]),
        (vec!["Mabuse", "film-1"], vec!["film-1_", "film-1"]),
    ] {
        assert_eq!(volume_ids(&slugs), expected, "{slugs:?}");
    }
}

/// An empty book of a film.
fn film(title: &str) -> Book {
    use crate::book::{Occasion, bind};
    use crate::dossier::{Dossier, Metadata};
    let metadata = Metadata { title: title.to_owned(), ..Metadata::default() };
    let dossier = Dossier {
        language: "en".to_owned(),
        metadata,
        front: Vec::new(),
        chapters: Vec::new(),
        source: None,
    };
    bind(&dossier, &Occasion::default(), &scheme())
}

#[test]
fn an_entry_of_several_films_is_one() {
    let words = |words: &str| Run::Words(words.to_owned());
    let entry = |kind: IndexKind, name: &str| match (kind, name.split_once(" (")) {
        (IndexKind::Film, Some((title, year))) => {
            vec![Run::Work { title: vec![words(title)], lang: None }, words(&format!(" ({year}"))]
        }
        (IndexKind::Film, None) => vec![Run::Work { title: vec![words(name)], lang: None }],
        (IndexKind::Person, _) => vec![words(name)],
    };
    for (one, other, expected) in [
        ("Lamarr, Hedy", "Lamarr, Hedy", "Lamarr, Hedy: A, B"),
        ("Lamarr, Hedy", "Lamarr, Joe", "Lamarr, Hedy: A | Lamarr, Joe: B"),
        ("*The Navigator", "*The Navigator (1924)", "The Navigator (1924): A, B"),
        ("*Faust (1926)", "*Faust (1994)", "Faust (1926): A | Faust (1994): B"),
        ("*Vampyr (1932)", "Vampyr", "Vampyr: B | Vampyr (1932): A"),
        ("*The Zone (1975)", "*A Town (1950)", "A Town (1950): B | The Zone (1975): A"),
    ] {
        let of = |title: &str, named: &str| {
            let kind = if named.starts_with('*') { IndexKind::Film } else { IndexKind::Person };
            let name = entry(kind, named.trim_start_matches('*'));
            let only = IndexEntry { id: "name-1".to_owned(), kind, name, within: Vec::new() };
            Book { index: vec![only], ..film(title) }
        };
        let bound = bind_all(vec![of("A", one), of("B", other)]);
        let shown = bound.index.iter().map(|entry| {
            let films = entry.within.iter().map(|within| within.film.as_str()).collect::<Vec<_>>();
            format!("{}: {}", printed(&entry.name), films.join(", "))
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" | "), expected, "{one}, {other}");
    }
}

#[test]
fn glossaries_become_one_in_alphabetical_order() {
    let of = |title: &str, terms: &[&str]| {
        let words = |text: &str| vec![Run::Words(text.to_owned())];
        let entries = terms.iter().enumerate().map(|(at, term)| Pair {
            id: format!("guide-{at}"),
            term: words(term),
            definition: words("explained"),
        });
        let mut book = film(title);
        let leaf = Leaf { id: "guide-9".to_owned(), text: words("behind") };
        let mut guide = guide();
        guide.opening = vec![Block::Glossary { items: entries.collect() }, Block::Paragraph(leaf)];
        book.chapters.push(guide);
        book
    };
    let bound = bind_all(vec![of("A", &["Take", "Émulsion"]), of("B", &["take", "Gag"])]);
    let films = &bound.almanac.as_ref().expect("it is one").explained_in;
    let glossary = bound.chapters.last().expect("the glossary is a chapter");
    let shown = glossary.opening.iter().flat_map(|block| match block {
        Block::Glossary { items } => items.clone(),
        other => panic!("{other:?}"),
    });
    let shown = shown.map(|pair| format!("{} {}", printed(&pair.term), films[&pair.id])).collect::<Vec<_>>();
    assert_eq!(shown, ["Émulsion A", "Gag B", "Take A", "take B"]);
    let left = bound.chapters.iter().flat_map(|chapter| &chapter.opening);
    let left = left.filter(|block| matches!(block, Block::Glossary { items } if items.is_empty()));
    assert_eq!(left.count(), 2, "where each stood a pointer is left");
}

fn guide() -> crate::book::Chapter {
    use crate::book::{Chapter, Part, TitleLeaf};
    Chapter {
        id: "guide".to_owned(),
        number: None,
        numeral: None,
        part: Part::Guide,
        title: TitleLeaf { id: "guide-8".to_owned(), text: Vec::new(), supplied: true },
        summary: Vec::new(),
        running: String::new(),
        opening: Vec::new(),
        sections: Vec::new(),
    }
}
