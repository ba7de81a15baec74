//! What the form looks like, and how leniently it is read.

use super::{FRONT_MATTER, sample, summary};
use crate::markdown::{is_reviewed, read, write};
use expect_test::{Expect, expect, expect_file};

#[test]
fn every_kind_of_block_in_one_file() {
    let written = write(&sample());
    expect_file!["sample.md"].assert_eq(&written);
    let read = read("sample.md", &written).expect("its own form is read");
    assert_eq!(read.value, sample());
    assert_eq!(read.warnings, []);
}

#[test]
fn line_ends_and_byte_order_mark_make_no_difference() {
    let written = write(&sample());
    let windows = format!("\u{feff}{}", written.replace('\n', "\r\n"));
    assert!(is_reviewed(&windows));
    assert_eq!(read("x.md", &windows).expect("CRLF is read").value, sample());
}

#[test]
fn what_is_reviewed() {
    for (text, expected) in [
        ("---\nbookify: 1\n---\n", true),
        ("---\ntitle: M\nbookify: 1\n---\ntext", true),
        ("---\nbookify: 7\n---\n", true),
        ("---\ntitle: M\n---\nbookify: 1\n", false),
        ("---\nbookify: 1\n", false),
        ("bookify: 1\n", false),
        ("The General (1926)\n---\n", false),
        ("", false),
    ] {
        assert_eq!(is_reviewed(text), expected, "{text:?}");
    }
}

/// The blocks of a body below front matter, one a line, and then the warnings.
#[track_caller]
fn check(body: &str, expected: &Expect) {
    let text = format!("{FRONT_MATTER}{body}");
    let read = read("x.md", &text).expect("the front matter is sound");
    let mut lines = summary(&read.value);
    for warning in read.warnings {
        let line = warning.place.and_then(|place| place.line).unwrap_or_default();
        lines.push(format!("line {line}: {}", warning.message));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn as_people_write_it() {
    check(
        "## Context {#context}\n\
         __Year__: 1926\n\n\
         **Influences :** the sea,\n  mostly\n\n\
         - plain item\n* other\n  mark\n\n\n\
         - **Jean Vigo**: a name\n\n\
         7) a question\n\n\
         Tinting\n: Dyed film\n\n\
         Setext\n------ \n\
         Start Here {.scene}\n---\n\
         He said <b>no</b>.\\\nTwice.<br>Thrice.",
        &expect![[r"
            [context] Context
            labelled 2 | Year | 1926
            labelled 2 | Influences | the sea, mostly
            item | plain item
            item | other mark
            labelled 3 | Jean Vigo | a name
            question | a question
            term | Tinting | Dyed film
            Plain section | Setext
            Scene section | Start Here
            paragraph | He said no. Twice. Thrice.
            line 24: a chapter's heading ends with its id, `## Context {#context}`; this one is kept as a section
            line 26: a chapter's heading ends with its id, `## Context {#context}`; this one is kept as a section"]],
    );
}

#[test]
fn what_the_form_does_not_know_is_kept() {
    check(
        "### Too early\n\n\
         ## No id\n\n\
         ## Context {#context}\n\n\
         ## Nameless\n\n\
         ### Odd {.note}\n\n\
         ### Own {#id}\n\n\
         #### Too deep\n\n\
         ***\n\n\
         | a | b |\n|---|---|\n| c | d |\n\n\
         ```rust\nlet x = 1;\n```\n\n\
         > quoted\n> - list\n\n\
         <div>\nHTML <!-- not this --></div>\n\n\
         <!-- a note to myself -->\n\n\
         * item\n\n  second paragraph\n  1. nested\n\n\
         + no name\n\n\
         [1]: Eisner\n\n\
         `code`, [a link](https://example.org \"Title\"), ![picture](a.png), <u>under</u>, <em>open\n\n\
         ## Context {#context}\n\n[Prompt V](#form)",
        &expect![[r"
            paragraph | Too early
            paragraph | No id
            [context] Context
            Plain section | Nameless
            Plain section | Odd {.note}
            Plain section | Own {#id}
            paragraph | Too deep
            paragraph | | a | b | |---|---| | c | d |
            paragraph | rust let x = 1;
            paragraph | quoted list
            paragraph | <div> HTML </div>
            item | item
            paragraph | second paragraph
            question | nested
            item | no name
            paragraph | [1]: Eisner
            paragraph | code, a link (https://example.org) (Title), picture (a.png), <u>under</u>, <em>open
            [context] Context
            paragraph | Prompt V
            line 6: no section can stand before the first chapter; its heading is kept as a paragraph
            line 8: no section can stand before the first chapter; its heading is kept as a paragraph
            line 12: a chapter's heading ends with its id, `## Context {#context}`; this one is kept as a section
            line 14: these braces are not known; they are kept as words
            line 16: only a chapter has an id; it is kept as words
            line 18: a heading of this kind, or in this place, is not part of the reviewed form; it is kept as a paragraph
            line 20: a rule across the page is not part of the reviewed form; it is left out
            line 26: an indented or fenced text is not part of the reviewed form; it is kept as a paragraph
            line 30: a quotation of more than plain lines is not part of the reviewed form; it is kept as a paragraph
            line 33: HTML is not part of the reviewed form; it is kept as a paragraph
            line 40: an item holds one paragraph; what follows is kept as a block of its own
            line 41: an item holds one paragraph; what follows is kept as a block of its own
            line 43: a field without a name is kept as an item
            line 47: code is not part of the reviewed form; its words are kept as words
            line 47: a picture, or a link out of the dossier, is kept as its words and its address
            line 47: a picture, or a link out of the dossier, is kept as its words and its address
            line 47: `<u>` is not part of the reviewed form; it is kept as words
            line 47: `</u>` is not part of the reviewed form; it is kept as words
            line 49: the chapter `context` is here twice
            line 51: `#form` is no chapter of this dossier"]],
    );
}

#[test]
fn hostile_texts_end() {
    for body in [
        "*a ".repeat(20_000),
        "<em>".repeat(20_000),
        "> ".repeat(5_000),
        "- ".repeat(5_000),
        "[".repeat(20_000),
        "<!-- bookify origins\n".repeat(50),
        "<!-- never closed".to_owned(),
        "\0\u{1}\u{7f}\u{2028}".to_owned(),
        "## {#}\n## {}\n## {# #a}\n### {.scene .scene}\n# {#a}".to_owned(),
    ] {
        let first = read("x.md", &format!("{FRONT_MATTER}{body}")).expect("the front matter is sound");
        let again = read("x.md", &write(&first.value)).expect("its own form is read");
        assert_eq!(again.value, first.value);
    }
}
