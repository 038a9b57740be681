/// First bytes and lengths of the forms in a list: most words of a text are told from all of the
/// list by these, and need no hashing.
///
/// ```
/// let mut lengths = nukil_types::FormLengths::default();
/// lengths.insert("yang");
/// assert!(lengths.may_hold("yang") && !lengths.may_hold("yaitu"));
/// ```
#[derive(Clone, Debug)]
pub struct FormLengths([u32; 256]);

impl Default for FormLengths {
    fn default() -> Self {
        FormLengths([0; 256])
    }
}

impl FormLengths {
    /// Adds a form of the list.
    pub fn insert(&mut self, form: &str) {
        self.0[first_byte(form)] |= bit(form);
    }

    /// Whether the list may hold a form; where not, it does not.
    #[inline]
    pub fn may_hold(&self, form: &str) -> bool {
        self.0[first_byte(form)] & bit(form) != 0
    }
}

#[inline]
fn first_byte(form: &str) -> usize {
    form.as_bytes().first().map_or(0, |&byte| usize::from(byte))
}

/// A bit for each length; the last stands for all that are longer.
#[inline]
fn bit(form: &str) -> u32 {
    1 << form.len().min(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_another_length_or_first_byte_are_ruled_out() {
        let mut lengths = FormLengths::default();
        let long = "a".repeat(40);
        for form in ["yang", "", long.as_str()] {
            assert!(!lengths.may_hold(form));
            lengths.insert(form);
            assert!(lengths.may_hold(form));
        }
        assert!(lengths.may_hold("yaks"));
        assert!(!lengths.may_hold("yaitu"));
        assert!(!lengths.may_hold("dang"));
    }
}
