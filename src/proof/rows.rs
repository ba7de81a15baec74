//! The dossier laid beside its source: which lines became which pieces.

use crate::dossier::{Block, Chapter, Dossier, Heading, SectionRole};
use crate::source::{Source, Span};
use std::ops::Range;

/// The front, or one chapter, with everything that stands in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The chapter; none for what stands before the first.
    pub chapter: Option<&'a Chapter>,
    /// Its rows, in the order of the source.
    pub rows: Vec<Row<'a>>,
}

/// Lines of the source and what they became.
#[derive(Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The lines, from 1; none where the program supplied what stands here.
    pub lines: Range<usize>,
    /// What they became; nothing for blank lines.
    pub pieces: Vec<Piece<'a>>,
}

/// A part of the dossier that stands on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The heading of the chapter, where the source has it.
    Title(&'a Heading),
    /// The heading of a section.
    Section(SectionRole, &'a Heading),
    /// A block, and whether it stands under the heading of a section.
    Block(&'a Block, bool),
}

impl Piece<'_> {
    fn span(&self) -> Option<Span> {
        match self {
            Self::Title(heading) | Self::Section(_, heading) => heading.origin.span(),
            Self::Block(block, _) => block.origin.span(),
        }
    }
}

/// All parts. Every line of the source stands in one row, and every piece of the dossier too.
pub fn parts<'a>(dossier: &'a Dossier, source: &Source) -> Vec<Part<'a>> {
    let mut sheet = Sheet { source, next: 1, parts: Vec::new() };
    sheet.part(None, &dossier.front.iter().map(|block| Piece::Block(block, false)).collect::<Vec<_>>());
    for chapter in &dossier.chapters {
        sheet.part(Some(chapter), &pieces(chapter));
    }
    sheet.lines_without_pieces(source.line_count() + 1);
    sheet.parts
}

fn pieces(chapter: &Chapter) -> Vec<Piece<'_>> {
    let title = chapter.title.origin.is_text().then_some(Piece::Title(&chapter.title));
    let opening = chapter.opening.iter().map(|block| Piece::Block(block, false));
    let sections = chapter.sections.iter().flat_map(|section| {
        let blocks = section.blocks.iter().map(|block| Piece::Block(block, true));
        std::iter::once(Piece::Section(section.role, &section.title)).chain(blocks)
    });
    title.into_iter().chain(opening).chain(sections).collect()
}

struct Sheet<'a, 's> {
    source: &'s Source,
    /// The first line that stands in no row yet.
    next: usize,
    parts: Vec<Part<'a>>,
}

impl<'a> Sheet<'a, '_> {
    fn part(&mut self, chapter: Option<&'a Chapter>, pieces: &[Piece<'a>]) {
        if let Some(span) = pieces.iter().find_map(Piece::span).filter(|_| chapter.is_some()) {
            // blank lines before a chapter still belong to the one before it
            self.lines_without_pieces(self.source.line_of(span.start));
        }
        self.parts.push(Part { chapter, rows: Vec::new() });
        for (at, piece) in pieces.iter().enumerate() {
            match (piece.span(), pieces.get(at + 1).and_then(Piece::span)) {
                (Some(span), _) => self.lines_of(*piece, span),
                (None, Some(after)) => {
                    self.lines_without_pieces(self.source.line_of(after.start));
                    self.supplied(*piece);
                }
                (None, None) => self.supplied(*piece),
            }
        }
    }

    /// A row for the lines of a piece.
    fn lines_of(&mut self, piece: Piece<'a>, span: Span) {
        let (first, last) = self.source.lines_of(span);
        self.lines_without_pieces(first);
        let end = self.next.max(last + 1);
        let next = self.next;
        let Some(rows) = self.rows() else { return };
        match rows.iter_mut().rev().find(|row| !row.lines.is_empty()) {
            // two pieces of one line share its row
            Some(row) if first < next => {
                row.lines.end = end;
                row.pieces.push(piece);
            }
            Some(_) | None => rows.push(Row { lines: next..end, pieces: vec![piece] }),
        }
        self.next = end;
    }

    /// A row without lines.
    fn supplied(&mut self, piece: Piece<'a>) {
        let next = self.next;
        if let Some(rows) = self.rows() {
            rows.push(Row { lines: next..next, pieces: vec![piece] });
        }
    }

    /// A row for each line before line `end` that has none.
    fn lines_without_pieces(&mut self, end: usize) {
        let next = self.next;
        if let Some(rows) = self.rows() {
            rows.extend((next..end).map(|line| Row { lines: line..line + 1, pieces: Vec::new() }));
            self.next = next.max(end);
        }
    }

    fn rows(&mut self) -> Option<&mut Vec<Row<'a>>> {
        self.parts.last_mut().map(|part| &mut part.rows)
    }
}
