//! The beam of the phrase search: the partial phrases that are extended in parallel.

/// A phrase of the dictionary that matches the pixels read so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Match {
    /// Its code.
    pub code: u16,
    /// Its first symbol.
    pub root: u8,
    /// The 4x4 block that `lighter` belongs to: that of the last pixel weighed.
    pub block: u16,
    /// Sum of the lightness errors of its pixels in `block`: positive if they are lighter than their sources.
    pub lighter: i32,
    /// Sum of the costs of its pixels. Negative if they compensate an earlier lightness error of their block.
    pub error: i32,
}

/// Maximum beam width.
const MAX_BEAM: usize = 16;

/// The matches with the smallest errors, at most `width`, sorted by rising error.
#[derive(Debug)]
pub(super) struct Beam {
    matches: [Match; MAX_BEAM],
    len: usize,
    width: usize,
}

impl Beam {
    /// Returns an empty beam. `width` is limited to [1, 16].
    pub fn new(width: usize) -> Self {
        Self { matches: [Match::default(); MAX_BEAM], len: 0, width: width.clamp(1, MAX_BEAM) }
    }

    /// Removes all matches.
    #[inline]
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// The matches, by rising error.
    #[inline]
    pub fn as_slice(&self) -> &[Match] {
        &self.matches[..self.len]
    }

    /// The match with the smallest error.
    #[inline]
    pub fn leader(&mut self) -> &mut Match {
        &mut self.matches[0]
    }

    /// Whether [`insert`](Self::insert) would drop a match with this error.
    #[inline]
    pub fn refuses(&self, error: i32) -> bool {
        self.len == self.width && self.matches[self.len - 1].error <= error
    }

    /// Inserts a match by its error, after those of equal error. If there are more than `width`, the last one is dropped.
    #[inline]
    pub fn insert(&mut self, candidate: Match) {
        let mut at = self.len;
        while at > 0 && self.matches[at - 1].error > candidate.error {
            at -= 1;
        }
        if at == self.width {
            return;
        }
        self.len = (self.len + 1).min(self.width);
        let mut i = self.len - 1;
        while i > at {
            self.matches[i] = self.matches[i - 1];
            i -= 1;
        }
        self.matches[at] = candidate;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beam_keeps_the_best_in_order() {
        let mut beam = Beam::new(3);
        for (code, error) in (0u16..).zip([7, 3, 9, 3, -1, 8]) {
            let is_refused = beam.refuses(error);
            let before = beam.as_slice().len();
            beam.insert(Match { code, error, ..Match::default() });
            assert!(!is_refused || before == 3, "only a full beam refuses");
        }
        let kept: Vec<(u16, i32)> = beam.as_slice().iter().map(|found| (found.code, found.error)).collect();
        // Of equals the first stays in front.
        assert_eq!(kept, [(4, -1), (1, 3), (3, 3)]);
        assert!(beam.refuses(3) && beam.refuses(4) && !beam.refuses(2));
    }
}
