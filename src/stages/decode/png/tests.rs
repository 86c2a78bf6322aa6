//! Against the decoder of the `image` crate, on files of every kind.

use super::chunk::checksum;
use super::*;
use crate::stages::decode::failure::CUT_SHORT;
use fdeflate::compress_to_vec;
use image::ImageReader;
use std::io::Cursor;

const KINDS: [(u8, &[u8]); 5] =
    [(0, &[1, 2, 4, 8, 16]), (2, &[8, 16]), (3, &[1, 2, 4, 8]), (4, &[8, 16]), (6, &[8, 16])];

fn random() -> impl FnMut() -> u8 {
    let mut state = 1_u32;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    }
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let summed = [&name, data].concat();
    [&(data.len() as u32).to_be_bytes()[..], &summed, &checksum(&summed).to_be_bytes()].concat()
}

/// A picture of random samples, with rows of all filters, cut into chunks of pixels of 100 bytes.
fn file(kind: u8, depth: u8, (width, height): (u32, u32), interlaced: bool, side: &[Vec<u8>]) -> Vec<u8> {
    let mut random = random();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([depth, kind, 0, 0, u8::from(interlaced)]);
    let channels = match kind {
        0 | 3 => 1,
        4 => 2,
        2 => 3,
        _ => 4,
    };
    let whole = [[0, 0, 1, 1]];
    let mut data = Vec::new();
    for &[left, top, across, down] in if interlaced { &PASSES[..] } else { &whole[..] } {
        let (columns, rows) = (
            (width as usize).saturating_sub(left).div_ceil(across),
            (height as usize).saturating_sub(top).div_ceil(down),
        );
        for y in 0..if columns == 0 { 0 } else { rows } {
            data.push(y as u8 % 5);
            data.extend((0..(columns * channels * usize::from(depth)).div_ceil(8)).map(|_| random()));
        }
    }
    let palette: Vec<u8> = (0..3 << depth.min(8)).map(|_| random()).collect();
    let mut bytes = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &header)].concat();
    if kind == 3 {
        bytes.extend(chunk(*b"PLTE", &palette));
    }
    bytes.extend(side.concat());
    compress_to_vec(&data).chunks(100).for_each(|part| bytes.extend(chunk(*b"IDAT", part)));
    bytes.extend(chunk(*b"IEND", &[]));
    bytes
}

fn decode(bytes: &[u8]) -> Result<Vec<Color>> {
    Png::open(bytes)?.decode(None, Color::from_bits(0x0012_3456))
}

fn expected(bytes: &[u8]) -> Vec<Color> {
    let picture = ImageReader::with_format(Cursor::new(bytes), image::ImageFormat::Png).decode().unwrap();
    let flat = |pixel: &image::Rgba<u8>| {
        let [r, g, b, alpha] = pixel.0;
        super::super::alpha::flatten([r, g, b], alpha, Color::from_bits(0x0012_3456))
    };
    picture.into_rgba8().pixels().map(flat).collect()
}

#[test]
fn every_kind_gives_the_pixels_that_image_gives() {
    for (kind, depths) in KINDS {
        for &depth in depths {
            for (size, interlaced) in
                [((37, 21), false), ((37, 21), true), ((1, 1), true), ((3, 2), true), ((5, 9), true)]
            {
                let bytes = file(kind, depth, size, interlaced, &[]);
                assert_eq!(
                    decode(&bytes).unwrap(),
                    expected(&bytes),
                    "kind {kind}, {depth} bits, {size:?}, {interlaced}"
                );
            }
        }
    }
}

#[test]
fn transparency_is_of_entries_or_of_one_color() {
    for (kind, depth, key) in [
        (3, 4, vec![0, 128, 255, 7]),
        (0, 2, vec![0, 2]),
        (0, 8, vec![0, 77]),
        (0, 16, vec![3, 4]),
        (2, 8, vec![0, 1, 0, 2, 0, 3]),
    ] {
        let bytes = file(kind, depth, (40, 40), false, &[chunk(*b"tRNS", &key)]);
        assert_eq!(decode(&bytes).unwrap(), expected(&bytes), "kind {kind}, {depth} bits");
    }
}

#[test]
fn upper_bits_of_a_transparent_color_mean_nothing() {
    for (kind, depth, key) in
        [(0, 1, vec![0, 1]), (0, 4, vec![0, 7]), (0, 8, vec![0, 77]), (2, 8, vec![0, 1, 0, 2, 0, 3])]
    {
        let plain = file(kind, depth, (40, 40), false, &[chunk(*b"tRNS", &key)]);
        let upper: Vec<u8> = key.iter().enumerate().map(|(at, &byte)| if at % 2 == 0 { 0xa5 } else { byte }).collect();
        let marked = file(kind, depth, (40, 40), false, &[chunk(*b"tRNS", &upper)]);
        assert_eq!(decode(&marked).unwrap(), decode(&plain).unwrap(), "kind {kind}, {depth} bits");
    }
}

#[test]
fn a_file_cut_short_is_an_error_until_only_its_end_is_missing() {
    let bytes = file(2, 8, (9, 9), false, &[]);
    let whole = decode(&bytes).unwrap();
    let readable: Vec<usize> = (0..bytes.len()).filter(|&len| decode(&bytes[..len]).is_ok()).collect();
    // Without the end mark, the chunk's checksum, that of zlib and the last bits, which end the data.
    assert_eq!(readable.len(), bytes.len() - readable[0], "{readable:?}");
    assert!((bytes.len() - 22..=bytes.len() - 20).contains(&readable[0]), "{} of {}", readable[0], bytes.len());
    assert!(readable.iter().all(|&len| decode(&bytes[..len]).unwrap() == whole));
}

