//! [`IndexedFrame`] in, LZW data out (GIF89a appendix F; T. Welch, "A technique for high-performance data compression",
//! IEEE Computer 17(6), 1984).
//!
//! The encoder may choose between palette indices for some pixels, which gives longer phrases than textbook LZW. An unchanged
//! pixel may be transparent or its own color. If a [`Tolerance`] is given, a pixel in busy surroundings may take a similar
//! color; the error is measured against the *source* color, so errors do not accumulate over frames. A beam search finds a
//! phrase of the dictionary that covers many pixels at a small error.

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

/// The result of encoding one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The minimum code size in the first byte, then the code stream, not yet cut into sub-blocks.
    pub data: Vec<u8>,
    /// The palette index that was written for each pixel, row by row.
    pub shown: Vec<u8>,
}

/// Options of the phrase search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// Beam width: number of phrases that are extended in parallel, 1 to 16.
    pub beam: usize,
    /// Whether the search also weighs the phrase after the next one, and lightness errors of 4x4 blocks.
    pub looks_ahead: bool,
}

impl SearchOptions {
    /// Takes the longest phrase each time.
    pub const GREEDY: Self = Self { beam: 1, looks_ahead: false };
}

/// Encodes `frame`.
///
/// Writes a clear code as soon as the dictionary is full. Keeping a full dictionary would save 1 to 2 %, on plain text up to
/// 5 %, but Java Swing, wxWidgets and `stb_image` show such files wrong, in part, or not at all.
#[must_use]
pub fn encode(frame: &IndexedFrame, tolerance: Option<&Tolerance>, search: SearchOptions) -> Encoded {
    let mut encoder = Encoder::new(frame.palette.bits().max(2), frame.indices.len());
    let shown = encoder.run(frame, tolerance, search);
    Encoded { data: encoder.codes.finish(), shown }
}

struct Encoder {
    codes: CodeWriter,
    dictionary: Dictionary,
    /// By code: the pixel where the first occurrence of its phrase begins.
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

    /// Writes the code stream; returns the symbol written for each pixel.
    fn run(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, search: SearchOptions) -> Vec<u8> {
        let len = frame.indices.len();
        let mut shown = vec![0; len];
        // The code written last and the pixel where it begins, until the first symbol of the next phrase is known: the two
        // together are the next entry of the dictionary.
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
            // The next entry is this phrase and one more symbol, unless the dictionary is full.
            pending = Some((found.code, pixel));
            if self.dictionary.codes() == MAX_CODES {
                self.restart();
                search.restart();
                pending = None;
            }
            pixel = end;
        }
        if pending.is_some() {
            // The decoder adds one more entry after the last code, which may increase the width of the end code.
            self.dictionary.skip();
        }
        self.codes.put(self.dictionary.clear_code() + 1, self.dictionary.width());
        shown
    }

    /// Adds the phrase of `code`, which begins at pixel `origin`, followed by `symbol` to the dictionary.
    fn learn(&mut self, code: u16, origin: usize, symbol: u8) {
        if let Some(known) = self.origins.get_mut(self.dictionary.codes()) {
            *known = origin;
        }
        self.dictionary.learn(code, symbol);
    }
}

/// Packs codes into bytes, least significant bit first.
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
