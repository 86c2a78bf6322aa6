//! What a pixel may be.

use crate::model::indexed_frame::{IndexedFrame, Slack};
use crate::model::tolerance::{Near, Tolerance};

/// Lists that are kept: the colors of text come again and again.
const KEPT: usize = 64;

/// What pixels may be, by a hash of their key ([`Tolerance::key`]).
pub(super) struct CandidateCache {
    lists: Vec<Candidates>,
}

impl CandidateCache {
    /// With nothing in it.
    pub fn new() -> Self {
        Self { lists: vec![Candidates::default(); KEPT + 1] }
    }

    /// What `pixel` may be, behind the symbol `last`.
    #[inline]
    pub fn of(
        &mut self,
        frame: &IndexedFrame,
        tolerance: Option<&Tolerance>,
        pixel: usize,
        last: u8,
    ) -> &Candidates {
        let place = match tolerance {
            Some(tolerance) if frame.slack[pixel] == Slack::Near => {
                (tolerance.key(pixel).wrapping_mul(0x9e37_79b1) >> 26) as usize
            }
            _ => KEPT,
        };
        let candidates = &mut self.lists[place];
        candidates.fill(frame, tolerance, pixel, last);
        candidates
    }
}

/// What a pixel may be: at most its own two indices and all near ones, its own first and then the nearest.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    list: [Near; Tolerance::MOST + 2],
    len: usize,
    /// By symbol: its place in the list, if it is in there (P. Briggs and L. Torczon, "An efficient representation for
    /// sparse sets", ACM LOPLAS 2, 1993).
    places: [u8; 256],
    /// The key ([`Tolerance::key`]) they are of, if they depend on nothing else.
    key: Option<u32>,
}

impl Default for Candidates {
    fn default() -> Self {
        let list = [Near::default(); Tolerance::MOST + 2];
        Self { list, len: 0, places: [0; 256], key: None }
    }
}

impl Candidates {
    /// Lists what `pixel` may be. Of two indices that show the same, that of the pixel before comes first: a run goes on.
    #[inline]
    pub fn fill(&mut self, frame: &IndexedFrame, tolerance: Option<&Tolerance>, pixel: usize, last: u8) {
        let own = Near { symbol: frame.indices[pixel], ..Near::default() };
        match (frame.slack[pixel], tolerance) {
            (Slack::Near, Some(tolerance)) => {
                let key = tolerance.key(pixel);
                if self.key == Some(key) {
                    return;
                }
                (self.key, self.len) = (Some(key), 0);
                self.push(Near { lighter: tolerance.own(pixel), ..own });
                for near in tolerance.near(pixel) {
                    self.push(near);
                }
            }
            (Slack::Either(other), _) => {
                (self.key, self.len) = (None, 0);
                let other = Near { symbol: other, ..own };
                let (first, second) = if other.symbol == last { (other, own) } else { (own, other) };
                self.push(first);
                self.push(second);
            }
            _ => {
                (self.key, self.len) = (None, 0);
                self.push(own);
            }
        }
    }

    #[inline]
    fn push(&mut self, near: Near) {
        self.places[usize::from(near.symbol)] = self.len as u8;
        self.list[self.len] = near;
        self.len += 1;
    }

    /// All of them.
    #[inline]
    pub fn as_slice(&self) -> &[Near] {
        &self.list[..self.len]
    }

    /// The one with this symbol.
    #[inline]
    pub fn find(&self, symbol: u8) -> Option<&Near> {
        self.as_slice().get(usize::from(self.places[usize::from(symbol)])).filter(|near| near.symbol == symbol)
    }
}
