//! PNG (W3C Recommendation, third edition) to packed pixels. The default image of an animated file is read.
//!
//! Smaller by three quarters than the decoder in the `png` crate, whose tables alone are 16 kB: checksums of the pixels'
//! chunks are left to zlib's own, so that no fast CRC is needed. Only where zlib's is wrong or missing do theirs decide.

mod color_space;
mod inflated;
mod rows;
mod unfilter;

#[cfg(test)]
mod tests;

use super::conversion::Conversion;
use super::failure::{Failure, Result, with_room};
use color_space::ColorSpace;
use inflated::Inflated;
use rows::Rows;
use unfilter::unfilter;

const CUT_SHORT: &str = "it is cut short";
const DAMAGED: &str = "its data is damaged";

/// First column and row, and distance to the next ones, of each pass of an interlaced image.
const PASSES: [[usize; 4]; 7] =
    [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

/// How samples make a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gray,
    Rgb,
    Indexed,
    GrayAlpha,
    Rgba,
}

impl Kind {
    fn channels(self) -> usize {
        match self {
            Self::Gray | Self::Indexed => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// A PNG, read as far as its pixels.
pub struct Png<'a> {
    width: usize,
    height: usize,
    kind: Kind,
    depth: usize,
    interlaced: bool,
    palette: &'a [[u8; 3]],
    /// The chunk `tRNS`: alpha of the palette, or the one color that is transparent.
    transparency: Option<&'a [u8]>,
    color_space: ColorSpace<'a>,
    exif: Option<&'a [u8]>,
    /// From the first chunk of pixels on.
    rest: &'a [u8],
}

impl<'a> Png<'a> {
    /// Reads everything before the pixels.
    ///
    /// # Errors
    /// Damaged.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or("it does not start as a PNG does")?;
        let header = Chunk::read(rest)?;
        let &[w0, w1, w2, w3, h0, h1, h2, h3, depth, kind, 0, 0, interlaced @ (0 | 1)] = header.checked()? else {
            return Err("its header is damaged".into());
        };
        let kind = match (kind, depth) {
            (0, 1 | 2 | 4 | 8 | 16) => Kind::Gray,
            (2, 8 | 16) => Kind::Rgb,
            (3, 1 | 2 | 4 | 8) => Kind::Indexed,
            (4, 8 | 16) => Kind::GrayAlpha,
            (6, 8 | 16) => Kind::Rgba,
            _ => return Err("its header is damaged".into()),
        };
        let [width, height] = [[w0, w1, w2, w3], [h0, h1, h2, h3]].map(|side| u32::from_be_bytes(side) as usize);
        if header.name != *b"IHDR" || width == 0 || height == 0 {
            return Err("its header is damaged".into());
        }
        let mut png = Self {
            width,
            height,
            kind,
            depth: usize::from(depth),
            interlaced: interlaced == 1,
            palette: &[],
            transparency: None,
            color_space: ColorSpace::default(),
            exif: None,
            rest: header.rest,
        };
        png.read_side_data()?;
        Ok(png)
    }

    fn read_side_data(&mut self) -> Result<()> {
        loop {
            let chunk = Chunk::read(self.rest)?;
            match &chunk.name {
                b"IDAT" => break,
                b"IEND" => return Err("there is no picture in it".into()),
                b"PLTE" if self.palette.is_empty() => self.palette = chunk.checked()?.as_chunks().0,
                b"PLTE" => return Err("it has two palettes".into()),
                [b'A'..=b'Z', ..] => return Err("it has a part of an unknown kind".into()),
                _ => self.note(&chunk),
            }
            self.rest = chunk.rest;
        }
        if self.kind == Kind::Indexed && self.palette.is_empty() {
            return Err("its palette is missing".into());
        }
        Ok(())
    }

    /// Takes note of what does not matter to the shape of the picture, which is passed over if it is damaged. Of two of a
    /// kind the first counts.
    fn note(&mut self, chunk: &Chunk<'a>) {
        let has_palette = !self.palette.is_empty();
        match &chunk.name {
            b"tRNS" if self.transparency.is_none() && (has_palette || self.kind != Kind::Indexed) => {
                // More than a palette can have is no transparency to browsers.
                self.transparency = chunk.checked().ok().filter(|alphas| alphas.len() <= 256);
            }
            b"eXIf" if self.exif.is_none() => self.exif = chunk.checked().ok(),
            b"cICP" | b"iCCP" | b"sRGB" | b"gAMA" | b"cHRM" => {
                if let Ok(data) = chunk.checked() {
                    self.color_space.note(chunk.name, data, has_palette);
                }
            }
            _ => {}
        }
    }

    /// Width and height as stored.
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The EXIF data.
    pub fn exif(&self) -> Option<&'a [u8]> {
        self.exif
    }

    /// The conversion of its colors to sRGB, if they need one.
    ///
    /// # Errors
    /// Unsupported.
    pub fn conversion(&self) -> Result<Option<Conversion>> {
        if self.color_space.is_hdr() {
            return Err(Failure::Unsupported("HDR colors (PQ or HLG)"));
        }
        Ok(self.color_space.conversion(matches!(self.kind, Kind::Gray | Kind::GrayAlpha)))
    }

