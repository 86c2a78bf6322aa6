//! Baseline and progressive JPEG to exactly the pixels that libjpeg-turbo gives, and so browsers.
//!
//! The standard (ITU-T T.81) leaves the rounding of the inverse DCT, of chroma upsampling and of color conversion to the
//! decoder. Decoders that round otherwise differ from the picture a browser shows by a few levels in every twentieth
//! pixel or so.

mod huffman;
mod idct;
mod upsample;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use huffman::{Bits, Part, Table};
use upsample::Upsampler;

type Result<T> = std::result::Result<T, String>;

/// Places in a block, row by row, in the order that the coefficients come.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// More scans than encoders write. Without a bound a small file could keep the decoder busy for hours.
const MAX_SCANS: usize = 128;

const SHORT: &str = "a segment is too short";
const MEMORY: &str = "there is no memory for it";

/// A decoded image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// The pixels row by row, `0x00BBGGRR` each.
    pub pixels: Vec<u32>,
}

/// Decodes a JPEG as stored: neither EXIF orientation nor a color profile is looked at. `None` is for kinds of JPEG left
/// to other decoders: arithmetic-coded, lossless, of 12 bits or of four components, or not sent to the last bit.
///
/// # Errors
/// A text saying what is wrong with the file: damaged, cut short, or of more than `max_pixels`.
pub fn decode(bytes: &[u8], max_pixels: u64) -> Result<Option<Picture>> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return Err("it does not start as a JPEG does".into());
    }
    let mut decoder = Decoder { data: bytes, pos: 2, max_pixels, ..Decoder::default() };
    loop {
        match decoder.marker()? {
            0x01 | 0xd0..=0xd7 => {}
            0xd9 => return decoder.finish(),
            0xc4 => decoder.huffman_tables()?,
            0xda => decoder.scan()?,
            0xdb => decoder.quant_tables()?,
            marker @ 0xc0..=0xcf => {
                if marker > 0xc2 || !decoder.frame_header(marker == 0xc2)? {
                    return Ok(None);
                }
            }
            marker => {
                let payload = decoder.segment()?;
                match (marker, payload) {
                    (0xdd, &[high, low, ..]) => decoder.restart_interval = u16::from_be_bytes([high, low]),
                    (0xe0, [b'J', b'F', b'I', b'F', 0, ..]) => decoder.jfif = true,
                    (0xee, [b'A', b'd', b'o', b'b', b'e', ..]) => decoder.adobe_transform = payload.get(11).copied(),
                    _ => {}
                }
            }
        }
    }
}

/// One component of the image.
#[derive(Default)]
struct Component {
    id: u8,
    /// Blocks across and down in an interleaved unit.
    blocks: (usize, usize),
    /// Image samples for one of this component, across and down.
    scale: (usize, usize),
    /// Size in samples, without padding to whole blocks.
    width: usize,
    height: usize,
    /// Samples from one row of `plane` to the next.
    stride: usize,
    plane: Vec<u8>,
    /// Progressive only: the blocks of `plane`, row by row.
    coefficients: Vec<[i16; 64]>,
    quant_index: usize,
    /// The quantization table, in zigzag order, as it was at the component's first scan.
    quant: Option<[i16; 64]>,
    /// A bit for each coefficient, in zigzag order, that is known to its last bit.
    known: u64,
}

#[derive(Default)]
struct Decoder<'a> {
    data: &'a [u8],
    pos: usize,
    max_pixels: u64,
    quant: [Option<[i16; 64]>; 4],
    /// First those for DC coefficients, then those for AC ones.
    tables: [[Option<Rc<Table>>; 4]; 2],
    restart_interval: u16,
    jfif: bool,
    adobe_transform: Option<u8>,
    progressive: bool,
    width: usize,
    height: usize,
    /// Interleaved units across and down.
    units: (usize, usize),
    /// None before the frame header.
    components: Vec<Component>,
    scans: usize,
}

