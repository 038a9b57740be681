//! Finds mentions by rule and gathers them into entities.
