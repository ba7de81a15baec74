//! From a pasted text to a dossier, step by step: decode, clean, classify, segment, structure.
//!
//! Every step is pure: it reads what the one before it made and touches no file. Doubt is a warning
//! and the work goes on; only a source that is no text stops it. No step knows a film.

mod classify;
mod clean;
mod decode;
mod evidence;
mod front;
mod lexicon;
mod markup;
mod metadata;
mod opening;
mod quotes;
mod ranks;
mod references;
mod scenes;
mod segment;
mod structure;
mod talk;
mod words;

pub use clean::{Edit, EditRule};
pub use evidence::Cue;
pub use opening::Opening;
pub use segment::{RunnerUp, Start};

use crate::diag::{Code, Diagnostic, Place, Warned};
use crate::dossier::{Dossier, SourceFile};
use crate::scheme::Scheme;
use crate::source::Source;
use lexicon::Lexicon;

/// What is known of a dossier before its text is read (from season.yaml).
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The film's title, where the text does not say it.
    pub title: Option<String>,
    /// The language of the text, where it should not be guessed.
    pub language: Option<String>,
}

/// A dossier and how it was recovered.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovered {
    /// The intermediate form.
    pub dossier: Dossier,
    /// The raw text.
    pub source: Source,
    /// Every change that cleaning made to the raw text.
    pub edits: Vec<Edit>,
    /// Where the chapters start, how sure that is, and why.
    pub starts: Vec<Start>,
}

/// Recovers the dossier in `bytes`. The scheme is the one of `schemes` whose language the text is in.
///
/// # Errors
/// Where the bytes are no text, hold no words, or no line can be the film's title.
pub fn read(
    name: &str,
    bytes: &[u8],
    schemes: &[Scheme],
    known: &Known,
) -> Result<Warned<Recovered>, Diagnostic> {
    let decode::Decoded { source, markup } = decode::decode(name, bytes)?;
    let scheme = scheme_for(source.text(), schemes, known).ok_or_else(|| {
        Diagnostic::error(
            Code::Settings,
            "there is no chapter scheme for the language of this dossier",
        )
        .at(Place::file(name))
        .hint("add layouts/chapters/<language>.yaml, or set `language` in season.yaml")
    })?;
    let lexicon = Lexicon::new(scheme);
    let cleaned = clean::clean(&source, &markup, scheme);
    let units = classify::classify(&cleaned.lines, &lexicon);
    let front = front::find(&units, &lexicon, known);
    let segmented = segment::segment(&units, &front, &lexicon);
    let mut warnings = cleaned.warnings;
    let built = structure::structure(&units, &front, &segmented, &lexicon);
    warnings.extend(built.warnings);
    let mut dossier = built.value;
    dossier.language.clone_from(&scheme.language);
    dossier.source = Some(SourceFile {
        name: file_name(name).to_owned(),
        sha256: source.sha256().to_owned(),
    });
    if dossier.metadata.title.is_empty() {
        match &known.title {
            Some(title) => dossier.metadata.title.clone_from(title),
            None => return Err(no_title(&source)),
        }
    }
    warnings.extend(references::link(&mut dossier, scheme, &source));
    warnings.extend(segment::doubts(&segmented.starts, &units, &source, scheme));
    let recovered = Recovered {
        dossier,
        source,
        edits: cleaned.edits,
        starts: segmented.starts,
    };
    Ok(Warned {
        value: recovered,
        warnings,
    })
}

fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

fn no_title(source: &Source) -> Diagnostic {
    Diagnostic::error(Code::NoTitle, "no line at the top of this dossier can be the film's title")
        .at(Place::of(source, source.line_span(1)))
        .hint("put the title and the year on a line of their own, `The General (1926)`, or give `title:` in season.yaml")
}

/// The scheme of the language that is asked for, or else of the one whose common words occur most.
fn scheme_for<'a>(text: &str, schemes: &'a [Scheme], known: &Known) -> Option<&'a Scheme> {
    if let Some(language) = &known.language {
        return schemes.iter().find(|scheme| scheme.language == *language);
    }
    let sample = words::words(text).take(2000).collect::<Vec<_>>();
    let common = |scheme: &Scheme| {
        sample
            .iter()
            .filter(|word| scheme.common_words.iter().any(|common| common == *word))
            .count()
    };
    // the first of equals, so that the order of the schemes decides for a text in neither language
    schemes.iter().rev().max_by_key(|scheme| common(scheme))
}
