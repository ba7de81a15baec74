//! What is answered to a request.

use super::desk;
use super::route::Route;
use super::studio::Studio;
use crate::build;
use crate::diag::Diagnostic;
use crate::html;

/// The page's own script, which keeps it up to date.
const SCRIPT: &str = include_str!("live.js");
/// How the pages look.
const STYLE: &str = include_str!("desk.css");

/// The page that a season has for its members.
const MEMBERS: &str = "index.html";

/// An answer.
pub struct Reply {
    /// The status: 200, 404 …
    pub status: u16,
    /// The media type.
    pub media: &'static str,
    /// What is sent.
    pub bytes: Vec<u8>,
    /// Whether it stays as it is for ever, so that a browser need not ask again.
    pub lasting: bool,
    /// Hashes of the scripts that stand in a page and may run.
    pub scripts: Vec<String>,
}

impl Reply {
    fn new(status: u16, media: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { status, media, bytes: bytes.into(), lasting: false, scripts: Vec::new() }
    }

    /// A few words.
    pub fn words(status: u16, words: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{words}\n"))
    }

    fn page(page: &html::Element) -> Self {
        Self::new(200, "text/html; charset=utf-8", html::document(page))
    }

    fn not_there() -> Self {
        Self::words(404, "There is nothing at this address.")
    }

    /// A page that was made to stand alone, with the bar on top of it.
    fn dressed(page: &str, bar: &html::Element) -> Self {
        let (page, scripts) = desk::dress(page, bar);
        Self { scripts, ..Self::new(200, "text/html; charset=utf-8", page) }
    }

    /// The answer to a question; nothing where the answer is news without end.
    pub fn to(route: &Route, studio: &Studio) -> Option<Self> {
        Some(match route {
            Route::News => return None,
            Route::Script => Self::new(200, "text/javascript; charset=utf-8", SCRIPT),
            Route::Style => Self::new(200, "text/css; charset=utf-8", STYLE),
            Route::Start => start(studio),
            Route::Film(slug) => film(studio, slug),
            Route::Page { slug, number, width } => page(studio, slug, *number, *width),
            Route::Proof(slug) => proof(studio, slug),
            Route::Output(path) => output(studio, path),
        })
    }
}

fn start(studio: &Studio) -> Reply {
    let bar = studio.with_last(|last| desk::bar(studio, last, None));
    let members = build::output(&studio.order().output, MEMBERS).ok().flatten();
    match members.and_then(|page| String::from_utf8(page).ok()) {
        Some(page) => Reply::dressed(&page, &bar),
        None => Reply::page(&desk::plain("bookify", bar).whole()),
    }
}

fn film(studio: &Studio, slug: &str) -> Reply {
    let Some(sitting) = studio.sitting(slug) else { return Reply::not_there() };
    Reply::page(&studio.with_last(|last| desk::film(studio, slug, &sitting, last)))
}

fn page(studio: &Studio, slug: &str, number: usize, width: u32) -> Reply {
    let draft = studio.sitting(slug).and_then(|sitting| sitting.draft);
    let (Some(draft), Some(page)) = (draft, number.checked_sub(1)) else { return Reply::not_there() };
    match draft.picture(page, width) {
        // its address has the page's fingerprint
        Ok(Some(picture)) => Reply { lasting: true, ..Reply::new(200, "image/png", picture) },
        Ok(None) => Reply::not_there(),
        Err(trouble) => failed(&[trouble]),
    }
}

fn proof(studio: &Studio, slug: &str) -> Reply {
    let jobs = match studio.dossiers() {
        Ok(jobs) => jobs,
        Err(troubles) => return failed(&troubles),
    };
    let Some(job) = jobs.into_iter().find(|job| job.slug == slug) else { return Reply::not_there() };
    let bar = studio.with_last(|last| desk::bar(studio, last, Some(slug)));
    match build::proof(&job.path, &studio.order().sources) {
        Ok((_, page)) => Reply::dressed(&page, &bar),
        Err(troubles) => Reply::page(&desk::plain(slug, bar).child_of_body(desk::notes(&troubles))),
    }
}

fn output(studio: &Studio, path: &str) -> Reply {
    match build::output(&studio.order().output, path) {
        Ok(Some(bytes)) => Reply::new(200, media(path), bytes),
        Ok(None) => Reply::not_there(),
        Err(trouble) => failed(&[trouble]),
    }
}

fn failed(troubles: &[Diagnostic]) -> Reply {
    let words = troubles.iter().map(|trouble| trouble.message.as_str()).collect::<Vec<_>>().join("\n");
    Reply::words(500, &words)
}

/// The media type of a file that bookify made.
fn media(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "html" => "text/html; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "jpg" => "image/jpeg",
        "json" => "application/json",
        "xml" => "application/atom+xml",
        _ => "application/octet-stream",
    }
}
