//! Laws of editions, over small books with links that lead somewhere and links that do not.

use super::{
    AgendaRow, Block, Book, Chapter, Front, IndexEntry, IndexKind, Leaf, Matter, Occasion, Pair, Part,
    Printed, Role, Run, Section, TitleLeaf, Wanted, bind, printed,
};
use crate::dossier::{Dossier, Metadata};
use crate::scheme::Scheme;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeSet;

const CHAPTERS: [(&str, Part); 5] = [
    ("guide", Part::Guide),
    ("production", Part::Essay),
    ("form", Part::Essay),
    ("scenes", Part::Essay),
    ("after", Part::After),
];

pub(super) fn scheme() -> Scheme {
    Scheme::parse("en.yaml", include_str!("../../layouts/chapters/en.yaml")).expect("the scheme is sound")
}

fn words() -> impl Strategy<Value = Run> {
    select(vec!["the lamp ", "goes out ", "— why? ", "灯 "]).prop_map(|words| Run::Words(words.to_owned()))
}

fn run() -> impl Strategy<Value = Run> {
    words().prop_recursive(2, 6, 2, |inner| {
        let text = vec(inner, 1..3);
        let chapter = select(CHAPTERS.map(|(id, _)| id.to_owned()).to_vec());
        let leaf = (chapter.clone(), 0..9).prop_map(|(chapter, at)| format!("{chapter}-{at}"));
        prop_oneof![
            text.clone().prop_map(|em| Run::Emphasis { em }),
            text.clone().prop_map(|title| Run::Work { title, lang: None }),
            (chapter, text.clone()).prop_map(|(chapter, text)| Run::Reference {
                chapter,
                text,
                source: "Prompt II".to_owned()
            }),
            (leaf, text.clone()).prop_map(|(gloss, text)| Run::Gloss { gloss, text }),
            (1..4, text).prop_map(|(at, text)| Run::Named { entry: format!("name-{at}"), text }),
        ]
    })
}

fn text() -> impl Strategy<Value = Vec<Run>> {
    vec(run(), 1..4)
}

/// Blocks with texts, still without ids.
fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let leaf = || text().prop_map(|text| Leaf { id: String::new(), text });
    let block = prop_oneof![
        leaf().prop_map(Block::Paragraph),
        vec(leaf(), 1..4).prop_map(|items| Block::Questions { items }),
        vec(leaf(), 1..3).prop_map(|items| Block::List { items }),
        (text(), text()).prop_map(|(term, definition)| Block::Glossary {
            items: vec![Pair { id: String::new(), term, definition }]
        }),
    ];
    vec(block, 0..4)
}

