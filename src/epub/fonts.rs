//! Fonts in the e-book, where a club wants its booklet's type on the screen too.
//!
//! The layout says which in `fonts.css`: a rule `@font-face` for each file, and where each family stands. The
//! files come whole: what cuts fonts in Rust either drops kerning, small capitals and weights, for which a club
//! brings its fonts (allsorts 0.17: 20 kB a font), or doubles the time to compile (skera 0.6).

use super::fault;
use crate::diag::Diagnostic;
use std::borrow::Cow;

/// The fonts of an e-book.
#[derive(Clone, Copy, Debug)]
pub struct Fonts<'a> {
    /// The layout's rules, `fonts.css`; it names files as `url("fonts/jost/Jost-Variable.ttf")`.
    pub css: &'a str,
    /// Font files and their licences by path: `fonts/jost/Jost-Variable.ttf`, `fonts/jost/OFL.txt`. Fonts that
    /// the rules do not name stay away, and so does the licence of a folder without a font that they name.
    pub files: &'a [(String, Cow<'a, [u8]>)],
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
    /// The files that the rules name, in their order.
    ///
    /// # Errors
    /// [`Code::Package`](crate::diag::Code::Package) where a file is missing.
    pub fn packaged(&self) -> Result<Vec<Packaged>, Diagnostic> {
        let mut packaged: Vec<Packaged> = Vec::new();
        for path in named(self.css) {
            if packaged.iter().any(|font| font.path == path) {
                continue;
            }
            let file = self.files.iter().find(|(known, _)| known == path);
            let (_, bytes) =
                file.ok_or_else(|| fault("given its fonts", format_args!("{path} is missing")))?;
            packaged.push(Packaged { path: path.to_owned(), bytes: bytes.to_vec() });
        }
        Ok(packaged)
    }

    /// The licences, which go with the fonts wherever these go. They are no part of the book's text, so they
    /// stand beside the description of the container: `META-INF/jost-OFL.txt`.
    pub fn licences(&self) -> Vec<(String, Vec<u8>)> {
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let folders = named(self.css).map(folder).collect::<Vec<_>>();
        let texts = self.files.iter().filter(|(path, _)| is_text(path) && folders.contains(&folder(path)));
        let name = |path: &str| path.strip_prefix("fonts/").unwrap_or(path).replace('/', "-");
        texts.map(|(path, bytes)| (format!("META-INF/{}", name(path)), bytes.to_vec())).collect()
    }
}

fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "txt")
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
