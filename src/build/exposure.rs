//! How the pictures of a film are made for an edition: how wide, and in which colours.

use crate::layout::Layout;
use crate::picture::Tone;
use crate::season::{Edition, Paper, Season};

/// How wide pictures are printed, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The page; no picture is printed wider.
    pub page: u32,
    /// The measure of the text.
    pub measure: u32,
}

/// How the pictures of a film are made.
#[derive(Clone, Copy, Debug)]
pub struct Exposure {
    /// How wide they are printed.
    pub frame: Frame,
    /// The colours of the booklet's.
    pub print: Tone,
    /// The colours of the e-book's.
    pub screen: Tone,
}

impl Frame {
    /// The frame of a layout on a paper that it knows, or on its own; an A5 page where it tells neither.
    #[must_use]
    pub fn of(layout: &Layout, paper: Option<&str>) -> Self {
        let own = layout.settings.paper.as_deref();
        let known = |name: &str| layout.settings.papers.get(name);
        let paper = paper.and_then(known).or_else(|| own.and_then(known));
        let length = |key: &str| paper?.get(key)?.as_str().and_then(millimetres);
        let page = length("width").unwrap_or(148);
        let margins = length("inside").zip(length("outside")).map(|(inside, outside)| inside + outside);
        // without margins, two thirds of the page, as a book's text has them
        let measure = margins.map_or(page * 2 / 3, |margins| page.saturating_sub(margins));
        Self { page, measure }
    }
}

/// A length as Typst writes it, `148mm` or `5.5in`, rounded up to millimetres.
fn millimetres(length: &str) -> Option<u32> {
    // hundredths of a millimetre to the unit
    const UNITS: [(&str, u64); 4] = [("mm", 100), ("cm", 1000), ("in", 2540), ("pt", 35)];
    let (number, unit) =
        UNITS.iter().find_map(|(name, unit)| Some((length.trim().strip_suffix(name)?.trim(), *unit)))?;
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let part = format!("{:0<3}", part.get(..part.len().min(3))?);
    let thousandths = whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(part.parse::<u64>().ok()?)?;
    u32::try_from(thousandths.checked_mul(unit)?.div_ceil(100_000)).ok()
}

impl Exposure {
    /// How an edition's pictures are made in a layout.
    #[must_use]
    pub fn of(layout: &Layout, edition: &Edition, season: &Season) -> Self {
        Self {
            frame: Frame::of(layout, edition.paper.map(Paper::name)),
            print: if edition.grey { Tone::Grey } else { Tone::Colour },
            screen: if season.eink { Tone::Grey } else { Tone::Colour },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_a_layout_are_read() {
        let read = ["148mm", "14.85cm", "5.5in", " 6in ", "420pt", "12em", "mm", "-3mm"].map(millimetres);
        assert_eq!(read, [Some(148), Some(149), Some(140), Some(153), Some(147), None, None, None]);
    }
}
