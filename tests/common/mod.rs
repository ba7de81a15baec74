//! What the tests of the program share: running it, and reading what it made.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files of their own")]
#![allow(dead_code, reason = "each test file uses a part of this")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A small dossier with a guide, two essays and the part after the film.
pub const SMALL: &str = include_str!("../cases/small.txt");

/// Runs the program in `folder`; a build makes everything, whatever was made before, unless it names a cache.
pub fn bookify(folder: &Path, arguments: &[&str]) -> Output {
    let builds = arguments.first() == Some(&"build");
    let anew = builds && arguments.iter().all(|argument| !argument.starts_with("--cache"));
    Command::new(env!("CARGO_BIN_EXE_bookify"))
        .args(arguments)
        .args(anew.then_some("--no-cache"))
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

/// Exit code and what was said.
pub fn said(output: &Output) -> (i32, String) {
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().expect("the program ends by itself"), text)
}

/// A folder with files.
pub fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
    folder
}

/// Names of the files of a folder, without those in which bookify keeps account of its outputs.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names = fs::read_dir(folder).map_or_else(
        |_| Vec::new(),
        |entries| {
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
        },
    );
    names.retain(|name| !matches!(name.as_str(), ".bookify" | "SHA256SUMS"));
    names.sort();
    names
}

/// Names of the booklets and e-books of a folder.
pub fn books(folder: &Path) -> Vec<String> {
    let mut names = names(folder);
    names
        .retain(|name| Path::new(name).extension().is_some_and(|ending| ending == "pdf" || ending == "epub"));
    names
}

/// Writes a file.
pub fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("the file can be written");
}

/// The bytes of a file.
pub fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of a booklet, page after page.
pub fn pdf_text(path: &Path) -> String {
    bookify::pdf::text_of(&bytes(path)).expect("the PDF can be read").concat()
}

/// The text of an e-book.
pub fn epub_text(path: &Path) -> String {
    bookify::epub::read_back(&bytes(path)).expect("the EPUB can be read")
}
