//! Reading a picture's file, and what an editor is told where that cannot be done.

use super::{Negative, colour, jpeg_marks};
use crate::diag::{Code, Diagnostic};
use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The longest side that is read, in pixels.
const LONGEST_SIDE: u32 = 20_000;

/// The most pixels that are read: a hundred million, more than a medium-format camera has. A file of a
/// few kilobytes may claim far more and fill the machine's memory.
const MOST_PIXELS: u64 = 100_000_000;

/// The most memory that a decoder may ask for.
const MOST_MEMORY: u64 = 1 << 30;

/// What to do with a file that is no picture for us.
const SAVE_AGAIN: &str = "open it in a picture program and save it as JPEG";

impl Negative {
    /// Reads a JPEG, PNG or WebP file; of an animation, its first picture. It is turned upright as the
    /// camera noted it, its colours become sRGB, and what is transparent becomes white.
    ///
    /// # Errors
    /// [`Code::Picture`], without a place: the file is of another kind, broken, cut off, too large, or in
    /// printing inks.
    pub fn develop(file: &[u8]) -> Result<Self, Diagnostic> {
        let format = format_of(file)?;
        let broken = |error: ImageError| unreadable(format, &error);
        let mut decoder =
            ImageReader::with_format(Cursor::new(file), format).into_decoder().map_err(broken)?;
        let (width, height) = decoder.dimensions();
        if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(too_large(&format!("the picture has {width} × {height} pixels")));
        }
        if width == 0 || height == 0 {
            return Err(fault("the picture has no pixels").hint(SAVE_AGAIN));
        }
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_MEMORY);
        decoder.set_limits(limits).map_err(broken)?;
        // neither is worth losing the picture for
        let profile = decoder.icc_profile().ok().flatten();
        let orientation = decoder.orientation().ok();
        let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
        if let Some(orientation) = orientation {
            picture.apply_orientation(orientation);
        }
        let pixels = colour::srgb_on_white(picture, profile.as_deref());
        Ok(Self { pixels, may_be_drawing: format != ImageFormat::Jpeg })
    }
}

/// The kind of the file by its first bytes; its name may say anything.
fn format_of(file: &[u8]) -> Result<ImageFormat, Diagnostic> {
    if file.is_empty() {
        return Err(fault("the file is empty").hint("copy the picture again"));
    }
    match image::guess_format(file) {
        Ok(ImageFormat::Jpeg) => {
            let marks = jpeg_marks::read(file);
            if marks.inks == Some(4) {
                return Err(fault("the picture is in printing inks (CMYK), which no screen shows").hint(
                    "open it in a picture program and save it as JPEG in RGB: only there its colours can be judged",
                ));
            }
            if !marks.has_end {
                return Err(cut_off());
            }
            Ok(ImageFormat::Jpeg)
        }
        Ok(format @ (ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        Ok(other) => Err(foreign(&format!("is a {} file", name(other)))),
        Err(_) => Err(foreign(match file {
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => "is a HEIC file, as phones write them,",
            [b'%', b'P', b'D', b'F', ..] => "is a PDF file",
            [b'<', ..] => "is a drawing (SVG) or a web page",
            _ => "is no picture that is known",
        })),
    }
}

fn name(format: ImageFormat) -> String {
    format.extensions_str().first().unwrap_or(&"strange").to_uppercase()
}

fn foreign(what: &str) -> Diagnostic {
    let comma = if what.ends_with(',') { "" } else { "," };
    fault(format!("the file {what}{comma} not JPEG, PNG or WebP")).hint(SAVE_AGAIN)
}

fn unreadable(format: ImageFormat, error: &ImageError) -> Diagnostic {
    match error {
        ImageError::Limits(_) => too_large("the picture would fill the memory"),
        ImageError::IoError(_) => cut_off(),
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_) => {
            let name = name(format);
            fault(format!("the {name} file cannot be read: {error}")).hint(SAVE_AGAIN)
        }
    }
}

fn cut_off() -> Diagnostic {
    fault("the file ends before the picture does").hint("copy it again: a part of it was lost on the way")
}

fn too_large(what: &str) -> Diagnostic {
    let most = MOST_PIXELS / 1_000_000;
    fault(format!("{what}; at most {most} million are read, and {LONGEST_SIDE} to a side"))
        .hint("scale it down: 3000 pixels are enough for any page of a booklet")
}

fn fault(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Picture, message)
}
