//! Ids that are a film's own within an almanac.

use super::super::{Block, Book, Run};

/// Parts the id of a film from the id of what is in it.
const JOINT: char = '.';

/// The id of a film, put before the ids of what is in it.
pub struct Prefix<'a>(pub &'a str);

impl Prefix<'_> {
    /// The id of a film's own with the film's before it.
    pub fn before(&self, id: &str) -> String {
        format!("{}{JOINT}{id}", self.0)
    }

    fn put(&self, id: &mut String) {
        *id = self.before(id);
    }

    /// Puts it before the ids of leaves and chapters, before whatever leads to them and to entries of the
    /// index, and before the names of pictures' files.
    pub fn put_before_ids_of(&self, book: &mut Book) {
        let front = &mut book.front;
        let lines = [&mut front.date, &mut front.title, &mut front.tagline].into_iter().flatten();
        lines.chain(&mut front.more).for_each(|leaf| self.put(&mut leaf.id));
        front.order.iter_mut().for_each(|id| self.put(id));
        for chapter in &mut book.chapters {
            self.put(&mut chapter.id);
            self.put(&mut chapter.title.id);
            chapter.opening.iter_mut().for_each(|block| self.put_before_leaves(block));
            for section in &mut chapter.sections {
                self.put(&mut section.title.id);
                section.blocks.iter_mut().for_each(|block| self.put_before_leaves(block));
            }
        }
        for text in book.texts_mut() {
            self.put_before_links(text);
        }
    }

    fn put_before_leaves(&self, block: &mut Block) {
        match block {
            Block::Paragraph(leaf) | Block::Date(leaf) | Block::Title(leaf) | Block::Tagline(leaf) => {
                self.put(&mut leaf.id);
            }
            Block::Labelled { id, .. } | Block::Group { id, .. } => self.put(id),
            Block::List { items } | Block::Questions { items } => {
                for leaf in items {
                    self.put(&mut leaf.id);
                }
            }
            Block::Glossary { items } => items.iter_mut().for_each(|pair| self.put(&mut pair.id)),
            Block::Fields { items } => items.iter_mut().for_each(|fact| self.put(&mut fact.id)),
            Block::Figure(figure) => {
                self.put(&mut figure.id);
                figure.picture.file = picture_file(self.0, &figure.picture.file);
            }
        }
    }

    fn put_before_links(&self, runs: &mut [Run]) {
        for run in runs {
            match run {
                Run::Reference { chapter: id, .. }
                | Run::Gloss { gloss: id, .. }
                | Run::Named { entry: id, .. } => self.put(id),
                Run::Words(_)
                | Run::Emphasis { .. }
                | Run::Strong { .. }
                | Run::Work { .. }
                | Run::Foreign { .. } => {}
            }
            run.inner_mut().into_iter().for_each(|inner| self.put_before_links(inner));
        }
    }
}

/// The file of a film's picture within an almanac: `pictures/the-general.still-1.jpg`.
#[must_use]
pub fn picture_file(volume: &str, file: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/{}", Prefix(volume).before(name)),
        None => Prefix(volume).before(file),
    }
}
