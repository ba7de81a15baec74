//! Comrak's inline nodes to running text.

use super::manuscript::Manuscript;
use crate::dossier::{ChapterId, Inline, Text, plain};
use comrak::nodes::{AstNode, NodeLink, NodeValue};

/// Emphasis within emphasis is read so deep; what is deeper keeps its words only.
const DEPTH: usize = 32;

/// Adds words to a text: one run with the words before them, blanks single, no control characters.
pub fn push_words(text: &mut Text, words: &str) {
    if words.is_empty() {
        return;
    }
    if !matches!(text.last(), Some(Inline::Words(_))) {
        text.push(Inline::Words(String::new()));
    }
    if let Some(Inline::Words(run)) = text.last_mut() {
        for c in words.chars().map(|c| if c.is_control() { ' ' } else { c }) {
            if c != ' ' || !run.ends_with(' ') {
                run.push(c);
            }
        }
    }
}

/// Takes the blanks off both ends of a text.
pub fn trim(text: &mut Text) {
    if let Some(Inline::Words(words)) = text.first_mut() {
        *words = words.trim_start_matches(' ').to_owned();
    }
    if let Some(Inline::Words(words)) = text.last_mut() {
        *words = words.trim_end_matches(' ').to_owned();
    }
    text.retain(|inline| !matches!(inline, Inline::Words(words) if words.is_empty()));
}

/// Reads inline nodes, and tells the editor what the form does not know.
pub struct Gatherer<'m, 't> {
    manuscript: &'m mut Manuscript<'t>,
}

/// A kind of stress by an HTML tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stress {
    Emphasis,
    Strong,
}

impl Stress {
    fn of(self, inner: Text) -> Inline {
        match self {
            Self::Emphasis => Inline::Emphasis(inner),
            Self::Strong => Inline::Strong(inner),
        }
    }
}

/// What an HTML tag means.
enum Tag {
    Opens(Stress),
    Closes(Stress),
    Break,
    Comment,
    Unknown,
}

impl Tag {
    fn of(tag: &str) -> Self {
        match tag.to_ascii_lowercase().as_str() {
            "<em>" | "<i>" => Self::Opens(Stress::Emphasis),
            "</em>" | "</i>" => Self::Closes(Stress::Emphasis),
            "<strong>" | "<b>" => Self::Opens(Stress::Strong),
            "</strong>" | "</b>" => Self::Closes(Stress::Strong),
            "<br>" | "<br/>" | "<br />" => Self::Break,
            comment if comment.starts_with("<!--") => Self::Comment,
            _ => Self::Unknown,
        }
    }
}

/// A tag that waits for its end, and the text before it.
struct Open {
    stress: Stress,
    tag: String,
    before: Text,
}

impl<'m, 't> Gatherer<'m, 't> {
    pub fn new(manuscript: &'m mut Manuscript<'t>) -> Self {
        Self { manuscript }
    }

