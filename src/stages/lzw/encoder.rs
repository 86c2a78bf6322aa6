//! Writes the code stream of a frame: phrases that the search finds, a clear code as soon as the dictionary is full.

use super::dictionary::{Dictionary, MAX_CODES};
use super::phrase_search::Search;
use crate::model::indexed_frame::{IndexedFrame, Slack};

/// One frame's dictionary and code stream.
pub(super) struct Encoder {
    codes: CodeWriter,
    dictionary: Dictionary,
    /// By code: the pixel where the first occurrence of its phrase begins.
    origins: Vec<usize>,
}

impl Encoder {
    pub(super) fn new(min_code_size: u8, pixels: usize) -> Self {
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
    ///
    /// Writes a clear code as soon as the dictionary is full. Keeping a full dictionary would save 1 to 2 %, on plain text up
    /// to 5 %, but Java Swing, wxWidgets and `stb_image` show such files wrong, in part, or not at all.
    pub(super) fn run<const MOST: usize>(&mut self, frame: &IndexedFrame, mut search: Search<MOST>) -> Vec<u8> {
        let len = frame.indices.len();
        let mut shown = vec![0; len];
        // The code written last and the pixel where it begins, until the first symbol of the next phrase is known: the two
        // together are the next entry of the dictionary.
        let mut pending = None;
        let mut pixel = 0;
        let mut last = 0;
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

    /// The minimum code size and the code stream.
    pub(super) fn finish(self) -> Vec<u8> {
        self.codes.finish()
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
