//! [`IndexedFrame`] in, LZW data out (GIF89a appendix F; T. Welch, "A technique for high-performance data compression",
//! IEEE Computer 17(6), 1984).
//!
//! Two freedoms make it smaller than textbook LZW. A static pixel may be transparent or its known color. And, if a
//! [`Tolerance`] is given, a busy pixel may take a near color, measured against its *source* color, so errors never add
//! up. Of all phrases the dictionary then offers, a narrow beam search finds a long one at little error.

mod beam;
mod block_lightness;
mod candidates;
mod dictionary;
mod phrases;
mod search;

use crate::model::indexed_frame::{IndexedFrame, Slack};
use crate::model::tolerance::Tolerance;
use dictionary::{Dictionary, MAX_CODES};
use search::Search;

/// What became of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The minimum code size in the first byte, then the code stream, not yet cut into sub-blocks.
    pub data: Vec<u8>,
    /// The palette index each pixel got.
    pub shown: Vec<u8>,
}

/// How hard the encoder searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// Phrases followed at the same time, 1 to 16.
    pub beam: usize,
    /// Whether the phrase after the next one counts too, and errors by block.
    pub looks_ahead: bool,
}

impl SearchOptions {
    /// The longest phrase, whatever comes after it.
    pub const GREEDY: Self = Self { beam: 1, looks_ahead: false };
}

/// Encodes `frame`.
///
/// A full dictionary is thrown away at once. To keep it where it serves well is a percent or two smaller, up to five on plain
/// text, but Java's Swing, wxWidgets and `stb_image` show such files wrong, in part, or not at all.
#[must_use]
pub fn encode(frame: &IndexedFrame, tolerance: Option<&Tolerance>, search: SearchOptions) -> Encoded {
    let mut encoder = Encoder::new(frame.palette.bits().max(2), frame.indices.len());
    let shown = encoder.run(frame, tolerance, search);
    Encoded { data: encoder.codes.finish(), shown }
}

struct Encoder {
    codes: CodeWriter,
    dictionary: Dictionary,
    /// By code: the pixel at which its phrase was first seen.
    origins: Vec<usize>,
}

impl Encoder {
    fn new(min_code_size: u8, pixels: usize) -> Self {
        let mut encoder = Self {
            codes: CodeWriter::new(min_code_size, pixels / 4),
            dictionary: Dictionary::new(min_code_size),
            origins: vec![0; MAX_CODES],
        };
        encoder.restart();
        encoder
    }

    fn restart(&mut self) {
        self.codes.put(self.dictionary.clear_code(), self.dictionary.width());
        self.dictionary.reset();
    }

    /// Writes the codes; returns the symbol that each pixel got.
    fn run(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, search: SearchOptions) -> Vec<u8> {
        let len = frame.indices.len();
        let mut shown = vec![0; len];
        // The code written last and where, while the symbol that follows it in the dictionary is not known yet.
        let mut pending = None;
        let mut pixel = 0;
        let mut last = 0;
        let mut search = Search::new(frame, tolerance, search.beam, search.looks_ahead);
        while pixel < len {
            if let (Slack::None, Some((code, origin))) = (frame.slack[pixel], pending) {
                self.learn(code, origin, frame.indices[pixel]);
                pending = None;
            }
            let found = search.next(&self.dictionary, pixel, last);
            let end = found.end;
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
            search.commit(pixel, &shown[pixel..end]);
            // The last code's phrase is to be learned with the symbol after it, unless the dictionary is full.
            pending = Some((found.code, pixel));
            if self.dictionary.codes() == MAX_CODES {
                self.restart();
                search.restart();
                pending = None;
            }
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

    fn finish(mut self) -> Vec<u8> {
        let rest = self.buffer.to_le_bytes();
        self.bytes.extend_from_slice(&rest[..self.filled.div_ceil(8) as usize]);
        self.bytes
    }
}

#[cfg(test)]
mod tests;
