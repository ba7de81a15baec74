//! Loading: the season's e-books onto an e-reader that is connected as a drive.

mod copy;
mod ledger;
#[cfg(test)]
mod tests;

use super::device::{Device, plain_name};
use super::shelf::{Found, Shelf};
use super::{plan, store};
use crate::diag::{Code, Diagnostic, Place};
use crate::epub;
use crate::season::Season;
use std::io;
use std::path::{Path, PathBuf};

/// What is to be loaded, and where.
#[derive(Clone, Debug)]
pub struct LoadOrder {
    /// Names of e-books without their ending; none means all.
    pub slugs: Vec<String>,
    /// The folder of season.yaml, which gives the order and the folder's name.
    pub sources: PathBuf,
    /// The folder of the outputs.
    pub output: PathBuf,
    /// Where the reader is mounted.
    pub device: PathBuf,
    /// Whether files are overwritten that bookify did not put there.
    pub force: bool,
}

/// What became of an e-book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on the reader now, and was read back from it.
    Copied,
    /// It was there, byte for byte.
    AlreadyThere,
    /// It does not fit: so many bytes are too few; 0 where the reader was full against what it said.
    NoRoom {
        /// Bytes.
        lack: u64,
    },
    /// A file of that name is there that bookify did not put there, or that was changed since.
    NotOurs,
    /// The copying ended before it.
    NotReached,
}

/// An e-book as it goes onto the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Its file name there.
    pub name: String,
    /// Its bytes there.
    pub bytes: Vec<u8>,
}

/// What was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The kind of reader.
    pub device: Device,
    /// The folder of the e-books on it.
    pub folder: PathBuf,
    /// File name, size in bytes and fate of each e-book, in the season's order.
    pub books: Vec<(String, usize, Fate)>,
    /// Why e-books are not on the reader; empty where all are.
    pub troubles: Vec<Diagnostic>,
}

/// Copies e-books of the outputs onto a reader: a Kobo gets them as kepub, made from the EPUB on the way, so
/// that it is never older than the EPUB.
///
/// # Errors
/// Where nothing can be loaded: no such folder, a Kindle, no e-book, a broken season, a slug without e-book.
/// Nothing is written then.
pub fn load(order: &LoadOrder) -> Result<Loaded, Vec<Diagnostic>> {
    let season = plan::season(&order.sources).map_err(|error| vec![error])?;
    let disk = store::Disk::new(&order.device);
    if !disk.find(Path::new("")).is_ok_and(|it| it == Found::Folder) {
        return Err(vec![not_connected(&order.device)]);
    }
    let device = Device::of(&disk);
    if device == Device::Kindle {
        return Err(vec![takes_no_files(&order.device)]);
    }
    let parcels = pack(&choose(order, &season)?, device)?;
    let folder = device.library(&disk).join(folder_name(&season));
    let (fates, stopped) = copy::copy(&disk, &folder, &parcels, order.force);
    let there = Desk { disk: &disk, device: &order.device, folder: order.device.join(&folder) };
    let mut troubles = parcels
        .iter()
        .zip(&fates)
        .filter_map(|(parcel, fate)| there.trouble(parcel, *fate))
        .collect::<Vec<_>>();
    troubles.extend(stopped.map(|error| there.stopped(&error, &fates)));
    let books = parcels.into_iter().zip(fates).map(|(it, fate)| (it.name, it.bytes.len(), fate)).collect();
    Ok(Loaded { device, folder: there.folder, books, troubles })
}

/// The folder on the reader: the season's name, else the club's.
fn folder_name(season: &Season) -> String {
    plain_name(season.season.as_deref().or(season.club.as_deref()).unwrap_or("bookify"))
}

/// The EPUBs by name: those that are asked for, else all of the outputs, the season's films first.
fn choose(order: &LoadOrder, season: &Season) -> Result<Vec<(String, PathBuf)>, Vec<Diagnostic>> {
    let files = store::files_in(&order.output).map_err(|error| vec![error.hint(BUILD_FIRST)])?;
    let slug = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        let slug = name.strip_suffix(".epub").filter(|slug| slug.strip_suffix(".kepub").is_none())?;
        Some((slug.to_owned(), path.clone()))
    };
    let mut there = files.iter().filter_map(slug).collect::<Vec<_>>();
    there.sort_by_key(|(slug, _)| (season.film(slug).map_or(usize::MAX, |(at, _)| at), slug.clone()));
    if order.slugs.is_empty() {
        return if there.is_empty() { Err(vec![no_e_book(&order.output)]) } else { Ok(there) };
    }
    let missing = order.slugs.iter().filter(|slug| there.iter().all(|(name, _)| name != *slug));
    let missing = missing.map(|slug| not_built(slug, &order.output)).collect::<Vec<_>>();
    there.retain(|(slug, _)| order.slugs.contains(slug));
    if missing.is_empty() { Ok(there) } else { Err(missing) }
}

