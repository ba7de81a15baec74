//! Plates: pictures with their captions, put among the blocks of a finished book.
//!
//! The other leaves keep their ids and their words; a plate has an id of its own, `picture-1`.

use super::{Block, Book, Chapter, Figure, Picture, Run, Section, printed};
use crate::diag::{Code, Diagnostic, Place};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A picture, and where it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plate {
    /// The picture.
    pub picture: Picture,
    /// What stands below it; may be empty.
    pub caption: String,
    /// Whose it is; may be empty.
    pub credit: String,
    /// The id of the chapter in which it stands; `None` where that is to be found.
    pub chapter: Option<String>,
    /// Where it stands in the chapter.
    pub spot: Spot,
    /// Where a person said so.
    pub place: Option<Place>,
}

/// Where a plate stands in its chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Behind the chapter's title.
    Opening,
    /// Behind the scene's heading; scenes are counted from 1.
    Scene(usize),
    /// Behind the paragraph, label or heading that begins with these words. A list is not parted: the
    /// plate stands behind all of it.
    After(String),
}

/// A gap between two blocks: the chapter, the section or the opening, and how many blocks stand before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    chapter: usize,
    section: Option<usize>,
    blocks: usize,
}

/// Puts plates into a book. Plates for one gap stand in the order in which they are given.
///
/// # Errors
/// One for each plate whose place is not there or not clear: an unknown chapter, no such scene, words
/// that nothing begins with, or several paragraphs. The book is then as it was.
pub fn insert_plates(book: &mut Book, plates: &[Plate]) -> Result<(), Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (at, plate) in plates.iter().enumerate() {
        match gap(book, plate) {
            Ok(gap) => found.push((gap, at)),
            Err(fault) => faults.push(match &plate.place {
                Some(place) => fault.at(place.clone()),
                None => fault,
            }),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // from the end on, so that the gaps before keep their numbers
    found.sort_unstable();
    for (gap, at) in found.into_iter().rev() {
        let figure = plates.get(at).map(|plate| figure(plate, at + 1));
        if let (Some(figure), Some(blocks)) = (figure, blocks_of(book, gap)) {
            blocks.insert(gap.blocks.min(blocks.len()), Block::Figure(figure));
        }
    }
    Ok(())
}

fn figure(plate: &Plate, number: usize) -> Figure {
    let words = |text: &str| if text.is_empty() { Vec::new() } else { vec![Run::Words(text.to_owned())] };
    Figure {
        id: format!("picture-{number}"),
        picture: plate.picture.clone(),
        caption: words(plate.caption.trim()),
        credit: words(plate.credit.trim()),
    }
}

fn blocks_of(book: &mut Book, gap: Gap) -> Option<&mut Vec<Block>> {
    let chapter = book.chapters.get_mut(gap.chapter)?;
    match gap.section {
        None => Some(&mut chapter.opening),
        Some(at) => chapter.sections.get_mut(at).map(|section| &mut section.blocks),
    }
}

/// The gap in which a plate stands.
fn gap(book: &Book, plate: &Plate) -> Result<Gap, Diagnostic> {
    let chapters = chapters(book, plate)?;
    let found = chapters.iter().flat_map(|(at, chapter)| match &plate.spot {
        Spot::Opening => vec![Gap { chapter: *at, section: None, blocks: 0 }],
        Spot::Scene(number) => scenes(*at, chapter, *number),
        Spot::After(words) => behind(*at, chapter, &folded(words)),
    });
    let found = found.collect::<Vec<_>>();
    match found.as_slice() {
        [gap] => Ok(*gap),
        [] => Err(nowhere(plate, &chapters)),
        several => Err(several_places(book, plate, several)),
    }
}

/// The chapters in which a plate may stand, each with its number from 0.
fn chapters<'a>(book: &'a Book, plate: &Plate) -> Result<Vec<(usize, &'a Chapter)>, Diagnostic> {
    let all = book.chapters.iter().enumerate();
    let Some(id) = &plate.chapter else { return Ok(all.collect()) };
    let chapters = all.filter(|(_, chapter)| chapter.id == *id).collect::<Vec<_>>();
    if chapters.is_empty() {
        let known = book.chapters.iter().map(|chapter| chapter.id.as_str()).collect::<Vec<_>>().join(", ");
        return Err(fault(format!("the dossier has no chapter “{id}” for the picture"))
            .hint(format!("its chapters are: {known}")));
    }
    Ok(chapters)
}

