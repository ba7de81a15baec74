//! Word files: paragraphs with their styles, runs, tables, boxes and notes of a `.docx`.
//!
//! What was inserted in a tracked change stands, what was deleted is gone; comments, fields' codes, hidden
//! text, running heads and a table of contents are no part of the text.

use super::archive::Archive;
use super::docx_body::Reader;
use super::docx_styles::Styles;
use super::xml::{self, Event};
use crate::diag::Diagnostic;
use crate::ingest::decode::Decoded;

/// Reads a Word file.
///
/// # Errors
/// Where the file is damaged or holds no words.
pub fn read(name: &str, bytes: &[u8], archive: &mut Archive) -> Result<Decoded, Diagnostic> {
    let path = main_part(archive)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let document = archive.part(&path)?.ok_or_else(|| archive.damaged())?;
    let styles = archive.part(&format!("{folder}/styles.xml"))?.unwrap_or_default();
    let styles = Styles::read(&styles).map_err(|_| archive.damaged())?;
    let mut reader = Reader::new(&styles);
    xml::walk(&document, |event| reader.take(event)).map_err(|_| archive.damaged())?;
    for notes in ["footnotes", "endnotes"] {
        let notes = archive.part(&format!("{folder}/{notes}.xml"))?.unwrap_or_default();
        xml::walk(&notes, |event| reader.take(event)).map_err(|_| archive.damaged())?;
    }
    reader.sheet.finish(name, "UTF-8", bytes)
}

/// The path of the text: `word/document.xml`, but `word/document2.xml` from some programs.
fn main_part(archive: &mut Archive) -> Result<String, Diagnostic> {
    let relations = archive.part("_rels/.rels")?.unwrap_or_default();
    let mut path = None;
    xml::walk(&relations, |event| {
        if let Event::Open(element) = event
            && element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            path = element.attribute("Target").map(|target| target.trim_start_matches('/').to_owned());
        }
    })
    .map_err(|_| archive.damaged())?;
    Ok(path.unwrap_or_else(|| "word/document.xml".to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::ingest::decode::{Decoded, decode};
    use crate::ingest::reading::archive::tests::packed;

    const STYLES: &str = r#"<w:styles><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Fettabsatz"><w:name w:val="Bold"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style></w:styles>"#;

    fn read(body: &str) -> Decoded {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        let notes = r#"<w:footnotes><w:footnote w:type="separator"><w:p><w:r><w:t>--</w:t></w:r></w:p></w:footnote><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
        let notes = if body.contains("footnoteReference") { notes } else { "<w:footnotes/>" };
        let parts = [
            ("word/document.xml", document.as_str()),
            ("word/styles.xml", STYLES),
            ("word/footnotes.xml", notes),
        ];
        decode("x.txt", &packed(&parts), None).expect("it holds words")
    }

    fn check(body: &str, expected: &str) {
        assert_eq!(read(body).source.text(), expected, "{body}");
    }

    #[test]
    fn runs_are_joined_and_their_faces_kept() {
        check(
            "<w:p><w:r><w:t>Ki</w:t></w:r><w:r><w:t>no</w:t><w:tab/><w:t>A &amp; B</w:t></w:r></w:p>",
            "Kino A & B",
        );
        let read = read(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Year: </w:t></w:r><w:r><w:t>see </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>Kes</w:t></w:r></w:p>",
        );
        assert_eq!((read.source.text(), read.markup[0].bold_lead), ("Year: see \u{fdd0}Kes\u{fdd1}", 5));
    }

    #[test]
    fn styles_and_numbers_tell_headings_and_items() {
        let text = "<w:r><w:t>x</w:t></w:r></w:p>";
        let read = read(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"berschrift1\"/></w:pPr>{text}<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr>{text}<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>{text}<w:p/><w:p>{text}"
        ));
        let told = read
            .markup
            .iter()
            .map(|markup| (markup.heading, markup.listed, markup.depth))
            .collect::<Vec<_>>();
        assert_eq!(
            told,
            [(Some(1), false, 0), (None, true, 2), (Some(3), false, 0), (None, false, 0), (None, false, 0)]
        );
        assert_eq!(read.source.text(), "x\nx\nx\n\nx");
    }

    #[test]
    fn bold_in_a_bold_style_is_plain() {
        let strong = "<w:r><w:rPr><w:rStyle w:val=\"Fett\"/></w:rPr><w:t>a</w:t></w:r>";
        let bold = |style: &str| {
            read(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{strong}</w:p>")).markup[0].bold
        };
        assert_eq!((bold(""), bold("Fettabsatz")), (true, false));
    }

    #[test]
    fn tracked_changes_are_accepted() {
        check(
            "<w:p><w:r><w:t xml:space=\"preserve\">A </w:t></w:r><w:del><w:r><w:delText>bad </w:delText></w:r></w:del><w:ins><w:r><w:t>good</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> film</w:t></w:r></w:p>",
            "A good film",
        );
        check(
            "<w:p><w:pPr><w:rPr><w:del/><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\"> two</w:t></w:r></w:p><w:p><w:r><w:t>three</w:t></w:r></w:p>",
            "one two\nthree",
        );
        check(
            "<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo></w:p>",
            "here",
        );
    }

    #[test]
    fn boxes_tables_breaks_and_notes() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        check(&format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("Year"), cell("1959")), "Year: 1959");
        check("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>", "a\nb");
        check(
            "<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p>",
            "ab\nbox\nc",
        );
        check(
            "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
            "a\nb\nA note.",
        );
    }

    #[test]
    fn what_is_no_text_of_the_dossier() {
        check(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>yes</w:t></w:r></w:p>",
            "yes",
        );
        check(
            "<w:p><w:pPr><w:pStyle w:val=\"TM1\"/></w:pPr><w:r><w:t>Context 7</w:t></w:r></w:p><w:p><w:r><w:t>a</w:t></w:r></w:p>",
            "a",
        );
        check(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>no</w:t></w:r></w:p></w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "a",
        );
    }

    #[test]
    fn lines_are_numbers_of_paragraphs() {
        let read = read(
            "<w:p/><w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p>",
        );
        assert_eq!(
            (1..=3).map(|row| read.source.lines_of(read.source.line_span(row))).collect::<Vec<_>>(),
            [(2, 2), (2, 2), (3, 3)]
        );
    }

    #[test]
    fn a_broken_part_is_refused() {
        let error = decode("x.docx", &packed(&[("word/document.xml", "<w:p><w:t>a")]), None);
        assert!(error.is_err());
        let error = decode("x.docx", &packed(&[("word/document.xml", "<w:p></w:t>")]), None);
        assert!(error.is_err_and(|error| error.hint.is_some()));
    }
}
