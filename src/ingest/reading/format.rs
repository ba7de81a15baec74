//! What a file is: by its content, and only then by its ending.

use crate::diag::{Code, Diagnostic, Place};

/// A kind of text that is not packed into an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines and nothing else.
    Plain,
    /// Headings with `#`, labels between `**`.
    Markdown,
    /// A saved page.
    Html,
}

/// Tells what a decoded text is.
pub fn of(name: &str, text: &str) -> Format {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let named_page = ["html", "htm", "xhtml"].contains(&ending.as_str());
    if begins_a_page(text) || named_page && text.contains("</") {
        return Format::Html;
    }
    if ["md", "markdown", "mdown", "mkd"].contains(&ending.as_str()) || is_clearly_markdown(text) {
        return Format::Markdown;
    }
    Format::Plain
}

/// Whether a text opens like a page or a piece of one: `<!DOCTYPE html>`, `<div><p>`.
fn begins_a_page(text: &str) -> bool {
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\n', '\t']);
    while let Some(comment) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("<?")) {
        let Some((_, after)) = comment.split_once('>') else {
            return false;
        };
        rest = after.trim_start();
    }
    let head = rest.chars().take(24).collect::<String>().to_lowercase();
    let opens = |tag: &str| head.strip_prefix(tag).is_some_and(|rest| rest.starts_with(['>', ' ', '\n']));
    let whole = ["<!doctype html", "<html", "<head", "<body", "<meta"].iter().any(|tag| opens(tag));
    let piece = ["<p", "<div", "<h1", "<h2", "<main", "<article", "<section", "<ul", "<span", "<b", "<table"];
    whole || piece.iter().any(|tag| opens(tag)) && text.to_lowercase().contains("</p>")
}

/// Whether a text is Markdown whatever it is called. Bullets and a few `#` or `*` are in plain texts too:
/// only headings of two levels, or headings and labels between `**`, or many such labels say it.
fn is_clearly_markdown(text: &str) -> bool {
    let (mut headings, mut deeper, mut labels) = (0, 0, 0);
    for line in text.lines() {
        let line = line.trim_start_matches([' ', '*', '-', '+']).trim_start();
        let level = line.chars().take_while(|c| *c == '#').count();
        let is_heading = (1..=6).contains(&level) && line[level..].starts_with(' ');
        headings += usize::from(is_heading);
        deeper += usize::from(is_heading && level > 1);
        labels += usize::from(line.split_once(":**").or_else(|| line.split_once("**:")).is_some());
    }
    deeper > 1 && headings > 2 || headings > 0 && labels > 1 || labels > 2
}

/// Why a file that is no text cannot be read, and what to do: an old Word file, a PDF.
pub fn refusal(name: &str, bytes: &[u8]) -> Option<Diagnostic> {
    const AGAIN: &str = "open it, save it as Word (.docx), OpenDocument (.odt) or plain text, and try again";
    let head = &bytes[..bytes.len().min(2048)];
    let (message, hint) = if bytes.starts_with(b"%PDF") {
        (
            "this is a PDF: its pages hold no paragraphs",
            "use the file that the PDF was made of, or paste its text into a .txt",
        )
    } else if bytes.starts_with(b"{\\rtf") {
        ("this is a rich text file (RTF)", AGAIN)
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        ("this is an old Word file (.doc), or one that a password locks", AGAIN)
    } else if head.windows(17).any(|window| window.eq_ignore_ascii_case(b"multipart/related")) {
        ("this is a web archive (MHTML)", "save the page as “Webpage, HTML only” and try again")
    } else if bytes.starts_with(b"bplist00") {
        ("this is a web archive of Safari", "save the page as “Page Source” and try again")
    } else {
        return None;
    };
    Some(Diagnostic::error(Code::NotText, message).at(Place::file(name)).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: Format) {
        assert_eq!(of(name, text), expected, "{name}: {text}");
    }

    #[test]
    fn content_goes_before_the_ending() {
        check("x.txt", "<!DOCTYPE html>\n<html><p>a</p>", Format::Html);
        check(
            "x.txt",
            "<?xml version=\"1.0\"?>\n<!-- saved from url=(0014)about:internet -->\n<html lang=en>",
            Format::Html,
        );
        check("x.md", "<div class=a>\n<p>a</p></div>", Format::Html);
        check("x.htm", "no tags, a < b", Format::Plain);
        check("x.html", "<em>a</em>", Format::Html);
        check("x.md", "no marks at all", Format::Markdown);
    }

    #[test]
    fn plain_text_stays_plain() {
        check("x.txt", "* one\n* two\n* three\n- four", Format::Plain);
        check("x.txt", "# 1 of 3\n#2 of 3\n# 3 of 3", Format::Plain);
        check("x.txt", "It was **very** good, ** and * and *good*.", Format::Plain);
        check("x.txt", "<3 this film: a > b, <p> is a tag", Format::Plain);
        check("x.txt", "Title\n=====\n\nText\n---\n1. one", Format::Plain);
    }

    #[test]
    fn markdown_in_a_plain_text_is_told_by_its_marks() {
        check("x.txt", "# The General\n\n## Context\ntext\n## Legacy", Format::Markdown);
        check("x.txt", "# The General\n\n* **Year:** 1926\n* **Director**: Egede", Format::Markdown);
        check("x.txt", "**Year:** 1926\n**Director**: Egede\n**Editing:** Fast.", Format::Markdown);
    }

    #[test]
    fn refusals_say_what_to_do() {
        for head in [
            &b"%PDF-1.7"[..],
            b"{\\rtf1\\ansi",
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            b"MIME-Version: 1.0\nContent-Type: Multipart/Related;",
        ] {
            let refusal = refusal("x", head).expect("it is refused");
            assert!(refusal.code == Code::NotText && refusal.hint.is_some());
        }
        assert_eq!(refusal("x.txt", b"A plain text"), None);
    }
}
