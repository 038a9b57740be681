//! Readers of collections and writers of the dataset folder.
