//! The few shapes of YAML that the front matter needs, written so that any reader takes them alike.

use std::fmt::Write as _;

/// Adds `key: value`. The key is written as it is.
pub fn pair(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key}: {}", scalar(value));
}

/// Adds `key:` and its values, one a line; nothing where there are none.
pub fn list(out: &mut String, key: &str, values: &[String]) {
    if values.is_empty() {
        return;
    }
    let _ = writeln!(out, "{key}:");
    for value in values {
        let _ = writeln!(out, "  - {}", scalar(value));
    }
}

/// A string as a scalar: plain where no reader can take it for something else, else in double quotes.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    // `: ` and ` #` end a plain scalar; `No` is a title in one YAML and a truth value in another
    const TAKEN: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(|c| c.is_alphanumeric() || " .,'()-/!?&;’‘“”«»–—…".contains(c))
        && !TAKEN.contains(&text.to_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // YAML takes some of these for line ends and refuses others
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => escaped(&mut out, c),
            c if c.is_control() => escaped(&mut out, c),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escaped(out: &mut String, c: char) {
    let _ = write!(out, "\\u{:04X}", u32::from(c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scalar_reads_back() {
        for text in [
            "The General",
            "8½",
            "1984",
            "No",
            "~",
            "",
            " a ",
            "a: b",
            "a # b",
            "- a",
            "[REC]",
            "“M”",
            "M: “x”",
            "null",
            "1e3",
            "0x10",
            "tab\tnew\nline",
            "\u{85}\u{2028}\u{feff}\u{ffff}",
            "L’Âge d’or\u{a0}!",
            "羅生門",
            "🎬",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "'a'",
            "\"a\"",
            "a\\b",
            "?",
            "a ",
            "<<",
            "---",
            "...",
            "{a}",
        ] {
            let read: Result<String, _> = serde_yaml::from_str(&scalar(text));
            assert_eq!(read.ok().as_deref(), Some(text));
        }
    }
}
