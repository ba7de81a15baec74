//! The specimen: a dossier of a film that was never made, in which everything stands that a dossier may
//! hold. Layouts and style sheets are looked at with it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

use bookify::book::{self, Block, Book, Occasion, Run};
use bookify::dossier::{Content, Dossier, Inline, Rank, SectionRole, plain};
use bookify::markdown;
use bookify::scheme::Scheme;
use std::collections::BTreeSet;

const SPECIMEN: &str = include_str!("specimen/specimen.md");

fn dossier() -> Dossier {
    let read = markdown::read("specimen.md", SPECIMEN).expect("it is in the reviewed form");
    assert_eq!(read.warnings, [], "nothing in it is outside the form");
    read.value
}

fn scheme() -> Scheme {
    Scheme::parse("en.yaml", include_str!("../layouts/chapters/en.yaml")).expect("the scheme is sound")
}

fn book() -> Book {
    book::bind(&dossier(), &Occasion::default(), &scheme())
}

fn content(content: &Content) -> &'static str {
    match content {
        Content::Date(_) => "date",
        Content::Title(_) => "title",
        Content::Tagline(_) => "tagline",
        Content::Paragraph(_) => "paragraph",
        Content::Labelled { rank: Rank::Second, .. } => "label 2",
        Content::Labelled { rank: Rank::Third, .. } => "label 3",
        Content::Group { .. } => "group",
        Content::Item(_) => "item",
        Content::Question(_) => "question",
        Content::Term { .. } => "term",
        Content::Field { .. } => "field",
    }
}

const CONTENTS: [&str; 11] = [
    "date",
    "field",
    "group",
    "item",
    "label 2",
    "label 3",
    "paragraph",
    "question",
    "tagline",
    "term",
    "title",
];

fn block(block: &Block) -> &'static str {
    match block {
        Block::Paragraph(_) => "paragraph",
        Block::Labelled { level, .. } if *level <= 2 => "label 2",
        Block::Labelled { .. } => "label 3",
        Block::Group { .. } => "group",
        Block::List { .. } => "item",
        Block::Questions { .. } => "question",
        Block::Glossary { .. } => "term",
        Block::Fields { .. } => "field",
        // a picture is a file beside the dossier, not a part of its text
        Block::Figure(_) => "figure",
        Block::Date(_) => "date",
        Block::Title(_) => "title",
        Block::Tagline(_) => "tagline",
    }
}

fn inlines<'a>(text: &'a [Inline], found: &mut BTreeSet<&'a str>) {
    for inline in text {
        match inline {
            Inline::Words(_) => _ = found.insert("words"),
            Inline::Reference { .. } => _ = found.insert("reference"),
            Inline::Emphasis(inner) => {
                found.insert("emphasis");
                inlines(inner, found);
            }
            Inline::Strong(inner) => {
                found.insert("strong");
                inlines(inner, found);
            }
        }
    }
}

fn runs(text: &[Run], found: &mut BTreeSet<&'static str>) {
    for run in text {
        found.insert(match run {
            Run::Words(_) => "words",
            Run::Emphasis { .. } => "emphasis",
            Run::Strong { .. } => "strong",
            Run::Reference { .. } => "reference",
            // these four are recognised in the words, not marked in the text
            Run::Work { .. } => "work",
            Run::Foreign { .. } => "foreign",
            Run::Gloss { .. } => "gloss",
            Run::Named { .. } => "named",
        });
        runs(run.inner(), found);
    }
}

#[test]
fn it_reads_back_to_the_same_dossier() {
    let dossier = dossier();
    let again = markdown::read("specimen.md", &markdown::write(&dossier)).expect("it was written so");
    assert_eq!(again.value, dossier);
}

