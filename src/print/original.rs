//! A finished booklet, opened: its pages in order, and everything that is drawn on them.

use super::fault;
use super::imprint::Imprint;
use super::paper::Area;
use crate::diag::Diagnostic;
use crate::source::hex_sha256;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// How deep a tree of pages may be; deeper ones run in a circle.
const DEEPEST: usize = 32;

/// Differences of trimmed sizes, in points, that come of rounding.
const ROUNDING: f64 = 0.5;

/// A booklet, opened.
pub struct Original {
    /// All its objects.
    pub document: Document,
    /// Its pages in order; at least one.
    pub pages: Vec<Page>,
    /// What it says of itself.
    pub imprint: Imprint,
    /// SHA-256 of the file.
    pub hash: String,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The paper.
    pub media: Area,
    /// What remains of it after the cut; all of it where the booklet has no bleed.
    pub trim: Area,
    /// Fonts, pictures and colours.
    pub resources: Dictionary,
    /// What is drawn, without marks of structure.
    pub operations: Vec<Operation>,
    /// How it is blended, where it says so.
    pub group: Option<Object>,
}

impl Original {
    /// Opens a booklet.
    ///
    /// # Errors
    /// Where the bytes are no PDF that can be read, or one that no booklet is: without pages, locked,
    /// with pages of several sizes or turned ones.
    pub fn open(booklet: &[u8]) -> Result<Self, Diagnostic> {
        let document = Document::load_mem(booklet).map_err(|cause| unreadable(&cause))?;
        if document.is_encrypted() || document.was_encrypted() {
            return Err(
                fault("the booklet is locked with a password").hint("save it without one, or build it again")
            );
        }
        let pages = document
            .page_iter()
            .enumerate()
            .map(|(index, id)| page(&document, id).map_err(|why| fault(format!("page {}: {why}", index + 1))))
            .collect::<Result<Vec<_>, _>>()?;
        agree(&pages)?;
        let imprint = Imprint::of(&document);
        Ok(Self { document, pages, imprint, hash: hex_sha256(booklet) })
    }

    /// The trimmed area of the first page, whose size all have.
    pub fn trim(&self) -> Area {
        self.pages.first().map_or(Area::of_corners([0.0; 4]), |page| page.trim)
    }

    /// Ink beyond the cut, in points: the widest that a page has on all its sides.
    pub fn bleed(&self) -> f64 {
        self.pages.iter().map(|page| page.trim.least_distance(&page.media)).fold(0.0, f64::max)
    }

    /// Takes the marks of structure out of the drawings that pages place: they lead into a tree that
    /// is not there any more. `redrawn` gets each drawing with its resources.
    ///
    /// # Errors
    /// Where a drawing cannot be read.
    pub fn redraw_forms(
        &mut self,
        mut redrawn: impl FnMut(&Document, &mut Dictionary, Vec<Operation>) -> Vec<Operation>,
    ) -> Result<(), Diagnostic> {
        let drawings = self.document.objects.iter().filter(|(_, object)| is_drawing(object));
        for id in drawings.map(|(id, _)| *id).collect::<Vec<_>>() {
            let Ok(stream) = self.document.get_object(id).and_then(Object::as_stream) else { continue };
            let bytes = stream.get_plain_content().map_err(|cause| unreadable(&cause))?;
            let operations = unmarked(&bytes).map_err(fault)?;
            let mut resources = resources(&self.document, &stream.dict);
            let operations = redrawn(&self.document, &mut resources, operations);
            let mut dict = stream.dict.clone();
            dict.remove(b"Filter");
            dict.remove(b"DecodeParms");
            dict.set("Resources", resources);
            self.document.objects.insert(id, Object::Stream(drawn(dict, operations)?));
        }
        Ok(())
    }
}

/// A compressed stream of operations.
///
/// # Errors
/// Where they cannot be written.
pub fn drawn(dict: Dictionary, operations: Vec<Operation>) -> Result<Stream, Diagnostic> {
    let bytes = Content { operations }.encode().map_err(|cause| unwritable(&cause))?;
    compressed(dict, bytes)
}

