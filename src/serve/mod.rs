//! Building whenever something changes (`watch`), and showing it in a browser (`serve`).
//!
//! ```text
//! files ─ watcher ─ changes → rounds: drafts (studio) → build → news ─┐
//! browser ─ server ─ route → studio, output/, proof → pages ─────────┴→ browser
//! ```
//!
//! `watcher` hears of changes, `rounds` makes of them first the pages that somebody looks at and then the outputs,
//! `studio` holds what is shown, `route` and `server` answer one machine's requests and no other's, `desk` writes
//! the pages. Files are read through `build` alone.

mod desk;
mod reply;
mod rounds;
mod route;
mod server;
mod studio;
mod watcher;

use crate::build::{self, Built, Order};
use crate::diag::{Code, Diagnostic, Place};
use rounds::Rounds;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;
use studio::Studio;

/// The port that `serve` takes where none is named.
pub const PORT: u16 = 4321;

/// So often is looked whether somebody pressed Ctrl-C.
const GLANCE: Duration = Duration::from_millis(50);

/// Is told how it goes, from any thread.
pub trait Audience: Send + Sync {
    /// The pages can be seen at this address.
    fn shown_at(&self, address: &str);
    /// A build begins.
    fn begun(&self);
    /// A build is done.
    fn done(&self, result: &Result<Built, Vec<Diagnostic>>);
    /// Something went wrong, and the work goes on.
    fn trouble(&self, trouble: &Diagnostic);
}

/// Files that changed together.
pub type Change = BTreeSet<PathBuf>;

/// Builds what is ordered, and again whenever something changes, until somebody presses Ctrl-C.
///
/// # Errors
/// Where the folders cannot be watched.
pub fn watch(order: Order, audience: Arc<dyn Audience>) -> Result<(), Vec<Diagnostic>> {
    run(Arc::new(Studio::new(order)), audience)
}

/// As [`watch`], and shows the members' page, all pages and proofs to the browsers of this machine. Port 0 takes
/// any that is free.
///
/// # Errors
/// Where the port is taken, or the folders cannot be watched.
pub fn serve(order: Order, port: u16, audience: Arc<dyn Audience>) -> Result<(), Vec<Diagnostic>> {
    let studio = Arc::new(Studio::new(order));
    let address = server::open(port, &studio, &audience).map_err(|error| vec![error])?;
    audience.shown_at(&address);
    run(studio, audience)
}

fn run(studio: Arc<Studio>, audience: Arc<dyn Audience>) -> Result<(), Vec<Diagnostic>> {
    let one = |error| vec![error];
    let stopped = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stopped))
        .and_then(|_| signal_hook::flag::register(signal_hook::consts::SIGTERM, Arc::clone(&stopped)))
        .map_err(|error| one(broken("Ctrl-C cannot be heard", &error.to_string())))?;
    let (heard, changes) = channel();
    // it watches as long as it is held
    let _watcher = watcher::watch(studio.order(), &heard).map_err(one)?;
    let rounds = Rounds::begin(studio, audience).map_err(one)?;
    pass_on(&changes, &rounds.changes, &stopped);
    build::stop_writing();
    Ok(())
}

/// Passes changes on, until Ctrl-C or until nobody takes them.
fn pass_on(changes: &Receiver<Change>, to: &Sender<Change>, stopped: &AtomicBool) {
    while !stopped.load(Ordering::Relaxed) {
        match changes.recv_timeout(GLANCE) {
            Ok(change) => {
                if to.send(change).is_err() {
                    break;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
}

/// Something of the system that does not work.
fn broken(what: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code::File, format!("{what} ({why})"))
        .hint("close other programs and try again; `bookify build` works without it")
}

fn at(found: Diagnostic, path: &std::path::Path) -> Diagnostic {
    found.at(Place::file(path.display().to_string()))
}
