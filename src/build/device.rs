//! Which e-reader it is, by the folders that it keeps, and what it reads.
//!
//! | reader | known by | gets |
//! |---|---|---|
//! | Kobo | `.kobo` | `.kepub.epub`, in any folder: it looks through all of them |
//! | tolino, Kobo's twins (from 2024) | `.kobo`, and `version` in it names firmware 5 or a model 69x | `.epub` |
//! | tolino, before | `.tolino` | `.epub` |
//! | `PocketBook` | `system/config` or `system/explorer-3` (its databases) | `.epub` |
//! | Kindle | `documents` and `system` | nothing: see below |
//!
//! A Kobo's `.kobo/version` is one line with commas: the serial number, then, third, the firmware, and last a
//! number whose three last digits are the model. The tolino twins of a Kobo keep the same folder and do not
//! read kepub (calibre leaves them out for this); a Kobo of firmware 5, should one come, reads EPUB as well.
//!
//! A Kindle shows no EPUB that is copied over USB: Amazon takes EPUB through *Send to Kindle* (mail, browser,
//! app) and converts it on the way. Since 2024 its readers are no drives any more, either.

use super::shelf::{Found, Shelf};
use std::path::{Path, PathBuf};

/// A kind of e-reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// Rakuten Kobo.
    Kobo,
    /// The readers of the German-speaking book trade.
    Tolino,
    /// `PocketBook` and its twins.
    PocketBook,
    /// Amazon Kindle.
    Kindle,
    /// A folder that shows no sign of a reader.
    Unknown,
}

impl Device {
    /// The reader whose memory that is. What cannot be looked at is no sign.
    pub fn of(shelf: &dyn Shelf) -> Self {
        let has = |path: &str| matches!(shelf.find(Path::new(path)), Ok(Found::Folder));
        if has(".kobo") {
            let version = shelf.read(Path::new(".kobo/version")).unwrap_or_default();
            if is_twin(&String::from_utf8_lossy(&version)) { Self::Tolino } else { Self::Kobo }
        } else if has(".tolino") {
            Self::Tolino
        } else if has("system/config") || has("system/explorer-3") {
            Self::PocketBook
        } else if has("documents") && has("system") {
            Self::Kindle
        } else {
            Self::Unknown
        }
    }

    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kobo => "a Kobo",
            Self::Tolino => "a tolino",
            Self::PocketBook => "a PocketBook",
            Self::Kindle => "a Kindle",
            Self::Unknown => "an unknown reader or a folder",
        }
    }

    /// The folder under which its books stand: `Books`, where such a reader has it, else its root.
    pub fn library(self, memory: &dyn Shelf) -> PathBuf {
        let books = Path::new("Books");
        match self {
            Self::Tolino | Self::PocketBook if memory.find(books).is_ok_and(|it| it == Found::Folder) => {
                books.to_owned()
            }
            Self::Kobo | Self::Tolino | Self::PocketBook | Self::Kindle | Self::Unknown => PathBuf::new(),
        }
    }
}

/// Whether a Kobo's `version` is that of a tolino twin: `N69…,4.9.77,5.3.195056,4.9.77,4.9.77,…-000000000691`.
fn is_twin(version: &str) -> bool {
    let fields = version.trim().split(',').collect::<Vec<_>>();
    let firmware = fields.get(2).is_some_and(|firmware| firmware.starts_with("5."));
    let model = fields.last().and_then(|model| model.get(model.len().saturating_sub(3)..));
    firmware || fields.len() > 2 && model.is_some_and(|model| model.starts_with("69"))
}

/// A file's or folder's name as every reader can hold it: without the characters that FAT forbids, not hidden
/// by a full stop, none of Windows' own names, of at most 80 characters.
pub fn plain_name(name: &str) -> String {
    let allowed = |c: char| if c.is_control() || "<>:\"/\\|?*".contains(c) { '-' } else { c };
    let name = name.chars().map(allowed).take(80).collect::<String>();
    let name = name.trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered =
        |prefix| stem.strip_prefix(prefix).is_some_and(|n: &str| matches!(n.as_bytes(), [b'1'..=b'9']));
    let reserved =
        ["", "CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT");
    if reserved { format!("bookify {name}").trim_end().to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_is_known_by_model_or_firmware() {
        let check = |version: &str, expected| assert_eq!(is_twin(version), expected, "{version}");
        check("N418000000000,4.1.15,4.38.23171,4.1.15,4.1.15,00000000-0000-0000-0000-000000000388\n", false);
        check("N691000000000,4.9.77,5.3.195056,4.9.77,4.9.77,00000000-0000-0000-0000-000000000691", true);
        check("N690000000000,4.9.77,4.41.23145,4.9.77,4.9.77,00000000-0000-0000-0000-000000000690", true);
        check("N390000000000,4.9.77,5.0.1,4.9.77,4.9.77,00000000-0000-0000-0000-000000000390", true);
        for broken in ["", ",,", "691", "é,é,é", "a,b,c,🎬"] {
            check(broken, false);
        }
    }

    #[test]
    fn a_name_is_one_that_every_reader_holds() {
        let check = |name: &str, expected: &str| assert_eq!(plain_name(name), expected);
        check("First Lights, 2025–26", "First Lights, 2025–26");
        check("What? Why: <a/b\\c>|*\"", "What- Why- -a-b-c----");
        check(" .hidden. ", "hidden");
        check("..", "bookify");
        check("", "bookify");
        check("con", "bookify con");
        check("LPT1.x", "bookify LPT1.x");
        check("COM10", "COM10");
        check(&"é".repeat(90), &"é".repeat(80));
    }
}
