//! As much of CSS as saved pages use to say bold, italics and "not shown". Google Docs writes no `<b>`: it has
//! `.c2{font-weight:700}` in the head and `<span class="c2">` in the text.

use super::runs::Face;
use std::collections::BTreeMap;

/// What declarations say of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    bold: Option<bool>,
    italic: Option<bool>,
    /// Whether it is not shown.
    pub hidden: bool,
}

impl Look {
    /// Reads declarations: `font-weight:700;font-style:italic`.
    pub fn of(declarations: &str) -> Self {
        let mut look = Self::default();
        for declaration in declarations.split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_end_matches("!important").trim_end().to_lowercase();
            match property.trim().to_lowercase().as_str() {
                "font-weight" => look.bold = weight(&value),
                "font-style" => look.italic = Some(value == "italic" || value == "oblique"),
                "display" => look.hidden = value == "none",
                _ => {}
            }
        }
        look
    }

    /// The face of a text within one of another face.
    pub fn face(self, outer: Face) -> Face {
        Face { bold: self.bold.unwrap_or(outer.bold), italic: self.italic.unwrap_or(outer.italic) }
    }
}

fn weight(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u16>().ok().map(|number| number >= 600),
    }
}

/// The looks of classes.
#[derive(Debug, Default)]
pub struct Classes(BTreeMap<String, Look>);

impl Classes {
    /// Takes the rules of a style sheet whose selector is a class and nothing else: `.c2`, `span.c2`.
    /// Rules within `@media` and the like are for other occasions than reading.
    pub fn add(&mut self, sheet: &str) {
        let mut at_rules = 0_usize;
        let mut rest = sheet;
        while let Some(brace) = rest.find(['{', '}']) {
            let (before, closes) = (&rest[..brace], rest[brace..].starts_with('}'));
            rest = &rest[brace + 1..];
            // `@import url(…);.c2`: what ends in a semicolon is no part of the selector
            let selectors = before.rsplit(';').next().unwrap_or(before).trim();
            if closes {
                at_rules = at_rules.saturating_sub(1);
            } else if selectors.starts_with('@') {
                at_rules += 1;
            } else {
                let end = rest.find('}').unwrap_or(rest.len());
                if at_rules == 0 {
                    self.add_rule(selectors, Look { hidden: false, ..Look::of(&rest[..end]) });
                }
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }

    fn add_rule(&mut self, selectors: &str, look: Look) {
        if look == Look::default() {
            return;
        }
        for selector in selectors.split(',') {
            let selector = selector.trim();
            if let Some((_, class)) = selector.split_once('.')
                && class.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))
            {
                self.0.insert(class.to_owned(), look);
            }
        }
    }

    /// The face of a text of these classes within one of another face.
    pub fn face<'c>(&self, classes: impl Iterator<Item = &'c str>, outer: Face) -> Face {
        classes.filter_map(|class| self.0.get(class)).fold(outer, |face, look| look.face(face))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_say_bold_and_italic() {
        let mut classes = Classes::default();
        classes.add("@import url(x);.c1{font-weight:700}p{font-weight:700}span.c2 , .c3{color:red;font-style:italic}.a .b{font-weight:bold}@media print{.c4{font-weight:700}}.c5{font-weight:400");
        let face = |class: &str, outer| classes.face(class.split(' '), outer);
        let bold = Face { bold: true, italic: false };
        let none = Face::default();
        assert_eq!(
            [face("c1", none), face("b", none), face("c4", none), face("c5", bold)],
            [bold, none, none, none]
        );
        assert_eq!(face("c1 c3", none), Face { bold: true, italic: true });
    }

    #[test]
    fn declarations_are_read_as_they_are_written() {
        assert_eq!(
            Look::of("FONT-WEIGHT : Bold !important; display:none").face(Face::default()),
            Face { bold: true, italic: false }
        );
        assert!(Look::of("color:red;display: none").hidden);
        assert_eq!(Look::of("font-weight:inherit"), Look::default());
    }
}
