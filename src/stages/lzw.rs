//! [`IndexedFrame`] in, LZW data out (GIF89a appendix F; T. Welch, "A technique for high-performance data compression",
//! IEEE Computer 17(6), 1984).
//!
//! Two freedoms make it smaller than textbook LZW: a static pixel may be transparent or its known color, whichever
//! continues the phrase; and, if a [`Tolerance`] is given, a busy pixel may take a near color that continues it, measured
//! against its *source* color, so errors never add up.

use crate::model::changes::Cell;
use crate::model::color::Lab;
use crate::model::frame::IndexedFrame;

/// How far pixels may stray for the sake of a longer phrase.
#[derive(Debug)]
pub struct Tolerance<'a> {
    /// Source pixels of the frame.
    pub cells: &'a [Cell],
    /// Their colors, by the number in the cell.
    pub source: &'a [Lab],
    /// Colors that may not stray, by the number in the cell.
    pub fixed: &'a [bool],
    /// The palette.
    pub palette: &'a [Lab],
    /// Largest squared distance by activity (see [`Cell::activity`]), in squared fixed-point Oklab units.
    pub reach2: [i32; 8],
}

/// When a full dictionary is thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clear {
    /// At once, as every decoder expects.
    Eager,
    /// When a stretch of codes compresses worse than the filling of the dictionary did, times this many 256ths.
    Adaptive(u32),
}

/// Encodes `frame`; the first byte is the minimum code size, the rest is the code stream, not yet cut into sub-blocks.
#[must_use]
pub fn encode(frame: &IndexedFrame, clear: Clear, tolerance: Option<&Tolerance>) -> Vec<u8> {
    let min_code_size = frame.palette.bits().max(2);
    let mut encoder = Encoder::new(min_code_size, clear, frame.indices.len());
    match (tolerance, frame.alternates.is_empty()) {
        (None, true) => encoder.run(&Exact { indices: &frame.indices }),
        (None, false) => encoder.run(&Either { indices: &frame.indices, alternates: &frame.alternates }),
        (Some(tolerance), _) => encoder.run(&Near { frame, tolerance }),
    }
    encoder.bits.finish()
}

/// What a pixel may be, besides its own index.
trait Choice {
    fn len(&self) -> usize;
    /// The index wanted.
    fn index(&self, pixel: usize) -> u8;
    /// Another index that shows the same; the same one if there is none.
    fn alternate(&self, pixel: usize) -> u8;
    /// The largest squared distance allowed; 0 if the pixel may not stray.
    fn reach2(&self, pixel: usize) -> i32;
    /// Squared distance from the pixel's source color to palette entry `index`.
    fn distance2(&self, pixel: usize, index: u8) -> i32;
}

struct Exact<'a> {
    indices: &'a [u8],
}

impl Choice for Exact<'_> {
    fn len(&self) -> usize {
        self.indices.len()
    }
    #[inline]
    fn index(&self, pixel: usize) -> u8 {
        self.indices[pixel]
    }
    #[inline]
    fn alternate(&self, pixel: usize) -> u8 {
        self.indices[pixel]
    }
    #[inline]
    fn reach2(&self, _: usize) -> i32 {
        0
    }
    #[inline]
    fn distance2(&self, _: usize, _: u8) -> i32 {
        i32::MAX
    }
}

struct Either<'a> {
    indices: &'a [u8],
    alternates: &'a [u8],
}

impl Choice for Either<'_> {
    fn len(&self) -> usize {
        self.indices.len()
    }
    #[inline]
    fn index(&self, pixel: usize) -> u8 {
        self.indices[pixel]
    }
    #[inline]
    fn alternate(&self, pixel: usize) -> u8 {
        self.alternates[pixel]
    }
    #[inline]
    fn reach2(&self, _: usize) -> i32 {
        0
    }
    #[inline]
    fn distance2(&self, _: usize, _: u8) -> i32 {
        i32::MAX
    }
}

struct Near<'a> {
    frame: &'a IndexedFrame,
    tolerance: &'a Tolerance<'a>,
}

