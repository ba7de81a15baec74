//! The finished PDF, read back as text with another library than the one that wrote it.

use crate::diag::{Code, Diagnostic};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The text of every page in the order in which it is drawn; running heads, folios and ornaments
/// (artifacts) are left out.
///
/// # Errors
/// Where the bytes are no PDF that can be read.
pub fn text_of(pdf: &[u8]) -> Result<Vec<String>, Diagnostic> {
    let document = Document::load_mem(pdf).map_err(|error| unreadable(&error))?;
    let pages = document.get_pages().into_values();
    let pages = pages.map(|page| Ok((page, document.get_page_fonts(page)?))).collect::<Result<Vec<_>, _>>();
    let pages = pages.map_err(|error| unreadable(&error))?;
    // pages share their fonts, and to read what a font's codes mean takes long
    let fonts = pages.iter().flat_map(|(_, fonts)| fonts.values()).map(|font| (address(font), *font));
    let fonts = fonts.collect::<BTreeMap<_, _>>();
    let fonts =
        fonts.into_iter().filter_map(|(at, font)| Some((at, font.get_font_encoding(&document).ok()?)));
    let fonts = fonts.collect::<BTreeMap<_, _>>();
    let text = |(page, own): &(ObjectId, BTreeMap<Vec<u8>, &Dictionary>)| {
        let own = own.iter().filter_map(|(name, font)| Some((name.clone(), fonts.get(&address(font))?)));
        page_text(&document, *page, own.collect())
    };
    pages.par_iter().map(text).collect()
}

/// By what a font is known again.
fn address(font: &Dictionary) -> usize {
    std::ptr::from_ref(font).addr()
}

/// How many pages a PDF has.
///
/// # Errors
/// Where the bytes are no PDF that can be read.
pub fn pages_of(pdf: &[u8]) -> Result<usize, Diagnostic> {
    Document::load_mem(pdf).map(|document| document.get_pages().len()).map_err(|error| unreadable(&error))
}

fn unreadable(error: &lopdf::Error) -> Diagnostic {
    Diagnostic::error(Code::Collation, format!("the finished PDF cannot be read back: {error}"))
}

fn page_text(
    document: &Document,
    page: ObjectId,
    fonts: BTreeMap<Vec<u8>, &Encoding<'_>>,
) -> Result<String, Diagnostic> {
    let content = Content::decode(&document.get_page_content(page)).map_err(|error| unreadable(&error))?;
    let mut reader = Reader { document, fonts, stack: Vec::new(), font: None, text: String::new() };
    for operation in &content.operations {
        reader.read(operation);
    }
    Ok(reader.text)
}

/// What a run of marked content means for the text in it.
enum Mark {
    /// Its text is not the book's.
    Artifact,
    /// Its text is given; the glyphs do not count.
    Replaced,
    /// Nothing special.
    Plain,
}

struct Reader<'d> {
    document: &'d Document,
    fonts: BTreeMap<Vec<u8>, &'d Encoding<'d>>,
    stack: Vec<Mark>,
    font: Option<Vec<u8>>,
    text: String,
}

impl Reader<'_> {
    fn read(&mut self, operation: &Operation) {
        match operation.operator.as_str() {
            "BMC" | "BDC" => self.open(&operation.operands),
            "EMC" => {
                self.stack.pop();
            }
            "Tf" => {
                self.font =
                    operation.operands.first().and_then(|name| name.as_name().ok()).map(<[u8]>::to_vec);
            }
            "Tj" | "'" | "\"" => {
                if let Some(Object::String(bytes, _)) = operation.operands.last() {
                    self.show(bytes);
                }
            }
            "TJ" => {
                if let Some(Object::Array(parts)) = operation.operands.first() {
                    for part in parts {
                        if let Object::String(bytes, _) = part {
                            self.show(bytes);
                        }
                    }
                }
            }
            // a new line or block: words do not run on
            "BT" | "Td" | "TD" | "Tm" | "T*" => self.text.push('\n'),
            _ => {}
        }
    }

    fn open(&mut self, operands: &[Object]) {
        let tag = operands.first().and_then(|tag| tag.as_name().ok()).unwrap_or_default();
        let actual = operands
            .get(1)
            .and_then(|list| self.dictionary(list))
            .and_then(|list| list.get(b"ActualText").ok());
        let actual = actual.and_then(|text| lopdf::decode_text_string(text).ok());
        if tag == b"Artifact" {
            self.stack.push(Mark::Artifact);
        } else if let Some(actual) = actual {
            if self.counts() {
                self.text.push_str(&actual);
            }
            self.stack.push(Mark::Replaced);
        } else {
            self.stack.push(Mark::Plain);
        }
    }

    fn dictionary<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        match object {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Reference(id) => self.document.get_dictionary(*id).ok(),
            _ => None,
        }
    }

    fn counts(&self) -> bool {
        self.stack.iter().all(|mark| matches!(mark, Mark::Plain))
    }

    fn show(&mut self, bytes: &[u8]) {
        if !self.counts() {
            return;
        }
        let encoding = self.font.as_ref().and_then(|font| self.fonts.get(font));
        if let Some(text) = encoding.and_then(|encoding| Document::decode_text(encoding, bytes).ok()) {
            self.text.push_str(&text);
        }
    }
}
