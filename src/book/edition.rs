//! Editions: a part of the book for one use. Before the film, for the discussion, or some chapters.
//!
//! An edition is the book with chapters and blocks left out. What is left keeps its words, its order,
//! its ids and its numbers; a link to what is left out becomes the words that it shows.

use super::agenda::agenda;
use super::alone::collect_named;
use super::bind::summary;
use super::{Block, Book, Chapter, Edition, EditionKind, Front, Part, Run, Section};
use crate::diag::{Code, Diagnostic, Warned};
use crate::scheme::Scheme;
use std::collections::BTreeSet;

/// An edition that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name: `before`.
    pub name: String,
    /// Its title, where the club gives one; the built-in editions have one of the scheme's.
    pub title: Option<String>,
    /// What it holds.
    pub matter: Matter,
}

/// What an edition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Everything.
    Everything,
    /// The guide, which tells nothing of how the film ends.
    Guide,
    /// The questions, and the timetable of a discussion.
    Questions {
        /// How long the discussion lasts.
        minutes: u32,
    },
    /// The chapters of these ids, in the order of the book.
    Chapters(Vec<String>),
}

impl Matter {
    /// What an edition of this matter is for.
    #[must_use]
    pub fn kind(&self) -> EditionKind {
        match self {
            Self::Everything => EditionKind::Booklet,
            Self::Guide => EditionKind::Before,
            Self::Questions { .. } => EditionKind::Discussion,
            Self::Chapters(_) => EditionKind::Chapters,
        }
    }
}

impl Book {
    /// An edition of the whole book. `scheme` names the chapters that a dossier lacks.
    ///
    /// Film card, colophon, cover and the season's films stay; of the lines before the first chapter,
    /// date, title and tagline do. Warnings tell of chapters that are asked for and not there, and of
    /// questions that do not fit into the time.
    ///
    /// # Errors
    /// [`Code::Edition`] where nothing would be in it.
    pub fn edition(&self, wanted: &Wanted, scheme: &Scheme) -> Result<Warned<Self>, Diagnostic> {
        let mut book = self.clone();
        book.edition = self.named(wanted);
        let chapters = match &wanted.matter {
            Matter::Everything => return Ok(Warned { value: book, warnings: Vec::new() }),
            Matter::Guide => self.of_part(Part::Guide),
            Matter::Questions { .. } => self.chapters.iter().filter_map(questions_of).collect(),
            Matter::Chapters(ids) => self.listed(ids),
        };
        if chapters.is_empty() {
            return Err(nothing_in_it(wanted));
        }
        book.chapters = chapters;
        book.front = opening_lines(&self.front);
        book.untie();
        let mut warnings = missing(self, wanted, scheme);
        if let Matter::Questions { minutes } = wanted.matter {
            let timetable = agenda(&book, minutes);
            book.agenda = timetable.value;
            warnings.extend(timetable.warnings);
        }
        Ok(Warned { value: book, warnings })
    }

    /// The title under which a library lists the book: `The General`, or `The General: Before the Film`.
    #[must_use]
    pub fn listed_title(&self) -> String {
        match (self.edition.kind, &self.edition.title) {
            (EditionKind::Booklet, None) => self.title.clone(),
            (_, Some(edition)) => format!("{}: {edition}", self.title),
            (_, None) => format!("{}: {}", self.title, self.edition.name),
        }
    }

    fn named(&self, wanted: &Wanted) -> Edition {
        let kind = wanted.matter.kind();
        let term = match kind {
            EditionKind::Before => self.terms.get("before_the_film"),
            EditionKind::Discussion => self.terms.get("for_the_discussion"),
            EditionKind::Booklet | EditionKind::Chapters => None,
        };
        Edition { name: wanted.name.clone(), kind, title: wanted.title.clone().or_else(|| term.cloned()) }
    }

    fn of_part(&self, part: Part) -> Vec<Chapter> {
        self.chapters.iter().filter(|chapter| chapter.part == part).cloned().collect()
    }

    fn listed(&self, ids: &[String]) -> Vec<Chapter> {
        self.chapters.iter().filter(|chapter| ids.contains(&chapter.id)).cloned().collect()
    }

    /// Makes words of every link to a chapter, an entry of the glossary or an entry of the index that is
    /// not in the book, and takes out of the index what no word leads to.
    fn untie(&mut self) {
        let targets = Targets {
            chapters: self.chapters.iter().map(|chapter| chapter.id.clone()).collect(),
            leaves: self.printed().into_iter().map(|leaf| leaf.id).collect(),
            entries: self.index.iter().map(|entry| entry.id.clone()).collect(),
        };
        let mut named = BTreeSet::new();
        for text in self.texts_mut() {
            *text = targets.untied(std::mem::take(text));
            collect_named(text, &mut named);
        }
        self.index.retain(|entry| named.contains(&entry.id));
    }

    /// The texts of all leaves, to be changed.
    pub(super) fn texts_mut(&mut self) -> Vec<&mut Vec<Run>> {
        let front = &mut self.front;
        let lines = [&mut front.date, &mut front.title, &mut front.tagline].into_iter().flatten();
        let mut texts = lines.chain(&mut front.more).map(|leaf| &mut leaf.text).collect::<Vec<_>>();
        for chapter in &mut self.chapters {
            texts.push(&mut chapter.title.text);
            texts.extend(chapter.opening.iter_mut().flat_map(Block::runs_mut));
            for section in &mut chapter.sections {
                texts.push(&mut section.title.text);
                texts.extend(section.blocks.iter_mut().flat_map(Block::runs_mut));
            }
        }
        texts
    }
}