    /// Decodes the pixels as stored, row by row, `0x00BBGGRR` each, with alpha laid over `background`.
    ///
    /// # Errors
    /// Damaged, or no memory.
    pub fn decode(&self, conversion: Option<&Conversion>, background: u32) -> Result<Vec<u32>> {
        let whole = self.read_pixels(conversion, background, true);
        // Writers that leave zlib's checksum out, or get it wrong, do harm to no pixel, and browsers show them.
        if matches!(whole, Err(Failure::Damaged(_))) && self.has_intact_chunks() {
            return self.read_pixels(conversion, background, false);
        }
        whole
    }

    /// Whether the checksums of the pixels' chunks are right, as far as they are there.
    fn has_intact_chunks(&self) -> bool {
        let mut rest = self.rest;
        while let Ok(chunk) = Chunk::read_part(rest)
            && chunk.name == *b"IDAT"
        {
            if chunk.sum.is_some() && chunk.checked().is_err() {
                return false;
            }
            rest = chunk.rest;
        }
        true
    }

    /// Inflates the pixels and, if `checked`, compares them with zlib's checksum.
    fn read_pixels(&self, conversion: Option<&Conversion>, background: u32, checked: bool) -> Result<Vec<u32>> {
        let passes: Vec<Pass> = if self.interlaced {
            PASSES.iter().filter_map(|&pass| Pass::of(self, pass)).collect()
        } else {
            Pass::of(self, [0, 0, 1, 1]).into_iter().collect()
        };
        let widest = passes.iter().map(|pass| pass.stride).max().unwrap_or_default();
        let mut inflated = Inflated::new(self.rest, widest.saturating_add(1), checked)?;
        let rows = Rows::new(self, conversion, background);
        let mut pixels = with_room(self.width * self.height)?;
        if self.interlaced {
            pixels.resize(self.width * self.height, 0);
        }
        let (mut above, mut row, mut line) = (Vec::new(), Vec::new(), Vec::new());
        for pass in passes {
            above.clear();
            above.resize(pass.stride, 0);
            for y in 0..pass.height {
                let (filter, filtered) = inflated.take(pass.stride + 1)?.split_first().ok_or(DAMAGED)?;
                row.clear();
                row.extend_from_slice(filtered);
                unfilter(*filter, rows.step(), &above, &mut row).ok_or(DAMAGED)?;
                if self.interlaced {
                    line.clear();
                    rows.append(&row, pass.width, &mut line);
                    let start = (pass.top + y * pass.down) * self.width;
                    let places = pixels[start..start + self.width].iter_mut().skip(pass.left).step_by(pass.across);
                    places.zip(&line).for_each(|(place, &pixel)| *place = pixel);
                } else {
                    rows.append(&row, pass.width, &mut pixels);
                }
                std::mem::swap(&mut above, &mut row);
            }
        }
        inflated.finish()?;
        Ok(pixels)
    }
}

/// The part of the picture that one pass gives.
struct Pass {
    left: usize,
    top: usize,
    across: usize,
    down: usize,
    width: usize,
    height: usize,
    /// Bytes of a row, without the one that names its filter.
    stride: usize,
}

impl Pass {
    /// `None` if the image is too small to have pixels in it.
    fn of(png: &Png, [left, top, across, down]: [usize; 4]) -> Option<Self> {
        let width = png.width.checked_sub(left).filter(|&width| width > 0)?.div_ceil(across);
        let height = png.height.checked_sub(top).filter(|&height| height > 0)?.div_ceil(down);
        let stride = width.saturating_mul(png.kind.channels() * png.depth).div_ceil(8);
        Some(Self { left, top, across, down, width, height, stride })
    }
}

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    /// Name and data, which the checksum is of.
    summed: &'a [u8],
    sum: Option<u32>,
    rest: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        let chunk = Self::read_part(bytes)?;
        // Of pixels only the beginning may be here: a header can be read before the rest has arrived.
        if chunk.sum.is_none() && chunk.name != *b"IDAT" {
            return Err(CUT_SHORT.into());
        }
        Ok(chunk)
    }

    /// Reads a chunk of which the end may be missing.
    fn read_part(bytes: &'a [u8]) -> Result<Self> {
        let (len, after) = bytes.split_first_chunk().ok_or(CUT_SHORT)?;
        let name = *after.first_chunk().ok_or(CUT_SHORT)?;
        let end = (u32::from_be_bytes(*len) as usize).saturating_add(4);
        let (summed, after) = after.split_at(end.min(after.len()));
        let (sum, rest) = after.split_first_chunk().map_or((None, &[][..]), |(sum, rest)| (Some(*sum), rest));
        Ok(Self { name, data: &summed[4..], summed, sum: sum.map(u32::from_be_bytes), rest })
    }

    /// The data, if the checksum is right.
    fn checked(&self) -> Result<&'a [u8]> {
        if self.sum != Some(checksum(self.summed)) {
            return Err(DAMAGED.into());
        }
        Ok(self.data)
    }
}

/// CRC-32 (ISO/IEC 3309), bit by bit: only of short chunks.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for &byte in bytes {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ (sum & 1).wrapping_neg() & 0xedb8_8320;
        }
    }
    !sum
}
