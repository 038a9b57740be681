//! Token files: a token a line, then a tab and its label; an empty line between sentences. A line
//! `-DOCSTART-` begins a document of several sentences, as in the files of CoNLL-2003; in a file
//! without such lines every sentence is a document of its own.

/// One sentence of a token file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The tokens as written.
    pub tokens: Vec<String>,
    /// Their labels as written; empty when the file has none.
    pub labels: Vec<String>,
    /// Number of the document that it belongs to, from 0.
    pub document: usize,
}

/// Token that begins a document.
const DOCUMENT: &str = "-DOCSTART-";

/// Whether this line of a token file begins a document.
pub fn begins_document(line: &str) -> bool {
    line.split('\t').next() == Some(DOCUMENT)
}

/// A token file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct TsvError {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// Reads a token file. Further columns are passed over.
///
/// # Errors
/// [`TsvError`] when a line has an empty token, or no label where `labelled` says that it should,
/// or a label that is neither `O` nor begins with `B-` or `I-`.
pub fn read(text: &str, labelled: bool) -> Result<Vec<Sentence>, TsvError> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let whole_documents = text.lines().any(begins_document);
    let mut documents = 0;
    let mut end = |sentence: &mut Sentence, documents: &mut usize| {
        if !sentence.tokens.is_empty() {
            sentence.document = *documents;
            sentences.push(std::mem::take(sentence));
            *documents += usize::from(!whole_documents);
        }
    };
    for (index, line) in text.lines().enumerate() {
        let error = |reason: String| TsvError { line: index + 1, reason };
        if line.trim().is_empty() {
            end(&mut sentence, &mut documents);
            continue;
        }
        if begins_document(line) {
            end(&mut sentence, &mut documents);
            documents += 1;
            continue;
        }
        let mut columns = line.split('\t');
        let token = columns.next().unwrap_or_default();
        if token.is_empty() {
            return Err(error("no token before the tab".into()));
        }
        let label = columns.next();
        if labelled {
            let label = label.ok_or_else(|| error("no label behind the token".into()))?;
            let sound = label == "O"
                || label
                    .strip_prefix("B-")
                    .or(label.strip_prefix("I-"))
                    .is_some_and(|t| !t.is_empty());
            if !sound {
                return Err(error(format!("{label:?} is no label in the BIO scheme")));
            }
            sentence.labels.push(label.to_string());
        }
        sentence.tokens.push(token.to_string());
    }
    end(&mut sentence, &mut documents);
    Ok(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_parted_by_empty_lines() {
        let sentences = read("\nDi\tO\nBandung\tB-LOC\n\n\nHujan\tO", true).unwrap();
        assert_eq!(sentences.len(), 2);
        assert_eq!(sentences[0].tokens, ["Di", "Bandung"]);
        assert_eq!(sentences[0].labels, ["O", "B-LOC"]);
    }

    #[test]
    fn a_line_without_a_label_is_named() {
        assert_eq!(read("Di\tO\nBandung\n", true).unwrap_err().line, 2);
        assert_eq!(read("Di\tO\nBandung\tLOC\n", true).unwrap_err().line, 2);
        assert_eq!(read("Di\tO\n\tO\n", false).unwrap_err().line, 2);
        assert!(read("Di\nBandung\n", false).is_ok());
    }
}
