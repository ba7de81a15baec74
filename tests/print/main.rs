//! Booklets on paper: every sheet is read back from the finished PDF, as a binder would look at it.

#![allow(
    clippy::float_cmp,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its sheets fails"
)]

use bookify::diag::{Code, Severity};
use bookify::layout::SheetPaper;
use bookify::print::signature::Folding;
use bookify::print::{Imposition, Press, impose, press};
use lopdf::content::Content;
use lopdf::{Document, Object, Stream};
use reading::{has_key, operations, seen, sides, strokes};
use sample::{A5, FOLD, MILLIMETRE, PLAIN, Sample, booklet};
use std::collections::BTreeSet;

mod reading;
mod sample;

fn order() -> Imposition {
    Imposition::default()
}

#[test]
fn every_sheet_holds_its_pages_upright_at_the_fold() {
    for (pages, first, last) in [
        (4, "4 1 | 2 3", "4 1 | 2 3"),
        (8, "8 1 | 2 7", "6 3 | 4 5"),
        (36, "36 1 | 2 35", "20 17 | 18 19"),
        (37, "37 1 | 2 .", "22 19 | 20 21"),
        (40, "40 1 | 2 39", "22 19 | 20 21"),
        (84, "84 1 | 2 83", "44 41 | 42 43"),
    ] {
        let imposed = impose(&booklet(&Sample { pages, ..PLAIN }), &order()).expect("it fits");
        assert_eq!((imposed.sheet.as_str(), imposed.warnings.len()), ("A4", 0));
        let sides = sides(&imposed.pdf);
        let sheets = sides.chunks(2).map(|it| format!("{} | {}", seen(&it[0], FOLD), seen(&it[1], FOLD)));
        let sheets = sheets.collect::<Vec<_>>();
        assert_eq!(sheets.len(), pages.div_ceil(4));
        assert_eq!((sheets[0].as_str(), sheets[sheets.len() - 1].as_str()), (first, last), "{pages} pages");

        let stand = sides.iter().flatten().map(|page| page.text.clone()).collect::<BTreeSet<_>>();
        let all = (1..=pages).map(|number| format!("page {number}")).collect();
        assert_eq!(stand, all, "every page stands somewhere");
        assert_eq!(sides.iter().flatten().count(), pages, "and only there");
        for page in sides.iter().flatten() {
            assert_eq!(page.matrix[..4], [1.0, 0.0, 0.0, 1.0], "{} is upright and not scaled", page.text);
        }
        let planned = imposed.plan.sheets.iter().flat_map(|sheet| [sheet.front, sheet.back]);
        for (side, planned) in sides.iter().zip(planned) {
            let page = |half: Option<usize>| half.map_or(".".to_owned(), |page| (page + 1).to_string());
            assert_eq!(
                seen(side, FOLD),
                format!("{} {}", page(planned[0]), page(planned[1])),
                "as it was planned"
            );
        }
    }
}

#[test]
fn inner_pages_move_to_the_fold_and_never_over_it() {
    let folding = Folding { thickness: 0.2, ..Folding::default() };
    let imposed = impose(&booklet(&Sample { pages: 12, ..PLAIN }), &Imposition { folding, ..order() })
        .expect("it fits");
    let above = (210.0 * MILLIMETRE - A5[1]) / 2.0;
    for (place, side) in sides(&imposed.pdf).iter().enumerate() {
        let outside = [0.0, 0.0, 1.0, 1.0, 2.0, 2.0][place];
        let creep = outside * 0.2 * MILLIMETRE;
        let [left, right] = side.as_slice() else { panic!("{side:?}") };
        let close = |found: f64, expected: f64| {
            assert!((found - expected).abs() < 0.01, "{found} is {expected}, on side {place}");
        };
        close(left.matrix[4], FOLD - A5[0] + creep);
        close(right.matrix[4], FOLD - creep);
        close(left.matrix[5], above);
        close(left.window[0] + left.window[2], FOLD);
        close(right.window[0], FOLD);
    }
}

