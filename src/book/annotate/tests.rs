//! Titles, terms and names as data: the text of a dossier, and what of it is marked.

use super::super::{
    Block, Book, Fact, IndexKind, Leaf, Listed, Names, Occasion, Pair, Run, SeasonFilm, Suggestion, Why,
    annotate, bind,
};
use crate::dossier::{
    Block as Given, Certainty, Chapter, ChapterId, Content, Dossier, Heading, Inline, Metadata, Origin,
};
use crate::scheme::Scheme;
use proptest::prelude::*;

fn scheme(language: &str) -> Scheme {
    let text = match language {
        "fr" => include_str!("../../../layouts/chapters/fr.yaml"),
        _ => include_str!("../../../layouts/chapters/en.yaml"),
    };
    Scheme::parse("scheme", text).expect("the scheme is sound")
}

fn paragraph(text: &str) -> Given {
    let stressed = text.split('_').enumerate().filter(|(_, part)| !part.is_empty()).map(|(at, part)| {
        let words = Inline::Words(part.to_owned());
        if at % 2 == 0 { words } else { Inline::Emphasis(vec![words]) }
    });
    Given { content: Content::Paragraph(stressed.collect()), origin: Origin::Edited }
}

fn chapter(id: &str, opening: Vec<Given>) -> Chapter {
    Chapter {
        id: ChapterId::new(id),
        title: Heading { text: vec![Inline::Words("Words".to_owned())], origin: Origin::Supplied },
        certainty: Certainty::SURE,
        opening,
        sections: Vec::new(),
    }
}

/// A book of one chapter on `Sunset Street` by Mara Holm; `_` stands around stressed words.
fn book(language: &str, film: &str, text: &[&str]) -> Book {
    let metadata = Metadata {
        title: film.to_owned(),
        year: Some(1931),
        directors: vec!["Mara Holm".to_owned()],
        ..Metadata::default()
    };
    let chapters = vec![chapter("context", text.iter().map(|text| paragraph(text)).collect())];
    let dossier =
        Dossier { language: language.to_owned(), metadata, front: Vec::new(), chapters, source: None };
    let other = SeasonFilm { title: "The Paper Kite".to_owned(), year: Some(1948), date: None };
    let own = SeasonFilm { title: film.to_owned(), year: Some(1931), date: None };
    let occasion = Occasion { films: vec![own, other], index: Some(0), ..Occasion::default() };
    bind(&dossier, &occasion, &scheme(language))
}

/// The text of the book with `*` around works, `/` around foreign words, `[]` around terms, `{}` around
/// names.
fn marked(book: &Book) -> Vec<String> {
    let blocks = book.chapters.iter().flat_map(|chapter| &chapter.opening);
    blocks
        .flat_map(|block| {
            block.leaves().into_iter().flat_map(|(_, texts)| texts).map(show).collect::<Vec<_>>()
        })
        .collect()
}

fn show(runs: &[Run]) -> String {
    let show_one = |run: &Run| match run {
        Run::Words(words) => words.clone(),
        Run::Work { title, .. } => format!("*{}*", show(title)),
        Run::Foreign { foreign, .. } => format!("/{}/", show(foreign)),
        Run::Gloss { text, .. } => format!("[{}]", show(text)),
        Run::Named { text, .. } => format!("{{{}}}", show(text)),
        Run::Emphasis { em } => format!("_{}_", show(em)),
        Run::Strong { strong: inner } | Run::Reference { text: inner, .. } => show(inner),
    };
    runs.iter().map(show_one).collect()
}

/// With the marks of titles alone.
fn titles(language: &str, film: &str, text: &[&str]) -> Vec<String> {
    let mut book = book(language, film, text);
    annotate(&mut book, &Names::default());
    marked(&book).into_iter().map(|text| text.replace(['{', '}'], "")).collect()
}

