//! What a booklet says of itself, and what its sheets say: title, maker, dates, and where they come from.
//!
//! The sheets keep the booklet's title, people, languages and dates. Its claims to PDF/A and PDF/UA are
//! not theirs; identifiers are made of the booklet's hash and of what was asked for, without a clock.

use lopdf::{Dictionary, Document, Object, decode_text_string, text_string};
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The program that makes the sheets.
const PRODUCER: &str = concat!("bookify ", env!("CARGO_PKG_VERSION"));

/// Keys of the document information that the sheets keep.
const KEPT: [&[u8]; 7] =
    [b"Title", b"Author", b"Subject", b"Keywords", b"Creator", b"CreationDate", b"ModDate"];

/// What a booklet says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imprint {
    /// The document information, as far as it is kept.
    info: Dictionary,
    /// Properties of its XMP packet by their names, each with its values in order.
    properties: BTreeMap<String, Vec<String>>,
}

/// Where a document comes from, as identifiers in hexadecimal.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// Shared by everything that is made of one booklet.
    pub family: String,
    /// Of this document alone.
    pub own: String,
}

impl Imprint {
    /// Reads it from an opened booklet. What is not there, or cannot be read, is left out.
    pub fn of(document: &Document) -> Self {
        let old = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict);
        let mut info = Dictionary::new();
        if let Ok(old) = old {
            for key in KEPT {
                if let Ok(value) = old.get_deref(key, document) {
                    info.set(key, value.clone());
                }
            }
        }
        let packet = document
            .catalog()
            .and_then(|catalog| catalog.get_deref(b"Metadata", document))
            .and_then(Object::as_stream)
            .and_then(lopdf::Stream::get_plain_content);
        let packet = packet.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let mut imprint = Self { info, properties: properties(&packet) };
        if let Some(title) = imprint.info.get(b"Title").ok().and_then(|title| decode_text_string(title).ok())
        {
            imprint.properties.entry("dc:title".to_owned()).or_insert_with(|| vec![title]);
        }
        imprint
    }

    /// The document information of the sheets.
    pub fn info(&self) -> Dictionary {
        let mut info = self.info.clone();
        info.set("Producer", text_string(PRODUCER));
        info.set("Trapped", "False");
        info
    }

    /// The XMP packet of the sheets.
    pub fn packet(&self, provenance: &Provenance) -> String {
        let mut said = String::new();
        for (name, open, item, close) in [
            ("dc:title", "<rdf:Alt>", r#" xml:lang="x-default""#, "</rdf:Alt>"),
            ("dc:creator", "<rdf:Seq>", "", "</rdf:Seq>"),
            ("dc:description", "<rdf:Alt>", r#" xml:lang="x-default""#, "</rdf:Alt>"),
            ("dc:language", "<rdf:Bag>", "", "</rdf:Bag>"),
        ] {
            let items =
                self.values(name).iter().map(|it| format!("<rdf:li{item}>{}</rdf:li>", escape(it.as_str())));
            let items = items.collect::<String>();
            if !items.is_empty() {
                // writing into a String cannot fail
                let _ = writeln!(said, "<{name}>{open}{items}{close}</{name}>");
            }
        }
        for name in ["xmp:CreatorTool", "xmp:CreateDate", "xmp:ModifyDate", "pdf:Keywords"] {
            if let [value] = self.values(name) {
                let _ = writeln!(said, "<{name}>{}</{name}>", escape(value.as_str()));
            }
        }
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n{OPENING}<dc:format>application/pdf</dc:format>\n{said}\
             <pdf:Producer>{PRODUCER}</pdf:Producer>\n<pdf:Trapped>False</pdf:Trapped>\n{}{CLOSING}<?xpacket end=\"r\"?>",
            self.descent(provenance)
        )
    }

    /// Identifiers, and those of the booklet.
    fn descent(&self, Provenance { family, own }: &Provenance) -> String {
        let mut from = String::new();
        for (name, of) in [("stRef:documentID", "xmpMM:DocumentID"), ("stRef:instanceID", "xmpMM:InstanceID")]
        {
            if let [value] = self.values(of) {
                let _ = write!(from, "<{name}>{}</{name}>", escape(value.as_str()));
            }
        }
        if from.is_empty() {
            let _ = write!(from, "<stRef:documentID>xmp.did:{family}</stRef:documentID>");
        }
        format!(
            "<xmpMM:DocumentID>xmp.did:{own}</xmpMM:DocumentID>\n<xmpMM:InstanceID>xmp.iid:{own}</xmpMM:InstanceID>\n\
             <xmpMM:DerivedFrom rdf:parseType=\"Resource\">{from}</xmpMM:DerivedFrom>\n"
        )
    }

    fn values(&self, name: &str) -> &[String] {
        self.properties.get(name).map_or(&[], Vec::as_slice)
    }
}