fn chapter((id, part): (&'static str, Part)) -> impl Strategy<Value = Chapter> {
    (text(), blocks(), vec((text(), blocks()), 0..3)).prop_map(move |(title, opening, sections)| {
        let title_leaf = |text| TitleLeaf { id: String::new(), text, supplied: false };
        let section =
            |(title, blocks)| Section { role: Role::Plain, number: None, title: title_leaf(title), blocks };
        let mut chapter = Chapter {
            id: id.to_owned(),
            number: (part == Part::Essay).then_some(id.len()),
            numeral: None,
            part,
            running: printed(&title),
            title: title_leaf(title),
            summary: Vec::new(),
            opening,
            sections: sections.into_iter().map(section).collect(),
        };
        number_leaves(&mut chapter);
        chapter
    })
}

/// Gives every leaf its id, in reading order.
fn number_leaves(chapter: &mut Chapter) {
    let mut ids = (0..).map(|at| format!("{}-{at}", chapter.id));
    let mut next = || ids.next().unwrap_or_default();
    chapter.title.id = next();
    let mut number = |block: &mut Block| match block {
        Block::Paragraph(leaf) => leaf.id = next(),
        Block::Questions { items } | Block::List { items } => items.iter_mut().for_each(|it| it.id = next()),
        Block::Glossary { items } => items.iter_mut().for_each(|it| it.id = next()),
        other => panic!("`blocks` makes no such block: {other:?}"),
    };
    chapter.opening.iter_mut().for_each(&mut number);
    for (at, section) in chapter.sections.iter_mut().enumerate() {
        section.title.id = format!("{}-s{at}", chapter.id);
        section.blocks.iter_mut().for_each(&mut number);
    }
}

pub(super) fn book() -> impl Strategy<Value = Book> {
    subsequence(CHAPTERS.to_vec(), 0..=CHAPTERS.len())
        .prop_flat_map(|chapters| chapters.into_iter().map(chapter).collect::<Vec<_>>())
        .prop_map(|chapters| {
            let metadata = Metadata { title: "The Lamp".to_owned(), ..Metadata::default() };
            let dossier = Dossier {
                language: "en".to_owned(),
                metadata,
                front: Vec::new(),
                chapters: Vec::new(),
                source: None,
            };
            let line =
                |at: usize| Leaf { id: format!("front-{at}"), text: vec![Run::Words("A line".to_owned())] };
            let entry = |at: usize| IndexEntry {
                id: format!("name-{at}"),
                kind: IndexKind::Film,
                name: vec![Run::Words("A Name".to_owned())],
                within: Vec::new(),
            };
            Book {
                front: Front {
                    title: Some(line(2)),
                    more: vec![line(1)],
                    order: vec!["front-1".to_owned(), "front-2".to_owned()],
                    ..Front::default()
                },
                index: vec![entry(1), entry(2)],
                chapters,
                ..bind(&dossier, &Occasion::default(), &scheme())
            }
        })
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let ids = CHAPTERS.map(|(id, _)| id.to_owned()).to_vec();
    let matter = prop_oneof![
        Just(Matter::Guide),
        (20_u32..200).prop_map(|minutes| Matter::Questions { minutes }),
        subsequence(ids.clone(), 1..=ids.len())
            .prop_map(|ids| Matter::Chapters(ids.into_iter().rev().collect())),
    ];
    matter.prop_map(|matter| Wanted { name: "short".to_owned(), title: None, matter })
}

/// The leaves of some chapters, as the whole book prints them.
fn leaves(book: &Book, chapters: impl Fn(&Chapter) -> bool) -> Vec<Printed> {
    let chapters = book.chapters.iter().filter(|chapter| chapters(chapter)).cloned().collect();
    Book { chapters, front: Front::default(), ..book.clone() }.printed()
}

/// Chapters, leaves and entries that the book's links lead to, and those that it has.
fn links(book: &Book) -> (BTreeSet<String>, BTreeSet<String>) {
    fn walk(runs: &[Run], led_to: &mut BTreeSet<String>) {
        for run in runs {
            match run {
                Run::Reference { chapter: target, .. }
                | Run::Gloss { gloss: target, .. }
                | Run::Named { entry: target, .. } => {
                    led_to.insert(target.clone());
                }
                Run::Words(_)
                | Run::Emphasis { .. }
                | Run::Strong { .. }
                | Run::Work { .. }
                | Run::Foreign { .. } => {}
            }
            walk(run.inner(), led_to);
        }
    }
    let mut led_to = BTreeSet::new();
    for chapter in &book.chapters {
        let titles = chapter.sections.iter().map(|section| &section.title).chain([&chapter.title]);
        titles.for_each(|title| walk(&title.text, &mut led_to));
        let blocks = chapter.opening.iter().chain(chapter.sections.iter().flat_map(|it| &it.blocks));
        blocks.flat_map(Block::leaves).for_each(|(_, texts)| {
            for text in texts {
                walk(text, &mut led_to);
            }
        });
    }
    let chapters = book.chapters.iter().map(|chapter| chapter.id.clone());
    let entries = book.index.iter().map(|entry| entry.id.clone());
    let there = book.printed().into_iter().map(|leaf| leaf.id).chain(chapters).chain(entries);
    (led_to, there.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_booklet_is_the_book(book in book()) {
        let booklet = Wanted { name: "booklet".to_owned(), title: None, matter: Matter::Everything };
        let edition = book.edition(&booklet, &scheme()).expect("it holds everything");
        prop_assert_eq!((&edition.value, edition.warnings.len()), (&book, 0));
    }

    #[test]
    fn the_words_of_an_edition_are_those_of_its_chapters(book in book(), wanted in wanted()) {
        let Ok(edition) = book.edition(&wanted, &scheme()) else {
            let none = match &wanted.matter {
                Matter::Questions { .. } => book.questions().is_empty(),
                Matter::Guide => book.chapters.iter().all(|it| it.part != Part::Guide),
                Matter::Chapters(ids) => book.chapters.iter().all(|it| !ids.contains(&it.id)),
                Matter::Everything => false,
            };
            prop_assert!(none, "there is something to print");
            return Ok(());
        };
        let mut of_edition = edition.value.printed();
        prop_assert_eq!(of_edition.remove(0).id, "front-2");
        match &wanted.matter {
            Matter::Everything => {}
            Matter::Guide => prop_assert_eq!(of_edition, leaves(&book, |it| it.part == Part::Guide)),
            Matter::Chapters(ids) => prop_assert_eq!(of_edition, leaves(&book, |it| ids.contains(&it.id))),
            Matter::Questions { .. } => {
                let asked = |book: &Book| {
                    let asked = book.questions().into_iter();
                    asked.map(|(_, leaf)| (leaf.id.clone(), printed(&leaf.text))).collect::<Vec<_>>()
                };
                prop_assert_eq!(asked(&edition.value), asked(&book));
                let of_book = book.printed();
                prop_assert!(of_edition.iter().all(|leaf| of_book.contains(leaf)));
                let others = of_edition.len() - asked(&book).len();
                let titles = edition.value.chapters.iter().map(|it| 1 + it.sections.len()).sum::<usize>();
                prop_assert_eq!(others, titles);
            }
        }
    }

    #[test]
    fn no_link_of_an_edition_leads_nowhere(book in book(), wanted in wanted()) {
        if let Ok(edition) = book.edition(&wanted, &scheme()) {
            let (led_to, there) = links(&edition.value);
            prop_assert!(led_to.is_subset(&there), "{:?}", led_to.difference(&there));
            prop_assert!(edition.value.index.iter().all(|entry| led_to.contains(&entry.id)));
            // and none is cut that could have stayed
            let (of_book, _) = links(&Book { chapters: edition.value.chapters.iter().filter_map(|kept| {
                let whole = book.chapters.iter().find(|it| it.id == kept.id)?;
                matches!(wanted.matter, Matter::Guide | Matter::Chapters(_)).then(|| whole.clone())
            }).collect(), ..book.clone() });
            prop_assert!(of_book.intersection(&there).all(|target| led_to.contains(target)));
        }
    }

    #[test]
    fn the_timetable_has_no_gap_and_every_question(book in book(), minutes in 20_u32..200) {
        let wanted = Wanted { name: "discussion".to_owned(), title: None, matter: Matter::Questions { minutes } };
        if let Ok(edition) = book.edition(&wanted, &scheme()) {
            let rows = &edition.value.agenda;
            let end = |row: &AgendaRow| row.from + row.minutes;
            prop_assert_eq!(rows.first().map(|row| row.from), Some(0));
            prop_assert!(rows.windows(2).all(|pair| end(&pair[0]) == pair[1].from));
            let last = rows.last().map(end).unwrap_or_default();
            prop_assert_eq!(last > minutes, !edition.warnings.is_empty());
            prop_assert!(last >= minutes);
            let asked = rows.iter().filter_map(|row| Some((row.number?, row.question.clone()?)));
            let expected = book.questions().into_iter().map(|(_, leaf)| printed(&leaf.text));
            prop_assert_eq!(asked.collect::<Vec<_>>(), (1..).zip(expected).collect::<Vec<_>>());
        }
    }
}

#[test]
fn what_an_edition_lacks_is_told_in_the_words_of_the_scheme() {
    let guide = Chapter {
        id: "guide".to_owned(),
        number: None,
        numeral: None,
        part: Part::Guide,
        title: TitleLeaf { id: "guide-0".to_owned(), text: Vec::new(), supplied: true },
        summary: Vec::new(),
        running: String::new(),
        opening: Vec::new(),
        sections: Vec::new(),
    };
    let metadata = Metadata { title: "The Lamp".to_owned(), ..Metadata::default() };
    let dossier = Dossier {
        language: "en".to_owned(),
        metadata,
        front: Vec::new(),
        chapters: Vec::new(),
        source: None,
    };
    let book = Book { chapters: vec![guide], ..bind(&dossier, &Occasion::default(), &scheme()) };
    let edition = |name: &str, matter| {
        let wanted = Wanted { name: name.to_owned(), title: None, matter };
        book.edition(&wanted, &scheme())
    };
    let ids = |ids: [&str; 2]| Matter::Chapters(ids.map(str::to_owned).to_vec());
    let short = edition("short", ids(["guide", "form"])).expect("it has the guide");
    assert_eq!(short.value.listed_title(), "The Lamp: short");
    assert_eq!(
        short.warnings.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(),
        ["the edition “short” goes without “Formal Analysis” (form): the dossier has no such chapter"]
    );
    let before = edition("before", Matter::Guide).expect("it has the guide").value;
    assert_eq!(before.listed_title(), "The Lamp: Before the Film");
    for matter in [ids(["form", "scenes"]), Matter::Questions { minutes: 90 }] {
        let refused = edition("short", matter).expect_err("there is nothing to print");
        assert!(refused.message.starts_with("there is no edition “short”: "), "{}", refused.message);
        assert!(refused.hint.is_some());
    }
}
