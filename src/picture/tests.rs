//! Pictures are made here, a few pixels each; none lies in the repository.

use super::{Kind, Negative, Print, Size, Tone, dots_per_inch, jpeg, pixels_for, thumbnail};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, ImageBuffer, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba};
use moxcms::ColorProfile;
use std::io::Cursor;

const RED: Rgb<u8> = Rgb([200, 30, 30]);
const BLUE: Rgb<u8> = Rgb([30, 30, 200]);

/// Sixteen pixels wide and eight high, red but for its upper left quarter, which is blue.
fn flag() -> RgbImage {
    RgbImage::from_fn(16, 8, |x, y| if x < 8 && y < 4 { BLUE } else { RED })
}

/// A picture in which no two neighbours are alike, as in a photograph's grain; it repeats on any machine.
fn grain(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        Rgb([next(), next(), next()])
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).expect("a picture can be encoded");
    file.into_inner()
}

fn exact_jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    let (width, height) = picture.dimensions();
    JpegEncoder::new_with_quality(&mut file, 100)
        .write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .expect("a picture can be encoded");
    file
}

/// The smallest Exif block that says how the camera was held, put behind the start of a JPEG.
fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2).expect("it is short").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn refusal(file: &[u8]) -> String {
    Negative::develop(file).expect_err("the file is no good").message
}

fn close(found: Rgb<u8>, expected: Rgb<u8>) -> bool {
    found.0.iter().zip(expected.0).all(|(a, b)| a.abs_diff(b) <= 6)
}

fn opened(print: &Print) -> DynamicImage {
    image::load_from_memory(&print.bytes).expect("a print is a picture")
}

#[test]
fn every_way_to_hold_a_camera_gives_an_upright_picture() {
    // where the blue quarter of the flag is to be seen, as shares of four of width and height
    let blue_at = [(1, 1), (3, 1), (3, 3), (1, 3), (1, 1), (3, 1), (3, 3), (1, 3)];
    for (orientation, (x, y)) in (1_u8..).zip(blue_at) {
        let negative = Negative::develop(&held(&exact_jpeg(&flag()), orientation)).expect("a picture");
        let size = (negative.width(), negative.height());
        assert_eq!(size, if orientation < 5 { (16, 8) } else { (8, 16) }, "orientation {orientation}");
        for (column, row) in [(1, 1), (3, 1), (1, 3), (3, 3)] {
            let found = *negative.pixels.get_pixel(size.0 * column / 4, size.1 * row / 4);
            let expected = if (column, row) == (x, y) { BLUE } else { RED };
            assert!(close(found, expected), "orientation {orientation} at {column}, {row}: {found:?}");
        }
    }
}

#[test]
fn all_kinds_of_pixels_become_eight_bits_of_colour_on_white() {
    let deep: ImageBuffer<Rgb<u16>, _> = ImageBuffer::from_pixel(2, 2, Rgb([51_400, 7710, 7710]));
    let half = ImageBuffer::from_pixel(2, 2, Rgba([200_u8, 30, 30, 128]));
    let clear = ImageBuffer::from_pixel(2, 2, Rgba([0_u8; 4]));
    let grey = ImageBuffer::from_pixel(2, 2, image::Luma([90_u8]));
    let veiled = ImageBuffer::from_pixel(2, 2, image::LumaA([0_u8, 51]));
    let half_red = Rgb([227, 142, 142]);
    for (what, file, expected) in [
        ("PNG", encoded(flag(), ImageFormat::Png), BLUE),
        ("WebP", encoded(flag(), ImageFormat::WebP), BLUE),
        ("JPEG", exact_jpeg(&flag()), BLUE),
        ("16 bits", encoded(deep, ImageFormat::Png), RED),
        ("half transparent PNG", encoded(half.clone(), ImageFormat::Png), half_red),
        ("half transparent WebP", encoded(half, ImageFormat::WebP), half_red),
        ("nothing at all", encoded(clear, ImageFormat::Png), Rgb([255; 3])),
        ("grey", encoded(grey.clone(), ImageFormat::Png), Rgb([90; 3])),
        ("grey JPEG", encoded(grey, ImageFormat::Jpeg), Rgb([90; 3])),
        ("grey with alpha", encoded(veiled, ImageFormat::Png), Rgb([204; 3])),
        ("palette", palette_png(), BLUE),
        ("animated PNG", animated_png(), BLUE),
        ("animated WebP", animated_webp(), BLUE),
    ] {
        let negative = Negative::develop(&file).unwrap_or_else(|error| panic!("{what}: {error:?}"));
        let found = *negative.pixels.get_pixel(0, 0);
        assert!(close(found, expected), "{what}: {found:?}");
    }
}

