//! Dependencies run one way. The order below is the house's; a module may use those before it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]
#![expect(clippy::disallowed_methods, reason = "the test reads the sources")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Floors of the house, lowest first. Modules on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["source", "parallel"],
    &["diag"],
    &["dossier", "settings"],
    &["scheme"],
    &["ingest", "markdown", "layout", "outline", "book", "picture", "html"],
    &["season", "collate"],
    &["pdf", "epub", "proof", "print", "catalogue"],
    &["build"],
    &["serve"],
    &["cli"],
];

/// What only some modules may name.
const RESERVED: &[(&str, &[&str])] = &[
    ("typst", &["pdf"]),
    ("lopdf", &["pdf", "print"]),
    ("comemo", &["pdf"]),
    ("epub_builder", &["epub"]),
    ("zip", &["epub", "ingest"]),
    ("comrak", &["markdown", "ingest"]),
    ("scraper", &["ingest"]),
    ("image", &["picture"]),
    ("jpeg_encoder", &["picture"]),
    ("icalendar", &["catalogue"]),
    ("moxcms", &["picture"]),
    ("resize", &["picture"]),
    ("notify", &["serve"]),
    ("httparse", &["serve"]),
    ("signal_hook", &["serve"]),
    ("std::fs", &["build"]),
    ("etcetera", &["build"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
];

fn floor(module: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| floor.contains(&module))
        .unwrap_or_else(|| panic!("{module} stands on no floor"))
}

/// Every source file with its top module.
fn files() -> Vec<(String, PathBuf)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![src.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let within = path.strip_prefix(&src).expect("it lies in src");
                let first = within.iter().next().expect("it has a name").to_string_lossy();
                found.push((first.trim_end_matches(".rs").to_owned(), path));
            }
        }
    }
    found.retain(|(module, path)| {
        let tests = path.iter().any(|part| part == "tests" || part == "tests.rs");
        !tests && !matches!(module.as_str(), "main" | "lib" | "stamp")
    });
    found
}

fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a source file is text");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_module_knows_one_above_it_or_beside_it() {
    let mut edges: BTreeMap<(String, String), PathBuf> = BTreeMap::new();
    for (module, path) in files() {
        for (at, _) in code(&path).match_indices("crate::") {
            let text = code(&path)[at + "crate::".len()..].to_owned();
            let used = match text.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or_default().to_owned(),
                None => text,
            };
            for name in used.split(',').take(if used.contains('\n') { 1 } else { 9 }) {
                let name: String =
                    name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if FLOORS.iter().any(|floor| floor.contains(&name.as_str())) && name != module {
                    edges.insert((module.clone(), name), path.clone());
                }
            }
        }
    }
    assert!(edges.len() > 15, "the test sees the edges: {edges:?}");
    let wrong = edges.iter().filter(|((from, to), _)| floor(to) >= floor(from)).collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_crate_that_one_module_owns_is_named_nowhere_else() {
    for (module, path) in files() {
        for (name, owners) in RESERVED {
            let code = code(&path);
            let named =
                [format!("use {name}::"), format!(" {name}::"), format!("({name}::"), format!("<{name}::")];
            let named = named.iter().any(|name| code.contains(name.as_str()));
            assert!(
                !named || owners.contains(&module.as_str()),
                "{} names {name}, which belongs to {owners:?}",
                path.display()
            );
        }
    }
}

#[test]
fn no_film_of_the_samples_is_named_in_the_program() {
    for (_, path) in files() {
        let code = code(&path).to_lowercase();
        for film in ["nosferatu", "400 blows", "keaton", "truffaut", "dreyer", "vertov", "murnau"] {
            let strings = code.split('"').skip(1).step_by(2);
            assert!(strings.into_iter().all(|text| !text.contains(film)), "{} names {film}", path.display());
        }
    }
}

#[test]
fn every_file_of_a_layout_is_built_in() {
    let stock = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/build/stock.rs"))
        .expect("it is there");
    for folder in [
        "layouts/common",
        "layouts/classic",
        "layouts/modern",
        "layouts/large-print",
        "layouts/chapters",
        "fonts",
    ] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut open = vec![root.clone()];
        while let Some(at) = open.pop() {
            for entry in std::fs::read_dir(at).expect("the folder can be read") {
                let path = entry.expect("an entry").path();
                let ending =
                    path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
                if path.is_dir() {
                    open.push(path);
                } else if ["typ", "yaml", "css", "ttf", "otf"].contains(&ending.as_str()) {
                    let within =
                        path.strip_prefix(&root).expect("it lies there").to_string_lossy().into_owned();
                    assert!(
                        stock.contains(&format!("\"{within}\"")),
                        "{within} is not in src/build/stock.rs"
                    );
                }
            }
        }
    }
}
