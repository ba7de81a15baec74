//! Pictures: a file of the club's becomes what a printer and what a screen need. Bytes in, bytes out.
//!
//! [`Negative::develop`] reads a JPEG, PNG or WebP file: within limits, upright, in sRGB, opaque.
//! [`Negative::print`] makes a file of it: no larger than it is printed or shown, in colours or greys,
//! without whatever the camera wrote into it (place, owner, serial number). The same file gives the
//! same bytes.

mod colour;
mod develop;
mod jpeg_marks;
#[cfg(test)]
mod tests;

use crate::diag::{Code, Diagnostic};
use image::codecs::png::{CompressionType, FilterType as RowFilter, PngEncoder};
use image::imageops;
use image::{ExtendedColorType, GrayImage, ImageBuffer, ImageEncoder as _, Rgb, RgbImage, Rgba};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use resize::px::RGB;
use resize::{Pixel, Type};
use std::fmt::Display;

/// Endings of the files that [`Negative::develop`] reads.
pub const ENDINGS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// Dots to the inch at which a picture is printed: what printers ask for halftones.
pub const DOTS_PER_INCH: u32 = 300;

/// Under so many dots to the inch a print looks soft.
pub const FEWEST_DOTS_PER_INCH: u32 = 150;

/// Quality of a picture's JPEG: the difference from the original is not seen at arm's length.
const QUALITY: u8 = 85;

/// Qualities that are tried until the cover is small enough: at the first, no edge of a letter shows blocks
/// at any size; at the last, none at the size at which a cover is seen.
const COVER_QUALITIES: [u8; 3] = [82, 76, 70];

/// The bytes of a cover: most of an e-book that has no pictures.
const COVER_BYTES: usize = 300_000;

/// The width of a small cover in pixels: sharp at a third of a page on a screen of two dots to the pixel.
pub const THUMBNAIL_WIDTH: u32 = 400;

/// The longer side of a picture in an e-book, in pixels: a reader of 300 dots to the inch has no more.
const SCREEN_SIDE: u32 = 2000;

/// The bytes of a picture in an e-book: old readers refuse more than a few megabytes.
const SCREEN_BYTES: usize = 1_500_000;

/// Qualities that are tried until a picture for the screen is small enough.
const SCREEN_QUALITIES: [u8; 3] = [QUALITY, 75, 65];

/// How far the three colours of a pixel may lie apart that still counts as grey: a grey scan that went
/// through JPEG once is off by as much.
const GREY_TOLERANCE: u8 = 2;

/// A picture that was read: upright, in sRGB, opaque.
#[derive(Clone, Debug)]
pub struct Negative {
    pixels: RgbImage,
    /// Whether the file may be a drawing: a JPEG's noise would only cost bytes as PNG.
    may_be_drawing: bool,
}

/// What a picture is made for; it decides how large it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Printed, at most so many millimetres wide.
    Paper {
        /// The width in millimetres.
        width: u32,
    },
    /// Shown in an e-book.
    Screen,
}

/// The colours of a print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As they are.
    #[default]
    Colour,
    /// Greys alone: one ink, or electronic paper.
    Grey,
}

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// The file.
    pub bytes: Vec<u8>,
    /// Which kind of file.
    pub kind: Kind,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// The kind of a finished picture's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For photographs.
    Jpeg,
    /// For drawings, where it is the smaller file.
    Png,
}

impl Kind {
    /// The ending of its name: `jpg`.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

impl Negative {
    /// Width in pixels, once the picture is upright.
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Height in pixels, once the picture is upright.
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// Makes the picture for a purpose: scaled down where it is larger than that needs, never up.
    ///
    /// # Errors
    /// [`Code::Picture`] where it cannot be encoded.
    pub fn print(&self, size: Size, tone: Tone) -> Result<Print, Diagnostic> {
        match size {
            Size::Paper { width } => {
                let tones =
                    Tones::of(scaled(&self.pixels, pixels_for(width, DOTS_PER_INCH), u32::MAX)?, tone);
                self.smallest(&tones, QUALITY)
            }
            Size::Screen => self.print_for_screen(tone),
        }
    }

