//! A finished booklet on paper: the sheets of a stitched one, or single pages for a print shop.
//!
//! Bytes of a PDF go in and come out; nothing is drawn anew. Pages stay as they are, letters as letters
//! and lines as lines, and every font is in the file once.
//!
//! - [`impose`](fn@impose) puts two pages on a sheet, in the order in which a duplex printer takes them:
//!   front, back, front, back, turned over the short edge. [`signature`] plans it, as data.
//! - [`press`](fn@press) leaves one page on a sheet, names where it is cut, and makes greys black ink.
//!
//! What does not come along: tags, links, outline, labels of pages and attachments (a sheet has no reading
//! order), and every claim to PDF/A or PDF/UA. Title, people, language and dates stay; the XMP packet
//! says which booklet the sheets come from. The same booklet and the same wishes give the same bytes.

mod bindery;
mod impose;
mod imprint;
mod ink;
mod marks;
mod original;
mod paper;
mod preflight;
mod press;
pub mod signature;

pub use impose::{Imposed, Imposition, impose};
pub use press::{Press, Pressed, press};

use crate::diag::{Code, Diagnostic};
use crate::source::hex_sha256;
use imprint::Provenance;
use std::fmt::Debug;

fn fault(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Print, message)
}

/// Identifiers of what is made of the booklet with the hash `family` as `order` wishes it.
fn provenance(family: &str, order: &impl Debug) -> Provenance {
    let version = env!("CARGO_PKG_VERSION");
    let own = hex_sha256(format!("{family} {version} {order:?}").as_bytes());
    let half = |hash: &str| hash.get(..32).unwrap_or(hash).to_owned();
    Provenance { family: half(family), own: half(&own) }
}
