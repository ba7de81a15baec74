//! The command line: arguments, a function a command, and what is printed.

mod args;
mod load;
mod outline;
mod report;

use crate::build::{self, Order, Product};
use crate::diag::{Code, Diagnostic, Place, Severity, Warned};
use crate::season::Paper;
use crate::{markdown, outline as structure};
use args::{Arguments, Build, Command, Eject, Inspect, Normalize, PaperName, Proof, What};
use clap::Parser as _;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// All is well.
const DONE: u8 = 0;
/// A dossier failed; the others were made.
const SOME_FAILED: u8 = 1;
/// The call, the season or the layout is wrong; nothing was made.
const WRONG_CALL: u8 = 2;

/// Runs the program with the arguments it was called with.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => {
            // help and version are no errors: clap knows, and prints where it should
            let _ = message.print();
            return ExitCode::from(if message.use_stderr() { WRONG_CALL } else { DONE });
        }
    };
    ExitCode::from(match arguments.command {
        Command::Build(arguments) => build(arguments),
        Command::Inspect(arguments) => inspect(&arguments),
        Command::Proof(arguments) => proof(arguments),
        Command::Normalize(arguments) => normalize(&arguments),
        Command::Eject(arguments) => eject(&arguments),
        Command::Load(arguments) => load::load(arguments),
    })
}

fn build(arguments: Build) -> u8 {
    let named = !arguments.names.is_empty();
    let order = Order {
        products: products(&arguments.only),
        editions: arguments.editions,
        paper: arguments.paper.map(paper),
        names: arguments.names,
        sources: arguments.sources.sources,
        output: arguments.output,
        layout: arguments.layout,
        almanac: arguments.almanac,
        strict: arguments.strict,
        jobs: arguments.jobs.map_or_else(cores, usize::from),
        epoch: source_date_epoch(),
    };
    let follower = report::Follower::new(arguments.loudness.quiet);
    match build::build(&order, &follower) {
        Ok(outcomes) => {
            follower.close(&outcomes, arguments.loudness.verbose);
            if outcomes.iter().all(|outcome| outcome.result.is_ok()) { DONE } else { SOME_FAILED }
        }
        Err(errors) => {
            report::tell(&errors);
            // a dossier that was named and is not there failed; a broken season is a wrong call
            let only_files = errors.iter().all(|error| error.code == Code::File);
            if named && only_files { SOME_FAILED } else { WRONG_CALL }
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The day that stands for "now", as reproducible builds agree on it.
#[expect(
    clippy::disallowed_methods,
    reason = "the one variable of the environment that an output may depend on"
)]
fn source_date_epoch() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok()
}

/// Prints what may be titles of works, as season.yaml takes it.
fn works(arguments: &Inspect) -> u8 {
    match build::suggestions(&arguments.name, &arguments.sources.sources) {
        Ok(found) if found.is_empty() => report::say("nothing else in it looks like a title"),
        Ok(found) => {
            let entries = found.iter().map(|suggestion| format!("  {}", suggestion.entry()));
            report::print(
                &std::iter::once("works:".to_owned()).chain(entries).collect::<Vec<_>>().join("\n"),
            );
        }
        Err(errors) => return failed(&errors),
    }
    DONE
}

fn inspect(arguments: &Inspect) -> u8 {
    if arguments.works {
        return works(arguments);
    }
    match build::read_one(&arguments.name, &arguments.sources.sources) {
        Ok((job, Warned { value: read, warnings })) => {
            let source = if job.reviewed { None } else { Some(&read.source) };
            if arguments.json {
                report::print(&structure::json(&read.dossier, source).to_string());
            } else if arguments.edits {
                report::print(&edits(&read));
            } else {
                report::print(&outline::outline(&read.dossier, &read.source));
            }
            if !arguments.loudness.quiet && !arguments.json {
                report::tell(&worth_telling(warnings, arguments.loudness.verbose));
            }
            DONE
        }
        Err(errors) => failed(&errors),
    }
}

