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
mod encoder;
mod phrase_search;
mod phrases;

use crate::model::indexed_frame::IndexedFrame;
use crate::model::tolerance::Tolerance;
use encoder::Encoder;
use phrase_search::{CHOICES, Search};

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
#[must_use]
pub fn encode(frame: &IndexedFrame, tolerance: Option<&Tolerance>, search: SearchOptions) -> Encoded {
    let mut encoder = Encoder::new(frame.palette.bits().max(2), frame.indices.len());
    let shown = if search.looks_ahead {
        encoder.run(frame, Search::<CHOICES>::new(frame, tolerance, search.beam))
    } else {
        encoder.run(frame, Search::<1>::new(frame, tolerance, search.beam))
    };
    Encoded { data: encoder.finish(), shown }
}

#[cfg(test)]
mod tests;
