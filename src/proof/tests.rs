//! The page of whole dossiers: nothing is lost, nothing is markup, pins are found again.

use super::rows::{self, Piece};
use super::{marks, page, pin};
use crate::dossier::{
    Block, Certainty, Chapter, ChapterId, Content, Dossier, Heading, Inline, Metadata, Origin, Rule, Section,
    SectionRole, Text,
};
use crate::ingest::{self, Known, Recovered};
use crate::scheme::Scheme;
use crate::source::{Source, Span};

/// What a dossier may hold and what must come out as text.
const HOSTILE: &str = "</style></script><script>alert(1)</script> \"><img src=x onerror=alert(2)> &amp; ]]> <!-- --> \0\u{202e}x";

fn scheme() -> Scheme {
    Scheme::parse("en.yaml", include_str!("../../layouts/chapters/en.yaml")).expect("the scheme is sound")
}

fn read(text: &str) -> (Recovered, Scheme, Vec<crate::diag::Diagnostic>) {
    let read = ingest::read("dossier.txt", text.as_bytes(), &[scheme()], &Known::default())
        .expect("it is a dossier");
    (read.value, scheme(), read.warnings)
}

/// A dossier without headings, as people paste it.
fn pasted() -> String {
    let gold = include_str!("../../tests/dossiers/nosferatu.gold.tsv");
    let visible =
        gold.lines().filter_map(|line| line.split_once('\t')).filter(|(kind, _)| !"@ThS".contains(kind));
    let lines = visible.flat_map(|(kind, text)| [if "BQG".contains(kind) { "• " } else { "" }, text, "\n"]);
    lines.collect()
}

/// The lines of a page's left column, in order.
fn numbers(page: &str) -> Vec<usize> {
    let ids = page.split("class=\"line\" id=\"L").skip(1);
    ids.map(|rest| rest.split('"').next().and_then(|id| id.parse().ok()).expect("a number")).collect()
}

#[test]
fn every_line_of_the_source_stands_once_on_the_left() {
    for text in [pasted(), pasted().replace('\n', "\r\n\r\n"), format!("\n\n{}\n\n\n", pasted())] {
        let (recovered, scheme, warnings) = read(&text);
        let page = page(&recovered, &scheme, &warnings);
        assert_eq!(numbers(&page), (1..=recovered.source.line_count()).collect::<Vec<_>>());
    }
}

#[test]
fn every_piece_of_the_dossier_stands_once_on_the_right() {
    let (recovered, ..) = read(&pasted());
    let parts = rows::parts(&recovered.dossier, &recovered.source);
    let pieces = parts.iter().flat_map(|part| &part.rows).map(|row| row.pieces.len()).sum::<usize>();
    let supplied =
        recovered.dossier.chapters.iter().filter(|chapter| !chapter.title.origin.is_text()).count();
    let headings = |chapter: &Chapter| chapter.sections.len() + 1;
    let chapters = &recovered.dossier.chapters;
    let blocks = chapters.iter().map(|chapter| chapter.blocks().count() + headings(chapter)).sum::<usize>();
    assert_eq!(pieces, recovered.dossier.front.len() + blocks - supplied);
}

#[test]
fn no_text_is_markup() {
    let text = format!("Nosferatu (1922)\n{HOSTILE}\n{}", pasted().replacen("Hutter", HOSTILE, 3));
    let (recovered, scheme, warnings) = read(&text);
    let page = page(&recovered, &scheme, &warnings);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert_eq!(page.matches("</style").count(), 1);
    assert!(!page.contains("<img") && !page.contains("<!--") && !page.contains(['\0', '\u{202e}']));
    assert!(page.contains("&lt;img src=x onerror=alert(2)&gt;"));
}

