//! Dossier, season and chapter scheme to a [`Book`].

use super::{
    Block, Book, Chapter, Edition, Fact, FilmLine, Front, Leaf, LongDate, Pair, Part, Role, Run, Section,
    TitleLeaf, card, printed, subjects,
};
use crate::dossier::{self, Content, Dossier, Inline, SectionRole};
use crate::scheme::{self, Scheme};
use chrono::{Datelike, NaiveDate};

/// The season in which a film is discussed.
#[derive(Clone, Debug, Default)]
pub struct Occasion {
    /// The club.
    pub club: Option<String>,
    /// The season's name.
    pub season: Option<String>,
    /// This film's place among [`Occasion::films`], from 0.
    pub index: Option<usize>,
    /// All films, in order.
    pub films: Vec<SeasonFilm>,
    /// The day of this film's discussion, where the season says it and the dossier does not.
    pub date: Option<NaiveDate>,
    /// Who may copy what the club makes, in its own words.
    pub rights: Option<String>,
}

/// A film of the season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeasonFilm {
    /// Its title.
    pub title: String,
    /// Year of release.
    pub year: Option<i32>,
    /// The day of its discussion.
    pub date: Option<NaiveDate>,
}

/// Makes the book of a dossier.
#[must_use]
pub fn bind(dossier: &Dossier, occasion: &Occasion, scheme: &Scheme) -> Book {
    let metadata = &dossier.metadata;
    let date = metadata.date.or(occasion.date);
    let films = occasion.films.iter().enumerate().map(|(at, film)| FilmLine {
        title: film.title.clone(),
        year: film.year,
        date: film.date.map(|date| written_out(date, scheme)),
        current: occasion.index == Some(at),
    });
    let chapters = dossier.chapters.iter().map(|chapter| Binder { dossier, scheme }.chapter(chapter));
    let date = date.map(|date| LongDate { iso: date.to_string(), long: written_out(date, scheme) });
    Book {
        language: scheme.language.clone(),
        region: scheme.region.clone(),
        title: metadata.title.clone(),
        original_title: metadata.original_title.clone(),
        year: metadata.year,
        tagline: metadata.tagline.clone(),
        directors: metadata.directors.clone(),
        runtime_minutes: metadata.runtime_minutes,
        club: occasion.club.clone(),
        season: occasion.season.clone(),
        position: occasion.index.map(|index| index + 1),
        films: films.collect(),
        terms: scheme.terms.clone(),
        front: front(dossier),
        card: card::card(metadata, date.as_ref(), scheme),
        chapters: chapters.collect(),
        index: Vec::new(),
        agenda: Vec::new(),
        cover: None,
        edition: Edition { name: "booklet".to_owned(), ..Edition::default() },
        subjects: subjects::subjects(dossier, scheme),
        rights: occasion.rights.clone(),
        colophon: card::colophon(dossier, occasion, date.as_ref(), scheme),
        source_hash: dossier.source.as_ref().map(|source| source.sha256.clone()),
        almanac: None,
        date,
    }
}

/// A date as the scheme writes it: `30 November 2025`.
#[must_use]
pub fn written_out(date: NaiveDate, scheme: &Scheme) -> String {
    let month = &scheme.months[date.month0() as usize % scheme.months.len()];
    let day = match (date.day(), scheme.language.as_str()) {
        (1, "fr") => "1er".to_owned(),
        (day, _) => day.to_string(),
    };
    scheme.date_format.replace("%-d", &day).replace("%B", month).replace("%Y", &date.year().to_string())
}

fn front(dossier: &Dossier) -> Front {
    let mut front = Front::default();
    for (at, block) in dossier.front.iter().enumerate() {
        let id = format!("front-{}", at + 1);
        let texts = block.content.texts();
        let leaf = Leaf { id: id.clone(), text: texts.iter().flat_map(|text| plain_runs(text)).collect() };
        front.order.push(id);
        match &block.content {
            Content::Date(_) if front.date.is_none() => front.date = Some(leaf),
            Content::Title(_) if front.title.is_none() => front.title = Some(leaf),
            Content::Tagline(_) if front.tagline.is_none() => front.tagline = Some(leaf),
            _ => front.more.push(leaf),
        }
    }
    front
}