#[test]
fn colours_of_a_wider_profile_become_srgb() {
    // the red of Display P3 lies outside sRGB; the half red of Adobe RGB is stronger there
    for (what, profile, given, expected) in [
        ("Display P3", ColorProfile::new_display_p3(), Rgb([200, 30, 30]), Rgb([219, 0, 9])),
        ("Adobe RGB", ColorProfile::new_adobe_rgb(), Rgb([30, 200, 30]), Rgb([0, 200, 0])),
        ("sRGB", ColorProfile::new_srgb(), RED, RED),
    ] {
        let icc = profile.encode().expect("a profile can be written");
        let pixels = RgbImage::from_pixel(4, 4, given);
        let mut file = Vec::new();
        let mut encoder = PngEncoder::new(&mut file);
        encoder.set_icc_profile(icc).expect("PNG holds profiles");
        encoder.write_image(pixels.as_raw(), 4, 4, ExtendedColorType::Rgb8).expect("it can be encoded");
        let found = *Negative::develop(&file).expect("a picture").pixels.get_pixel(1, 1);
        assert!(close(found, expected), "{what}: {found:?}");
    }
}

#[test]
fn a_profile_that_is_none_costs_nobody_the_picture() {
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    encoder.set_icc_profile(b"no profile".to_vec()).expect("PNG holds anything");
    encoder.write_image(flag().as_raw(), 16, 8, ExtendedColorType::Rgb8).expect("it can be encoded");
    let negative = Negative::develop(&file).expect("a picture");
    assert!(close(*negative.pixels.get_pixel(0, 0), BLUE));
}

#[test]
fn a_file_that_is_no_picture_is_told_by_its_kind() {
    let whole = exact_jpeg(&flag());
    let inks = {
        let frame = whole.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a baseline JPEG");
        let mut inks = whole.clone();
        inks[frame + 9] = 4;
        inks
    };
    for (file, expected) in [
        (&b""[..], "the file is empty"),
        (b"GIF89a\x01\0\x01\0", "the file is a GIF file, not JPEG, PNG or WebP"),
        (b"%PDF-1.7", "the file is a PDF file, not JPEG, PNG or WebP"),
        (b"<svg xmlns=", "the file is a drawing (SVG) or a web page, not JPEG, PNG or WebP"),
        (b"\0\0\0\x18ftypheic", "the file is a HEIC file, as phones write them, not JPEG, PNG or WebP"),
        (b"words", "the file is no picture that is known, not JPEG, PNG or WebP"),
        (&whole[..whole.len() - 2], "the file ends before the picture does"),
        (&inks, "the picture is in printing inks (CMYK), which no screen shows"),
    ] {
        assert_eq!(refusal(file), expected);
    }
}

#[test]
fn a_small_file_that_claims_a_vast_picture_is_refused() {
    for (width, height) in [(60_000, 100), (15_000, 15_000)] {
        let mut png = encoded(flag(), ImageFormat::Png);
        png[16..20].copy_from_slice(&u32::to_be_bytes(width));
        png[20..24].copy_from_slice(&u32::to_be_bytes(height));
        let sum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&sum);
        let message = refusal(&png);
        assert!(message.starts_with(&format!("the picture has {width} × {height} pixels")), "{message}");
    }
}

#[test]
fn what_is_cut_off_is_refused() {
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Jpeg] {
        let file = encoded(grain(24, 24), format);
        for length in (0..file.len() - 12).step_by(7) {
            assert!(Negative::develop(&file[..length]).is_err(), "{length} bytes of a {format:?}");
        }
    }
}

#[test]
fn a_damaged_file_ends_in_an_answer() {
    let files = [
        encoded(grain(9, 9), ImageFormat::Png),
        encoded(grain(9, 9), ImageFormat::WebP),
        held(&exact_jpeg(&grain(9, 9)), 6),
        animated_webp(),
        palette_png(),
    ];
    let mut answers = 0;
    for file in &files {
        for at in 0..file.len() {
            for value in [0, 0x7f, 0xff, file[at] ^ 1] {
                let mut damaged = file.clone();
                damaged[at] = value;
                answers += usize::from(Negative::develop(&damaged).is_err());
            }
        }
    }
    assert!(answers > 100, "damage is noticed: {answers}");
}