impl Choice for Near<'_> {
    fn len(&self) -> usize {
        self.frame.indices.len()
    }
    #[inline]
    fn index(&self, pixel: usize) -> u8 {
        self.frame.indices[pixel]
    }
    #[inline]
    fn alternate(&self, pixel: usize) -> u8 {
        if self.frame.alternates.is_empty() { self.frame.indices[pixel] } else { self.frame.alternates[pixel] }
    }
    #[inline]
    fn reach2(&self, pixel: usize) -> i32 {
        let cell = self.tolerance.cells[pixel];
        if cell.is_static() || self.tolerance.fixed[cell.color() as usize] {
            return 0;
        }
        self.tolerance.reach2[usize::from(cell.activity())]
    }
    #[inline]
    fn distance2(&self, pixel: usize, index: u8) -> i32 {
        let source = self.tolerance.source[self.tolerance.cells[pixel].color() as usize];
        match self.tolerance.palette.get(usize::from(index)) {
            Some(entry) => entry.distance2(source),
            None => i32::MAX,
        }
    }
}

const MAX_CODES: usize = 4096;
const SLOTS: usize = 1 << 14;
const FREE: u32 = u32::MAX;
const NONE: u16 = u16::MAX;

/// Codes after which a full dictionary's worth is judged anew.
const STRETCH: u32 = 256;

struct Encoder {
    bits: BitWriter,
    min_code_size: u32,
    width: u32,
    next: u16,
    clear: Clear,
    /// Key (prefix code, symbol) in the upper 20 bits, code in the lower 12.
    slots: Vec<u32>,
    /// For the search of near symbols: each code's first child, next sibling and last symbol.
    first_child: Vec<u16>,
    sibling: Vec<u16>,
    symbol: Vec<u8>,
    /// Pixel at which the dictionary began, and at which it was full.
    began: usize,
    filled_pixels: u64,
    filled_bits: u64,
    bits_at_clear: u64,
    stretch_codes: u32,
    stretch_pixel: usize,
}

impl Encoder {
    fn new(min_code_size: u8, clear: Clear, pixels: usize) -> Self {
        let mut encoder = Self {
            bits: BitWriter::new(min_code_size, pixels / 4),
            min_code_size: min_code_size.into(),
            width: 0,
            next: 0,
            clear,
            slots: vec![FREE; SLOTS],
            first_child: vec![NONE; MAX_CODES],
            sibling: vec![NONE; MAX_CODES],
            symbol: vec![0; MAX_CODES],
            began: 0,
            filled_pixels: 0,
            filled_bits: 0,
            bits_at_clear: 0,
            stretch_codes: 0,
            stretch_pixel: 0,
        };
        encoder.width = encoder.min_code_size + 1;
        encoder.start_dictionary(0);
        encoder
    }

    fn start_dictionary(&mut self, pixel: usize) {
        self.bits.put(1 << self.min_code_size, self.width);
        self.slots.fill(FREE);
        self.first_child.fill(NONE);
        self.width = self.min_code_size + 1;
        self.next = (1 << self.min_code_size) + 2;
        self.began = pixel;
        self.filled_pixels = 0;
        self.bits_at_clear = self.bits.len();
    }

    #[inline]
    fn find(&self, prefix: u16, symbol: u8) -> Result<u16, usize> {
        let key = u32::from(prefix) << 8 | u32::from(symbol);
        let mut slot = (key.wrapping_mul(0x9e37_79b1) >> 18) as usize;
        loop {
            let found = self.slots[slot & (SLOTS - 1)];
            if found >> 12 == key && found != FREE {
                return Ok((found & 0xfff) as u16);
            }
            if found == FREE {
                return Err(slot & (SLOTS - 1));
            }
            slot += 1;
        }
    }

    /// The child of `prefix` whose color is nearest to pixel's source, if one is within reach.
    #[inline]
    fn find_near(&self, prefix: u16, choice: &impl Choice, pixel: usize) -> Option<u16> {
        let reach2 = choice.reach2(pixel);
        if reach2 == 0 {
            return None;
        }
        let (mut best, mut best_distance) = (None, reach2 + 1);
        let mut child = self.first_child[usize::from(prefix)];
        while child != NONE {
            let distance = choice.distance2(pixel, self.symbol[usize::from(child)]);
            if distance < best_distance {
                (best, best_distance) = (Some(child), distance);
            }
            child = self.sibling[usize::from(child)];
        }
        best
    }

