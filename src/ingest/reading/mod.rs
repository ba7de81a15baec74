//! One reader a format. Each takes a file apart into paragraphs and hands them to a [`sheet::Sheet`], which
//! makes lines and their marks of them; what a format is, is told by its content before its file ending.
//!
//! No reader calls itself: nested elements are a list of what is open, so that no file can exhaust the stack.

pub mod archive;
pub mod docx;
pub mod encoding;
pub mod format;
pub mod html;
pub mod markdown;
pub mod odt;

mod css;
mod docx_body;
mod docx_styles;
mod html_parts;
mod odt_styles;
mod runs;
mod sheet;
mod xml;
