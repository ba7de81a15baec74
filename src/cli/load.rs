//! `bookify load`: e-books onto an e-reader.

use super::args::Load;
use super::{DONE, SOME_FAILED, WRONG_CALL, report};
use crate::build::{self, Device, Fate, LoadOrder, Loaded};

/// Copies the e-books and says what became of each.
pub fn load(arguments: Load) -> u8 {
    let order = LoadOrder {
        slugs: arguments.slugs,
        sources: arguments.sources.sources,
        output: arguments.output,
        device: arguments.device,
        force: arguments.force,
    };
    match build::load(&order) {
        Ok(loaded) => {
            report::tell(&loaded.troubles);
            if !arguments.quiet {
                report::say(&summary(&loaded));
            }
            if loaded.troubles.is_empty() { DONE } else { SOME_FAILED }
        }
        Err(errors) => {
            report::tell(&errors);
            WRONG_CALL
        }
    }
}

/// A line for each e-book, one for all, and what to do now.
fn summary(loaded: &Loaded) -> String {
    let width = loaded.books.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
    let mut lines = loaded
        .books
        .iter()
        .map(|(name, bytes, fate)| {
            format!("{name:width$}  {:>6} KB  {}", bytes.div_ceil(1024), in_words(*fate))
        })
        .collect::<Vec<_>>();
    let count = |wanted: fn(Fate) -> bool| loaded.books.iter().filter(|(.., fate)| wanted(*fate)).count();
    let counts = [
        (count(|fate| fate == Fate::Copied), "copied"),
        (count(|fate| fate == Fate::AlreadyThere), "already there"),
        (count(|fate| matches!(fate, Fate::NoRoom { .. })), "without room"),
        (count(|fate| fate == Fate::NotOurs), "left alone"),
        (count(|fate| fate == Fate::NotReached), "not reached"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts = counts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ");
    lines.push(format!("{}: {counts} ({})", loaded.folder.display(), loaded.device.name()));
    if loaded.books.iter().any(|(.., fate)| *fate == Fate::Copied) {
        lines.push(match loaded.device {
            Device::Unknown => "no e-reader that bookify knows: these are plain EPUB".to_owned(),
            Device::Kobo | Device::Tolino | Device::PocketBook | Device::Kindle => {
                "eject the reader before you pull the cable".to_owned()
            }
        });
    }
    lines.join("\n")
}

fn in_words(fate: Fate) -> &'static str {
    match fate {
        Fate::Copied => "copied",
        Fate::AlreadyThere => "already there",
        Fate::NoRoom { .. } => "no room",
        Fate::NotOurs => "left alone: not bookify's",
        Fate::NotReached => "not reached",
    }
}
