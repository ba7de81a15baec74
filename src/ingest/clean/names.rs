//! The names that the chapter scheme knows: a line that begins with one opens a paragraph.

use crate::ingest::words;
use crate::scheme::Scheme;
use std::collections::BTreeSet;

/// Titles, headings, labels and fields of a scheme, folded.
pub struct Names(BTreeSet<Vec<String>>);

impl Names {
    /// All names of a scheme.
    pub fn of(scheme: &Scheme) -> Self {
        let fields = &scheme.fields;
        let facts = [
            &fields.title,
            &fields.original_title,
            &fields.year,
            &fields.director,
            &fields.country,
            &fields.language,
            &fields.runtime,
            &fields.other,
        ];
        let chapters = scheme.chapters.iter();
        let in_chapters = chapters.clone().flat_map(|chapter| {
            [&chapter.titles, &chapter.headings, &chapter.labels, &chapter.sublabels, &chapter.groups]
        });
        let lists = in_chapters.chain(facts).flatten();
        let all = lists.chain(chapters.map(|chapter| &chapter.title));
        Self(all.map(|name| words::words(name).collect()).filter(|name: &Vec<_>| !name.is_empty()).collect())
    }

    /// Whether a line is a heading, or begins with a label and its colon.
    pub fn begins(&self, line: &str) -> bool {
        let label = line.split_once(':').map(|(label, _)| label);
        let is_name = |text: &str| self.0.contains(&words::words(text).collect::<Vec<_>>());
        let opens = line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        opens && label.map_or_else(|| is_name(line), is_name)
    }
}
