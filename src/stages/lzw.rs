//! [`IndexedFrame`] in, LZW data out (GIF89a appendix F; T. Welch, "A technique for high-performance data compression",
//! IEEE Computer 17(6), 1984).
//!
//! Two freedoms make it smaller than textbook LZW. A static pixel may be transparent or its known color. And, if a
//! [`Tolerance`] is given, a busy pixel may take a near color, measured against its *source* color, so errors never add
//! up. Of all phrases the dictionary then offers, a narrow beam search finds a long one at little error.

use crate::model::frame::IndexedFrame;
use crate::model::phrases::{Dictionary, MAX_CODES};
use crate::model::tolerance::Tolerance;

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
    let pixels = Pixels { frame, tolerance };
    let mut encoder = Encoder::new(frame.palette.bits().max(2), clear, frame.indices.len());
    encoder.run(&pixels);
    encoder.codes.finish()
}

/// A phrase being matched: its code so far, the error made, and the symbol it began with.
#[derive(Debug, Clone, Copy, Default)]
struct Match {
    code: u16,
    root: u8,
    error: u32,
}

/// How many phrases are followed at the same time.
const BEAM: usize = 6;

/// The phrases that match so far, least error first.
#[derive(Debug, Default)]
struct Front {
    matches: [Match; BEAM],
    len: usize,
}

impl Front {
    fn best(&self) -> Match {
        self.matches[0]
    }

    fn as_slice(&self) -> &[Match] {
        &self.matches[..self.len]
    }

    /// Inserts in order of error; the worst is dropped when there are too many.
    #[inline]
    fn insert(&mut self, candidate: Match) {
        let mut at = self.len;
        while at > 0 && self.matches[at - 1].error > candidate.error {
            at -= 1;
        }
        if at == BEAM {
            return;
        }
        self.len = (self.len + 1).min(BEAM);
        self.matches.copy_within(at..self.len - 1, at + 1);
        self.matches[at] = candidate;
    }
}

/// A symbol a pixel may have, with its squared distance from the source.
type Candidate = (u8, u32);

/// A frame's pixels and what each may be.
struct Pixels<'a> {
    frame: &'a IndexedFrame,
    tolerance: Option<&'a Tolerance<'a>>,
}

impl Pixels<'_> {
    /// The pixel's symbol, if it has no other choice.
    #[inline]
    fn forced(&self, pixel: usize) -> Option<u8> {
        let index = self.frame.indices[pixel];
        if self.alternate(pixel) != index {
            return None;
        }
        match self.tolerance {
            Some(tolerance) if tolerance.reach2(pixel) > 0 => None,
            _ => Some(index),
        }
    }

    #[inline]
    fn alternate(&self, pixel: usize) -> u8 {
        let plain = self.frame.alternates.is_empty();
        if plain { self.frame.indices[pixel] } else { self.frame.alternates[pixel] }
    }

    /// Lists what the pixel may be: `last` first if it may go on, then its index, then near colors.
    #[inline]
    fn candidates<'b>(
        &self,
        pixel: usize,
        last: u8,
        room: &'b mut [Candidate; Tolerance::MOST + 2],
    ) -> &'b [Candidate] {
        let (index, alternate) = (self.frame.indices[pixel], self.alternate(pixel));
        let mut len = 1;
        room[0] = (index, 0);
        if alternate != index {
            room[1] = (alternate, 0);
            len = 2;
            if alternate == last {
                room.swap(0, 1);
            }
        }
        if let Some(tolerance) = self.tolerance {
            for near in tolerance.near(pixel, index) {
                room[len] = near;
                len += 1;
            }
        }
        &room[..len]
    }
}

/// Codes after which a full dictionary's worth is judged anew.
const STRETCH: u32 = 256;

struct Encoder {
    codes: CodeWriter,
    dictionary: Dictionary,
    clear: Clear,
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

    fn run(&mut self, pixels: &Pixels) {
        let len = pixels.frame.indices.len();
        // The code written last, while the symbol that follows it in the dictionary is not known yet.
        let mut pending = None;
        let mut pixel = 0;
        let mut last = 0;
        while pixel < len {
            let start = pixel;
            if let (Some(symbol), Some(code)) = (pixels.forced(start), pending) {
                self.dictionary.learn(code, symbol);
                pending = None;
            }
            let (found, end) = self.longest(pixels, start, last);
            if let Some(code) = pending {
                self.dictionary.learn(code, found.root);
            }
            self.codes.put(found.code, self.dictionary.width());
            last = self.dictionary.last_symbol(found.code);
            pixel = end;
            pending = self.after_code(found.code, pixel);
        }
        if pending.is_some() {
            // The decoder learns one more entry from the last code, which may widen the end code.
            self.dictionary.skip();
        }
        self.codes.put(self.dictionary.clear_code() + 1, self.dictionary.width());
    }

    /// The phrase from pixel `start` on that is worth most: a pixel covered counts for, error against it.
    #[inline]
    fn longest(&self, pixels: &Pixels, start: usize, last: u8) -> (Match, usize) {
        let worth = pixels.tolerance.map_or(1, |tolerance| tolerance.worth);
        let mut front = Front::default();
        let mut room = [Candidate::default(); Tolerance::MOST + 2];
        match pixels.forced(start) {
            Some(symbol) => front.insert(Match { code: symbol.into(), root: symbol, error: 0 }),
            None => {
                for &(symbol, error) in pixels.candidates(start, last, &mut room) {
                    front.insert(Match { code: symbol.into(), root: symbol, error });
                }
            }
        }
        let (mut best, mut best_end, mut best_score) = (front.best(), start + 1, i64::MIN);
        for pixel in start + 1..=pixels.frame.indices.len() {
            let leader = front.best();
            let score = (pixel - start) as i64 * worth - i64::from(leader.error);
            if score > best_score {
                (best, best_end, best_score) = (leader, pixel, score);
            }
            if pixel == pixels.frame.indices.len() {
                break;
            }
            let mut next = Front::default();
            match pixels.forced(pixel) {
                Some(symbol) => {
                    for found in front.as_slice() {
                        if let Some(code) = self.dictionary.find(found.code, symbol) {
                            next.insert(Match { code, ..*found });
                        }
                    }
                }
                None => {
                    let last = self.dictionary.last_symbol(leader.code);
                    let candidates = pixels.candidates(pixel, last, &mut room);
                    for found in front.as_slice() {
                        for &(symbol, error) in candidates {
                            if let Some(code) = self.dictionary.find(found.code, symbol) {
                                next.insert(Match { code, error: found.error.saturating_add(error), ..*found });
                            }
                        }
                    }
                }
            }
            if next.len == 0 {
                break;
            }
            front = next;
        }
        (best, best_end)
    }

    /// What is to be learned after `code` was written: itself, unless the dictionary is full or thrown away.
    fn after_code(&mut self, code: u16, pixel: usize) -> Option<u16> {
        if self.dictionary.len() < MAX_CODES {
            return Some(code);
        }
        match self.clear {
            Clear::Eager => self.restart(pixel),
            Clear::Adaptive(share) => self.judge(share, pixel),
        }
        None
    }

    /// Clears when the last stretch of codes did worse, in pixels per bit, than the time in which the dictionary filled.
    fn judge(&mut self, share: u32, pixel: usize) {
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
