//! PNG files: every color type and depth, filters, passes, split data, palettes of all lengths.

use super::random::Random;

type Chunk = ([u8; 4], Vec<u8>);

/// What can be done to a file.
const DAMAGES: [&str; 26] = [
    "none",
    "zlib checksum wrong",
    "zlib checksum missing",
    "checksum of a pixel chunk wrong",
    "both checksums of pixels wrong",
    "checksum of the palette wrong",
    "checksum of the header wrong",
    "checksum of a side chunk wrong",
    "checksum of the end wrong",
    "end missing",
    "cut off",
    "cut off in the last bytes",
    "a bit of the pixel data wrong",
    "bytes after the end",
    "more pixel data than pixels",
    "less pixel data than pixels",
    "bytes after the pixel data",
    "an empty pixel chunk",
    "a chunk between pixel chunks",
    "an unknown critical chunk",
    "an unknown side chunk",
    "a palette that is too short",
    "a transparency of another length",
    "two palettes",
    "two transparencies",
    "transparency before the palette",
];

/// A random file and its damage.
pub fn file(random: &mut Random) -> (&'static str, Vec<u8>) {
    let damage = if random.one_in(4) { "none" } else { random.of(&DAMAGES) };
    let (kind, depths): (u8, &[u8]) = random.of(&[
        (0, &[1, 2, 4, 8, 16][..]),
        (2, &[8, 16]),
        (3, &[1, 2, 4, 8]),
        (3, &[1, 2, 4, 8]),
        (4, &[8, 16]),
        (6, &[8, 16]),
    ]);
    let depth = random.of(depths);
    let is_interlaced = random.one_in(3);
    let (width, height) = (1 + random.below(40), 1 + random.below(40));
    let mut rows = samples(random, kind, depth, (width, height), is_interlaced);
    match damage {
        "more pixel data than pixels" => rows.extend((0..50).map(|_| 0)),
        "less pixel data than pixels" => rows.truncate(rows.len().saturating_sub(1 + random.below(rows.len()))),
        _ => {}
    }
    let mut packed = fdeflate::compress_to_vec(&rows);
    let last = packed.len() - 1;
    match damage {
        "zlib checksum wrong" | "both checksums of pixels wrong" => {
            packed[last - random.below(4)] ^= 1 + random.byte() / 2;
        }
        "zlib checksum missing" => packed.truncate(last - random.below(4)),
        "a bit of the pixel data wrong" => packed[2 + random.below(last - 5)] ^= 1 << random.below(8),
        "bytes after the pixel data" => packed.extend(b"more"),
        _ => {}
    }
    let mut header = [(width as u32).to_be_bytes(), (height as u32).to_be_bytes()].concat();
    header.extend([depth, kind, 0, 0, u8::from(is_interlaced)]);
    let mut chunks: Vec<Chunk> = vec![(*b"IHDR", header)];
    chunks.extend(palette_chunks(random, kind, depth, damage));
    match damage {
        "an unknown critical chunk" => chunks.push((*b"ABCD", vec![1, 2, 3])),
        "an unknown side chunk" => chunks.push((*b"abCd", vec![1, 2, 3])),
        "checksum of a side chunk wrong" => chunks.push((*b"tEXt", b"name\0text".to_vec())),
        _ => {}
    }
    let part = packed.len().div_ceil(1 + random.below(4));
    for (index, part) in packed.chunks(part).enumerate() {
        match damage {
            "an empty pixel chunk" => chunks.push((*b"IDAT", Vec::new())),
            "a chunk between pixel chunks" if index == 1 => chunks.push((*b"tEXt", b"name\0text".to_vec())),
            _ => {}
        }
        chunks.push((*b"IDAT", part.to_vec()));
    }
    chunks.push((*b"IEND", Vec::new()));
    let wrong = match damage {
        "checksum of a pixel chunk wrong" | "both checksums of pixels wrong" => Some(*b"IDAT"),
        "checksum of the palette wrong" => Some(*b"PLTE"),
        "checksum of the header wrong" => Some(*b"IHDR"),
        "checksum of a side chunk wrong" => Some(*b"tEXt"),
        "checksum of the end wrong" => Some(*b"IEND"),
        _ => None,
    };
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in &chunks {
        append(&mut bytes, *name, data, wrong == Some(*name));
    }
    let shorter = match damage {
        "end missing" => 12,
        "cut off" => 1 + random.below(bytes.len() - 8),
        "cut off in the last bytes" => 13 + random.below(12),
        _ => 0,
    };
    bytes.truncate(bytes.len() - shorter);
    if damage == "bytes after the end" {
        bytes.extend(b"trailing bytes of no meaning");
    }
    (damage, bytes)
}

