//! Dossiers of every shape, out of words that Markdown, YAML and HTML could take for their own.

use crate::dossier::{
    Block, Certainty, Chapter, ChapterId, Content, Dossier, Heading, Inline, Metadata, Origin, Rank, Rule,
    Section, SectionRole, SourceFile, Text, plain,
};
use crate::source::Span;
use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of words. Blanks are many, because marks mean most at the edges of words.
pub const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "a",
    "b",
    "Vampyr",
    "é",
    "中文",
    "한",
    "🎬",
    "’",
    "“",
    "”",
    "…",
    "—",
    "\u{a0}",
    "\u{202f}",
    "\u{3000}",
    "\u{2028}",
    "\u{301}",
    "\u{200b}",
    "\u{feff}",
    "*",
    "**",
    "_",
    "__",
    "`",
    "[",
    "]",
    "(",
    ")",
    "](",
    "[x]:",
    "[^1]",
    "<",
    ">",
    "</",
    "<b>",
    "</em>",
    "<em>",
    "<script>",
    "<!--",
    "-->",
    "<!-- -->",
    "<br>",
    "&",
    "&amp;",
    "&#38;",
    ";",
    "#",
    "##",
    "######",
    "+",
    "-",
    "--",
    "---",
    "=",
    "===",
    ":",
    "::",
    ": ",
    "~",
    "~~",
    "~~~",
    "|",
    "\\",
    "!",
    "![",
    "{",
    "}",
    "{}",
    "{#a}",
    "{.scene}",
    "1.",
    "2)",
    "1926",
    "1926. ",
    "$",
    "%",
    "@",
    "^",
    "\"",
    "'",
    "/",
    "http://a.b/c",
    "www.a.b",
    "a@b.c",
    "Year:",
    "Note: ",
    "bookify origins",
    "?",
    ",",
];

fn words() -> impl Strategy<Value = String> {
    vec(select(PIECES), 1..7).prop_map(|pieces| single_blanks(&pieces.concat()))
}

fn single_blanks(words: &str) -> String {
    let mut single = words.to_owned();
    while single.contains("  ") {
        single = single.replace("  ", " ");
    }
    single
}

fn chapter_id() -> impl Strategy<Value = ChapterId> {
    select(&["guide", "context", "a-b", "x.1"][..]).prop_map(ChapterId::new)
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        4 => words().prop_map(Inline::Words),
        1 => (chapter_id(), words()).prop_map(|(chapter, words)| Inline::Reference { chapter, words }),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let text = || vec(inner.clone(), 1..4).prop_map(merged);
        prop_oneof![text().prop_map(Inline::Emphasis), text().prop_map(Inline::Strong)]
    })
}

/// No two words side by side, and no two blanks where they met.
fn merged(inlines: Vec<Inline>) -> Text {
    let mut text = Text::new();
    for inline in inlines {
        match (text.last_mut(), inline) {
            (Some(Inline::Words(run)), Inline::Words(words)) => {
                let words = if run.ends_with(' ') { words.trim_start_matches(' ') } else { &words };
                run.push_str(words);
            }
            (_, inline) => text.push(inline),
        }
    }
    text
}

/// A text that is empty or has no blank at its ends.
fn trimmed(mut text: Text) -> Text {
    if let Some(Inline::Words(words)) = text.first_mut() {
        *words = words.trim_start_matches(' ').to_owned();
    }
    if let Some(Inline::Words(words)) = text.last_mut() {
        *words = words.trim_end_matches(' ').to_owned();
    }
    text.retain(|inline| *inline != Inline::Words(String::new()));
    text
}

fn maybe_empty() -> impl Strategy<Value = Text> {
    vec(inline(), 0..4).prop_map(merged).prop_map(trimmed)
}

fn filled() -> impl Strategy<Value = Text> {
    maybe_empty().prop_map(|text| if text.is_empty() { vec![Inline::Words("x".to_owned())] } else { text })
}

fn label() -> impl Strategy<Value = Text> {
    let only_colons = |text: &Text| plain(text).trim_matches([' ', ':']).is_empty();
    filled().prop_map(
        move |text| {
            if only_colons(&text) { vec![Inline::Words("x:".to_owned())] } else { text }
        },
    )
}

