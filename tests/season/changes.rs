//! What changes makes films be built, and nothing else is touched.

use crate::club::{Club, FILMS, SEASON, assert_same, changed, dossier};
use crate::common::write;
use image::{ImageFormat, RgbImage};
use std::io::Cursor;

/// What the program says of a film for which there is nothing to do.
fn unchanged(film: &str) -> String {
    format!("{film}: nothing has changed")
}

#[test]
fn where_nothing_has_changed_no_file_is_touched() {
    let club = Club::new();
    club.build(&[]);
    let before = club.marks("output");
    for arguments in [&[][..], &["--jobs", "1"], &["lamp"], &["--prune"], &["sources/mill.txt"]] {
        club.build(arguments);
        assert_eq!(changed(&before, &club.marks("output")), <[&str; 0]>::default(), "{arguments:?}");
    }
    assert_eq!(club.reasons(&[]), FILMS.map(unchanged));
}

#[test]
fn a_word_makes_one_film_be_built() {
    let club = Club::new();
    club.build(&[]);
    let before = club.marks("output");
    club.save("mill", &dossier("mill").replace("wrong boat", "right boat"));
    let reasons = club.reasons(&[]);
    assert_eq!(reasons, [unchanged("lamp"), "mill: mill.txt has changed".to_owned(), unchanged("tower")]);
    let changed = changed(&before, &club.marks("output"));
    assert!(["mill.pdf", "mill.epub"].iter().all(|name| changed.iter().any(|it| it == name)), "{changed:?}");
    let others = changed.iter().filter(|name| name.contains("lamp") || name.contains("tower"));
    assert_eq!(others.collect::<Vec<_>>(), <[&String; 0]>::default(), "{changed:?}");
    club.verify();
}

/// Old words, new words, what is said of each film.
type Case<'a> = (&'a str, &'a str, [&'a [&'a str]; 3]);

#[test]
fn what_has_changed_in_the_season_is_named() {
    const FILM: &str = "season.yaml: this film has changed";
    const LIST: &str = "the season's list of titles and dates has changed";
    const ALL: &str = "season.yaml: what holds for all films has changed";
    let cases: [Case<'_>; 5] = [
        ("date: 2026-03-03", "date: 2026-03-03\n    place: The boathouse", [&[FILM], &[], &[]]),
        ("date: 2026-04-07", "date: 2026-04-08", [&[LIST], &[FILM, LIST], &[LIST]]),
        ("date: 2026-05-05", "date: 2026-05-05 # after the holidays", [&[], &[], &[]]),
        ("The Lamp", "The Lamp and Lens", [&[ALL], &[ALL], &[ALL]]),
        ("films:", "editions: [booklet, before]\nfilms:", [&[ALL], &[ALL], &[ALL]]),
    ];
    let club = Club::new();
    club.build(&[]);
    let first = club.outputs();
    for (words, by, said) in cases {
        club.amend(words, by);
        let mut expected = Vec::new();
        for (film, reasons) in FILMS.iter().zip(said) {
            expected.extend(reasons.iter().map(|reason| format!("{film}: {reason}")));
            expected.extend(reasons.is_empty().then(|| unchanged(film)));
        }
        assert_eq!(club.reasons(&[]), expected, "{by}");
        club.verify();
    }
    write(&club.path("sources/season.yaml"), SEASON.as_bytes());
    club.build(&["--prune"]);
    assert_same(&club.outputs(), &first, "the season as it was at first");
}

#[test]
fn a_picture_concerns_its_film_alone() {
    let picture = |shade: u8| {
        let mut file = Cursor::new(Vec::new());
        let pixels = RgbImage::from_pixel(300, 480, image::Rgb([shade, 90, 120]));
        pixels.write_to(&mut file, ImageFormat::Png).expect("a picture can be encoded");
        file.into_inner()
    };
    let club = Club::new();
    std::fs::create_dir(club.path("sources/lamp")).expect("the folder can be made");
    let cover = club.path("sources/lamp/cover.png");
    write(&cover, &picture(10));
    club.amend("date: 2026-03-03", "date: 2026-03-03\n    cover: { file: cover.png, alt: A lamp }");
    club.build(&[]);
    write(&cover, &picture(200));
    let expected = ["lamp: lamp/cover.png has changed".to_owned(), unchanged("mill"), unchanged("tower")];
    assert_eq!(club.reasons(&[]), expected);
}

#[test]
fn a_layout_concerns_all_that_is_made_in_it() {
    let club = Club::new();
    let own = club.path("sources/own");
    std::fs::create_dir(&own).expect("the folder can be made");
    write(&own.join("layout.yaml"), b"name: own\n");
    write(&own.join("epub.css"), b"p { margin: 0 }");
    write(&own.join("cover.typ"), b"#set page(width: 160mm, height: 256mm)\n#json(\"book.json\").title");
    write(&own.join("booklet.typ"), include_bytes!("../cases/own-layout/booklet.typ"));
    club.amend("season: One", "season: One\nlayout: own");
    club.build(&[]);
    assert_eq!(club.reasons(&[]), FILMS.map(unchanged));
    write(&own.join("epub.css"), b"p { margin: 1px }");
    assert_eq!(club.reasons(&[]), FILMS.map(|film| format!("{film}: layout own has changed")));
}

#[test]
fn an_unusual_order_stands_beside_the_usual_one() {
    let club = Club::new();
    club.build(&[]);
    let before = club.marks("output");
    club.build(&["--only", "print"]);
    let after = club.marks("output");
    for film in FILMS {
        assert!(after.contains_key(&format!("{film}.print.pdf")), "{after:?}");
        for ending in ["pdf", "epub"] {
            let name = format!("{film}.{ending}");
            assert_eq!(before.get(&name), after.get(&name), "{name}");
        }
    }
    club.verify();
    assert_eq!(club.reasons(&[]), FILMS.map(unchanged));
    assert_eq!(club.reasons(&["--only", "print", "--prune"]), FILMS.map(unchanged));
    assert_eq!(changed(&after, &club.marks("output")), <[&str; 0]>::default());
}

#[test]
fn the_day_that_stands_for_now_is_an_input() {
    let epoch = [("SOURCE_DATE_EPOCH", "1000000000")];
    let build = ["build", "--quiet", "--cache", "cache"];
    let (club, other) = (Club::new(), Club::new());
    club.build(&[]);
    let without = club.outputs();
    for club in [&club, &other] {
        let (code, _, text) = club.run(&epoch, &build);
        assert_eq!(code, 0, "{text}");
    }
    let with = club.outputs();
    assert_same(&with, &other.outputs(), "the same day in two places");
    let page = String::from_utf8_lossy(&with["opds.xml"]).into_owned();
    assert!(page.contains("2001-09-09"), "{page}");
    assert!(with["lamp.epub"] != without["lamp.epub"], "the e-book has the day");
    club.build(&[]);
    assert_same(&club.outputs(), &without, "without the day");
}
