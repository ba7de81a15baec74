//! Laws over every dossier and every file.

use super::FRONT_MATTER;
use super::arbitrary::{body, dossier};
use crate::dossier::plain;
use crate::markdown::{is_reviewed, read, write};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn what_is_written_reads_back(dossier in dossier()) {
        let written = write(&dossier);
        prop_assert!(is_reviewed(&written));
        let read = read("x.md", &written).map_err(|error| TestCaseError::fail(format!("{error:?}\n{written}")))?;
        prop_assert_eq!(&read.value, &dossier, "{}", written);
    }

    #[test]
    fn whatever_was_read_is_written_and_read_alike(body in body()) {
        let first = read("x.md", &format!("{FRONT_MATTER}{body}")).expect("the front matter is sound").value;
        let written = write(&first);
        let again = read("x.md", &written).expect("its own form is read").value;
        prop_assert_eq!(&again, &first, "{}", written);
    }

    #[test]
    fn reading_drops_no_word(body in body()) {
        // comments are the editor's own; a rule and a heading's braces hold no words
        let body = body.replace("<!--", "").replace("bookify origins", "");
        let read = read("x.md", &format!("{FRONT_MATTER}{body}")).expect("the front matter is sound").value;
        let kept = read.texts().map(|(text, _)| plain(text)).collect::<Vec<_>>().join(" ");
        for word in ["Vampyr", "中文", "http://a.b/c", "Year", "Note", "1926", "é"] {
            prop_assert!(kept.matches(word).count() >= body.matches(word).count(), "{word} is lost: {kept}");
        }
    }
}
