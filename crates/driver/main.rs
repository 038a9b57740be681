//! nukil.
fn main() {}
