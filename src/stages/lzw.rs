//! [`IndexedFrame`] in, LZW data out (GIF89a appendix F; T. Welch, "A technique for high-performance data compression",
//! IEEE Computer 17(6), 1984).
//!
//! Two freedoms make it smaller than textbook LZW. A static pixel may be transparent or its known color. And, if a
//! [`Tolerance`] is given, a busy pixel may take a near color, measured against its *source* color, so errors never add
//! up. Of all phrases the dictionary then offers, a narrow beam search finds a long one at little error.

use crate::model::frame::{IndexedFrame, Slack};
use crate::model::phrases::{Dictionary, MAX_CODES};
use crate::model::tolerance::{Near, Tolerance};

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

/// A phrase being matched: its code so far, the symbol it began with, and the error made.
#[derive(Debug, Clone, Copy, Default)]
struct Match {
    code: u16,
    root: u8,
    error: u32,
}

/// Most phrases followed at the same time.
const MAX_BEAM: usize = 16;

/// The phrases that match so far, least error first, at most `beam` of them.
#[derive(Debug)]
struct Front {
    matches: [Match; MAX_BEAM],
    len: usize,
    beam: usize,
}

impl Front {
    fn new(beam: usize) -> Self {
        Self { matches: [Match::default(); MAX_BEAM], len: 0, beam: beam.clamp(1, MAX_BEAM) }
    }

    fn as_slice(&self) -> &[Match] {
        &self.matches[..self.len]
    }

    /// Whether a phrase with this error would be dropped at once.
    #[inline]
    fn refuses(&self, error: u32) -> bool {
        self.len == self.beam && self.matches[self.len - 1].error <= error
    }

    /// Inserts in order of error; the worst is dropped when there are too many.
    #[inline]
    fn insert(&mut self, candidate: Match) {
        let mut at = self.len;
        while at > 0 && self.matches[at - 1].error > candidate.error {
            at -= 1;
        }
        if at == self.beam {
            return;
        }
        self.len = (self.len + 1).min(self.beam);
        let mut i = self.len - 1;
        while i > at {
            self.matches[i] = self.matches[i - 1];
            i -= 1;
        }
        self.matches[at] = candidate;
    }
}

/// What a pixel may be: at most its own two indices and all near ones, the cheapest first.
#[derive(Default)]
struct Candidates {
    list: [Near; Tolerance::MOST + 2],
    len: usize,
    /// The bits of all of them.
    bits: u64,
}

impl Candidates {
    /// Lists what `pixel` may be. Of two indices that show the same, that of the pixel before comes first: a run goes on.
    #[inline]
    fn fill(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, pixel: usize, last: u8) {
        let index = frame.indices[pixel];
        self.list[0] = (index, 0);
        self.len = 1;
        self.bits = Dictionary::bit(index);
        match (frame.slack[pixel], tolerance) {
            (Slack::Either(other), _) => {
                self.list[1] = (other, 0);
                self.len = 2;
                self.bits |= Dictionary::bit(other);
                if other == last {
                    self.list.swap(0, 1);
                }
            }
            (Slack::Near, Some(tolerance)) => {
                for near in tolerance.near(pixel) {
                    self.list[self.len] = near;
                    self.len += 1;
                    self.bits |= Dictionary::bit(near.0);
                }
            }
            _ => {}
        }
    }

