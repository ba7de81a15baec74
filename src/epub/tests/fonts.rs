//! The layout's fonts in the e-book.

use super::{edition, file, whole_book};
use crate::epub::package::unpack;
use crate::epub::{Edition, Fonts, write};
use std::borrow::Cow;

const GARAMOND: &[u8] = include_bytes!("../../../fonts/eb-garamond/EBGaramond-VariableItalic.ttf");
const CSS: &str = r#"@font-face { font-family: G; src: url("fonts/eb/G.ttf"); } body { font-family: G; }"#;

fn files() -> Vec<(String, Cow<'static, [u8]>)> {
    let file = |path: &str, bytes: &'static [u8]| (path.to_owned(), Cow::Borrowed(bytes));
    vec![
        file("fonts/eb/G.ttf", GARAMOND),
        file("fonts/eb/OFL.txt", b"the licence"),
        file("fonts/jost/J.ttf", b"not asked for"),
        file("fonts/jost/OFL.txt", b"another licence"),
    ]
}

fn packed() -> Vec<(String, Vec<u8>)> {
    let files = files();
    let fonts = Some(Fonts { css: CSS, files: &files });
    let epub = write(&whole_book(), &Edition { fonts, ..edition(&[]) }).expect("an e-book");
    assert!(file(&epub, "stylesheet.css").ends_with(CSS));
    let opf = file(&epub, "content.opf");
    assert!(opf.contains(r#"href="fonts/eb/G.ttf""#) && opf.contains(r#"media-type="font/ttf""#), "{opf}");
    unpack(&epub).expect("a zip file")
}

fn bytes<'a>(files: &'a [(String, Vec<u8>)], name: &str) -> Option<&'a [u8]> {
    files.iter().find(|(path, _)| path == name).map(|(_, bytes)| bytes.as_slice())
}

#[test]
fn a_whole_font_comes_as_it_is_with_its_licence_and_no_other_does() {
    let files = packed();
    assert_eq!(bytes(&files, "OEBPS/fonts/eb/G.ttf"), Some(GARAMOND));
    assert_eq!(bytes(&files, "META-INF/eb-OFL.txt"), Some(&b"the licence"[..]));
    assert!(files.iter().all(|(path, _)| !path.contains("jost")));
}

#[test]
fn a_font_that_is_missing_is_named() {
    let fonts = Some(Fonts { css: CSS, files: &[] });
    let refused = write(&whole_book(), &Edition { fonts, ..edition(&[]) }).expect_err("a fault");
    assert!(refused.message.contains("fonts/eb/G.ttf is missing"), "{}", refused.message);
}