fn proof(arguments: Proof) -> u8 {
    let (job, page) = match build::proof(&arguments.name, &arguments.sources.sources) {
        Ok(made) => made,
        Err(errors) => return failed(&errors),
    };
    let output = arguments.output.unwrap_or_else(|| PathBuf::from(format!("{}.proof.html", job.slug)));
    if output == Path::new("-") {
        report::print(page.trim_end());
        return DONE;
    }
    if build::is_same_file(&output, &job.path) {
        return failed(&[would_lose_the_dossier(&output)]);
    }
    match build::write_text(&output, &page) {
        Ok(()) => {
            let (output, source) = (output.display(), job.path.display());
            report::say(&format!("{output}: how {source} was understood; open it in a browser"));
            DONE
        }
        Err(error) => failed(&[error]),
    }
}

fn would_lose_the_dossier(output: &Path) -> Diagnostic {
    Diagnostic::error(Code::File, "this is the dossier itself: the page would stand in its place")
        .at(Place::file(output.display().to_string()))
        .hint("choose another name for the page")
}

/// Warnings, and notes only where more is asked for.
fn worth_telling(warnings: Vec<Diagnostic>, verbose: bool) -> Vec<Diagnostic> {
    warnings.into_iter().filter(|warning| verbose || warning.severity > Severity::Note).collect()
}

/// Every change that cleaning made, a line each: line of the file, rule, before and after.
fn edits(read: &build::ReadDossier) -> String {
    let edits = read.recovered.as_ref().map(|recovered| recovered.edits.as_slice()).unwrap_or_default();
    let lines = edits.iter().map(|edit| {
        let line = read.source.line_of(edit.span.start);
        let (before, after) = report::difference(&edit.before, &edit.after);
        format!("{line:>5}  {}: {before} → {after}", edit.rule.name())
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn normalize(arguments: &Normalize) -> u8 {
    let (job, read, warnings) = match build::read_one(&arguments.name, &arguments.sources.sources) {
        Ok((job, Warned { value: read, warnings })) => (job, read, warnings),
        Err(errors) => return failed(&errors),
    };
    report::tell(&worth_telling(warnings, false));
    let text = markdown::write(&read.dossier);
    let Some(output) = &arguments.output else {
        report::print(text.trim_end());
        return DONE;
    };
    if build::is_there(output) && !arguments.force {
        return failed(&[would_overwrite(output)]);
    }
    match build::write_text(output, &text) {
        Ok(()) => {
            report::say(&format!("{}: the reviewed form of {}", output.display(), job.path.display()));
            DONE
        }
        Err(error) => failed(&[error]),
    }
}

fn would_overwrite(output: &Path) -> Diagnostic {
    Diagnostic::error(Code::File, "this file is there already, and a person may have corrected it")
        .at(Place::file(output.display().to_string()))
        .hint("choose another name, or write over it with --force")
}

fn eject(arguments: &Eject) -> u8 {
    let Eject { name, folder, layout, edition, sources } = arguments;
    let order = Order {
        names: vec![name.clone()],
        sources: sources.sources.clone(),
        output: folder.clone(),
        layout: layout.clone(),
        paper: None,
        editions: vec![edition.clone()],
        products: BTreeSet::from([Product::Booklet]),
        almanac: false,
        strict: false,
        jobs: 1,
        epoch: None,
    };
    match build::eject(&order) {
        Ok(files) => {
            let main = folder.join("booklet.typ");
            report::say(&format!(
                "{} files in {}; try: typst compile --ignore-system-fonts --font-path {} {}",
                files.len(),
                folder.display(),
                folder.join("fonts").display(),
                main.display()
            ));
            DONE
        }
        Err(errors) => failed(&errors),
    }
}

/// What `--only` asks for; booklets and e-books where it is not given.
fn products(only: &[What]) -> BTreeSet<Product> {
    if only.is_empty() {
        return BTreeSet::from([Product::Booklet, Product::Ebook]);
    }
    let product = |what: &What| match what {
        What::Pdf => Product::Booklet,
        What::Epub => Product::Ebook,
        What::Kepub => Product::Kepub,
        What::Print => Product::Print,
        What::Press => Product::Press,
    };
    only.iter().map(product).collect()
}

fn paper(name: PaperName) -> Paper {
    match name {
        PaperName::A5 => Paper::A5,
        PaperName::A4 => Paper::A4,
        PaperName::HalfLetter => Paper::HalfLetter,
        PaperName::Digest => Paper::Digest,
    }
}

fn failed(errors: &[Diagnostic]) -> u8 {
    report::tell(errors);
    if errors.iter().any(|error| error.code == Code::Settings) { WRONG_CALL } else { SOME_FAILED }
}
