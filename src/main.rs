//! The program: exit code only.

fn main() {}