/// Palette and transparency of a color type.
fn palette_chunks(random: &mut Random, kind: u8, depth: u8, damage: &str) -> Vec<Chunk> {
    let most = 1 << depth.min(8);
    let entries = if damage == "a palette that is too short" { 1 + random.below(most) } else { most };
    let palette = (*b"PLTE", (0..3 * entries).map(|_| random.byte()).collect::<Vec<_>>());
    let lengths: &[usize] = match (kind, damage == "a transparency of another length") {
        (0, false) => &[0, 2],
        (0, true) => &[1, 3],
        (2, false) => &[0, 6],
        (2, true) => &[2, 7],
        (3, false) => &[0, 1, entries],
        (3, true) => &[entries + 1],
        _ => &[0],
    };
    let length = random.of(lengths);
    // Of one transparent color, high bytes are 0 or it could not occur; bits above the depth are, since `png` compares them.
    let bits = if kind == 3 { u8::MAX } else { u8::MAX >> (8 - depth.min(8)) };
    let value =
        |random: &mut Random, at: usize| if kind != 3 && at.is_multiple_of(2) { 0 } else { random.byte() & bits };
    let alphas: Vec<u8> = (0..length).map(|at| value(random, at)).collect();
    let transparency = (length > 0).then_some((*b"tRNS", alphas));
    let mut chunks: Vec<Chunk> = Vec::new();
    if kind == 3 {
        chunks.push(palette);
        if damage == "two palettes" {
            chunks.push((*b"PLTE", (0..3 * entries).map(|_| random.byte()).collect()));
        }
    }
    match damage {
        "transparency before the palette" => chunks.splice(0..0, transparency).for_each(drop),
        "two transparencies" => {
            chunks.extend(transparency.clone());
            chunks.extend(transparency.map(|(name, data)| (name, data.iter().map(|value| value ^ 0x55).collect())));
        }
        _ => chunks.extend(transparency),
    }
    chunks
}

/// Rows of random samples with the number of a filter before each, pass by pass.
fn samples(random: &mut Random, kind: u8, depth: u8, (width, height): (usize, usize), is_interlaced: bool) -> Vec<u8> {
    const PASSES: [[usize; 4]; 7] =
        [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
    let channels = [1, 0, 3, 1, 2, 0, 4][usize::from(kind)];
    let whole = [[0, 0, 1, 1]];
    let step = 1 + random.below(60);
    let mut data = Vec::new();
    for &[left, top, across, down] in if is_interlaced { &PASSES[..] } else { &whole[..] } {
        let columns = width.saturating_sub(left).div_ceil(across);
        let rows = height.saturating_sub(top).div_ceil(down);
        for _ in 0..if columns == 0 { 0 } else { rows } {
            data.push(random.below(5) as u8);
            let bytes = (columns * channels * usize::from(depth)).div_ceil(8);
            data.extend((0..bytes).map(|_| random.below(step) as u8));
        }
    }
    data
}

fn append(file: &mut Vec<u8>, name: [u8; 4], data: &[u8], is_wrong: bool) {
    let summed = [&name, data].concat();
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(&summed);
    file.extend((crc32(&summed) ^ u32::from(is_wrong)).to_be_bytes());
}

fn crc32(bytes: &[u8]) -> u32 {
    let shift = |sum: u32| (0..8).fold(sum, |sum, _| (sum >> 1) ^ ((sum & 1) * 0xedb8_8320));
    !bytes.iter().fold(!0, |sum, &byte| shift(sum ^ u32::from(byte)))
}