#[test]
fn a_print_is_no_larger_than_it_is_printed_and_never_scaled_up() {
    let large = Negative::develop(&encoded(grain(1500, 900), ImageFormat::Png)).expect("a picture");
    for (size, expected) in [
        (Size::Paper { width: 100 }, (1182, 709)),
        (Size::Paper { width: 148 }, (1500, 900)),
        (Size::Screen, (1500, 900)),
    ] {
        let print = large.print(size, Tone::Colour).expect("a print");
        assert_eq!((print.width, print.height), expected, "{size:?}");
        assert_eq!((opened(&print).width(), opened(&print).height()), expected, "{size:?}");
    }
    assert_eq!((pixels_for(127, 300), dots_per_inch(1500, 127)), (1500, 300));
}

#[test]
fn a_picture_for_the_screen_keeps_within_its_bytes_and_pixels() {
    for (width, height) in [(2600, 300), (300, 2600), (1400, 1400)] {
        let negative = Negative::develop(&exact_jpeg(&grain(width, height))).expect("a picture");
        let print = negative.print(Size::Screen, Tone::Colour).expect("a print");
        assert!(print.bytes.len() <= super::SCREEN_BYTES, "{} bytes", print.bytes.len());
        assert!(print.width.max(print.height) <= super::SCREEN_SIDE);
        assert_eq!(print.width > print.height, width > height);
    }
}

#[test]
fn greys_are_one_byte_a_pixel_whether_asked_for_or_found() {
    let print = |picture: RgbImage, tone| {
        let negative = Negative::develop(&exact_jpeg(&picture)).expect("a picture");
        opened(&negative.print(Size::Paper { width: 50 }, tone).expect("a print")).color()
    };
    let scan = RgbImage::from_fn(40, 40, |x, _| Rgb([u8::try_from(x * 6).unwrap_or(0); 3]));
    assert_eq!(print(flag(), Tone::Colour), image::ColorType::Rgb8);
    assert_eq!(print(flag(), Tone::Grey), image::ColorType::L8);
    assert_eq!(print(scan, Tone::Colour), image::ColorType::L8);
}

#[test]
fn a_drawing_stays_sharp_and_a_photograph_becomes_small() {
    let drawing =
        RgbImage::from_fn(200, 200, |x, y| Rgb([if (x / 9 + y / 7) % 5 == 0 { 0 } else { 255 }; 3]));
    for (picture, format, expected) in [
        (drawing.clone(), ImageFormat::Png, Kind::Png),
        (drawing.clone(), ImageFormat::WebP, Kind::Png),
        (drawing, ImageFormat::Jpeg, Kind::Jpeg),
        (grain(200, 200), ImageFormat::Png, Kind::Jpeg),
    ] {
        let negative = Negative::develop(&encoded(picture, format)).expect("a picture");
        let print = negative.print(Size::Screen, Tone::Colour).expect("a print");
        assert_eq!(print.kind, expected, "{format:?}");
    }
}

#[test]
fn what_the_camera_wrote_is_gone_and_the_same_file_gives_the_same_bytes() {
    let file = held(&exact_jpeg(&grain(64, 40)), 8);
    let print = || {
        let negative = Negative::develop(&file).expect("a picture");
        negative.print(Size::Paper { width: 4 }, Tone::Colour).expect("a print").bytes
    };
    let first = print();
    assert_eq!(first, print());
    assert!(!first.windows(4).any(|bytes| bytes == b"Exif"));
}

/// Four bytes a pixel, as a page is drawn.
fn opaque(picture: RgbImage) -> Vec<u8> {
    image::DynamicImage::from(picture).into_rgba8().into_raw()
}

#[test]
fn a_cover_needs_as_many_bytes_as_it_has_pixels() {
    let cover = jpeg(16, 8, &opaque(flag()), Tone::Colour).expect("a JPEG");
    assert_eq!(image::guess_format(&cover).expect("a picture"), ImageFormat::Jpeg);
    let grey = jpeg(16, 8, &opaque(flag()), Tone::Grey).expect("a JPEG");
    assert_eq!(image::load_from_memory(&grey).expect("a picture").color(), image::ColorType::L8);
    assert!(jpeg(16, 9, &opaque(flag()), Tone::Colour).is_err());
}