    fn print_for_screen(&self, tone: Tone) -> Result<Print, Diagnostic> {
        let mut side = SCREEN_SIDE;
        loop {
            let tones = Tones::of(scaled(&self.pixels, side, side)?, tone);
            for quality in SCREEN_QUALITIES {
                let print = self.smallest(&tones, quality)?;
                // a hundred pixels square fit in any case
                if print.bytes.len() <= SCREEN_BYTES || side <= 100 {
                    return Ok(print);
                }
            }
            side = side / 5 * 4;
        }
    }

    /// A JPEG, or a PNG where that is smaller: of a photograph it never is, of a drawing it is.
    fn smallest(&self, tones: &Tones, quality: u8) -> Result<Print, Diagnostic> {
        let (width, height) = tones.dimensions();
        let jpeg = tones.jpeg(quality)?;
        if self.may_be_drawing {
            let png = tones.png()?;
            if png.len() <= jpeg.len() {
                return Ok(Print { bytes: png, kind: Kind::Png, width, height });
            }
        }
        Ok(Print { bytes: jpeg, kind: Kind::Jpeg, width, height })
    }
}

/// Encodes the e-book's cover: four bytes a pixel, row by row; its opacity is left out.
///
/// # Errors
/// [`Code::Picture`] where the bytes are not as many as width and height ask for.
pub fn jpeg(width: u32, height: u32, rgba: &[u8], tone: Tone) -> Result<Vec<u8>, Diagnostic> {
    let Some(pixels) = ImageBuffer::<Rgba<u8>, _>::from_raw(width, height, rgba) else {
        let bytes = rgba.len();
        let message = format!("the cover cannot be encoded: {bytes} bytes are not {width} × {height} pixels");
        return Err(Diagnostic::error(Code::Picture, message));
    };
    let grey = (tone == Tone::Grey).then(|| imageops::grayscale(&pixels).into_raw());
    let (bytes, colour) =
        grey.as_ref().map_or((rgba, ColorType::Rgba), |grey| (grey.as_slice(), ColorType::Luma));
    let mut file = Vec::new();
    for quality in COVER_QUALITIES {
        file = baseline(bytes, (width, height), colour, quality)?;
        if file.len() <= COVER_BYTES {
            break;
        }
    }
    Ok(file)
}

/// Encodes a page for the screen of this machine, four bytes a pixel, row by row: sooner done than small.
///
/// # Errors
/// [`Code::Picture`] where the bytes are not as many as width and height ask for.
pub fn quick_png(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    if rgba.len() as u64 != u64::from(width) * u64::from(height) * 4 {
        return Err(unencoded(format_args!("{} bytes are not {width} × {height} pixels", rgba.len())));
    }
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Fast, RowFilter::Sub)
        .write_image(rgba, width, height, ExtendedColorType::Rgba8)
        .map_err(unencoded)?;
    Ok(file)
}

/// Baseline, because old readers know no other; colours at half the resolution of the light, which is
/// where the eye sees edges. Tables of its own would save a tenth, but with them the encoder writes the
/// three colours one after the other, and readers that know only the common order show such a file in
/// green stripes.
fn baseline(
    bytes: &[u8],
    (width, height): (u32, u32),
    colour: ColorType,
    quality: u8,
) -> Result<Vec<u8>, Diagnostic> {
    let side = |pixels: u32| u16::try_from(pixels).map_err(unencoded);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(bytes, side(width)?, side(height)?, colour).map_err(unencoded)?;
    Ok(file)
}

/// A small cover for the season's page: the file of a cover, no wider than [`THUMBNAIL_WIDTH`], as a JPEG.
///
/// # Errors
/// [`Code::Picture`] where the file is no picture, or cannot be encoded.
pub fn thumbnail(cover: &[u8]) -> Result<Print, Diagnostic> {
    let negative = Negative::develop(cover)?;
    let tones = Tones::of(scaled(&negative.pixels, THUMBNAIL_WIDTH, u32::MAX)?, Tone::Colour);
    let (width, height) = tones.dimensions();
    let bytes = tones.jpeg(QUALITY)?;
    Ok(Print { bytes, kind: Kind::Jpeg, width, height })
}

