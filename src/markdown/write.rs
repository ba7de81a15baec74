//! Dossier to file: front matter, blocks, list of origins.

use super::attributes::Attributes;
use super::front_matter;
use super::labels;
use super::origins::Ledger;
use super::spelling::{Place, spell};
use crate::dossier::{Block, Chapter, Content, Dossier, Inline, Origin, Rank, Section, SectionRole};
use std::fmt::Write as _;

/// The whole file.
pub fn file(dossier: &Dossier) -> String {
    let mut page = Page { out: front_matter::write(dossier), run: None, ledger: Ledger::default() };
    page.blocks(&dossier.front);
    for chapter in &dossier.chapters {
        page.ledger.chapter(&chapter_start(chapter), chapter.certainty);
        page.heading(&chapter_heading(chapter), &chapter.title.origin);
        page.blocks(&chapter.opening);
        for section in &chapter.sections {
            page.heading(&section_heading(section), &section.title.origin);
            page.blocks(&section.blocks);
        }
    }
    page.out.push_str(&page.ledger.comment());
    page.out
}

/// `## Context {#context}`
pub fn chapter_heading(chapter: &Chapter) -> String {
    let id = Some(chapter.id.as_str().to_owned());
    let supplied = chapter.title.origin == Origin::Supplied;
    heading("##", &chapter.title.text, &Attributes { id, supplied, scene: false })
}

/// `### The Rotor Ride {.scene}`
pub fn section_heading(section: &Section) -> String {
    let scene = match section.role {
        SectionRole::Plain => false,
        SectionRole::Scene => true,
    };
    let supplied = section.title.origin == Origin::Supplied;
    heading("###", &section.title.text, &Attributes { id: None, scene, supplied })
}

/// What a chapter starts with: its heading and the first piece below it. Where a person moved the
/// heading, this is another one.
pub fn chapter_start(chapter: &Chapter) -> String {
    let block = chapter.opening.first().map(|first| block(&first.content));
    let first = block.or_else(|| chapter.sections.first().map(section_heading)).unwrap_or_default();
    format!("{}\n\n{first}", chapter_heading(chapter))
}

fn heading(hashes: &str, text: &[Inline], attributes: &Attributes) -> String {
    let words = spell(text, Place::InLine);
    let braces = attributes.braces(&words);
    [hashes, &words, &braces].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A block by itself. A question's number is its place in the list, so here it is always 1.
pub fn block(content: &Content) -> String {
    match content {
        Content::Date(text) => heading("######", text, &Attributes::default()),
        Content::Title(text) => heading("#", text, &Attributes::default()),
        Content::Tagline(text) => format!("> {}", spell(text, Place::LineStart)),
        Content::Paragraph(text) => spell(text, Place::LineStart),
        Content::Labelled { rank, label, text } => match rank {
            Rank::Second => labels::with_text(label, text),
            Rank::Third => format!("- {}", labels::with_text(label, text)),
        },
        Content::Group { label } => labels::alone(label),
        Content::Item(text) => format!("* {}", spell(text, Place::LineStart)),
        Content::Question(text) => format!("1. {}", spell(text, Place::LineStart)),
        Content::Field { name, value } => format!("+ {}", labels::with_text(name, value)),
        Content::Term { term, definition } => {
            let definition = if definition.is_empty() {
                labels::NO_TEXT.to_owned()
            } else {
                spell(definition, Place::LineStart)
            };
            format!("{}\n\n: {definition}", spell(term, Place::LineStart))
        }
    }
}

/// Lists whose items stand line under line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Items,
    Questions(usize),
    Fields,
}

impl Run {
    /// The list that a block is in, given the one that the block before it was in.
    fn of(content: &Content, before: Option<Self>) -> Option<Self> {
        match content {
            Content::Item(_) => Some(Self::Items),
            Content::Field { .. } => Some(Self::Fields),
            Content::Question(_) => match before {
                Some(Self::Questions(count)) => Some(Self::Questions(count + 1)),
                Some(Self::Items | Self::Fields) | None => Some(Self::Questions(1)),
            },
            Content::Date(_)
            | Content::Title(_)
            | Content::Tagline(_)
            | Content::Paragraph(_)
            | Content::Labelled { .. }
            | Content::Group { .. }
            | Content::Term { .. } => None,
        }
    }

    fn continues(self, before: Option<Self>) -> bool {
        before.is_some_and(|before| std::mem::discriminant(&before) == std::mem::discriminant(&self))
    }
}

/// The file so far.
struct Page {
    out: String,
    run: Option<Run>,
    ledger: Ledger,
}

impl Page {
    fn heading(&mut self, line: &str, origin: &Origin) {
        self.ledger.piece(line, origin);
        self.run = None;
        self.out.push('\n');
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for each in blocks {
            let written = block(&each.content);
            self.ledger.piece(&written, &each.origin);
            let run = Run::of(&each.content, self.run);
            if !run.is_some_and(|run| run.continues(self.run)) {
                self.out.push('\n');
            }
            match (run, written.strip_prefix('1')) {
                (Some(Run::Questions(number)), Some(after)) => {
                    let _ = writeln!(self.out, "{number}{after}");
                }
                (Some(Run::Questions(_) | Run::Items | Run::Fields) | None, _) => {
                    self.out.extend([&written, "\n"]);
                }
            }
            self.run = run;
        }
    }
}
