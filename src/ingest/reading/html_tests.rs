//! Saved pages of several kinds.

use crate::ingest::decode::{Decoded, decode};
use crate::ingest::markup::is_mark;

fn read(page: &str) -> Decoded {
    decode("x.html", page.as_bytes(), None).expect("it holds words")
}

/// Each line with `#` for its heading's level, `>` for depth, `-` for items and `[…]` around a bold lead.
fn check(page: &str, expected: &[&str]) {
    let read = read(page);
    let rows = (1..=read.source.line_count()).zip(&read.markup).map(|(row, markup)| {
        let line = read.source.slice(read.source.line_span(row));
        let (lead, rest) = line.split_at(markup.bold_lead);
        let lead = if lead.is_empty() { String::new() } else { format!("[{lead}]") };
        let heading = "#".repeat(markup.heading.unwrap_or(0).into());
        let item = if markup.listed { "-" } else { "" };
        format!("{heading}{}{item}{lead}{rest}", ">".repeat(markup.depth.into())).replace(is_mark, "_")
    });
    assert_eq!(rows.collect::<Vec<_>>(), expected, "{page}");
}

#[test]
fn blocks_say_what_they_are() {
    check(
        "<h2>Con<b>text</b></h2><p><b>Year:</b> 1926<br>see <i>Kes</i></p>",
        &["##Context", "[Year:] 1926", "see _Kes_"],
    );
    check("<ul><li>a<ul><li><p>b<p>c</ul><li>d</ul>e<div>f</div>", &[">-a", ">>-b", ">>c", ">-d", "e", "f"]);
    check("<table><tr><th>Year<td>1926</table><p>a<hr>b", &["[Year]: 1926", "a", "", "b"]);
    check("<pre>a\n  b</pre>", &["a", "b"]);
}

#[test]
fn no_markup_stays_in_the_text() {
    check(
        "<p>A &amp; B&eacute;&#x2019;s  <!-- no -->\n text<script>var x='<p>no</p>'</script></p>",
        &["A & Bé’s text"],
    );
    check(
        "<p>a<img alt=no><a href=x>link</a> <sup><a href='#n1'>[1]</a></sup><span hidden>no</span></p>",
        &["alink"],
    );
    check("<p>&#xfdd0;a&#xFDD1;</p>", &["a"]);
}

#[test]
fn a_saved_page_gives_its_main_text_alone() {
    let around = |text: &str| {
        format!(
            "<!DOCTYPE html><html><head><title>No</title></head><body><header><a href=/>No</a><nav><ul><li>No</ul></nav></header><div id='cookie-banner'>No <button>No</button></div>{text}<aside>No</aside><footer>No</footer></body></html>"
        )
    };
    let text = "<h1>Kes (1969)</h1><p>One</p><nav>no</nav><aside>Two</aside><footer>Three</footer>";
    check(&around(&format!("<main>{text}</main>")), &["#Kes (1969)", "One", "Two", "Three"]);
    check(&around(&format!("<div role=main>{text}</div>")), &["#Kes (1969)", "One", "Two", "Three"]);
    check(&around(&format!("<article>{text}</article>")), &["#Kes (1969)", "One", "Two", "Three"]);
    check(&around("<h1>Kes (1969)</h1><section><aside>Two</aside></section>"), &["#Kes (1969)", "Two"]);
    check(
        &around("<div><h1>Kes (1969)</h1></div><main><p>One two three four five six seven</p></main>"),
        &["#Kes (1969)", "One two three four five six seven"],
    );
}

#[test]
fn a_header_that_holds_the_title_stays() {
    check("<body><header><h1>Kes</h1><p>1969</p></header><p>One</p></body>", &["#Kes", "1969", "One"]);
    check("<body><header><h1>Club</h1></header><h1>Kes</h1><p>One</p></body>", &["#Kes", "One"]);
    check("<body><main></main><div>One</div></body>", &["One"]);
}

#[test]
fn pages_of_word_processors() {
    check(
        "<html><head><style>.c1{font-weight:700}.c2{font-style:italic}</style></head><body class=doc-content><p class='c9 title'><span class=c1>Kes</span></p><p><span class=c1>Year:</span><span> see </span><span class=c2>Kes</span></p><ul class='c3 lst-kix_a-0'><li>a</ul><ul class='lst-kix_a-1'><li>b</ul></body></html>",
        &["#Kes", "[Year:] see _Kes_", ">-a", ">>-b"],
    );
    check(
        "<meta charset=utf-8><b style='font-weight:normal' id=docs-internal-guid-1><p><span style='font-weight:700'>Year:</span><span style='font-weight:400'> 1969</span></p></b>",
        &["[Year:] 1969"],
    );
    check(
        "<p class=MsoTitle>Kes<o:p></o:p></p><p class=MsoListParagraph style='text-indent:1cm;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>item</p>",
        &["#Kes", ">>-item"],
    );
}

#[test]
fn lines_are_numbers_of_paragraphs() {
    let source = read("<p>a</p>\n\n<p> </p><p>b<br>c</p><p>d</p>").source;
    let lines = (1..=4).map(|row| source.lines_of(source.line_span(row)).0);
    assert_eq!(lines.collect::<Vec<_>>(), [1, 2, 2, 3]);
}

#[test]
fn deep_nesting_is_read() {
    for tag in ["div", "b", "span", "ul", "table", "p", "li"] {
        let page = format!("<html><body>{}a</body>", format!("<{tag}>").repeat(2000));
        assert!(read(&page).source.text().contains('a'), "{tag}");
    }
}
