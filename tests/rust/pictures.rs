//! Pictures as browsers show them: files from the field, and a few thousand generated ones, whole and slightly damaged,
//! against the crates `png` and `zune-jpeg`. Every kind of difference stands in a table here, with its reason, and in the
//! guide on reliability.
//!
//! `PICTURES=20000 cargo test --test pictures` takes more of them. What Chromium makes of the same files is looked at in
//! tests/trust/pictures.test.mjs.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "pictures/mod.rs"]
mod generated;

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use task_gif::stages::decode::{Decoded, decode};
use task_gif::{Color, Limits, Options, Pace, Screenshot, assemble};
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/fixtures/pictures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn decoded(bytes: &[u8]) -> Decoded {
    decode(bytes, Color::WHITE, &Limits::default()).unwrap()
}

#[test]
fn files_from_the_field_have_the_colors_that_chromium_shows() {
    for (name, x, y, expected) in [
        ("no-huffman-tables.jpeg", 60, 40, [30, 160, 90]),
        ("no-huffman-tables.jpeg", 5, 5, [200, 60, 40]),
        ("cicp-display-p3.png", 60, 40, [0, 163, 82]),
        ("gama-and-chrm-of-p3.png", 60, 40, [0, 164, 81]),
        ("gama-1.0.png", 60, 40, [96, 208, 160]),
        ("zlib-checksum-wrong.png", 60, 40, [30, 160, 90]),
        ("zlib-checksum-missing.png", 60, 40, [30, 160, 90]),
    ] {
        let Decoded { raster, is_damaged } = decoded(&fixture(name));
        let found = raster.row(y)[x].channels();
        assert!((0..3).all(|i| found[i].abs_diff(expected[i]) <= 2), "{name}: {found:?}");
        assert!(!is_damaged, "{name}");
    }
}

#[test]
fn other_formats_are_named_with_what_to_do() {
    for (name, kind) in [("box.avif", "an AVIF picture"), ("box.bmp", "a BMP picture"), ("box.tiff", "a TIFF picture")]
    {
        let error = decode(&fixture(name), Color::WHITE, &Limits::default()).unwrap_err();
        assert_eq!(error.code(), "UNKNOWN_FORMAT");
        assert!(error.to_string().ends_with(&format!("found {kind}; convert the screenshot to PNG first")), "{error}");
    }
}

#[test]
fn a_damaged_screenshot_is_shown_and_told() {
    let whole = include_bytes!("../fixtures/seeds/baseline.jpeg");
    let mut damaged = whole.to_vec();
    let scan = damaged.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    // The end marker in the middle: the rest is gray.
    let middle = usize::midpoint(scan + 14, damaged.len());
    damaged[middle..middle + 2].copy_from_slice(&[0xff, 0xd9]);
    assert!(decoded(&damaged).is_damaged && !decoded(whole).is_damaged);
    let shots = [&whole[..], &damaged, &damaged].map(|bytes| Screenshot { bytes, ..Screenshot::default() });
    let options = Options { pace: Pace::Uniform(100.0), ..Options::default() };
    assert_eq!(assemble(&shots, &options).unwrap().damaged, [1, 2]);
}

use Outcome::{BothRefuse, Differ, OnlyTheyRead, OnlyWeRead, Same};

/// What two decoders make of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Same,
    BothRefuse,
    OnlyWeRead,
    OnlyTheyRead,
    Differ,
}

const LOST: &str = "zune-jpeg continues elsewhere; the pixels are those of libjpeg-turbo, with a warning";
const UNSEEN: &str = "missing parts would be gray; Chromium's `createImageBitmap` refuses them too";
const COMPLETE: &str = "all pixels exist";

/// Kinds of damage on which the decoders disagree, and the reason why the difference is kept.
const DIFFERENCES: [(&str, &str, Outcome, &str); 20] = [
    ("jpeg", "Huffman tables missing", OnlyWeRead, "the tables of the standard apply; Chromium shows the picture"),
    ("jpeg", "a bit of the scan wrong", OnlyTheyRead, UNSEEN),
    ("jpeg", "a bit of the scan wrong", Differ, LOST),
    ("jpeg", "a marker inside a scan", Differ, LOST),
    ("jpeg", "a restart marker missing", Differ, LOST),
    ("jpeg", "a restart marker renumbered", Differ, LOST),
    ("jpeg", "a restart marker twice", Differ, LOST),
    ("jpeg", "a restart segment lost", Differ, LOST),
    ("jpeg", "all restart markers missing", Differ, LOST),
    ("jpeg", "an end marker inside a scan", OnlyTheyRead, "a component of the picture is missing"),
    ("jpeg", "an end marker inside a scan", Differ, LOST),
    ("jpeg", "cut off", OnlyTheyRead, UNSEEN),
    ("jpeg", "restart markers renumbered", Differ, LOST),
    ("png", "a palette that is too short", Differ, "indices past the end get the last color, as in Chromium"),
    ("png", "a transparency of another length", Differ, "read or ignored as in Chromium"),
    ("png", "checksum of a pixel chunk wrong", OnlyWeRead, "the checksum of zlib shows that the pixels are correct"),
    ("png", "cut off", OnlyWeRead, COMPLETE),
    ("png", "cut off in the last bytes", OnlyWeRead, COMPLETE),
    ("png", "end missing", OnlyWeRead, COMPLETE),
    ("png", "zlib checksum missing", OnlyWeRead, COMPLETE),
];

