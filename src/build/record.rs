//! What is kept of a film beside its files, so that a build that makes nothing can tell what one that makes
//! everything would.

use super::{Job, Made, MadeEdition, Order, store};
use crate::diag::Diagnostic;
use serde::{Deserialize, Serialize};

/// What was made of a film, without the files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    editions: Vec<MadeEdition>,
    words: usize,
    chapters: usize,
    missing: Vec<String>,
    warnings: Vec<Diagnostic>,
    /// The dossier's file as it was shown to the editor who built it first.
    file: String,
    /// The folder of the dossiers as it was shown then.
    sources: String,
}

impl Record {
    /// What is kept of what was made.
    pub fn of(made: &Made, warnings: &[Diagnostic], job: &Job, order: &Order) -> Self {
        Self {
            editions: made.editions.clone(),
            words: made.words,
            chapters: made.chapters,
            missing: made.missing.clone(),
            warnings: warnings.to_owned(),
            file: store::shown(&job.path),
            sources: store::shown(&order.sources),
        }
    }

    /// What was made, as this build tells it: places are in the folders of this build.
    pub fn told(self, job: &Job, order: &Order) -> (Made, Vec<Diagnostic>) {
        let (file, sources) = (store::shown(&job.path), store::shown(&order.sources));
        let mut warnings = self.warnings;
        for place in warnings.iter_mut().filter_map(|warning| warning.place.as_mut()) {
            if place.file == self.file {
                place.file.clone_from(&file);
            } else if let Some(rest) = place.file.strip_prefix(&self.sources) {
                place.file = format!("{sources}{rest}");
            }
        }
        let made = Made {
            editions: self.editions,
            words: self.words,
            chapters: self.chapters,
            missing: self.missing,
            ..Made::default()
        };
        (made, warnings)
    }
}
