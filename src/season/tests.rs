//! What season.yaml may say, and what is told where it is wrong.

use super::*;

#[test]
fn a_film_listed_twice_is_named_with_both_lines() {
    let text = "films:\n  - dossier: m\n  - dossier: windmill\n  - dossier: m\n";
    let error = Season::parse("season.yaml", text).expect_err("m is there twice");
    assert_eq!(error.message, "“m” is listed twice, in line 2 and in line 4");
}

#[test]
fn what_is_wrong_has_line_and_column() {
    let cases = [
        ("club: [", 1, 7),
        ("films:\n  - dossier: m\n    dat: 2025-01-01\n", 3, 5),
        ("club: a\nclub: b\n", 2, 1),
        ("club: a\npaper: a6\n", 2, 8),
        ("fit: pages\n", 1, 6),
        ("epub_fonts: some\n", 1, 13),
        ("index: maybe\n", 1, 8),
        ("club: a\ndiscussion_minutes: 5\n", 2, 21),
        ("club: a\ntime: half past seven\n", 2, 7),
        ("films:\n  - dossier: m\n    time: 24:30\n", 3, 11),
        ("time: 19\n", 1, 7),
        ("editions: []\n", 1, 11),
        ("editions: [booklet, Before]\n", 1, 21),
        ("editions:\n  - booklet\n  - print: { chapters: [form] }\n", 3, 5),
        ("editions:\n  - booklet\n  - short\n", 3, 5),
        ("editions:\n  - before: { chapters: [form] }\n", 2, 5),
        ("editions:\n  - before: { papr: a5 }\n", 2, 15),
        ("editions:\n  - before: { paper: a6 }\n", 2, 22),
        ("editions:\n  - before:\n    paper: a5\n", 2, 5),
        ("editions: [booklet, before]\nclub: a\neditions: [booklet]\n", 3, 1),
        ("editions: [booklet, before, booklet]\n", 1, 29),
        ("editions:\n  - booklet\n  - before\n  - booklet: { paper: a4 }\n", 4, 5),
    ];
    let found = cases.map(|(text, _, _)| {
        let error = Season::parse("season.yaml", text).expect_err("it is broken");
        let place = error.place.expect("it has a place");
        let before = place.text.get(..place.mark.start).unwrap_or_default();
        (text, place.line.unwrap_or_default(), before.chars().count() + 1)
    });
    assert_eq!(found, cases);
}

#[test]
fn a_film_has_the_time_and_place_of_its_season_or_its_own() {
    let text = "time: 19:30\nplace: Town Hall\nfilms:\n  - dossier: m\n  - { dossier: n, time: 20h15 }\n  - { dossier: o, time: 9.05, place: '' }\n";
    let season = Season::parse("season.yaml", text).expect("it is sound");
    let found = ["m", "n", "o"].map(|slug| {
        let (time, place) = season.time_and_place(slug);
        (time.map(|time| time.to_string()).unwrap_or_default(), place)
    });
    let expected = [("19:30:00", Some("Town Hall")), ("20:15:00", Some("Town Hall")), ("09:05:00", None)];
    assert_eq!(found.each_ref().map(|(time, place)| (time.as_str(), *place)), expected);
    assert_eq!(Season::default().time_and_place("m"), (None, None));
}

const SEASON: &str = "layout: classic\npaper: a5\nindex: yes\ndiscussion_minutes: 120\neditions:\n  - booklet\n  - short: { title: Form and Scenes, chapters: [form, sceens], layout: large-print, paper: A4, index: no, epub: false }\n";

#[test]
fn an_edition_takes_from_the_season_what_it_leaves_open() {
    let season = Season::parse("season.yaml", SEASON).expect("it is sound");
    let shown = |edition: &Edition| {
        let paper = edition.paper.map(Paper::name).unwrap_or_default();
        let layout = edition.layout.clone().unwrap_or_default();
        let (index, epub) = (edition.index, edition.epub);
        format!("{} {layout} {paper} {index:?} {epub} {:?}", edition.file_stem("m"), edition.wanted().matter)
    };
    let listed = season.listed_editions();
    assert_eq!(
        listed.iter().map(shown).collect::<Vec<_>>(),
        [
            "m classic a5 Yes true Everything",
            "m.short large-print a4 No false Chapters([\"form\", \"sceens\"])"
        ]
    );
    let seeds = listed.iter().map(|edition| edition.identifier_seed("m/M/1931")).collect::<Vec<_>>();
    assert_eq!(seeds, ["m/M/1931", "m/M/1931/short"]);
    let discussion = season.edition("discussion").expect("it is built in");
    assert_eq!(shown(&discussion), "m.discussion classic a5 Yes true Questions { minutes: 120 }");
    assert_eq!(season.edition("short").map(|edition| edition.title), Ok(Some("Form and Scenes".to_owned())));
    let hint = season.edition("long").expect_err("there is none").hint.unwrap_or_default();
    assert!(hint.starts_with("the editions are: booklet, short, before, discussion;"), "{hint}");
    let short_form = Season::parse("season.yaml", "editions: [before, booklet]").expect("it is sound");
    assert_eq!(
        short_form.listed_editions().iter().map(shown).collect::<Vec<_>>(),
        ["m.before   Auto true Guide", "m   Auto true Everything"]
    );
    assert_eq!(Season::default().listed_editions().len(), 1);
}

#[test]
fn a_chapter_that_no_scheme_has_is_named_with_its_line() {
    let scheme = Scheme::parse("en.yaml", include_str!("../../layouts/chapters/en.yaml")).expect("sound");
    let season = Season::parse("season.yaml", SEASON).expect("it is sound");
    let error = season.check_chapters(&[scheme]).expect_err("there is no such chapter");
    assert_eq!(error.message, "an edition has the chapter “sceens”, which is not there");
    assert_eq!(error.place.and_then(|place| place.line), Some(7));
    assert_eq!(
        error.hint.as_deref(),
        Some(
            "the chapters are: guide, production, context, auteur, legacy, reception, form, scenes, synthesis, after"
        )
    );
}