#[test]
fn damage_is_found_or_harmless() {
    for (kind, depth) in [(3, 2), (6, 8), (0, 16)] {
        let bytes = file(kind, depth, (13, 7), true, &[chunk(*b"tRNS", &[1, 2]), chunk(*b"eXIf", b"MM")]);
        let whole = decode(&bytes).unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                if let Ok(png) = Png::open(&damaged)
                    && png.size() == (13, 7)
                    && let Ok(pixels) = png.decode(None, Color::from_bits(0x0012_3456))
                {
                    assert_eq!(pixels.len(), whole.len());
                }
            }
        }
    }
    let mut pixels = file(2, 8, (30, 30), false, &[]);
    let middle = pixels.len() / 2;
    pixels[middle] ^= 1;
    assert!(decode(&pixels).is_err());
}

#[test]
fn headers_that_make_no_sense_are_damage() {
    let whole = file(2, 8, (2, 2), false, &[]);
    for (at, value) in [(24, 3), (25, 1), (26, 1), (28, 2), (19, 0), (12, b'i')] {
        let mut bytes = whole.clone();
        bytes[at] = value;
        let sum = checksum(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&sum);
        assert!(Png::open(&bytes).is_err(), "byte {at}");
    }
}

#[test]
fn the_profile_is_inflated() {
    let profile = [b"name\0\0".to_vec(), compress_to_vec(b"profile")].concat();
    let bytes = file(0, 8, (1, 1), false, &[chunk(*b"iCCP", &profile)]);
    assert_eq!(Png::open(&bytes).unwrap().color_space.profile(), b"profile");
    assert_eq!(Png::open(&file(0, 8, (1, 1), false, &[chunk(*b"iCCP", b"x")])).unwrap().color_space.profile(), b"");
}

#[test]
fn data_that_refers_far_back_is_inflated_piece_by_piece() {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder};

    let (width, height) = (900, 700);
    let mut random = random();
    let period: Vec<u8> = (0..31_003).map(|_| random()).collect();
    let samples: Vec<u8> = period.iter().copied().cycle().take(width * height * 3).collect();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::NoFilter)
        .write_image(&samples, width as u32, height as u32, ExtendedColorType::Rgb8)
        .unwrap();
    assert!(bytes.len() < samples.len() / 10, "it does not refer back");
    let expected: Vec<Color> = samples.as_chunks().0.iter().map(|&[r, g, b]| Color::rgb([r, g, b])).collect();
    assert!(decode(&bytes).unwrap() == expected);
}

/// The control of a frame of 2 x 1 pixels.
fn frame_control(number: u32, left: u32) -> Vec<u8> {
    let numbers = [number, 2, 1, left, 0].map(u32::to_be_bytes).concat();
    chunk(*b"fcTL", &[&numbers[..], &[0, 1, 0, 2, 0, 0]].concat())
}

/// An animation of 4 x 1 gray pixels: its own image is 1 2 3 4, and `frame` stands behind it, cut in two.
fn animation(control: &[u8], frame: &[u8]) -> Vec<u8> {
    let packed = compress_to_vec(frame);
    let (first, second) = packed.split_at(packed.len() / 2);
    let data = |number: u32, part: &[u8]| chunk(*b"fdAT", &[&number.to_be_bytes(), part].concat());
    let header = [0, 0, 0, 4, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(*b"IHDR", &header),
        chunk(*b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]),
        chunk(*b"IDAT", &compress_to_vec(&[0, 1, 2, 3, 4])),
        control.to_vec(),
        data(1, first),
        data(2, second),
        chunk(*b"IEND", &[]),
    ]
    .concat()
}

#[test]
fn of_an_animation_behind_the_image_the_first_frame_is_shown_on_the_background_as_in_browsers() {
    let gray = |values: &[u8]| values.iter().map(|&value| Color::rgb([value; 3])).collect::<Vec<_>>();
    let background = Color::from_bits(0x0012_3456);
    let shown = decode(&animation(&frame_control(0, 1), &[0, 8, 9])).unwrap();
    assert_eq!(shown, [&[background][..], &gray(&[8, 9]), &[background]].concat());
    // One that reaches beyond the image, or has no size, is no frame.
    for control in [frame_control(0, 3), frame_control(0, u32::MAX), chunk(*b"fcTL", &[0; 26])] {
        assert_eq!(decode(&animation(&control, &[0, 8, 9])).unwrap(), gray(&[1, 2, 3, 4]));
    }
    assert_eq!(decode(&animation(&frame_control(0, 1), &[0, 8])), Err(CUT_SHORT.into()));
}

#[test]
fn an_animation_that_begins_with_the_image_or_is_told_behind_it_shows_the_image() {
    let plain = file(2, 8, (5, 3), false, &[]);
    let control = chunk(*b"fcTL", &[0; 26]);
    let first = file(2, 8, (5, 3), false, &[chunk(*b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), control]);
    assert_eq!(decode(&first).unwrap(), decode(&plain).unwrap());
}