    fn run(&mut self, choice: &impl Choice) {
        let len = choice.len();
        let Some(last) = len.checked_sub(1) else {
            return self.end(0);
        };
        let mut last_symbol = choice.index(0);
        let mut code = u16::from(last_symbol);
        for pixel in 1..=last {
            let (wanted, alternate) = (choice.index(pixel), choice.alternate(pixel));
            // A run goes on where it may: static pixels take whichever of their two indices came last.
            let (first, second) = if alternate == last_symbol { (alternate, wanted) } else { (wanted, alternate) };
            let slot = match self.find(code, first) {
                Ok(next) => {
                    (code, last_symbol) = (next, first);
                    continue;
                }
                Err(slot) => slot,
            };
            if first != second
                && let Ok(next) = self.find(code, second)
            {
                (code, last_symbol) = (next, second);
                continue;
            }
            if let Some(next) = self.find_near(code, choice, pixel) {
                (code, last_symbol) = (next, self.symbol[usize::from(next)]);
                continue;
            }
            self.emit(code, first, slot, pixel);
            (code, last_symbol) = (u16::from(first), first);
        }
        self.end(code);
    }

    /// Writes `code`, learns it followed by `symbol`, and clears the dictionary where that is due.
    fn emit(&mut self, code: u16, symbol: u8, slot: usize, pixel: usize) {
        self.bits.put(code.into(), self.width);
        if usize::from(self.next) < MAX_CODES {
            self.slots[slot] = (u32::from(code) << 8 | u32::from(symbol)) << 12 | u32::from(self.next);
            self.symbol[usize::from(self.next)] = symbol;
            self.sibling[usize::from(self.next)] = self.first_child[usize::from(code)];
            self.first_child[usize::from(code)] = self.next;
            // The decoder learns an entry one code later than the encoder.
            if self.next == 1 << self.width {
                self.width += 1;
            }
            self.next += 1;
            return;
        }
        match self.clear {
            Clear::Eager => self.start_dictionary(pixel),
            Clear::Adaptive(share) => self.judge(share, pixel),
        }
    }

    /// Clears when the last stretch of codes did worse, in pixels per bit, than the time in which the dictionary filled.
    fn judge(&mut self, share: u32, pixel: usize) {
        if self.filled_pixels == 0 {
            self.filled_pixels = (pixel - self.began) as u64;
            self.filled_bits = self.bits.len() - self.bits_at_clear;
            self.stretch_codes = 0;
            self.stretch_pixel = pixel;
            return;
        }
        self.stretch_codes += 1;
        if self.stretch_codes < STRETCH {
            return;
        }
        let pixels = (pixel - self.stretch_pixel) as u64;
        let bits = u64::from(self.stretch_codes * self.width);
        if pixels * self.filled_bits * 256 < self.filled_pixels * bits * u64::from(share) {
            self.start_dictionary(pixel);
        } else {
            self.stretch_codes = 0;
            self.stretch_pixel = pixel;
        }
    }

    fn end(&mut self, code: u16) {
        self.bits.put(code.into(), self.width);
        // The decoder learns one more entry from the last code, which may widen the end code.
        if usize::from(self.next) < MAX_CODES && self.next == 1 << self.width {
            self.width += 1;
        }
        self.bits.put((1 << self.min_code_size) + 1, self.width);
    }
}

/// Codes packed from the lowest bit up.
struct BitWriter {
    bytes: Vec<u8>,
    buffer: u64,
    filled: u32,
}

impl BitWriter {
    fn new(first_byte: u8, capacity: usize) -> Self {
        let mut bytes = Vec::with_capacity(capacity.clamp(64, 1 << 20));
        bytes.push(first_byte);
        Self { bytes, buffer: 0, filled: 0 }
    }

    #[inline]
    fn put(&mut self, code: u32, width: u32) {
        self.buffer |= u64::from(code) << self.filled;
        self.filled += width;
        if self.filled >= 32 {
            self.bytes.extend_from_slice(&(self.buffer as u32).to_le_bytes());
            self.buffer >>= 32;
            self.filled -= 32;
        }
    }

    fn len(&self) -> u64 {
        self.bytes.len() as u64 * 8 + u64::from(self.filled)
    }

    fn finish(mut self) -> Vec<u8> {
        let rest = self.buffer.to_le_bytes();
        self.bytes.extend_from_slice(&rest[..self.filled.div_ceil(8) as usize]);
        self.bytes
    }
}
