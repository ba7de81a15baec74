//! A dossier as an outline for people: lines, words, and a mark where the program is not sure.

use crate::dossier::{
    Block, Certainty, Chapter, Content, Dossier, Heading, Origin, Rank, SectionRole, plain,
};
use crate::source::Source;
use std::fmt::Write as _;

/// So much of a block's words is shown.
const SHOWN: usize = 64;

/// The outline. The lines are those of the source.
pub fn outline(dossier: &Dossier, source: &Source) -> String {
    let mut out = Outline { source, text: String::new() };
    out.metadata(dossier);
    for block in &dossier.front {
        out.block(block, 0);
    }
    for chapter in &dossier.chapters {
        out.chapter(chapter);
    }
    out.text.trim_end().to_owned()
}

struct Outline<'a> {
    source: &'a Source,
    text: String,
}

impl Outline<'_> {
    fn metadata(&mut self, dossier: &Dossier) {
        let metadata = &dossier.metadata;
        let year = metadata.year.map_or_else(String::new, |year| format!(" ({year})"));
        let rows = [
            ("title", Some(format!("{}{year}", metadata.title))),
            ("original title", metadata.original_title.clone()),
            ("directors", some_list(&metadata.directors)),
            ("countries", some_list(&metadata.countries)),
            ("languages", some_list(&metadata.languages)),
            ("runtime", metadata.runtime_minutes.map(|minutes| format!("{minutes} minutes"))),
            ("date", metadata.date.map(|date| date.to_string())),
            ("tagline", metadata.tagline.clone()),
            ("language", Some(dossier.language.clone())),
        ];
        for (name, value) in rows {
            if let Some(value) = value {
                let _ = writeln!(self.text, "{name:>15}  {value}");
            }
        }
        self.text.push('\n');
    }

    fn chapter(&mut self, chapter: &Chapter) {
        let words = chapter.texts().map(|(text, _)| words(&plain(text))).sum::<usize>();
        let sure = chapter.certainty.probability() * 100.0;
        let doubt = if chapter.certainty < Certainty::DOUBTFUL { "  ?" } else { "" };
        let first = chapter.texts().find_map(|(_, origin)| origin.span());
        let line = first.map_or_else(String::new, |span| self.source.line_of(span.start).to_string());
        let id = chapter.id.as_str();
        let title = plain(&chapter.title.text);
        let supplied = if chapter.title.origin.is_text() { "" } else { " (title supplied)" };
        let _ = writeln!(
            self.text,
            "\n{line:>5}  {id}: {title}{supplied}  · {words} words · {sure:.0} % sure{doubt}"
        );
        for block in &chapter.opening {
            self.block(block, 1);
        }
        for section in &chapter.sections {
            self.heading(&section.title, section.role);
            for block in &section.blocks {
                self.block(block, 2);
            }
        }
    }

    fn heading(&mut self, heading: &Heading, role: SectionRole) {
        let line = self.line(&heading.origin);
        let scene = match role {
            SectionRole::Plain => "",
            SectionRole::Scene => "scene: ",
        };
        let supplied = if heading.origin.is_text() { "" } else { " (supplied)" };
        let _ = writeln!(self.text, "{line:>5}    {scene}{}{supplied}", plain(&heading.text));
    }

    fn block(&mut self, block: &Block, depth: usize) {
        let line = self.line(&block.origin);
        let texts = block.content.texts().into_iter().map(|text| plain(text)).collect::<Vec<_>>();
        let count = texts.iter().map(|text| words(text)).sum::<usize>();
        let text = match &block.content {
            Content::Labelled { .. } | Content::Field { .. } => texts.join(": "),
            Content::Term { .. } => texts.join(" – "),
            Content::Group { .. } => format!("{}:", texts.concat()),
            Content::Date(_)
            | Content::Title(_)
            | Content::Tagline(_)
            | Content::Paragraph(_)
            | Content::Item(_)
            | Content::Question(_) => texts.concat(),
        };
        let (kind, deeper) = kind(&block.content);
        let indent = "  ".repeat(depth + deeper);
        let unsure = match &block.origin {
            Origin::Source { certainty, .. } if *certainty < Certainty::from_thousandths(900) => " ?",
            Origin::Source { .. } | Origin::Supplied => "",
            Origin::Edited => " (edited)",
        };
        let _ = writeln!(self.text, "{line:>5}  {indent}{kind}{}  · {count}{unsure}", shortened(&text));
    }

    fn line(&self, origin: &Origin) -> String {
        origin.span().map_or_else(String::new, |span| self.source.line_of(span.start).to_string())
    }
}

/// The mark before a block, and how much deeper it stands.
fn kind(content: &Content) -> (&'static str, usize) {
    match content {
        Content::Date(_) => ("date ", 0),
        Content::Title(_) => ("title ", 0),
        Content::Tagline(_) => ("tagline ", 0),
        Content::Paragraph(_) => ("", 0),
        Content::Labelled { rank: Rank::Second, .. } | Content::Group { .. } => ("§ ", 0),
        Content::Labelled { rank: Rank::Third, .. } => ("§§ ", 1),
        Content::Item(_) => ("• ", 0),
        Content::Question(_) => ("? ", 0),
        Content::Term { .. } => ("= ", 0),
        Content::Field { .. } => (". ", 1),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn some_list(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}
