//! Laws of the catalogue, over small seasons of well-behaved and of hostile films.

use super::{Catalogue, Discussion, Entry, File, Inks, Kind, Sheet, Thumbnail, link, words::Words, write};
use crate::scheme::Scheme;
use chrono::{DateTime, NaiveDate, NaiveTime};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use uuid::Uuid;

const SCHEMES: [&str; 2] =
    [include_str!("../../layouts/chapters/en.yaml"), include_str!("../../layouts/chapters/fr.yaml")];

/// What a title may hold that some format takes for its own.
const HOSTILE: &str =
    "</title><script>alert(1)</script> \"&amp;' ]]> ; , \\n\r\nBEGIN:VEVENT \u{0}\u{fffe} é";

fn scheme(at: usize) -> Scheme {
    Scheme::parse("scheme.yaml", SCHEMES[at]).expect("it is sound")
}

fn film(slug: &str, date: Option<&str>) -> Entry {
    let date = date.map(|date| date.parse::<NaiveDate>().expect("a date"));
    let file =
        |ending: &str, kind| File { name: format!("{slug}.{ending}"), kind, edition: None, bytes: 331_285 };
    Entry {
        slug: slug.to_owned(),
        title: format!("Title of {slug}"),
        year: Some(1926),
        original_title: None,
        directors: vec!["Ada One".to_owned(), "Bo Two".to_owned()],
        language: "en-GB".to_owned(),
        discussion: date.map(|date| Discussion {
            date,
            long: format!("the {date}"),
            time: None,
            place: None,
        }),
        tagline: Some("A line.".to_owned()),
        pages: Some(36),
        cover: Some(Thumbnail { jpeg: vec![0xff, 0xd8, 0xff], width: 400, height: 640 }),
        inks: Some(Inks { ink: "#25465c".to_owned(), spark: "#e2a458".to_owned() }),
        files: vec![file("pdf", Kind::Booklet), file("epub", Kind::Ebook), file("print.pdf", Kind::Print)],
        identifier: Uuid::new_v5(&Uuid::NAMESPACE_OID, slug.as_bytes()),
        updated: DateTime::from_timestamp(1_762_646_400, 0).expect("a time"),
    }
}

fn season(films: Vec<Entry>) -> Catalogue {
    Catalogue {
        club: Some("The Club".to_owned()),
        season: Some("First Lights".to_owned()),
        language: "en-GB".to_owned(),
        identifier: Uuid::new_v5(&Uuid::NAMESPACE_OID, b"season"),
        films,
        terms: scheme(0).terms,
        discussion_minutes: 90,
    }
}

fn hostile() -> Catalogue {
    let mut film = film("a", Some("2025-11-09"));
    film.slug = "É \"#2\"?<&".to_owned();
    film.files[0].name = format!("{}.pdf", film.slug);
    film.files[0].edition = Some(HOSTILE.to_owned());
    for words in [&mut film.title, &mut film.directors[0], &mut film.language] {
        HOSTILE.clone_into(words);
    }
    film.original_title = Some(HOSTILE.to_owned());
    film.tagline = Some(HOSTILE.to_owned());
    film.inks = Some(Inks { ink: "red; background: url(x)".to_owned(), spark: "#e2a458".to_owned() });
    if let Some(discussion) = &mut film.discussion {
        HOSTILE.clone_into(&mut discussion.long);
        discussion.place = Some(HOSTILE.to_owned());
        discussion.time = NaiveTime::from_hms_opt(19, 5, 0);
    }
    let mut season = season(vec![film]);
    season.club = Some(HOSTILE.to_owned());
    season.season = Some(format!("{HOSTILE} II"));
    season.language = HOSTILE.to_owned();
    season
}

fn sheets(catalogue: &Catalogue) -> Vec<Sheet> {
    write(catalogue).expect("it can be written")
}

fn text(catalogue: &Catalogue, path: &str) -> String {
    let sheet = sheets(catalogue).into_iter().find(|sheet| sheet.path == path);
    String::from_utf8(sheet.expect("it is there").bytes).expect("it is text")
}

fn json(catalogue: &Catalogue, path: &str) -> Value {
    serde_json::from_str(&text(catalogue, path)).expect("it is JSON")
}

