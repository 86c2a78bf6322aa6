//! Broken and hostile images: each ends in a GIF or in a typed error that names the screenshot, and what claims to be
//! huge is refused before it costs memory. The files are written by tests/trust/support/make-hostile.mjs.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "hostile/meter.rs"]
mod meter;

use std::fs;
use std::path::Path;
use std::time::Instant;

use task_gif::gif_reader;
use task_gif::pipeline::probe;
use task_gif::{Effort, Error, ErrorKind, Limits, Options, Pace, Screenshot, assemble};

const CODES: [&str; 4] = ["UNKNOWN_FORMAT", "DECODE_FAILED", "UNSUPPORTED", "LIMIT_EXCEEDED"];
const MIB: usize = 1 << 20;

/// Name and bytes of every file of a folder of the fixtures.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 20, "{} has {} files", folder.display(), files.len());
    files
}

/// The bytes as the second of two screenshots.
fn behind_a_good_one(bytes: &[u8], options: &Options) -> Result<Vec<u8>, Error> {
    let good = include_bytes!("../fixtures/seeds/rgb.png");
    let shots = [&good[..], bytes].map(|bytes| Screenshot { bytes, ..Screenshot::default() });
    assemble(&shots, options).map(|made| made.bytes)
}

/// Fails unless the bytes end as they should; whether they gave a GIF.
fn settles(name: &str, bytes: &[u8]) -> bool {
    let options = Options { effort: Effort::Fast, pace: Pace::Uniform(100.0), ..Options::default() };
    match behind_a_good_one(bytes, &options) {
        Ok(gif) => {
            let file = gif_reader::read(&gif, &Limits::default()).unwrap();
            assert!(file.warnings.is_empty(), "{name}: {:?}", file.warnings);
            true
        }
        Err(error) => {
            assert!(CODES.contains(&error.code()), "{name}: {error}");
            assert_eq!(error.frame, Some(1), "{name}: {error}");
            assert!(error.to_string().starts_with("screenshot 1: "), "{name}: {error}");
            false
        }
    }
}

#[test]
fn every_seed_gives_a_gif() {
    for (name, bytes) in files("seeds") {
        assert!(settles(&name, &bytes), "{name} is refused");
    }
}

#[test]
fn every_truncation_of_every_seed_settles() {
    for (name, bytes) in files("seeds") {
        for end in 0..bytes.len() {
            settles(&format!("{name} cut at {end}"), &bytes[..end]);
        }
    }
}

#[test]
fn every_wrong_byte_in_every_seed_settles() {
    for (name, bytes) in files("seeds") {
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= [0xff, 0x80, 0x01][at % 3];
            settles(&format!("{name} with byte {at} wrong"), &bytes);
        }
    }
}

#[test]
fn every_hostile_file_settles() {
    let refused = files("hostile").iter().filter(|(name, bytes)| !settles(name, bytes)).count();
    assert!(refused > 30, "only {refused} are refused");
}

#[test]
fn what_claims_to_be_huge_is_refused_below_one_mebibyte() {
    let bombs = files("hostile").into_iter().filter(|(name, _)| name.starts_with("bomb-"));
    let claims = ["size", "side", "pixels", "overflow", "progressive", "screen", "canvas", "lossless", "lossy"];
    let mut count = 0;
    for (name, bytes) in bombs.filter(|(name, _)| claims.iter().any(|claim| name.contains(claim))) {
        let limits = Limits::default();
        let (refusal, by_probe) = meter::measured(|| probe(&bytes, &limits).unwrap_err());
        assert!(["LIMIT_EXCEEDED", "DECODE_FAILED"].contains(&refusal.code()), "{name}: {refusal}");
        let (_, by_assemble) = meter::measured(|| behind_a_good_one(&bytes, &Options::default()).unwrap_err());
        assert!(by_probe < MIB && by_assemble < MIB, "{name}: {by_probe} and {by_assemble} bytes");
        count += 1;
    }
    assert!(count >= 10, "{count} bombs");
}

#[test]
fn every_bomb_ends_below_one_mebibyte() {
    let bombs: Vec<_> = files("hostile").into_iter().filter(|(name, _)| name.starts_with("bomb-")).collect();
    assert!(bombs.len() >= 15, "{} bombs", bombs.len());
    let mut slowest_ms = 0.0_f64;
    let mut most = 0;
    for (name, bytes) in bombs {
        let start = Instant::now();
        let (_, held) = meter::measured(|| behind_a_good_one(&bytes, &Options::default()));
        slowest_ms = slowest_ms.max(start.elapsed().as_secs_f64() * 1e3);
        most = most.max(held);
        assert!(held < MIB, "{name}: {held} bytes");
    }
    // How long it took is for the table of the reliability page; a busy machine takes longer.
    println!("at most {} KiB and {slowest_ms:.1} ms a bomb", most >> 10);
}

#[test]
fn every_limit_can_be_set_and_its_error_names_it_with_both_values() {
    let png = include_bytes!("../fixtures/seeds/rgb.png");
    let own = Limits::default();
    let size = png.len() as u64;
    for (limits, limit, found, allowed, frame) in [
        (Limits { input_bytes: 10, ..own.clone() }, "inputBytes", size, 10, Some(0)),
        (Limits { side_px: 19, ..own.clone() }, "sidePx", 20, 19, Some(0)),
        (Limits { frame_pixels: 279, ..own.clone() }, "framePixels", 280, 279, Some(0)),
        (Limits { frames: 1, ..own.clone() }, "frames", 2, 1, None),
        (Limits { total_pixels: 559, ..own.clone() }, "totalPixels", 560, 559, None),
    ] {
        let error = behind_a_good_one(png, &Options { limits, ..Options::default() }).unwrap_err();
        assert_eq!(error.kind, ErrorKind::LimitExceeded { limit, found, allowed });
        assert_eq!(error.frame, frame);
        let text = error.to_string();
        assert!([limit, &found.to_string(), &allowed.to_string()].iter().all(|part| text.contains(*part)), "{text}");
    }
    let limits = Limits { output_bytes: 100, ..own.clone() };
    let error = behind_a_good_one(png, &Options { limits, ..Options::default() }).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::LimitExceeded { limit: "outputBytes", found: 101.., allowed: 100 }));
    for limits in [
        Limits { input_bytes: size, ..own.clone() },
        Limits { side_px: 20, ..own.clone() },
        Limits { frame_pixels: 280, ..own.clone() },
        Limits { frames: 2, ..own.clone() },
        Limits { total_pixels: 560, ..own },
    ] {
        assert!(behind_a_good_one(png, &Options { limits, ..Options::default() }).is_ok());
    }
}
