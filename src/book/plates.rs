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
            let within =
                plate.chapter.as_ref().map(|id| format!(" of the chapter “{id}”")).unwrap_or_default();
            fault(format!(
                "no paragraph or label{within} begins with “{words}”, where the picture is to stand"
            ))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Edition, Front, Leaf, Part, Role, TitleLeaf};

    fn words(text: &str) -> Vec<Run> {
        vec![Run::Words(text.to_owned())]
    }

    fn leaf(id: &str, text: &str) -> Leaf {
        Leaf { id: id.to_owned(), text: words(text) }
    }

    fn title(id: &str, text: &str) -> TitleLeaf {
        TitleLeaf { id: id.to_owned(), text: words(text), supplied: false }
    }

    fn labelled(id: &str, label: &str, text: &str) -> Block {
        Block::Labelled { id: id.to_owned(), level: 3, label: words(label), text: words(text) }
    }

    fn chapter(id: &str, name: &str, opening: Vec<Block>, scenes: &[(&str, &str)]) -> Chapter {
        let section = |(at, (name, text)): (usize, &(&str, &str))| Section {
            role: Role::Scene,
            number: Some(at + 1),
            title: title(&format!("{id}-{}", 10 * (at + 1)), name),
            blocks: vec![labelled(&format!("{id}-{}", 10 * (at + 1) + 1), "Editing", text)],
        };
        Chapter {
            id: id.to_owned(),
            number: None,
            numeral: None,
            part: Part::Essay,
            title: title(&format!("{id}-0"), name),
            summary: Vec::new(),
            running: name.to_owned(),
            opening,
            sections: scenes.iter().enumerate().map(section).collect(),
        }
    }

    fn book() -> Book {
        let list = vec![leaf("guide-2", "A broom"), leaf("guide-3", "A boot")];
        let guide =
            vec![Block::Paragraph(leaf("guide-1", "The “bridge” burns.")), Block::List { items: list }];
        let film = vec![
            labelled("film-1", "Comédie", "Nobody laughs."),
            Block::Paragraph(leaf("film-2", "The bridge is real.")),
        ];
        Book {
            language: "en".to_owned(),
            region: "GB".to_owned(),
            title: "M".to_owned(),
            original_title: None,
            year: None,
            tagline: None,
            directors: Vec::new(),
            runtime_minutes: None,
            date: None,
            club: None,
            season: None,
            position: None,
            films: Vec::new(),
            terms: std::collections::BTreeMap::new(),
            front: Front::default(),
            card: Vec::new(),
            chapters: vec![
                chapter("guide", "Start Here", guide, &[]),
                chapter("film", "The Film", film, &[("A Train", "One cut."), ("A Fall", "Two cuts.")]),
            ],
            index: Vec::new(),
            agenda: Vec::new(),
            cover: None,
            edition: Edition::default(),
            subjects: Vec::new(),
            rights: None,
            colophon: Vec::new(),
            source_hash: None,
            almanac: None,
        }
    }

    fn plate(chapter: Option<&str>, spot: Spot) -> Plate {
        let picture = Picture { file: "p.jpg".to_owned(), alt: "A".to_owned(), width: 3, height: 2 };
        let (caption, credit) = ("Caption".to_owned(), String::new());
        Plate { picture, caption, credit, chapter: chapter.map(str::to_owned), spot, place: None }
    }

    fn after(words: &str) -> Spot {
        Spot::After(words.to_owned())
    }

    /// The ids of the leaves with the plates among them.
    fn order(plates: &[Plate]) -> String {
        let mut book = book();
        insert_plates(&mut book, plates).expect("all have their places");
        book.printed().into_iter().map(|leaf| leaf.id).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_plate_stands_where_the_editor_says() {
        let whole = "guide-0 guide-1 guide-2 guide-3 film-0 film-1 film-2 film-10 film-11 film-20 film-21";
        for (chapter, spot, before) in [
            (Some("film"), Spot::Opening, "film-1"),
            (Some("film"), after("The \"Bridge\""), "film-10"),
            (None, after("comedie: nobody"), "film-2"),
            (None, after("Nobody laughs"), "film-2"),
            (Some("guide"), after("The"), "guide-2"),
            (None, after("a broom"), "film-0"),
            (None, after("A Fall"), "film-21"),
            (None, Spot::Scene(1), "film-11"),
            (None, after("Two cuts"), ""),
        ] {
            let expected = match before {
                "" => format!("{whole} picture-1"),
                id => whole.replacen(id, &format!("picture-1 {id}"), 1),
            };
            assert_eq!(order(&[plate(chapter, spot.clone())]), expected, "{spot:?}");
        }
    }

    #[test]
    fn plates_for_one_place_keep_their_order_and_the_other_leaves_their_ids_and_words() {
        let plates = [
            plate(None, Spot::Scene(2)),
            plate(None, after("Nobody")),
            plate(None, after("Comedie")),
            plate(Some("film"), Spot::Opening),
        ];
        assert_eq!(
            order(&plates),
            "guide-0 guide-1 guide-2 guide-3 film-0 picture-4 film-1 picture-2 picture-3 film-2 \
             film-10 film-11 film-20 picture-1 film-21"
        );
        let mut hung = book();
        insert_plates(&mut hung, &plates).expect("all have their places");
        let others = hung.printed().into_iter().filter(|leaf| !leaf.id.starts_with("picture-"));
        assert_eq!(others.collect::<Vec<_>>(), book().printed());
    }

    #[test]
    fn a_place_that_is_not_there_or_not_clear_is_told() {
        for (chapter, spot, expected) in [
            (Some("flim"), Spot::Opening, "the dossier has no chapter “flim” for the picture"),
            (None, Spot::Scene(9), "there is no scene 9 for the picture: the last one is scene 2"),
            (
                Some("guide"),
                Spot::Scene(1),
                "there is no scene 1 for the picture: no scenes were found there",
            ),
            (
                None,
                after("Nowhere"),
                "no paragraph or label begins with “Nowhere”, where the picture is to stand",
            ),
            (
                Some("film"),
                after("— …"),
                "no paragraph or label of the chapter “film” begins with “— …”, where the picture is to stand",
            ),
            (None, after("the bridge"), "“the bridge” begins a paragraph in 2 places: guide; film"),
            (
                None,
                after("Editing"),
                "“Editing” begins a paragraph in 2 places: film, scene 1 “A Train”; film, scene 2 “A Fall”",
            ),
        ] {
            let mut hung = book();
            let good = plate(None, Spot::Scene(1));
            let faults = insert_plates(&mut hung, &[good, plate(chapter, spot)]).expect_err(expected);
            assert_eq!(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>(), [expected]);
            assert_eq!(hung, book(), "nothing is hung where one has no place");
        }
    }
}
