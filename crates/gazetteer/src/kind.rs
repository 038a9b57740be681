use nukil_types::Label;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $name:literal $label:ident,)*) => {
        /// What sort of thing a gazetteer entry is; the column `kind` of the sources.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind, in the order of their codes.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// The name in the sources.
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $name,)* }
            }

            /// The label of a mention of this kind.
            pub fn label(self) -> Label {
                match self { $(Kind::$variant => Label::$label,)* }
            }
        }
    };
}

kinds! {
    /// Asia, Eropa.
    Continent "continent" Location,
    /// An area with no government of its own: Timur Tengah, Jabodetabek.
    Region "region" Location,
    /// A country.
    Country "country" Location,
    /// An Indonesian province.
    Province "province" Location,
    /// An Indonesian regency (kabupaten).
    Regency "regency" Location,
    /// An Indonesian city (kota).
    City "city" Location,
    /// An Indonesian district (kecamatan).
    District "district" Location,
    /// An Indonesian village; a name only after a cue.
    Village "village" Location,
    /// Any other town or city of the world.
    Town "town" Location,
    /// A first-level unit of another country: Texas, Johor.
    State "state" Location,
    /// An island or a group of them.
    Island "island" Location,
    /// A mountain or hill.
    Mountain "mountain" Location,
    /// A river.
    River "river" Location,
    /// A lake or reservoir.
    Lake "lake" Location,
    /// A sea, strait or bay.
    Sea "sea" Location,
    /// An airport.
    Airport "airport" Location,
    /// A building, street, stadium, park, neighbourhood.
    Landmark "landmark" Location,
    /// A person.
    Person "person" Person,
    /// A ministry.
    Ministry "ministry" Organisation,
    /// A state agency.
    Agency "agency" Organisation,
    /// A court or a legislature.
    Court "court" Organisation,
    /// A government: Pemprov DKI Jakarta.
    Government "government" Organisation,
    /// A company owned by the state.
    StateCompany "state-company" Organisation,
    /// A company.
    Company "company" Organisation,
    /// A bank.
    Bank "bank" Organisation,
    /// A brand that stands for its maker.
    Brand "brand" Organisation,
    /// A university or school.
    University "university" Organisation,
    /// A political party.
    Party "party" Organisation,
    /// An international organisation.
    International "international" Organisation,
    /// A newspaper, broadcaster, site or news agency.
    Media "media" Organisation,
    /// A sports club or team.
    Club "club" Organisation,
    /// A unit of the armed forces, or an armed group.
    Military "military" Organisation,
    /// A unit of the police.
    Police "police" Organisation,
    /// Any other organisation.
    Organisation "organisation" Organisation,
}

impl Kind {
    /// The kind of that name in the sources.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// The kind with that code.
    pub(crate) fn decode(code: u8) -> Option<Kind> {
        Kind::ALL.get(usize::from(code)).copied()
    }
}
