//! Marks the function words of Indonesian by profile.
