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
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary, text_string};
use std::collections::BTreeSet;

/// A5, with a third of a point less than 148 mm as Typst rounds it.
const A5: [f64; 2] = [419.528, 595.276];

/// The half of A4 in points.
const FOLD: f64 = 297.0 * 72.0 / 25.4 / 2.0;

const MILLIMETRE: f64 = 72.0 / 25.4;

/// What a test booklet is made of.
struct Sample {
    pages: usize,
    bleed: f64,
    /// What every page draws under its number.
    drawing: &'static str,
    has_font_file: bool,
}

const PLAIN: Sample = Sample { pages: 4, bleed: 0.0, drawing: "", has_font_file: true };

/// A booklet with tags, a link, an outline and the claims of a PDF/A; page 7 says "page 7".
fn booklet(sample: &Sample) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let mut descriptor = dictionary! { "Type" => "FontDescriptor", "FontName" => "Courier" };
    if sample.has_font_file {
        descriptor.set("FontFile2", document.add_object(Stream::new(Dictionary::new(), b"letters".to_vec())));
    }
    let descriptor = document.add_object(descriptor);
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding",
        "FontDescriptor" => descriptor
    });
    let profile = [&[0; 16][..], b"GRAY"].concat();
    let profile = document.add_object(Stream::new(dictionary! { "N" => 1 }, profile));
    let tree = document.new_object_id();
    let kids =
        (1..=sample.pages).map(|number| page(&mut document, sample, number, (tree, font, profile)).into());
    let kids = kids.collect::<Vec<Object>>();
    let first = kids.first().cloned().unwrap_or(Object::Null);
    let elements = dictionary! { "Type" => "StructElem", "S" => "P", "Pg" => first.clone(), "K" => 0 };
    let elements = document.add_object(elements);
    let tags = document.add_object(dictionary! { "Type" => "StructTreeRoot", "K" => elements });
    let entry = dictionary! { "Title" => text_string("Start"), "Dest" => vec![first, "Fit".into()] };
    let entry = document.add_object(entry);
    let outline =
        document.add_object(dictionary! { "Type" => "Outlines", "First" => entry, "Last" => entry });
    let packet = "<rdf:Description><xmpMM:DocumentID>the-booklet</xmpMM:DocumentID>\
        <pdfaid:part>2</pdfaid:part><pdfuaid:part>1</pdfuaid:part></rdf:Description>";
    let packet = dictionary_stream(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet);
    let packet = document.add_object(packet);
    let count = i64::try_from(sample.pages).expect("few");
    let pages =
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => paper(sample) };
    document.objects.insert(tree, pages.into());
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "StructTreeRoot" => tags, "Outlines" => outline,
        "Metadata" => packet, "Lang" => text_string("en"), "MarkInfo" => dictionary! { "Marked" => true },
        "OutputIntents" => vec![dictionary! { "S" => "GTS_PDFA1" }.into()]
    });
    document.trailer = dictionary! {
        "Root" => root, "Info" => dictionary! { "Title" => text_string("Spring & Fall") }
    };
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it can be written");
    bytes
}

fn dictionary_stream(dictionary: Dictionary, text: &str) -> Stream {
    Stream::new(dictionary, text.as_bytes().to_vec())
}

fn paper(sample: &Sample) -> Vec<Object> {
    let around = 2.0 * sample.bleed * MILLIMETRE;
    vec![0.into(), 0.into(), (A5[0] + around).into(), (A5[1] + around).into()]
}

fn page(
    document: &mut Document,
    sample: &Sample,
    number: usize,
    (tree, font, profile): (ObjectId, ObjectId, ObjectId),
) -> ObjectId {
    let content = format!(
        "/P <</MCID 0>> BDC q BT /F1 12 Tf 60 500 Td (page {number}) Tj ET Q EMC /Artifact BMC {} EMC",
        sample.drawing
    );
    let content = document.add_object(dictionary_stream(Dictionary::new(), &content));
    let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "StructParent" => 9 };
    let link = document.add_object(link);
    let grey = Object::Array(vec!["ICCBased".into(), profile.into()]);
    let mut page = dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "StructParents" => 0, "Annots" => vec![link.into()],
        "Resources" => dictionary! {
            "Font" => dictionary! { "F1" => font }, "ColorSpace" => dictionary! { "c0" => grey },
            "Properties" => dictionary! { "M0" => dictionary! { "MCID" => 3 } },
            "ExtGState" => dictionary! { "thin" => dictionary! { "ca" => 0.5 } }
        }
    };
    if sample.bleed > 0.0 {
        let edge = sample.bleed * MILLIMETRE;
        page.set("TrimBox", vec![edge.into(), edge.into(), (edge + A5[0]).into(), (edge + A5[1]).into()]);
    }
    document.add_object(page)
}

