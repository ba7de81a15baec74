//! Turns the raw dossiers of film clubs into booklets and e-books.

pub mod book;
pub mod diag;
pub mod dossier;
pub mod ingest;
pub mod layout;
pub mod outline;
pub mod pdf;
pub mod scheme;
pub mod source;
