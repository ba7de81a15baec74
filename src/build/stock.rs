//! What is built into the program, so that an installed one needs no folder: fonts, layouts,
//! chapter schemes.

use crate::diag::Diagnostic;
use crate::layout::Layout;
use crate::scheme::Scheme;
use std::borrow::Cow;
use std::collections::BTreeMap;

type File = (&'static str, &'static [u8]);

macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $name)).as_slice())),*]
    };
}

/// Font files; families are looked for in this order.
const FONTS: &[File] = files!["fonts":
    "eb-garamond/EBGaramond-Variable.ttf",
    "eb-garamond/EBGaramond-VariableItalic.ttf",
    "jost/Jost-Variable.ttf",
    "jost/Jost-VariableItalic.ttf",
    "fira-sans/FiraSans-Regular.ttf",
    "fira-sans/FiraSans-Italic.ttf",
    "fira-sans/FiraSans-SemiBold.ttf",
    "fira-sans/FiraSans-SemiBoldItalic.ttf",
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf",
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Italic.ttf",
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Bold.ttf",
    "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-BoldItalic.ttf",
    "dejavu-sans/DejaVuSans.ttf",
    "noto-serif-sc/NotoSerifSC-Regular.ttf",
    "noto-serif-kr/NotoSerifKR-Regular.ttf",
    "noto-emoji/NotoEmoji-Regular.ttf",
];

/// The licences of the fonts that an e-book may bring: they go wherever the fonts go.
const LICENCES: &[File] = files!["fonts":
    "eb-garamond/OFL.txt",
    "jost/OFL.txt",
    "fira-sans/OFL.txt",
    "atkinson-hyperlegible-next/OFL.txt",
];

/// The parts that every layout may import, as `/common/base.typ` and so on.
const COMMON: &[File] = files!["layouts/common":
    "almanac.typ",
    "base.typ",
    "blocks.typ",
    "booklet.typ",
    "chapter.typ",
    "corrections.typ",
    "cover.typ",
    "discussion.typ",
    "dress.typ",
    "epub-newer.css",
    "epub.css",
    "figures.typ",
    "front.typ",
    "glossary.typ",
    "index.typ",
    "leaflet.typ",
    "motif.typ",
    "patterns.typ",
    "scenes.typ",
    "settings.yaml",
    "trial.typ",
    "words.typ",
    "worksheets.typ",
];

/// The layout `classic`.
const CLASSIC: &[File] =
    files!["layouts/classic": "layout.yaml", "booklet.typ", "cover.typ", "epub.css", "fonts.css"];

/// The layout `modern`.
const MODERN: &[File] =
    files!["layouts/modern": "layout.yaml", "booklet.typ", "cover.typ", "epub.css", "fonts.css"];

/// The layout `large-print`.
const LARGE_PRINT: &[File] =
    files!["layouts/large-print": "layout.yaml", "booklet.typ", "cover.typ", "epub.css", "fonts.css"];

/// The layouts by name.
const LAYOUTS: &[(&str, &[File])] = &[("classic", CLASSIC), ("modern", MODERN), ("large-print", LARGE_PRINT)];

/// The layout of a season that names none.
pub const DEFAULT_LAYOUT: &str = "classic";

/// The chapter schemes; where the language of a text cannot be told, the first one is taken.
const SCHEMES: &[File] = files!["layouts/chapters": "en.yaml", "fr.yaml"];

/// The font files by path.
pub fn fonts() -> impl Iterator<Item = (&'static str, Cow<'static, [u8]>)> {
    FONTS.iter().map(|(name, bytes)| (*name, Cow::Borrowed(*bytes)))
}

/// Fonts and licences as the style sheet of an e-book names them: `fonts/jost/Jost-Variable.ttf`.
pub fn ebook_fonts() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    FONTS.iter().chain(LICENCES).map(|(name, bytes)| (format!("fonts/{name}"), Cow::Borrowed(*bytes)))
}

/// The parts that every layout may import, by their paths in a layout's folder.
pub fn common() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    COMMON.iter().map(|(name, bytes)| (format!("common/{name}"), Cow::Borrowed(*bytes)))
}

/// Names of the layouts that are built in.
pub fn layout_names() -> impl Iterator<Item = &'static str> {
    LAYOUTS.iter().map(|(name, _)| *name)
}

/// A layout that is built in.
pub fn layout(name: &str) -> Option<Result<Layout, Diagnostic>> {
    let (_, files) = LAYOUTS.iter().find(|(known, _)| *known == name)?;
    let own = files.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes)));
    let files: BTreeMap<_, _> = common().chain(own).collect();
    Some(Layout::new(name, files))
}

/// The chapter schemes that are built in.
///
/// # Errors
/// Where one of them is broken.
pub fn schemes() -> Result<Vec<Scheme>, Diagnostic> {
    SCHEMES
        .iter()
        .map(|(name, bytes)| {
            Scheme::parse(&format!("layouts/chapters/{name}"), &String::from_utf8_lossy(bytes))
        })
        .collect()
}
