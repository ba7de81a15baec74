//! Fonts in the e-book, where a club wants its booklet's type on the screen too.
//!
//! The layout says which in `fonts.css`: a rule `@font-face` for each file, and where each family stands. A
//! subset has the characters of the book alone, with small capitals, figures, ligatures and kerning.

use super::fault;
use crate::diag::Diagnostic;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, ReadError};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use std::borrow::Cow;

/// What the layouts ask for besides what every font does by itself: small capitals, kinds of figures.
const FEATURES: [&[u8; 4]; 6] = [b"smcp", b"c2sc", b"onum", b"lnum", b"pnum", b"tnum"];

/// Names that a font keeps: its own, its makers' and its licence's, up to the address of the licence.
const LAST_NAME: u16 = 14;

/// English (United States) in the names of a font.
const ENGLISH: u16 = 0x0409;

/// The fonts of an e-book.
#[derive(Clone, Copy, Debug)]
pub struct Fonts<'a> {
    /// The layout's rules, `fonts.css`; it names files as `url("fonts/jost/Jost-Variable.ttf")`.
    pub css: &'a str,
    /// Font files and their licences by path: `fonts/jost/Jost-Variable.ttf`, `fonts/jost/OFL.txt`. Fonts that
    /// the rules do not name stay away, and so does the licence of a folder without a font that they name.
    pub files: &'a [(String, Cow<'a, [u8]>)],
    /// Whether they come whole, and not with the characters of the book alone.
    pub whole: bool,
}

/// A font file as it goes into the package.
#[derive(Clone, Debug)]
pub struct Packaged {
    /// Its path: `fonts/jost/Jost-Variable.ttf`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Fonts<'_> {
    /// The files that the rules name, in their order, for an e-book of these characters.
    ///
    /// # Errors
    /// [`Code::Package`](crate::diag::Code::Package) where a file is missing or is no font.
    pub fn packaged(&self, characters: &str) -> Result<Vec<Packaged>, Diagnostic> {
        let mut packaged: Vec<Packaged> = Vec::new();
        for path in named(self.css) {
            if packaged.iter().any(|font| font.path == path) {
                continue;
            }
            let file = self.files.iter().find(|(known, _)| known == path);
            let (_, bytes) =
                file.ok_or_else(|| fault("given its fonts", format_args!("{path} is missing")))?;
            let bytes = if self.whole { bytes.to_vec() } else { subset(path, bytes, characters)? };
            packaged.push(Packaged { path: path.to_owned(), bytes });
        }
        Ok(packaged)
    }

    /// The licences, which go with the fonts wherever these go. They are no part of the book's text, so they
    /// stand beside the description of the container: `META-INF/jost-OFL.txt`.
    pub fn licences(&self) -> Vec<(String, Vec<u8>)> {
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let folders = named(self.css).map(folder).collect::<Vec<_>>();
        let texts =
            self.files.iter().filter(|(path, _)| has_ending(path, "txt") && folders.contains(&folder(path)));
        let name = |path: &str| path.strip_prefix("fonts/").unwrap_or(path).replace('/', "-");
        texts.map(|(path, bytes)| (format!("META-INF/{}", name(path)), bytes.to_vec())).collect()
    }
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

/// The media type of a font's file.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.') {
        Some((_, "otf")) => "font/otf",
        Some((_, "woff2")) => "font/woff2",
        Some((_, "woff")) => "font/woff",
        Some(_) | None => "font/ttf",
    }
}

/// The files that a style sheet names: `url("fonts/jost/Jost-Variable.ttf")`.
fn named(css: &str) -> impl Iterator<Item = &str> {
    let addresses = css.split("url(").skip(1);
    addresses.filter_map(|rest| Some(rest.split_once(')')?.0.trim().trim_matches(['"', '\''])))
}

/// The font with the glyphs of these characters, and what its features make of them.
fn subset(path: &str, font: &[u8], characters: &str) -> Result<Vec<u8>, Diagnostic> {
    let broken = |cause: ReadError| fault("given its fonts", format_args!("{path}: {cause}"));
    let font = FontRef::new(font).map_err(broken)?;
    let unicodes = characters.chars().map(u32::from).collect::<IntSet<u32>>();
    let own = FEATURES.iter().map(|tag| Tag::new(tag));
    let features = DEFAULT_LAYOUT_FEATURES.iter().copied().chain(own).collect::<IntSet<Tag>>();
    let mut names = IntSet::<NameId>::empty();
    names.insert_range(NameId::new(0)..=NameId::new(LAST_NAME));
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert(); // all of them
    let languages = std::iter::once(ENGLISH).collect();
    let (glyphs, tables) = (IntSet::empty(), IntSet::empty());
    let flags = SubsetFlags::default();
    let plan = Plan::new(&glyphs, &unicodes, &font, flags, &tables, &scripts, &features, &names, &languages);
    subset_font(&font, &plan).map_err(|cause| fault("given its fonts", format_args!("{path}: {cause}")))
}
