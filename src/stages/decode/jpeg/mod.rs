//! Baseline and progressive JPEG to exactly the pixels that libjpeg-turbo gives, and so browsers.
//!
//! The standard (ITU-T T.81) leaves the rounding of the inverse DCT, of chroma upsampling and of color conversion to the
//! decoder. Decoders that round otherwise differ from the picture a browser shows by a few levels in every twentieth
//! pixel or so.
//!
//! Why not zune-jpeg (measured in wasm, one worker): `image` with `png` and zune-jpeg makes the wasm file 294 kB brotli
//! instead of 219, 37 kB for each of the two, JPEG is analyzed 30 % slower, since zune-jpeg has no wasm SIMD, and the pixels
//! are not those that browsers show. To be decided anew when Chromium ships zune-jpeg.
//!
//! Not read are, as in browsers, lossless files and those of 12 bits, and arithmetic coding. Where a
//! progressive file leaves out the last bits of low frequencies, libjpeg smooths over the edges of blocks; here they stay.

mod bit_reader;
mod coefficients;
mod component;
mod huffman;
mod idct;
mod restart_markers;
mod scan;
mod standard_tables;
mod upsample;
mod ycbcr;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::failure::{CUT_SHORT, Failure, Result, filled, with_room};
use crate::model::color::Color;
use bit_reader::BitReader;
use component::{Component, SHORT};
use huffman::HuffmanTable;
use upsample::Upsampler;

/// Maximum number of parts of a color profile: they are numbered by one byte.
const MAX_PROFILE_PARTS: usize = 255;

/// A JPEG, read as far as its first scan.
#[derive(Default)]
pub struct Jpeg<'a> {
    data: &'a [u8],
    pos: usize,
    quant: [Option<[i16; 64]>; 4],
    /// Huffman tables: those of DC coefficients, then those of AC coefficients.
    tables: [[Option<Rc<HuffmanTable>>; 4]; 2],
    restart_interval: u16,
    jfif: bool,
    adobe_transform: Option<u8>,
    exif: Option<&'a [u8]>,
    /// Parts of the color profile.
    profile: Vec<&'a [u8]>,
    progressive: bool,
    width: usize,
    height: usize,
    /// Interleaved units across and down.
    units: (usize, usize),
    /// Empty before the frame header.
    components: Vec<Component>,
    scans: usize,
    is_damaged: bool,
}

