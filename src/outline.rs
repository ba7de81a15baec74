//! The structure of a dossier as JSON: the public contract of `bookify inspect --json`.

use crate::dossier::{self, Block, Chapter, Content, Dossier, Heading, Metadata, Origin, SectionRole, Text};
use crate::source::Source;
use serde_json::{Map, Value, json};

/// The structure as one JSON object. Lines are those of `source`, where it is at hand.
#[must_use]
pub fn json(dossier: &Dossier, source: Option<&Source>) -> Value {
    let front = (!dossier.front.is_empty()).then(|| {
        let blocks = dossier.front.iter().map(|block| block_json(block, source)).collect::<Vec<_>>();
        json!({ "id": "front", "title": Value::Null, "confidence": 1.0, "blocks": blocks })
    });
    let chapters =
        front.into_iter().chain(dossier.chapters.iter().map(|chapter| chapter_json(chapter, source)));
    json!({
        "language": dossier.language,
        "metadata": metadata_json(&dossier.metadata),
        "chapters": chapters.collect::<Vec<_>>(),
    })
}

/// The words of a text. Primes are given as they are typed, `5'10"`, so that a measure stays one word
/// to whoever counts.
fn plain(text: &Text) -> String {
    dossier::plain(text).replace('′', "'").replace('″', "\"")
}

fn metadata_json(metadata: &Metadata) -> Value {
    let fields = metadata.fields.iter().map(|(name, value)| json!({ "name": name, "value": value }));
    json!({
        "title": metadata.title,
        "original_title": metadata.original_title,
        "year": metadata.year,
        "date": metadata.date.map(|date| date.to_string()),
        "tagline": metadata.tagline,
        "director": metadata.directors,
        "country": metadata.countries,
        "language": metadata.languages,
        "runtime_minutes": metadata.runtime_minutes,
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn chapter_json(chapter: &Chapter, source: Option<&Source>) -> Value {
    let mut blocks = vec![heading_json(&chapter.title, "heading", 1, source)];
    blocks.extend(chapter.opening.iter().map(|block| block_json(block, source)));
    for section in &chapter.sections {
        let (kind, level) = match section.role {
            SectionRole::Plain => ("heading", 2),
            SectionRole::Scene => ("scene", 2),
        };
        blocks.push(heading_json(&section.title, kind, level, source));
        blocks.extend(section.blocks.iter().map(|block| block_json(block, source)));
    }
    json!({
        "id": chapter.id.as_str(),
        "title": plain(&chapter.title.text),
        "confidence": chapter.certainty.probability(),
        "blocks": blocks,
    })
}

fn heading_json(heading: &Heading, kind: &str, level: u8, source: Option<&Source>) -> Value {
    let mut object = Map::new();
    object.insert("kind".into(), kind.into());
    object.insert("level".into(), level.into());
    object.insert("text".into(), plain(&heading.text).into());
    close(object, &heading.origin, source)
}

fn block_json(block: &Block, source: Option<&Source>) -> Value {
    let mut object = Map::new();
    let mut put = |kind: &str, level: Option<u8>, label: Option<String>, text: Option<String>| {
        object.insert("kind".into(), kind.into());
        if let Some(level) = level {
            object.insert("level".into(), level.into());
        }
        if let Some(label) = label {
            object.insert("label".into(), label.into());
        }
        if let Some(text) = text {
            object.insert("text".into(), text.into());
        }
    };
    match &block.content {
        Content::Date(text) => put("date", None, None, Some(plain(text))),
        Content::Title(text) => put("title", None, None, Some(plain(text))),
        Content::Tagline(text) => put("tagline", None, None, Some(plain(text))),
        Content::Paragraph(text) => put("paragraph", None, None, Some(plain(text))),
        Content::Item(text) => put("item", None, None, Some(plain(text))),
        Content::Question(text) => put("question", None, None, Some(plain(text))),
        Content::Term { term, definition } => put("term", None, Some(plain(term)), Some(plain(definition))),
        Content::Field { name, value } => put("field", None, Some(plain(name)), Some(plain(value))),
        Content::Group { label } => put("group", Some(2), Some(plain(label)), None),
        Content::Labelled { rank, label, text } => {
            put("labelled", Some(rank.level()), Some(plain(label)), Some(plain(text)));
        }
    }
    close(object, &block.origin, source)
}

/// Adds where a block comes from.
fn close(mut object: Map<String, Value>, origin: &Origin, source: Option<&Source>) -> Value {
    match origin {
        Origin::Source { span, rule, certainty } => {
            if let Some((first, last)) = source.map(|source| source.lines_of(*span)) {
                object.insert("lines".into(), json!([first, last]));
            }
            object.insert("rule".into(), rule.name().into());
            object.insert("certainty".into(), certainty.probability().into());
        }
        Origin::Edited => {
            object.insert("edited".into(), true.into());
        }
        Origin::Supplied => {
            object.insert("generated".into(), true.into());
        }
    }
    Value::Object(object)
}
