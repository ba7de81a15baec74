//! Broken front matter: every message names a line and a column.

use crate::diag::Code;
use crate::markdown::read;
use expect_test::{Expect, expect};

#[track_caller]
fn check(front_matter: &str, expected: &Expect) {
    let error = read("x.md", front_matter).expect_err("the front matter is broken");
    assert_eq!(error.code, Code::Settings);
    let place = error.place.expect("every message has a place");
    let column = place.text[..place.mark.start].chars().count() + 1;
    let line = place.line.unwrap_or_default();
    expected.assert_eq(&format!("{line}:{column} {} | {}", error.message, error.hint.unwrap_or_default()));
}

fn with(lines: &str) -> String {
    format!("---\nbookify: 1\nlanguage: en\ntitle: M\n{lines}\n---\n")
}

#[test]
fn missing_or_open() {
    check("# M\n", &expect!["1:1 a reviewed dossier begins with front matter between two lines of `---` | "]);
    check(
        "---\nbookify: 1\n",
        &expect!["1:1 the front matter that begins here is not closed by a second line of `---` | "],
    );
    check(
        "---\nbookify: 1\nlanguage: en\n---\n",
        &expect!["1:1 the front matter has no `title` | add a line `title: …`"],
    );
    check(
        "---\nbookify: 2\nlanguage: en\ntitle: M\n---\n",
        &expect![
            "1:1 `bookify: 2` is a form that this program does not know; it reads 1 | write `bookify: 1` in the front matter"
        ],
    );
    check(
        "---\n---\n",
        &expect![
            "1:1 `bookify: 0` is a form that this program does not know; it reads 1 | write `bookify: 1` in the front matter"
        ],
    );
}

#[test]
fn unknown_and_doubled_keys() {
    check(
        &with("titel: M"),
        &expect![
            "5:1 the front matter cannot be read: unknown field `titel`, expected one of `bookify`, `language`, `title`, `original_title`, `year`, `directors`, `countries`, `languages`, `runtime_minutes`, `date`, `tagline`, `fields`, `source` | "
        ],
    );
    check(
        &with("year: 1931\nyear: 1932"),
        &expect!["6:1 the front matter has `year` twice, in line 5 and in line 6 | keep one of the two"],
    );
    check(
        &with("source:\n  name: a\n  name: b\n  sha256: c"),
        &expect!["7:3 the front matter has `name` twice, in line 6 and in line 7 | keep one of the two"],
    );
    check(
        &with("source: {name: a, name: b}"),
        &expect!["5:9 the front matter cannot be read: source: duplicate field `name` | "],
    );
}

#[test]
fn wrong_values() {
    check(
        &with("year: soon"),
        &expect![[
            r#"5:7 the front matter cannot be read: year: invalid type: string "soon", expected i32 | "#
        ]],
    );
    check(
        &with("date: 31 May 2026"),
        &expect![
            "5:7 the front matter cannot be read: date: `31 May 2026` is not a date; write it as 2026-05-03 | "
        ],
    );
    check(
        &with("directors: Fritz Lang"),
        &expect![[
            r#"5:12 the front matter cannot be read: directors: invalid type: string "Fritz Lang", expected a sequence | "#
        ]],
    );
    check(
        &with("fields:\n  - Year: 1931\n    Country: Germany"),
        &expect![
            "6:5 the front matter cannot be read: fields[0]: each field is an entry of its own: put `- ` before its name | "
        ],
    );
    check(
        &with("fields:\n  - {}"),
        &expect![[
            r#"6:5 the front matter cannot be read: fields[0]: a field has a name and a value, `- Year: "1926"` | "#
        ]],
    );
    check(
        &with("tagline: a: b"),
        &expect!["5:11 the front matter cannot be read: mapping values are not allowed in this context | "],
    );
    check(
        &with("tagline: \"open"),
        &expect![
            "6:1 the front matter cannot be read: found unexpected end of stream, while scanning a quoted scalar at line 5 column 10 | "
        ],
    );
    check(
        &with("\ttagline: tab"),
        &expect![
            "5:1 the front matter cannot be read: found a tab character that violates indentation, while scanning a plain scalar at line 4 column 8 | "
        ],
    );
}

#[test]
fn plain_scalars_are_words() {
    let text = "---\nbookify: 1\nlanguage: en\ntitle: 2046\ntagline: No\nfields:\n  - Year: 2004\n  - Year: 2004\n---\n";
    let read = read("x.md", text).expect("it is sound").value;
    assert_eq!(read.metadata.title, "2046");
    assert_eq!(read.metadata.tagline.as_deref(), Some("No"));
    assert_eq!(read.metadata.fields.len(), 2);
}
