//! Small booklets, made without Typst.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary, text_string};

/// A5 in points, as Typst rounds it.
pub const A5: [f64; 2] = [419.528, 595.276];

/// The half of A4 in points.
pub const FOLD: f64 = 297.0 * 72.0 / 25.4 / 2.0;

pub const MILLIMETRE: f64 = 72.0 / 25.4;

/// What a test booklet is made of.
pub struct Sample {
    pub pages: usize,
    pub bleed: f64,
    /// What every page draws under its number.
    pub drawing: &'static str,
    pub has_font_file: bool,
}

pub const PLAIN: Sample = Sample { pages: 4, bleed: 0.0, drawing: "", has_font_file: true };

/// A booklet with tags, marks in a drawing that all pages place, a link, an outline and the claims of a PDF/A; page 7 says "page 7".
pub fn booklet(sample: &Sample) -> Vec<u8> {
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
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        "StructParents" => 5
    };
    let form = dictionary_stream(form, "/Span <</MCID 1>> BDC 0.7 0.7 0.7 rg 0 0 5 5 re f EMC");
    let form = document.add_object(form);
    let tree = document.new_object_id();
    let kids = (1..=sample.pages)
        .map(|number| page(&mut document, sample, number, [tree, font, profile, form]).into());
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
    [tree, font, profile, form]: [ObjectId; 4],
) -> ObjectId {
    let content = format!(
        "/P <</MCID 0>> BDC q BT /F1 12 Tf 60 500 Td (page {number}) Tj ET Q EMC /X0 Do /Artifact BMC {} EMC",
        sample.drawing
    );
    let content = document.add_object(dictionary_stream(Dictionary::new(), &content));
    let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "StructParent" => 9 };
    let link = document.add_object(link);
    let grey = Object::Array(vec!["ICCBased".into(), profile.into()]);
    let mut page = dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "StructParents" => 0, "Annots" => vec![link.into()],
        "Resources" => dictionary! {
            "XObject" => dictionary! { "X0" => form }, "Font" => dictionary! { "F1" => font }, "ColorSpace" => dictionary! { "c0" => grey },
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
