//! Settings files: YAML into types, with line and column of whatever is wrong.

use crate::diag::{Code, Diagnostic, Place};
use serde::de::DeserializeOwned;

/// Reads a settings file; `what` names it in the message ("the season").
///
/// # Errors
/// Where the text is not YAML of the wanted shape, or a key stands twice in one mapping: with both
/// lines, because only one of the two values would count.
pub fn read<T: DeserializeOwned>(what: &str, file: &str, text: &str) -> Result<T, Diagnostic> {
    if let Some(twice) = doubled_key(text) {
        let Doubled { key, first, second, column } = twice;
        let message = format!("{what} has `{key}` twice, in line {first} and in line {second}");
        return Err(Diagnostic::error(Code::Settings, message)
            .at(Place::at(file, text, second, column))
            .hint("keep one of the two"));
    }
    serde_yaml::from_str(text).map_err(|error| {
        let message = error.to_string();
        match error.location() {
            Some(at) => {
                // the place says it already
                let message = message.replace(&format!(" at line {} column {}", at.line(), at.column()), "");
                Diagnostic::error(Code::Settings, format!("{what} cannot be read: {message}")).at(Place::at(
                    file,
                    text,
                    at.line(),
                    at.column(),
                ))
            }
            None => Diagnostic::error(Code::Settings, format!("{what} cannot be read: {message}"))
                .at(Place::file(file)),
        }
    })
}

/// A key that stands twice in one mapping: lines, and the column of the second, from 1.
#[derive(Debug, PartialEq, Eq)]
pub struct Doubled<'a> {
    /// The key.
    pub key: &'a str,
    /// Its first line.
    pub first: usize,
    /// Its second line.
    pub second: usize,
    /// Where it stands in the second line.
    pub column: usize,
}

/// An open mapping: its indentation, and its keys with their lines.
type Mapping<'a> = (usize, Vec<(&'a str, usize)>);

/// The first key that stands twice in a mapping of the block style. Mappings are told by their
/// indentation; a list's dash opens a mapping of its own.
#[must_use]
pub fn doubled_key(text: &str) -> Option<Doubled<'_>> {
    // outermost first
    let mut open: Vec<Mapping> = Vec::new();
    let mut literal: Option<usize> = None;
    for (index, line) in text.lines().enumerate() {
        let mut rest = line.trim_start();
        let mut indent = line.len() - rest.len();
        if rest.is_empty() || rest.starts_with('#') || literal.is_some_and(|outer| indent > outer) {
            continue;
        }
        literal = None;
        while let Some(item) = rest.strip_prefix("- ") {
            open.retain(|(depth, _)| *depth <= indent);
            let inner = item.trim_start();
            indent += rest.len() - inner.len();
            rest = inner;
            open.retain(|(depth, _)| *depth < indent);
        }
        let Some((key, value)) = key_of(rest) else {
            continue;
        };
        open.retain(|(depth, _)| *depth <= indent);
        if open.last().is_none_or(|(depth, _)| *depth < indent) {
            open.push((indent, Vec::new()));
        }
        let keys = open.last_mut().map(|(_, keys)| keys)?;
        if let Some((_, first)) = keys.iter().find(|(known, _)| *known == key) {
            return Some(Doubled { key, first: *first, second: index + 1, column: indent + 1 });
        }
        keys.push((key, index + 1));
        // text under `|` or `>` holds no keys
        literal = value.starts_with(['|', '>']).then_some(indent);
    }
    None
}

/// The key of a line and what follows it.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let quoted = key.starts_with(['"', '\'']);
    let plain = !key.is_empty() && (quoted || !key.contains(['"', '\'', '{', '[', '#']));
    let separate = value.is_empty() || value.starts_with([' ', '\t']);
    (plain && separate).then(|| (key.trim_matches(['"', '\'']), value.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_stand_once_in_a_mapping() {
        for (text, expected) in [
            ("a: 1\nb: 2\n", None),
            ("a: 1\nb: 2\na: 3\n", Some(("a", 1, 3, 1))),
            ("films:\n  - d: x\n    t: 1\n  - d: y\n    t: 2\n", None),
            ("films:\n  - d: x\n    t: 1\n    d: y\n", Some(("d", 2, 4, 5))),
            ("a:\n  x: 1\nb:\n  x: 1\n", None),
            ("a: |\n  x: 1\n  x: 2\nb: 1\n", None),
            ("a: 'x: y'\n\"a\": 2\n", Some(("a", 1, 2, 1))),
        ] {
            let found = doubled_key(text).map(|twice| (twice.key, twice.first, twice.second, twice.column));
            assert_eq!(found, expected, "{text}");
        }
    }
}
