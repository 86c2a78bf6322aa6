//! JPEG files: baseline ones of random coefficients, of every sampling, with and without restarts; and progressive ones
//! from the fixtures.

use super::random::Random;

/// What can be done to a file.
const DAMAGES: [&str; 19] = [
    "none",
    "Huffman tables missing",
    "quantization tables missing",
    "a restart marker missing",
    "all restart markers missing",
    "restart markers renumbered",
    "a restart marker renumbered",
    "a restart marker twice",
    "bytes before a restart marker",
    "a restart segment lost",
    "a bit of the scan wrong",
    "a marker inside a scan",
    "an end marker inside a scan",
    "bytes between segments",
    "fill bytes before markers",
    "end marker missing",
    "cut off",
    "bytes after the end",
    "another byte for the end marker",
];

const SAMPLINGS: [&[(u8, u8)]; 9] = [
    &[(1, 1)],
    &[(2, 2)],
    &[(1, 1), (1, 1), (1, 1)],
    &[(2, 1), (1, 1), (1, 1)],
    &[(1, 2), (1, 1), (1, 1)],
    &[(2, 2), (1, 1), (1, 1)],
    &[(4, 1), (1, 1), (1, 1)],
    &[(2, 2), (2, 1), (2, 1)],
    &[(1, 1), (1, 1), (1, 1), (1, 1)],
];

/// Annex K.3: counts of codes by their length, and symbols.
const DC_COUNTS: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const AC_COUNTS: [u8; 16] = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d];

/// A random file and its damage.
pub fn file(random: &mut Random) -> (&'static str, Vec<u8>) {
    let damage = if random.one_in(4) { "none" } else { random.of(&DAMAGES) };
    let mut bytes = if damage != "Huffman tables missing" && random.one_in(4) {
        random
            .of(&[
                &include_bytes!("../../fixtures/seeds/progressive.jpeg")[..],
                include_bytes!("../../fixtures/pictures/progressive-restarts.jpeg"),
            ])
            .to_vec()
    } else {
        baseline(random)
    };
    let scan = position(&bytes, 0xda).unwrap_or(0);
    match damage {
        "Huffman tables missing" => remove_segments(&mut bytes, 0xc4),
        "quantization tables missing" => remove_segments(&mut bytes, 0xdb),
        "a bit of the scan wrong" => {
            let at = scan + 20 + random.below(bytes.len() - scan - 22);
            bytes[at] ^= 1 << random.below(8);
        }
        "a marker inside a scan" | "an end marker inside a scan" => {
            let at = scan + 20 + random.below(bytes.len() - scan - 24);
            let marker = if damage.starts_with("an end") { 0xd9 } else { random.of(&[0x01, 0xd0, 0xd3, 0xd7]) };
            bytes.splice(at..at + 2, [0xff, marker]);
        }
        "bytes between segments" => splice(&mut bytes, scan, b"none of a marker"),
        "fill bytes before markers" => splice(&mut bytes, scan, &[0xff, 0xff, 0xff]),
        "end marker missing" => bytes.truncate(bytes.len() - 2),
        "cut off" => bytes.truncate(bytes.len() - 3 - random.below(bytes.len() - scan - 3)),
        "bytes after the end" => bytes.extend(b"bytes after the end"),
        "another byte for the end marker" => {
            bytes.truncate(bytes.len() - 2);
            bytes.extend([0; 30]);
        }
        _ => damage_restarts(&mut bytes, damage, random),
    }
    (damage, bytes)
}

fn damage_restarts(bytes: &mut Vec<u8>, damage: &str, random: &mut Random) {
    let scan = position(bytes, 0xda).unwrap_or(0);
    let restarts: Vec<usize> =
        (scan..bytes.len() - 1).filter(|&at| bytes[at] == 0xff && (0xd0..=0xd7).contains(&bytes[at + 1])).collect();
    if restarts.is_empty() {
        return;
    }
    let at = random.of(&restarts);
    let renumbered = |marker: u8, by: usize| 0xd0 | (marker.wrapping_add(by as u8) & 7);
    match damage {
        "a restart marker missing" => bytes.drain(at..at + 2).for_each(drop),
        "all restart markers missing" => restarts.iter().rev().for_each(|&at| bytes.drain(at..at + 2).for_each(drop)),
        "restart markers renumbered" => {
            let by = 1 + random.below(7);
            for &at in &restarts {
                bytes[at + 1] = renumbered(bytes[at + 1], by);
            }
        }
        "a restart marker renumbered" => bytes[at + 1] = renumbered(bytes[at + 1], 1 + random.below(7)),
        "a restart marker twice" => splice(bytes, at, &[0xff, 0xd0 | random.below(8) as u8]),
        "bytes before a restart marker" => splice(bytes, at, &[0x12, 0x34, 0x56]),
        "a restart segment lost" => {
            let next = restarts.iter().copied().find(|&next| next > at).unwrap_or(bytes.len() - 2);
            bytes.drain(at..next);
        }
        _ => {}
    }
}

fn position(bytes: &[u8], marker: u8) -> Option<usize> {
    bytes.windows(2).position(|pair| pair == [0xff, marker])
}

fn splice(bytes: &mut Vec<u8>, at: usize, extra: &[u8]) {
    bytes.splice(at..at, extra.iter().copied());
}

fn remove_segments(bytes: &mut Vec<u8>, marker: u8) {
    while let Some(at) = position(bytes, marker) {
        let len = usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
        bytes.drain(at..at + 2 + len);
    }
}

