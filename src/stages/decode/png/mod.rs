//! PNG (W3C Recommendation, third edition) to packed pixels. Of an animated file the first frame is read, as browsers show
//! it, also where the file's own image is no frame of the animation.
//!
//! Why not the crate `png` (measured in wasm, one worker): `image` with `png` and zune-jpeg makes the wasm file 294 kB
//! brotli instead of 219, 37 kB for each of the two, and PNG is analyzed 8 to 12 % slower. The price is that leniency
//! towards slightly damaged files has to be learned by hand.
//!
//! The CRCs of `IDAT` chunks are checked only if the checksum of the zlib stream is wrong or missing, so that no fast CRC is
//! needed.

mod chunk;
mod color_space;
mod idat_reader;
mod image_data;
mod rows;
mod unfilter;

#[cfg(test)]
mod tests;

use super::color_conversion::Conversion;
use super::failure::{Failure, Result, filled, with_room};
use crate::model::color::Color;
use chunk::{Chunk, DAMAGED};
use color_space::ColorSpace;
use idat_reader::IdatReader;
use image_data::{FirstFrame, ImageData};
use rows::{ColorType, Rows, SampleFormat};
use unfilter::unfilter;

/// First column and row, and distance to the next ones, of each pass of an interlaced image.
const PASSES: [[usize; 4]; 7] =
    [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

/// A PNG, read as far as its pixels.
pub struct Png<'a> {
    width: usize,
    height: usize,
    format: SampleFormat<'a>,
    interlaced: bool,
    color_space: ColorSpace<'a>,
    exif: Option<&'a [u8]>,
    /// Whether it is animated, and whether its own image is the first frame.
    has_animation: bool,
    begins_with_image: bool,
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
        let &[w0, w1, w2, w3, h0, h1, h2, h3, depth, color_type, 0, 0, interlaced @ (0 | 1)] = header.checked()? else {
            return Err("its header is damaged".into());
        };
        let color_type = match (color_type, depth) {
            (0, 1 | 2 | 4 | 8 | 16) => ColorType::Gray,
            (2, 8 | 16) => ColorType::Rgb,
            (3, 1 | 2 | 4 | 8) => ColorType::Indexed,
            (4, 8 | 16) => ColorType::GrayAlpha,
            (6, 8 | 16) => ColorType::Rgba,
            _ => return Err("its header is damaged".into()),
        };
        let [width, height] = [[w0, w1, w2, w3], [h0, h1, h2, h3]].map(|side| u32::from_be_bytes(side) as usize);
        if header.name != *b"IHDR" || width == 0 || height == 0 {
            return Err("its header is damaged".into());
        }
        let mut png = Self {
            width,
            height,
            format: SampleFormat { color_type, depth: usize::from(depth), palette: &[], transparency: None },
            interlaced: interlaced == 1,
            color_space: ColorSpace::default(),
            exif: None,
            has_animation: false,
            begins_with_image: false,
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
                b"PLTE" if self.format.palette.is_empty() => self.format.palette = chunk.checked()?.as_chunks().0,
                b"PLTE" => return Err("it has two palettes".into()),
                [b'A'..=b'Z', ..] => return Err("it has a part of an unknown kind".into()),
                _ => self.note(&chunk),
            }
            self.rest = chunk.rest;
        }
        if self.format.color_type == ColorType::Indexed && self.format.palette.is_empty() {
            return Err("its palette is missing".into());
        }
        Ok(())
    }

    /// Reads an ancillary chunk; a damaged one is ignored. Of two chunks of the same kind the first counts.
    fn note(&mut self, chunk: &Chunk<'a>) {
        let has_palette = !self.format.palette.is_empty();
        let is_indexed = self.format.color_type == ColorType::Indexed;
        match &chunk.name {
            b"tRNS" if self.format.transparency.is_none() && (has_palette || !is_indexed) => {
                // Browsers ignore a `tRNS` chunk with more entries than a palette can have.
                self.format.transparency = chunk.checked().ok().filter(|alphas| alphas.len() <= 256);
            }
            b"acTL" => self.has_animation |= chunk.checked().is_ok_and(|data| data.len() == 8 && data[..4] != [0; 4]),
            b"fcTL" => self.begins_with_image = true,
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

    /// The conversion of its colors to sRGB; `None` if they are sRGB.
    ///
    /// # Errors
    /// Unsupported.
    pub fn conversion(&self) -> Result<Option<Conversion>> {
        if self.color_space.is_hdr() {
            return Err(Failure::Unsupported("HDR colors (PQ or HLG)"));
        }
        Ok(self.color_space.conversion(matches!(self.format.color_type, ColorType::Gray | ColorType::GrayAlpha)))
    }

    /// Decodes the pixels as stored, row by row, with alpha laid over `background`.
    ///
    /// # Errors
    /// Damaged, or no memory.
    pub fn decode(&self, conversion: Option<&Conversion>, background: Color) -> Result<Vec<Color>> {
        let is_apart = self.has_animation && !self.begins_with_image;
        let frame = if is_apart { FirstFrame::find(self.rest, self.width, self.height) } else { None };
        let Some(FirstFrame { left, top, image }) = frame else {
            let own = ImageData::own(self.width, self.height, self.rest);
            return self.decode_image(own, conversion, background);
        };
        let mut canvas = filled(background, self.width * self.height)?;
        let pixels = self.decode_image(image, conversion, background)?;
        for (line, row) in canvas.chunks_exact_mut(self.width).skip(top).zip(pixels.chunks_exact(image.width)) {
            line[left..left + image.width].copy_from_slice(row);
        }
        Ok(canvas)
    }

    fn decode_image(&self, image: ImageData, conversion: Option<&Conversion>, background: Color) -> Result<Vec<Color>> {
        let whole = self.read_pixels(image, conversion, background, true);
        // Browsers show files whose zlib checksum is missing or wrong, if the pixels are intact.
        if matches!(whole, Err(Failure::Damaged(_))) && has_intact_chunks(image) {
            return self.read_pixels(image, conversion, background, false);
        }
        whole
    }

    /// Inflates the pixels and, if `checked`, compares them with zlib's checksum.
    fn read_pixels(
        &self,
        image: ImageData,
        conversion: Option<&Conversion>,
        background: Color,
        checked: bool,
    ) -> Result<Vec<Color>> {
        let bits = self.format.bits_per_pixel();
        let passes: Vec<Pass> = if self.interlaced {
            PASSES.iter().filter_map(|&pass| Pass::of(image, bits, pass)).collect()
        } else {
            Pass::of(image, bits, [0, 0, 1, 1]).into_iter().collect()
        };
        let widest = passes.iter().map(|pass| pass.stride).max().unwrap_or_default();
        let mut idat = IdatReader::new(image, widest.saturating_add(1), checked)?;
        let rows = Rows::new(self.format, conversion, background);
        let mut pixels = with_room(image.width * image.height)?;
        if self.interlaced {
            pixels.resize(image.width * image.height, Color::BLACK);
        }
        let (mut above, mut row, mut line) = (Vec::new(), Vec::new(), Vec::new());
        for pass in passes {
            above.clear();
            above.resize(pass.stride, 0);
            for y in 0..pass.height {
                let (filter, filtered) = idat.take(pass.stride + 1)?.split_first().ok_or(DAMAGED)?;
                row.clear();
                row.extend_from_slice(filtered);
                unfilter(*filter, rows.step(), &above, &mut row).ok_or(DAMAGED)?;
                if self.interlaced {
                    line.clear();
                    rows.append(&row, pass.width, &mut line);
                    let start = (pass.top + y * pass.down) * image.width;
                    let places = pixels[start..start + image.width].iter_mut().skip(pass.left).step_by(pass.across);
                    places.zip(&line).for_each(|(place, &pixel)| *place = pixel);
                } else {
                    rows.append(&row, pass.width, &mut pixels);
                }
                std::mem::swap(&mut above, &mut row);
            }
        }
        idat.finish()?;
        Ok(pixels)
    }
}

/// Whether the CRCs of an image's chunks are right, as far as they are present.
fn has_intact_chunks(image: ImageData) -> bool {
    let mut rest = image.rest;
    while let Ok(chunk) = Chunk::read_part(rest)
        && image.has(&chunk)
    {
        if chunk.is_damaged() {
            return false;
        }
        rest = chunk.rest;
    }
    true
}

/// The pixels of one pass of an interlaced image.
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
    fn of(image: ImageData, bits_per_pixel: usize, [left, top, across, down]: [usize; 4]) -> Option<Self> {
        let width = image.width.checked_sub(left).filter(|&width| width > 0)?.div_ceil(across);
        let height = image.height.checked_sub(top).filter(|&height| height > 0)?.div_ceil(down);
        let stride = width.saturating_mul(bits_per_pixel).div_ceil(8);
        Some(Self { left, top, across, down, width, height, stride })
    }
}
