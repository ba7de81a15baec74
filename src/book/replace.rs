//! A book without the characters that cannot be printed.

use super::{Book, Run, TitleLeaf};

/// Stands for a character that cannot be printed.
const MARK: char = '\u{fffd}';

impl Book {
    /// Puts U+FFFD in place of every character that `is_printable` refuses.
    pub fn replace_characters(&mut self, is_printable: &dyn Fn(char) -> bool) {
        let replace = |text: &mut String| replace_in(text, is_printable);
        replace(&mut self.title);
        let optional =
            [&mut self.original_title, &mut self.tagline, &mut self.club, &mut self.season, &mut self.rights];
        optional.into_iter().flatten().for_each(replace);
        self.directors.iter_mut().chain(&mut self.colophon).for_each(replace);
        self.films.iter_mut().for_each(|film| replace(&mut film.title));
        self.edition.title.iter_mut().for_each(replace);
        for row in &mut self.agenda {
            replace(&mut row.label);
            row.question.iter_mut().for_each(replace);
        }
        self.card.iter_mut().for_each(|row| replace(&mut row.value));
        let front = [&mut self.front.date, &mut self.front.title, &mut self.front.tagline];
        let runs = |runs: &mut Vec<Run>| replace_in_runs(runs, is_printable);
        front.into_iter().flatten().chain(&mut self.front.more).for_each(|leaf| runs(&mut leaf.text));
        for chapter in &mut self.chapters {
            replace(&mut chapter.running);
            let title = |title: &mut TitleLeaf| runs(&mut title.text);
            title(&mut chapter.title);
            chapter.opening.iter_mut().for_each(|block| block.runs_mut().into_iter().for_each(runs));
            for section in &mut chapter.sections {
                title(&mut section.title);
                section.blocks.iter_mut().for_each(|block| block.runs_mut().into_iter().for_each(runs));
            }
        }
    }
}

fn replace_in_runs(runs: &mut [Run], is_printable: &dyn Fn(char) -> bool) {
    for run in runs {
        match run {
            Run::Words(words) => replace_in(words, is_printable),
            other => other.inner_mut().into_iter().for_each(|inner| replace_in_runs(inner, is_printable)),
        }
    }
}

fn replace_in(text: &mut String, is_printable: &dyn Fn(char) -> bool) {
    if !text.chars().all(is_printable) {
        *text = text.chars().map(|c| if is_printable(c) { c } else { MARK }).collect();
    }
}
