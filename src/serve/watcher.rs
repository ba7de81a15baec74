//! Hears of changed files, and says together what changed together.

use super::{Change, at, broken};
use crate::build::{self, Order};
use crate::diag::Diagnostic;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// A program that saves a file writes it, renames it, touches it: what comes in so short a time belongs together.
const QUIET: Duration = Duration::from_millis(30);

/// A change that goes on and on is passed on after so many quiet times without quiet.
const MOST: usize = 20;

/// Watches what an order's outputs are made of: the folder of the dossiers with all below it, files that are named,
/// and the layout where it is a folder.
///
/// # Errors
/// Where a folder cannot be watched.
pub fn watch(order: &Order, to: &Sender<Change>) -> Result<RecommendedWatcher, Diagnostic> {
    let (heard, events) = channel::<PathBuf>();
    let output = build::absolute(&order.output).unwrap_or_else(|| order.output.clone());
    let listen = move |event: notify::Result<Event>| {
        let Ok(event) = event else { return };
        if is_change(event.kind) {
            for path in event.paths.into_iter().filter(|path| matters(path, &output)) {
                // nobody hears it only when the program ends
                let _ = heard.send(path);
            }
        }
    };
    let mut watcher = notify::recommended_watcher(listen)
        .map_err(|error| broken("changes cannot be heard", &error.to_string()))?;
    for (folder, mode) in folders(order) {
        watcher
            .watch(&folder, mode)
            .map_err(|error| at(broken("this folder cannot be watched", &error.to_string()), &folder))?;
    }
    let to = to.clone();
    std::thread::Builder::new()
        .spawn(move || {
            while let Some(change) = together(&events) {
                if to.send(change).is_err() {
                    break;
                }
            }
        })
        .map_err(|error| broken("no thread can be had", &error.to_string()))?;
    Ok(watcher)
}

/// The folders that are watched. A file is watched by its folder, because many programs put a new file in its place.
fn folders(order: &Order) -> Vec<(PathBuf, RecursiveMode)> {
    let mut folders = Vec::new();
    let deep = [Some(order.sources.clone()), order.layout.as_ref().map(PathBuf::from)];
    for folder in deep.into_iter().flatten().filter_map(|folder| build::absolute(&folder)) {
        if folder.is_dir() {
            folders.push((folder, RecursiveMode::Recursive));
        }
    }
    for file in order.names.iter().filter_map(|name| build::absolute(name)) {
        if let Some(folder) = file.parent()
            && folders.iter().all(|(watched, _)| !folder.starts_with(watched))
        {
            folders.push((folder.to_owned(), RecursiveMode::NonRecursive));
        }
    }
    folders
}

/// Whether a file may be another now; that it was read is none of our business.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Any
        | EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) | EventKind::Other => false,
    }
}

/// Whether a file can go into an output: no output does, nor what programs keep for themselves beside a text.
fn matters(path: &Path, output: &Path) -> bool {
    let is_own = |part: &std::ffi::OsStr| {
        let name = part.to_string_lossy();
        name.starts_with('.') || name.ends_with('~') || name.starts_with('#') || name.starts_with("~$")
    };
    !path.starts_with(output) && path.file_name().is_some_and(|name| !is_own(name))
}

/// What changed together; `None` when nothing more can come.
fn together(events: &Receiver<PathBuf>) -> Option<Change> {
    let mut change = BTreeSet::from([events.recv().ok()?]);
    for _ in 0..MOST {
        let Ok(next) = events.recv_timeout(QUIET) else { break };
        change.insert(next);
        change.extend(events.try_iter());
    }
    Some(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_keep_for_themselves_is_no_change() {
        let cases = [
            ("/s/the-general.txt", true),
            ("/s/the-general/bridge.jpg", true),
            ("/s/chapters/de.yaml", true),
            ("/s/.the-general.txt.swp", false),
            ("/s/the-general.txt~", false),
            ("/s/#the-general.txt#", false),
            ("/s/~$the-general.docx", false),
            ("/s/output/the-general.pdf", false),
        ];
        let found = cases.map(|(path, _)| (path, matters(Path::new(path), Path::new("/s/output"))));
        assert_eq!(found, cases);
    }

    #[test]
    fn what_changes_together_is_told_once() {
        let (tell, events) = channel();
        for name in ["b", "a", "b"] {
            tell.send(PathBuf::from(name)).expect("somebody hears it");
        }
        drop(tell);
        assert_eq!(together(&events), Some(["a", "b"].map(PathBuf::from).into()));
        assert_eq!(together(&events), None);
    }
}
