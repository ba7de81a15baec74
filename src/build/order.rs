//! What is ordered of a build.

use super::stock;
use crate::diag::Diagnostic;
use crate::season::{Edition, Paper, Season};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What is to be built.
#[derive(Clone, Debug)]
pub struct Order {
    /// Files or slugs; none means all.
    pub names: Vec<PathBuf>,
    /// The folder of the dossiers and of season.yaml.
    pub sources: PathBuf,
    /// The folder of the outputs.
    pub output: PathBuf,
    /// A layout's name or folder, where the season's is not wanted.
    pub layout: Option<String>,
    /// The paper, where the season's is not wanted.
    pub paper: Option<Paper>,
    /// Names of editions; none means those that the season lists.
    pub editions: Vec<String>,
    /// What is made of each edition.
    pub products: BTreeSet<Product>,
    /// Whether the season's book is made besides.
    pub almanac: bool,
    /// Whether a chapter whose start is not sure fails its dossier.
    pub strict: bool,
    /// How many dossiers are made at once.
    pub jobs: usize,
    /// The folder of the cache; none where nothing is kept.
    pub cache: Option<PathBuf>,
    /// Whether outputs are removed whose films are not there any more.
    pub prune: bool,
    /// Seconds since 1970 that stand for "now" in the outputs (`SOURCE_DATE_EPOCH`).
    pub epoch: Option<i64>,
}

/// What can be made of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Product {
    /// The booklet, to be read on a screen or printed page by page.
    Booklet,
    /// The e-book.
    Ebook,
    /// The e-book as Kobo's readers take it best.
    Kepub,
    /// The booklet on sheets, to be printed, folded and stitched.
    Print,
    /// The booklet page by page for a print shop, with bleed.
    Press,
}

impl Product {
    /// The ending of its file: `pdf`.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Booklet => "pdf",
            Self::Ebook => "epub",
            Self::Kepub => "kepub.epub",
            Self::Print => "print.pdf",
            Self::Press => "press.pdf",
        }
    }
}

/// The last part of a path, as the editor may have written it.
pub fn file_name(path: &str) -> &str {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path)
}

impl Order {
    /// Whether it is made.
    #[must_use]
    pub fn makes(&self, product: Product) -> bool {
        self.products.contains(&product)
    }

    /// What distinguishes it from the usual order, as the options of the command line; empty where nothing does.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut words = Vec::new();
        if self.products != BTreeSet::from([Product::Booklet, Product::Ebook]) {
            let only = self.products.iter().map(|product| product.ending()).collect::<Vec<_>>();
            words.push(format!("--only {}", only.join(",")));
        }
        if !self.editions.is_empty() {
            words.push(format!("--edition {}", self.editions.join(",")));
        }
        words.extend(self.layout.as_ref().map(|layout| format!("--layout {}", file_name(layout))));
        words.extend(self.paper.map(|paper| format!("--paper {}", paper.name())));
        words.join(" ")
    }

    /// The editions that are ordered.
    ///
    /// # Errors
    /// Where the season has none of that name.
    pub fn editions_of(&self, season: &Season) -> Result<Vec<Edition>, Diagnostic> {
        let mut editions = if self.editions.is_empty() {
            season.listed_editions()
        } else {
            self.editions.iter().map(|name| season.edition(name)).collect::<Result<Vec<_>, _>>()?
        };
        for edition in &mut editions {
            edition.paper = self.paper.or(edition.paper);
        }
        Ok(editions)
    }

    /// The name of the layout in which an edition is made.
    #[must_use]
    pub fn layout_of<'a>(&'a self, edition: &'a Edition) -> &'a str {
        self.layout.as_deref().or(edition.layout.as_deref()).unwrap_or(stock::DEFAULT_LAYOUT)
    }
}
