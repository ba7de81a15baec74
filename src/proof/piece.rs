//! The right side: what a line became, with its kind in words, its rank and how sure that is.

use super::rows::Piece;
use crate::dossier::{Block, Certainty, ChapterId, Content, Heading, Inline, Origin, Rank, SectionRole};
use crate::html::{Element, tag};

/// Below so many thousandths the page says how sure it is of a line.
const UNSURE: u16 = 900;

/// What the pieces of a page share.
pub struct Pieces<'a> {
    /// Language of the text.
    pub language: &'a str,
    /// The chapters that are there, in order: a cross-reference leads to the place of its chapter.
    pub chapters: Vec<&'a ChapterId>,
}

/// The kind of a piece: the word on its chip, its class, and how deep it stands.
type Kind = (&'static str, &'static str, u8);

impl Pieces<'_> {
    /// A piece as it is shown.
    pub fn shown(&self, piece: &Piece) -> Element {
        match piece {
            Piece::Title(heading) => self.heading(("heading", "chapter", 0), heading),
            Piece::Section(SectionRole::Plain, heading) => self.heading(("section", "section", 0), heading),
            Piece::Section(SectionRole::Scene, heading) => self.heading(("scene", "scene", 0), heading),
            Piece::Block(block, below) => self.block(block, *below),
        }
    }

    fn heading(&self, kind: Kind, heading: &Heading) -> Element {
        let words = self.texts([("heading", &heading.text)]);
        framed(kind, &heading.origin, words)
    }

    fn block(&self, block: &Block, below: bool) -> Element {
        let (name, class, depth) = kind(&block.content);
        let words = match &block.content {
            Content::Labelled { label, text, .. } => self.texts([("label", label), ("", text)]),
            Content::Group { label } => self.texts([("label", label)]),
            Content::Term { term, definition } => self.texts([("label", term), ("", definition)]),
            Content::Field { name, value } => self.texts([("label", name), ("", value)]),
            Content::Date(text)
            | Content::Title(text)
            | Content::Tagline(text)
            | Content::Paragraph(text)
            | Content::Item(text)
            | Content::Question(text) => self.texts([("", text)]),
        };
        framed((name, class, depth + u8::from(below)), &block.origin, words)
    }

    /// The texts of a piece; what is split off at the front stands in a box.
    fn texts<'t>(&self, texts: impl IntoIterator<Item = (&'static str, &'t Vec<Inline>)>) -> Element {
        let line = tag("div").class("words").attr("lang", self.language.to_owned()).attr("dir", "auto");
        texts.into_iter().filter(|(_, text)| !text.is_empty()).fold(line, |line, (class, text)| match class {
            "" => self.inlines(line, text),
            class => line.child(self.inlines(tag("b").class(class), text)).text(" "),
        })
    }

    fn inlines(&self, out: Element, text: &[Inline]) -> Element {
        text.iter().fold(out, |out, inline| match inline {
            Inline::Words(words) => out.text(words),
            Inline::Emphasis(inner) => out.child(self.inlines(tag("em"), inner)),
            Inline::Strong(inner) => out.child(self.inlines(tag("strong"), inner)),
            Inline::Reference { chapter, words } => {
                match self.chapters.iter().position(|id| *id == chapter) {
                    Some(at) => out.child(
                        tag("a")
                            .class("reference")
                            .attr("href", format!("#chapter-{at}"))
                            .attr("title", format!("cross-reference to “{}”", chapter.as_str()))
                            .text(words),
                    ),
                    None => out.text(words),
                }
            }
        })
    }
}

/// The frame of a piece: chip, words, and a note on how sure that is where it is in doubt.
fn framed((name, class, depth): Kind, origin: &Origin, words: Element) -> Element {
    let chip = tag("span").class("chip").text(name);
    let (doubt, chip, note) = match origin {
        Origin::Source { rule, certainty, .. } if certainty.thousandths() < UNSURE => {
            let sure =
                format!("{} % sure, by the rule “{}”", percent(*certainty), rule.name().replace('-', " "));
            (" unsure", chip, Some(sure))
        }
        Origin::Source { rule, .. } => {
            ("", chip.attr("title", format!("by the rule “{}”", rule.name().replace('-', " "))), None)
        }
        Origin::Edited => ("", chip, Some("edited".to_owned())),
        Origin::Supplied => (" supplied", chip, Some("supplied: it is not in the source".to_owned())),
    };
    tag("div")
        .class(format!("piece k-{class} depth-{depth}{doubt}"))
        .child(chip)
        .child(words)
        .children(note.map(|note| tag("span").class("mark").text(note)))
}

fn kind(content: &Content) -> Kind {
    match content {
        Content::Date(_) => ("date", "front", 0),
        Content::Title(_) => ("title", "front", 0),
        Content::Tagline(_) => ("tagline", "front", 0),
        Content::Paragraph(_) => ("paragraph", "paragraph", 0),
        Content::Labelled { rank: Rank::Second, .. } => ("label", "label", 0),
        Content::Labelled { rank: Rank::Third, .. } => ("sub-label", "sublabel", 1),
        Content::Group { .. } => ("group", "label", 0),
        Content::Item(_) => ("item", "item", 0),
        Content::Question(_) => ("question", "question", 0),
        Content::Term { .. } => ("term", "term", 0),
        Content::Field { .. } => ("field", "field", 1),
    }
}

/// A certainty in whole per cent, never more than it is: 99.9 % is 99.
pub fn percent(certainty: Certainty) -> u16 {
    certainty.thousandths() / 10
}