/// Date, title and tagline. What else stands before the first chapter may say anything, even how the
/// film ends.
fn opening_lines(front: &Front) -> Front {
    let (date, title, tagline) = (front.date.clone(), front.title.clone(), front.tagline.clone());
    let stays =
        |id: &&String| [&date, &title, &tagline].into_iter().flatten().any(|leaf| leaf.id == id.as_str());
    let order = front.order.iter().filter(stays).cloned().collect();
    Front { date, title, tagline, more: Vec::new(), order }
}

/// A chapter with nothing but its questions, and the sections in which they stand.
fn questions_of(chapter: &Chapter) -> Option<Chapter> {
    let opening = questions_among(&chapter.opening);
    let sections = chapter.sections.iter().filter_map(|section| {
        let blocks = questions_among(&section.blocks);
        (!blocks.is_empty()).then(|| Section { blocks, ..section.clone() })
    });
    let sections = sections.collect::<Vec<_>>();
    (!opening.is_empty() || !sections.is_empty()).then(|| Chapter {
        summary: summary(&opening, &sections),
        opening,
        sections,
        ..chapter.clone()
    })
}

fn questions_among(blocks: &[Block]) -> Vec<Block> {
    let is_questions = |block: &&Block| match block {
        Block::Questions { .. } => true,
        Block::Paragraph(_)
        | Block::Labelled { .. }
        | Block::Group { .. }
        | Block::List { .. }
        | Block::Glossary { .. }
        | Block::Fields { .. }
        | Block::Figure(_)
        | Block::Date(_)
        | Block::Title(_)
        | Block::Tagline(_) => false,
    };
    blocks.iter().filter(is_questions).cloned().collect()
}

/// What links may lead to.
struct Targets {
    chapters: BTreeSet<String>,
    leaves: BTreeSet<String>,
    entries: BTreeSet<String>,
}

impl Targets {
    fn untied(&self, runs: Vec<Run>) -> Vec<Run> {
        let mut untied = Vec::new();
        for mut run in runs {
            let inner = run.inner_mut().map(|inner| self.untied(std::mem::take(inner)));
            match inner {
                Some(inner) if !self.holds(&run) => inner.into_iter().for_each(|run| join(&mut untied, run)),
                Some(inner) => {
                    if let Some(place) = run.inner_mut() {
                        *place = inner;
                    }
                    join(&mut untied, run);
                }
                None => join(&mut untied, run),
            }
        }
        untied
    }

    /// Whether what a run leads to is there; a run that is no link leads nowhere else.
    fn holds(&self, run: &Run) -> bool {
        match run {
            Run::Reference { chapter, .. } => self.chapters.contains(chapter),
            Run::Gloss { gloss, .. } => self.leaves.contains(gloss),
            Run::Named { entry, .. } => self.entries.contains(entry),
            Run::Words(_)
            | Run::Emphasis { .. }
            | Run::Strong { .. }
            | Run::Work { .. }
            | Run::Foreign { .. } => true,
        }
    }
}

/// Adds a run; words join the words before them.
fn join(runs: &mut Vec<Run>, run: Run) {
    if let (Some(Run::Words(before)), Run::Words(words)) = (runs.last_mut(), &run) {
        before.push_str(words);
    } else {
        runs.push(run);
    }
}

/// The chapters that are asked for and that the dossier lacks.
fn missing(book: &Book, wanted: &Wanted, scheme: &Scheme) -> Vec<Diagnostic> {
    let Matter::Chapters(ids) = &wanted.matter else {
        return Vec::new();
    };
    let absent = ids.iter().filter(|id| book.chapters.iter().all(|chapter| chapter.id != **id));
    let warn = |id: &String| {
        let title = scheme.chapters.iter().find(|chapter| chapter.id == *id);
        let title = title.map_or(id.as_str(), |chapter| chapter.title.as_str());
        Diagnostic::warning(
            Code::Edition,
            format!(
                "the edition “{}” goes without “{title}” ({id}): the dossier has no such chapter",
                wanted.name
            ),
        )
    };
    absent.map(warn).collect()
}

fn nothing_in_it(wanted: &Wanted) -> Diagnostic {
    let name = &wanted.name;
    let (why, hint) = match &wanted.matter {
        Matter::Guide => (
            "the dossier has no guide to read before the film",
            format!("give the dossier a guide, or take `{name}` out of `editions:` in season.yaml"),
        ),
        Matter::Questions { .. } => (
            "the dossier asks no question",
            "write each question on a line of its own that ends with “?”, under a heading such as “Discussion Sparks” in the guide or in the part after the film; in the reviewed form (.md) a question is `1. Who is the letter for?`".to_owned(),
        ),
        Matter::Chapters(_) => (
            "the dossier has none of its chapters",
            format!("`chapters:` of `{name}` in season.yaml lists them; `bookify inspect` shows which ones the dossier has"),
        ),
        Matter::Everything => ("the dossier is empty", "write something into it".to_owned()),
    };
    Diagnostic::error(Code::Edition, format!("there is no edition “{name}”: {why}")).hint(hint)
}