fn scenes(at: usize, chapter: &Chapter, number: usize) -> Vec<Gap> {
    let scenes = chapter.sections.iter().enumerate().filter(|(_, section)| section.number == Some(number));
    scenes.map(|(section, _)| Gap { chapter: at, section: Some(section), blocks: 0 }).collect()
}

/// The gaps behind all that begins with these words; the items of one list have one gap.
fn behind(at: usize, chapter: &Chapter, words: &str) -> Vec<Gap> {
    let begins = |texts: &[&[Run]]| {
        let texts = texts.iter().map(|runs| printed(runs)).collect::<Vec<_>>();
        let whole = texts.join(" ");
        let mut starts = std::iter::once(&whole).chain(&texts);
        !words.is_empty() && starts.any(|text| folded(text).starts_with(words))
    };
    let flow = |section: Option<usize>, title: &[Run], blocks: &[Block]| {
        let title = begins(&[title]).then_some(0);
        let blocks = blocks.iter().enumerate().filter(|(_, block)| {
            let mut leaves = block.leaves().into_iter();
            leaves.any(|(_, texts)| begins(&texts))
        });
        let gaps = title.into_iter().chain(blocks.map(|(number, _)| number + 1));
        gaps.map(|blocks| Gap { chapter: at, section, blocks }).collect::<Vec<_>>()
    };
    let mut gaps = flow(None, &chapter.title.text, &chapter.opening);
    for (number, section) in chapter.sections.iter().enumerate() {
        gaps.extend(flow(Some(number), &section.title.text, &section.blocks));
    }
    gaps
}

/// Letters and digits in lower case, words parted by one space: quotation marks, dashes and accents may
/// differ between what is copied and what is printed.
fn folded(text: &str) -> String {
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let letters = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn nowhere(plate: &Plate, chapters: &[(usize, &Chapter)]) -> Diagnostic {
    match &plate.spot {
        Spot::Opening => fault("the picture does not say in which chapter it stands".to_owned())
            .hint("add `chapter:` with a chapter's id"),
        Spot::Scene(number) => {
            let most = chapters.iter().flat_map(|(_, chapter)| &chapter.sections);
            let most = most.filter_map(|section| section.number).max().unwrap_or(0);
            let message = if most == 0 {
                format!("there is no scene {number} for the picture: no scenes were found there")
            } else {
                format!("there is no scene {number} for the picture: the last one is scene {most}")
            };
            fault(message).hint("name another scene, or the first words of a paragraph: `after: \"…\"`")
        }
        Spot::After(words) => {
            let within = plate.chapter.iter().map(|id| format!(" of the chapter “{id}”")).collect::<String>();
            fault(format!("no paragraph or label{within} begins with “{words}”, where the picture is to stand"))
                .hint("copy the first words of the paragraph as they stand in the text")
        }
    }
}

fn several_places(book: &Book, plate: &Plate, gaps: &[Gap]) -> Diagnostic {
    let what = match &plate.spot {
        Spot::Opening => "the place of the picture is".to_owned(),
        Spot::Scene(number) => format!("scene {number} is"),
        Spot::After(words) => format!("“{words}” begins a paragraph"),
    };
    let count = gaps.len();
    let places = gaps.iter().filter_map(|gap| {
        let chapter = book.chapters.get(gap.chapter)?;
        let section = gap.section.and_then(|at| chapter.sections.get(at));
        let section = section.map(|section| format!(", {}", heading(section))).unwrap_or_default();
        Some(format!("{}{section}", chapter.id))
    });
    let places = places.take(4).collect::<Vec<_>>().join("; ");
    let more = if count > 4 { "; …" } else { "" };
    fault(format!("{what} in {count} places: {places}{more}"))
        .hint("add `chapter:` with the id of one of these chapters, or take more words of the paragraph")
}

fn heading(section: &Section) -> String {
    let title = printed(&section.title.text);
    match section.number {
        Some(number) => format!("scene {number} “{title}”"),
        None => format!("“{title}”"),
    }
}

fn fault(message: String) -> Diagnostic {
    Diagnostic::error(Code::Picture, message)
}
