//! Compiled names of places, people and organisations, matched over tokens.
