//! The pages of the server's own, and the bar on top of those that stand alone elsewhere.

use super::studio::{LastBuild, Sitting, Studio};
use crate::build::{Draft, Outcome};
use crate::diag::{Diagnostic, Severity};
use crate::html::{self, Element, integrity, tag};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The widths of a page's picture among which a browser chooses, in pixels.
const WIDTHS: [u32; 3] = [600, 1000, 1600];

/// The policy that a page states for itself; the server states its own.
const OWN_POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\"";

const BODY: &str = "<body>";

/// How the link begins that skips what is on top of a page.
const SKIP: &str = "<a class=\"skip\"";

/// A page of the server's own.
pub struct Sheet {
    head: Element,
    body: Element,
}

impl Sheet {
    /// With something at the end of its body.
    pub fn child_of_body(self, child: Element) -> Element {
        Self { body: self.body.child(child), ..self }.whole()
    }

    /// The page as it is.
    pub fn whole(self) -> Element {
        let script = tag("script").attr("src", "/-/live.js");
        tag("html").attr("lang", "en").child(self.head).child(self.body.child(script))
    }
}

/// A page with the bar alone.
pub fn plain(title: &str, bar: Element) -> Sheet {
    let meta = |name, content| tag("meta").attr("name", name).attr("content", content);
    let head = tag("head")
        .child(tag("meta").attr("charset", "utf-8"))
        .child(meta("viewport", "width=device-width, initial-scale=1"))
        .child(meta("color-scheme", "light dark"))
        .child(tag("title").text(title))
        .children([style(), icon()]);
    Sheet { head, body: tag("body").child(bar) }
}

fn style() -> Element {
    tag("link").attr("rel", "stylesheet").attr("href", "/-/desk.css")
}

/// No picture for the tab: a browser would ask for one.
fn icon() -> Element {
    tag("link").attr("rel", "icon").attr("href", "data:,")
}

/// Puts the bar on top of a page that was made to stand alone; gives the page, and the hashes of its scripts.
pub fn dress(page: &str, bar: &Element) -> (String, Vec<String>) {
    let mut page = page.to_owned();
    if let Some(from) = page.find(OWN_POLICY)
        && let Some(length) = page.get(from..).and_then(|rest| rest.find('>'))
    {
        page.replace_range(from..=from + length, &(html::fragment(&style()) + &html::fragment(&icon())));
    }
    let scripts = page.split("<script>").skip(1).filter_map(|rest| rest.split("</script>").next());
    let scripts = scripts.map(integrity).collect();
    if let Some(end) = page.rfind("</body>") {
        page.insert_str(end, "<script src=\"/-/live.js\"></script>\n");
    }
    if let Some(begin) = page.find(BODY) {
        let body = begin + BODY.len();
        // a link that skips what is on top of the page stays the first of all
        let skip = page.get(body..).filter(|rest| rest.starts_with(SKIP)).and_then(|rest| rest.find("</a>"));
        page.insert_str(body + skip.map_or(0, |end| end + "</a>".len()), &html::fragment(bar));
    }
    (page, scripts)
}

/// The bar: where one can go, and how the last build went.
pub fn bar(studio: &Studio, last: &LastBuild, here: Option<&str>) -> Element {
    let films = studio.dossiers().unwrap_or_default();
    let film = |slug: &str| {
        let anchor =
            |path: &str, words: &str| tag("a").attr("href", format!("{}{path}", at(slug))).text(words);
        let pages = anchor("", slug);
        let pages = if here == Some(slug) { pages.attr("aria-current", "true") } else { pages };
        let proof = anchor("proof", "proof").attr("aria-label", format!("proof of {slug}"));
        tag("li").child(pages).text(" ").child(proof)
    };
    let films = tag("ul").children(films.iter().map(|job| film(&job.slug)));
    let season = tag("a").attr("href", "/").text("Season");
    tag("div")
        .attr("id", "desk")
        .attr("lang", "en")
        .child(tag("nav").attr("aria-label", "bookify").child(season).child(films))
        .child(tag("p").attr("id", "state").attr("role", "status").text(state(last)))
        .children(found(last))
}

/// How the last build went, in a line.
fn state(last: &LastBuild) -> String {
    match last {
        None => "The outputs are being made …".to_owned(),
        Some(Err(_)) => "Nothing could be built:".to_owned(),
        Some(Ok(built)) => {
            let failed = built.outcomes.iter().filter(|outcome| outcome.result.is_err()).count();
            match failed {
                0 => "All outputs are up to date.".to_owned(),
                1 => "One film failed; its last good outputs are still there:".to_owned(),
                many => format!("{many} films failed; their last good outputs are still there:"),
            }
        }
    }
}

/// What keeps films from being built.
fn found(last: &LastBuild) -> Option<Element> {
    let troubles = match last {
        None => Vec::new(),
        Some(Err(troubles)) => troubles.clone(),
        Some(Ok(built)) => {
            let failed = built.outcomes.iter().filter_map(|outcome| outcome.result.as_ref().err());
            failed.flatten().chain(built.page.as_ref().err()).cloned().collect()
        }
    };
    (!troubles.is_empty()).then(|| notes(&troubles))
}