/// The checksum of a PNG's chunk (ISO 15948, annex D).
fn crc(bytes: &[u8]) -> [u8; 4] {
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
    });
    (!sum).to_be_bytes()
}

fn chunk(name: &str, content: &[u8]) -> Vec<u8> {
    let name = name.as_bytes();
    let length = u32::try_from(content.len()).expect("it is short").to_be_bytes();
    let sum = crc(&[name, content].concat());
    [&length[..], name, content, &sum].concat()
}

/// A PNG with chunks put behind its head.
fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

/// Four pixels that name the two colours of a table: its rows are one byte each, stored as they are.
fn palette_png() -> Vec<u8> {
    let head = chunk("IHDR", &[0, 0, 0, 2, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
    let colours = chunk("PLTE", &[RED.0, BLUE.0].concat());
    // zlib: a stored block of six bytes, then their Adler-32
    let rows = [0, 1, 0, 0, 0, 1];
    let (a, b) = rows.iter().fold((1_u16, 0_u16), |(a, b), byte| (a + byte, b + a + byte));
    let mut body = vec![0x78, 0x01, 1, 6, 0, 0xf9, 0xff];
    body.extend(rows.map(|byte| u8::try_from(byte).expect("a byte")));
    body.extend([b.to_be_bytes(), a.to_be_bytes()].concat());
    [b"\x89PNG\r\n\x1a\n".to_vec(), head, colours, chunk("IDAT", &body), chunk("IEND", &[])].concat()
}

fn animated_png() -> Vec<u8> {
    let frame = [&[0; 4][..], &[0, 0, 0, 16, 0, 0, 0, 8], &[0; 8], &[0, 1, 0, 10, 0, 0]].concat();
    let chunks = [chunk("acTL", &[0, 0, 0, 1, 0, 0, 0, 0]), chunk("fcTL", &frame)];
    with_chunks(&encoded(flag(), ImageFormat::Png), &chunks)
}

/// Two pictures of 16 by 8 pixels: the flag, then red.
fn animated_webp() -> Vec<u8> {
    let part = |name: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).expect("it is short").to_le_bytes();
        [&name[..], &length, content, &[0][..content.len() % 2]].concat()
    };
    let frame = |picture: &RgbImage| {
        let mut webp = Vec::new();
        WebPEncoder::new_lossless(&mut webp)
            .encode(picture.as_raw(), 16, 8, ExtendedColorType::Rgb8)
            .expect("it can be encoded");
        // offset, then width and height less one, then a tenth of a second
        let place = [0, 0, 0, 0, 0, 0, 15, 0, 0, 7, 0, 0, 100, 0, 0, 0];
        part(b"ANMF", &[&place[..], &webp[12..]].concat())
    };
    let head = part(b"VP8X", &[2, 0, 0, 0, 15, 0, 0, 7, 0, 0]);
    let loops = part(b"ANIM", &[0; 6]);
    let body = [b"WEBP".to_vec(), head, loops, frame(&flag()), frame(&RgbImage::from_pixel(16, 8, RED))];
    part(b"RIFF", &body.concat())
}

#[test]
fn a_small_cover_is_a_jpeg_no_wider_than_it_is_shown() {
    for (cover, expected) in [(grain(800, 1280), (400, 640)), (flag(), (16, 8))] {
        let small = thumbnail(&encoded(cover, ImageFormat::Png)).expect("it is a picture");
        assert_eq!(((small.width, small.height), small.kind), (expected, Kind::Jpeg));
    }
    assert!(thumbnail(b"<svg>").is_err());
}

#[test]
fn a_cover_keeps_its_colours_when_it_is_read_again() {
    let cover = RgbImage::from_fn(64, 96, |x, y| if (x < 32) == (y < 48) { RED } else { Rgb([20, 90, 160]) });
    let file = jpeg(64, 96, &opaque(cover.clone()), Tone::Colour).expect("it can be encoded");
    assert_eq!(file.windows(2).filter(|pair| pair == &[0xff, 0xda]).count(), 1, "one scan holds all colours");
    let again = Negative::develop(&file).expect("it is a picture");
    for (x, y) in [(8, 8), (56, 8), (8, 88), (56, 88)] {
        let (before, after) = (cover.get_pixel(x, y).0, again.pixels.get_pixel(x, y).0);
        let near = before.iter().zip(after).all(|(before, after)| before.abs_diff(after) < 8);
        assert!(near, "{before:?} became {after:?}");
    }
}
