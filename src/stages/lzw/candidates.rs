//! The palette indices that may be written for a pixel.

use super::dictionary::Dictionary;
use crate::model::indexed_frame::{IndexedFrame, Slack};
use crate::model::tolerance::{Near, Tolerance};

/// Number of pixels whose lists are cached: consecutive searches cover some of the same pixels.
const KEPT: usize = 64;

/// The [`Candidates`] of the pixels that were looked at last.
pub(super) struct CandidateCache {
    /// By pixel, modulo [`KEPT`]; the last one is for pixels that may not have similar symbols.
    lists: Vec<Candidates>,
}

impl CandidateCache {
    /// Returns an empty cache.
    pub fn new() -> Self {
        Self { lists: vec![Candidates::default(); KEPT + 1] }
    }

    /// The candidates of `pixel`, where `last` is the symbol of the pixel before.
    #[inline]
    pub fn of(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, pixel: usize, last: u8) -> &Candidates {
        let place = if frame.slack[pixel] == Slack::Near { pixel % KEPT } else { KEPT };
        let candidates = &mut self.lists[place];
        candidates.fill(frame, tolerance, pixel, last);
        candidates
    }
}

/// The symbols that may be written for one pixel: its one or two own indices first, then similar ones by rising error.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    list: [Near; Tolerance::MOST + 2],
    len: usize,
    /// The bits ([`Dictionary::bit`]) of all symbols in the list.
    pub bits: u64,
    /// By symbol: its index in the list. Meaningless for symbols that are not in it (P. Briggs and L. Torczon, "An efficient
    /// representation for sparse sets", ACM LOPLAS 2, 1993).
    places: [u8; 256],
    /// The key ([`Tolerance::key`]) of the pixels that the list belongs to; `None` if it also depends on the symbol before.
    key: Option<u32>,
}

impl Default for Candidates {
    fn default() -> Self {
        let list = [Near::default(); Tolerance::MOST + 2];
        Self { list, len: 0, bits: 0, places: [0; 256], key: None }
    }
}

impl Candidates {
    /// Lists the symbols for `pixel`. `last` is the symbol of the pixel before: of two indices that show the same color, it
    /// comes first, so that a run continues.
    #[inline]
    pub fn fill(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, pixel: usize, last: u8) {
        let own = Near { symbol: frame.indices[pixel], ..Near::default() };
        match (frame.slack[pixel], tolerance) {
            (Slack::Near, Some(tolerance)) => {
                let key = tolerance.key(pixel);
                if self.key == Some(key) {
                    return;
                }
                (self.key, self.len, self.bits) = (Some(key), 0, 0);
                self.push(Near { lighter: tolerance.own(pixel), ..own });
                for near in tolerance.near(pixel) {
                    self.push(near);
                }
            }
            (Slack::Either(other), _) => {
                (self.key, self.len, self.bits) = (None, 0, 0);
                let other = Near { symbol: other, ..own };
                let (first, second) = if other.symbol == last { (other, own) } else { (own, other) };
                self.push(first);
                self.push(second);
            }
            _ => {
                (self.key, self.len, self.bits) = (None, 0, 0);
                self.push(own);
            }
        }
    }

    #[inline]
    fn push(&mut self, near: Near) {
        self.places[usize::from(near.symbol)] = self.len as u8;
        self.list[self.len] = near;
        self.len += 1;
        self.bits |= Dictionary::bit(near.symbol);
    }

    /// The list.
    #[inline]
    pub fn as_slice(&self) -> &[Near] {
        &self.list[..self.len]
    }

    /// The entry with this symbol, if it is in the list.
    #[inline]
    pub fn find(&self, symbol: u8) -> Option<&Near> {
        self.as_slice().get(usize::from(self.places[usize::from(symbol)])).filter(|near| near.symbol == symbol)
    }
}