/// Runs of a text outside any chapter: references keep their words.
fn plain_runs(text: &[Inline]) -> Vec<Run> {
    let words = dossier::plain(text);
    if words.is_empty() { Vec::new() } else { vec![Run::Words(words)] }
}

/// The ids of all leaves, as [`bind`] gives them, each with its origin.
#[must_use]
pub fn leaf_origins(dossier: &Dossier) -> Vec<(String, &dossier::Origin)> {
    let mut found = Vec::new();
    for (at, block) in dossier.front.iter().enumerate() {
        found.push((format!("front-{}", at + 1), &block.origin));
    }
    for chapter in &dossier.chapters {
        let mut ids = Ids { chapter: chapter.id.as_str(), next: 0 };
        found.push((ids.next(), &chapter.title.origin));
        found.extend(chapter.opening.iter().map(|block| (ids.next(), &block.origin)));
        for section in &chapter.sections {
            found.push((ids.next(), &section.title.origin));
            found.extend(section.blocks.iter().map(|block| (ids.next(), &block.origin)));
        }
    }
    found
}

struct Binder<'a> {
    dossier: &'a Dossier,
    scheme: &'a Scheme,
}

impl Binder<'_> {
    fn chapter(&self, chapter: &dossier::Chapter) -> Chapter {
        let mut ids = Ids { chapter: chapter.id.as_str(), next: 0 };
        let number = self.scheme.number(&chapter.id);
        let part = match self.scheme.chapter(&chapter.id).map(scheme::ChapterScheme::part) {
            Some(scheme::Part::Guide) => Part::Guide,
            Some(scheme::Part::After) => Part::After,
            Some(scheme::Part::Essay) | None => Part::Essay,
        };
        let title = self.title(&chapter.title, &mut ids);
        let opening = self.blocks(&chapter.opening, &mut ids);
        let mut scenes = 0;
        let sections = chapter.sections.iter().map(|section| {
            let role = match section.role {
                SectionRole::Plain => Role::Plain,
                SectionRole::Scene => Role::Scene,
            };
            scenes += usize::from(role == Role::Scene);
            Section {
                role,
                number: (role == Role::Scene).then_some(scenes),
                title: self.title(&section.title, &mut ids),
                blocks: self.blocks(&section.blocks, &mut ids),
            }
        });
        let sections: Vec<Section> = sections.collect();
        Chapter {
            summary: summary(&opening, &sections),
            id: chapter.id.as_str().to_owned(),
            number,
            numeral: number.map(roman),
            part,
            running: without_number(&dossier::plain(&chapter.title.text)).to_owned(),
            title,
            opening,
            sections,
        }
    }

    fn title(&self, heading: &dossier::Heading, ids: &mut Ids) -> TitleLeaf {
        TitleLeaf { id: ids.next(), text: self.runs(&heading.text), supplied: !heading.origin.is_text() }
    }

    fn blocks(&self, blocks: &[dossier::Block], ids: &mut Ids) -> Vec<Block> {
        let mut bound: Vec<Block> = Vec::new();
        for block in blocks {
            let id = ids.next();
            match (&block.content, bound.last_mut()) {
                (Content::Item(text), Some(Block::List { items }))
                | (Content::Question(text), Some(Block::Questions { items })) => {
                    items.push(Leaf { id, text: self.runs(text) });
                }
                (Content::Term { term, definition }, Some(Block::Glossary { items })) => {
                    items.push(Pair { id, term: self.runs(term), definition: self.runs(definition) });
                }
                (Content::Field { name, value }, Some(Block::Fields { items })) => {
                    items.push(Fact { id, name: self.runs(name), value: self.runs(value) });
                }
                (content, _) => bound.push(self.block(content, id)),
            }
        }
        bound
    }

    fn block(&self, content: &Content, id: String) -> Block {
        match content {
            Content::Date(text) => Block::Date(Leaf { id, text: self.runs(text) }),
            Content::Title(text) => Block::Title(Leaf { id, text: self.runs(text) }),
            Content::Tagline(text) => Block::Tagline(Leaf { id, text: self.runs(text) }),
            Content::Paragraph(text) => Block::Paragraph(Leaf { id, text: self.runs(text) }),
            Content::Labelled { rank, label, text } => {
                Block::Labelled { id, level: rank.level(), label: self.runs(label), text: self.runs(text) }
            }
            Content::Group { label } => Block::Group { id, label: self.runs(label) },
            Content::Item(text) => Block::List { items: vec![Leaf { id, text: self.runs(text) }] },
            Content::Question(text) => Block::Questions { items: vec![Leaf { id, text: self.runs(text) }] },
            Content::Term { term, definition } => Block::Glossary {
                items: vec![Pair { id, term: self.runs(term), definition: self.runs(definition) }],
            },
            Content::Field { name, value } => {
                Block::Fields { items: vec![Fact { id, name: self.runs(name), value: self.runs(value) }] }
            }
        }
    }

    fn runs(&self, text: &[Inline]) -> Vec<Run> {
        text.iter()
            .map(|inline| match inline {
                Inline::Words(words) => Run::Words(words.clone()),
                Inline::Emphasis(inner) => Run::Emphasis { em: self.runs(inner) },
                Inline::Strong(inner) => Run::Strong { strong: self.runs(inner) },
                Inline::Reference { chapter, words } => match self.dossier.chapter(chapter) {
                    Some(target) => {
                        let title = dossier::plain(&target.title.text);
                        Run::Reference {
                            chapter: chapter.as_str().to_owned(),
                            text: vec![Run::Words(without_number(&title).to_owned())],
                            source: words.clone(),
                        }
                    }
                    None => Run::Words(words.clone()),
                },
            })
            .collect()
    }
}

