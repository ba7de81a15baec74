//! The pictures of a film, as season.yaml names them: files of the folder that bears the dossier's name.

use super::Film;
use crate::diag::{Code, Diagnostic, Place};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The picture on a film's cover.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cover {
    /// Its file in the film's folder: `cover.jpg`.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Whose it is; it stands in the colophon.
    pub credit: Option<String>,
    /// The line of season.yaml that names it.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// A picture within the text.
///
/// It stands behind the paragraph that begins with the words of [`Still::after`]; else where the scene
/// opens; else where the chapter opens. One of the three must be said, for a picture that stands just
/// anywhere stands wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Still {
    /// Its file in the film's folder: `train.jpg`.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// What stands below it.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
    /// The id of the chapter in which it stands; needed where neither words nor a scene are named, or
    /// where several chapters have them.
    pub chapter: Option<String>,
    /// First words of the paragraph, label or heading behind which it stands.
    pub after: Option<String>,
    /// Number of the scene at whose opening it stands.
    pub scene: Option<usize>,
    /// The line of season.yaml that names it.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// Finds the line of each picture in season.yaml, and what is wrong with it that the file alone shows.
///
/// # Errors
/// The first picture without a file's name or a description, or that does not say where it stands.
pub fn settle(films: &mut [Film], file: &str, text: &str) -> Result<(), Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut find = |name: &str| {
        let lines = lines_with(text, name);
        let nth = seen.entry(name.to_owned()).or_insert(0_usize);
        let line = lines.get(*nth).or(lines.last());
        *nth += 1;
        line.map_or_else(|| Place::file(file), |line| Place::at(file, text, *line, 1))
    };
    for film in films {
        let slug = film.dossier.clone();
        if let Some(cover) = &mut film.cover {
            let place = find(&cover.file);
            check(&slug, &cover.file, &cover.alt, &place)?;
            cover.place = Some(place);
        }
        for still in &mut film.stills {
            let place = find(&still.file);
            check(&slug, &still.file, &still.alt, &place)?;
            check_spot(still, &place)?;
            still.place = Some(place);
        }
    }
    Ok(())
}

fn check(slug: &str, name: &str, alt: &str, place: &Place) -> Result<(), Diagnostic> {
    if name.trim().is_empty() {
        return Err(fault(format!("a picture of “{slug}” does not say which file it is"), place)
            .hint(format!("add `file: train.jpg`, the name of a picture in the folder {slug}/")));
    }
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return Err(fault(format!("“{name}” is not the name of a file in the film's folder"), place).hint(
            format!("put the picture into the folder {slug}/ beside season.yaml, and write its name alone"),
        ));
    }
    if alt.trim().is_empty() {
        return Err(fault(format!("the picture “{name}” has no description for readers who do not see it"), place)
            .hint("add to it this line: `alt: \"…\"`, and say between the quotes what the picture shows, as you would on the telephone"));
    }
    Ok(())
}

fn check_spot(still: &Still, place: &Place) -> Result<(), Diagnostic> {
    let name = &still.file;
    match (&still.after, still.scene, &still.chapter) {
        (Some(_), Some(_), _) => {
            Err(fault(format!("the picture “{name}” has two places: `after` and `scene`"), place)
                .hint("keep one of the two"))
        }
        (None, None, None) => Err(fault(format!("the picture “{name}” does not say where it stands"), place)
            .hint("add one of these lines: `after: \"first words of a paragraph\"`, `scene: 1`, or `chapter: scenes` for a chapter's opening")),
        (Some(_), None, _) | (None, Some(_), _) | (None, None, Some(_)) => Ok(()),
    }
}

fn fault(message: String, place: &Place) -> Diagnostic {
    Diagnostic::error(Code::Settings, message).at(place.clone())
}

/// Lines, from 1, of season.yaml that name a picture's file; `file:` stands on a line of its own or
/// among braces.
fn lines_with(text: &str, name: &str) -> Vec<usize> {
    let names = |line: &str| {
        let line = line.trim_start();
        !line.starts_with('#')
            && line.match_indices("file:").any(|(at, key)| {
                let value = line[at + key.len()..].trim_start().trim_start_matches(['"', '\'']);
                let rest = value.strip_prefix(name);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '}', '"', '\'', '#']))
            })
    };
    text.lines().enumerate().filter(|(_, line)| names(line)).map(|(at, _)| at + 1).collect()
}

#[cfg(test)]
mod tests {
    use crate::season::Season;

    const TWO: &str = "films:\n  - dossier: m\n    cover: { file: cover.jpg, alt: A hand }\n  - dossier: n\n    \
        cover:\n      file: cover.jpg\n      alt: A door\n    stills:\n      - file: 'a train.png'\n        \
        alt: A train\n        scene: 3\n      - file: b.png\n        alt: B\n        chapter: film\n";

    #[test]
    fn every_picture_knows_its_line() {
        let season = Season::parse("season.yaml", TWO).expect("it is whole");
        let line = |place: &Option<crate::diag::Place>| place.as_ref().and_then(|place| place.line);
        let covers = season.films.iter().map(|film| film.cover.as_ref().and_then(|cover| line(&cover.place)));
        assert_eq!(covers.collect::<Vec<_>>(), [Some(3), Some(6)]);
        let stills = season.films[1].stills.iter().map(|still| line(&still.place)).collect::<Vec<_>>();
        assert_eq!(stills, [Some(9), Some(12)]);
    }

    #[test]
    fn what_a_picture_lacks_is_told_with_its_line() {
        for (from, to, line, message) in [
            (
                "alt: A door",
                "credit: X",
                6,
                "the picture “cover.jpg” has no description for readers who do not see it",
            ),
            (
                "alt: A train",
                "alt: ''",
                9,
                "the picture “a train.png” has no description for readers who do not see it",
            ),
            ("scene: 3", "caption: C", 9, "the picture “a train.png” does not say where it stands"),
            (
                "scene: 3",
                "{scene: 3, after: W}",
                9,
                "the picture “a train.png” has two places: `after` and `scene`",
            ),
            ("b.png", "../b.png", 12, "“../b.png” is not the name of a file in the film's folder"),
        ] {
            let to = to.replace("{scene: 3, after: W}", "scene: 3\n        after: W");
            let error = Season::parse("season.yaml", &TWO.replacen(from, &to, 1)).expect_err(message);
            assert_eq!(
                (error.message.as_str(), error.place.and_then(|place| place.line)),
                (message, Some(line))
            );
        }
    }
}