/// How many pixels a width in millimetres needs at so many dots to the inch.
#[must_use]
pub fn pixels_for(millimetres: u32, dots_per_inch: u32) -> u32 {
    // an inch has 25.4 mm
    millimetres.saturating_mul(dots_per_inch).saturating_mul(10).div_ceil(254)
}

/// How many dots to the inch a width in pixels gives, spread over so many millimetres.
#[must_use]
pub fn dots_per_inch(pixels: u32, millimetres: u32) -> u32 {
    pixels.saturating_mul(254) / millimetres.saturating_mul(10).max(1)
}

fn unencoded(error: impl Display) -> Diagnostic {
    Diagnostic::error(Code::Picture, format!("the picture cannot be encoded: {error}"))
}

fn unscaled(error: impl Display) -> Diagnostic {
    Diagnostic::error(Code::Picture, format!("the picture cannot be scaled: {error}"))
}

/// The picture, no wider and no higher than that.
fn scaled(pixels: &RgbImage, width: u32, height: u32) -> Result<RgbImage, Diagnostic> {
    let (own_width, own_height) = pixels.dimensions();
    if own_width <= width && own_height <= height {
        return Ok(pixels.clone());
    }
    let share = |side: u32, of: u32, other: u32| {
        let length = u64::from(other) * u64::from(side) / u64::from(of.max(1));
        u32::try_from(length).unwrap_or(u32::MAX).max(1)
    };
    let by_width = (width, share(width, own_width, own_height));
    let (width, height) =
        if by_width.1 <= height { by_width } else { (share(height, own_height, own_width), height) };
    let pixel = |pixel: &Rgb<u8>| RGB::new(pixel.0[0], pixel.0[1], pixel.0[2]);
    let source = pixels.pixels().map(pixel).collect::<Vec<_>>();
    let mut target = vec![RGB::new(0, 0, 0); width as usize * height as usize];
    resize::new(
        own_width as usize,
        own_height as usize,
        width as usize,
        height as usize,
        Pixel::RGB8,
        Type::Lanczos3,
    )
    .and_then(|mut scaler| scaler.resize(&source, &mut target))
    .map_err(unscaled)?;
    let bytes = target.into_iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    RgbImage::from_raw(width, height, bytes)
        .ok_or_else(|| unscaled(format_args!("it did not become {width} × {height} pixels")))
}

/// Pixels as they are encoded: a picture of greys needs one byte for each, and one ink.
enum Tones {
    Rgb(RgbImage),
    Grey(GrayImage),
}

impl Tones {
    fn of(pixels: RgbImage, tone: Tone) -> Self {
        let is_grey =
            |image::Rgb([r, g, b]): &image::Rgb<u8>| r.max(g).max(b) - r.min(g).min(b) <= GREY_TOLERANCE;
        match tone {
            Tone::Colour if !pixels.pixels().all(is_grey) => Self::Rgb(pixels),
            Tone::Colour | Tone::Grey => Self::Grey(imageops::grayscale(&pixels)),
        }
    }

    fn dimensions(&self) -> (u32, u32) {
        match self {
            Self::Rgb(pixels) => pixels.dimensions(),
            Self::Grey(pixels) => pixels.dimensions(),
        }
    }

    fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Diagnostic> {
        let (bytes, colour) = match self {
            Self::Rgb(pixels) => (pixels.as_raw(), ColorType::Rgb),
            Self::Grey(pixels) => (pixels.as_raw(), ColorType::Luma),
        };
        baseline(bytes, self.dimensions(), colour, quality)
    }

    fn png(&self) -> Result<Vec<u8>, Diagnostic> {
        let (width, height) = self.dimensions();
        let (bytes, colour) = match self {
            Self::Rgb(pixels) => (pixels.as_raw(), ExtendedColorType::Rgb8),
            Self::Grey(pixels) => (pixels.as_raw(), ExtendedColorType::L8),
        };
        let mut file = Vec::new();
        PngEncoder::new_with_quality(&mut file, CompressionType::Best, RowFilter::Adaptive)
            .write_image(bytes, width, height, colour)
            .map_err(unencoded)?;
        Ok(file)
    }
}