impl<'a> Decoder<'a> {
    /// The next marker's second byte; at the end of the data, that of the end marker if only it is missing.
    fn marker(&mut self) -> Result<u8> {
        self.pos = Bits::new(self.data, self.pos).marker_pos() + 2;
        let complete =
            !self.components.is_empty() && self.components.iter().all(|component| component.known == u64::MAX);
        let marker = self.data.get(self.pos - 1).copied();
        marker.or(complete.then_some(0xd9)).ok_or_else(|| "it is cut short".into())
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
            let table = Table::new(counts, symbols).ok_or("a Huffman table is damaged")?;
            *slot.ok_or("a Huffman table's number is wrong")? = Some(Rc::new(table));
            rest = after;
        }
        Ok(())
    }

    /// Reads the size and the components. `false` if they are of a kind left to other decoders.
    fn frame_header(&mut self, progressive: bool) -> Result<bool> {
        let (&[depth, height, height_low, width, width_low, count], specs) =
            self.segment()?.split_first_chunk().ok_or(SHORT)?;
        let [width, height] = [[width, width_low], [height, height_low]].map(u16::from_be_bytes);
        let specs = specs.as_chunks::<3>().0;
        if !self.components.is_empty() || width == 0 || height == 0 || specs.len() != usize::from(count) {
            return Err("a frame header is damaged".into());
        }
        if u64::from(width) * u64::from(height) > self.max_pixels {
            return Err(format!("its {width}x{height} pixels are too many"));
        }
        let factors = specs.iter().map(|[_, factors, _]| (usize::from(factors / 16), usize::from(factors % 16)));
        let most = factors.clone().fold((1, 1), |most, (h, v)| (most.0.max(h), most.1.max(v)));
        let fits = |(h, v)| (1..=4).contains(&h) && (1..=4).contains(&v) && most.0 % h == 0 && most.1 % v == 0;
        if depth != 8 || !matches!(count, 1 | 3) || !factors.clone().all(fits) {
            return Ok(false);
        }
        (self.progressive, self.width, self.height) = (progressive, usize::from(width), usize::from(height));
        self.units = (self.width.div_ceil(8 * most.0), self.height.div_ceil(8 * most.1));
        for (&[id, _, quant_index], (h, v)) in specs.iter().zip(factors) {
            let blocks = self.units.0 * h * self.units.1 * v;
            self.components.push(Component {
                id,
                blocks: (h, v),
                scale: (most.0 / h, most.1 / v),
                width: (self.width * h).div_ceil(most.0),
                height: (self.height * v).div_ceil(most.1),
                stride: self.units.0 * h * 8,
                plane: zeros(0, if progressive { 0 } else { blocks.saturating_mul(64) })?,
                coefficients: zeros([0; 64], if progressive { blocks } else { 0 })?,
                quant_index: usize::from(quant_index),
                ..Component::default()
            });
        }
        Ok(true)
    }

    fn scan(&mut self) -> Result<()> {
        let mut parts = self.scan_header()?;
        let components = &mut self.components;
        let alone = parts.len() == 1;
        let units = if alone {
            let Component { width, height, .. } = components[parts[0].index];
            (width.div_ceil(8), height.div_ceil(8))
        } else {
            self.units
        };
        let mut bits = Bits::new(self.data, self.pos);
        let (mut restarts, mut until_restart) = (0, self.restart_interval);
        for (unit_y, unit_x) in grid(units) {
            if self.restart_interval > 0 {
                if until_restart == 0 {
                    bits.restart(restarts).ok_or("a restart marker is missing")?;
                    parts.iter_mut().for_each(Part::restart);
                    (restarts, until_restart) = (restarts + 1, self.restart_interval);
                }
                until_restart -= 1;
            }
            for part in &mut parts {
                let component = &mut components[part.index];
                let (across, down) = if alone { (1, 1) } else { component.blocks };
                for (y, x) in grid((across, down)) {
                    let (x, y) = (unit_x * across + x, unit_y * down + y);
                    component.decode(part, &mut bits, x, y).ok_or("its data is damaged")?;
                }
            }
            if bits.overrun() {
                return Err("a scan is cut short".into());
            }
        }
        for Part { index, start, end, .. } in parts.iter().filter(|part| part.low == 0) {
            components[*index].known |= (u64::MAX >> (63 - end)) & (u64::MAX << start);
        }
        self.pos = bits.marker_pos();
        Ok(())
    }

    /// Reads what the scan gives, one part for each of its components, in the components' order.
    fn scan_header(&mut self) -> Result<Vec<Part>> {
        const DAMAGED: &str = "a scan header is damaged";
        let (&count, header) = self.segment()?.split_first().ok_or(SHORT)?;
        let (specs, tail) = header.split_at_checked(2 * usize::from(count)).ok_or(SHORT)?;
        let &[start, end, bits] = tail.first_chunk().ok_or(SHORT)?;
        let (mut start, mut end, mut high, mut low) = (usize::from(start), usize::from(end), bits / 16, bits % 16);
        if !self.progressive {
            (start, end, high, low) = (0, 63, 0, 0);
        } else if end > 63 || start > end || (start == 0) != (end == 0) || (start > 0 && count > 1) {
            return Err(DAMAGED.into());
        }
        self.scans += 1;
        if self.scans > MAX_SCANS || low > 13 || (high > 0 && high != low + 1) {
            return Err(DAMAGED.into());
        }
        let mut parts = Vec::new();
        for &[id, tables] in specs.as_chunks::<2>().0 {
            let index = self.components.iter().position(|component| component.id == id).ok_or(DAMAGED)?;
            let component = &mut self.components[index];
            let quant = self.quant.get(component.quant_index).copied().flatten();
            let quant = *component.quant.get_or_insert(quant.ok_or("a quantization table is missing")?);
            let [dc, ac] = [(0, tables / 16), (1, tables % 16)]
                .map(|(kind, index): (usize, _)| self.tables[kind].get(usize::from(index))?.clone());
            let factors = if self.progressive { [1 << low; 64] } else { quant };
            let (refines, low) = (high > 0, u32::from(low));
            parts.push(Part { index, start, end, refines, low, dc, ac, factors, last_dc: 0, skip: 0 });
        }
        if parts.is_empty() || !parts.is_sorted_by(|a, b| a.index < b.index) {
            return Err(DAMAGED.into());
        }
        Ok(parts)
    }

    fn finish(mut self) -> Result<Option<Picture>> {
        // Where the coefficients up to the tenth are not all known, libjpeg smooths over the edges of blocks.
        if self.components.is_empty() || self.components.iter().any(|component| component.known & 0x3ff != 0x3ff) {
            return Ok(None);
        }
        if self.progressive {
            self.components.iter_mut().try_for_each(Component::transform)?;
        }
        let named_rgb = self.components.iter().map(|component| component.id).eq(*b"RGB");
        let rgb = !self.jfif && self.adobe_transform.map_or(named_rgb, |transform| transform == 0);
        let mut pixels = Vec::new();
        pixels.try_reserve_exact(self.width * self.height).map_err(|_| MEMORY)?;
        let mut upsamplers = [const { Upsampler::new() }; 3];
        for y in 0..self.height {
            let rows =
                upsamplers.iter_mut().zip(&self.components).map(|(upsampler, component)| upsampler.row(component, y));
            let rows: Option<Vec<&[u8]>> = rows.map(|row| row?.get(..self.width)).collect();
            match rows.ok_or(SHORT)?[..] {
                [red, green, blue] if rgb => {
                    let rgb = red.iter().zip(green).zip(blue);
                    pixels.extend(rgb.map(|((&red, &green), &blue)| u32::from_le_bytes([red, green, blue, 0])));
                }
                [y, cb, cr] => upsample::convert([y, cb, cr], &mut pixels),
                [gray, ..] => pixels.extend(gray.iter().map(|&gray| u32::from(gray) * 0x01_0101)),
                [] => {}
            }
        }
        Ok(Some(Picture { width: self.width, height: self.height, pixels }))
    }
}

