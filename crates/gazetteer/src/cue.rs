use crate::Kind;

/// What a cue word says about the names around it.
#[derive(Clone, Debug, Copy, PartialEq, Eq)]
pub enum Cue {
    /// A role that stands before (a degree also after) a person's name.
    Title {
        /// What sort of role.
        kind: TitleKind,
        /// Whether a place or an organisation may stand between it and the name.
        complement: bool,
    },
    /// A verb of speech, or one that leads to a source.
    SpeechVerb(Order),
    /// A word that makes a name of what stands beside it: Jalan, Universitas, Polres, FC.
    Head {
        /// The kind of the whole.
        kind: Kind,
        /// Where the head stands.
        part: Part,
        /// Whether it counts only when it is capitalised.
        capital: bool,
    },
    /// A word after which a place is named.
    PlaceCue {
        /// Whether little else can follow.
        strong: bool,
    },
    /// Capitalised, and not the name of a person, place or organisation.
    NotName {
        /// Whether that holds only of the word in capitals: SIM, not Sim.
        acronym: bool,
    },
}

/// What sort of role a title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum TitleKind {
    /// presiden, gubernur, ketua umum
    Office,
    /// kombes pol, brigjen
    Rank,
    /// pak, kiai, haji
    Honorific,
    /// dr., prof.: before the name
    DegreeBefore,
    /// S.H., M.Si.: after the name
    DegreeAfter,
    /// pengamat, penyanyi, striker
    Profession,
    /// mantan, plt, calon: changes the title after it
    Modifier,
}

/// On which side of a speech verb its subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Order {
    /// kata X
    After,
    /// X mengatakan
    Before,
    /// dilansir X: the source of the news, mostly an organisation
    Via,
    /// ujarnya
    Anaphoric,
    /// X meninggal: any verb whose subject is a person
    PersonSubject,
    /// bernama X: a person's name follows
    BeforeName,
}

/// Where the head of a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// Before the rest, and part of the name.
    Inside,
    /// Before the name, not part of it.
    Outside,
    /// Behind the rest, and part of the name.
    Suffix,
}

const TITLES: &[(&str, TitleKind)] = &[
    ("office", TitleKind::Office),
    ("rank", TitleKind::Rank),
    ("honorific", TitleKind::Honorific),
    ("degree-before", TitleKind::DegreeBefore),
    ("degree-after", TitleKind::DegreeAfter),
    ("profession", TitleKind::Profession),
    ("modifier", TitleKind::Modifier),
];

const ORDERS: &[(&str, Order)] = &[
    ("after-verb", Order::After),
    ("before-verb", Order::Before),
    ("via", Order::Via),
    ("nya", Order::Anaphoric),
    ("person-subject", Order::PersonSubject),
    ("before-name", Order::BeforeName),
];

const PARTS: &[(&str, Part)] =
    &[("in", Part::Inside), ("out", Part::Outside), ("suffix", Part::Suffix)];

impl TitleKind {
    /// The kind of that name in the sources.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        named(TITLES, name)
    }
}

impl Order {
    /// The order of that name in the sources.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        named(ORDERS, name)
    }
}

impl Part {
    /// The part of that name in the sources.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        named(PARTS, name)
    }
}

fn named<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(candidate, _)| *candidate == name).map(|(_, value)| *value)
}

impl Cue {
    /// Packs the cue: list, then up to three small fields, a byte each.
    pub(crate) fn encode(self) -> u32 {
        let bytes = match self {
            Cue::Title { kind, complement } => [0, kind as u8, u8::from(complement), 0],
            Cue::SpeechVerb(order) => [1, order as u8, 0, 0],
            Cue::Head { kind, part, capital } => [2, kind as u8, part as u8, u8::from(capital)],
            Cue::PlaceCue { strong } => [3, u8::from(strong), 0, 0],
            Cue::NotName { acronym } => [4, u8::from(acronym), 0, 0],
        };
        u32::from_le_bytes(bytes)
    }

    pub(crate) fn decode(code: u32) -> Option<Cue> {
        let [list, a, b, c] = code.to_le_bytes();
        Some(match list {
            0 => Cue::Title { kind: TITLES.get(usize::from(a))?.1, complement: b != 0 },
            1 => Cue::SpeechVerb(ORDERS.get(usize::from(a))?.1),
            2 => Cue::Head {
                kind: Kind::decode(a)?,
                part: PARTS.get(usize::from(b))?.1,
                capital: c != 0,
            },
            3 => Cue::PlaceCue { strong: a != 0 },
            4 => Cue::NotName { acronym: a != 0 },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_survives_packing() {
        let mut cues = Vec::from([true, false].map(|acronym| Cue::NotName { acronym }));
        for &(_, kind) in TITLES {
            cues.extend([true, false].map(|complement| Cue::Title { kind, complement }));
        }
        cues.extend(ORDERS.iter().map(|&(_, order)| Cue::SpeechVerb(order)));
        for &kind in Kind::ALL {
            for &(_, part) in PARTS {
                cues.push(Cue::Head { kind, part, capital: true });
            }
        }
        cues.extend([true, false].map(|strong| Cue::PlaceCue { strong }));
        for cue in cues {
            assert_eq!(Cue::decode(cue.encode()), Some(cue));
        }
    }
}
