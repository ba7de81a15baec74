//! File to dossier: headings open chapters and sections, the list at the end gives origins back.

use super::attributes::{self, Attributes};
use super::blocks;
use super::front_matter;
use super::inlines::Gatherer;
use super::manuscript::Manuscript;
use super::origins::Origins;
use super::write;
use crate::diag::{Diagnostic, Warned};
use crate::dossier::{
    Block, Certainty, Chapter, ChapterId, Content, Dossier, Heading, Origin, Section, SectionRole, Text,
};
use comrak::nodes::{AstNode, NodeHeading, NodeValue};
use comrak::{Arena, Options, parse_document};

/// Reads the whole file.
///
/// # Errors
/// Where the front matter is missing or broken.
pub fn file(name: &str, text: &str) -> Result<Warned<Dossier>, Diagnostic> {
    let parted = front_matter::part(text).ok_or_else(|| front_matter::missing(name, text))?;
    let front_matter = front_matter::read(name, text, &parted)?;
    let manuscript = Manuscript::new(name, &parted);
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.description_lists = true;
    let document = parse_document(&arena, &manuscript.markdown(), &options);
    let mut reader =
        Reader { manuscript, front: Vec::new(), chapters: Vec::new(), origins: Origins::default() };
    for node in document.children() {
        reader.node(node);
    }
    let mut dossier = front_matter.dossier(reader.front, reader.chapters);
    restore_origins(&mut dossier, &mut reader.origins);
    let warnings = reader.manuscript.into_warnings(&dossier.chapters);
    Ok(Warned { value: dossier, warnings })
}

struct Reader<'t> {
    manuscript: Manuscript<'t>,
    front: Vec<Block>,
    chapters: Vec<Chapter>,
    origins: Origins,
}

impl Reader<'_> {
    fn node<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        match &data.value {
            NodeValue::Heading(heading) => self.heading(*heading, node),
            NodeValue::HtmlBlock(html) if Origins::is_list(&html.literal) => {
                for line in self.origins.read(&html.literal) {
                    let line = data.sourcepos.start.line + line;
                    self.manuscript.warn_line(line, "this line of the list of origins cannot be read", None);
                }
            }
            _ => {
                let contents = blocks::read(node, &mut self.manuscript);
                self.push(contents);
            }
        }
    }

    fn push(&mut self, contents: Vec<Content>) {
        let blocks = match self.chapters.last_mut() {
            None => &mut self.front,
            Some(Chapter { opening, sections, .. }) => {
                sections.last_mut().map_or(opening, |last| &mut last.blocks)
            }
        };
        blocks.extend(contents.into_iter().map(|content| Block { content, origin: Origin::Edited }));
    }

    fn heading<'a>(&mut self, heading: NodeHeading, node: &'a AstNode<'a>) {
        let mut text = Gatherer::new(&mut self.manuscript).text(node.children());
        let before = text.clone();
        let attributes = Attributes::take(&mut text).unwrap_or_default();
        if attributes::has_unknown(&text) {
            let hint = "`{#id}` and `{.supplied}` stand after a chapter's title, `{.scene}` after a scene's";
            self.manuscript.warn_hint(node, "these braces are not known; they are kept as words", hint);
        }
        if text.is_empty() {
            self.manuscript.warn(node, "a heading without words");
        }
        match (heading.level, &attributes.id) {
            (_, None) if text.is_empty() => {}
            (2, Some(id)) => self.open_chapter(ChapterId::new(id), text, attributes.supplied, node),
            (2, None) if !self.chapters.is_empty() => {
                let message = "a chapter's heading ends with its id, `## Context {#context}`; this one is kept as a section";
                let hint = "add the id that the chapter scheme gives, or write `###` for a section";
                self.manuscript.warn_hint(node, message, hint);
                self.open_section(text, &attributes, node);
            }
            (2 | 3, None) => self.open_section(text, &attributes, node),
            (1, None) if attributes == Attributes::default() => self.push(vec![Content::Title(text)]),
            (6, None) if attributes == Attributes::default() => self.push(vec![Content::Date(text)]),
            (3, Some(_)) => {
                self.manuscript.warn(node, "only a chapter has an id; it is kept as words");
                self.open_section(before, &Attributes::default(), node);
            }
            _ => {
                let contents = blocks::unknown(node, &mut self.manuscript);
                self.push(contents);
            }
        }
    }

    fn open_chapter<'a>(&mut self, id: ChapterId, text: Text, supplied: bool, node: &'a AstNode<'a>) {
        if self.chapters.iter().any(|chapter| chapter.id == id) {
            let message = format!("the chapter `{}` is here twice", id.as_str());
            self.manuscript.warn_hint(node, &message, "join the two, or give one of them another id");
        }
        let title = provisional(text, supplied);
        let certainty = Certainty::SURE;
        self.chapters.push(Chapter { id, title, certainty, opening: Vec::new(), sections: Vec::new() });
    }

    fn open_section<'a>(&mut self, text: Text, attributes: &Attributes, node: &'a AstNode<'a>) {
        let Some(chapter) = self.chapters.last_mut() else {
            let message = "no section can stand before the first chapter; its heading is kept as a paragraph";
            self.manuscript.warn_hint(
                node,
                message,
                "a chapter's heading ends with its id: `## Context {#context}`",
            );
            return self.push(vec![Content::Paragraph(text)]);
        };
        let role = if attributes.scene { SectionRole::Scene } else { SectionRole::Plain };
        let title = provisional(text, attributes.supplied);
        chapter.sections.push(Section { role, title, blocks: Vec::new() });
    }
}

/// A heading that says of itself whether it was supplied; the list of origins has the last word.
fn provisional(text: Text, supplied: bool) -> Heading {
    Heading { text, origin: if supplied { Origin::Supplied } else { Origin::Edited } }
}

/// Gives every piece the origin that is listed for its Markdown, in the order in which they were written.
fn restore_origins(dossier: &mut Dossier, origins: &mut Origins) {
    restore_blocks(&mut dossier.front, origins);
    for chapter in &mut dossier.chapters {
        chapter.certainty = origins.take_chapter(&write::chapter_start(chapter));
        chapter.title.origin = origins.take_piece(&write::chapter_heading(chapter));
        restore_blocks(&mut chapter.opening, origins);
        for section in &mut chapter.sections {
            section.title.origin = origins.take_piece(&write::section_heading(section));
            restore_blocks(&mut section.blocks, origins);
        }
    }
}

fn restore_blocks(blocks: &mut [Block], origins: &mut Origins) {
    for block in blocks {
        block.origin = origins.take_piece(&write::block(&block.content));
    }
}
