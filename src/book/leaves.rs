//! The leaves of a book in reading order.

use super::{Block, Book, Front, Run, TitleLeaf, printed};

/// A part of the book that is printed once: its id, its words, whether the program supplied it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The leaf's id.
    pub id: String,
    /// Its words as they are printed.
    pub text: String,
    /// Whether the program supplied them.
    pub supplied: bool,
}

/// A leaf: its id, its texts, whether the program supplied them.
type Found<'a> = (&'a str, Vec<&'a [Run]>, bool);

impl Book {
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
