//! The front matter: language, metadata and source file as YAML between two lines of `---`.

mod read;
mod values;
mod write;
mod yaml;

pub use read::{missing, read};
pub use write::write;

use crate::dossier::{Block, Chapter, Content, plain};

/// The number of the form that this program writes and reads.
const FORM: u32 = 1;

/// A reviewed file, cut after its front matter.
pub struct Parted<'a> {
    /// From the first `---` up to, but not including, the second: a YAML document with its own line numbers.
    yaml: &'a str,
    /// What follows the second `---`.
    pub body: &'a str,
    /// How many lines of the file stand before the body.
    pub lines_before: usize,
}

/// Cuts a file after its front matter; `None` where it does not begin with one.
pub fn part(text: &str) -> Option<Parted<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let fence = line.trim_end();
        if number == 0 && fence != "---" {
            return None;
        }
        let end = at + line.len();
        if number > 0 && matches!(fence, "---" | "...") {
            return Some(Parted { yaml: &text[..at], body: &text[end..], lines_before: number + 1 });
        }
        at = end;
    }
    None
}

/// Whether the text begins with front matter that has the key `bookify`.
pub fn is_reviewed(text: &str) -> bool {
    part(text).is_some_and(|parted| parted.yaml.lines().any(|line| line.starts_with("bookify:")))
}

/// Every field of the chapters, in order: what `metadata.fields` is where the front matter has none.
fn fields_of(chapters: &[Chapter]) -> Vec<(String, String)> {
    chapters.iter().flat_map(Chapter::blocks).filter_map(field_of).collect()
}

fn field_of(block: &Block) -> Option<(String, String)> {
    match &block.content {
        Content::Field { name, value } => Some((plain(name), plain(value))),
        Content::Date(_)
        | Content::Title(_)
        | Content::Tagline(_)
        | Content::Paragraph(_)
        | Content::Labelled { .. }
        | Content::Group { .. }
        | Content::Item(_)
        | Content::Question(_)
        | Content::Term { .. } => None,
    }
}
