//! A season is built again and again: only what has changed, the same bytes by whatever way, nothing lost.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod cache;
mod changes;
mod club;
#[path = "../common/mod.rs"]
mod common;
mod outputs;
mod plan;
