//! A layout: a folder with `layout.yaml`, its Typst files and the e-book's `epub.css`.

mod print;
mod printing;

pub use print::{OFFICE_PAPER, Print, SheetPaper};
pub use printing::{Fit, Hint, IndexWish, Printing};

use crate::diag::{Code, Diagnostic, Place};
use crate::settings;
use crate::source::hex_sha256;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The file that makes a folder a layout.
pub const SETTINGS_FILE: &str = "layout.yaml";

/// The e-book's style sheet.
pub const STYLE_FILE: &str = "epub.css";

/// What the e-books' style sheets of all layouts begin with.
const COMMON_STYLE: &str = "common/epub.css";

/// What they end with: rules for newer engines alone.
const COMMON_NEWER_STYLE: &str = "common/epub-newer.css";

/// The rules for the fonts that an e-book may bring; a layout may go without.
pub const FONTS_FILE: &str = "fonts.css";

/// What every setting of a layout is where its own file does not say otherwise.
const COMMON_SETTINGS: &str = "common/settings.yaml";

/// The papers and colours of the common settings.
#[derive(Deserialize)]
struct Defaults {
    paper: Option<String>,
    #[serde(default)]
    papers: BTreeMap<String, serde_yaml::Mapping>,
    #[serde(default)]
    colours: serde_yaml::Mapping,
}

/// A layout, read.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What `layout.yaml` says.
    pub settings: Settings,
    /// Every file of the folder by its path within it, with forward slashes.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
}

/// What `layout.yaml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    #[serde(default)]
    pub description: String,
    /// The Typst file that is the booklet.
    #[serde(default = "booklet")]
    pub booklet: String,
    /// The Typst file that lays one chapter out alone, as `corrections.json` gives it under `trial`; a
    /// layout without one is printed as it comes, without corrections.
    #[serde(default)]
    pub trial: Option<String>,
    /// The Typst file that is the e-book's cover.
    #[serde(default = "cover")]
    pub cover: String,
    /// The paper of a printing that names none: a key of `papers`.
    #[serde(default)]
    pub paper: Option<String>,
    /// The papers that it knows, each with its margins; read by the Typst files.
    #[serde(default)]
    pub papers: BTreeMap<String, serde_yaml::Mapping>,
    /// Families of type; read by the Typst files.
    #[serde(default)]
    pub fonts: serde_yaml::Mapping,
    /// Sizes and styles of type; read by the Typst files.
    #[serde(default)]
    pub r#type: serde_yaml::Mapping,
    /// Ways of setting things: whether lines are justified, how labels stand; read by the Typst files.
    #[serde(default)]
    pub style: serde_yaml::Mapping,
    /// The opening of a chapter; read by the Typst files.
    #[serde(default)]
    pub opening: serde_yaml::Mapping,
    /// Colours; read by the Typst files.
    #[serde(default)]
    pub colours: serde_yaml::Mapping,
    /// Switches; read by the Typst files.
    #[serde(default)]
    pub options: serde_yaml::Mapping,
    /// The words of the chapter scheme that it prints.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Words of its own, by language and key; they are added to the chapter scheme's.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

fn booklet() -> String {
    "booklet.typ".to_owned()
}

fn cover() -> String {
    "cover.typ".to_owned()
}

impl Layout {
    /// Makes a layout of the files of the folder `name`.
    ///
    /// # Errors
    /// Where `layout.yaml` is missing or broken, or names a file that is not there.
    pub fn new(name: &str, files: BTreeMap<String, Cow<'static, [u8]>>) -> Result<Self, Diagnostic> {
        let path = format!("{name}/{SETTINGS_FILE}");
        let text = files.get(SETTINGS_FILE).ok_or_else(|| {
            Diagnostic::error(Code::Settings, format!("the folder has no {SETTINGS_FILE}, so it is no layout"))
                .at(Place::file(name))
                .hint("name a layout that comes with bookify (classic) or a folder that holds layout.yaml, booklet.typ, cover.typ and epub.css")
        })?;
        let text = String::from_utf8_lossy(text);
        let mut settings: Settings = settings::read("the layout", &path, &text)?;
        if let Some(common) = files.get(COMMON_SETTINGS) {
            let common: Defaults =
                settings::read("the common settings", COMMON_SETTINGS, &String::from_utf8_lossy(common))?;
            settings.paper = settings.paper.or(common.paper);
            for (name, paper) in common.papers {
                settings.papers.entry(name).or_insert(paper);
            }
            for (name, colour) in common.colours {
                settings.colours.entry(name).or_insert(colour);
            }
        }
        let style = STYLE_FILE.to_owned();
        for needed in [&settings.booklet, &settings.cover, &style].into_iter().chain(&settings.trial) {
            if !files.contains_key(needed) {
                return Err(Diagnostic::error(Code::Settings, format!("the layout has no {needed}"))
                    .at(Place::file(name)));
            }
        }
        Ok(Self { settings, files })
    }

    /// Ink and spark of the film at that place of its season, from 0, as the layout writes them; they come
    /// round again after the last.
    #[must_use]
    pub fn inks(&self, place: usize) -> Option<(&str, &str)> {
        let colour = |key: &str| {
            let colours = self.settings.colours.get(key)?.as_sequence()?;
            colours.get(place.checked_rem(colours.len())?)?.as_str()
        };
        colour("inks").zip(colour("sparks"))
    }

    /// A SHA-256 of all its files.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let files = self.files.iter().map(|(path, bytes)| format!("{} {path}", hex_sha256(bytes)));
        hex_sha256(files.collect::<Vec<_>>().join("\n").as_bytes())
    }

    /// The e-book's style sheet: what all layouts share, then the layout's own rules, then those common ones
    /// that old engines do not know. These stand last, because such an engine may drop all that follows.
    #[must_use]
    pub fn css(&self) -> String {
        let files = [COMMON_STYLE, STYLE_FILE, COMMON_NEWER_STYLE].map(|name| self.files.get(name));
        files.into_iter().flatten().map(|css| String::from_utf8_lossy(css)).collect::<Vec<_>>().join("\n")
    }

    /// The rules for the fonts that its e-books may bring, where it has them.
    #[must_use]
    pub fn fonts_css(&self) -> Option<Cow<'_, str>> {
        self.files.get(FONTS_FILE).map(|css| String::from_utf8_lossy(css))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The style sheet of a layout that has these files beside the needed ones; a file holds its own name.
    fn css(files: &[&'static str]) -> String {
        let needed = [
            (SETTINGS_FILE, "name: own\ndescription: own\npaper: a5\npapers: {}\n"),
            ("booklet.typ", ""),
            ("cover.typ", ""),
        ];
        let named = files.iter().map(|name| (*name, *name)).chain(needed);
        let files = named.map(|(name, text)| (name.to_owned(), Cow::Borrowed(text.as_bytes())));
        Layout::new("own", files.collect()).expect("a layout").css()
    }

    #[test]
    fn rules_of_the_layout_stand_between_the_common_ones() {
        for (files, expected) in [
            (
                &["epub.css", "common/epub.css", "common/epub-newer.css"][..],
                "common/epub.css\nepub.css\ncommon/epub-newer.css",
            ),
            (&["epub.css"], "epub.css"),
        ] {
            assert_eq!(css(files), expected);
        }
    }
}
