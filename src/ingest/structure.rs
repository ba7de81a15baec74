//! Units and chapter starts to the dossier: sections, blocks, scenes, metadata.

use super::classify::{Shape, Unit};
use super::emphasis::inlines;
use super::front::Front;
use super::lexicon::{Kind, Lexicon, Phrase};
use super::metadata;
use super::ranks::{self, DossierHabits};
use super::scenes::{self, Title};
use super::segment::Segmented;
use super::{evidence, front, talk};
use crate::diag::Warned;
use crate::dossier::{
    Block, Certainty, Chapter, ChapterId, Content, Dossier, Heading, Metadata, Origin, Rank, Rule, Section,
    SectionRole,
};
use crate::scheme::Habit;

/// A value of a fact is short: at most so many words.
const FACT_WORDS: usize = 16;

/// Builds the dossier. Language and source are the caller's to add.
pub fn structure(units: &[Unit], front: &Front, segmented: &Segmented, lexicon: &Lexicon) -> Warned<Dossier> {
    let builder =
        Builder { units, lexicon, habits: DossierHabits::new(units), title: film_title(units, front) };
    let ends = segmented.starts.iter().skip(1).map(|start| start.unit).chain([units.len()]);
    let chapters = segmented
        .starts
        .iter()
        .zip(ends)
        .map(|(start, end)| builder.chapter(start.chapter, start.certainty, start.unit, end))
        .collect::<Vec<_>>();
    let first = segmented.starts.first().map_or(units.len(), |start| start.unit);
    let front_blocks = front_blocks(&units[..first], front);
    let metadata = gather_metadata(&front_blocks, &chapters, units, front, lexicon);
    let dossier = Dossier { language: String::new(), metadata, front: front_blocks, chapters, source: None };
    Warned { value: dossier, warnings: Vec::new() }
}

fn film_title(units: &[Unit], front: &Front) -> Option<String> {
    let text = &units[front.title?].text;
    metadata::title_and_year(text).map(|(title, _)| scenes::key(title))
}

fn front_blocks(units: &[Unit], front: &Front) -> Vec<Block> {
    let kind = |at: usize| {
        let text = inlines(&units[at].marked);
        match Some(at) {
            at if at == front.date => (Content::Date(text), Rule::DateLine),
            at if at == front.title => (Content::Title(text), Rule::TitleLine),
            at if at == front.tagline => (Content::Tagline(text), Rule::TaglineLine),
            _ => (Content::Paragraph(text), Rule::Paragraph),
        }
    };
    (0..units.len()).map(|at| block(kind(at), &units[at])).collect()
}

fn gather_metadata(
    front_blocks: &[Block],
    chapters: &[Chapter],
    units: &[Unit],
    front: &Front,
    lexicon: &Lexicon,
) -> Metadata {
    let mut metadata = Metadata::default();
    if let Some((title, year)) = front.title.and_then(|at| metadata::title_and_year(&units[at].text)) {
        title.clone_into(&mut metadata.title);
        metadata.year = year;
    }
    metadata.date = front.date.and_then(|at| metadata::date(&units[at].text, lexicon.scheme));
    metadata.tagline = front_blocks.iter().find_map(|block| match &block.content {
        Content::Tagline(text) => Some(crate::dossier::plain(text)),
        _ => None,
    });
    metadata.fields = chapters
        .iter()
        .flat_map(Chapter::blocks)
        .filter_map(|block| match &block.content {
            Content::Field { name, value } => {
                Some((crate::dossier::plain(name), crate::dossier::plain(value)))
            }
            _ => None,
        })
        .collect();
    metadata::complete(&mut metadata, lexicon.scheme);
    metadata
}

struct Builder<'a> {
    units: &'a [Unit],
    lexicon: &'a Lexicon<'a>,
    habits: DossierHabits,
    /// The film's title, as labels are compared.
    title: Option<String>,
}

