//! bookify turns the raw dossiers of film clubs into typeset booklets (PDF) and e-books (EPUB).
//!
//! # How one dossier goes through the house
//!
//! ```text
//! bytes → ingest → Dossier → book → pdf  → bytes ┐
//!            ↑     ↓  ↓↑             epub → bytes ┼→ collate → build → output/
//!         scheme   ↓ markdown                     ┘
//!                proof → page for the browser   a booklet’s bytes → print → sheets
//!                         what was made of all films → catalogue → page and feeds
//! ```
//!
//! - [`ingest`] recovers the structure: decode, clean, classify, segment, structure. Pure; it cannot
//!   fail but for a source that is no text.
//! - [`dossier`] is the intermediate form, data only; [`markdown`] writes and reads it as a file that
//!   a person can correct (the reviewed form); [`outline`] shows it as JSON.
//! - [`scheme`] says which chapters there are and by what they are known, as data.
//! - [`book`] resolves everything that is printed once, for both outputs; it also binds the books of a
//!   season's films as one, the almanac, which is a book like any other.
//! - [`picture`] makes of a club's picture what a printer and a screen need.
//! - [`pdf`] lays a book out through Typst, in memory; [`epub`] writes the e-book.
//! - [`mod@print`] takes a finished booklet and gives the sheets of a stitched one, or single pages for a
//!   print shop; it knows PDF and nothing of books.
//! - [`proof`] shows an editor how a raw dossier was understood, line against line, as a page of HTML.
//! - [`catalogue`] makes of a season's films and files the page for its members, feeds for reading apps
//!   and the dates for calendars; it knows neither dossiers nor folders.
//! - [`html`] writes elements of HTML, for [`proof`], [`catalogue`] and [`serve`].
//! - [`collate`] holds the words of source, dossier and both outputs against each other.
//! - [`build`] plans a season, makes the dossiers in parallel and stores what passed; it also loads e-books
//!   onto a reader (below).
//! - [`serve`] builds again whenever something changes, and shows it to the browsers of this machine.
//! - [`cli`] is the only part that prints.
//!
//! # How a season is built again
//!
//! ```text
//! Plan → Told (titles, dates) → Common inputs → Line ┬ inputs of a film → key ┬ standing?  nothing to do
//!                                                    │                        ├ in the cache? ┐
//!                                                    │                        └ made → cache ─┴→ register
//!                                                    └ files of all films → catalogue → register
//! ```
//!
//! All that goes into a film's outputs is hashed part by part, by name (`build::inputs`); the hash of these is the
//! film's key. Whatever is read for an output must be among its inputs: there is no other rule by which
//! something is found to be out of date. The cache (`build::cache`) finds finished outputs by their key, and is
//! believed only as far as its own hashes agree. The register (`build::register`) replaces a film's files together,
//! through a journal, and knows what bookify wrote, so that nothing else is ever removed. `build::units` tells of
//! all this without doing it.
//!
//! # What is not there
//!
//! Dependencies run one way: {`source`, `parallel`} < `diag` < {`dossier`, `settings`} < `scheme` < {`ingest`, `markdown`,
//! `layout`, `outline`, `book`, `picture`, `html`} < {`season`, `collate`} < {`pdf`, `epub`, `proof`, `print`,
//! `catalogue`} < `build` < `serve` < `cli`,
//! and none between modules on one floor (`tests/architecture.rs` reads the sources and says so).
//! Only `pdf` names typst, only `picture` names image and jpeg-encoder, only `epub` names epub-builder, only `serve` names notify, httparse and signal-hook,
//! only `build::store` touches files, only `cli::report` prints. Nothing reads the clock. Text of a dossier never becomes Typst source: a
//! layout reads it as data. No step knows a film.

pub mod book;
pub mod build;
pub mod catalogue;
pub mod cli;
pub mod collate;
pub mod diag;
pub mod dossier;
pub mod epub;
pub mod html;
pub mod ingest;
pub mod layout;
pub mod markdown;
pub mod outline;
pub mod parallel;
pub mod pdf;
pub mod picture;
pub mod print;
pub mod proof;
pub mod scheme;
pub mod season;
pub mod serve;
pub mod settings;
pub mod source;
