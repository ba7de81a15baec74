//! What the e-book says of its accessibility: nothing that is not looked at here.
//!
//! [`Findings`] reads the finished files and the style sheet. A feature is claimed where its own finding
//! holds; conformance to EPUB Accessibility 1.1 and WCAG 2.2 AA where all of them hold. EPUBCheck and Ace,
//! from outside, test the same files in this project's own tests.

use crate::epub::Edition;
use crate::epub::document::{Document, Place};
use crate::epub::element::Element;
use std::collections::{BTreeMap, BTreeSet};

/// What may be found out about the files of an e-book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Every picture is described, or hidden from those who do not see it (WCAG 1.1.1).
    Described,
    /// Every file has a title, and headings that begin with one of the first rank and skip none
    /// (WCAG 1.3.1, 2.4.2, 2.4.6); the cover has no heading.
    InRanks,
    /// Every link leads to a place that is there, and no id stands twice in a file (WCAG 2.4.4).
    Linked,
    /// Each page of the print edition has one marker (EPUB Accessibility 1.1, 4.2).
    Paged,
    /// The style sheet sets no colour and no length that a reader could not change (WCAG 1.4.3, 1.4.4,
    /// 1.4.10, 1.4.12).
    Adaptable,
}

impl Finding {
    const ALL: [Self; 5] = [Self::Described, Self::InRanks, Self::Linked, Self::Paged, Self::Adaptable];
}

/// What was found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings(BTreeSet<Finding>);

impl Findings {
    /// Looks at all files.
    pub fn of(documents: &[Document], edition: &Edition) -> Self {
        let of_leaves = documents.iter().filter(|document| !document.place.is_supplied());
        let markers = of_leaves.map(|document| document.pages().len()).sum::<usize>();
        let css = [Some(edition.css), edition.fonts.map(|fonts| fonts.css)];
        let holds = |finding: &Finding| match finding {
            Finding::Described => documents.iter().all(is_described),
            Finding::InRanks => documents.iter().all(is_in_ranks),
            Finding::Linked => are_linked(documents),
            Finding::Paged => markers == edition.pages.len(),
            Finding::Adaptable => css.into_iter().flatten().all(is_adaptable),
        };
        Self(Finding::ALL.into_iter().filter(holds).collect())
    }

    /// Whether that was found.
    pub fn holds(&self, finding: Finding) -> bool {
        self.0.contains(&finding)
    }

    /// Whether nothing was found that stands against the standards.
    pub fn conform(&self) -> bool {
        Finding::ALL.into_iter().all(|finding| self.holds(finding))
    }
}

/// Whether every picture has its description, and every drawing is hidden.
fn is_described(document: &Document) -> bool {
    let mut described = true;
    document.content.visit(&mut |element| match element.name() {
        "img" => described &= element.get("alt").is_some_and(|alt| !alt.trim().is_empty()),
        "svg" => described &= element.get("aria-hidden") == Some("true"),
        _ => {}
    });
    described
}

/// The rank of a heading.
fn rank(element: &Element) -> Option<usize> {
    ["h1", "h2", "h3", "h4", "h5", "h6"].iter().position(|name| element.name() == *name).map(|at| at + 1)
}

fn is_in_ranks(document: &Document) -> bool {
    let mut last = 0;
    let (mut firsts, mut in_order) = (0, true);
    document.content.visit(&mut |element| {
        if let Some(rank) = rank(element) {
            in_order &= rank <= last + 1 && !element.words().trim().is_empty();
            firsts += usize::from(rank == 1);
            last = rank;
        }
    });
    let expected = usize::from(document.place != Place::Cover);
    in_order && firsts == expected && !document.title.trim().is_empty()
}