impl Component {
    /// Decodes what a scan gives of one block; of a sequential image as far as its samples.
    #[inline]
    fn decode(&mut self, part: &mut Part, bits: &mut Bits, x: usize, y: usize) -> Option<()> {
        if self.plane.is_empty() {
            return part.decode(bits, self.coefficients.get_mut(y * self.stride / 8 + x)?).map(|_| ());
        }
        let samples = self.plane.get_mut((y * self.stride + x) * 8..)?;
        let mut block = [0; 64];
        if part.decode(bits, &mut block)? {
            idct::block(&block, samples, self.stride)
        } else {
            idct::flat(part.first(), samples, self.stride)
        }
    }

    /// Makes the samples of a progressive component.
    fn transform(&mut self) -> Result<()> {
        let factors = self.quant.ok_or(SHORT)?;
        self.plane = zeros(0, self.coefficients.len().saturating_mul(64))?;
        for (index, mut block) in std::mem::take(&mut self.coefficients).into_iter().enumerate() {
            for (&place, factor) in ZIGZAG.iter().zip(factors) {
                block[usize::from(place)] = block[usize::from(place)].wrapping_mul(factor);
            }
            let across = self.stride / 8;
            let samples = &mut self.plane[index / across * 8 * self.stride + index % across * 8..];
            idct::block(&block, samples, self.stride).ok_or(SHORT)?;
        }
        Ok(())
    }
}

/// All places in a rectangle, as row and column.
fn grid((across, down): (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    (0..down).flat_map(move |y| (0..across).map(move |x| (y, x)))
}

/// `len` times `zero`, if there is memory for them.
fn zeros<T: Clone>(zero: T, len: usize) -> Result<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(len).map_err(|_| MEMORY)?;
    items.resize(len, zero);
    Ok(items)
}
