//! Puts a new document together from the objects of an opened booklet.

use super::fault;
use super::imprint::{Imprint, Provenance};
use super::original::compressed;
use super::paper::{Area, Size};
use crate::diag::Diagnostic;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary};

/// A page of the new document, without its place in the tree.
pub struct Face {
    /// The paper.
    pub media: Area,
    /// Further boxes: `TrimBox`, `BleedBox`.
    pub boxes: Vec<(&'static str, Area)>,
    /// Fonts, pictures, forms.
    pub resources: Dictionary,
    /// What is drawn.
    pub content: Vec<u8>,
    /// How it is blended.
    pub group: Option<Object>,
}

/// How a viewer's print dialogue opens.
#[derive(Clone, Copy)]
pub enum Dialogue {
    /// Both sides, turned over the short edge of a lying sheet.
    ShortEdge,
    /// Both sides, turned over the long edge of an upright one.
    LongEdge,
    /// As the viewer likes.
    Usual,
}

impl Dialogue {
    /// The edge that runs along the fold.
    pub fn for_sheet(sheet: Size) -> Self {
        if sheet.width >= sheet.height { Self::ShortEdge } else { Self::LongEdge }
    }
}

/// Binds `faces` to a document of their own, in which nothing of the old pages, their tags, links and
/// outline is left. Objects that no face needs are gone.
///
/// # Errors
/// Where a page cannot be compressed.
pub fn bind(
    document: &mut Document,
    faces: Vec<Face>,
    imprint: &Imprint,
    provenance: &Provenance,
    dialogue: Dialogue,
) -> Result<(), Diagnostic> {
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    for face in faces {
        kids.push(Object::Reference(leaf(document, face, tree)?));
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());

    let language = document.catalog().ok().and_then(|old| old.get(b"Lang").ok()).cloned();
    let packet = imprint.packet(provenance).into_bytes();
    let packet = compressed(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet)?;
    let metadata = document.add_object(packet);
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if !matches!(dialogue, Dialogue::Usual) {
        let turned = if matches!(dialogue, Dialogue::ShortEdge) {
            "DuplexFlipShortEdge"
        } else {
            "DuplexFlipLongEdge"
        };
        preferences.set("Duplex", turned);
        preferences.set("PrintScaling", "None");
        preferences.set("PickTrayByPDFSize", true);
    }
    let mut catalog = dictionary! {
        "Type" => "Catalog", "Pages" => tree, "Metadata" => metadata, "ViewerPreferences" => preferences
    };
    if let Some(language) = language {
        catalog.set("Lang", language);
    }
    let root = document.add_object(catalog);
    let info = document.add_object(imprint.info());
    let own = |hex: &str| Object::String(hex.as_bytes().to_vec(), StringFormat::Literal);
    document.trailer = dictionary! {
        "Root" => root, "Info" => info, "ID" => vec![own(&provenance.family), own(&provenance.own)]
    };
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            // keys into the tree of tags and into layers, which are gone
            for key in [&b"StructParent"[..], b"StructParents", b"OC"] {
                stream.dict.remove(key);
            }
        }
    }
    document.prune_objects();
    document.renumber_objects();
    Ok(())
}

/// The finished bytes.
///
/// # Errors
/// Where they cannot be written.
pub fn write(mut document: Document) -> Result<Vec<u8>, Diagnostic> {
    "1.7".clone_into(&mut document.version);
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(200)
        .compression_level(9)
        .build();
    let mut bytes = Vec::new();
    document
        .save_with_options(&mut bytes, options)
        .map_err(|cause| fault(format!("the sheets cannot be written: {cause}")))?;
    Ok(bytes)
}

fn leaf(document: &mut Document, face: Face, tree: ObjectId) -> Result<ObjectId, Diagnostic> {
    let content = compressed(Dictionary::new(), face.content)?;
    let content = document.add_object(content);
    let mut page = dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => face.media.object(),
        "Resources" => face.resources, "Contents" => content
    };
    for (name, area) in face.boxes {
        page.set(name, area.object());
    }
    if let Some(group) = face.group {
        page.set("Group", group);
    }
    Ok(document.add_object(page))
}
