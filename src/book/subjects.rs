//! What a library files the book under: the tags that the dossier gives its film.

use super::vocabulary::{CONNECTORS, JOINTS, holds};
use crate::dossier::{Chapter, Content, Dossier, plain};
use crate::scheme::{Habit, Scheme};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A tag has so many words at most; what has more is a remark.
const MOST_WORDS: usize = 3;

/// The tags of the chapter of facts, each once, in the order of the text: `vampire film`.
///
/// Which labels and facts hold tags is data of the scheme, [`FieldNames::subjects`]; a tag is a short part
/// of the first sentence between commas or semicolons.
///
/// [`FieldNames::subjects`]: crate::scheme::FieldNames::subjects
pub fn subjects(dossier: &Dossier, scheme: &Scheme) -> Vec<String> {
    let names = scheme.fields.subjects.iter().map(|name| folded(name)).collect::<Vec<_>>();
    let is_facts =
        |chapter: &&Chapter| scheme.chapter(&chapter.id).is_some_and(|chapter| chapter.habit == Habit::Facts);
    let mut found: Vec<String> = Vec::new();
    for chapter in dossier.chapters.iter().filter(is_facts) {
        for block in chapter.blocks() {
            let (Content::Labelled { label: name, text, .. } | Content::Field { name, value: text }) =
                &block.content
            else {
                continue;
            };
            if names.contains(&folded(&plain(name))) {
                for tag in tags(&plain(text)) {
                    if found.iter().all(|other| folded(other) != folded(tag)) {
                        found.push(tag.to_owned());
                    }
                }
            }
        }
    }
    found
}

/// The tags in a list of them; none where it is a sentence. The list is parted by commas or by semicolons,
/// whichever are more; what stands behind the other is a remark: `literary adaptation, unauthorised;`.
fn tags(text: &str) -> Vec<&str> {
    let first = text.split(['.', '!', '?', '…']).next().unwrap_or_default();
    let (parts, remarks) = if first.matches(';').count() > first.matches([',', '、', '，']).count() {
        (&[';'][..], &[','][..])
    } else {
        (&[',', '、', '，', '/'][..], &[';'][..])
    };
    let mut tags = Vec::new();
    let mut aside = false;
    for part in first.split(parts) {
        let tag = part.split(remarks).next().unwrap_or_default().trim();
        // "family trouble and, beneath them all, autobiography"
        let joint = tag.rsplit_once(' ').filter(|(_, last)| holds(JOINTS, last));
        let shown = joint.map_or(tag, |(tag, _)| tag);
        if !aside && is_tag(shown) {
            tags.push(shown);
        }
        aside = joint.is_some();
    }
    tags
}

fn is_tag(tag: &str) -> bool {
    let mut words = tag.split_whitespace();
    let opens = words.next().is_some_and(|word| !holds(CONNECTORS, word));
    opens && words.count() < MOST_WORDS
}

/// Letters and digits without marks and capitals.
fn folded(words: &str) -> String {
    let letters = words.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_parts_of_the_first_sentence_are_tags() {
        for (text, expected) in [
            ("Weimar cinema; horror; vampire film.", vec!["Weimar cinema", "horror", "vampire film"]),
            (
                "Drama and coming-of-age, without the usual consolations. Shot, as if, found.",
                vec!["Drama and coming-of-age"],
            ),
            ("On dirait un mélodrame dont quelqu’un aurait ouvert les fenêtres.", vec![]),
            ("Comedy, war film, chase film; one might say", vec!["Comedy", "war film", "chase film"]),
            (
                "literary adaptation, unauthorised; plague; loss.",
                vec!["literary adaptation", "plague", "loss"],
            ),
            (
                "Revolt, family trouble and, beneath them all, autobiography",
                vec!["Revolt", "family trouble", "autobiography"],
            ),
            ("", vec![]),
        ] {
            assert_eq!(tags(text), expected);
        }
    }
}