impl<'a> Jpeg<'a> {
    /// Reads everything before the first scan.
    ///
    /// # Errors
    /// Damaged or unsupported.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        if !bytes.starts_with(&[0xff, 0xd8]) {
            return Err("it does not start as a JPEG does".into());
        }
        let mut jpeg = Self { data: bytes, pos: 2, ..Self::default() };
        if jpeg.advance()? && !jpeg.components.is_empty() {
            return Ok(jpeg);
        }
        Err("there is no picture in it".into())
    }

    /// Width and height as stored.
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The EXIF data.
    pub fn exif(&self) -> Option<&'a [u8]> {
        self.exif
    }

    /// The color profile. Empty if there is none, or not all of its parts.
    pub fn profile(&self) -> Vec<u8> {
        let count = self.profile.len();
        let part = |number| {
            self.profile.iter().find_map(|&part| match part {
                [n, of, rest @ ..] if (usize::from(*n), usize::from(*of)) == (number, count) => Some(rest),
                _ => None,
            })
        };
        (1..=count).map(part).collect::<Option<Vec<_>>>().unwrap_or_default().concat()
    }

    /// Whether the image is gray.
    pub fn is_gray(&self) -> bool {
        self.components.len() == 1
    }

    /// Decodes the pixels as stored, row by row. Returns also whether some of them are gray or wrong because the file is damaged.
    /// Orientation and color profile are not applied.
    ///
    /// # Errors
    /// Damaged, unsupported, or no memory.
    pub fn decode(mut self) -> Result<(Vec<Color>, bool)> {
        for component in &mut self.components {
            let blocks = self.units.1 * component.blocks.1 * component.stride / 8;
            if self.progressive {
                component.coefficients = filled([0; 64], blocks)?;
            } else {
                // Initialized to gray, which remains where bits are missing.
                component.plane = filled(128, blocks.saturating_mul(64))?;
            }
        }
        if !self.progressive {
            standard_tables::fill(&mut self.tables);
        }
        self.scan()?;
        while self.advance()? {
            self.scan()?;
        }
        self.finish()
    }

    /// Reads up to a scan or to the end, which is `false`.
    fn advance(&mut self) -> Result<bool> {
        loop {
            match self.marker()? {
                0x01 | 0xd0..=0xd7 => {}
                0xd9 => return Ok(false),
                0xda => return Ok(true),
                0xc4 => self.huffman_tables()?,
                0xdb => self.quant_tables()?,
                0xc3 | 0xc5..=0xc7 => return Err(Failure::Unsupported("lossless or hierarchical coding")),
                0xc8..=0xcf => return Err(Failure::Unsupported("arithmetic coding")),
                marker @ 0xc0..=0xc2 => self.frame_header(marker == 0xc2)?,
                marker => {
                    let payload = self.segment()?;
                    match (marker, payload) {
                        (0xdd, &[high, low, ..]) => self.restart_interval = u16::from_be_bytes([high, low]),
                        (0xe0, [b'J', b'F', b'I', b'F', 0, ..]) => self.jfif = true,
                        (0xe1, [b'E', b'x', b'i', b'f', 0, 0, exif @ ..]) => self.exif = self.exif.or(Some(exif)),
                        (0xe2, _) if self.profile.len() < MAX_PROFILE_PARTS => {
                            self.profile.extend(payload.strip_prefix(b"ICC_PROFILE\0"));
                        }
                        (0xee, [b'A', b'd', b'o', b'b', b'e', ..]) => self.adobe_transform = payload.get(11).copied(),
                        _ => {}
                    }
                }
            }
        }
    }

    /// The next marker's second byte; at the end of the data, that of the end marker if only it is missing.
    fn marker(&mut self) -> Result<u8> {
        self.pos = BitReader::new(self.data, self.pos).marker_pos() + 2;
        let complete =
            !self.components.is_empty() && self.components.iter().all(|component| component.known == u64::MAX);
        let marker = self.data.get(self.pos - 1).copied();
        Ok(marker.or(complete.then_some(0xd9)).ok_or(CUT_SHORT)?)
    }

    /// What belongs to the marker just read.
    fn segment(&mut self) -> Result<&'a [u8]> {
        let rest = self.data.get(self.pos..).unwrap_or_default();
        let length = usize::from(u16::from_be_bytes(*rest.first_chunk().ok_or(SHORT)?));
        self.pos += length;
        Ok(rest.get(2..length).ok_or(SHORT)?)
    }

    fn quant_tables(&mut self) -> Result<()> {
        let mut rest = self.segment()?;
        while let Some((&head, values)) = rest.split_first() {
            let size = if head < 16 { 1 } else { 2 };
            let (values, after) = values.split_at_checked(64 * size).ok_or(SHORT)?;
            let slot = self.quant.get_mut(usize::from(head % 16)).ok_or("a quantization table's number is wrong")?;
            let value = |k| values[k * size..][..size].iter().fold(0, |high, &low| high << 8 | i16::from(low));
            *slot = Some(std::array::from_fn(value));
            rest = after;
        }
        Ok(())
    }

    fn huffman_tables(&mut self) -> Result<()> {
        let mut rest = self.segment()?;
        while let Some((&head, body)) = rest.split_first() {
            let (counts, body) = body.split_first_chunk().ok_or(SHORT)?;
            let total = counts.iter().copied().map(usize::from).sum();
            let (symbols, after) = body.split_at_checked(total).ok_or(SHORT)?;
            let slot =
                self.tables.get_mut(usize::from(head / 16)).and_then(|kind| kind.get_mut(usize::from(head % 16)));
            let table = HuffmanTable::new(counts, symbols).ok_or("a Huffman table is damaged")?;
            *slot.ok_or("a Huffman table's number is wrong")? = Some(Rc::new(table));
            rest = after;
        }
        Ok(())
    }

    /// Reads the size and the components.
    fn frame_header(&mut self, progressive: bool) -> Result<()> {
        let (&[depth, height, height_low, width, width_low, count], specs) =
            self.segment()?.split_first_chunk().ok_or(SHORT)?;
        let [width, height] = [[width, width_low], [height, height_low]].map(u16::from_be_bytes);
        let specs = specs.as_chunks::<3>().0;
        if !self.components.is_empty() || width == 0 || height == 0 || specs.len() != usize::from(count) {
            return Err("a frame header is damaged".into());
        }
        let factors = specs.iter().map(|[_, factors, _]| (usize::from(factors / 16), usize::from(factors % 16)));
        let most = factors.clone().fold((1, 1), |most, (h, v)| (most.0.max(h), most.1.max(v)));
        let fits = |(h, v)| (1..=4).contains(&h) && (1..=4).contains(&v) && most.0 % h == 0 && most.1 % v == 0;
        if depth != 8 {
            return Err(Failure::Unsupported("samples of 12 bits"));
        }
        if !matches!(count, 1 | 3 | 4) || !factors.clone().all(fits) {
            return Err(Failure::Unsupported("this number or size of components"));
        }
        (self.progressive, self.width, self.height) = (progressive, usize::from(width), usize::from(height));
        self.units = (self.width.div_ceil(8 * most.0), self.height.div_ceil(8 * most.1));
        for (&[id, _, quant_index], (h, v)) in specs.iter().zip(factors) {
            self.components.push(Component {
                id,
                blocks: (h, v),
                scale: (most.0 / h, most.1 / v),
                width: (self.width * h).div_ceil(most.0),
                height: (self.height * v).div_ceil(most.1),
                stride: self.units.0 * h * 8,
                quant_index: usize::from(quant_index),
                ..Component::default()
            });
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(Vec<Color>, bool)> {
        if self.components.iter().any(|component| component.known & 1 == 0) {
            return Err(CUT_SHORT.into());
        }
        if self.progressive {
            self.components.iter_mut().try_for_each(Component::transform)?;
        }
        let named_rgb = self.components.iter().map(|component| component.id).eq(*b"RGB");
        let rgb = !self.jfif && self.adobe_transform.map_or(named_rgb, |transform| transform == 0);
        // Any other number stands for a transform too, as in libjpeg.
        let inverted = self.adobe_transform.is_some_and(|transform| transform != 0);
        let mut pixels = with_room(self.width * self.height)?;
        let mut upsamplers = [const { Upsampler::new() }; 4];
        for y in 0..self.height {
            let rows =
                upsamplers.iter_mut().zip(&self.components).map(|(upsampler, component)| upsampler.row(component, y));
            let rows: Option<Vec<&[u8]>> = rows.map(|row| row?.get(..self.width)).collect();
            match rows.ok_or(SHORT)?[..] {
                [red, green, blue] if rgb => {
                    let rgb = red.iter().zip(green).zip(blue);
                    pixels.extend(rgb.map(|((&red, &green), &blue)| Color::rgb([red, green, blue])));
                }
                [y, cb, cr] => ycbcr::to_rgb([y, cb, cr], &mut pixels),
                [cyan, magenta, yellow, black] => {
                    ycbcr::inks_to_rgb([cyan, magenta, yellow, black], inverted, &mut pixels);
                }
                [gray, ..] => pixels.extend(gray.iter().map(|&gray| Color::gray(gray))),
                [] => {}
            }
        }
        let is_whole = self.components.iter().all(|component| component.known == u64::MAX);
        Ok((pixels, self.is_damaged || !is_whole))
    }
}
