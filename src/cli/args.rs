//! Arguments: one definition gives parsing, help and errors.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns the raw dossiers of a film club into typeset booklets (PDF) and e-books (EPUB).
#[derive(Debug, Parser)]
#[command(name = "bookify", version, about, long_about = None, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 all is well; 1 a dossier failed, the others were made; 2 the call, the season or the layout is wrong, nothing was made.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the booklets and e-books of the season, or of some dossiers
    Build(Build),
    /// Build, and build again whenever a text, a picture, the season or the layout changes
    Watch(Watch),
    /// As watch, and show the members' page, all pages and proofs in the browser of this machine
    Serve(Serve),
    /// Tell what a build would make and of what, without making or writing anything
    Plan(Plan),
    /// Show the structure that was recovered from a dossier
    Inspect(Inspect),
    /// Show in a page for the browser how a raw dossier was understood, line against line
    Proof(Proof),
    /// Write the reviewed form of a dossier: Markdown that a person can correct
    Normalize(Normalize),
    /// Write a self-contained Typst project of a dossier, for designers
    Eject(Eject),
    /// Copy the e-books onto an e-reader that is connected as a drive: only what changed
    Load(Load),
    /// Empty the cache: what is built next is made anew
    Clean(Clean),
}

/// Where the dossiers are.
#[derive(Args, Debug)]
pub struct Sources {
    /// Folder of the dossiers and of season.yaml
    #[arg(long, value_name = "DIR", default_value = "sources")]
    pub sources: PathBuf,
}

/// How much is said.
#[derive(Args, Debug)]
pub struct Loudness {
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more: notes, encodings, what was cleaned
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// The cache.
#[derive(Args, Debug)]
pub struct CacheFolder {
    /// Folder of the cache, which several machines may share [default: bookify's folder among the caches of this computer]
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// Make everything anew, and keep nothing
    #[arg(long, conflicts_with = "cache")]
    pub no_cache: bool,
}

/// `bookify clean`
#[derive(Args, Debug)]
pub struct Clean {
    /// Folder of the cache [default: bookify's folder among the caches of this computer]
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
}

/// What is to be made, and where.
#[derive(Args, Debug)]
pub struct Wanted {
    /// Files, or names of dossiers of the season; all of them if none is given
    #[arg(value_name = "FILE|SLUG")]
    pub names: Vec<PathBuf>,
    /// Where the dossiers are
    #[command(flatten)]
    pub sources: Sources,
    /// Folder of the outputs
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Layout: a name, or a folder that holds layout.yaml
    #[arg(long, value_name = "NAME|DIR")]
    pub layout: Option<String>,
    /// Editions: booklet, before, discussion, or one of season.yaml [default: those that season.yaml lists]
    #[arg(long = "edition", value_name = "NAME", value_delimiter = ',')]
    pub editions: Vec<String>,
    /// Paper of the booklets, where the season's is not wanted
    #[arg(long, value_name = "PAPER")]
    pub paper: Option<PaperName>,
    /// Make only these
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub only: Vec<What>,
    /// Make no dossier with a chapter whose start is not sure
    #[arg(long)]
    pub strict: bool,
    /// Where what was made is kept
    #[command(flatten)]
    pub cache: CacheFolder,
    /// How many dossiers are made at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

/// `bookify build`
#[derive(Args, Debug)]
pub struct Build {
    /// What is to be made
    #[command(flatten)]
    pub wanted: Wanted,
    /// Say what made this film be built
    #[arg(long, value_name = "SLUG", value_delimiter = ',')]
    pub why: Vec<String>,
    /// Remove the outputs of films that are not there any more, but no file that bookify did not write
    #[arg(long)]
    pub prune: bool,
    /// How much is said
    #[command(flatten)]
    pub loudness: Loudness,
}

/// `bookify watch`
#[derive(Args, Debug)]
pub struct Watch {
    /// What is built
    #[command(flatten)]
    pub wanted: Wanted,
    /// How much is said
    #[command(flatten)]
    pub loudness: Loudness,
}

/// `bookify serve`
#[derive(Args, Debug)]
pub struct Serve {
    /// The port of this machine; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = crate::serve::PORT)]
    pub port: u16,
    /// What is built, and how much is said of it
    #[command(flatten)]
    pub watch: Watch,
}

/// `bookify plan`
#[derive(Args, Debug)]
pub struct Plan {
    /// What would be made
    #[command(flatten)]
    pub wanted: Wanted,
    /// Print it as JSON: inputs, outputs, keys, costs
    #[arg(long)]
    pub json: bool,
}

/// What can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The booklet
    Pdf,
    /// The e-book
    Epub,
    /// The e-book for Kobo's readers
    Kepub,
    /// The booklet on sheets, to be printed on both sides, folded and stitched
    Print,
    /// The booklet page by page for a print shop, with bleed
    Press,
}

/// A paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PaperName {
    /// 148 × 210 mm
    A5,
    /// 210 × 297 mm
    A4,
    /// 5.5 × 8.5 inches
    HalfLetter,
    /// 5.375 × 8.375 inches
    Digest,
}

