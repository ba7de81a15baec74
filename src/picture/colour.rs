//! The colours of a file become those of every screen and printer: sRGB, 8 bits, opaque.

use image::{DynamicImage, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Paper white: what shows through where a picture is transparent.
const WHITE: u32 = 255;

/// The pixels in sRGB, on white. A profile that cannot be read, or is not for such pixels, is passed
/// over, as browsers do: the picture is then taken for sRGB.
pub fn srgb_on_white(picture: DynamicImage, profile: Option<&[u8]>) -> RgbImage {
    let profile = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
    let is_grey = !picture.color().has_color();
    let transparency = picture.color().has_alpha().then(|| alpha(&picture));
    let converted = profile.and_then(|profile| match profile.color_space {
        DataColorSpace::Gray if is_grey => {
            from_profile(&profile, picture.to_luma8().as_raw(), Layout::Gray, picture.width())
        }
        DataColorSpace::Rgb => {
            from_profile(&profile, picture.to_rgb8().as_raw(), Layout::Rgb, picture.width())
        }
        _ => None,
    });
    let (width, height) = (picture.width(), picture.height());
    let converted = converted.and_then(|pixels| RgbImage::from_raw(width, height, pixels));
    let mut pixels = converted.unwrap_or_else(|| picture.into_rgb8());
    if let Some(alpha) = transparency {
        flatten(&mut pixels, &alpha);
    }
    pixels
}

/// Converts row by row; `None` where the profile does not suit.
fn from_profile(profile: &ColorProfile, pixels: &[u8], layout: Layout, width: u32) -> Option<Vec<u8>> {
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), Layout::Rgb, options);
    let transform = transform.ok()?;
    let width = usize::try_from(width).ok()?;
    let row = width.checked_mul(layout.channels())?;
    let mut converted = vec![0; pixels.len() / layout.channels().max(1) * 3];
    for (from, to) in pixels.chunks_exact(row).zip(converted.chunks_exact_mut(width * 3)) {
        transform.transform(from, to).ok()?;
    }
    Some(converted)
}

/// How opaque each pixel is, from 0 to 255.
fn alpha(picture: &DynamicImage) -> Vec<u8> {
    picture.to_luma_alpha8().pixels().map(|pixel| pixel.0[1]).collect()
}

fn flatten(pixels: &mut RgbImage, alpha: &[u8]) {
    for (pixel, opaque) in pixels.pixels_mut().zip(alpha.iter().map(|alpha| u32::from(*alpha))) {
        for value in &mut pixel.0 {
            let mixed = (u32::from(*value) * opaque + WHITE * (255 - opaque) + 127) / 255;
            *value = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
}