#[test]
fn signatures_are_printed_one_after_the_other() {
    let folding = Folding { sheets_per_signature: 2, ..Folding::default() };
    let imposed = impose(&booklet(&Sample { pages: 12, ..PLAIN }), &Imposition { folding, ..order() })
        .expect("it fits");
    let seen = sides(&imposed.pdf).iter().map(|side| seen(side, FOLD)).collect::<Vec<_>>().join(" | ");
    assert_eq!(seen, "8 1 | 2 7 | 6 3 | 4 5 | 12 9 | 10 11");
}

#[test]
fn marks_stand_where_a_cut_takes_them_away() {
    let sample = Sample { bleed: 3.0, ..PLAIN };
    let imposed = Imposition { sheet: SheetPaper::Twice, fold_marks: true, trim_marks: true, ..order() };
    let imposed = impose(&booklet(&sample), &imposed).expect("it fits");
    assert_eq!(imposed.sheet, "318 × 232 mm");
    let document = Document::load_mem(&imposed.pdf).expect("it is a PDF");
    let page = document.page_iter().next().expect("there is a sheet");
    let strokes = strokes(&operations(&document, document.get_dictionary(page).expect("a page")));
    assert_eq!(strokes.len(), 8 + 2, "eight strokes at the corners and two at the fold");
    let trim = [11.0, 11.0, 11.0 + 296.0, 11.0 + 210.0].map(|edge| edge * MILLIMETRE);
    let bleed = 3.0 * MILLIMETRE;
    for [x, y] in strokes.into_iter().flatten() {
        let is_inside =
            x > trim[0] - bleed && x < trim[2] + bleed && y > trim[1] - bleed && y < trim[3] + bleed;
        assert!(!is_inside, "{x}, {y} is cut away");
        assert!(x >= -0.01 && y >= -0.01, "{x}, {y} is on the sheet");
    }
}

#[test]
fn a_sheet_without_room_for_marks_says_so() {
    let imposed = Imposition { sheet: SheetPaper::A4, fold_marks: true, trim_marks: true, ..order() };
    let imposed = impose(&booklet(&Sample { pages: 8, ..PLAIN }), &imposed).expect("the pages fit");
    let messages =
        imposed.warnings.iter().map(|it| (it.code, it.severity, it.message.as_str())).collect::<Vec<_>>();
    let expected = "the A4 sheet has no room for trim marks around two pages of 148 × 210 mm";
    assert_eq!(messages, [(Code::Print, Severity::Warning, expected)]);
    let document = Document::load_mem(&imposed.pdf).expect("it is a PDF");
    let strokes = document
        .page_iter()
        .map(|page| strokes(&operations(&document, document.get_dictionary(page).expect("a page"))).len());
    assert_eq!(strokes.collect::<Vec<_>>(), [0, 0, 0, 2], "the fold is marked on the innermost inside");
}

#[test]
fn what_does_not_fit_is_refused_with_a_way_out() {
    let thick = |thickness| Imposition { folding: Folding { thickness, ..Folding::default() }, ..order() };
    let small = Imposition { sheet: SheetPaper::Letter, ..order() };
    for (pages, order, message, hint) in [
        (
            84,
            thick(0.3),
            "the booklet is too thick for one stitch: 6.3 mm of paper, and a staple holds 3 mm",
            "divide it into signatures: `sheets_per_signature: 10` or less; or take thinner paper",
        ),
        (
            4,
            thick(f64::NAN),
            "NaN mm is no thickness of paper",
            "write the thickness of one sheet in millimetres; office paper has 0.1",
        ),
        (
            4,
            small,
            "two pages of 148 × 210 mm do not stand on a sheet of letter (279.4 × 215.9 mm)",
            "leave `sheet` out, and the right one is taken; or choose a larger one",
        ),
    ] {
        let error = impose(&booklet(&Sample { pages, ..PLAIN }), &order).expect_err("it does not fit");
        assert_eq!(
            (error.code, error.message.as_str(), error.hint.as_deref()),
            (Code::Print, message, Some(hint))
        );
    }
}

