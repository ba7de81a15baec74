//! The film's drawing at a chapter's head: a mark for each minute, as on the covers.
//!
//! The letters of the title give the marks their size, the year opens the middle, the film's place in
//! the season says which of six ways lays the marks out. The figures are those of the layouts'
//! `common/motif.typ`. Weight stands for colour here: a reader's theme may turn any ink invisible.

use super::element::Element;
use crate::book::Subject;
use std::f64::consts::TAU;
use unicode_normalization::UnicodeNormalization;

/// For a film whose running time or year is not known.
const USUAL_MINUTES: u32 = 90;
const USUAL_YEAR: i32 = 1960;

/// Half the side of the drawing, in its own units; the view box leaves one more for the width of a stroke.
const RADIUS: f64 = 50.0;

/// Widths of strokes: of what was read, and of what was not.
const FULL: &str = "1.9";
const THIN: &str = "0.55";

/// How the marks are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Motif {
    /// Strokes outward from a circle.
    Ring,
    /// The moon in rows; the letter gives the phase.
    Moons,
    /// Grooves of a record.
    Groove,
    /// The beam of a projector.
    Beam,
    /// Seeds in the head of a sunflower.
    Seeds,
    /// An optical sound track.
    Sound,
}

/// In the order in which the films of a season take them.
const MOTIFS: [Motif; 6] =
    [Motif::Ring, Motif::Moons, Motif::Groove, Motif::Beam, Motif::Seeds, Motif::Sound];

/// A mark: which of how many, how large (0 to 1), and how far the middle is open (0 to 1).
struct Mark {
    at: u32,
    count: u32,
    size: f64,
    hole: f64,
}