impl Builder<'_> {
    fn chapter(&self, index: usize, certainty: Certainty, start: usize, end: usize) -> Chapter {
        let scheme = &self.lexicon.scheme.chapters[index];
        let mut units = &self.units[start..end];
        let title = match units.split_first() {
            Some((first, rest)) if self.is_title(first, index) => {
                units = rest;
                Heading { text: inlines(&first.marked), origin: origin(first, Rule::ChapterHeading) }
            }
            _ => Heading { text: inlines(&scheme.title), origin: Origin::Supplied },
        };
        let mut chapter = Chapter {
            id: ChapterId::new(&scheme.id),
            title,
            certainty,
            opening: Vec::new(),
            sections: Vec::new(),
        };
        match scheme.habit {
            Habit::Guide | Habit::Talk => self.talk(&mut chapter, units, index),
            Habit::Scenes => self.scenes(&mut chapter, units, index),
            Habit::Facts | Habit::Labels | Habit::Prose => self.essay(&mut chapter, units, index),
        }
        chapter
    }

    /// Whether a short line is the heading of the chapter that starts with it.
    fn is_title(&self, unit: &Unit, chapter: usize) -> bool {
        let near = self.lexicon.nearness(&Phrase::new(&unit.text), chapter, Kind::Title);
        let as_heading = self.lexicon.nearness(&Phrase::new(&unit.text), chapter, Kind::Heading);
        unit.is_short() && (evidence::is_numbered_heading(&unit.text) || near > 0.6 && near > as_heading)
    }

    fn essay(&self, chapter: &mut Chapter, units: &[Unit], index: usize) {
        let ranks = ranks::ranks(units, index, self.lexicon, &self.habits);
        let facts = self.facts(units, index);
        for (at, unit) in units.iter().enumerate() {
            if unit.is_short() && at + 1 < units.len() {
                open_section(chapter, SectionRole::Plain, heading(unit));
                continue;
            }
            let made = if facts[at] { fact(unit) } else { plain_block(unit, ranks[at]) };
            push(chapter, block(made, unit));
        }
    }

    /// Which units are facts of the film: names that are known for it, or their like among them.
    fn facts(&self, units: &[Unit], index: usize) -> Vec<bool> {
        let can_be = |unit: &Unit| match &unit.shape {
            Shape::Labelled { text, .. } => {
                super::words::count(text) <= FACT_WORDS && !text.ends_with(['.', '!'])
                    || text.chars().count() <= 24
            }
            Shape::BareLabel { .. } | Shape::Short | Shape::Prose => false,
        };
        let named = |unit: &Unit| unit.label().is_some_and(|label| self.lexicon.is_field(label));
        let candidates = units.iter().map(can_be).collect::<Vec<_>>();
        let mut facts = (0..units.len()).map(|at| candidates[at] && named(&units[at])).collect::<Vec<_>>();
        if self.lexicon.habit(index) != Habit::Facts && facts.iter().filter(|fact| **fact).count() < 3 {
            return vec![false; units.len()];
        }
        // `Tinting: amber` between `Year: 1922` and `Length: 94 minutes`
        for at in 1..units.len() {
            facts[at] |= candidates[at] && facts[at - 1];
        }
        for at in (1..units.len()).rev() {
            facts[at - 1] |= candidates[at - 1] && facts[at];
        }
        facts
    }

    fn scenes(&self, chapter: &mut Chapter, units: &[Unit], index: usize) {
        let scenes = scenes::split(units);
        let first = scenes.first().map_or(units.len(), |scene| scene.unit);
        self.essay(chapter, &units[..first], index);
        let ranks = ranks::ranks(units, index, self.lexicon, &self.habits);
        let ends = scenes.iter().skip(1).map(|scene| scene.unit).chain([units.len()]);
        for (number, (scene, end)) in scenes.iter().zip(ends).enumerate() {
            let opening = &units[scene.unit];
            let (title, body) = match &scene.title {
                Some(Title::Line) => (
                    Heading { text: inlines(&opening.marked), origin: origin(opening, Rule::SceneTitle) },
                    scene.unit + 1,
                ),
                Some(Title::Announced(title)) => (supplied(title), scene.unit),
                None => {
                    (supplied(&format!("{} {}", self.lexicon.scheme.term("scene"), number + 1)), scene.unit)
                }
            };
            open_section(chapter, SectionRole::Scene, title);
            for at in body..end {
                push(chapter, block(plain_block(&units[at], ranks[at]), &units[at]));
            }
        }
    }

    fn talk(&self, chapter: &mut Chapter, units: &[Unit], index: usize) {
        let roles = talk::roles(units, index, self.lexicon, self.title.as_deref());
        for (unit, role) in units.iter().zip(roles) {
            match role {
                talk::Role::Heading => open_section(chapter, SectionRole::Plain, heading(unit)),
                talk::Role::Block(made) => push(chapter, block(made, unit)),
            }
        }
    }
}

