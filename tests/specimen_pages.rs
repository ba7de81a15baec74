//! The specimen in every layout, held against pictures that a person has looked at.
//!
//! `BLESS=1` writes the pictures anew: look at them before they are committed.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use bookify::build::{self, Order, Product};
use bookify::pdf::Pixels;
use image::{GenericImage as _, GrayImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage, imageops};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Width of a page on the contact sheet, in pixels: an A5 page at 36 dots to the inch.
const PAGE: u32 = 210;

/// Pages in a row of the contact sheet.
const ROW: u32 = 8;

/// Pixels are compared in squares of this side: what a machine rounds otherwise disappears in them.
const SQUARE: u32 = 6;

/// No square may be lighter or darker than its counterpart by more, of 255.
const MOST: u8 = 40;

/// The mean of all differences may not be greater, of 255.
const MOST_ON_AVERAGE: f64 = 0.8;

const SEASON: &str = "club: The Specimen Society\nseason: One Season\nworks: [The Long Way Round]\nfilms:\n  - dossier: specimen\n    stills:\n      - { file: still.png, alt: A field of squares, caption: Squares in a row., credit: Nobody, chapter: scenes, scene: 1 }\n";

/// A picture of squares from dark to light.
fn still() -> Vec<u8> {
    let picture = RgbImage::from_fn(600, 400, |x, y| {
        let shade = u8::try_from((x / 60 + y / 60) * 16).unwrap_or(u8::MAX);
        Rgb([shade, shade, 255 - shade])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("a picture in memory");
    bytes.into_inner()
}

fn order(folder: &Path, layout: &str) -> Order {
    Order {
        names: vec![PathBuf::from("specimen")],
        sources: folder.to_owned(),
        output: folder.join("output"),
        layout: Some(layout.to_owned()),
        paper: None,
        editions: Vec::new(),
        products: BTreeSet::from([Product::Booklet]),
        almanac: false,
        strict: false,
        prune: false,
        cache: None,
        jobs: 1,
        epoch: None,
    }
}

/// All pages on one sheet, in greys.
fn contact_sheet(pages: &[Pixels]) -> GrayImage {
    let height = pages.iter().map(|page| page.height).max().unwrap_or(1);
    let count = u32::try_from(pages.len()).expect("a booklet");
    let mut sheet =
        RgbaImage::from_pixel(ROW * PAGE, count.div_ceil(ROW) * height, Rgba([128, 128, 128, 255]));
    for (at, page) in (0..).zip(pages) {
        let picture = RgbaImage::from_raw(page.width, page.height, page.rgba.clone()).expect("whole rows");
        sheet.copy_from(&picture, at % ROW * PAGE, at / ROW * height).expect("it fits");
    }
    imageops::grayscale(&sheet)
}

/// Mean of the differences, and the greatest one with its place in squares.
fn difference(a: &GrayImage, b: &GrayImage) -> (f64, (u8, u32, u32)) {
    let small = |sheet: &GrayImage| {
        imageops::resize(
            sheet,
            sheet.width() / SQUARE,
            sheet.height() / SQUARE,
            imageops::FilterType::Triangle,
        )
    };
    let (a, b) = (small(a), small(b));
    let differences =
        a.enumerate_pixels().map(|(x, y, pixel)| (pixel.0[0].abs_diff(b.get_pixel(x, y).0[0]), x, y));
    let all = differences.collect::<Vec<_>>();
    let sum = all.iter().map(|(by, _, _)| f64::from(*by)).sum::<f64>();
    let count = u32::try_from(all.len()).expect("a sheet of pages");
    (sum / f64::from(count), all.into_iter().max().expect("a sheet has pixels"))
}

fn check(layout: &str) {
    let text = include_str!("specimen/specimen.md").as_bytes();
    let files = [("season.yaml", SEASON.as_bytes()), ("specimen.md", text), ("specimen/still.png", &still())];
    let folder = common::folder_with(&files);
    let pages = build::draw(&order(folder.path(), layout), PAGE).expect("the specimen can be laid out");
    let sheet = contact_sheet(&pages);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/specimen/{layout}.png"));
    #[expect(clippy::disallowed_methods, reason = "only a person's wish writes golden pictures")]
    let bless = std::env::var_os("BLESS").is_some();
    if bless {
        sheet.save(&golden).expect("the picture can be written");
    }
    let wanted = image::open(&golden).expect("a picture that was looked at").into_luma8();
    assert_eq!(sheet.dimensions(), wanted.dimensions(), "{layout} has other pages");
    let (mean, (most, x, y)) = difference(&sheet, &wanted);
    let page =
        y * SQUARE / (sheet.height() / (sheet.height() / pages[0].height)) * ROW + x * SQUARE / PAGE + 1;
    assert!(
        mean <= MOST_ON_AVERAGE && most <= MOST,
        "{layout} looks different: {mean:.2} on average, {most} on page {page}"
    );
}

#[test]
fn classic_looks_as_it_did() {
    check("classic");
}

#[test]
fn modern_looks_as_it_did() {
    check("modern");
}

#[test]
fn large_print_looks_as_it_did() {
    check("large-print");
}