/// `bookify inspect`
#[derive(Args, Debug)]
pub struct Inspect {
    /// A file, or the name of a dossier of the season
    #[arg(value_name = "FILE|SLUG")]
    pub name: PathBuf,
    /// Print the structure as JSON
    #[arg(long)]
    pub json: bool,
    /// List every change that cleaning made to the text
    #[arg(long, conflicts_with = "json")]
    pub edits: bool,
    /// List words that may be titles of works, ready for season.yaml
    #[arg(long, conflicts_with_all = ["json", "edits"])]
    pub works: bool,
    /// Where the dossiers are
    #[command(flatten)]
    pub sources: Sources,
    /// How much is said
    #[command(flatten)]
    pub loudness: Loudness,
}

/// `bookify proof`
#[derive(Args, Debug)]
pub struct Proof {
    /// A file, or the name of a dossier of the season
    #[arg(value_name = "FILE|SLUG")]
    pub name: PathBuf,
    /// The page to write; `-` prints it [default: the file's name with the ending .proof.html, here]
    #[arg(short, long, value_name = "OUT.html")]
    pub output: Option<PathBuf>,
    /// Where the dossiers are
    #[command(flatten)]
    pub sources: Sources,
}

/// `bookify normalize`
#[derive(Args, Debug)]
pub struct Normalize {
    /// A file, or the name of a dossier of the season
    #[arg(value_name = "FILE|SLUG")]
    pub name: PathBuf,
    /// Write into this file instead of printing
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// Where the dossiers are
    #[command(flatten)]
    pub sources: Sources,
}

/// `bookify eject`
#[derive(Args, Debug)]
pub struct Eject {
    /// A file, or the name of a dossier of the season
    #[arg(value_name = "FILE|SLUG")]
    pub name: PathBuf,
    /// The folder to write
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Layout: a name, or a folder that holds layout.yaml
    #[arg(long, value_name = "NAME|DIR")]
    pub layout: Option<String>,
    /// Edition
    #[arg(long, value_name = "NAME", default_value = "booklet")]
    pub edition: String,
    /// Where the dossiers are
    #[command(flatten)]
    pub sources: Sources,
}

/// `bookify load`
#[derive(Args, Debug)]
pub struct Load {
    /// Where the reader appears: its drive or folder
    #[arg(value_name = "DIR")]
    pub device: PathBuf,
    /// Names of e-books without their ending; all of the outputs if none is given
    #[arg(value_name = "SLUG")]
    pub slugs: Vec<String>,
    /// Folder of the outputs
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Write over files of the same name that bookify did not put there
    #[arg(long)]
    pub force: bool,
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Where the dossiers are
    #[command(flatten)]
    pub sources: Sources,
}
