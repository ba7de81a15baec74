//! Laws that hold for any input.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

use bookify::ingest::{self, Known};
use bookify::scheme::Scheme;
use bookify::{collate, markdown};
use proptest::prelude::*;

fn schemes() -> Vec<Scheme> {
    [("en", include_str!("../layouts/chapters/en.yaml")), ("fr", include_str!("../layouts/chapters/fr.yaml"))]
        .map(|(name, text)| Scheme::parse(name, text).expect("the scheme is sound"))
        .into()
}

/// Lines such as dossiers have, in any order, with what nobody expects between them.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        "[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9}){0,3}: [A-Z][a-z ,]{5,80}\\.",
        "• [A-Z][a-z ]{3,40}\\??",
        "[A-Z][a-z ,“”‘’\"']{60,200}\\.",
        Just("Metadata:".to_owned()),
        Just("Conclusion".to_owned()),
        Just("After the Credits".to_owned()),
        "Year: [0-9]{4}",
        Just("Context: One two. (Prompt II)".to_owned()),
        Just("Editing: Three four.".to_owned()),
    ]
}

fn dossier() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 0..60), any::<bool>()).prop_map(|(lines, titled)| {
        let title = if titled { "A Film (1950)\n" } else { "" };
        format!("{title}{}", lines.join("\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_word_of_the_source_stands_in_the_dossier_once_and_in_order(text in dossier()) {
        let known = Known { title: Some("A Film".to_owned()), ..Known::default() };
        if let Ok(read) = ingest::read("x.txt", text.as_bytes(), &schemes(), &known) {
            let found = collate::source_and_dossier(&read.value.repaired_source(), &read.value.dossier);
            prop_assert!(found.is_ok(), "{:?}", found);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let read = ingest::read("x.txt", &bytes, &schemes(), &Known::default());
        prop_assert!(read.is_ok() || read.is_err());
    }

    #[test]
    fn the_reviewed_form_reads_back_to_the_same_dossier(text in dossier()) {
        let known = Known { title: Some("A Film".to_owned()), ..Known::default() };
        if let Ok(read) = ingest::read("x.txt", text.as_bytes(), &schemes(), &known) {
            let dossier = read.value.dossier;
            let written = markdown::write(&dossier);
            let again = markdown::read("x.md", &written).map(|read| read.value);
            prop_assert_eq!(again.as_ref(), Ok(&dossier), "{}", written);
        }
    }
}
