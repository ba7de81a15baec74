//! The file `corrections.json`: what mends single leaves. It stands apart from what is printed and how, so
//! that a try costs no more than the leaves that it touches.

use super::{ProjectFile, json};
use crate::book::{Book, Chapter};
use crate::diag::Diagnostic;
use crate::layout::Hint;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The file under which a layout reads the corrections.
pub const CORRECTIONS_FILE: &str = "corrections.json";

/// One chapter alone, laid out as it stands in the booklet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// The page on which it begins in the booklet, from 1.
    first: usize,
    /// The chapter, as the book holds it, but for what leads to other chapters.
    chapter: Value,
}

impl Trial {
    /// A chapter that begins on this page. `pages` are the printed numbers of the pages on which chapters
    /// begin, for cross-references.
    ///
    /// # Errors
    /// Where the chapter cannot be written as JSON.
    pub fn of(
        chapter: &Chapter,
        first: usize,
        pages: &BTreeMap<String, String>,
    ) -> Result<Self, serde_json::Error> {
        let mut value = serde_json::to_value(chapter)?;
        let others = pages.iter().filter(|(id, _)| **id != chapter.id);
        part(&mut value, &chapter.id, &others.collect());
        Ok(Self { first, chapter: value })
    }
}

/// Puts a page in place of every link to another chapter: where a chapter stands alone there is nothing for
/// them to lead to.
fn part(value: &mut Value, own: &str, pages: &BTreeMap<&String, &String>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| part(value, own, pages)),
        Value::Object(run) => {
            run.get_mut("gloss").into_iter().for_each(|id| *id = Value::from(""));
            refer(run, own, pages);
            run.values_mut().for_each(|value| part(value, own, pages));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn refer(run: &mut Map<String, Value>, own: &str, pages: &BTreeMap<&String, &String>) {
    let Some(chapter) = run.get("ref").and_then(Value::as_str) else { return };
    if chapter == own {
        return;
    }
    match pages.get(&chapter.to_owned()) {
        Some(page) => run.insert("page".to_owned(), Value::from(page.as_str())),
        None => run.insert("ref".to_owned(), Value::from("")),
    };
}

#[derive(Serialize)]
struct Corrections<'a> {
    /// By the chapter, and by the leaf, or the chapter where all of it is corrected.
    hints: BTreeMap<&'a str, BTreeMap<&'a str, &'a Hint>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trial: Option<&'a Trial>,
}

/// The corrections of a book's chapters, as a layout reads them.
///
/// # Errors
/// Where they cannot be written as JSON.
pub fn file(
    book: &Book,
    hints: &BTreeMap<String, Hint>,
    trial: Option<&Trial>,
) -> Result<ProjectFile, Diagnostic> {
    let mut by_chapter = BTreeMap::<_, BTreeMap<_, _>>::new();
    if !hints.is_empty() {
        for chapter in &book.chapters {
            let ids = std::iter::once(chapter.id.as_str()).chain(chapter.leaf_ids());
            let own = ids.filter_map(|id| hints.get_key_value(id)).map(|(id, hint)| (id.as_str(), hint));
            by_chapter.insert(chapter.id.as_str(), own.collect());
        }
        by_chapter.retain(|_, hints| !hints.is_empty());
    }
    Ok((CORRECTIONS_FILE.to_owned(), json(&Corrections { hints: by_chapter, trial })?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn alone_a_chapter_names_pages_and_leads_nowhere() {
        let mut chapter = json!({ "id": "form", "opening": [{ "text": [
            "As in ", { "ref": "legacy", "text": ["Legacy"], "source": "Prompt III" },
            { "em": [{ "gloss": "g-3", "text": ["iris"] }] },
            { "ref": "guide", "text": ["the guide"], "source": "Prompt I" },
            { "ref": "form", "text": ["here"], "source": "Prompt V" },
        ] }] });
        let (id, page) = ("legacy".to_owned(), "12".to_owned());
        part(&mut chapter, "form", &BTreeMap::from([(&id, &page)]));
        let expected = json!({ "id": "form", "opening": [{ "text": [
            "As in ", { "ref": "legacy", "text": ["Legacy"], "source": "Prompt III", "page": "12" },
            { "em": [{ "gloss": "", "text": ["iris"] }] },
            { "ref": "", "text": ["the guide"], "source": "Prompt I" },
            { "ref": "form", "text": ["here"], "source": "Prompt V" },
        ] }] });
        assert_eq!(chapter, expected);
    }
}