#[test]
fn what_is_no_booklet_is_refused() {
    let whole = booklet(&PLAIN);
    for (bytes, expected) in [
        (&b""[..], "the booklet cannot be read as a PDF"),
        (b"%PDF-1.7\nnothing", "the booklet cannot be read as a PDF"),
        (&whole[..whole.len() / 2], "the booklet cannot be read as a PDF"),
        (&booklet(&Sample { pages: 0, ..PLAIN }), "the booklet has no page"),
        (&booklet(&Sample { drawing: "(", ..PLAIN }), "page 1: its content cannot be read"),
    ] {
        for error in [
            impose(bytes, &order()).expect_err("it is no booklet"),
            press(bytes, &Press::default()).expect_err("it is no booklet"),
        ] {
            assert!(error.message.starts_with(expected), "{}", error.message);
        }
    }
}

#[test]
fn nothing_is_left_of_tags_links_outline_and_claims() {
    let booklet = booklet(&Sample { bleed: 3.0, ..PLAIN });
    for pdf in [
        impose(&booklet, &order()).expect("it fits").pdf,
        press(&booklet, &Press::default()).expect("it is sound").pdf,
    ] {
        let document = Document::load_mem(&pdf).expect("it is a PDF");
        for key in [
            "StructTreeRoot",
            "StructParents",
            "StructParent",
            "MarkInfo",
            "Outlines",
            "Annots",
            "OutputIntents",
            "MCID",
            "Properties",
            "Dest",
        ] {
            assert!(!has_key(&document, key), "{key} is gone");
        }
        let is_drawing =
            |it: &&Stream| it.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or(b"Form") == b"Form";
        let drawings =
            document.objects.values().filter_map(|object| object.as_stream().ok()).filter(is_drawing);
        let drawings = drawings.filter_map(|it| Content::decode_strict(&it.get_plain_content().ok()?).ok());
        let operators = drawings.flat_map(|it| it.operations).map(|it| it.operator).collect::<BTreeSet<_>>();
        assert!(operators.contains("Tj"), "the drawings were read: {operators:?}");
        assert!(["BDC", "BMC", "EMC"].iter().all(|mark| !operators.contains(*mark)), "{operators:?}");

        let packet = document
            .catalog()
            .and_then(|it| it.get_deref(b"Metadata", &document))
            .and_then(Object::as_stream);
        let packet = packet.and_then(Stream::get_plain_content).expect("there is a packet");
        let packet = String::from_utf8(packet).expect("it is text");
        assert!(packet.contains("<stRef:documentID>the-booklet</stRef:documentID>"), "{packet}");
        assert!(packet.contains(r#"<rdf:li xml:lang="x-default">Spring &amp; Fall</rdf:li>"#), "{packet}");
        assert!(!packet.contains("pdfaid") && !packet.contains("pdfuaid"), "{packet}");
        let fonts =
            document.objects.values().filter_map(|it| it.as_dict().ok()).filter(|it| it.has_type(b"Font"));
        assert_eq!(fonts.count(), 1, "the font is there once");
    }
}

#[test]
fn the_same_wishes_give_the_same_bytes_and_others_another_document() {
    let booklet = booklet(&PLAIN);
    let identifier = |pdf: &[u8]| {
        let document = Document::load_mem(pdf).expect("it is a PDF");
        let both =
            document.trailer.get(b"ID").and_then(Object::as_array).expect("it has identifiers").clone();
        both.into_iter().map(|it| it.as_str().expect("a string").to_vec()).collect::<Vec<_>>()
    };
    let made = impose(&booklet, &order()).expect("it fits").pdf;
    assert_eq!(made, impose(&booklet, &order()).expect("it fits").pdf);
    let other = impose(&booklet, &Imposition { fold_marks: true, ..order() }).expect("it fits").pdf;
    let (made, other) = (identifier(&made), identifier(&other));
    assert_eq!(made[0], other[0], "both come from one booklet");
    assert_ne!(made[1], other[1], "and are two documents");
}

#[test]
fn a_page_for_a_press_says_where_it_is_cut() {
    let booklet = booklet(&Sample { bleed: 3.0, ..PLAIN });
    for (crop_marks, around, strokes_expected) in [(false, 0.0, 0), (true, 9.0, 8)] {
        let pressed = press(&booklet, &Press { crop_marks, pure_black: true }).expect("it is sound");
        assert!((pressed.bleed_mm - 3.0).abs() < 0.001, "{}", pressed.bleed_mm);
        let document = Document::load_mem(&pressed.pdf).expect("it is a PDF");
        assert_eq!(document.page_iter().count(), PLAIN.pages);
        for page in document.page_iter() {
            let page = document.get_dictionary(page).expect("a page");
            let size = |name: &str| {
                let edges = page.get(name.as_bytes()).and_then(Object::as_array).expect("the box is there");
                let edges =
                    edges.iter().map(|it| f64::from(it.as_float().expect("a number"))).collect::<Vec<_>>();
                ((edges[2] - edges[0]) / MILLIMETRE).round()
            };
            let sizes = [size("TrimBox"), size("BleedBox"), size("MediaBox")];
            assert_eq!(sizes, [148.0, 154.0, 154.0 + 2.0 * around]);
            let strokes = strokes(&operations(&document, page));
            assert_eq!(strokes.len(), strokes_expected);
            let right = A5[0] + 6.0 * MILLIMETRE;
            let top = A5[1] + 6.0 * MILLIMETRE;
            for [x, y] in strokes.into_iter().flatten() {
                let (beside, above) = ((-x).max(x - right), (-y).max(y - top));
                assert!(beside.max(above) >= 3.0 * MILLIMETRE - 0.01, "{x}, {y} is 3 mm from the bleed");
            }
        }
    }
}

#[test]
fn greys_go_to_the_press_as_black_ink() {
    for (drawing, expected) in [
        ("/c0 cs 0.4 scn 0 0 9 9 re f", "0.4 g"),
        ("0.3 0.3 0.3 RG 0 0 m 9 9 l S", "0.3 G"),
        ("0 0 1 rg 0 0 9 9 re f", "0 0 1 rg"),
    ] {
        let pressed = press(&booklet(&Sample { drawing, ..PLAIN }), &Press::default()).expect("it is sound");
        let document = Document::load_mem(&pressed.pdf).expect("it is a PDF");
        let page =
            document.page_iter().next().and_then(|page| document.get_dictionary(page).ok()).expect("a page");
        let written =
            Content { operations: operations(&document, page) }.encode().expect("it can be written");
        let written = String::from_utf8(written).expect("it is text");
        assert!(written.lines().any(|line| line == expected), "{expected} stands in {written}");

        let forms = document.objects.values().filter_map(|it| it.as_stream().ok());
        let forms = forms.filter(|it| it.dict.has(b"BBox"));
        let forms = forms.map(|it| it.get_plain_content().expect("it can be read")).collect::<Vec<_>>();
        assert_eq!(forms, [b"0.7 g\n0 0 5 5 re\nf"], "and so do the drawings that pages place");
    }
}

#[test]
fn a_print_shop_is_told_what_it_should_know() {
    let cases = [
        (Sample { bleed: 3.0, ..PLAIN }, vec![Severity::Note]),
        (Sample { bleed: 2.0, ..PLAIN }, vec![Severity::Warning, Severity::Note]),
        (Sample { bleed: 3.0, drawing: "1 0 0 rg", ..PLAIN }, vec![Severity::Note, Severity::Note]),
    ];
    for (sample, expected) in cases {
        let warnings = press(&booklet(&sample), &Press::default()).expect("it is sound").warnings;
        let told = warnings.iter().map(|it| it.severity).collect::<Vec<_>>();
        assert_eq!(told, expected, "{warnings:?}");
    }
    let error = press(&booklet(&Sample { has_font_file: false, ..PLAIN }), &Press::default());
    let error = error.expect_err("a font is missing");
    assert_eq!(error.message, "not in the file, but needed, are the fonts Courier");
}