#[test]
fn a_title_before_its_year_is_set_and_so_is_the_same_title_elsewhere() {
    let cases = [
        ("In The Lantern (1924) he waits.", "In *The Lantern* (1924) he waits."),
        ("In Hands Up! (1923) she climbs.", "In *Hands Up!* (1923) she climbs."),
        ("We saw Clark Jr. (1924) twice.", "We saw *Clark Jr.* (1924) twice."),
        ("Look at Holm’s The Lantern (1924) again.", "Look at Holm’s *The Lantern* (1924) again."),
        ("It recalls Box of the Winds (1929), a comedy.", "It recalls *Box of the Winds* (1929), a comedy."),
        (
            "It recalls Wind (1929) and Seven Boats (1925).",
            "It recalls *Wind* (1929) and *Seven Boats* (1925).",
        ),
        ("His debt to Vivre sa vie (1962) is plain.", "His debt to *Vivre sa vie* (1962) is plain."),
        ("His debt to À propos de Nice (1930) is plain.", "His debt to *À propos de Nice* (1930) is plain."),
        ("The road of Mad Fox: Fury (2015) is long.", "The road of *Mad Fox: Fury* (2015) is long."),
        ("The lyrical In Autumn (1929) was his.", "The lyrical *In Autumn* (1929) was his."),
        ("A poet of What Men Are! (1932) is he.", "A poet of *What Men Are!* (1932) is he."),
        ("He made _Low Tide_ (1920) there.", "He made *Low Tide* (1920) there."),
        // where it begins is not certain
        ("Anders in Wind (1929) is good.", "Anders in Wind (1929) is good."),
        ("Anders and Wind (1929) are good.", "Anders and Wind (1929) are good."),
        ("She taught in Berlin (1927) for a year.", "She taught in Berlin (1927) for a year."),
        ("It took the Prix Louis (1963) at once.", "It took the Prix Louis (1963) at once."),
        ("In Autumn (1929) was his.", "In Autumn (1929) was his."),
        // no title at all
        ("He died (1931) poor.", "He died (1931) poor."),
        ("The story of a son (1950) was told.", "The story of a son (1950) was told."),
        ("Holm (1888–1931) was born here.", "Holm (1888–1931) was born here."),
    ];
    for (text, expected) in cases {
        assert_eq!(titles("en", "Sunset Street", &[text]), [expected]);
    }
    let twice =
        titles("en", "Sunset Street", &["He made Seven Boats (1925).", "The sea of Seven Boats is calm."]);
    assert_eq!(twice[1], "The sea of *Seven Boats* is calm.");
}

#[test]
fn french_titles_are_small_within() {
    let cases = [
        ("On revoit Le Grand Fleuve (1951) ici.", "On revoit *Le Grand Fleuve* (1951) ici."),
        (
            "Ainsi dans Une chambre en ville (1982) on chante.",
            "Ainsi dans *Une chambre en ville* (1982) on chante.",
        ),
        ("La critique du film (1939) fut dure.", "La critique du film (1939) fut dure."),
    ];
    for (text, expected) in cases {
        assert_eq!(titles("fr", "Les Quais", &[text]), [expected]);
    }
}

#[test]
fn the_own_film_and_those_of_the_season_are_set_where_nothing_else_is_meant() {
    let cases = [
        ("Sunset Street", "Nobody in Sunset Street is awake.", "Nobody in *Sunset Street* is awake."),
        ("Sunset Street", "Later came The Paper Kite.", "Later came *The Paper Kite*."),
        ("Sunset Street", "The Sunset Street Hotel is closed.", "The Sunset Street Hotel is closed."),
        ("Sunset Street", "A sunset street is empty.", "A sunset street is empty."),
        ("Sunset Street", "They say “Sunset Street” aloud.", "They say “Sunset Street” aloud."),
        (
            "Harbour",
            "Only Harbour was finished. A harbour is wet.",
            "Only *Harbour* was finished. A harbour is wet.",
        ),
        ("Harbour", "Harbour lights. A harbour is wet.", "Harbour lights. A harbour is wet."),
        ("Harbour", "Harbour is short. A harbour is wet.", "*Harbour* is short. A harbour is wet."),
        ("Orlik", "Watch Count Orlik. Then Orlik walks.", "Watch Count Orlik. Then Orlik walks."),
        (
            "The Sergeant",
            "The Sergeant eats. So does the Sergeant.",
            "The Sergeant eats. So does the Sergeant.",
        ),
        ("The Sergeant", "Nobody saw The Sergeant, or the son.", "Nobody saw *The Sergeant*, or the son."),
    ];
    for (film, text, expected) in cases {
        assert_eq!(titles("en", film, &[text]), [expected], "{film}");
    }
}

#[test]
fn what_the_editor_lists_is_set() {
    let mut book = book("en", "Sunset Street", &["His Faust has a mise en abyme. Later, Faust again."]);
    let listed =
        |words: &str, lang: &str| Listed { words: words.to_owned(), lang: Some(lang.to_owned()), year: None };
    let names = Names {
        works: vec![listed("Faust", "de")],
        foreign: vec![listed("mise en abyme", "fr")],
        ..Names::default()
    };
    annotate(&mut book, &names);
    assert_eq!(marked(&book), ["His {*Faust*} has a /mise en abyme/. Later, {*Faust*} again."]);
}

#[test]
fn doubtful_titles_are_offered() {
    let text = ["Then came The Old Mill and nothing else.", "Anders in Wind (1929) is good."];
    let mut book = book("en", "Sunset Street", &text);
    let offered = annotate(&mut book, &Names::default());
    let offered = offered.iter().map(|it| (it.title.as_str(), it.year, it.leaf.as_str())).collect::<Vec<_>>();
    assert_eq!(offered, [("The Old Mill", None, "context-1"), ("Anders in Wind", Some(1929), "context-2")]);
}

#[test]
fn an_accepted_title_is_a_line_of_yaml() {
    let mut book =
        book("en", "Sunset Street", &["Then came The “Old” Mill: Part and Wind. Anders in Wind (1929)."]);
    for suggestion in annotate(&mut book, &Names::default()) {
        let read: Vec<serde_yaml::Value> = serde_yaml::from_str(&suggestion.entry()).expect("YAML");
        let title = read[0].get("title").unwrap_or(&read[0]).as_str();
        assert_eq!(title, Some(suggestion.title.as_str()));
    }
    let quoted = Suggestion {
        title: "A \"Mill\" \\".to_owned(),
        year: None,
        times: 2,
        leaf: "form-3".to_owned(),
        why: Why::Quoted,
    };
    let line = r#"- "A \"Mill\" \\" # 2 times, first in form-3: quoted, with the capitals of a title"#;
    assert_eq!(quoted.entry(), line);
}