/// Reads the EPUBs and makes of them what the reader takes.
fn pack(books: &[(String, PathBuf)], device: Device) -> Result<Vec<Parcel>, Vec<Diagnostic>> {
    let mut parcels: Vec<Parcel> = Vec::new();
    let mut errors = Vec::new();
    for (slug, path) in books {
        match parcel(slug, path, device) {
            // FAT takes "The.epub" and "the.epub" for one file
            Ok(one) if parcels.iter().any(|it| it.name.to_lowercase() == one.name.to_lowercase()) => {
                errors.push(same_name(path));
            }
            Ok(one) => parcels.push(one),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(parcels) } else { Err(errors) }
}

fn parcel(slug: &str, path: &Path, device: Device) -> Result<Parcel, Diagnostic> {
    let (bytes, name) = (store::read(path)?, plain_name(slug));
    match device {
        Device::Kobo => {
            let kepub = epub::kepub(&bytes).map_err(|error| {
                error.at(Place::file(store::shown(path))).hint("build the e-book again: `bookify build`")
            })?;
            Ok(Parcel { name: format!("{name}.kepub.epub"), bytes: kepub })
        }
        Device::Tolino | Device::PocketBook | Device::Kindle | Device::Unknown => {
            Ok(Parcel { name: format!("{name}.epub"), bytes })
        }
    }
}

/// The reader while the editor is told about it.
struct Desk<'a> {
    disk: &'a dyn Shelf,
    device: &'a Path,
    folder: PathBuf,
}

impl Desk<'_> {
    /// Why an e-book is not on the reader, where that is its own matter.
    fn trouble(&self, parcel: &Parcel, fate: Fate) -> Option<Diagnostic> {
        let (message, hint) = match fate {
            Fate::Copied | Fate::AlreadyThere | Fate::NotReached => return None,
            Fate::NoRoom { lack: 0 } => {
                ("the reader is full".to_owned(), "delete books on the reader, then load again")
            }
            Fate::NoRoom { lack } => (
                format!("there is no room for this e-book: {} KB are missing", lack.div_ceil(1024)),
                "delete books on the reader, then load again",
            ),
            Fate::NotOurs => (
                "a file of this name is there that bookify did not put there, or that was changed since"
                    .to_owned(),
                "rename or delete it on the reader, or overwrite it with --force",
            ),
        };
        let place = Place::file(store::shown(&self.folder.join(&parcel.name)));
        Some(Diagnostic::error(Code::Device, message).at(place).hint(hint))
    }

    /// Why the copying ended before its end.
    fn stopped(&self, error: &io::Error, fates: &[Fate]) -> Diagnostic {
        let left = fates.iter().filter(|fate| **fate == Fate::NotReached).count();
        let gone = !self.disk.find(Path::new("")).is_ok_and(|it| it == Found::Folder);
        let (what, hint) = match error.kind() {
            kind if gone || kind == io::ErrorKind::NotFound => (
                "the reader is gone".to_owned(),
                "connect it and load again: what is there already is left as it is",
            ),
            io::ErrorKind::ReadOnlyFilesystem => (
                "the reader takes no files: it is mounted read-only".to_owned(),
                "eject it and connect it again; if that does not help, let the computer check the drive",
            ),
            io::ErrorKind::PermissionDenied => {
                ("you may not write on this reader".to_owned(), "change the permissions of this folder")
            }
            io::ErrorKind::InvalidData => (
                "a file came back from the reader with other bytes than were written".to_owned(),
                "try another cable or port; if it happens again, the reader's memory is failing",
            ),
            _ => (
                format!("the reader cannot be written to ({error})"),
                "connect it again, let the computer check the drive, and load again",
            ),
        };
        let message = format!("{what}; e-books not copied: {left}");
        Diagnostic::error(Code::Device, message).at(Place::file(store::shown(self.device))).hint(hint)
    }
}

const BUILD_FIRST: &str =
    "make the e-books first: `bookify build`; or name the folder of the outputs with --output";

fn no_e_book(output: &Path) -> Diagnostic {
    Diagnostic::error(Code::File, "there is no e-book in this folder")
        .at(Place::file(store::shown(output)))
        .hint(BUILD_FIRST)
}

fn not_built(slug: &str, output: &Path) -> Diagnostic {
    Diagnostic::error(Code::File, "there is no such e-book")
        .at(Place::file(store::shown(&output.join(format!("{slug}.epub")))))
        .hint(format!("check the name, or make it: `bookify build {slug}`"))
}

fn same_name(path: &Path) -> Diagnostic {
    Diagnostic::error(
        Code::File,
        "another e-book has this name on the reader, which tells no capitals from small letters",
    )
    .at(Place::file(store::shown(path)))
    .hint("give its dossier another name and build again")
}

fn not_connected(device: &Path) -> Diagnostic {
    Diagnostic::error(Code::Device, "there is no such folder")
        .at(Place::file(store::shown(device)))
        .hint("connect the reader, allow the connection on its screen, and name the folder or drive under which it appears")
}

/// Amazon documents EPUB for Send to Kindle alone; over USB a Kindle does not show it.
fn takes_no_files(device: &Path) -> Diagnostic {
    Diagnostic::error(Code::Device, "this is a Kindle, which shows no EPUB that is copied onto it; nothing was copied")
        .at(Place::file(store::shown(device)))
        .hint("send the .epub files of the outputs to the reader's own address by mail, or through amazon.com/sendtokindle: Amazon makes Kindle books of them")
}
