//! The program: exit code only.

use std::process::ExitCode;

fn main() -> ExitCode {
    bookify::cli::run(std::env::args_os())
}