#[test]
fn people_are_told_from_characters_and_places() {
    let text = [
        "Holm gave the part to Ida Brandt. Nobody but Brandt would do it, and Brandt’s fee was small.",
        "In the film Rosa Lind sews. When Rosa sews, Rosa sings, and Rosa is seen from Monument Valley.",
        "The New Wave, said Mara Holm, came to Monument Valley with the New Wave.",
        "Otto von Kesten lit it; nobody lights as Kesten does. Mr Brandt was absent.",
    ];
    let mut book = book("en", "Sunset Street", &text);
    annotate(&mut book, &Names::default());
    let people = book.index.iter().filter(|entry| entry.kind == IndexKind::Person);
    let people = people.map(|entry| show(&entry.name)).collect::<Vec<_>>();
    assert_eq!(people, ["Brandt, Ida", "Holm, Mara", "Kesten, Otto von"]);
    assert!(
        marked(&book)[3].ends_with("lights as {Kesten} does. Mr Brandt was absent."),
        "{:?}",
        marked(&book)
    );
}

#[test]
fn a_term_is_linked_once_a_chapter_and_not_in_its_own_entry() {
    let mut book =
        book("en", "Sunset Street", &["Long takes and a long take. Steady.", "Another long take."]);
    let words = |text: &str| vec![Run::Words(text.to_owned())];
    let item = Pair {
        id: "context-9".to_owned(),
        term: words("Long Take [長]"),
        definition: words("A long take lasts."),
    };
    book.chapters[0].opening.push(Block::Glossary { items: vec![item] });
    let fact = Fact { id: "context-10".to_owned(), name: words("Shots"), value: words("one long take") };
    book.chapters[0].opening.push(Block::Fields { items: vec![fact] });
    annotate(&mut book, &Names::default());
    let text = marked(&book);
    assert_eq!(text[0], "[Long takes] and a long take. Steady.");
    assert!(text[1..].iter().all(|text| !text.contains('[') || text == "Long Take [長]"), "{text:?}");
}

/// Pieces of sentences in which titles, names and years may meet in any way.
fn sentence() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "The ",
        "In ",
        "and ",
        "of ",
        "Holm’s ",
        "Mara Holm ",
        "Faust ",
        "Sunset Street",
        " (1924) ",
        "(1931",
        ") ",
        "_",
        ". ",
        ": ",
        ", ",
        "l’",
        "À propos de Nice",
        "“",
        "”",
        "[東京] ",
        "long take ",
        "Long Takes ",
        "é",
        "\u{301}",
        "’s ",
        "J. ",
        "8½ ",
        "Jr. (1920)",
        "de ",
        "von ",
        "Kesten ",
        "-",
        "/",
        "Count ",
        "\u{a0}",
    ]);
    prop::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_word_and_no_id_changes(sentences in prop::collection::vec(sentence(), 1..5), french in any::<bool>()) {
        let text = sentences.iter().map(String::as_str).collect::<Vec<_>>();
        let mut book = book(if french { "fr" } else { "en" }, "Sunset Street", &text);
        let long = Leaf { id: "context-99".to_owned(), text: vec![Run::Words("Long Take".to_owned())] };
        let item = Pair { id: long.id, term: long.text.clone(), definition: long.text };
        book.chapters[0].opening.push(Block::Glossary { items: vec![item] });
        let listed = ["Faust", "Faust of Holm", "l’"].map(|words| Listed { words: words.to_owned(), ..Listed::default() });
        let names = Names { works: listed[..2].to_vec(), foreign: listed[1..].to_vec(), crew: Vec::new() };
        let before = book.printed();
        annotate(&mut book, &names);
        prop_assert_eq!(book.printed(), before);
        // every entry has a place, every place an entry; no link lies in another
        let mut entries = std::collections::BTreeSet::new();
        for block in book.chapters.iter().flat_map(|chapter| &chapter.opening) {
            for run in block.leaves().into_iter().flat_map(|(_, texts)| texts).flatten() {
                links(run, false, &mut entries)?;
            }
        }
        let index = book.index.iter().map(|entry| entry.id.clone()).collect();
        prop_assert_eq!(entries, index);
    }
}

fn links(
    run: &Run,
    within: bool,
    entries: &mut std::collections::BTreeSet<String>,
) -> Result<(), TestCaseError> {
    let link = matches!(run, Run::Named { .. } | Run::Gloss { .. } | Run::Reference { .. });
    prop_assert!(!(link && within));
    if let Run::Named { entry, .. } = run {
        entries.insert(entry.clone());
    }
    run.inner().iter().try_for_each(|inner| links(inner, within || link, entries))
}
