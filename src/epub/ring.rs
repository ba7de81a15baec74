//! The ring at a chapter's head: a stroke for each minute of the film, clockwise from twelve.
//!
//! The letters of the title give the strokes their lengths, the year gives the hole its size, as in
//! the booklet. Weight stands for colour here: a reader's theme may turn any ink invisible.

use super::element::Element;
use crate::book::Book;
use std::f64::consts::TAU;
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// For a film whose running time or year is not known.
const USUAL_MINUTES: u32 = 90;
const USUAL_YEAR: i32 = 1960;

/// Radius in units of the drawing; the view box leaves one more for the width of a stroke.
const RADIUS: f64 = 50.0;

/// The ring with `read` out of `all` parts drawn in full. Ornament, hidden from screen readers.
pub fn ring(book: &Book, read: usize, all: usize) -> Element {
    let minutes = book.runtime_minutes.unwrap_or(USUAL_MINUTES).clamp(12, 360);
    let letters = lengths(&book.title);
    let hole = hole(book.year.unwrap_or(USUAL_YEAR));
    let lit = minutes as usize * read / all.max(1);
    let (mut full, mut thin) = (String::new(), String::new());
    for ((minute, length), at) in (0..minutes).zip(letters.iter().cycle()).zip(0..) {
        let turn = f64::from(minute) / f64::from(minutes);
        let (sine, cosine) = (turn * TAU).sin_cos();
        let tip = hole + (RADIUS - hole) * (0.16 + 0.84 * length);
        let path = if at < lit { &mut full } else { &mut thin };
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "M{} {}L{} {}",
            tenth(hole * sine),
            tenth(-hole * cosine),
            tenth(tip * sine),
            tenth(-tip * cosine)
        );
    }
    let strokes = [(full, "1.9"), (thin, "0.55")].into_iter().filter(|(path, _)| !path.is_empty());
    Element::new("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("class", "ring")
        .attr("viewBox", "-51 -51 102 102")
        .attr("width", "3.5em")
        .attr("height", "3.5em")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .children(strokes.map(|(path, width)| {
            let stroke = Element::new("path").attr("d", path).attr("fill", "none");
            stroke.attr("stroke", "currentColor").attr("stroke-width", width)
        }))
}

/// The older the film, the smaller the hole.
fn hole(year: i32) -> f64 {
    RADIUS * (0.26 + 0.34 * f64::from(year - 1895) / 135.0).clamp(0.2, 0.62)
}

/// How far each letter of the title reaches: a is 0, z is 1; a letter of another script by its code point.
fn lengths(title: &str) -> Vec<f64> {
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

/// One place after the point: equal on every machine, whatever its sine's last digit is.
fn tenth(length: f64) -> String {
    let rounded = format!("{length:.1}");
    if rounded == "-0.0" { "0.0".to_owned() } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_give_lengths() {
        assert_eq!(lengths("Aé 9—z"), [0.0, 4.0 / 25.0, 1.0, 1.0]);
        assert_eq!(lengths("—"), [0.5]);
    }
}
