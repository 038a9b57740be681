//! What whatlang alone says: reads a text a line from standard input and writes the code of its
//! language, `und` where it knows none, a line each. For comparison (`scripts/score-languages`).

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let code = match whatlang::detect_lang(&line?) {
            Some(whatlang::Lang::Ind) => "id",
            Some(whatlang::Lang::Eng) => "en",
            Some(other) => other.code(),
            None => "und",
        };
        writeln!(output, "{code}")?;
    }
    Ok(())
}
