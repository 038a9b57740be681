//! The chain from text to tables, one document or an ordered parallel batch.
