//! The only module that prints.

#![expect(clippy::disallowed_macros, reason = "the one place from which the program speaks")]

use crate::build::{Made, Outcome, Progress, Way};
use crate::diag::{Diagnostic, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A line of a dossier is a paragraph: so many characters of it are shown around the mark.
const EXCERPT: usize = 72;

/// Prints text for another program or a person: standard output.
pub fn print(text: &str) {
    // a reader that has seen enough (`| head`) closes the pipe; that is no failure of ours
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// Prints a line about what was done: standard error.
pub fn say(text: &str) {
    anstream::eprintln!("{text}");
}

/// Prints diagnostics, each with its line and what to do.
pub fn tell(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        anstream::eprintln!("{}\n", rendered(diagnostic));
    }
}

/// A diagnostic as it is shown.
fn rendered(diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let excerpt = diagnostic
        .place
        .as_ref()
        .and_then(|place| Some((place.line?, place, cut(&place.text, place.mark.start, place.mark.end))));
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    match (&excerpt, &diagnostic.place) {
        (Some((line, place, (text, start, end))), _) if !text.is_empty() => {
            let snippet = Snippet::source(text.as_str()).line_start(*line).path(place.file.as_str());
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(*start..*end)));
        }
        (Some((line, place, _)), _) => {
            group = group.element(annotate_snippets::Origin::path(place.file.as_str()).line(*line));
        }
        (None, Some(place)) => group = group.element(annotate_snippets::Origin::path(place.file.as_str())),
        (None, None) => {}
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    Renderer::styled().render(&[group])
}

/// The part of a long line around its mark, and the mark within it.
fn cut(text: &str, start: usize, end: usize) -> (String, usize, usize) {
    let from = text[..start].char_indices().rev().take(EXCERPT / 3).last().map_or(start, |(at, _)| at);
    let to = text[start..].char_indices().nth(EXCERPT).map_or(text.len(), |(at, _)| start + at);
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < text.len() { "…" } else { "" });
    let shown = format!("{before}{}{after}", &text[from..to]);
    let begin = before.len() + start - from;
    (shown, begin, (before.len() + end.min(to) - from).max(begin))
}

/// Where two texts begin to differ, a few words of each.
pub fn difference(before: &str, after: &str) -> (String, String) {
    let common = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
    let from = common.saturating_sub(12);
    let part = |text: &str| text.chars().skip(from).take(40).collect::<String>().escape_debug().to_string();
    (format!("“{}”", part(before)), format!("“{}”", part(after)))
}

/// Follows a build: a bar on a terminal, plain lines elsewhere; keeps the times.
pub struct Follower {
    quiet: bool,
    bar: ProgressBar,
    times: Mutex<BTreeMap<String, (Instant, Duration)>>,
}

impl Follower {
    /// Begins to follow.
    pub fn new(quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = if quiet || !terminal { ProgressBar::hidden() } else { ProgressBar::new(0) };
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self { quiet, bar, times: Mutex::new(BTreeMap::new()) }
    }

    /// How long a dossier took.
    fn time(&self, slug: &str) -> Duration {
        self.times.lock().ok().and_then(|times| times.get(slug).map(|(_, time)| *time)).unwrap_or_default()
    }

    /// Prints warnings and errors of all dossiers and the closing table.
    pub fn close(&self, outcomes: &[Outcome], verbose: bool) {
        self.bar.finish_and_clear();
        for outcome in outcomes {
            let shown =
                outcome.warnings.iter().filter(|warning| verbose || warning.severity > Severity::Note);
            if !self.quiet {
                tell(&shown.cloned().collect::<Vec<_>>());
            }
            if let Err(errors) = &outcome.result {
                tell(errors);
            }
        }
        if !self.quiet {
            anstream::eprintln!("{}", self.table(outcomes));
        }
    }

    fn table(&self, outcomes: &[Outcome]) -> Table {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(["Dossier", "Pages", "Words", "Chapters", "Not found", "Warnings", "Seconds"]);
        for outcome in outcomes {
            table.add_row(self.row(outcome));
        }
        for column in [1, 2, 3, 5, 6] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    fn row(&self, outcome: &Outcome) -> Vec<String> {
        let name =
            if outcome.reviewed { format!("{} (reviewed)", outcome.slug) } else { outcome.slug.clone() };
        let warnings =
            outcome.warnings.iter().filter(|warning| warning.severity == Severity::Warning).count();
        let seconds = format!("{:.2}", self.time(&outcome.slug).as_secs_f64());
        let (pages, words, chapters, missing) = match &outcome.result {
            Ok(Made { editions, words, chapters, missing, .. }) => (
                editions.iter().map(|edition| edition.pages.to_string()).collect::<Vec<_>>().join(" + "),
                words.to_string(),
                chapters.to_string(),
                if missing.is_empty() { "–".to_owned() } else { missing.join(", ") },
            ),
            Err(_) => ("failed".to_owned(), String::new(), String::new(), String::new()),
        };
        vec![name, pages, words, chapters, missing, warnings.to_string(), seconds]
    }
}

impl Progress for Follower {
    fn planned(&self, count: usize) {
        self.bar.set_length(count as u64);
    }

    #[expect(clippy::disallowed_methods, reason = "only to tell the person how long a dossier took")]
    fn begun(&self, slug: &str) {
        self.bar.set_message(slug.to_owned());
        if let Ok(mut times) = self.times.lock() {
            times.insert(slug.to_owned(), (Instant::now(), Duration::ZERO));
        }
    }

    fn done(&self, outcome: &Outcome) {
        if let Ok(mut times) = self.times.lock()
            && let Some((begun, time)) = times.get_mut(&outcome.slug)
        {
            *time = begun.elapsed();
        }
        self.bar.inc(1);
        if !self.quiet && self.bar.is_hidden() {
            let from = if outcome.reviewed { " (from the reviewed form)" } else { "" };
            match &outcome.result {
                Ok(made) if made.way == Way::Unchanged => {
                    anstream::eprintln!("{}{from}: nothing has changed", outcome.slug);
                }
                Ok(made) => {
                    let files =
                        made.files.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>();
                    anstream::eprintln!("{}{from}: {}", outcome.slug, files.join(", "));
                }
                Err(_) => anstream::eprintln!("{}{from}: failed", outcome.slug),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_its_mark() {
        let long = "a".repeat(200);
        let (text, start, end) = cut(&long, 100, 105);
        assert_eq!((text.starts_with('…'), text.ends_with('…'), end - start), (true, true, 5));
        assert_eq!(cut("short", 0, 5), ("short".to_owned(), 0, 5));
    }
}