/// A compressed stream.
///
/// # Errors
/// Where it cannot be compressed.
pub fn compressed(dict: Dictionary, bytes: Vec<u8>) -> Result<Stream, Diagnostic> {
    let mut stream = Stream::new(dict, bytes);
    stream.compress().map_err(|cause| unwritable(&cause))?;
    Ok(stream)
}

fn unreadable(cause: &lopdf::Error) -> Diagnostic {
    fault(format!("the booklet cannot be read as a PDF: {cause}"))
        .hint("build it again; only a booklet that bookify made can be put on sheets")
}

fn unwritable(cause: &lopdf::Error) -> Diagnostic {
    fault(format!("the sheets cannot be written: {cause}"))
}

/// Whether an object is a drawing that others place: a form or the tile of a pattern.
fn is_drawing(object: &Object) -> bool {
    object.as_stream().is_ok_and(|stream| {
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        is_form || stream.dict.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|kind| kind == 1)
    })
}

/// All pages must be there, and of one trimmed size: they are folded together.
fn agree(pages: &[Page]) -> Result<(), Diagnostic> {
    let Some(first) = pages.first().map(|page| page.trim.size()) else {
        return Err(fault("the booklet has no page"));
    };
    for (index, page) in pages.iter().enumerate() {
        let size = page.trim.size();
        if (size.width - first.width).abs() > ROUNDING || (size.height - first.height).abs() > ROUNDING {
            let (found, expected) = (size.said(), first.said());
            return Err(fault(format!("page {} has {found}, but page 1 has {expected}", index + 1)).hint(
                "all pages of a booklet need the same size: set the page once in the layout's booklet.typ",
            ));
        }
    }
    Ok(())
}

fn page(document: &Document, id: ObjectId) -> Result<Page, String> {
    let inherited = |key: &[u8]| {
        let mut at = document.get_dictionary(id).ok()?;
        for _ in 0..DEEPEST {
            if let Ok(found) = at.get_deref(key, document) {
                return Some(found);
            }
            at = at.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
        }
        None
    };
    if inherited(b"Rotate").and_then(|turn| turn.as_i64().ok()).is_some_and(|turn| turn % 360 != 0) {
        return Err("it is turned, and cannot be put beside the others".to_owned());
    }
    let media = inherited(b"MediaBox").and_then(|corners| area(document, corners));
    let media = media.ok_or("it has no size")?;
    let trim = inherited(b"TrimBox").and_then(|corners| area(document, corners)).unwrap_or(media);
    let own = document.get_dictionary(id).map_err(|cause| cause.to_string())?;
    let resources = inherited(b"Resources")
        .and_then(|it| it.as_dict().ok())
        .map_or_else(Dictionary::new, without_structure);
    Ok(Page {
        media,
        trim,
        resources,
        operations: unmarked(&document.get_page_content(id))?,
        group: own.get(b"Group").ok().cloned(),
    })
}

fn area(document: &Document, corners: &Object) -> Option<Area> {
    let corners = corners.as_array().ok()?.iter().map(|edge| {
        let (_, edge) = document.dereference(edge).ok()?;
        edge.as_float().ok().map(f64::from)
    });
    Some(Area::of_corners(corners.collect::<Option<Vec<_>>>()?.try_into().ok()?))
}

/// The resources of a drawing.
fn resources(document: &Document, drawing: &Dictionary) -> Dictionary {
    let found = drawing.get_deref(b"Resources", document).and_then(Object::as_dict);
    found.map_or_else(|_| Dictionary::new(), without_structure)
}

/// Resources without property lists, which only marks of structure name, and without the list of
/// procedures that no program has read for twenty years.
fn without_structure(resources: &Dictionary) -> Dictionary {
    let mut resources = resources.clone();
    resources.remove(b"Properties");
    resources.remove(b"ProcSet");
    resources
}

/// The operations of a content stream, all but marks of structure.
fn unmarked(bytes: &[u8]) -> Result<Vec<Operation>, String> {
    let content =
        Content::decode_strict(bytes).map_err(|cause| format!("its content cannot be read: {cause}"))?;
    let mut operations = content.operations;
    operations.retain(|it| !matches!(it.operator.as_str(), "BMC" | "BDC" | "EMC" | "MP" | "DP"));
    Ok(operations)
}