fn supplied(title: &str) -> Heading {
    Heading { text: inlines(title), origin: Origin::Supplied }
}

fn heading(unit: &Unit) -> Heading {
    Heading { text: inlines(&unit.marked), origin: origin(unit, Rule::SubHeading) }
}

fn open_section(chapter: &mut Chapter, role: SectionRole, title: Heading) {
    chapter.sections.push(Section { role, title, blocks: Vec::new() });
}

fn push(chapter: &mut Chapter, block: Block) {
    match chapter.sections.last_mut() {
        Some(section) => section.blocks.push(block),
        None => chapter.opening.push(block),
    }
}

/// A unit of an essay as it looks by itself.
fn plain_block(unit: &Unit, rank: Option<Rank>) -> (Content, Rule) {
    let rank = rank.unwrap_or(Rank::Second);
    match &unit.shape {
        Shape::Labelled { label, text } => {
            let rule = if rank == Rank::Second { Rule::Label } else { Rule::SubLabel };
            (Content::Labelled { rank, label: inlines(label), text: inlines(text) }, rule)
        }
        Shape::BareLabel { label } => (Content::Group { label: inlines(label) }, Rule::BareLabel),
        Shape::Short | Shape::Prose if unit.bulleted => (Content::Item(inlines(&unit.marked)), Rule::Bullet),
        Shape::Short | Shape::Prose => (Content::Paragraph(inlines(&unit.marked)), Rule::Paragraph),
    }
}

fn fact(unit: &Unit) -> (Content, Rule) {
    match &unit.shape {
        Shape::Labelled { label, text } => {
            (Content::Field { name: inlines(label), value: inlines(text) }, Rule::Field)
        }
        Shape::BareLabel { .. } | Shape::Short | Shape::Prose => plain_block(unit, None),
    }
}

fn block((content, rule): (Content, Rule), unit: &Unit) -> Block {
    Block { content, origin: origin(unit, rule) }
}

fn origin(unit: &Unit, rule: Rule) -> Origin {
    Origin::Source { span: unit.span, rule, certainty: certainty_of(unit, rule) }
}

/// How sure a rule is by itself: marks are plain to see, lost ones are guessed.
fn certainty_of(unit: &Unit, rule: Rule) -> Certainty {
    let thousandths = match rule {
        Rule::DateLine | Rule::TitleLine | Rule::Bullet | Rule::BareLabel | Rule::Paragraph => 990,
        Rule::Label | Rule::Field | Rule::TermDash | Rule::ChapterHeading => 970,
        Rule::SubLabel => 900,
        Rule::QuestionMark | Rule::SceneTitle => 950,
        Rule::SubHeading if unit.words <= 6 || front::title_case(&unit.text) > 0.6 => 950,
        Rule::TaglineLine | Rule::SubHeading | Rule::LostBullet => 850,
    };
    Certainty::from_thousandths(thousandths)
}