    fn as_slice(&self) -> &[Near] {
        &self.list[..self.len]
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

    /// Writes the codes; returns the symbol that each pixel got.
    fn run(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, beam: usize) -> Vec<u8> {
        let len = frame.indices.len();
        let mut shown = vec![0; len];
        // The code written last, while the symbol that follows it in the dictionary is not known yet.
        let mut pending = None;
        let mut pixel = 0;
        let mut last = 0;
        let mut search = Search { frame, tolerance, fronts: [Front::new(beam), Front::new(beam)] };
        while pixel < len {
            if let (Slack::None, Some(code)) = (frame.slack[pixel], pending) {
                self.dictionary.learn(code, frame.indices[pixel]);
                pending = None;
            }
            let (found, end) = search.longest(&self.dictionary, pixel, last);
            if let Some(code) = pending {
                self.dictionary.learn(code, found.root);
            }
            self.codes.put(found.code, self.dictionary.width());
            self.dictionary.spell(found.code, &mut shown[pixel..end]);
            last = self.dictionary.last_symbol(found.code);
            pixel = end;
            pending = self.after_code(found.code, pixel);
        }
        if pending.is_some() {
            // The decoder learns one more entry from the last code, which may widen the end code.
            self.dictionary.skip();
        }
        self.codes.put(self.dictionary.clear_code() + 1, self.dictionary.width());
        shown
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

/// The search for the next phrase.
struct Search<'a> {
    frame: &'a IndexedFrame,
    tolerance: Option<&'a Tolerance<'a>>,
    fronts: [Front; 2],
}

impl Search<'_> {
    /// The phrase from pixel `start` on that is worth most, and the pixel after it.
    fn longest(&mut self, dictionary: &Dictionary, start: usize, last: u8) -> (Match, usize) {
        let index = self.frame.indices[start];
        let found = match self.frame.slack[start] {
            Slack::None => self.follow_run(dictionary, start, index),
            Slack::Either(other) => {
                let (first, second) = if other == last { (other, index) } else { (index, other) };
                let found = self.follow_run(dictionary, start, first);
                let other = self.follow_run(dictionary, start, second);
                if other.2 > found.2 { other } else { found }
            }
            Slack::Near => {
                let mut candidates = Candidates::default();
                candidates.fill(self.frame, self.tolerance, start, last);
                self.fronts[0].len = 0;
                for &(symbol, error) in candidates.as_slice() {
                    self.fronts[0].insert(Match { code: symbol.into(), root: symbol, error });
                }
                self.extend(dictionary, start, start + 1)
            }
        };
        (found.0, found.1)
    }

    /// The best phrase that begins with a run of `symbol`, which is matched in one step as far as the dictionary knows it.
    fn follow_run(&mut self, dictionary: &Dictionary, start: usize, symbol: u8) -> (Match, usize, i64) {
        let runs = dictionary.runs(symbol);
        let most = runs.len().min(self.frame.indices.len() - start);
        let shown = (1..most).take_while(|&i| shows(self.frame, start + i, symbol)).count();
        self.fronts[0].len = 0;
        self.fronts[0].insert(Match { code: runs[shown], root: symbol, error: 0 });
        self.extend(dictionary, start, start + 1 + shown)
    }

    /// Extends the phrases in the first front, which cover `start..pixel`: a pixel more counts for a phrase, error against.
    /// Returns the best, the pixel after it and its score.
    fn extend(&mut self, dictionary: &Dictionary, start: usize, mut pixel: usize) -> (Match, usize, i64) {
        let Self { frame, tolerance, fronts: [front, next] } = self;
        let (mut front, mut next) = (front, next);
        let worth = tolerance.map_or(1, |tolerance| tolerance.worth);
        let len = frame.indices.len();
        let mut candidates = Candidates::default();
        let (mut best, mut best_end) = (front.matches[0], pixel);
        let mut best_score = (pixel - start) as i64 * worth - i64::from(best.error);
        while pixel < len {
            if front.len == 1 {
                // One phrase and pixels that need no weighing, most of any screenshot.
                let only = &mut front.matches[0];
                while pixel < len
                    && let Some(code) = step(dictionary, frame, only.code, pixel)
                {
                    only.code = code;
                    pixel += 1;
                }
                let score = (pixel - start) as i64 * worth - i64::from(only.error);
                if score > best_score {
                    (best, best_end, best_score) = (*only, pixel, score);
                }
                if pixel == len || frame.slack[pixel] != Slack::Near {
                    break;
                }
            }
            next.len = 0;
            candidates.fill(frame, *tolerance, pixel, dictionary.last_symbol(front.matches[0].code));
            for found in front.as_slice() {
                let followers = dictionary.followers(found.code) & candidates.bits;
                if followers == 0 {
                    continue;
                }
                for &(symbol, error) in candidates.as_slice() {
                    let error = found.error.saturating_add(error);
                    if next.refuses(error) {
                        break;
                    }
                    if followers & Dictionary::bit(symbol) != 0
                        && let Some(code) = dictionary.find(found.code, symbol)
                    {
                        next.insert(Match { code, error, ..*found });
                    }
                }
            }
            if next.len == 0 {
                break;
            }
            std::mem::swap(&mut front, &mut next);
            pixel += 1;
            let leader = front.matches[0];
            let score = (pixel - start) as i64 * worth - i64::from(leader.error);
            if score > best_score {
                (best, best_end, best_score) = (leader, pixel, score);
            }
        }
        (best, best_end, best_score)
    }
}

/// Whether `symbol` shows what the pixel should show, exactly.
#[inline]
fn shows(frame: &IndexedFrame, pixel: usize, symbol: u8) -> bool {
    frame.slack[pixel] != Slack::Near && (frame.indices[pixel] == symbol || frame.slack[pixel] == Slack::Either(symbol))
}

/// The phrase that goes on with what the pixel must be, or with one of two indices that show the same: first that of the
/// pixel before. `None` if there is no such phrase, or the pixel may stray and wants weighing.
#[inline]
fn step(dictionary: &Dictionary, frame: &IndexedFrame, code: u16, pixel: usize) -> Option<u16> {
    let index = frame.indices[pixel];
    match frame.slack[pixel] {
        Slack::None => dictionary.find(code, index),
        Slack::Either(other) => {
            let goes_on = dictionary.last_symbol(code) == other;
            let (first, second) = if goes_on { (other, index) } else { (index, other) };
            dictionary.find(code, first).or_else(|| dictionary.find(code, second))
        }
        Slack::Near => None,
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
