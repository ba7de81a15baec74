//! The cache: it saves time and decides nothing.

use crate::club::{Club, assert_same, changed};
use crate::common::{bytes, write};
use std::fs;

/// Whether a file of the cache holds the outputs of a film.
fn is_entry(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "entry")
}

#[test]
fn the_same_bytes_by_whatever_way() {
    let (cold, other) = (Club::new(), Club::new());
    cold.build(&["--jobs", "1"]);
    cold.verify();
    let first = cold.outputs();
    let shared = cold.path("cache").display().to_string();
    let foreign = [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")];
    // folder of the outputs, what the build is called with
    let ways: [(&str, &[&str]); 4] = [
        ("output", &["--no-cache", "--jobs", "4"]),
        ("output", &["--cache", &shared, "--jobs", "4"]),
        ("output", &["--cache", "cold", "--jobs", "3"]),
        ("output", &["--cache", "cold", "--jobs", "1"]),
    ];
    for (place, (folder, arguments)) in ways.iter().enumerate() {
        let environment = if place % 2 == 0 { &foreign[..] } else { &[] };
        let (code, _, text) =
            other.run(environment, &[&["build", "--quiet", "--output", folder], *arguments].concat());
        assert_eq!(code, 0, "{text}");
        assert_same(&other.outputs(), &first, &arguments.join(" "));
        fs::remove_dir_all(other.path(folder)).expect("it is there");
    }
}

#[test]
fn a_film_at_a_time_comes_to_the_same() {
    let (whole, parts) = (Club::new(), Club::new());
    whole.build(&[]);
    for film in ["tower", "lamp", "mill"] {
        parts.build(&[film]);
        parts.verify();
    }
    assert_same(&parts.outputs(), &whole.outputs(), "each by itself");
}

#[test]
fn a_cache_that_is_damaged_anywhere_spoils_nothing() {
    let club = Club::of_one("mill");
    club.build(&[]);
    let first = club.outputs();
    let files = club.marks("cache").into_keys().filter(|name| !name.ends_with("CACHEDIR.TAG"));
    let files = files.map(|name| (name.clone(), bytes(&club.path("cache").join(name)))).collect::<Vec<_>>();
    assert!(files.iter().any(|(name, _)| is_entry(name)), "{:?}", club.marks("cache"));
    let mut seed = 1931_usize;
    let mut any = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below.max(1)
    };
    for round in 0..12 {
        for (name, sound) in &files {
            let mut damaged = sound.clone();
            // heads are short beside blobs: every other round aims at them
            let at = any(if round % 2 == 0 { damaged.len() } else { damaged.len().min(600) });
            match round {
                0 => damaged.clear(),
                1 => damaged.truncate(at),
                2 => damaged.push(0),
                _ => damaged[at] ^= 1 << any(8),
            }
            write(&club.path("cache").join(name), &damaged);
        }
        fs::remove_dir_all(club.path("output")).expect("it is there");
        club.build(&[]);
        assert_same(&club.outputs(), &first, &format!("round {round}"));
    }
}

#[test]
fn an_entry_under_another_one_s_name_is_not_believed() {
    let club = Club::new();
    club.build(&[]);
    let first = club.outputs();
    let entries = club.marks("cache").into_keys().filter(|name| is_entry(name));
    let entries = entries.map(|name| club.path("cache").join(name)).collect::<Vec<_>>();
    let kept = entries.iter().map(|path| bytes(path)).collect::<Vec<_>>();
    for (path, bytes) in entries.iter().zip(kept.iter().cycle().skip(1)) {
        write(path, bytes);
    }
    fs::remove_dir_all(club.path("output")).expect("it is there");
    club.build(&[]);
    assert_same(&club.outputs(), &first, "entries in each other's places");
}

#[test]
fn a_season_too_large_for_the_cache_is_still_known_as_built() {
    let club = Club::new();
    club.build(&[]);
    let before = club.marks("output");
    for name in club.marks("cache").into_keys().filter(|name| is_entry(name)) {
        fs::remove_file(club.path("cache").join(name)).expect("it is there");
    }
    let (code, said, text) = club.run(&[], &["build", "--cache", "cache"]);
    assert_eq!((code, text.matches("nothing has changed").count()), (0, 3), "{said}{text}");
    assert_eq!(changed(&before, &club.marks("output")), <[&str; 0]>::default());
}

#[test]
fn cleaning_removes_what_bookify_wrote_and_nothing_else() {
    let club = Club::new();
    club.build(&[]);
    let before = club.marks("output");
    for name in ["cache/mine.txt", "cache/v1/mine.entry", "cache/v1/values/mine"] {
        write(&club.path(name), b"my own");
    }
    let (code, _, text) = club.run(&[], &["clean", "--cache", "cache"]);
    assert_eq!(code, 0, "{text}");
    let left = club.marks("cache").into_keys().collect::<Vec<_>>();
    assert_eq!(left, ["mine.txt", "v1/mine.entry", "v1/values/mine"]);
    club.build(&[]);
    assert_eq!(changed(&before, &club.marks("output")), <[&str; 0]>::default(), "made anew, byte for byte");
    for folder in ["cache", "elsewhere"] {
        assert_eq!(club.run(&[], &["clean", "--cache", folder]).0, 0, "{folder}");
    }
    assert!(!club.path("elsewhere").exists(), "nothing is made to be cleaned");
}

#[test]
fn a_cache_that_cannot_be_is_a_warning() {
    let club = Club::of_one("mill");
    write(&club.path("cache"), b"a file");
    let (code, _, text) = club.run(&[], &["build", "--cache", "cache"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("there can be no cache") && text.contains("help"), "{text}");
    assert!(bytes(&club.path("output/mill.pdf")).starts_with(b"%PDF"));
}
