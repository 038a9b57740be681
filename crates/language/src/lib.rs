//! Which language a document is written in: whatlang plus a vote of function words.
