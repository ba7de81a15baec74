//! `(Prompt II)` in the text becomes a live cross-reference; the source's words stay.

use super::evidence::roman;
use crate::diag::{Code, Diagnostic, Place};
use crate::dossier::{Block, ChapterId, Content, Dossier, Inline, Text};
use crate::scheme::Scheme;
use crate::source::Source;

/// Marks the references in every text. Warns of those that name a chapter which is not there.
pub fn link(dossier: &mut Dossier, scheme: &Scheme, source: &Source) -> Vec<Diagnostic> {
    let present = dossier.chapters.iter().map(|chapter| chapter.id.clone()).collect::<Vec<_>>();
    let mut linker = Linker { scheme, present, warnings: Vec::new() };
    for chapter in &mut dossier.chapters {
        let sections = chapter.sections.iter_mut().flat_map(|section| &mut section.blocks);
        for block in chapter.opening.iter_mut().chain(sections) {
            linker.block(block, source);
        }
    }
    linker.warnings
}

struct Linker<'a> {
    scheme: &'a Scheme,
    present: Vec<ChapterId>,
    warnings: Vec<Diagnostic>,
}

impl Linker<'_> {
    fn block(&mut self, block: &mut Block, source: &Source) {
        let span = block.origin.span();
        match &mut block.content {
            Content::Paragraph(text)
            | Content::Labelled { text, .. }
            | Content::Item(text)
            | Content::Question(text)
            | Content::Term { definition: text, .. } => {
                let missing = self.text(text);
                let place = span.map_or_else(|| Place::file(source.name()), |span| Place::of(source, span));
                self.warnings.extend(missing.into_iter().map(|words| {
                    Diagnostic::warning(
                        Code::ReferenceUnresolved,
                        format!("“{words}” names a chapter that this dossier does not have; it is printed as it stands"),
                    )
                    .at(place.clone())
                    .hint("check the number, or whether the chapter was found at all (`bookify inspect`)")
                }));
            }
            Content::Date(_)
            | Content::Title(_)
            | Content::Tagline(_)
            | Content::Group { .. }
            | Content::Field { .. } => {}
        }
    }

    /// Links one text and gives the references that lead nowhere.
    fn text(&self, text: &mut Text) -> Vec<String> {
        let mut missing = Vec::new();
        let linked = std::mem::take(text).into_iter().flat_map(|inline| match inline {
            Inline::Words(words) => self.words(&words, &mut missing),
            Inline::Emphasis(mut inner) => {
                missing.extend(self.text(&mut inner));
                vec![Inline::Emphasis(inner)]
            }
            Inline::Strong(mut inner) => {
                missing.extend(self.text(&mut inner));
                vec![Inline::Strong(inner)]
            }
            Inline::Reference { .. } => vec![inline],
        });
        let linked = linked.collect();
        *text = linked;
        missing
    }

    fn words(&self, words: &str, missing: &mut Vec<String>) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut plain = String::new();
        let mut rest = words;
        while let Some((before, found, after)) = self.next_reference(rest) {
            plain.push_str(before);
            let chapter = roman(last_word(found)).and_then(|number| self.scheme.numbered(number));
            let id =
                chapter.map(|chapter| ChapterId::new(&chapter.id)).filter(|id| self.present.contains(id));
            if let Some(chapter) = id {
                if !plain.is_empty() {
                    out.push(Inline::Words(std::mem::take(&mut plain)));
                }
                out.push(Inline::Reference { chapter, words: found.to_owned() });
            } else {
                missing.push(found.to_owned());
                plain.push_str(found);
            }
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            out.push(Inline::Words(plain));
        }
        out
    }

    /// The first `Prompt V` in a text: what stands before it, itself, what stands after it.
    fn next_reference<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
        let starts = self.scheme.reference_words.iter().flat_map(|word| text.match_indices(word.as_str()));
        let mut starts = starts.collect::<Vec<_>>();
        starts.sort_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())));
        starts.into_iter().find_map(|(at, word)| {
            let rest = text[at + word.len()..].strip_prefix([' ', '\u{a0}'])?;
            let begin = text.len() - rest.len();
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let boundary = !text[..at].ends_with(char::is_alphanumeric);
            roman(&rest[..length]).filter(|_| boundary)?;
            Some((&text[..at], &text[at..begin + length], &text[begin + length..]))
        })
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', '\u{a0}']).next().unwrap_or(text)
}
