//! The paragraph with which a chapter opens, as a person names it: by its first words.

use super::classify::Unit;
use super::markup;
use super::words;
use crate::source::Span;

/// So many words name a paragraph, if no other place of the dossier has the same ones.
const FEWEST: usize = 6;
/// More words than this nobody wants to read in a settings file.
const MOST: usize = 16;

/// The paragraph with which a chapter may open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Its bytes in the source.
    pub span: Span,
    /// Its first words as they are printed: six, or as many more as no other place has. Without the
    /// bullet before them and the comma behind them.
    pub words: String,
}

/// All words of a dossier, to find out which places share them.
pub struct Concordance(String);

impl Concordance {
    /// Of all units.
    pub fn new(units: &[Unit]) -> Self {
        Self(units.iter().map(|unit| folded(&unit.text)).collect::<String>() + " ")
    }

    /// How the paragraph of `unit` is named.
    pub fn opening(&self, unit: &Unit) -> Opening {
        let text = unit.text.replace(markup::is_mark, "");
        let ends = word_ends(&text);
        let fewest = FEWEST.min(ends.len());
        let enough = ends[fewest.saturating_sub(1)..]
            .iter()
            .find(|end| self.count(&text[..**end]) < 2)
            .or(ends.get(fewest.saturating_sub(1)));
        let words = enough.map_or(text.as_str(), |end| &text[..*end]);
        Opening {
            span: unit.span,
            words: words.trim_end_matches([',', ';', '.', ':', '—', '–']).trim_end().to_owned(),
        }
    }

    /// In how many places these words stand, capitals, accents and punctuation aside.
    fn count(&self, text: &str) -> usize {
        self.0.match_indices(&(folded(text) + " ")).count()
    }
}

/// Where the first words end, in bytes. A clean text has no blank but a single one.
fn word_ends(text: &str) -> Vec<usize> {
    text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).take(MOST).collect()
}

/// The words in their plainest form, a blank before each.
fn folded(text: &str) -> String {
    words::words(text).flat_map(|word| [" ".to_owned(), word]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::classify::Shape;

    fn check(texts: &[&str], expected: &str) {
        let unit = |text: &&str| Unit {
            span: Span::default(),
            text: (*text).to_owned(),
            bulleted: false,
            marked: (*text).to_owned(),
            heading: None,
            doubtful: false,
            shape: Shape::Prose,
            words: 0,
        };
        let units = texts.iter().map(unit).collect::<Vec<_>>();
        assert_eq!(Concordance::new(&units).opening(&units[0]).words, expected);
    }

    #[test]
    fn six_words_name_a_paragraph() {
        check(&["The film begins with a train, and it ends with one."], "The film begins with a train");
    }

    #[test]
    fn more_words_where_another_place_has_the_same_ones() {
        check(
            &["A boy runs down to the sea at dawn.", "It ends: a boy runs down to the street."],
            "A boy runs down to the sea",
        );
    }

    #[test]
    fn a_short_paragraph_is_named_by_all_it_has() {
        check(&["Start Here", "Start here, or there."], "Start Here");
        check(&["Comparisons:"], "Comparisons");
        check(&["…"], "…");
    }
}