/// The drawing with `read` out of `all` parts drawn in full. Ornament, hidden from screen readers.
pub fn emblem(film: Subject<'_>, read: usize, all: usize) -> Element {
    let motif = Motif::of(film);
    let sizes = sizes(film.title);
    let count = (film.runtime_minutes.unwrap_or(USUAL_MINUTES).min(360) / motif.minutes_a_mark()).max(12);
    let hole = hole(film.year.unwrap_or(USUAL_YEAR));
    let lit = count as usize * read / all.max(1);
    let (mut full, mut thin) = (String::new(), String::new());
    for ((at, size), nth) in (0..count).zip(sizes.iter().cycle()).zip(0..) {
        let path = if nth < lit { &mut full } else { &mut thin };
        path.push_str(&motif.path(&Mark { at, count, size: *size, hole }));
    }
    let paths = [(full, FULL, motif.is_filled()), (thin, THIN, false)];
    Element::new("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("class", "ring")
        .attr("viewBox", "-51 -51 102 102")
        .attr("width", "3.5em")
        .attr("height", "3.5em")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .children(paths.into_iter().filter(|(path, ..)| !path.is_empty()).map(|(path, width, filled)| {
            let shape = Element::new("path").attr("d", path);
            if filled {
                shape.attr("fill", "currentColor")
            } else {
                shape.attr("fill", "none").attr("stroke", "currentColor").attr("stroke-width", width)
            }
        }))
}

impl Motif {
    /// The films of a season go through the six, and a longer season begins one further; a film on
    /// its own takes one by the letters of its title.
    fn of(film: Subject<'_>) -> Self {
        let place = match film.position {
            Some(position) => position.saturating_sub(1),
            None => film.title.chars().map(|c| c as usize).sum(),
        };
        let motif = (place + place / MOTIFS.len()) % MOTIFS.len();
        MOTIFS.get(motif).copied().unwrap_or(Self::Ring)
    }

    /// Parallel strokes would run together if every minute had one.
    fn minutes_a_mark(self) -> u32 {
        match self {
            Self::Groove => 5,
            Self::Sound => 3,
            Self::Ring | Self::Moons | Self::Beam | Self::Seeds => 1,
        }
    }

    fn is_filled(self) -> bool {
        match self {
            Self::Moons | Self::Seeds => true,
            Self::Ring | Self::Groove | Self::Beam | Self::Sound => false,
        }
    }

    /// The path of a mark in the language of SVG.
    fn path(self, mark: &Mark) -> String {
        let share = (f64::from(mark.at) + 0.5) / f64::from(mark.count);
        match self {
            Self::Ring => {
                let angle = TAU * (f64::from(mark.at) / f64::from(mark.count) - 0.25);
                let hole = RADIUS * mark.hole;
                let tip = hole + (RADIUS - hole) * mark.at_least(0.16);
                line(toward((0.0, 0.0), angle, hole), toward((0.0, 0.0), angle, tip))
            }
            Self::Moons => moon(mark),
            Self::Groove => {
                let radius = RADIUS * (mark.hole + (1.0 - mark.hole) * share);
                let sweep = TAU * 345.0 / 360.0 * mark.at_least(0.1);
                let end = toward((0.0, 0.0), sweep - TAU / 4.0, radius);
                let large = u8::from(sweep > TAU / 2.0);
                let r = tenth(radius);
                format!("M0.0 {}A{r} {r} 0 {large} 1 {}", tenth(-radius), point(end))
            }
            Self::Beam => {
                let lens = (RADIUS, -RADIUS);
                let angle = (94.0 + 86.0 * share) / 360.0 * TAU;
                let side = 2.0 * RADIUS;
                let hole = 0.4 * mark.hole * side;
                line(
                    toward(lens, angle, hole),
                    toward(lens, angle, hole + (side - hole) * mark.at_least(0.16)),
                )
            }
            Self::Seeds => {
                let angle = (137.508 * f64::from(mark.at) - 90.0) / 360.0 * TAU;
                let (x, y) = toward((0.0, 0.0), angle, 0.92 * RADIUS * share.sqrt());
                let r = RADIUS / f64::from(mark.count).sqrt() * (0.16 + 0.64 * mark.size);
                let (radius, across) = (tenth(r), tenth(2.0 * r));
                format!(
                    "M{}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0 -{across} 0Z",
                    point((x - r, y))
                )
            }
            Self::Sound => {
                let y = RADIUS * (2.0 * share - 1.0);
                let half = RADIUS * mark.at_least(0.08);
                line((-half, y), (half, y))
            }
        }
    }
}

impl Mark {
    /// The mark's size on a scale that begins at `least`.
    fn at_least(&self, least: f64) -> f64 {
        least + (1.0 - least) * self.size
    }
}

/// The right half of a disc, and of the left one what its shadow leaves.
fn moon(mark: &Mark) -> String {
    let columns = (1..=mark.count).find(|n| n * n >= mark.count).unwrap_or(1);
    let cell = 2.0 * RADIUS / f64::from(columns);
    let x = (f64::from(mark.at % columns) + 0.5) * cell - RADIUS;
    let y = (f64::from(mark.at / columns) + 0.5) * cell - RADIUS;
    let radius = 0.4 * cell;
    let shadow = radius * (1.0 - 2.0 * mark.at_least(0.12));
    let (top, foot) = (point((x, y - radius)), point((x, y + radius)));
    let (r, edge, turn) = (tenth(radius), tenth(shadow.abs()), u8::from(shadow < 0.0));
    format!("M{top}A{r} {r} 0 0 1 {foot}A{edge} {r} 0 0 {turn} {top}Z")
}

fn line(from: (f64, f64), to: (f64, f64)) -> String {
    format!("M{}L{}", point(from), point(to))
}

fn toward((x, y): (f64, f64), angle: f64, radius: f64) -> (f64, f64) {
    (x + radius * angle.cos(), y + radius * angle.sin())
}

/// The older the film, the smaller the middle.
fn hole(year: i32) -> f64 {
    (0.26 + 0.34 * f64::from(year - 1895) / 135.0).clamp(0.2, 0.62)
}

/// How large each letter of the title makes its mark: a is 0, z is 1; a letter of another script by its code point.
fn sizes(title: &str) -> Vec<f64> {
    let letters = title.nfd().filter_map(|c| {
        let lower = c.to_lowercase().next()?;
        match lower {
            'a'..='z' => Some(f64::from(u32::from(lower) - u32::from('a')) / 25.0),
            '0'..='9' => Some(f64::from(u32::from(lower) - u32::from('0')) / 9.0),
            other => other.is_alphabetic().then(|| f64::from(u32::from(other) % 26) / 25.0),
        }
    });
    let letters = letters.collect::<Vec<_>>();
    if letters.is_empty() { vec![0.5] } else { letters }
}

fn point((x, y): (f64, f64)) -> String {
    format!("{} {}", tenth(x), tenth(y))
}

/// One place after the point: equal on every machine, whatever its sine's last digit is.
fn tenth(length: f64) -> String {
    let rounded = format!("{length:.1}");
    if rounded == "-0.0" { "0.0".to_owned() } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_give_sizes() {
        assert_eq!(sizes("Aé 9—z"), [0.0, 4.0 / 25.0, 1.0, 1.0]);
        assert_eq!(sizes("—"), [0.5]);
    }

    #[test]
    fn every_mark_stays_in_the_drawing() {
        for motif in MOTIFS {
            for at in 0..75 {
                for size in [0.0, 0.5, 1.0] {
                    let path = motif.path(&Mark { at, count: 75, size, hole: 0.35 });
                    let numbers = path.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-');
                    let farthest =
                        numbers.filter_map(|n| n.parse::<f64>().ok()).map(f64::abs).fold(0.0, f64::max);
                    assert!(farthest <= RADIUS, "{motif:?} {at} {size}: {path}");
                }
            }
        }
    }

    #[test]
    fn the_moon_waxes() {
        let moon = |size| Motif::Moons.path(&Mark { at: 0, count: 4, size, hole: 0.3 });
        assert_eq!(moon(1.0), "M-25.0 -45.0A20.0 20.0 0 0 1 -25.0 -5.0A20.0 20.0 0 0 1 -25.0 -45.0Z");
        assert_eq!(moon(0.0), "M-25.0 -45.0A20.0 20.0 0 0 1 -25.0 -5.0A15.2 20.0 0 0 0 -25.0 -45.0Z");
    }
}
