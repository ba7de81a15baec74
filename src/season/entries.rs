//! What `season.yaml` says, told apart: what holds for all films, and what is said of each.

use super::Season;
use serde_yaml::Value;
use std::collections::BTreeMap;

/// The words of a season, so that a change of one film's is not one of all. Two files that say the same are
/// equal here, whatever their comments, quotes and blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// Everything but the films, as JSON.
    pub common: String,
    /// Every film's entry by the name of its dossier, as JSON.
    pub films: BTreeMap<String, String>,
}

impl Season {
    /// The entries of a season file; of one that cannot be read, none.
    #[must_use]
    pub fn entries(text: &str) -> Entries {
        let mut season = serde_yaml::from_str::<Value>(text).unwrap_or_default();
        let films = season.as_mapping_mut().and_then(|season| season.remove("films")).unwrap_or_default();
        let films = films.as_sequence().map(Vec::as_slice).unwrap_or_default();
        let named =
            films.iter().filter_map(|film| Some((film.get("dossier")?.as_str()?.to_owned(), json(film))));
        Entries { common: json(&season), films: named.collect() }
    }
}

/// What cannot be written as JSON (a mapping whose keys are lists) no season has.
fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_one_of_the_film_or_of_all() {
        let text = "club: Society\nfilms:\n  - dossier: one\n    year: 1920\n  - dossier: two\n";
        let entries = Season::entries(text);
        assert_eq!(entries.films.keys().collect::<Vec<_>>(), ["one", "two"]);
        for (changed, common, one, two) in [
            (
                "club: Society # ours\nfilms:\n  - { dossier: one, year: 1920 }\n  - dossier: \"two\"\n",
                true,
                true,
                true,
            ),
            ("club: Other\nfilms:\n  - dossier: one\n    year: 1920\n  - dossier: two\n", false, true, true),
            (
                "club: Society\nfilms:\n  - dossier: one\n    year: 1921\n  - dossier: two\n",
                true,
                false,
                true,
            ),
            ("club: Society\nfilms:\n  - dossier: two\n", true, false, true),
        ] {
            let now = Season::entries(changed);
            assert_eq!(now.common == entries.common, common, "{changed}");
            assert_eq!(now.films.get("one") == entries.films.get("one"), one, "{changed}");
            assert_eq!(now.films.get("two") == entries.films.get("two"), two, "{changed}");
        }
    }

    #[test]
    fn what_is_no_season_has_no_entries() {
        for text in ["", "- a\n- b\n", "films: none\n", "\"", "films: [1, {}]\n"] {
            assert_eq!(Season::entries(text).films, BTreeMap::new(), "{text}");
        }
    }
}