    /// The text of these nodes, without blanks at its ends.
    pub fn text<'a>(&mut self, nodes: impl Iterator<Item = &'a AstNode<'a>>) -> Text {
        let mut text = self.gather(nodes);
        trim(&mut text);
        text
    }

    /// The text of these nodes as it is.
    pub fn gather<'a>(&mut self, nodes: impl Iterator<Item = &'a AstNode<'a>>) -> Text {
        self.gather_at(nodes, 0)
    }

    fn gather_at<'a>(&mut self, nodes: impl Iterator<Item = &'a AstNode<'a>>, depth: usize) -> Text {
        let mut text = Text::new();
        let mut open: Vec<Open> = Vec::new();
        for node in nodes {
            let data = node.data();
            let depth = depth + open.len();
            match &data.value {
                NodeValue::Text(words) => push_words(&mut text, words),
                NodeValue::SoftBreak | NodeValue::LineBreak => push_words(&mut text, " "),
                NodeValue::Emph => self.stressed(Stress::Emphasis, node, depth, &mut text),
                NodeValue::Strong => self.stressed(Stress::Strong, node, depth, &mut text),
                NodeValue::Link(link) => self.link(link, node, &mut text),
                NodeValue::Image(link) => self.addressed(link, node, &mut text),
                NodeValue::HtmlInline(tag) => self.tag(tag, node, depth, &mut text, &mut open),
                NodeValue::Code(code) => {
                    self.manuscript
                        .warn(node, "code is not part of the reviewed form; its words are kept as words");
                    push_words(&mut text, &code.literal);
                }
                _ => {
                    self.manuscript.warn(node, "this is not part of the reviewed form; its words are kept");
                    push_words(&mut text, &words_of(node));
                }
            }
        }
        while let Some(Open { tag, before, .. }) = open.pop() {
            text = joined(before, &tag, text);
        }
        text
    }

    fn stressed<'a>(&mut self, stress: Stress, node: &'a AstNode<'a>, depth: usize, text: &mut Text) {
        if depth >= DEPTH {
            push_words(text, &words_of(node));
            return;
        }
        let inner = self.gather_at(node.children(), depth + 1);
        if !inner.is_empty() {
            text.push(stress.of(inner));
        }
    }

    /// A link within the file is a reference; any other keeps its words and its address.
    fn link<'a>(&mut self, link: &NodeLink, node: &'a AstNode<'a>, text: &mut Text) {
        match link.url.strip_prefix('#') {
            Some(id) if !id.is_empty() => {
                let words = plain(&single_run(&words_of(node)));
                let chapter = ChapterId::new(id);
                self.manuscript.refers(node, &chapter);
                text.push(Inline::Reference { chapter, words });
            }
            Some(_) | None => self.addressed(link, node, text),
        }
    }

    fn addressed<'a>(&mut self, link: &NodeLink, node: &'a AstNode<'a>, text: &mut Text) {
        self.manuscript
            .warn(node, "a picture, or a link out of the dossier, is kept as its words and its address");
        let words = words_of(node);
        push_words(text, &words);
        for part in [&link.url, &link.title] {
            // `<https://example.org>` is its own address
            if !part.is_empty() && !words.contains(part.trim_start_matches("mailto:")) {
                push_words(text, &format!(" ({part})"));
            }
        }
    }

    fn tag<'a>(
        &mut self,
        tag: &str,
        node: &'a AstNode<'a>,
        depth: usize,
        text: &mut Text,
        open: &mut Vec<Open>,
    ) {
        match Tag::of(tag) {
            Tag::Opens(stress) if depth < DEPTH => {
                open.push(Open { stress, tag: tag.to_owned(), before: std::mem::take(text) });
            }
            Tag::Closes(stress) if open.last().is_some_and(|last| last.stress == stress) => {
                if let Some(Open { before, .. }) = open.pop() {
                    let inner = std::mem::replace(text, before);
                    if !inner.is_empty() {
                        text.push(stress.of(inner));
                    }
                }
            }
            Tag::Break => push_words(text, " "),
            Tag::Comment => {}
            Tag::Opens(_) | Tag::Closes(_) | Tag::Unknown => {
                self.manuscript
                    .warn(node, &format!("`{tag}` is not part of the reviewed form; it is kept as words"));
                push_words(text, tag);
            }
        }
    }
}

/// A tag without end is words.
fn joined(mut before: Text, tag: &str, after: Text) -> Text {
    push_words(&mut before, tag);
    for inline in after {
        match inline {
            Inline::Words(words) => push_words(&mut before, &words),
            Inline::Emphasis(_) | Inline::Strong(_) | Inline::Reference { .. } => before.push(inline),
        }
    }
    before
}

fn single_run(words: &str) -> Text {
    let mut text = Text::new();
    push_words(&mut text, words);
    text
}

/// The words below a node, whatever they are in: marks go, words and addresses stay.
pub fn words_of<'a>(node: &'a AstNode<'a>) -> String {
    let mut words = String::new();
    for below in node.descendants() {
        match &below.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::CodeBlock(code) => words.extend([" ", &code.info, " ", &code.literal]),
            NodeValue::HtmlBlock(html) => words.extend([" ", &html.literal]),
            NodeValue::HtmlInline(tag) => match Tag::of(tag) {
                Tag::Opens(_) | Tag::Closes(_) | Tag::Comment => {}
                Tag::Break => words.push(' '),
                Tag::Unknown => words.push_str(tag),
            },
            NodeValue::Link(link) | NodeValue::Image(link)
                if !below.same_node(node) && !link.url.starts_with('#') =>
            {
                words.extend(["(", &link.url, " ", &link.title, ") "]);
            }
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Paragraph | NodeValue::Heading(_) => {
                words.push(' ');
            }
            _ => {}
        }
    }
    words
}
