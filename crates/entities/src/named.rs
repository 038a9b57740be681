//! Enumerations whose variants have names in tables.

macro_rules! named {
    ($(#[$about:meta])* $enum:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $enum { $($variant),* }

        impl $enum {
            /// All of them.
            pub(crate) const ALL: &[$enum] = &[$($enum::$variant),*];

            /// The name in the table of weights.
            pub(crate) fn name(self) -> &'static str {
                match self { $($enum::$variant => $name),* }
            }
        }
    };
}

pub(crate) use named;
