//! Cases that others wrote. They lie in `shared/outside` beside the checkout, not in it, and where they are not
//! at hand these tests hold nothing; the tests in `src/ingest` have cases of our own for every rule.
#![expect(clippy::disallowed_methods, reason = "a test reads its cases from files")]
#![expect(clippy::expect_used, reason = "a case that cannot be read fails the test")]

use bookify::ingest::{repair_mojibake, set_typography};
use std::path::{Path, PathBuf};

/// `shared/outside` in the nearest folder above that has it.
fn outside(file: &str) -> Option<String> {
    let place = |folder: &Path| folder.join("shared/outside").join(file);
    let found: Option<PathBuf> =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(place).find(|path| path.exists());
    found.map(|path| std::fs::read_to_string(path).expect("the cases are UTF-8"))
}

struct Case {
    label: String,
    original: String,
    expected: String,
}

fn ftfy(file: &str) -> Vec<Case> {
    let text = outside(&format!("ftfy/{file}.json")).unwrap_or_else(|| "[]".to_owned());
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).expect("the cases are JSON");
    let string =
        |case: &serde_json::Value, key: &str| case.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    cases
        .iter()
        .map(|case| Case {
            label: string(case, "label").expect("every case has a label"),
            original: string(case, "original").expect("every case has a text"),
            // `fixed` has gone through ftfy's other repairs as well
            expected: string(case, "fixed-encoding")
                .or_else(|| string(case, "fixed"))
                .expect("every case has a result"),
        })
        .collect()
}

/// Labels of the cases that come out otherwise than ftfy would have them.
fn missed(file: &str) -> Vec<String> {
    ftfy(file)
        .into_iter()
        .filter(|case| repair_mojibake(&case.original) != case.expected)
        .map(|case| case.label)
        .collect()
}

#[test]
fn ftfy_negative_cases_stay_as_they_are() {
    assert_eq!(missed("negative"), [""; 0]);
}

/// How many of the cases come out as ftfy would have them, and how many there are; none where they are not at hand.
fn share(file: &str) -> Option<(usize, usize)> {
    let (missed, all) = (missed(file).len(), ftfy(file).len());
    (all > 0).then_some((all - missed, all))
}

#[test]
fn ftfy_cases_of_mojibake_are_repaired() {
    // Our repair is our own and judges otherwise here and there: it never brings in U+FFFD, not even for `ï¿½`, and
    // does not read `OÃ™` as a word that is wrong. More is welcome, fewer are not.
    for (file, expected) in [("in-the-wild", 64), ("language-names", 20), ("synthetic", 29)] {
        let share = share(file);
        assert!(
            share.is_none_or(|(repaired, _)| repaired >= expected),
            "{file}: {share:?} {:?}",
            missed(file)
        );
    }
}

#[test]
fn ftfy_misses_are_not_lost_sight_of() {
    // what ftfy itself does not do as it would: a change here is a change of rules, not to go unnoticed
    assert!(share("known-failures").is_none_or(|(repaired, _)| repaired == 3));
}

/// `CommonMark`'s cases that a plain text cannot have, by how they begin, and why not.
const MARKDOWN_ONLY: [(&str, &str); 3] = [
    (r#"\"This is not smart.\""#, "a backslash is no escape in plain text; runs with one are left alone"),
    (r"Escaped hyphens", "the same"),
    (r"No ellipses\.", "the same"),
];

/// The examples of `CommonMark`'s smart punctuation: what is typed, and what it should be, as plain text.
fn smart() -> Vec<(String, String)> {
    let text = outside("smart/cmark_smart_punct.txt").unwrap_or_default();
    let fence = "`".repeat(32);
    let opening = format!("{fence} example\n");
    let examples = text.split(&opening).skip(1).filter_map(|rest| rest.split(&fence).next());
    let plain = |html: &str| {
        let tags = [
            ("<p>", ""),
            ("</p>", ""),
            ("<code>", "`"),
            ("</code>", "`"),
            ("<a href=\"url\">", "["),
            ("</a>", "](url)"),
        ];
        tags.iter().fold(html.to_owned(), |text, (tag, mark)| text.replace(tag, mark))
    };
    let pairs = examples.filter_map(|example| example.split_once("\n.\n"));
    pairs.map(|(typed, html)| (typed.trim_end().to_owned(), plain(html.trim_end()))).collect()
}

#[test]
fn commonmark_smart_punctuation() {
    let mut excepted = 0;
    for (typed, expected) in smart() {
        if MARKDOWN_ONLY.iter().any(|(start, _)| typed.starts_with(start)) {
            excepted += 1;
            continue;
        }
        // a blank line parts paragraphs, and each is set by itself
        let set = typed.split("\n\n").map(|paragraph| set_typography(paragraph, "en")).collect::<Vec<_>>();
        assert_eq!(set.join("\n"), expected, "{typed}");
    }
    assert!(excepted == MARKDOWN_ONLY.len() || smart().is_empty(), "an exception names no case");
}