/// A whole baseline file, whose one scan has all components.
fn baseline(random: &mut Random) -> Vec<u8> {
    let sampling = random.of(&SAMPLINGS);
    let (width, height) = (1 + random.below(70), 1 + random.below(50));
    let interval = if random.one_in(3) { 0 } else { 1 + random.below(4) };
    let mut bytes = vec![0xff, 0xd8];
    if sampling.len() == 4 {
        segment(&mut bytes, 0xee, b"Adobe\0\x64\0\0\0\0\x00");
    } else {
        segment(&mut bytes, 0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    }
    let quant: Vec<u8> = (0..64).map(|k| 4 + random.below(4 + k / 2) as u8).collect();
    segment(&mut bytes, 0xdb, &[&[0][..], &quant].concat());
    let mut frame = vec![8];
    frame.extend((height as u16).to_be_bytes());
    frame.extend((width as u16).to_be_bytes());
    frame.push(sampling.len() as u8);
    sampling.iter().enumerate().for_each(|(i, &(h, v))| frame.extend([i as u8 + 1, h << 4 | v, 0]));
    segment(&mut bytes, 0xc0, &frame);
    let (dc, ac) = ((0..12).collect::<Vec<u8>>(), ac_symbols());
    segment(&mut bytes, 0xc4, &[&[0x00][..], &DC_COUNTS, &dc].concat());
    segment(&mut bytes, 0xc4, &[&[0x10][..], &AC_COUNTS, &ac].concat());
    if interval > 0 {
        segment(&mut bytes, 0xdd, &(interval as u16).to_be_bytes());
    }
    let mut scan = vec![sampling.len() as u8];
    (0..sampling.len()).for_each(|i| scan.extend([i as u8 + 1, 0]));
    scan.extend([0, 63, 0]);
    segment(&mut bytes, 0xda, &scan);

    let most = sampling.iter().fold((1, 1), |most, &(h, v)| (most.0.max(h), most.1.max(v)));
    let is_alone = sampling.len() == 1;
    let unit = if is_alone { (8, 8) } else { (8 * usize::from(most.0), 8 * usize::from(most.1)) };
    let units = width.div_ceil(unit.0) * height.div_ceil(unit.1);
    let codes = [codes(&DC_COUNTS, &dc), codes(&AC_COUNTS, &ac)];
    let mut bits = BitWriter::default();
    let mut levels = vec![0; sampling.len()];
    for index in 0..units {
        if interval > 0 && index > 0 && index % interval == 0 {
            bits.flush(&mut bytes);
            bytes.extend([0xff, 0xd0 | ((index / interval - 1) & 7) as u8]);
            levels.fill(0);
        }
        for (component, &(h, v)) in sampling.iter().enumerate() {
            for _ in 0..if is_alone { 1 } else { h * v } {
                block(random, &codes, &mut levels[component], &mut bits);
            }
        }
    }
    bits.flush(&mut bytes);
    bytes.extend([0xff, 0xd9]);
    bytes
}

/// Writes a block: a level near the one before and a few small coefficients.
fn block(random: &mut Random, codes: &[Vec<(u32, u32)>; 2], level: &mut i32, bits: &mut BitWriter) {
    let next = (*level + random.below(81) as i32 - 40).clamp(-120, 120);
    value(bits, &codes[0], 0, next - *level);
    *level = next;
    let mut k = 1;
    for _ in 0..random.below(6) {
        let run = random.below(20);
        let amount = random.below(30) as i32 - 15;
        if k + run > 63 || amount == 0 {
            break;
        }
        k += run + 1;
        (0..run / 16).for_each(|_| bits.put(codes[1][0xf0]));
        value(bits, &codes[1], (run % 16) as u8, amount);
    }
    if k < 64 {
        bits.put(codes[1][0]);
    }
}

fn value(bits: &mut BitWriter, codes: &[(u32, u32)], run: u8, amount: i32) {
    let size = 32 - amount.unsigned_abs().leading_zeros();
    bits.put(codes[usize::from(run << 4) | size as usize]);
    let low = if amount < 0 { amount + (1 << size) - 1 } else { amount };
    bits.put((low as u32, size));
}

/// All symbols of K.5 in the order of their codes.
fn ac_symbols() -> Vec<u8> {
    let first = [
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
        0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
        0x82,
    ];
    let others = (0..=0xff).filter(|symbol| (1..=10).contains(&(symbol % 16)) && !first.contains(symbol));
    first.iter().copied().chain(others).collect()
}

/// The code of each symbol and its length.
fn codes(counts: &[u8; 16], symbols: &[u8]) -> Vec<(u32, u32)> {
    let mut codes = vec![(0, 0); 256];
    let (mut code, mut symbols) = (0, symbols.iter());
    for (length, &count) in (1..).zip(counts) {
        for &symbol in symbols.by_ref().take(usize::from(count)) {
            codes[usize::from(symbol)] = (code, length);
            code += 1;
        }
        code <<= 1;
    }
    codes
}

fn segment(bytes: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    bytes.extend([0xff, marker]);
    bytes.extend((payload.len() as u16 + 2).to_be_bytes());
    bytes.extend(payload);
}

#[derive(Default)]
struct BitWriter {
    done: Vec<u8>,
    bits: u32,
    count: u32,
}

impl BitWriter {
    fn put(&mut self, (code, length): (u32, u32)) {
        for shift in (0..length).rev() {
            self.bits = self.bits << 1 | (code >> shift & 1);
            self.count += 1;
            if self.count == 8 {
                self.done.push(self.bits as u8);
                if self.bits as u8 == 0xff {
                    self.done.push(0);
                }
                (self.bits, self.count) = (0, 0);
            }
        }
    }

    /// Fills the last byte with ones and appends all to `file`.
    fn flush(&mut self, file: &mut Vec<u8>) {
        while self.count > 0 {
            self.put((1, 1));
        }
        file.append(&mut self.done);
    }
}
