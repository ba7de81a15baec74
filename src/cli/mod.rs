//! The command line: arguments, a function a command, and what is printed.

mod args;
mod load;
mod outline;
mod report;
mod serve;

use crate::build::{self, Built, Cleared, Order, Outcome, Product, Unit, Units};
use crate::diag::{Code, Diagnostic, Place, Severity, Warned};
use crate::season::Paper;
use crate::{markdown, outline as structure};
use args::{
    Arguments, Build, CacheFolder, Clean, Command, Eject, Inspect, Normalize, PaperName, Plan, Proof, Wanted,
    What,
};
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
        Command::Watch(arguments) => serve::watch(arguments),
        Command::Serve(arguments) => serve::serve(arguments),
        Command::Plan(arguments) => plan(arguments),
        Command::Inspect(arguments) => inspect(&arguments),
        Command::Proof(arguments) => proof(arguments),
        Command::Normalize(arguments) => normalize(&arguments),
        Command::Eject(arguments) => eject(&arguments),
        Command::Load(arguments) => load::load(arguments),
        Command::Clean(arguments) => clean(arguments),
    })
}

fn build(arguments: Build) -> u8 {
    let Build { wanted, why, prune, loudness } = arguments;
    let order = Order { prune, ..order(wanted) };
    let named = !order.names.is_empty();
    let follower = report::Follower::new(loudness.quiet);
    match build::build(&order, &follower) {
        Ok(Built { outcomes, page, notes }) => {
            follower.close(&outcomes, loudness.verbose);
            report::tell(&worth_telling(notes, !loudness.quiet));
            reasons(&outcomes, &why);
            match &page {
                Ok(Some(page)) if !loudness.quiet => {
                    report::say(&format!("{}: the season's page, for its members", page.display()));
                }
                Ok(_) => {}
                Err(error) => report::tell(std::slice::from_ref(error)),
            }
            let all_is_well = page.is_ok() && outcomes.iter().all(|outcome| outcome.result.is_ok());
            if all_is_well { DONE } else { SOME_FAILED }
        }
        Err(errors) => nothing_made(&errors, named),
    }
}

/// A dossier that was named and is not there failed; a broken season is a wrong call.
fn nothing_made(errors: &[Diagnostic], named: bool) -> u8 {
    report::tell(errors);
    let only_files = errors.iter().all(|error| error.code == Code::File);
    if named && only_files { SOME_FAILED } else { WRONG_CALL }
}

fn order(wanted: Wanted) -> Order {
    Order {
        products: products(&wanted.only),
        editions: wanted.editions,
        paper: wanted.paper.map(paper),
        names: wanted.names,
        sources: wanted.sources.sources,
        output: wanted.output,
        layout: wanted.layout,
        strict: wanted.strict,
        prune: false,
        cache: cache_folder(wanted.cache),
        jobs: wanted.jobs.map_or_else(cores, usize::from),
        epoch: source_date_epoch(),
    }
}

fn plan(arguments: Plan) -> u8 {
    let order = order(arguments.wanted);
    match build::units(&order) {
        Ok(units) if arguments.json => {
            report::print(&serde_json::to_string_pretty(&units).unwrap_or_default());
            DONE
        }
        Ok(Units { units, .. }) => {
            for unit in &units {
                let Unit { slug, cost, .. } = unit;
                let fate = match unit {
                    Unit { done: true, .. } => "nothing has changed",
                    Unit { cached: true, .. } => "from the cache",
                    Unit { .. } => "to be made",
                };
                report::print(&format!("{slug}: {fate} ({cost} words × editions)"));
            }
            DONE
        }
        Err(errors) => nothing_made(&errors, !order.names.is_empty()),
    }
}

/// What made films be built, of which the editor asks it.
fn reasons(outcomes: &[Outcome], slugs: &[String]) {
    for outcome in outcomes.iter().filter(|outcome| slugs.contains(&outcome.slug)) {
        let Outcome { slug, changes, .. } = outcome;
        if changes.is_empty() {
            report::print(&format!("{slug}: nothing has changed"));
        }
        for change in changes {
            report::print(&format!("{slug}: {change}"));
        }
    }
}

/// Where the cache is; none where nothing is to be kept, or the person has no home.
#[expect(clippy::disallowed_methods, reason = "where caches stand is the matter of the environment")]
fn cache_folder(asked: CacheFolder) -> Option<PathBuf> {
    if asked.no_cache {
        return None;
    }
    asked.cache.or_else(|| build::cache_folder(std::env::var_os("XDG_CACHE_HOME").as_deref()))
}

fn clean(arguments: Clean) -> u8 {
    let asked = CacheFolder { cache: arguments.cache, no_cache: false };
    match build::clean(cache_folder(asked).as_deref()) {
        Ok(Cleared { files, bytes }) => {
            report::say(&format!("{files} files with {} kB removed from the cache", bytes.div_ceil(1000)));
            DONE
        }
        Err(error) => failed(&[error]),
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
        strict: false,
        prune: false,
        cache: None,
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
