//! One dossier: every edition that is wanted of it, made and checked.

use super::press::Press;
use super::unit::Way;
use super::workshop::{ReadDossier, Workshop};
use super::{Job, Order, store};
use crate::book::SeasonFilm;
use crate::diag::{Code, Diagnostic, Place, Severity, Warned};
use crate::pdf::Fault;
use crate::season::Edition;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What was made of a dossier.
#[derive(Debug, Default)]
pub struct Made {
    /// The files that are ready, until they are stored.
    pub outputs: Vec<Output>,
    /// The files that were stored, and their sizes.
    pub files: Vec<(PathBuf, usize)>,
    /// How they came to be there.
    pub way: Way,
    /// The editions that were made.
    pub editions: Vec<MadeEdition>,
    /// What the editor should know of the files.
    pub warnings: Vec<Diagnostic>,
    /// Words of the dossier.
    pub words: usize,
    /// How many chapters were found.
    pub chapters: usize,
    /// Titles of the chapters that were not.
    pub missing: Vec<String>,
}

/// A file that is ready to be stored.
#[derive(Debug)]
pub struct Output {
    /// Its name in the folder of the outputs.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// An edition that was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MadeEdition {
    /// The name of its files without their endings.
    pub stem: String,
    /// Pages of its booklet.
    pub pages: usize,
    /// How the pages fill the sheets.
    pub sheets: String,
    /// What is wrong with its pages, after all that could be mended was.
    #[serde(skip)] // the warnings tell of them
    pub faults: Vec<Fault>,
}

/// What is made of every dossier.
#[derive(Clone, Copy)]
pub struct PrintRun<'a> {
    /// What is ordered.
    pub order: &'a Order,
    /// The editions that are ordered.
    pub editions: &'a [Edition],
    /// The season's films, as their dossiers tell them.
    pub films: &'a [SeasonFilm],
}

impl Workshop {
    /// Makes what is ordered of a dossier, and checks it; nothing is stored yet.
    pub fn make(
        &self,
        job: &Job,
        read: Warned<ReadDossier>,
        run: &PrintRun<'_>,
    ) -> (Result<Made, Vec<Diagnostic>>, Vec<Diagnostic>) {
        let Warned { value: read, mut warnings } = read;
        if run.order.strict {
            let doubts = take_doubts(&mut warnings);
            if !doubts.is_empty() {
                return (Err(doubts), warnings);
            }
        }
        let result = self.editions(job, &read, run, &mut warnings);
        (result, warnings)
    }

    fn editions(
        &self,
        job: &Job,
        read: &ReadDossier,
        run: &PrintRun<'_>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Made, Vec<Diagnostic>> {
        let whole = self.bind(job, read, run.films);
        warnings.extend(self.unprintable(&whole, read));
        let mut made = Made {
            words: read.words(),
            chapters: read.dossier.chapters.len(),
            missing: self.missing(&read.dossier),
            ..Made::default()
        };
        for edition in run.editions {
            let press = match Press::new(self, read, &whole, job, run.order, edition) {
                Ok(press) => press,
                Err(errors) if may_lack(run, &errors) => {
                    warnings.extend(
                        errors.into_iter().map(|error| Diagnostic { severity: Severity::Warning, ..error }),
                    );
                    continue;
                }
                Err(errors) => return Err(errors),
            };
            warnings.extend(press.warnings);
            press.value.run(&mut made)?;
            if let Some(edition) = made.editions.last() {
                warnings.extend(page_notes(job, edition));
            }
        }
        warnings.append(&mut made.warnings);
        Ok(made)
    }
}

/// A film without a guide has no edition of the guide, and its others are made all the same; whoever
/// asks for an edition by name is told that it cannot be.
fn may_lack(run: &PrintRun<'_>, errors: &[Diagnostic]) -> bool {
    let listed = run.order.editions.is_empty() && run.editions.len() > 1;
    listed && errors.iter().all(|error| error.code == Code::Edition)
}

/// Takes the doubts about chapters out of the warnings, as errors.
fn take_doubts(warnings: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_doubt = |warning: &mut Diagnostic| warning.code == Code::ChapterUnsure;
    let doubts = warnings.extract_if(.., is_doubt);
    doubts.map(|doubt| Diagnostic { severity: Severity::Error, ..doubt }).collect()
}

/// The faults of an edition's pages, as the editor sees them.
fn page_notes(job: &Job, edition: &MadeEdition) -> Vec<Diagnostic> {
    let place = || Place::file(store::shown(&job.path));
    let mut notes =
        vec![Diagnostic::note(Code::Page, format!("{}: {}", edition.stem, edition.sheets)).at(place())];
    notes.extend(edition.faults.iter().map(|Fault { kind, label, words, .. }| {
        Diagnostic::note(Code::Page, format!("{}, page {label}: {kind}: “{words}”", edition.stem)).at(place())
    }));
    notes
}