fn content() -> impl Strategy<Value = Content> {
    let rank = select(&[Rank::Second, Rank::Third][..]);
    prop_oneof![
        1 => filled().prop_map(Content::Date),
        1 => filled().prop_map(Content::Title),
        1 => filled().prop_map(Content::Tagline),
        3 => filled().prop_map(Content::Paragraph),
        3 => (rank, label(), maybe_empty()).prop_map(|(rank, label, text)| Content::Labelled { rank, label, text }),
        1 => label().prop_map(|label| Content::Group { label }),
        3 => filled().prop_map(Content::Item),
        2 => filled().prop_map(Content::Question),
        2 => (filled(), maybe_empty()).prop_map(|(term, definition)| Content::Term { term, definition }),
        2 => (label(), maybe_empty()).prop_map(|(name, value)| Content::Field { name, value }),
    ]
}

fn certainty() -> impl Strategy<Value = Certainty> {
    prop_oneof![Just(Certainty::SURE), (0u16..=1000).prop_map(Certainty::from_thousandths)]
}

fn origin() -> impl Strategy<Value = Origin> {
    let source = (0usize..100_000, 0usize..1000, select(Rule::ALL), certainty()).prop_map(
        |(start, length, rule, certainty)| Origin::Source {
            span: Span::new(start, start + length),
            rule,
            certainty,
        },
    );
    prop_oneof![3 => source, 1 => Just(Origin::Edited), 1 => Just(Origin::Supplied)]
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    vec((content(), origin()).prop_map(|(content, origin)| Block { content, origin }), 0..5)
}

fn heading() -> impl Strategy<Value = Heading> {
    (filled(), origin()).prop_map(|(text, origin)| Heading { text, origin })
}

fn section() -> impl Strategy<Value = Section> {
    let role = select(&[SectionRole::Plain, SectionRole::Scene][..]);
    (role, heading(), blocks()).prop_map(|(role, title, blocks)| Section { role, title, blocks })
}

fn chapter() -> impl Strategy<Value = Chapter> {
    (chapter_id(), heading(), certainty(), blocks(), vec(section(), 0..3)).prop_map(
        |(id, title, certainty, opening, sections)| Chapter { id, title, certainty, opening, sections },
    )
}

/// Any string at all: the front matter has no rules for its values but that some are not empty.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), words(), Just(String::new()), "[0-9]{1,5}", "[a-z: #-]{0,9}"]
}

fn given() -> impl Strategy<Value = String> {
    value().prop_map(|value| if value.is_empty() { "M".to_owned() } else { value })
}

fn metadata() -> impl Strategy<Value = Metadata> {
    use proptest::option::of;
    let date =
        of((1890i32..2100, 1u32..366)).prop_map(|date| date.and_then(|(y, d)| NaiveDate::from_yo_opt(y, d)));
    let names = || vec(value(), 0..3);
    let films = (given(), of(value()), of(any::<i32>()), names(), names(), names());
    (films, of(any::<u32>()), date, of(value()), vec((value(), value()), 0..3)).prop_map(
        |(
            (title, original_title, year, directors, countries, languages),
            runtime_minutes,
            date,
            tagline,
            fields,
        )| {
            Metadata {
                title,
                original_title,
                year,
                directors,
                countries,
                languages,
                runtime_minutes,
                date,
                tagline,
                fields,
            }
        },
    )
}

/// Any dossier that keeps to the invariants that `markdown` names. Half of them have the fields of
/// their chapters as their metadata's, as ingest makes them.
pub fn dossier() -> impl Strategy<Value = Dossier> {
    let source = proptest::option::of((value(), value()))
        .prop_map(|source| source.map(|(name, sha256)| SourceFile { name, sha256 }));
    (given(), metadata(), blocks(), vec(chapter(), 0..4), source, any::<bool>()).prop_map(
        |(language, mut metadata, front, chapters, source, from_chapters)| {
            if from_chapters {
                let blocks = chapters.iter().flat_map(Chapter::blocks);
                metadata.fields = blocks
                    .filter_map(|block| match &block.content {
                        Content::Field { name, value } => Some((plain(name), plain(value))),
                        _ => None,
                    })
                    .collect();
            }
            Dossier { language, metadata, front, chapters, source }
        },
    )
}

/// Any body that a person, or an accident, could have written.
pub fn body() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(PIECES),
        2 => select(&["\n", "\n\n", "\r\n", "\n* ", "\n- ", "\n+ ", "\n1. ", "\n> ", "\n\n: ", "\n## ", "\n### ",
            "\n    ", "\n---\n", "\n```\n", "\t", "\r", " {#context}\n", " {.scene}\n", "**Year:** "][..]),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