fn are_linked(documents: &[Document]) -> bool {
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut unique = true;
    for document in documents {
        let known = ids.entry(&document.file).or_default();
        document.content.visit(&mut |element| {
            unique &= element.get("id").is_none_or(|id| known.insert(id));
        });
    }
    let leads = |from: &str, href: &str| {
        let (file, id) = href.split_once('#').unwrap_or((href, ""));
        let known = ids.get(if file.is_empty() { from } else { file });
        known.is_some_and(|known| id.is_empty() || known.contains(id))
    };
    let mut linked = unique;
    for document in documents {
        document.content.visit(&mut |element| {
            let label = element.get("aria-labelledby");
            linked &= label.is_none_or(|id| leads(&document.file, &format!("#{id}")));
            if element.name() == "a" {
                linked &= element.get("href").is_some_and(|href| leads(&document.file, href));
            }
        });
    }
    linked
}

/// Whether a style sheet leaves colours to the reader and gives lengths in em or per cent.
fn is_adaptable(css: &str) -> bool {
    css.split(['{', '}', ';']).filter_map(|rule| rule.rsplit_once(':')).all(|(name, value)| {
        let name = name.rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let value = value.trim();
        let coloured = name == "color" || name.starts_with("background");
        let left = ["inherit", "currentColor", "transparent", "none"].contains(&value);
        (!coloured || left) && !value.split([' ', ',', '(', ')']).any(is_fixed)
    })
}

/// `12px`: a length that no reader changes; `0` is one in any unit.
fn is_fixed(length: &str) -> bool {
    let number = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = length.get(number.len()..).unwrap_or_default();
    number.parse::<f64>().is_ok()
        && ["px", "pt", "pc", "mm", "cm", "in", "q"].contains(&unit.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(content: Element) -> Document {
        let (file, title) = ("a.xhtml".to_owned(), "A".to_owned());
        Document { file, title, place: Place::Chapter, sections: Vec::new(), content }
    }

    fn section(children: impl IntoIterator<Item = Element>) -> Document {
        document(Element::new("section").children(children))
    }

    #[test]
    fn headings_begin_with_the_first_rank_and_skip_none() {
        for (names, expected) in [
            (vec!["h1", "h2", "h3", "h2"], true),
            (vec!["h1"], true),
            (vec![], false),
            (vec!["h2"], false),
            (vec!["h1", "h3"], false),
            (vec!["h1", "h1"], false),
        ] {
            let headings = names.iter().map(|name| Element::new(name).text("Words"));
            assert_eq!(is_in_ranks(&section(headings)), expected, "{names:?}");
        }
        assert!(!is_in_ranks(&section([Element::new("h1")])), "a heading without words");
    }

    #[test]
    fn pictures_have_descriptions_and_drawings_are_hidden() {
        let image = |alt: &str| Element::new("img").attr("alt", alt);
        let drawing = |hidden: &str| Element::new("svg").attr("aria-hidden", hidden);
        for (element, expected) in [
            (image("A bridge"), true),
            (image(" "), false),
            (Element::new("img"), false),
            (drawing("true"), true),
            (drawing("false"), false),
        ] {
            assert_eq!(is_described(&section([element.clone()])), expected, "{element:?}");
        }
    }

    #[test]
    fn links_lead_to_places_that_are_there() {
        let link = |href: &str| Element::new("a").attr("href", href);
        let place = |id: &str| Element::new("p").attr("id", id);
        for (elements, expected) in [
            (vec![link("#one"), place("one")], true),
            (vec![link("a.xhtml#one"), place("one")], true),
            (vec![link("a.xhtml")], true),
            (vec![link("b.xhtml")], false),
            (vec![link("#two"), place("one")], false),
            (vec![place("one"), place("one")], false),
            (vec![Element::new("ul").attr("aria-labelledby", "one")], false),
        ] {
            assert_eq!(are_linked(&[section(elements.clone())]), expected, "{elements:?}");
        }
    }

    #[test]
    fn a_style_sheet_leaves_the_page_to_the_reader() {
        for (css, expected) in [
            ("a { color: inherit; margin: 0 .5em }", true),
            ("svg { color: currentColor; width: 50% }", true),
            ("@media (min-width: 30em) { p { margin: 0 } }", true),
            ("p { color: #333 }", false),
            ("a:hover { background-color: white }", false),
            ("p { font-size: 12px }", false),
            ("p { margin: 0 1pt }", false),
        ] {
            assert_eq!(is_adaptable(css), expected, "{css}");
        }
    }
}