/// Names of the elements of an XML file, with what is wrong with it.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut names = Vec::new();
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Start(start) | Event::Empty(start) => {
                assert!(start.attributes().all(|attribute| attribute.is_ok()), "{start:?}");
                names.push(start.name().as_ref().to_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

/// The lines of a calendar, unfolded.
fn lines(calendar: &str) -> Vec<String> {
    assert!(calendar.ends_with("END:VCALENDAR\r\n") && !calendar.replace("\r\n", "").contains(['\r', '\n']));
    calendar.replace("\r\n ", "").lines().map(str::to_owned).collect()
}

#[test]
fn every_file_is_there_once() {
    let mut unmade = film("c", None);
    unmade.files.clear();
    unmade.cover = None;
    let catalogue = season(vec![film("b", None), film("a", Some("2025-11-09")), unmade]);
    let paths = sheets(&catalogue).into_iter().map(|sheet| sheet.path).collect::<Vec<_>>();
    assert_eq!(
        paths,
        [
            "index.html",
            "opds.xml",
            "opds.json",
            "discussions.ics",
            "publications/a.json",
            "publications/b.json",
            "covers/b.jpg",
            "covers/a.jpg"
        ]
    );
}

#[test]
fn films_stand_in_the_order_of_their_dates() {
    let films =
        [("a", None), ("b", Some("2026-01-11")), ("c", Some("2025-11-09")), ("d", Some("2025-11-09"))];
    let catalogue = season(films.map(|(slug, date)| film(slug, date)).to_vec());
    let order = |text: &str| {
        let mut found =
            ["a", "b", "c", "d"].map(|slug| (text.find(&format!("Title of {slug}")), slug)).to_vec();
        found.sort_unstable();
        found.into_iter().filter(|(at, _)| at.is_some()).map(|(_, slug)| slug).collect::<String>()
    };
    for (path, expected) in
        [("index.html", "cdba"), ("opds.xml", "cdba"), ("opds.json", "cdba"), ("discussions.ics", "cdb")]
    {
        assert_eq!(order(&text(&catalogue, path)), expected, "{path}");
    }
}

#[test]
fn hostile_words_are_words_everywhere() {
    let catalogue = hostile();
    let page = text(&catalogue, "index.html");
    assert_eq!((page.matches("<script").count(), page.matches("<title").count()), (1, 1));
    assert!(!page.contains("url(x)") && page.contains("href=\"%C3%89%20%22%232%22%3F%3C%26.pdf\""), "{page}");
    let feed = text(&catalogue, "opds.xml");
    let (names, sound) =
        (elements(&feed), elements(&text(&season(vec![film("a", Some("2025-11-09"))]), "opds.xml")));
    assert_eq!(names, sound);
    let publication = &json(&catalogue, "opds.json")["publications"][0];
    assert_eq!(publication["metadata"]["title"], HOSTILE);
    let calendar = lines(&text(&catalogue, "discussions.ics"));
    assert_eq!(calendar.iter().filter(|line| line.starts_with("BEGIN:")).count(), 2, "{calendar:#?}");
}

#[test]
fn the_same_season_gives_the_same_bytes() {
    let catalogue = season(vec![film("a", Some("2025-11-09")), film("b", None)]);
    assert_eq!(sheets(&catalogue), sheets(&catalogue.clone()));
}

#[test]
fn feeds_have_what_their_specifications_ask_for() {
    let films = vec![film("a", Some("2025-11-09")), film("b", None)];
    let mut alone = season(films.clone());
    (alone.club, alone.season) = (None, None);
    for catalogue in [season(films), alone] {
        let feed = text(&catalogue, "opds.xml");
        let names = elements(&feed);
        let count = |name: &str| names.iter().filter(|found| *found == name).count();
        // RFC 4287, 4.1.1 and 4.1.2: the feed and both entries
        assert_eq!(["id", "title", "updated", "entry"].map(count), [3, 3, 3, 2]);
        assert!(count("author") >= 2, "{feed}");
        assert_eq!(feed.matches("rel=\"http://opds-spec.org/acquisition/open-access\"").count(), 4);
        let urn = catalogue.films[0].identifier.urn().to_string();
        assert!(urn.starts_with("urn:uuid:") && feed.contains(&format!("<id>{urn}</id>")));
        // OPDS 2.0: a title and a link to itself for the feed and each publication, an image, a file
        let feed = json(&catalogue, "opds.json");
        let publications = feed["publications"].as_array().expect("a list");
        let own = |value: &Value| {
            let links = value["links"].as_array().expect("a list").iter();
            links.filter(|link| link["rel"].to_string().contains("\"self\"")).count()
        };
        assert_eq!((own(&feed), publications.len()), (1, 2));
        for publication in publications {
            assert!(publication["metadata"]["title"].is_string() && own(publication) == 1, "{publication}");
            assert_eq!(publication["images"][0]["type"], "image/jpeg");
            assert_eq!(publication["links"].as_array().map(Vec::len), Some(3));
        }
        let alone = json(&catalogue, "publications/a.json");
        assert_eq!(alone["links"][1]["href"], "../a.pdf");
        assert_eq!(alone["metadata"], publications[0]["metadata"]);
    }
}

#[test]
fn a_discussion_lasts_the_day_or_begins_at_its_time() {
    let mut timed = film("b", Some("2025-12-31"));
    if let Some(discussion) = &mut timed.discussion {
        discussion.time = NaiveTime::from_hms_opt(23, 15, 0);
        discussion.place = Some("Town Hall, Room 2".to_owned());
    }
    let calendar = lines(&text(&season(vec![film("a", Some("2025-11-30")), timed]), "discussions.ics"));
    for expected in [
        "DTSTART;VALUE=DATE:20251130",
        "DTEND;VALUE=DATE:20251201",
        "DTSTART:20251231T231500",
        "DTEND:20260101T004500",
        "DTSTAMP:20251109T000000Z",
        "SUMMARY:Discussion: Title of a (1926)",
        "DESCRIPTION:Ada One\\, Bo Two\\nA line.",
        "LOCATION:Town Hall\\, Room 2",
        "X-WR-CALNAME:The Club: First Lights",
    ] {
        assert!(calendar.iter().any(|line| line == expected), "{expected} in {calendar:#?}");
    }
}

#[test]
fn figures_are_as_people_write_them() {
    let catalogues = [0, 1].map(|at| Catalogue { terms: scheme(at).terms, ..season(Vec::new()) });
    let sizes = |catalogue| {
        [1, 1499, 331_285, 999_499, 999_500, 1_250_000].map(|bytes| Words::of(catalogue).size(bytes))
    };
    let plain = |words: [String; 6]| words.join(" | ").replace('\u{a0}', " ");
    assert_eq!(plain(sizes(&catalogues[0])), "1 kB | 1 kB | 331 kB | 999 kB | 1.0 MB | 1.3 MB");
    assert_eq!(plain(sizes(&catalogues[1])), "1 ko | 1 ko | 331 ko | 999 ko | 1,0 Mo | 1,3 Mo");
    let time = NaiveTime::from_hms_opt(9, 5, 0).expect("a time");
    assert_eq!(catalogues.each_ref().map(|found| Words::of(found).time(time)), ["9:05", "9\u{a0}h\u{a0}05"]);
    let day = Discussion {
        date: NaiveDate::from_ymd_opt(2025, 11, 9).expect("a date"),
        long: "9".to_owned(),
        time: None,
        place: None,
    };
    assert_eq!(catalogues.each_ref().map(|found| Words::of(found).day(&day)), ["Sunday 9", "dimanche 9"]);
}

#[test]
fn every_language_has_every_word() {
    let keys =
        |at| scheme(at).terms.into_keys().filter(|key| key.starts_with("catalogue_")).collect::<Vec<_>>();
    assert_eq!(keys(0), keys(1));
    for (at, catalogue) in
        [0, 1].map(|at| Catalogue { terms: scheme(at).terms, ..hostile() }).iter().enumerate()
    {
        let page = text(catalogue, "index.html");
        assert!(!page.contains("catalogue_"), "{at}: {page}");
    }
}

#[test]
fn a_link_leads_to_the_file_whatever_its_name() {
    for (path, expected) in [
        ("the-general.print.pdf", "the-general.print.pdf"),
        ("covers/Él #2?.jpg", "covers/%C3%89l%20%232%3F.jpg"),
        ("50% & more:.pdf", "50%25%20%26%20more%3A.pdf"),
    ] {
        assert_eq!(link(path), expected);
    }
}
