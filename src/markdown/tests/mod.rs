//! The reviewed form by example and by law.

mod arbitrary;
mod broken;
mod edits;
mod form;
mod laws;

use crate::dossier::{
    Block, Certainty, Chapter, ChapterId, Content, Dossier, Heading, Inline, Metadata, Origin, Rank, Rule,
    Section, SectionRole, SourceFile, Text, plain,
};
use crate::source::Span;

const FRONT_MATTER: &str = "---\nbookify: 1\nlanguage: en\ntitle: Salt and Snow\n---\n";

fn text(words: &str) -> Text {
    vec![Inline::Words(words.to_owned())]
}

fn from_source(start: usize, end: usize, rule: Rule) -> Origin {
    Origin::Source { span: Span::new(start, end), rule, certainty: Certainty::from_thousandths(970) }
}

fn chapter(id: &str, title: &str, origin: Origin) -> Chapter {
    Chapter {
        id: ChapterId::new(id),
        title: Heading { text: text(title), origin },
        certainty: Certainty::SURE,
        opening: Vec::new(),
        sections: Vec::new(),
    }
}

fn section(role: SectionRole, title: &str, origin: Origin, contents: Vec<Content>) -> Section {
    Section { role, title: Heading { text: text(title), origin }, blocks: blocks(contents) }
}

/// Blocks with an origin each, as if they stood one after another in the source.
fn blocks(contents: Vec<Content>) -> Vec<Block> {
    let origin = |index: usize| from_source(100 * index, 100 * index + 90, Rule::Paragraph);
    contents
        .into_iter()
        .enumerate()
        .map(|(index, content)| Block { content, origin: origin(index) })
        .collect()
}

/// The headings and blocks of a dossier, one a line.
fn summary(dossier: &Dossier) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(dossier.front.iter().map(block_summary));
    for chapter in &dossier.chapters {
        lines.push(format!("[{}] {}", chapter.id.as_str(), plain(&chapter.title.text)));
        lines.extend(chapter.opening.iter().map(block_summary));
        for section in &chapter.sections {
            lines.push(format!("{:?} section | {}", section.role, plain(&section.title.text)));
            lines.extend(section.blocks.iter().map(block_summary));
        }
    }
    lines
}

fn block_summary(block: &Block) -> String {
    let kind = match &block.content {
        Content::Date(_) => "date",
        Content::Title(_) => "title",
        Content::Tagline(_) => "tagline",
        Content::Paragraph(_) => "paragraph",
        Content::Labelled { rank: Rank::Second, .. } => "labelled 2",
        Content::Labelled { rank: Rank::Third, .. } => "labelled 3",
        Content::Group { .. } => "group",
        Content::Item(_) => "item",
        Content::Question(_) => "question",
        Content::Term { .. } => "term",
        Content::Field { .. } => "field",
    };
    let texts = block.content.texts().into_iter().map(|text| plain(text)).collect::<Vec<_>>();
    format!("{kind} | {}", texts.join(" | "))
}

/// A dossier about a film that was never made, with every kind of block.
fn sample() -> Dossier {
    let front = vec![
        Content::Date(text("Discussed on May 3rd, 2026")),
        Content::Title(text("Salt and Snow (1927)")),
        Content::Tagline(text("Two lighthouses, one winter")),
    ];
    Dossier {
        language: "en".to_owned(),
        metadata: sample_metadata(),
        front: blocks(front),
        chapters: vec![sample_guide(), sample_production(), sample_scenes()],
        source: Some(SourceFile { name: "salt-and-snow.txt".to_owned(), sha256: "5a17".repeat(16) }),
    }
}

fn sample_metadata() -> Metadata {
    Metadata {
        title: "Salt and Snow".to_owned(),
        original_title: Some("Salt og snø: en vinter".to_owned()),
        year: Some(1927),
        directors: vec!["Ingrid Vik".to_owned(), "No".to_owned()],
        countries: vec!["Norway".to_owned()],
        languages: Vec::new(),
        runtime_minutes: Some(81),
        date: chrono::NaiveDate::from_ymd_opt(2026, 5, 3),
        tagline: Some("Two lighthouses, one winter".to_owned()),
        fields: vec![("Year".to_owned(), "1927".to_owned()), ("Country".to_owned(), "Norway".to_owned())],
    }
}

fn sample_guide() -> Chapter {
    let start = vec![
        Content::Paragraph(text("Two keepers, one lamp. 1927 was a bad year for both.")),
        Content::Item(text("Fog, and what it hides")),
        Content::Item(text("- a dash that stays a dash")),
    ];
    let definition = text("A circle that closes on the picture");
    let words = vec![
        Content::Term { term: text("Iris"), definition },
        Content::Question(text("Who lights the lamp?")),
        Content::Question(text("And who pays for the oil?")),
    ];
    let sub_heading = from_source(140, 150, Rule::SubHeading);
    Chapter {
        certainty: Certainty::from_thousandths(912),
        sections: vec![
            section(SectionRole::Plain, "Start Here", sub_heading, start),
            section(SectionRole::Plain, "Words", Origin::Edited, words),
        ],
        ..chapter("guide", "A Guide for the Evening", Origin::Supplied)
    }
}

fn sample_production() -> Chapter {
    let field = |name, value| Content::Field { name: text(name), value: text(value) };
    let labelled = |rank, label, words| Content::Labelled { rank, label: text(label), text: text(words) };
    let opening = vec![
        Content::Group { label: text("Metadata") },
        field("Year", "1927"),
        field("Country", "Norway"),
        labelled(Rank::Second, "Influences", "The sea, mostly."),
        labelled(Rank::Third, "Aud Egede", "Her ballads gave the film its titles."),
    ];
    let heading = from_source(900, 910, Rule::ChapterHeading);
    Chapter { opening: blocks(opening), ..chapter("production", "Production", heading) }
}

fn sample_scenes() -> Chapter {
    let reference = Inline::Reference { chapter: ChapterId::new("production"), words: "Prompt I".to_owned() };
    let stressed = vec![
        Inline::Words("The keeper reads ".to_owned()),
        Inline::Emphasis(text("Peer Gynt")),
        Inline::Words(" (".to_owned()),
        reference,
        Inline::Words("), un".to_owned()),
        Inline::Strong(text("believ")),
        Inline::Words("ably slowly & at 4 * 2 fps.".to_owned()),
    ];
    let contents = vec![Content::Paragraph(stressed)];
    let heading = from_source(2000, 2014, Rule::ChapterHeading);
    Chapter {
        sections: vec![section(SectionRole::Scene, "The Lamp Goes Out {again}", Origin::Supplied, contents)],
        ..chapter("scenes", "Close Analysis", heading)
    }
}
