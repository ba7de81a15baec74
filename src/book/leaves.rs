//! The leaves of a book, one after the other.

use super::{Block, Book, Figure, Printed, Run, TitleLeaf, printed};
use std::collections::BTreeMap;

impl Book {
    /// The pictures within the text, in reading order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let blocks = self.chapters.iter().flat_map(|chapter| {
            chapter.opening.iter().chain(chapter.sections.iter().flat_map(|section| &section.blocks))
        });
        blocks.filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            Block::Paragraph(_)
            | Block::Labelled { .. }
            | Block::Group { .. }
            | Block::List { .. }
            | Block::Questions { .. }
            | Block::Glossary { .. }
            | Block::Fields { .. }
            | Block::Date(_)
            | Block::Title(_)
            | Block::Tagline(_) => None,
        })
    }

    /// Puts a layout's words in place of the scheme's, in the colophon too.
    pub fn reword(&mut self, words: &BTreeMap<String, String>) {
        for (key, word) in words {
            if let Some(old) = self.terms.insert(key.clone(), word.clone()) {
                self.colophon.iter_mut().filter(|line| **line == old).for_each(|line| line.clone_from(word));
            }
        }
    }

    /// Everything that is printed once, in reading order.
    pub fn printed(&self) -> Vec<Printed> {
        let front = [&self.front.date, &self.front.title, &self.front.tagline]
            .into_iter()
            .flatten()
            .chain(&self.front.more);
        let front =
            front.map(|leaf| (leaf.id.as_str(), vec![leaf.text.as_slice()], false)).collect::<Vec<_>>();
        let mut all = self
            .front
            .order
            .iter()
            .filter_map(|id| front.iter().find(|leaf| leaf.0 == id).cloned())
            .collect::<Vec<_>>();
        for chapter in &self.chapters {
            all.push(title(&chapter.title));
            all.extend(chapter.opening.iter().flat_map(Block::leaves).map(|(id, texts)| (id, texts, false)));
            for section in &chapter.sections {
                all.push(title(&section.title));
                all.extend(
                    section.blocks.iter().flat_map(Block::leaves).map(|(id, texts)| (id, texts, false)),
                );
            }
        }
        all.into_iter()
            .map(|(id, texts, supplied)| Printed {
                id: id.to_owned(),
                text: texts.into_iter().map(printed).collect::<Vec<_>>().join(" "),
                supplied,
            })
            .collect()
    }
}

fn title(leaf: &TitleLeaf) -> (&str, Vec<&[Run]>, bool) {
    (&leaf.id, vec![&leaf.text], leaf.supplied)
}
