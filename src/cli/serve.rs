//! `bookify watch` and `bookify serve`.

use super::args::{Loudness, Serve, Watch};
use super::{DONE, SOME_FAILED, order, report};
use crate::build::{Built, Outcome};
use crate::diag::{Diagnostic, Severity};
use crate::serve::{self, Audience};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Builds, and builds again whenever something changes.
pub fn watch(arguments: Watch) -> u8 {
    let narrator = Arc::new(Narrator::new(&arguments.loudness));
    if !narrator.quiet {
        report::say(&format!("watching {}; Ctrl-C ends it", arguments.wanted.sources.sources.display()));
    }
    ended(serve::watch(order(arguments.wanted), narrator))
}

/// Shows what is built in the browser.
pub fn serve(arguments: Serve) -> u8 {
    let narrator = Arc::new(Narrator::new(&arguments.watch.loudness));
    ended(serve::serve(order(arguments.watch.wanted), arguments.port, narrator))
}

fn ended(result: Result<(), Vec<Diagnostic>>) -> u8 {
    match result {
        Ok(()) => DONE,
        Err(errors) => {
            report::tell(&errors);
            SOME_FAILED
        }
    }
}

/// Says in a line what was done, and what keeps anything from being done.
struct Narrator {
    quiet: bool,
    verbose: bool,
    begun: Mutex<Option<Instant>>,
}

impl Narrator {
    fn new(loudness: &Loudness) -> Self {
        Self { quiet: loudness.quiet, verbose: loudness.verbose, begun: Mutex::new(None) }
    }

    fn seconds(&self) -> f64 {
        let begun = self.begun.lock().ok().and_then(|begun| *begun);
        begun.map_or(0.0, |begun| begun.elapsed().as_secs_f64())
    }

    /// Warnings of what was made now; errors stand until they are mended.
    fn tell_of(&self, outcome: &Outcome) {
        if !self.quiet && !outcome.changes.is_empty() {
            let least = if self.verbose { Severity::Note } else { Severity::Warning };
            let shown = outcome.warnings.iter().filter(|warning| warning.severity >= least);
            report::tell(&shown.cloned().collect::<Vec<_>>());
        }
        if let Err(errors) = &outcome.result {
            report::tell(errors);
        }
    }
}

impl Audience for Narrator {
    fn shown_at(&self, address: &str) {
        report::print(&format!("{address} (Ctrl-C ends it)"));
    }

    #[expect(clippy::disallowed_methods, reason = "only to tell the person how long a build took")]
    fn begun(&self) {
        if let Ok(mut begun) = self.begun.lock() {
            *begun = Some(Instant::now());
        }
    }

    fn done(&self, result: &Result<Built, Vec<Diagnostic>>) {
        let seconds = self.seconds();
        match result {
            Ok(built) => {
                built.outcomes.iter().for_each(|outcome| self.tell_of(outcome));
                if let Err(error) = &built.page {
                    report::tell(std::slice::from_ref(error));
                }
                if !self.quiet {
                    report::say(&format!("{} ({seconds:.2} s)", summary(&built.outcomes)));
                }
            }
            Err(errors) => {
                report::tell(errors);
                if !self.quiet {
                    report::say("nothing was built; the outputs are as they were");
                }
            }
        }
    }

    fn trouble(&self, trouble: &Diagnostic) {
        report::tell(std::slice::from_ref(trouble));
    }
}

/// What was made, by name, and what was not.
fn summary(outcomes: &[Outcome]) -> String {
    let names = |wanted: &dyn Fn(&Outcome) -> bool| {
        let names = outcomes.iter().filter(|outcome| wanted(outcome)).map(|outcome| outcome.slug.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let failed = names(&|outcome| outcome.result.is_err());
    let made = names(&|outcome| outcome.result.is_ok() && !outcome.changes.is_empty());
    let parts = [("made", made), ("failed", failed)];
    let parts = parts.iter().filter(|(_, names)| !names.is_empty());
    let parts = parts.map(|(what, names)| format!("{what}: {names}")).collect::<Vec<_>>();
    if parts.is_empty() { "nothing to make".to_owned() } else { parts.join("; ") }
}
