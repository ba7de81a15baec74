//! Cases that others wrote. They lie in `shared/outside` beside the checkout, not in it, and where they are not
//! at hand these tests hold nothing; the tests in `src/ingest` have cases of our own for every rule.
#![expect(clippy::disallowed_methods, reason = "a test reads its cases from files")]

use bookify::ingest::repair_mojibake;
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

#[test]
fn ftfy_cases_of_mojibake_are_repaired() {
    assert_eq!(missed("in-the-wild"), [""; 0]);
    assert_eq!(missed("language-names"), [""; 0]);
    assert_eq!(missed("synthetic"), [""; 0]);
}

#[test]
fn ftfy_misses_are_missed_here_too() {
    // a repair that ftfy does not make itself would be a change of rules: welcome, but not unnoticed
    assert_eq!(missed("known-failures").len(), ftfy("known-failures").len());
}
