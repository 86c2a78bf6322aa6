//! Rows of samples in, packed pixels out.

use super::{Kind, Png};
use crate::model::raster::pack;
use crate::stages::decode::conversion::Conversion;
use crate::stages::decode::pixels::flatten;

/// What is needed to read a row.
pub struct Rows<'a> {
    kind: Kind,
    depth: usize,
    /// Of indices, and of gray of up to 8 bits: the pixel for each value.
    table: Vec<u32>,
    /// Samples of the one transparent color.
    key: Option<Vec<u16>>,
    conversion: Option<&'a Conversion>,
    background: u32,
}

impl<'a> Rows<'a> {
    pub fn new(png: &Png, conversion: Option<&'a Conversion>, background: u32) -> Self {
        let samples = match png.kind {
            Kind::Gray => 1,
            Kind::Rgb => 3,
            _ => 0,
        };
        let key = png.transparency.and_then(|given| given.as_chunks().0.get(..samples)).filter(|key| !key.is_empty());
        let key = key.map(|key| key.iter().map(|&sample| u16::from_be_bytes(sample)).collect());
        let mut rows = Self { kind: png.kind, depth: png.depth, table: Vec::new(), key, conversion, background };
        if rows.depth <= 8 && matches!(rows.kind, Kind::Gray | Kind::Indexed) {
            rows.table = (0..=255).map(|value| rows.table_pixel(png, value)).collect();
        }
        rows
    }

    fn table_pixel(&self, png: &Png, value: u8) -> u32 {
        let place = usize::from(value);
        if self.kind == Kind::Indexed {
            // What is past the end of the palette is its last color, as browsers have it.
            let place = place.min(png.palette.len().saturating_sub(1));
            let color = png.palette.get(place).copied().unwrap_or_default();
            let alpha = png.transparency.and_then(|alphas| alphas.get(place)).copied().unwrap_or(255);
            return self.pixel(color, alpha);
        }
        let most = (1_u32 << self.depth) - 1;
        let level = (u32::from(value) * 255 / most).min(255) as u8;
        let is_key = self.key.as_ref().is_some_and(|key| key[..] == [u16::from(value)]);
        self.pixel([level; 3], if is_key { 0 } else { 255 })
    }

    fn pixel(&self, color: [u8; 3], alpha: u8) -> u32 {
        let color = self.conversion.map_or(color, |conversion| conversion.convert(color));
        flatten(color, alpha, self.background)
    }

    /// Bytes from one pixel to the next, at least one.
    pub fn step(&self) -> usize {
        (self.kind.channels() * self.depth).div_ceil(8)
    }

    /// Appends the `width` pixels of an unfiltered row.
    pub fn append(&self, row: &[u8], width: usize, pixels: &mut Vec<u32>) {
        match (self.kind, self.depth) {
            (Kind::Gray | Kind::Indexed, 8) => pixels.extend(row.iter().map(|&value| self.table[usize::from(value)])),
            (Kind::Gray | Kind::Indexed, depth @ (1 | 2 | 4)) => {
                let each = 8 / depth;
                pixels.extend((0..width).map(|x| {
                    let shift = 8 - depth - x % each * depth;
                    self.table[usize::from(row[x / each] >> shift) & ((1 << depth) - 1)]
                }));
            }
            (Kind::Rgb, 8) if self.key.is_none() && self.conversion.is_none() => {
                pixels.extend(row.as_chunks().0.iter().map(|&color| pack(color)));
            }
            (Kind::Rgba, 8) if self.conversion.is_none() => {
                let quads = row.as_chunks::<4>().0;
                pixels.extend(quads.iter().map(|&[r, g, b, alpha]| flatten([r, g, b], alpha, self.background)));
            }
            _ => pixels.extend(row.chunks_exact(self.step()).map(|samples| self.read(samples))),
        }
    }

    /// The rare kinds: 16 bits, gray with alpha, a transparent color, a color profile.
    fn read(&self, samples: &[u8]) -> u32 {
        let wide = self.depth == 16;
        let sample = |at: usize| {
            if wide { u16::from_be_bytes([samples[2 * at], samples[2 * at + 1]]) } else { u16::from(samples[at]) }
        };
        let level = |at: usize| if wide { narrow(sample(at)) } else { sample(at) as u8 };
        let is_key = self.key.as_ref().is_some_and(|key| key.iter().enumerate().all(|(at, &key)| sample(at) == key));
        let opaque = if is_key { 0 } else { 255 };
        match self.kind {
            Kind::Gray | Kind::Indexed => self.pixel([level(0); 3], opaque),
            Kind::GrayAlpha => self.pixel([level(0); 3], level(1)),
            Kind::Rgb => self.pixel([level(0), level(1), level(2)], opaque),
            Kind::Rgba => self.pixel([level(0), level(1), level(2)], level(3)),
        }
    }
}

/// The nearest 8-bit level of a 16-bit one.
fn narrow(sample: u16) -> u8 {
    ((u32::from(sample) + 128) / 257) as u8
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn sixteen_bits_are_rounded_to_the_nearest_eight() {
        for (wide, level) in [(0, 0), (128, 0), (129, 1), (257, 1), (65406, 254), (65407, 255), (65535, 255)] {
            assert_eq!(narrow(wide), level, "{wide}");
        }
    }
}
