//! What the program tells the editor: a value with a place and a way out. Nothing here prints.

use crate::source::{Source, Span};
use serde::{Deserialize, Serialize};

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Note,
    /// The work goes on, but a person should look.
    Warning,
    /// This dossier, or the whole call, cannot go on.
    Error,
}

/// What it is about: the name that stands in brackets behind the severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Code {
    /// A chapter's start is not sure.
    ChapterUnsure,
    /// A pin of season.yaml fits no place, or two.
    Pin,
    /// A chapter of the scheme was not found.
    ChapterMissing,
    /// A scene got no title from the introduction.
    SceneUntitled,
    /// "Prompt V" names a chapter that is not there.
    ReferenceUnresolved,
    /// A date or a year that cannot be read.
    MetadataUnread,
    /// A control character, or one that the encoding does not know.
    CharacterReplaced,
    /// A file cannot be read or written.
    File,
    /// The folder of the outputs cannot be written.
    Output,
    /// An e-reader takes no e-books, or not all.
    Device,
    /// How the source was read.
    Reading,
    /// The source holds no text, or not text.
    NotText,
    /// No line of the source can be the film's title.
    NoTitle,
    /// season.yaml, layout.yaml, a chapter scheme or a front matter is broken.
    Settings,
    /// An edition that a dossier has not the parts for.
    Edition,
    /// A reviewed dossier (`.md`) has something that its form does not know.
    Reviewed,
    /// Typst could not compile the layout.
    Layout,
    /// A page is not as a typographer would have it.
    Page,
    /// A word of the source is missing, doubled or invented in an output.
    Collation,
    /// The e-book could not be packed.
    Package,
    /// A picture cannot be used, or has no place.
    Picture,
    /// A booklet does not go onto the paper as it was asked to.
    Print,
}

impl Code {
    /// The name in the message, in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ChapterUnsure => "chapter-unsure",
            Self::Pin => "pin",
            Self::ChapterMissing => "chapter-missing",
            Self::SceneUntitled => "scene-untitled",
            Self::ReferenceUnresolved => "reference-unresolved",
            Self::MetadataUnread => "metadata-unread",
            Self::CharacterReplaced => "character-replaced",
            Self::File => "file",
            Self::Output => "output",
            Self::Device => "device",
            Self::Reading => "reading",
            Self::NotText => "not-text",
            Self::NoTitle => "no-title",
            Self::Settings => "settings",
            Self::Edition => "edition",
            Self::Reviewed => "reviewed",
            Self::Layout => "layout",
            Self::Page => "page",
            Self::Collation => "collation",
            Self::Package => "package",
            Self::Picture => "picture",
            Self::Print => "print",
        }
    }
}

/// A place in a file, with the line itself, so that it can be shown without the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, as the editor knows it.
    pub file: String,
    /// Line, from 1; `None` for the file as a whole.
    pub line: Option<usize>,
    /// The line's text.
    pub text: String,
    /// The bytes of `text` that are meant.
    pub mark: Span,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, text: String::new(), mark: Span::default() }
    }

    /// The first line of `span`, marked as far as the span reaches on it.
    #[must_use]
    pub fn of(source: &Source, span: Span) -> Self {
        let number = source.line_of(span.start);
        let line = source.line_span(source.row_of(span.start));
        let mark = Span::new(
            span.start.clamp(line.start, line.end) - line.start,
            span.end.clamp(line.start, line.end) - line.start,
        );
        Self { file: source.name().to_owned(), line: Some(number), text: source.slice(line).to_owned(), mark }
    }

    /// Line and column, both from 1, of a text that is at hand.
    pub fn at(file: impl Into<String>, text: &str, line: usize, column: usize) -> Self {
        let text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
        let start = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        Self { file: file.into(), line: Some(line), text, mark: Span::new(start, end) }
    }
}

/// One message to the editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How grave.
    pub severity: Severity,
    /// About what.
    pub code: Code,
    /// What was found and what was expected, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning without a place yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note without a place yet.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), place: None, hint: None }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A result that is there whatever happened, and what the editor should know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// Warnings and notes, in the order of the text.
    pub warnings: Vec<Diagnostic>,
}
