//! Label sets in the BIO scheme: `O`, and for every type `B-type` for the first token of a name
//! and `I-type` for the others. Rare types may share one label without that distinction.

/// The labels of a model: `O` is number 0, then for the type numbered `t` (from 0) `B-` is
/// `2t + 1` and `I-` is `2t + 2`. The shared label of rare types, if there is one, is the last; it
/// is `B-` and `I-` in one, so two such names side by side are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    types: Vec<String>,
    /// Whether the last type is the shared one.
    shared: bool,
}

/// A labelled stretch of tokens of one sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Number of the type.
    pub kind: usize,
}

impl Labels {
    /// The label set of these types; order and doubles do not matter.
    pub fn new(types: impl IntoIterator<Item = String>) -> Self {
        let mut types: Vec<String> = types.into_iter().collect();
        types.sort();
        types.dedup();
        Labels { types, shared: false }
    }

    /// The same with one label more, of that name, which rare types share.
    pub fn with_shared(self, name: String) -> Self {
        let mut types = self.types;
        types.retain(|known| *known != name);
        types.push(name);
        Labels { types, shared: true }
    }

    /// The names of the types, sorted, the shared one last.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The name of the shared label, if there is one.
    pub fn shared(&self) -> Option<&str> {
        self.types.last().map(String::as_str).filter(|_| self.shared)
    }

    /// How many labels there are.
    pub fn count(&self) -> usize {
        2 * self.types.len() + usize::from(!self.shared)
    }

    /// The label of the tokens of a name of this type behind the first.
    pub(crate) fn inner(&self, kind: usize) -> usize {
        (2 * kind + 2).min(self.count() - 1)
    }

    /// The name of a label.
    pub fn name(&self, label: usize) -> String {
        match label {
            0 => "O".to_string(),
            _ if label % 2 == 1 => format!("B-{}", self.types[label / 2]),
            _ => format!("I-{}", self.types[label / 2 - 1]),
        }
    }

    /// The number of the label with that name.
    pub fn number(&self, name: &str) -> Option<usize> {
        if name == "O" {
            return Some(0);
        }
        let (begins, kind) = match name.split_at_checked(2)? {
            ("B-", kind) => (true, kind),
            ("I-", kind) => (false, kind),
            _ => return None,
        };
        let kind = self.types.iter().position(|known| known == kind)?;
        Some(if begins { 2 * kind + 1 } else { self.inner(kind) })
    }

    /// The names of the labels of a sentence, `I-` where a name with the shared label goes on.
    pub fn names(&self, labels: &[usize]) -> Vec<String> {
        let mut names: Vec<String> = labels.iter().map(|&label| self.name(label)).collect();
        for stretch in self.stretches(labels) {
            for name in &mut names[stretch.start + 1..stretch.end] {
                name.replace_range(..1, "I");
            }
        }
        names
    }

    /// Whether `label` may stand behind `before`: an `I-` only behind its own type.
    pub fn may_follow(before: usize, label: usize) -> bool {
        label == 0 || label % 2 == 1 || before == label || before + 1 == label
    }

    /// Whether `label` may begin a sentence.
    pub fn may_begin(label: usize) -> bool {
        label == 0 || label % 2 == 1
    }

    /// Turns every `I-` that may not stand where it does into a `B-`, as the conventional
    /// evaluation reads it.
    pub fn repair(labels: &mut [usize]) {
        let mut before = 0;
        for label in labels {
            if !Labels::may_follow(before, *label) {
                *label -= 1;
            }
            before = *label;
        }
    }

    /// The names that a valid sequence of labels marks.
    pub fn stretches(&self, labels: &[usize]) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        let shared = if self.shared { self.count() - 1 } else { usize::MAX };
        let mut before = 0;
        for (at, &label) in labels.iter().enumerate() {
            let goes_on = label == shared && before == shared;
            before = label;
            match label {
                0 => {}
                _ if label % 2 == 1 && !goes_on => {
                    found.push(Stretch { start: at, end: at + 1, kind: label / 2 });
                }
                _ => {
                    if let Some(last) = found.last_mut() {
                        last.end = at + 1;
                    }
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_agree() {
        let labels = Labels::new(["PER", "LOC", "ORG", "LOC"].map(String::from));
        assert_eq!(labels.count(), 7);
        for number in 0..labels.count() {
            assert_eq!(labels.number(&labels.name(number)), Some(number));
        }
        assert_eq!(labels.number("B-X"), None);
        assert_eq!(labels.number(""), None);
    }

    #[test]
    fn an_inner_label_without_a_beginning_begins_a_name() {
        let mut labels = [2, 2, 0, 4, 2, 1, 4];
        Labels::repair(&mut labels);
        assert_eq!(labels, [1, 2, 0, 3, 1, 1, 3]);
        let stretches: Vec<_> = Labels::new(["LOC", "PER"].map(String::from))
            .stretches(&labels)
            .iter()
            .map(|s| (s.start, s.end, s.kind))
            .collect();
        assert_eq!(stretches, [(0, 2, 0), (3, 4, 1), (4, 5, 0), (5, 6, 0), (6, 7, 1)]);
    }

    #[test]
    fn a_name_with_the_shared_label_goes_on_as_long_as_the_label_does() {
        let labels = Labels::new(["PER"].map(String::from)).with_shared("MISC".into());
        assert_eq!(labels.count(), 4);
        assert_eq!(labels.number("I-MISC"), labels.number("B-MISC"));
        let sentence = [3, 3, 0, 3, 1, 2];
        assert_eq!(labels.names(&sentence), ["B-MISC", "I-MISC", "O", "B-MISC", "B-PER", "I-PER"]);
        assert_eq!(labels.stretches(&sentence).len(), 3);
    }
}