/// Diagnostics as a list.
pub fn notes(found: &[Diagnostic]) -> Element {
    let note = |found: &Diagnostic| {
        let severity = match found.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let place = found.place.as_ref().map(|place| match place.line {
            Some(line) => format!("{}, line {line}", place.file),
            None => place.file.clone(),
        });
        tag("li")
            .class(severity)
            .child(tag("b").text(format!("{severity}: ")))
            .child(tag("span").text(&found.message))
            .children(place.map(|place| tag("span").class("place").text(place)))
            .children(found.hint.iter().map(|hint| tag("span").class("hint").text(hint)))
    };
    tag("ul").class("notes").children(found.iter().map(note))
}

/// A film: its pages as spreads, and what the editor should know.
pub fn film(studio: &Studio, slug: &str, sitting: &Sitting, last: &LastBuild) -> Element {
    let title = sitting.draft.as_ref().map_or(slug, |draft| draft.title());
    let outcome = match last {
        Some(Ok(built)) => built.outcomes.iter().find(|outcome| outcome.slug == slug),
        Some(Err(_)) | None => None,
    };
    let pages = sitting.draft.iter().map(|draft| spreads(slug, draft));
    let count = sitting.draft.as_ref().map_or(0, |draft| draft.pages());
    let main = tag("main")
        .child(tag("h1").text(title))
        .child(tag("ul").attr("id", "outputs").children(outcome.map(outputs).unwrap_or_default()))
        .child(tag("p").attr("id", "count").text(format!(
            "{count} pages as they come; the outputs follow, with the small corrections that make pages come out right."
        )))
        .child(tag("div").attr("id", "notes").children(notes_of(sitting, outcome)))
        .children(pages);
    let sheet = plain(title, bar(studio, last, Some(slug)));
    let body = sheet.body.attr("data-film", slug.to_owned());
    Sheet { body, ..sheet }.child_of_body(main)
}

/// What was made of a film, to be opened.
fn outputs(outcome: &Outcome) -> Vec<Element> {
    let files = outcome.result.as_ref().map(|made| made.files.as_slice()).unwrap_or_default();
    let names = files.iter().filter_map(|(path, _)| path.file_name()?.to_str());
    names
        .map(|name| tag("li").child(tag("a").attr("href", format!("/{}", encoded(name))).text(name)))
        .collect()
}

/// What keeps the pages from being newer, and what the last build found.
fn notes_of(sitting: &Sitting, outcome: Option<&Outcome>) -> Option<Element> {
    let warnings = outcome.map(|outcome| outcome.warnings.as_slice()).unwrap_or_default();
    let warnings = warnings.iter().filter(|warning| warning.severity != Severity::Note);
    let all = sitting.troubles.iter().chain(warnings).cloned().collect::<Vec<_>>();
    (!all.is_empty()).then(|| {
        let summary = tag("summary").text(format!("{} things to look at", all.len()));
        let details = tag("details").child(summary).child(notes(&all));
        if sitting.troubles.is_empty() { details } else { details.attr("open", "") }
    })
}

/// The pages as they lie side by side: the first alone on the right.
fn spreads(slug: &str, draft: &Draft) -> Element {
    let pages = (0..draft.pages()).map(|page| picture(slug, draft, page)).collect::<Vec<_>>();
    let (first, rest) = pages.split_at(pages.len().min(1));
    let spread = |pages: &[Element]| {
        tag("li").class(if pages.len() == 1 { "single" } else { "spread" }).children(pages.iter().cloned())
    };
    let spreads = first.chunks(1).chain(rest.chunks(2)).map(spread);
    tag("ol").attr("id", "pages").attr("lang", draft.language().to_owned()).children(spreads)
}

/// A page: its size is known before its picture is there, so that nothing jumps.
fn picture(slug: &str, draft: &Draft, page: usize) -> Element {
    let (width, height) = draft.size(page).unwrap_or((1.0, 1.0));
    let print = draft.fingerprint(page).unwrap_or_default();
    let number = page + 1;
    let address = |width: u32| format!("{}pages/{number}.png?v={print:032x}&w={width}", at(slug));
    let choices = WIDTHS.map(|width| format!("{} {width}w", address(width))).join(", ");
    tag("img")
        .attr("id", format!("page-{number}"))
        .attr("alt", format!("Page {number}"))
        .attr("width", format!("{width:.0}"))
        .attr("height", format!("{height:.0}"))
        .attr("loading", if page < 3 { "eager" } else { "lazy" })
        .attr("decoding", "async")
        .attr("sizes", "(max-width: 50rem) 96vw, min(46vw, 40rem)")
        .attr("srcset", choices)
        .attr("src", address(WIDTHS[1]))
}

fn at(slug: &str) -> String {
    format!("/films/{}/", encoded(slug))
}

fn encoded(name: &str) -> String {
    utf8_percent_encode(name, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dressed_page_keeps_its_words_and_names_its_scripts() {
        let page = format!(
            "<html><head>{OWN_POLICY} content=\"x\">\n</head><body>{SKIP}>b</a><p>a</p><script></script></body></html>"
        );
        let (dressed, scripts) = dress(&page, &tag("nav"));
        assert_eq!(
            dressed,
            "<html><head><link rel=\"stylesheet\" href=\"/-/desk.css\">\n<link rel=\"icon\" href=\"data:,\">\n\n</head><body><a class=\"skip\">b</a><nav></nav>\n<p>a</p>\
             <script></script><script src=\"/-/live.js\"></script>\n</body></html>"
        );
        assert_eq!(scripts, [integrity("")]);
    }
}
