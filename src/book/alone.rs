//! A chapter alone, as a book: what is laid out where corrections of its pages are tried.

use super::{Almanac, Book, Part, Run};
use std::collections::BTreeSet;

impl Book {
    /// The book without what its chapters bring: no chapter, no index, no films of an almanac; nor the
    /// colophon.
    #[must_use]
    pub fn without_chapters(&self) -> Self {
        Self {
            chapters: Vec::new(),
            index: Vec::new(),
            almanac: self.almanac.as_ref().map(|_| Almanac::default()),
            language: self.language.clone(),
            region: self.region.clone(),
            title: self.title.clone(),
            original_title: self.original_title.clone(),
            year: self.year,
            tagline: self.tagline.clone(),
            directors: self.directors.clone(),
            runtime_minutes: self.runtime_minutes,
            date: self.date.clone(),
            club: self.club.clone(),
            season: self.season.clone(),
            position: self.position,
            films: self.films.clone(),
            terms: self.terms.clone(),
            front: self.front.clone(),
            card: self.card.clone(),
            agenda: self.agenda.clone(),
            cover: self.cover.clone(),
            edition: self.edition.clone(),
            subjects: self.subjects.clone(),
            rights: self.rights.clone(),
            // a word changed elsewhere in the dossier changes nothing here
            colophon: Vec::new(),
            source_hash: None,
        }
    }

    /// The chapter at this place alone, in `frame`, which is this book [without its
    /// chapters](Self::without_chapters): with the entries of the index that it names, and of an almanac
    /// with its film. Its pages come out as in the whole book.
    #[must_use]
    pub fn alone(&self, chapter: usize, frame: &Self) -> Option<Self> {
        let own = self.chapters.get(chapter)?;
        let mut book = Self { chapters: vec![own.clone()], ..frame.clone() };
        let mut named = BTreeSet::new();
        book.texts_mut().into_iter().for_each(|text| collect_named(text, &mut named));
        let leads = |id: &str| named.contains(id);
        let entries =
            self.index.iter().filter(|it| leads(&it.id) || it.within.iter().any(|it| leads(&it.id)));
        book.index = entries.cloned().collect();
        if let (Some(almanac), Some(whole)) = (&mut book.almanac, &self.almanac) {
            almanac.films.extend(self.feature_of(&own.id).cloned());
            if own.part == Part::Glossary {
                almanac.explained_in.clone_from(&whole.explained_in);
            }
        }
        Some(book)
    }
}

/// Adds the entries of the index that words lead to.
pub fn collect_named(runs: &[Run], named: &mut BTreeSet<String>) {
    for run in runs {
        if let Run::Named { entry, .. } = run {
            named.insert(entry.clone());
        }
        collect_named(run.inner(), named);
    }
}
