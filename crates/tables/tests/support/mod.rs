//! A folder of files for each test, and what a reader makes of it.

// Each test binary compiles this file for itself and uses its own part of it.
#![allow(dead_code)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use nukil_tables::{ReadOptions, Reader};
use nukil_types::Document;

/// A folder of its own for each test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Reads `inputs` and tells a line an item, paths cut to what lies in the folder.
    pub fn outline(&self, inputs: &[&str], options: ReadOptions) -> Vec<String> {
        let inputs = inputs.iter().map(|name| self.path(name)).collect();
        let prefix = format!("{}/", self.0.path().display());
        Reader::new(inputs, options)
            .map(|item| match item {
                Ok(Document { id, source, text, .. }) => {
                    format!("{id} <{source}> {text}").replace(&prefix, "")
                }
                Err(failure) => failure.to_string().replace(&prefix, ""),
            })
            .collect()
    }

    pub fn default(&self, inputs: &[&str]) -> Vec<String> {
        self.outline(inputs, ReadOptions::default())
    }
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(content: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
}