/// Whether differences in rounding, of which there are some between decoders of JPEG, are all there is.
fn alike(format: &str, ours: &[Color], theirs: &[Color]) -> bool {
    if ours.len() != theirs.len() {
        return false;
    }
    let apart = ours.iter().zip(theirs).flat_map(|(&a, &b)| {
        let (a, b) = (a.channels(), b.channels());
        (0..3).map(move |i| u32::from(a[i].abs_diff(b[i])))
    });
    // Chroma is brought to full size in different ways, which shows at the random edges here.
    let most = if format == "png" { 0 } else { 12 * 3 * ours.len() as u32 };
    apart.sum::<u32>() <= most
}

fn by_png(bytes: &[u8]) -> Option<Vec<Color>> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let (mut samples, depth) = (vec![0; reader.output_buffer_size()?], reader.output_color_type().1);
    reader.next_frame(&mut samples).ok()?;
    let channels = reader.output_color_type().0.samples();
    let levels: Vec<u8> = if depth == png::BitDepth::Sixteen {
        let wide = samples.as_chunks::<2>().0.iter().map(|&sample| u32::from(u16::from_be_bytes(sample)));
        wide.map(|sample| ((sample + 128) / 257) as u8).collect()
    } else {
        samples
    };
    let pixel = |level: &[u8]| {
        let (color, alpha) = match *level {
            [gray, alpha] => ([gray; 3], alpha),
            [red, green, blue, alpha] => ([red, green, blue], alpha),
            _ => panic!("{} channels", level.len()),
        };
        let flat = |level| ((u32::from(level) * u32::from(alpha) + 255 * u32::from(255 - alpha) + 127) / 255) as u8;
        Color::rgb(color.map(flat))
    };
    Some(levels.chunks_exact(channels).map(pixel).collect())
}

fn by_zune(bytes: &[u8]) -> Option<Vec<Color>> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let samples = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().ok()?;
    Some(samples.as_chunks().0.iter().map(|&rgb| Color::rgb(rgb)).collect())
}

#[test]
fn every_difference_from_other_decoders_has_its_reason() {
    let count = std::env::var("PICTURES").map_or(3000, |count| count.parse().unwrap());
    let mut found: BTreeMap<(&str, &str, Outcome), u32> = BTreeMap::new();
    for index in 0..count {
        let generated::Picture { format, damage, bytes } = generated::picture(index);
        let ours = decode(&bytes, Color::WHITE, &Limits::default());
        let theirs = if format == "png" { by_png(&bytes) } else { by_zune(&bytes) };
        let outcome = match (&ours, &theirs) {
            (Ok(ours), Some(theirs)) if alike(format, ours.raster.pixels(), theirs) => Same,
            (Ok(_), Some(_)) => Differ,
            (Ok(_), None) => OnlyWeRead,
            (Err(_), Some(_)) => OnlyTheyRead,
            (Err(_), None) => BothRefuse,
        };
        *found.entry((format, damage, outcome)).or_default() += 1;
    }
    for &(format, damage, ref outcome) in found.keys().filter(|(.., outcome)| !matches!(outcome, Same | BothRefuse)) {
        let known = DIFFERENCES.iter().any(|row| (row.0, row.1, row.2) == (format, damage, *outcome));
        assert!(known, "{format}, {damage}: {outcome:?} is not in the table: {found:#?}");
    }
    let whole = |format| found.iter().filter(move |((of, damage, _), _)| *of == format && *damage == "none");
    for format in ["png", "jpeg"] {
        assert!(whole(format).all(|((.., outcome), _)| *outcome == Same), "{found:#?}");
        assert!(whole(format).map(|(_, count)| count).sum::<u32>() * 16 > count, "too few whole files");
    }
}

#[test]
fn the_guide_says_why_decoders_differ() {
    let guide = fs::read_to_string(format!("{}/www/docs/reliability.md", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for (format, damage, _, reason) in DIFFERENCES {
        let row = guide.lines().find(|line| {
            line.starts_with(&format!("| {}", format.to_uppercase())) && line.contains(damage) && line.contains(reason)
        });
        assert!(row.is_some(), "{format}, {damage}: {reason}");
    }
}