#[test]
fn every_kind_of_content_is_there_and_one_chapter_has_all() {
    let dossier = dossier();
    let synthesis = dossier.chapters.iter().find(|chapter| chapter.id.as_str() == "synthesis");
    let synthesis = synthesis.expect("it has the chapter");
    let found = synthesis.blocks().map(|block| content(&block.content)).collect::<BTreeSet<_>>();
    assert_eq!(found, BTreeSet::from(CONTENTS));
    assert!(synthesis.sections.iter().any(|section| section.role == SectionRole::Scene));
    let mut marks = BTreeSet::new();
    dossier.texts().for_each(|(text, _)| inlines(text, &mut marks));
    assert_eq!(marks, BTreeSet::from(["emphasis", "reference", "strong", "words"]));
}

#[test]
fn every_kind_of_block_and_run_is_in_the_book() {
    let book = book();
    let blocks = book.chapters.iter().flat_map(|chapter| {
        chapter.opening.iter().chain(chapter.sections.iter().flat_map(|section| &section.blocks))
    });
    let mut of_blocks = BTreeSet::new();
    let mut of_runs = BTreeSet::new();
    for it in blocks {
        of_blocks.insert(block(it));
        it.leaves().into_iter().flat_map(|(_, texts)| texts).for_each(|text| runs(text, &mut of_runs));
    }
    of_blocks.remove("figure");
    assert_eq!(of_blocks, BTreeSet::from(CONTENTS));
    assert!(
        of_runs.is_superset(&BTreeSet::from(["emphasis", "reference", "strong", "words"])),
        "{of_runs:?}"
    );
}

#[test]
fn it_has_every_chapter_of_the_scheme_and_every_fact() {
    let dossier = dossier();
    let ids = dossier.chapters.iter().map(|chapter| chapter.id.as_str()).collect::<Vec<_>>();
    let scheme = scheme();
    assert_eq!(ids, scheme.chapters.iter().map(|chapter| chapter.id.as_str()).collect::<Vec<_>>());
    let book = book();
    assert_eq!(book.card.len(), 8, "{:?}", book.card);
    let front = &book.front;
    assert!(
        front.date.is_some() && front.title.is_some() && front.tagline.is_some() && !front.more.is_empty()
    );
}

#[test]
fn what_is_hard_to_set_is_there() {
    let dossier = dossier();
    let text = dossier.texts().map(|(text, _)| plain(text)).collect::<Vec<_>>();
    let words = text.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>();
    assert!((1500..2200).contains(&words.len()), "{} words", words.len());
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count();
    let longest = words.iter().filter(|word| !word.contains("://")).map(letters).max();
    assert!(longest > Some(60), "{longest:?}");
    assert!(words.iter().any(|word| word.starts_with("https://") && word.len() > 120));
    for sign in ["林月華", "🎬", " — ", "“", "#import", "$x$", "<b>", "{}"] {
        assert!(text.iter().any(|text| text.contains(sign)), "{sign}");
    }
    let scenes = dossier.chapters.iter().flat_map(|chapter| &chapter.sections);
    let scenes = scenes.filter(|section| section.role == SectionRole::Scene);
    let lengths = scenes.map(|scene| plain(&scene.title.text).chars().count()).collect::<Vec<_>>();
    assert!(lengths.contains(&1) && lengths.iter().any(|length| *length > 120), "{lengths:?}");
    for wanted in [Rank::Second, Rank::Third] {
        let labels = dossier.chapters.iter().flat_map(bookify::dossier::Chapter::blocks);
        let longest = labels.filter_map(|block| match &block.content {
            Content::Labelled { rank, label, .. } if *rank == wanted => Some(plain(label).chars().count()),
            _ => None,
        });
        assert!(longest.max() > Some(60), "{wanted:?}");
    }
}

#[test]
fn it_has_every_edition() {
    let book = book();
    let season = bookify::season::Season::default();
    for name in ["booklet", "before", "discussion"] {
        let wanted = season.edition(name).expect("it is built in").wanted();
        let edition = book.edition(&wanted, &scheme()).expect("the specimen has it");
        assert_eq!(edition.warnings, [], "{name}");
    }
}
