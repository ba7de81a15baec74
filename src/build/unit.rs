//! One film of an order: found as it is, taken from the cache, or made.

use super::inputs::{Common, Inputs};
use super::make::{Output, PrintRun};
use super::record::Record;
use super::register::{Change, Register};
use super::told::Readings;
use super::workshop::Workshop;
use super::{Job, Made, store};
use crate::diag::{Code, Diagnostic, Place};

/// So often a film is begun whose dossier or pictures change while it is made.
const ATTEMPTS: usize = 3;

/// Under this kind the cache has what was made of films, without the files.
const RECORD: &str = "made";

/// How the outputs of a film came to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Nothing that goes into them has changed, and they stand as they were written.
    Unchanged,
    /// They were made before, and taken from the cache.
    Recalled,
    /// They were made now.
    #[default]
    Made,
}

/// What every film of an order is made with.
pub struct Line<'a> {
    /// Season, layouts, fonts.
    pub workshop: &'a Workshop,
    /// What is made of each film.
    pub run: PrintRun<'a>,
    /// What goes into all of them.
    pub common: &'a Common,
    /// What stands in the folder of the outputs.
    pub register: &'a Register,
    /// Dossiers that were read already.
    pub readings: &'a Readings,
}

/// What became of a film.
#[derive(Debug)]
pub struct Settled {
    /// What was made, or why not.
    pub result: Result<Made, Vec<Diagnostic>>,
    /// What the editor should know.
    pub warnings: Vec<Diagnostic>,
    /// What is otherwise than when its outputs were written; nothing where they stay.
    pub changes: Vec<Change>,
}

impl Settled {
    fn failed(error: Diagnostic) -> Self {
        Self { result: Err(vec![error]), warnings: Vec::new(), changes: Vec::new() }
    }
}

/// The parts of it that making gives.
type Making = (Result<Made, Vec<Diagnostic>>, Vec<Diagnostic>);

impl Line<'_> {
    /// The name under which the register has the outputs of a film: those of an unusual order stand beside the
    /// usual ones.
    pub fn unit(&self, job: &Job) -> String {
        unit(&job.slug, &self.run.order.in_words())
    }

    /// Sees to it that a film's outputs stand in their folder. Where somebody saves the dossier while it is made,
    /// it is made once more: what stands in the cache under a key is what that key says.
    pub fn settle(&self, job: &Job) -> Settled {
        for _ in 0..ATTEMPTS {
            match self.common.with(job) {
                Ok(inputs) => {
                    if let Some(settled) = self.settled(job, &inputs) {
                        return settled;
                    }
                }
                Err(error) => return Settled::failed(error),
            }
        }
        Settled::failed(restless(job))
    }

    /// What becomes of a film that is made of these inputs; nothing where they change meanwhile.
    fn settled(&self, job: &Job, inputs: &Inputs) -> Option<Settled> {
        if let Some((made, warnings)) = self.standing(job, &inputs.key()) {
            return Some(Settled { result: Ok(made), warnings, changes: Vec::new() });
        }
        let changes = self.register.why(&self.unit(job), inputs.by_name());
        let (mut result, mut warnings) = match self.recalled(job, inputs) {
            Some(recalled) => recalled,
            None => self.made(job, inputs)?,
        };
        if let Ok(made) = &mut result {
            warnings.append(&mut made.warnings);
        }
        Some(Settled { result, warnings, changes })
    }

    /// The outputs as they stand, where they are those of that key.
    pub fn standing(&self, job: &Job, key: &str) -> Option<(Made, Vec<Diagnostic>)> {
        let (mut made, warnings) = self.record(key)?.told(job, self.run.order);
        if !self.register.intact(&self.unit(job), key) {
            return None;
        }
        let files = self.register.files_of(&self.unit(job));
        let sized =
            |(name, size): (String, u64)| (self.path(&name), usize::try_from(size).unwrap_or_default());
        made.files = files.into_iter().map(sized).collect();
        made.way = Way::Unchanged;
        Some((made, warnings))
    }

    /// What was made, without the files: it stays in the cache when there is no room for these.
    fn record(&self, key: &str) -> Option<Record> {
        let alone =
            self.workshop.cache().recall(RECORD, key).and_then(|json| serde_json::from_slice(&json).ok());
        alone.or_else(|| self.workshop.cache().fetch(key)?.record())
    }

    /// The outputs as the cache has them.
    fn recalled(&self, job: &Job, inputs: &Inputs) -> Option<Making> {
        let entry = self.workshop.cache().fetch(&inputs.key())?;
        let (mut made, warnings) = entry.record::<Record>()?.told(job, self.run.order);
        let files = entry.names().map(|name| Some((name.to_owned(), entry.blob(name)?)));
        let files = files.collect::<Option<Vec<_>>>()?;
        made.way = Way::Recalled;
        Some((self.stored(job, inputs, &files, made), warnings))
    }

    /// The outputs, made; nothing where what they are made of changes meanwhile.
    fn made(&self, job: &Job, inputs: &Inputs) -> Option<Making> {
        let read = match self.readings.take(self.workshop, job) {
            Ok(read) if !inputs.has(&job.file_name(), read.value.source.sha256()) => return None,
            Ok(read) => read,
            Err(error) => return Some((Err(vec![error]), Vec::new())),
        };
        let (made, warnings) = self.workshop.make(job, read, &self.run);
        if self.common.with(job).is_ok_and(|now| now != *inputs) {
            return None;
        }
        let mut made = match made {
            Ok(made) => made,
            Err(errors) => return Some((Err(errors), warnings)),
        };
        let outputs = std::mem::take(&mut made.outputs);
        let blobs = outputs.iter().map(|it| (it.name.as_str(), it.bytes.as_slice())).collect::<Vec<_>>();
        let (key, record) = (inputs.key(), Record::of(&made, &warnings, job, self.run.order));
        self.workshop.cache().keep(&key, &record, &blobs);
        if let Ok(json) = serde_json::to_vec(&record) {
            self.workshop.cache().remember(RECORD, &key, &json);
        }
        let files = outputs.into_iter().map(|Output { name, bytes }| (name, bytes)).collect::<Vec<_>>();
        Some((self.stored(job, inputs, &files, made), warnings))
    }

    /// All files of a film are ready before the first of them stands in the folder of the outputs.
    fn stored(
        &self,
        job: &Job,
        inputs: &Inputs,
        files: &[(String, Vec<u8>)],
        mut made: Made,
    ) -> Result<Made, Vec<Diagnostic>> {
        made.files = files.iter().map(|(name, bytes)| (self.path(name), bytes.len())).collect();
        let committed = self.register.commit(&self.unit(job), &inputs.key(), inputs.by_name(), files);
        made.warnings = committed.map_err(|error| vec![error])?.notes;
        Ok(made)
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.run.order.output.join(name)
    }
}

fn restless(job: &Job) -> Diagnostic {
    Diagnostic::error(Code::File, "this dossier or its pictures change again and again while it is built")
        .at(Place::file(store::shown(&job.path)))
        .hint("wait until all is saved and copied, and build again; its last good outputs are still in place")
}

/// The name of a film's outputs in the register: `the-general`, `the-general/ --only print.pdf`. A slash stands
/// in no slug, so no film's outputs are taken for another's.
pub fn unit(slug: &str, order: &str) -> String {
    if order.is_empty() { slug.to_owned() } else { format!("{slug}/ {order}") }
}

/// Whether a film's outputs have that name in the register.
pub fn is_of(unit: &str, slug: &str) -> bool {
    unit.strip_prefix(slug).is_some_and(|rest| rest.is_empty() || rest.starts_with("/ "))
}
