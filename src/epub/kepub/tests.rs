//! What stands in the file for Kobo: cases for its form, and the law that no word changes.

use super::{Use, document, kepub};
use crate::epub::package::{PACKAGE, unpack};
use crate::epub::tests::{edition, page, whole_book};
use crate::epub::{read_back, write};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeSet;

/// What becomes of a body, without the boxes around it.
fn body(xhtml: &str) -> String {
    let document = document(&format!("<html><head/><body>{xhtml}</body></html>"), Use::Reading);
    let document = String::from_utf8(document.expect("it is well-formed")).expect("UTF-8");
    let (_, rest) = document.split_once(r#"<div id="book-inner">"#).expect("the inner box");
    rest.strip_suffix("</div></div></body></html>").expect("both boxes close").to_owned()
}

/// The same with `‹1.2 words›` for a span, so that a case can be read; it has no span of its own.
fn check(xhtml: &str, expected: &Expect) {
    let mut text = String::new();
    for (at, part) in body(xhtml).split(r#"<span class="koboSpan" id="kobo."#).enumerate() {
        let part = if at == 0 { part.to_owned() } else { format!("‹{}", part.replacen("\">", " ", 1)) };
        text.push_str(&part.replace("</span>", "›"));
    }
    expected.assert_eq(&text);
}

#[test]
fn each_sentence_has_its_number_in_its_paragraph() {
    check(
        "<p>He ran. She  fell!\n“Why?” Ah</p><p>So</p>",
        &expect![[r"
        <p>‹1.1 He ran. ›‹1.2 She  fell!
        ›‹1.3 “Why?” ›‹1.4 Ah›</p><p>‹2.1 So›</p>"]],
    );
}

#[test]
fn characters_are_joined_however_they_are_written() {
    check(
        "<p>Tom &amp; J&#101;r<![CDATA[ry & co.]]> Two&#13;.</p>",
        &expect!["<p>‹1.1 Tom &amp; Jerry &amp; co. ›‹1.2 Two&#13;.›</p>"],
    );
}

#[test]
fn elements_cut_a_sentence_and_not_its_paragraph() {
    check(
        r##"<p>The <em id="e">Gen</em>eral<a id="m"/>, <a href="#x">see. There</a><br/>on</p>"##,
        &expect![[
            r##"<p>‹1.1 The ›<em id="e">‹1.2 Gen›</em>‹1.3 eral›<a id="m"></a>‹1.4 , ›<a href="#x">‹1.5 see. ›‹1.6 There›</a><br/>‹1.7 on›</p>"##
        ]],
    );
}

#[test]
fn words_outside_of_blocks_are_paragraphs() {
    check(
        "one<p>two</p>three<section>four<h1>five</h1>\n  </section> six",
        &expect![[r"
        ‹1.1 one›<p>‹2.1 two›</p>‹3.1 three›<section>‹4.1 four›<h1>‹5.1 five›</h1>
          </section>‹6.1  six›"]],
    );
}

#[test]
fn lists_and_rows_are_paragraphs() {
    check(
        "<ul>\n <li>One.</li>\n <li><p>Two.</p></li></ul><dl><dt>T</dt><dd>D</dd></dl><table><tr><td>A</td><td>B</td></tr></table>",
        &expect![[r"
        <ul>
         <li>‹1.1 One.›</li>
         <li><p>‹2.1 Two.›</p></li></ul><dl><dt>‹3.1 T›</dt><dd>‹4.1 D›</dd></dl><table><tr><td>‹5.1 A›</td><td>‹6.1 B›</td></tr></table>"]],
    );
}

#[test]
fn preformatted_lines_keep_every_space() {
    check(
        "<pre>\n  a.  B\n\n\tc\n</pre>",
        &expect![[r"
        <pre>‹1.1 
          a.  ›‹1.2 B

        	c
        ›</pre>"]],
    );
}

#[test]
fn a_picture_is_a_paragraph_of_its_own() {
    check(
        r#"<p>See <img src="a"/> there. Or</p><p><img src="b"></img></p><p>End</p>"#,
        &expect![[
            r#"<p>‹1.1 See ›‹2.1 <img src="a"/>›‹2.2  there. ›‹2.3 Or›</p><p>‹3.1 <img src="b"></img>›</p><p>‹4.1 End›</p>"#
        ]],
    );
}

#[test]
fn drawings_formulas_and_scripts_are_left_alone() {
    check(
        "<p>A<svg><title>T. U</title><g/></svg>b <math><mi>x</mi></math>c<script>d. E</script></p><picture><source/><img/></picture>",
        &expect![
            "<p>‹1.1 A›<svg><title>T. U</title><g/></svg>‹1.2 b ›<math><mi>x</mi></math>‹1.3 c›<script>d. E</script></p><picture><source/><img/></picture>"
        ],
    );
}

#[test]
fn ruby_keeps_its_small_type() {
    check(
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>です。次。</p>",
        &expect![
            "<p><ruby>‹1.1 漢›<rp>(</rp><rt>かん</rt><rp>)</rp>‹1.2 字›<rt>じ</rt></ruby>‹1.3 です。›‹1.4 次。›</p>"
        ],
    );
}

#[test]
fn white_space_alone_gets_no_span() {
    check(
        "<p> </p>\n<p>&#160;</p><p><b> </b>a</p>",
        &expect![[r"
        <p> </p>
        <p> </p><p><b> </b>‹1.1 a›</p>"]],
    );
}

#[test]
fn the_contents_are_boxed_and_not_cut() {
    let nav =
        document("<html><head></head><body><nav><a>One. Two</a><span/></nav></body></html>", Use::Finding);
    expect![[r#"
        <html><head><style type="text/css" class="kobostylehacks">div#book-inner { margin-top: 0; margin-bottom: 0; }</style>
        </head><body><div id="book-columns"><div id="book-inner"><nav><a>One. Two</a><span></span></nav></div></div></body></html>"#]].assert_eq(&String::from_utf8(nav.expect("well-formed")).expect("UTF-8"));
}

#[test]
fn what_is_made_for_kobo_is_not_made_again() {
    let epub = write(&whole_book(), &edition(&[])).expect("an e-book");
    let once = kepub(&epub).expect("for Kobo");
    let refused = kepub(&once).expect_err("a fault");
    assert_eq!(refused.message, "the e-book cannot be made for Kobo: it is made for Kobo already");
    assert!(kepub(b"no zip file").is_err());
}

#[test]
fn a_whole_book_keeps_its_words_its_places_and_its_cover() {
    let epub = write(&whole_book(), &edition(&[page("7", "film-1", 13), page("8", "film-3", 10)]));
    let epub = epub.expect("an e-book");
    let kobo = kepub(&epub).expect("for Kobo");
    assert_eq!(kobo, kepub(&epub).expect("for Kobo"), "the same bytes");
    assert_eq!(read_back(&kobo), read_back(&epub));
    assert!(kobo[30..].starts_with(b"mimetypeapplication/epub+zip"), "first and stored");
    let (mut before, after) = (unpack(&epub).expect("opens"), unpack(&kobo).expect("opens"));
    assert!(after[1..].is_sorted(), "by name");
    before.sort_by_key(|(name, _)| (name != "mimetype", name.clone()));
    for ((old_name, old), (name, new)) in before.iter().zip(&after) {
        assert_eq!(old_name, name);
        if name.rsplit('.').next() == Some("xhtml") {
            same_places(name, old, new);
        } else {
            assert_eq!(old, new, "{name}");
        }
    }
    assert_eq!(before.len(), after.len());
    let (_, package) = after.iter().find(|(name, _)| name == PACKAGE).expect("the package");
    let package = String::from_utf8_lossy(package);
    assert!(package.contains(r#"properties="cover-image" id="cover-image""#), "{package}");
    assert!(package.contains(r#"<meta name="cover" content="cover-image"/>"#), "{package}");
}

/// Ids are the old ones and the new, each once; links and pictures are the old ones.
fn same_places(name: &str, old: &[u8], new: &[u8]) {
    let ids = attributes(new, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}");
    let kept = ids.into_iter().filter(|id| !is_new(id)).collect::<Vec<_>>();
    assert_eq!(kept, attributes(old, "id"), "{name}");
    for attribute in ["href", "src", "epub:type", "aria-label"] {
        assert_eq!(attributes(new, attribute), attributes(old, attribute), "{name}");
    }
}

fn is_new(id: &str) -> bool {
    id.starts_with("kobo.") || id == "book-columns" || id == "book-inner"
}

fn attributes(xml: &[u8], name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).expect("UTF-8"));
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().flatten().filter(|it| it.key.as_ref() == name);
                found.extend(attributes.map(|it| it.value.to_string()));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// All characters of a file, as an XML reader hands them on.
fn characters(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut found = String::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Text(text) => found.push_str(&text.xml10_content()),
            Event::CData(text) => found.push_str(&text.xml10_content()),
            Event::GeneralRef(it) => found.push_str(&crate::epub::read::resolved(&it).expect("a character")),
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Elements without the spans and boxes, in order: `p em /em /p`.
fn skeleton(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut found, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                let id = start.try_get_attribute("id").expect("attributes").map(|it| it.value.to_string());
                open.push(id.is_some_and(|id| is_new(&id)));
                if open.last() == Some(&false) {
                    found.push(start.name().as_ref().to_owned());
                }
            }
            Event::End(end) => {
                let is_new = open.pop() == Some(true);
                found.extend((!is_new).then(|| format!("/{}", end.name().as_ref())));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn xhtml() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        "[ -%'-;=?-~\n\t]{0,12}",
        "(Mr\\. |Ah\\. |No! |“Why\\?” |etc\\. and |3\\.5 |… |次。|\u{a0}|\u{2028}|\u{200d}👨){1,4}",
        Just("&amp;".to_owned()),
        Just("&lt;b&gt;".to_owned()),
        Just("&#xD;".to_owned()),
        Just("<![CDATA[a. <B> & c]]>".to_owned()),
        Just("<!-- no. Words -->".to_owned()),
        Just("<br/>".to_owned()),
        Just("<img src=\"a\" alt=\"b\"/>".to_owned()),
        Just("<span id=\"page-1\"/>".to_owned()),
        Just("\r\n".to_owned()),
    ];
    let name = prop::sample::select(vec![
        "p",
        "em",
        "a",
        "ul",
        "li",
        "pre",
        "div",
        "ruby",
        "rt",
        "svg",
        "math",
        "script",
        "h1",
        "picture",
        "blockquote",
        "td",
    ]);
    words.prop_recursive(4, 40, 5, move |inner| {
        (name.clone(), prop::collection::vec(inner, 0..5))
            .prop_map(|(name, inner)| format!("<{name}>{}</{name}>", inner.concat()))
    })
}

proptest! {
    #[test]
    fn no_character_and_no_element_changes(parts in prop::collection::vec(xhtml(), 0..5)) {
        let (before, after) = (parts.concat(), body(&parts.concat()));
        prop_assert_eq!(characters(&before), characters(&after));
        prop_assert_eq!(skeleton(&format!("<x>{before}</x>")), skeleton(&format!("<x>{after}</x>")));
    }

    #[test]
    fn numbers_rise_and_spans_hold_words_and_nothing_else(parts in prop::collection::vec(xhtml(), 0..5)) {
        let after = body(&parts.concat());
        let spans = after.split(r#"<span class="koboSpan" id="kobo."#).skip(1);
        let mut last = (0, 0);
        for span in spans {
            let (number, rest) = span.split_once("\">").expect("the start tag's end");
            let (paragraph, segment) = number.split_once('.').expect("two numbers");
            let number: (usize, usize) = (paragraph.parse().expect("a number"), segment.parse().expect("a number"));
            let follows = number == (last.0, last.1 + 1) || number == (last.0 + 1, 1);
            prop_assert!(follows && number.0 > 0, "{:?} after {:?}", number, last);
            let (inside, _) = rest.split_once("</span>").expect("its end");
            prop_assert!(inside.starts_with("<img ") || !inside.contains('<') && !inside.trim().is_empty());
            last = number;
        }
    }
}