const OPENING: &str = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
"#;

const CLOSING: &str = "</rdf:Description></rdf:RDF></x:xmpmeta>\n";

/// The properties of an XMP packet, `dc:title` and the like, written as elements; a list gives all its
/// items. A packet that breaks off gives what stands before the break.
fn properties(packet: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut reader = Reader::from_str(packet);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                open.push(start.name().as_ref().to_owned());
                text.clear();
            }
            Ok(Event::Text(words)) => text.push_str(&words),
            Ok(Event::GeneralRef(reference)) => {
                let character = reference.resolve_char_ref().ok().flatten();
                match character {
                    Some(character) => text.push(character),
                    None => text.push_str(resolve_predefined_entity(&reference).unwrap_or_default()),
                }
            }
            Ok(Event::End(_)) => {
                let path =
                    open.iter().skip_while(|name| *name != "rdf:Description").skip(1).collect::<Vec<_>>();
                let name = match path.as_slice() {
                    [name] => Some(*name),
                    [name, list, item] if list.starts_with("rdf:") && *item == "rdf:li" => Some(*name),
                    _ => None,
                };
                if let Some(name) = name.filter(|_| !text.trim().is_empty()) {
                    found.entry(name.clone()).or_default().push(text.clone());
                }
                text.clear();
                open.pop();
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_is_read_by_its_properties() {
        let packet = "<?xpacket?><x:xmpmeta><rdf:RDF><rdf:Description xmlns:dc='dc'>\
            <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>M &amp; N &#8212; x</rdf:li></rdf:Alt></dc:title>\
            <dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator>\
            <xmpMM:History><rdf:Seq><rdf:li rdf:parseType='Resource'><stEvt:instanceID>old</stEvt:instanceID>\
            </rdf:li></rdf:Seq></xmpMM:History><xmpMM:DocumentID>id</xmpMM:DocumentID><pdfaid:part>2</pdfaid:part>";
        let found = properties(packet);
        let found =
            found.iter().map(|(name, values)| format!("{name}={}", values.join("|"))).collect::<Vec<_>>();
        assert_eq!(found, ["dc:creator=A|B", "dc:title=M & N — x", "pdfaid:part=2", "xmpMM:DocumentID=id"]);
    }

    #[test]
    fn sheets_say_whence_they_come_and_claim_no_standard() {
        let properties = properties(
            "<rdf:Description><dc:title><rdf:Alt><rdf:li>A &lt; B</rdf:li></rdf:Alt></dc:title>\
             <xmpMM:DocumentID>old</xmpMM:DocumentID><pdfaid:part>2</pdfaid:part></rdf:Description>",
        );
        let imprint = Imprint { properties, ..Imprint::default() };
        let packet = imprint.packet(&Provenance { family: "f".to_owned(), own: "o".to_owned() });
        for part in [
            r#"<rdf:li xml:lang="x-default">A &lt; B</rdf:li>"#,
            "<stRef:documentID>old</stRef:documentID>",
            "<xmpMM:DocumentID>xmp.did:o</xmpMM:DocumentID>",
            "<pdf:Producer>bookify ",
        ] {
            assert!(packet.contains(part), "{part} is in {packet}");
        }
        assert!(!packet.contains("pdfaid"), "{packet}");
    }
}