/// What a chapter speaks of: the titles of its sections; where it has none, its labels of the second
/// rank.
pub fn summary(opening: &[Block], sections: &[Section]) -> Vec<String> {
    let sections = sections.iter().map(|section| printed(&section.title.text)).collect::<Vec<_>>();
    if !sections.is_empty() {
        return sections;
    }
    let labels = opening.iter().filter_map(|block| match block {
        Block::Labelled { level: 2, label, .. } | Block::Group { label, .. } => Some(printed(label)),
        _ => None,
    });
    labels.collect()
}

/// Ids of the leaves of one chapter, in reading order.
struct Ids<'a> {
    chapter: &'a str,
    next: usize,
}

impl Ids<'_> {
    fn next(&mut self) -> String {
        let id = format!("{}-{}", self.chapter, self.next);
        self.next += 1;
        id
    }
}

/// `III. Holm as Author` as it is named elsewhere: without its number.
fn without_number(title: &str) -> &str {
    match title.split_once(['.', ')']) {
        Some((number, rest))
            if !rest.trim().is_empty() && number.chars().all(|c| "IVXLC0123456789".contains(c)) =>
        {
            rest.trim()
        }
        _ => title,
    }
}

/// Roman numerals, for chapters.
pub fn roman(number: usize) -> String {
    const PARTS: [(usize, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = number;
    let mut numeral = String::new();
    for (value, sign) in PARTS {
        while rest >= value {
            numeral.push_str(sign);
            rest -= value;
        }
    }
    numeral
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_chapters() {
        let numerals = [1, 4, 8, 9, 14, 40].map(roman);
        assert_eq!(numerals, ["I", "IV", "VIII", "IX", "XIV", "XL"]);
        assert_eq!(without_number("III. Holm as Author"), "Holm as Author");
        assert_eq!(without_number("Lunde. A Life"), "Lunde. A Life");
    }
}
