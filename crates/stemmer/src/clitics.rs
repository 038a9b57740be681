//! Clitics of one form: the pronouns and particles that are written to it.

use std::ops::Range;

use nukil_types::CliticKind;

/// How a form is made of a host and the clitics around it, in bytes of the form.
///
/// *kubawakanlah* is *ku-*, *bawakan*, *-lah*; *anaknyapun* is *anak*, *-nya*, *-pun*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clitics {
    /// Length of ku- or kau- at the front.
    pub(crate) proclitic: usize,
    /// Length of -nya, -ku or -mu, behind which only the particle stands.
    pub(crate) pronoun: usize,
    /// Length of -lah, -kah, -tah or -pun at the end.
    pub(crate) particle: usize,
    /// Whether a hyphen stands between the host and the clitic behind it (*KTP-nya*).
    pub(crate) hyphen: bool,
}

impl Clitics {
    /// No clitic.
    pub(crate) const NONE: Clitics =
        Clitics { proclitic: 0, pronoun: 0, particle: 0, hyphen: false };

    /// Whether there is any.
    pub fn any(&self) -> bool {
        self.proclitic > 0 || self.any_behind()
    }

    pub(crate) fn any_behind(&self) -> bool {
        self.pronoun > 0 || self.particle > 0
    }

    /// The host in a form of `length` bytes, the one that was asked about.
    pub fn host(&self, length: usize) -> Range<usize> {
        let behind = self.pronoun + self.particle + usize::from(self.hyphen);
        self.proclitic..length.saturating_sub(behind).max(self.proclitic)
    }

    /// The clitics in a form of `length` bytes, the one that was asked about, from front to end.
    pub fn spans(&self, length: usize) -> impl Iterator<Item = (Range<usize>, CliticKind)> {
        let particle = length.saturating_sub(self.particle);
        let pronoun = particle.saturating_sub(self.pronoun);
        [
            (0..self.proclitic, CliticKind::Pronoun),
            (pronoun..particle, CliticKind::Pronoun),
            (particle..length, CliticKind::Particle),
        ]
        .into_iter()
        .filter(|(span, _)| !span.is_empty())
    }
}
