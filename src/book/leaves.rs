//! The leaves of a book, one after the other.

use super::{Block, Book, Chapter, Figure, Front, Printed, Run, Section, TitleLeaf, printed};
use std::collections::BTreeMap;

/// A leaf: its id, its texts, whether the program supplied it.
type Found<'a> = (&'a str, Vec<&'a [Run]>, bool);

impl Chapter {
    /// The ids of its leaves: its title, those of its opening, of its sections.
    pub fn leaf_ids<'a>(&'a self) -> impl Iterator<Item = &'a str> {
        let section =
            |section: &'a Section| std::iter::once(section.title.id.as_str()).chain(ids_of(&section.blocks));
        std::iter::once(self.title.id.as_str())
            .chain(ids_of(&self.opening))
            .chain(self.sections.iter().flat_map(section))
    }
}

fn ids_of(blocks: &[Block]) -> impl Iterator<Item = &str> {
    blocks.iter().flat_map(Block::leaves).map(|(id, _)| id)
}

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
        let mut all = front(&self.front);
        for (at, chapter) in self.chapters.iter().enumerate() {
            all.extend(self.features_at(at).flat_map(|film| front(&film.front)));
            all.push(title(&chapter.title));
            all.extend(chapter.opening.iter().flat_map(leaves));
            for section in &chapter.sections {
                all.push(title(&section.title));
                all.extend(section.blocks.iter().flat_map(leaves));
            }
        }
        all.extend(self.features_at(self.chapters.len()).flat_map(|film| front(&film.front)));
        all.into_iter()
            .map(|(id, texts, supplied)| Printed {
                id: id.to_owned(),
                text: texts.into_iter().map(printed).collect::<Vec<_>>().join(" "),
                supplied,
            })
            .collect()
    }
}

/// The lines before the first chapter, in the order of the source.
fn front(front: &Front) -> Vec<Found<'_>> {
    let lines = [&front.date, &front.title, &front.tagline].into_iter().flatten().chain(&front.more);
    let lines = lines.collect::<Vec<_>>();
    let in_order = front.order.iter().filter_map(|id| lines.iter().find(|leaf| leaf.id == *id));
    in_order.map(|leaf| (leaf.id.as_str(), vec![leaf.text.as_slice()], false)).collect()
}

fn leaves(block: &Block) -> impl Iterator<Item = Found<'_>> {
    block.leaves().into_iter().map(|(id, texts)| (id, texts, false))
}

fn title(leaf: &TitleLeaf) -> Found<'_> {
    (&leaf.id, vec![&leaf.text], leaf.supplied)
}
