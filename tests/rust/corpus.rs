//! The properties of the fuzz targets over the committed corpus, over every truncation of it, and over mutations of it:
//! the short run of what `node scripts/fuzz.mjs` does at length.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../fuzz/targets/mod.rs"]
mod targets;

use std::fs;
use std::path::Path;

/// Mutations of each target; the fuzzer makes millions.
const MUTATIONS: u64 = 1500;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{target} has no corpus");
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// A mutation of one of the files: bytes changed, cut out, put in, or continued by another file.
fn mutation(files: &[Vec<u8>], seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let mut bytes = files[random.below(files.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(4) {
            0 if !bytes.is_empty() => bytes[at] = random.below(256) as u8,
            1 if !bytes.is_empty() => drop(bytes.drain(at..(at + 1 + random.below(8)).min(bytes.len()))),
            2 => bytes.insert(at, random.below(256) as u8),
            _ => {
                let other = &files[random.below(files.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[random.below(other.len())..]);
            }
        }
    }
    bytes
}

fn holds(target: &str) {
    let (_, check) = targets::ALL.into_iter().find(|(name, _)| *name == target).unwrap();
    let files = corpus(target);
    for file in &files {
        check(file);
        for end in 0..file.len().min(64) {
            check(&file[..end]);
        }
    }
    for seed in 0..MUTATIONS {
        let bytes = mutation(&files, seed);
        let outcome = std::panic::catch_unwind(|| check(&bytes));
        assert!(outcome.is_ok(), "{target}: mutation {seed}, bytes {bytes:?}");
    }
}

#[test]
fn any_answers_of_a_server_settle() {
    holds("client");
}

#[test]
fn any_bytes_as_a_screenshot_settle() {
    holds("decode");
}

#[test]
fn any_pictures_and_options_come_back() {
    holds("pipeline");
}

#[test]
fn any_header_is_read_or_refused() {
    holds("probe");
}

#[test]
fn any_bytes_as_a_gif_settle() {
    holds("reader");
}