#[test]
fn a_page_asks_for_nothing() {
    let (recovered, scheme, warnings) = read(&pasted());
    let page = page(&recovered, &scheme, &warnings);
    assert!(page.contains("default-src 'none'") || page.contains("default-src &apos;none&apos;"));
    for outside in ["src=", "href=\"http", "url(", "@import", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn the_words_of_a_pin_are_found_in_the_source() {
    let (recovered, scheme, warnings) = read(&pasted());
    let page = page(&recovered, &scheme, &warnings);
    let printed =
        recovered.dossier.texts().map(|(text, _)| crate::dossier::plain(text) + "\n").collect::<String>();
    let openings = recovered.starts.iter().flat_map(|start| {
        let other = start.runner_up.as_ref().map(|other| &other.opening);
        std::iter::once(&start.opening).chain(other).map(|opening| (start.chapter, opening))
    });
    let mut shown = 0;
    for (chapter, opening) in openings.filter(|(_, opening)| !opening.words.contains(':')) {
        let found = printed.matches(&opening.words).count();
        let whole = opening.words.split_whitespace().count() < 6;
        assert!(found == 1 || whole && found > 0, "“{}” stands {found} times", opening.words);
        let pin = pin::start(&scheme.chapters[chapter].id, &opening.words);
        shown += usize::from(page.contains(&pin.replace('"', "&quot;")));
    }
    assert!(shown >= recovered.starts.len(), "{shown} pins are shown");
}

#[test]
fn every_edit_is_marked() {
    let (recovered, ..) = read(&pasted().replace('’', "'").replace("the ", "the  "));
    let marks = marks::marks(&recovered.edits, &recovered.source);
    assert!(marks.len() > 300, "{} marks", marks.len());
    for mark in &marks {
        let typed = recovered.source.slice(mark.span);
        assert!(typed.chars().count() <= 4, "“{typed}” is marked as a whole: {mark:?}");
    }
    assert!(marks.windows(2).all(|two| two[0].span.end <= two[1].span.start));
}

fn words(text: &str) -> Text {
    vec![Inline::Words(text.to_owned())]
}

fn from(start: usize, end: usize) -> Origin {
    let span = Span::new(start, end);
    Origin::Source { span, rule: Rule::Paragraph, certainty: Certainty::SURE }
}

fn block(start: usize, end: usize) -> Block {
    Block { content: Content::Paragraph(words("x")), origin: from(start, end) }
}

fn heading(origin: Origin) -> Heading {
    Heading { text: words("T"), origin }
}

#[test]
fn joined_lines_share_a_row_and_supplied_headings_have_none() {
    // lines: 1 a, 2 b, 3 blank, 4 c, 5 blank, 6 d, 7 e, 8 empty
    let source = Source::new("x.txt", "a\nb\n\nc\n\nd\ne\n".to_owned(), "UTF-8", b"");
    let section =
        Section { role: SectionRole::Scene, title: heading(Origin::Supplied), blocks: vec![block(8, 11)] };
    let chapter = Chapter {
        id: ChapterId::new("scenes"),
        title: heading(Origin::Supplied),
        certainty: Certainty::SURE,
        opening: vec![block(5, 6)],
        sections: vec![section],
    };
    let dossier = Dossier {
        language: "en".to_owned(),
        metadata: Metadata::default(),
        front: vec![block(0, 3)],
        chapters: vec![chapter],
        source: None,
    };
    let parts = rows::parts(&dossier, &source);
    let shown = parts.iter().map(|part| {
        let rows = part.rows.iter().map(|row| {
            let pieces = row.pieces.iter().map(|piece| match piece {
                Piece::Title(_) => "title",
                Piece::Section(..) => "section",
                Piece::Block(_, false) => "block",
                Piece::Block(_, true) => "block below",
            });
            format!("{:?} {}", row.lines, pieces.collect::<Vec<_>>().join("+"))
        });
        rows.collect::<Vec<_>>().join(", ")
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        ["1..3 block, 3..4 ", "4..5 block, 5..6 , 6..6 section, 6..8 block below, 8..9 "]
    );
}
