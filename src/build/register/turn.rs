//! What a build does while it is its turn: it finishes what the dead have begun, then its own.

use super::desk::Staging;
use super::journal::Journal;
use super::manifest::Manifest;
use super::{Committed, Register};
use crate::diag::{Code, Diagnostic, Severity};

/// The outputs after all is finished or undone that dead builds left.
pub struct Settled {
    /// The list as it is then.
    pub manifest: Manifest,
    /// What could not be finished.
    pub stuck: Vec<(Staging, Journal)>,
    /// What the editor should know of it.
    pub notes: Vec<Diagnostic>,
}

impl Register {
    /// Lets those files wait that do not stand there already.
    pub(super) fn stage(
        &self,
        staging: &Staging,
        journal: &mut Journal,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), Diagnostic> {
        for (number, (file, (name, bytes))) in journal.files.iter_mut().zip(files).enumerate() {
            if !file.waits && self.desk.hash(name)?.as_ref() != Some(&file.sha256) {
                self.desk.write(&staging.at.join(number.to_string()), bytes)?;
                file.waits = true;
            }
        }
        Ok(())
    }

    /// Replaces what waits. In one's turn alone.
    pub(super) fn replace(
        &self,
        staging: &Staging,
        journal: &mut Journal,
        files: &[(String, Vec<u8>)],
    ) -> Result<Committed, Diagnostic> {
        let Settled { mut manifest, stuck, mut notes } = self.settle()?;
        // another build may have replaced what stood there already
        self.stage(staging, journal, files)?;
        let superseded = stuck.into_iter().filter(|(_, unfinished)| unfinished.film == journal.film);
        let superseded = superseded.collect::<Vec<_>>();
        for (_, unfinished) in &superseded {
            self.adopt(&mut manifest, unfinished)?;
        }
        notes.extend(self.foreign(&manifest, journal)?);
        self.desk.announce(&staging.at, journal)?;
        for (unfinished, _) in superseded {
            self.desk.discard(unfinished)?;
        }
        self.finish(staging, journal, &mut manifest)?;
        let named = |waits| {
            let files = journal.files.iter().filter(move |file| file.waits == waits);
            files.map(|file| file.name.clone()).collect()
        };
        // what follows is cleaning up, and may be left to the next
        let _ = self.desk.retract(&staging.at);
        let stale = manifest.stale_of(&journal.film);
        *self.known() = manifest;
        Ok(Committed { written: named(true), unchanged: named(false), stale, notes })
    }

    fn finish(
        &self,
        staging: &Staging,
        journal: &Journal,
        manifest: &mut Manifest,
    ) -> Result<(), Diagnostic> {
        self.desk.carry_out(&staging.at, journal)?;
        manifest.enter(journal);
        self.desk.put_lists(&staging.at, manifest)
    }

    /// Reads the list anew, and finishes or undoes what dead builds left. In one's turn alone.
    pub(super) fn settle(&self) -> Result<Settled, Diagnostic> {
        let manifest = self.desk.manifest()?.unwrap_or_else(|| self.known().clone());
        let mut settled = Settled { manifest, stuck: Vec::new(), notes: Vec::new() };
        for at in self.desk.stagings()? {
            let Some(staging) = self.desk.inherit(at) else { continue };
            match self.desk.announced(&staging.at) {
                Ok(Some(journal)) => match self.finish(&staging, &journal, &mut settled.manifest) {
                    Ok(()) => {
                        settled.notes.push(finished(&journal.film));
                        let _ = self.desk.discard(staging);
                    }
                    Err(error) => {
                        settled.notes.push(Diagnostic { severity: Severity::Warning, ..error });
                        settled.stuck.push((staging, journal));
                    }
                },
                // it came not so far that something was to be finished
                Ok(None) => drop(self.desk.discard(staging)),
                Err(error) => settled.notes.push(Diagnostic { severity: Severity::Warning, ..error }),
            }
        }
        *self.known() = settled.manifest.clone();
        Ok(settled)
    }

    /// Enters what stands there of a commit that could not be finished: it is bookify's own.
    fn adopt(&self, manifest: &mut Manifest, unfinished: &Journal) -> Result<(), Diagnostic> {
        for file in &unfinished.files {
            if self.desk.hash(&file.name)?.as_ref() == Some(&file.sha256) {
                manifest.files.insert(file.name.clone(), file.line(&unfinished.film));
            }
        }
        Ok(())
    }

    /// Notes of what is to be replaced though it is not as bookify wrote it.
    fn foreign(&self, manifest: &Manifest, journal: &Journal) -> Result<Vec<Diagnostic>, Diagnostic> {
        let mut notes = Vec::new();
        for file in journal.files.iter().filter(|file| file.waits) {
            let Some(hash) = self.desk.hash(&file.name)? else { continue };
            let own = manifest.files.get(&file.name).is_some_and(|line| line.sha256 == hash);
            if own || hash == file.sha256 {
                continue;
            }
            let place = self.desk.place_of(&file.name);
            let what = "bookify did not write this file, or somebody changed it since";
            notes.push(Diagnostic::note(Code::Output, format!("{what}; it was replaced")).at(place));
        }
        Ok(notes)
    }
}

fn finished(film: &str) -> Diagnostic {
    Diagnostic::note(Code::Output, format!("a build that was cut off was finished: {film}"))
}
