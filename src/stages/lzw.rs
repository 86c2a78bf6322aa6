//! [`IndexedFrame`] in, LZW data out (GIF89a appendix F; T. Welch, "A technique for high-performance data compression",
//! IEEE Computer 17(6), 1984).
//!
//! Two freedoms make it smaller than textbook LZW. A static pixel may be transparent or its known color. And, if a
//! [`Tolerance`] is given, a busy pixel may take a near color, measured against its *source* color, so errors never add
//! up. Of all phrases the dictionary then offers, a narrow beam search finds a long one at little error.

mod dictionary;
mod search;

use crate::model::indexed_frame::{IndexedFrame, Slack};
use crate::model::tolerance::Tolerance;
use dictionary::{Dictionary, MAX_CODES};
use search::Search;

/// When a full dictionary is thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clear {
    /// At once, as every decoder expects.
    Eager,
    /// When a stretch of codes compresses worse than the filling of the dictionary did, times this many 256ths.
    Adaptive(u32),
}

/// What became of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The minimum code size in the first byte, then the code stream, not yet cut into sub-blocks.
    pub data: Vec<u8>,
    /// The palette index each pixel got.
    pub shown: Vec<u8>,
}

/// Encodes `frame`.
#[must_use]
pub fn encode(frame: &IndexedFrame, clear: Clear, tolerance: Option<&Tolerance>, beam: usize) -> Encoded {
    let mut encoder = Encoder::new(frame.palette.bits().max(2), clear, frame.indices.len());
    let shown = encoder.run(frame, tolerance, beam);
    Encoded { data: encoder.codes.finish(), shown }
}

/// Codes after which a full dictionary's worth is judged anew.
const STRETCH: u32 = 256;

struct Encoder {
    codes: CodeWriter,
    dictionary: Dictionary,
    clear: Clear,
    /// By code: the pixel at which its phrase was first seen.
    origins: Vec<usize>,
    /// Pixel and bit at which the dictionary began.
    began: (usize, u64),
    /// Pixels and bits it took to fill; no pixels while it is filling.
    filling: (u64, u64),
    stretch_codes: u32,
    stretch_pixel: usize,
}

impl Encoder {
    fn new(min_code_size: u8, clear: Clear, pixels: usize) -> Self {
        let mut encoder = Self {
            codes: CodeWriter::new(min_code_size, pixels / 4),
            dictionary: Dictionary::new(min_code_size),
            clear,
            origins: vec![0; MAX_CODES],
            began: (0, 0),
            filling: (0, 0),
            stretch_codes: 0,
            stretch_pixel: 0,
        };
        encoder.restart(0);
        encoder
    }

    fn restart(&mut self, pixel: usize) {
        self.codes.put(self.dictionary.clear_code(), self.dictionary.width());
        self.dictionary.reset();
        self.began = (pixel, self.codes.bits());
        self.filling = (0, 0);
    }

    /// Writes the codes; returns the symbol that each pixel got.
    fn run(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, beam: usize) -> Vec<u8> {
        let len = frame.indices.len();
        let mut shown = vec![0; len];
        // The code written last and where, while the symbol that follows it in the dictionary is not known yet.
        let mut pending = None;
        let mut pixel = 0;
        let mut last = 0;
        let mut search = Search::new(frame, tolerance, beam);
        while pixel < len {
            if let (Slack::None, Some((code, origin))) = (frame.slack[pixel], pending) {
                self.learn(code, origin, frame.indices[pixel]);
                pending = None;
            }
            let (found, end) = search.longest(&self.dictionary, pixel, last);
            if let Some((code, origin)) = pending {
                self.learn(code, origin, found.root);
            }
            self.codes.put(found.code, self.dictionary.width());
            last = self.dictionary.last_symbol(found.code);
            if end - pixel > 1 {
                let origin = self.origins[usize::from(found.code)];
                shown.copy_within(origin..origin + (end - pixel - 1), pixel);
            }
            shown[end - 1] = last;
            pending = self.after_code(found.code, end).map(|code| (code, pixel));
            pixel = end;
        }
        if pending.is_some() {
            // The decoder learns one more entry from the last code, which may widen the end code.
            self.dictionary.skip();
        }
        self.codes.put(self.dictionary.clear_code() + 1, self.dictionary.width());
        shown
    }

    /// Learns that the phrase of `code`, shown from pixel `origin` on, was followed by `symbol`.
    fn learn(&mut self, code: u16, origin: usize, symbol: u8) {
        if let Some(known) = self.origins.get_mut(self.dictionary.codes()) {
            *known = origin;
        }
        self.dictionary.learn(code, symbol);
    }

    /// What is to be learned after `code` was written: itself, unless the dictionary is full or thrown away.
    fn after_code(&mut self, code: u16, pixel: usize) -> Option<u16> {
        if self.dictionary.codes() < MAX_CODES {
            return Some(code);
        }
        match self.clear {
            Clear::Eager => self.restart(pixel),
            Clear::Adaptive(share) => self.clear_if_worse(share, pixel),
        }
        None
    }

    /// Clears when the last stretch of codes did worse, in pixels per bit, than the time in which the dictionary filled.
    fn clear_if_worse(&mut self, share: u32, pixel: usize) {
        if self.filling.0 == 0 {
            self.filling = ((pixel - self.began.0) as u64, self.codes.bits() - self.began.1);
            (self.stretch_codes, self.stretch_pixel) = (0, pixel);
            return;
        }
        self.stretch_codes += 1;
        if self.stretch_codes < STRETCH {
            return;
        }
        let pixels = (pixel - self.stretch_pixel) as u64;
        let bits = u64::from(self.stretch_codes) * u64::from(self.dictionary.width());
        if pixels * self.filling.1 * 256 < self.filling.0 * bits * u64::from(share) {
            self.restart(pixel);
        } else {
            (self.stretch_codes, self.stretch_pixel) = (0, pixel);
        }
    }
}

/// Codes packed from the lowest bit up.
struct CodeWriter {
    bytes: Vec<u8>,
    buffer: u64,
    filled: u32,
}

impl CodeWriter {
    fn new(first_byte: u8, capacity: usize) -> Self {
        let mut bytes = Vec::with_capacity(capacity.clamp(64, 1 << 20));
        bytes.push(first_byte);
        Self { bytes, buffer: 0, filled: 0 }
    }

    #[inline]
    fn put(&mut self, code: u16, width: u32) {
        self.buffer |= u64::from(code) << self.filled;
        self.filled += width;
        if self.filled >= 32 {
            self.bytes.extend_from_slice(&(self.buffer as u32).to_le_bytes());
            self.buffer >>= 32;
            self.filled -= 32;
        }
    }

    fn bits(&self) -> u64 {
        self.bytes.len() as u64 * 8 + u64::from(self.filled)
    }

    fn finish(mut self) -> Vec<u8> {
        let rest = self.buffer.to_le_bytes();
        self.bytes.extend_from_slice(&rest[..self.filled.div_ceil(8) as usize]);
        self.bytes
    }
}

#[cfg(test)]
mod tests;