/// A page as it stands on a side of a sheet.
#[derive(Debug, PartialEq)]
struct Placed {
    /// What is written on it.
    text: String,
    /// The six numbers of the matrix that puts it there.
    matrix: [f64; 6],
    /// The rectangle within which it is seen: left, bottom, width, height.
    window: [f64; 4],
}

/// The pages on each side of the sheets, in the order in which they are drawn.
fn sides(pdf: &[u8]) -> Vec<Vec<Placed>> {
    let document = Document::load_mem(pdf).expect("it is a PDF");
    document.page_iter().map(|page| placed(&document, page)).collect()
}

fn placed(document: &Document, page: ObjectId) -> Vec<Placed> {
    let page = document.get_dictionary(page).expect("a page is a dictionary");
    assert!(!page.has(b"Rotate"), "a sheet lies as it is printed");
    let resources = page.get(b"Resources").and_then(Object::as_dict).expect("a sheet has resources");
    let forms = resources.get(b"XObject").and_then(Object::as_dict).expect("there are forms");
    let mut found = Vec::new();
    let (mut matrix, mut window) = ([0.0; 6], [0.0; 4]);
    for operation in operations(document, page) {
        match operation.operator.as_str() {
            "re" => window = numbers(&operation),
            "cm" => matrix = numbers(&operation),
            "Do" => {
                let name = operation.operands[0].as_name().expect("a form has a name");
                let form =
                    forms.get_deref(name, document).and_then(Object::as_stream).expect("the form is there");
                found.push(Placed { text: text(form), matrix, window });
            }
            _ => {}
        }
    }
    found
}

fn operations(document: &Document, page: &Dictionary) -> Vec<Operation> {
    let content =
        page.get_deref(b"Contents", document).and_then(Object::as_stream).expect("a page has content");
    read(content)
}

fn read(stream: &Stream) -> Vec<Operation> {
    let bytes = stream.get_plain_content().expect("it can be unpacked");
    Content::decode_strict(&bytes).expect("it can be read").operations
}

fn numbers<const N: usize>(operation: &Operation) -> [f64; N] {
    let numbers = operation.operands.iter().map(|it| f64::from(it.as_float().expect("a number")));
    numbers.collect::<Vec<_>>().try_into().expect("as many as the operator takes")
}

fn text(form: &Stream) -> String {
    let shown = read(form).into_iter().filter(|it| it.operator == "Tj");
    let shown =
        shown.map(|it| String::from_utf8_lossy(it.operands[0].as_str().expect("a string")).into_owned());
    shown.collect()
}

/// The numbers of the pages left and right of the fold; a dot where the paper is blank.
fn seen(side: &[Placed], fold: f64) -> String {
    let on = |is_right: bool| {
        let page = side.iter().find(|page| (page.window[0] >= fold - 0.01) == is_right);
        page.map_or(".", |page| page.text.strip_prefix("page ").expect("it has a number"))
    };
    format!("{} {}", on(false), on(true))
}

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

/// The two ends of every line.
fn strokes(operations: &[Operation]) -> Vec<[[f64; 2]; 2]> {
    let lines = operations.windows(2).filter(|pair| pair[0].operator == "m" && pair[1].operator == "l");
    lines.map(|pair| [numbers(&pair[0]), numbers(&pair[1])]).collect()
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

/// Every word of the file that is a key or a name, from all objects and from the streams of pages.
fn has_key(document: &Document, key: &str) -> bool {
    fn within(object: &Object, key: &[u8]) -> bool {
        let of = |dictionary: &Dictionary| {
            dictionary.iter().any(|(name, value)| name == key || within(value, key))
        };
        match object {
            Object::Dictionary(dictionary) => of(dictionary),
            Object::Stream(stream) => of(&stream.dict),
            Object::Array(items) => items.iter().any(|item| within(item, key)),
            _ => false,
        }
    }
    document.objects.values().any(|object| within(object, key.as_bytes()))
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
