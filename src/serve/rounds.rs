//! What follows a change: first the pages that somebody looks at, then the outputs. Both on threads of their own, so
//! that a word is seen while the outputs of the one before are still being made.

use super::studio::{News, Studio};
use super::{Audience, Change, broken};
use crate::build::{self, Outcome, Progress};
use crate::diag::Diagnostic;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// So long after the last change of pages that somebody looks at the outputs begin to be made: a browser paints
/// meanwhile, and a person who goes on writing does not wait for outputs that nobody wants yet.
const BREATH: Duration = Duration::from_millis(300);

/// The threads that do the work.
pub struct Rounds {
    /// Takes what changed.
    pub changes: Sender<Change>,
}

impl Rounds {
    /// Builds once, and then after each change.
    ///
    /// # Errors
    /// Where no thread can be had.
    pub fn begin(studio: Arc<Studio>, audience: Arc<dyn Audience>) -> Result<Self, Diagnostic> {
        let (changes, drawn_next) = channel();
        let (drawn, built_next) = channel();
        let drawing = Arc::clone(&studio);
        spawn(move || draw(&drawing, &drawn_next, &drawn))?;
        spawn(move || {
            build(&studio, audience.as_ref());
            while built_next.recv().is_ok() {
                // one build does for all changes that are waiting
                while studio.has_guests() && built_next.recv_timeout(BREATH).is_ok() {}
                let _ = built_next.try_iter().count();
                build(&studio, audience.as_ref());
            }
        })?;
        Ok(Self { changes })
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> Result<(), Diagnostic> {
    match std::thread::Builder::new().spawn(work) {
        Ok(_) => Ok(()),
        Err(error) => Err(broken("no thread can be had", &error.to_string())),
    }
}

fn draw(studio: &Studio, changes: &Receiver<Change>, drawn: &Sender<()>) {
    while let Ok(mut change) = changes.recv() {
        change.extend(changes.try_iter().flatten());
        studio.redraw(&change);
        if drawn.send(()).is_err() {
            break;
        }
    }
}

fn build(studio: &Studio, audience: &dyn Audience) {
    audience.begun();
    let result = build::build(studio.order(), &Unseen);
    audience.done(&result);
    studio.keep(result);
    studio.tell(&News::Built);
}

/// Nobody sees how far a build is; they see what became of it.
struct Unseen;

impl Progress for Unseen {
    fn planned(&self, _: usize) {}
    fn begun(&self, _: &str) {}
    fn done(&self, _: &Outcome) {}
}
