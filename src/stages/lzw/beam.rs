//! The phrases that a search follows at the same time.

/// A phrase being matched.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Match {
    /// Its code so far.
    pub code: u16,
    /// The symbol it began with.
    pub root: u8,
    /// The block of its last pixel that was weighed, and how much lighter its pixels in there are than their sources.
    pub block: u16,
    /// See `block`.
    pub lighter: i32,
    /// The error made, less than nothing where it makes good for an earlier one.
    pub error: i32,
}

/// Most phrases followed at the same time.
const MAX_BEAM: usize = 16;

/// The phrases that match so far, least error first, at most `width` of them.
#[derive(Debug)]
pub(super) struct Beam {
    matches: [Match; MAX_BEAM],
    len: usize,
    width: usize,
}

impl Beam {
    /// An empty beam of this width, 1 to 16.
    pub fn new(width: usize) -> Self {
        Self { matches: [Match::default(); MAX_BEAM], len: 0, width: width.clamp(1, MAX_BEAM) }
    }

    /// Forgets all phrases.
    #[inline]
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// The phrases.
    #[inline]
    pub fn as_slice(&self) -> &[Match] {
        &self.matches[..self.len]
    }

    /// The phrase with the least error.
    #[inline]
    pub fn leader(&mut self) -> &mut Match {
        &mut self.matches[0]
    }

    /// Whether a phrase with this error would be dropped at once.
    #[inline]
    pub fn refuses(&self, error: i32) -> bool {
        self.len == self.width && self.matches[self.len - 1].error <= error
    }

    /// Inserts in order of error; the worst is dropped when there are too many.
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
