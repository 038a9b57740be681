//! The compiled artefacts, embedded.
