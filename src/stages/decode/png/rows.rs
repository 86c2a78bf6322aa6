//! Unfiltered rows of samples in, pixels out.

use crate::model::color::Color;
use crate::stages::decode::alpha::flatten;
use crate::stages::decode::color_conversion::Conversion;

/// The color type: which samples make a pixel (PNG, third edition, 11.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorType {
    Gray,
    Rgb,
    Indexed,
    GrayAlpha,
    Rgba,
}

impl ColorType {
    fn channels(self) -> usize {
        match self {
            Self::Gray | Self::Indexed => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// How the samples of an image are stored, and what they stand for.
#[derive(Debug, Clone, Copy)]
pub struct SampleFormat<'a> {
    pub color_type: ColorType,
    /// Bits of one sample: 1, 2, 4, 8 or 16.
    pub depth: usize,
    /// The chunk `PLTE`.
    pub palette: &'a [[u8; 3]],
    /// The chunk `tRNS`: alpha of the palette, or the one color that is transparent.
    pub transparency: Option<&'a [u8]>,
}

impl SampleFormat<'_> {
    /// Bits of one pixel.
    pub fn bits_per_pixel(&self) -> usize {
        self.color_type.channels() * self.depth
    }
}

/// Reads rows of one format.
pub struct Rows<'a> {
    format: SampleFormat<'a>,
    /// The pixel for each sample value, of palette indices and of gray of up to 8 bits.
    table: Vec<Color>,
    /// Samples of the one transparent color.
    key: Option<Vec<u16>>,
    conversion: Option<&'a Conversion>,
    background: Color,
}

impl<'a> Rows<'a> {
    pub fn new(format: SampleFormat<'a>, conversion: Option<&'a Conversion>, background: Color) -> Self {
        let samples = match format.color_type {
            ColorType::Gray => 1,
            ColorType::Rgb => 3,
            _ => 0,
        };
        let key =
            format.transparency.and_then(|given| given.as_chunks().0.get(..samples)).filter(|key| !key.is_empty());
        // Of samples of fewer bits the upper ones mean nothing (PNG third edition, 11.3.1.1).
        let mask = u16::MAX >> (16 - format.depth.min(16));
        let key = key.map(|key| key.iter().map(|&sample| u16::from_be_bytes(sample) & mask).collect());
        let mut rows = Self { format, table: Vec::new(), key, conversion, background };
        if format.depth <= 8 && matches!(format.color_type, ColorType::Gray | ColorType::Indexed) {
            rows.table = (0..=255).map(|value| rows.table_pixel(value)).collect();
        }
        rows
    }

    fn table_pixel(&self, value: u8) -> Color {
        let place = usize::from(value);
        if self.format.color_type == ColorType::Indexed {
            // Indices past the end of the palette stand for its last color, as in browsers.
            let SampleFormat { palette, transparency, .. } = self.format;
            let place = place.min(palette.len().saturating_sub(1));
            let color = palette.get(place).copied().unwrap_or_default();
            let alpha = transparency.and_then(|alphas| alphas.get(place)).copied().unwrap_or(255);
            return self.pixel(color, alpha);
        }
        let most = (1_u32 << self.format.depth) - 1;
        let level = (u32::from(value) * 255 / most).min(255) as u8;
        let is_key = self.key.as_ref().is_some_and(|key| key[..] == [u16::from(value)]);
        self.pixel([level; 3], if is_key { 0 } else { 255 })
    }

    fn pixel(&self, color: [u8; 3], alpha: u8) -> Color {
        let color = self.conversion.map_or(color, |conversion| conversion.convert(color));
        flatten(color, alpha, self.background)
    }

    /// Bytes from one pixel to the next, at least one.
    pub fn step(&self) -> usize {
        self.format.bits_per_pixel().div_ceil(8)
    }

    /// Appends the `width` pixels of an unfiltered row.
    pub fn append(&self, row: &[u8], width: usize, pixels: &mut Vec<Color>) {
        match (self.format.color_type, self.format.depth) {
            (ColorType::Gray | ColorType::Indexed, 8) => {
                pixels.extend(row.iter().map(|&value| self.table[usize::from(value)]));
            }
            (ColorType::Gray | ColorType::Indexed, depth @ (1 | 2 | 4)) => {
                let each = 8 / depth;
                pixels.extend((0..width).map(|x| {
                    let shift = 8 - depth - x % each * depth;
                    self.table[usize::from(row[x / each] >> shift) & ((1 << depth) - 1)]
                }));
            }
            (ColorType::Rgb, 8) if self.key.is_none() && self.conversion.is_none() => {
                pixels.extend(row.as_chunks().0.iter().map(|&color| Color::rgb(color)));
            }
            (ColorType::Rgba, 8) if self.conversion.is_none() => {
                let quads = row.as_chunks::<4>().0;
                pixels.extend(quads.iter().map(|&[r, g, b, alpha]| flatten([r, g, b], alpha, self.background)));
            }
            _ => pixels.extend(row.chunks_exact(self.step()).map(|samples| self.read(samples))),
        }
    }

    /// The rare kinds: 16 bits, gray with alpha, a transparent color, a color profile.
    fn read(&self, samples: &[u8]) -> Color {
        let wide = self.format.depth == 16;
        let sample = |at: usize| {
            if wide { u16::from_be_bytes([samples[2 * at], samples[2 * at + 1]]) } else { u16::from(samples[at]) }
        };
        let level = |at: usize| if wide { narrow(sample(at)) } else { sample(at) as u8 };
        let is_key = self.key.as_ref().is_some_and(|key| key.iter().enumerate().all(|(at, &key)| sample(at) == key));
        let opaque = if is_key { 0 } else { 255 };
        match self.format.color_type {
            ColorType::Gray | ColorType::Indexed => self.pixel([level(0); 3], opaque),
            ColorType::GrayAlpha => self.pixel([level(0); 3], level(1)),
            ColorType::Rgb => self.pixel([level(0), level(1), level(2)], opaque),
            ColorType::Rgba => self.pixel([level(0), level(1), level(2)], level(3)),
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
