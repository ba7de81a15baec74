//! The world that Typst sees: the layout's files, the book as data, our fonts. Nothing else.

use super::ProjectFile;
use crate::diag::{Code, Diagnostic, Place};
use crate::source::{Source as Text, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

/// Typst's own definitions: the same on every desk, and long to hash.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A typesetter's desk with one book on it.
pub struct Desk {
    fonts: Arc<FontStore>,
    shelf: Shelf,
    files: FileStore<Shelf>,
    main: FileId,
}

/// The files on the desk.
#[derive(Clone)]
struct Shelf(Vec<(FileId, Bytes)>);

impl FileLoader for Shelf {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.0.iter().find(|(file, _)| *file == id).map(|(_, bytes)| bytes.clone());
        found.ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }
}

impl Desk {
    /// Puts a layout and what it prints on the desk. Files whose path Typst cannot hold are left out.
    ///
    /// # Errors
    /// Where `main`, the file to be typeset, has such a path itself.
    pub fn new(
        fonts: Arc<FontStore>,
        layout: &BTreeMap<String, Cow<'static, [u8]>>,
        data: Vec<ProjectFile>,
        main: &str,
    ) -> Result<Self, Diagnostic> {
        let mut shelf = layout
            .iter()
            .filter_map(|(path, bytes)| {
                let bytes = match bytes {
                    Cow::Borrowed(bytes) => Bytes::new(*bytes),
                    Cow::Owned(bytes) => Bytes::new(bytes.clone()),
                };
                Some((file_id(path)?, bytes))
            })
            .collect::<Vec<_>>();
        shelf.extend(data.into_iter().filter_map(|(path, bytes)| Some((file_id(&path)?, Bytes::new(bytes)))));
        Ok(Self::holding(fonts, Shelf(shelf), to_typeset(main)?))
    }

    /// A desk with the same files but for one, and with another to be typeset.
    ///
    /// # Errors
    /// Where a path is none that Typst can hold.
    pub fn with(&self, main: &str, (path, bytes): ProjectFile) -> Result<Self, Diagnostic> {
        let replaced = to_typeset(&path)?;
        let mut files = self.shelf.0.clone();
        files.retain(|(id, _)| *id != replaced);
        files.push((replaced, Bytes::new(bytes)));
        Ok(Self::holding(self.fonts.clone(), Shelf(files), to_typeset(main)?))
    }

    fn holding(fonts: Arc<FontStore>, shelf: Shelf, main: FileId) -> Self {
        Self { fonts, files: FileStore::new(shelf.clone()), shelf, main }
    }

    /// Where a span of Typst's lies: file, line, column.
    pub fn place(&self, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        let range = self.range(span)?;
        let file = id.vpath().get_without_slash().to_owned();
        let Ok(source) = self.source(id) else {
            return Some(Place::file(file));
        };
        let text = Text::new(file, source.text().to_owned(), "UTF-8", &[]);
        Some(Place::of(&text, Span::new(range.start, range.end)))
    }
}

/// A file as Typst reads it. A layout is laid on many desks, and its files are read once.
#[comemo::memoize]
fn parsed(id: FileId, bytes: Bytes) -> FileResult<Source> {
    let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
    Ok(Source::new(id, text.to_owned()))
}

fn to_typeset(path: &str) -> Result<FileId, Diagnostic> {
    file_id(path).ok_or_else(|| {
        Diagnostic::error(Code::Layout, format!("“{path}” is no path within the layout's folder"))
    })
}

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        parsed(id, self.files.file(id)?)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// There is no today: the same input gives the same bytes on any day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
