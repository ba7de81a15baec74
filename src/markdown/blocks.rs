//! Comrak's block nodes to blocks.

use super::inlines::{Gatherer, push_words, words_of};
use super::labels::{self, Saying};
use super::manuscript::Manuscript;
use crate::dossier::{Content, Rank, Text, plain};
use comrak::nodes::{AstNode, ListType, NodeValue};

/// Lists within lists are read so deep; what is deeper keeps its words only.
const DEPTH: usize = 8;

/// Reads a block that is not a heading of the document.
pub fn read<'a>(node: &'a AstNode<'a>, manuscript: &mut Manuscript) -> Vec<Content> {
    read_at(node, manuscript, 0)
}

fn read_at<'a>(node: &'a AstNode<'a>, manuscript: &mut Manuscript, depth: usize) -> Vec<Content> {
    let data = node.data();
    match &data.value {
        NodeValue::Paragraph => paragraph(node, manuscript),
        NodeValue::BlockQuote => taglines(node, manuscript),
        NodeValue::List(_) if depth < DEPTH => {
            node.children().flat_map(|item| list_item(item, manuscript, depth)).collect()
        }
        NodeValue::DescriptionList if depth < DEPTH => {
            node.children().flat_map(|item| term(item, manuscript, depth)).collect()
        }
        NodeValue::HtmlBlock(html) => {
            let words = without_comments(&html.literal);
            if words.trim().is_empty() {
                return Vec::new();
            }
            manuscript.warn(node, "HTML is not part of the reviewed form; it is kept as a paragraph");
            kept(&words)
        }
        NodeValue::ThematicBreak => {
            manuscript.warn(node, "a rule across the page is not part of the reviewed form; it is left out");
            Vec::new()
        }
        _ => unknown(node, manuscript),
    }
}

/// What the form does not know is kept, word by word, as a paragraph.
pub fn unknown<'a>(node: &'a AstNode<'a>, manuscript: &mut Manuscript) -> Vec<Content> {
    let what = match node.data().value {
        NodeValue::CodeBlock(_) => "an indented or fenced text",
        NodeValue::Heading(_) => "a heading of this kind, or in this place,",
        NodeValue::BlockQuote => "a quotation of more than plain lines",
        _ => "this",
    };
    manuscript.warn(node, &format!("{what} is not part of the reviewed form; it is kept as a paragraph"));
    kept(&words_of(node))
}

fn kept(words: &str) -> Vec<Content> {
    let mut text = Text::new();
    push_words(&mut text, words.trim());
    let empty = plain(&text).trim().is_empty();
    if empty { Vec::new() } else { vec![Content::Paragraph(text)] }
}

/// The text without `<!-- … -->`; a comment that is not closed is text.
fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            break;
        };
        out.push_str(before);
        rest = after;
    }
    out + rest
}

fn paragraph<'a>(node: &'a AstNode<'a>, manuscript: &mut Manuscript) -> Vec<Content> {
    match labels::read(node, &mut Gatherer::new(manuscript)) {
        Saying::Text(text) => filled(text, Content::Paragraph),
        Saying::Labelled(label, Some(text)) => vec![Content::Labelled { rank: Rank::Second, label, text }],
        Saying::Labelled(label, None) => vec![Content::Group { label }],
    }
}

/// A block of this text, or none of an empty one.
fn filled(text: Text, content: fn(Text) -> Content) -> Vec<Content> {
    if text.is_empty() { Vec::new() } else { vec![content(text)] }
}

fn taglines<'a>(node: &'a AstNode<'a>, manuscript: &mut Manuscript) -> Vec<Content> {
    if node.children().any(|child| !matches!(child.data().value, NodeValue::Paragraph)) {
        return unknown(node, manuscript);
    }
    let mut gatherer = Gatherer::new(manuscript);
    node.children().flat_map(|child| filled(gatherer.text(child.children()), Content::Tagline)).collect()
}

/// The kinds of list items, by their mark.
#[derive(Clone, Copy)]
enum Mark {
    Star,
    Hyphen,
    Plus,
    Number,
}

fn mark_of<'a>(item: &'a AstNode<'a>) -> Mark {
    match item.data().value {
        NodeValue::Item(list) => match (list.list_type, list.bullet_char) {
            (ListType::Ordered, _) => Mark::Number,
            (ListType::Bullet, b'-') => Mark::Hyphen,
            (ListType::Bullet, b'+') => Mark::Plus,
            (ListType::Bullet, _) => Mark::Star,
        },
        _ => Mark::Star,
    }
}

fn list_item<'a>(item: &'a AstNode<'a>, manuscript: &mut Manuscript, depth: usize) -> Vec<Content> {
    let mut children = item.children().peekable();
    let mut contents = Vec::new();
    if let Some(first) = children.next_if(|child| matches!(child.data().value, NodeValue::Paragraph)) {
        contents.extend(marked(mark_of(item), first, manuscript));
    }
    for child in children {
        manuscript.warn(child, "an item holds one paragraph; what follows is kept as a block of its own");
        contents.extend(read_at(child, manuscript, depth + 1));
    }
    contents
}

fn marked<'a>(mark: Mark, paragraph: &'a AstNode<'a>, manuscript: &mut Manuscript) -> Vec<Content> {
    let mut gatherer = Gatherer::new(manuscript);
    let content: fn(Text) -> Content = match mark {
        Mark::Star => Content::Item,
        Mark::Number => Content::Question,
        Mark::Hyphen => {
            return match labels::read(paragraph, &mut gatherer) {
                Saying::Labelled(label, Some(text)) => {
                    vec![Content::Labelled { rank: Rank::Third, label, text }]
                }
                Saying::Labelled(label, None) => vec![Content::Group { label }],
                Saying::Text(text) => filled(text, Content::Item),
            };
        }
        Mark::Plus => {
            return match labels::read(paragraph, &mut gatherer) {
                Saying::Labelled(name, value) => {
                    vec![Content::Field { name, value: value.unwrap_or_default() }]
                }
                Saying::Text(text) => {
                    manuscript.warn_hint(
                        paragraph,
                        "a field without a name is kept as an item",
                        "write `+ **Year:** 1926`",
                    );
                    filled(text, Content::Item)
                }
            };
        }
    };
    filled(gatherer.text(paragraph.children()), content)
}

/// An entry of the glossary; what stands below its first definition is kept as blocks.
fn term<'a>(item: &'a AstNode<'a>, manuscript: &mut Manuscript, depth: usize) -> Vec<Content> {
    let mut term = Text::new();
    let mut definition = None;
    let mut more = Vec::new();
    for part in item.children() {
        let is_term = matches!(part.data().value, NodeValue::DescriptionTerm);
        for child in part.children() {
            let is_paragraph = matches!(child.data().value, NodeValue::Paragraph);
            if is_term {
                term = Gatherer::new(manuscript).text(child.children());
            } else if is_paragraph && definition.is_none() {
                definition = Some(Gatherer::new(manuscript).text(child.children()));
            } else {
                more.extend(read_at(child, manuscript, depth + 1));
            }
        }
    }
    if !more.is_empty() {
        manuscript.warn(
            item,
            "a term has one definition of one paragraph; what follows is kept as blocks of its own",
        );
    }
    let definition = definition.unwrap_or_default();
    // a second `: …` below a term is an item without a term
    let entry = if term.is_empty() {
        filled(definition, Content::Paragraph)
    } else {
        vec![Content::Term { term, definition }]
    };
    entry.into_iter().chain(more).collect()
}
