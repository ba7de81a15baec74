//! The program: exit code only.

use std::process::ExitCode;

/// Typesetting asks for memory in a great many small pieces.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    bookify::cli::run(std::env::args_os())
}
