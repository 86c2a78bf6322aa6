//! The best phrases that begin at one pixel, for the encoder to choose from.

/// A phrase of the dictionary for the pixels [start, `end`).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Phrase {
    /// Its code.
    pub code: u16,
    /// Its first symbol.
    pub root: u8,
    /// The pixel after its last one.
    pub end: usize,
    /// Number of its pixels times the worth of a pixel, minus its error.
    pub score: i64,
}

/// The phrases from one pixel on with the highest scores, by falling score, at most one for each `end`, and at most `MOST`.
/// The number is known to the compiler, since this is the innermost loop: a list of one needs no search for equal ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<const MOST: usize> {
    list: [Phrase; MOST],
    len: usize,
}

impl<const MOST: usize> Phrases<MOST> {
    /// Returns an empty list.
    pub fn new() -> Self {
        Self { list: [Phrase::default(); MOST], len: 0 }
    }

    /// The phrases, by falling score.
    pub fn as_slice(&self) -> &[Phrase] {
        &self.list[..self.len]
    }

    /// The phrase with the highest score.
    pub fn best(&self) -> Phrase {
        self.list[0]
    }

    /// Adds `phrase` if its score is among the highest, and the highest of those with the same end.
    #[inline]
    pub fn offer(&mut self, phrase: Phrase) {
        if self.len == MOST && self.list[MOST - 1].score >= phrase.score {
            return;
        }
        let mut at = self.len.min(MOST - 1);
        if MOST > 1
            && let Some(same) = self.as_slice().iter().position(|known| known.end == phrase.end)
        {
            if self.list[same].score >= phrase.score {
                return;
            }
            at = same;
        } else {
            self.len = at + 1;
        }
        while at > 0 && self.list[at - 1].score < phrase.score {
            self.list[at] = self.list[at - 1];
            at -= 1;
        }
        self.list[at] = phrase;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_and_one_of_each_end() {
        let mut phrases = Phrases::<3>::new();
        for (code, (end, score)) in (0..).zip([(4, 10), (5, 30), (6, 20), (5, 25), (4, 40), (7, 5), (8, 35)]) {
            phrases.offer(Phrase { code, root: 0, end, score });
        }
        let kept: Vec<(u16, usize, i64)> =
            phrases.as_slice().iter().map(|phrase| (phrase.code, phrase.end, phrase.score)).collect();
        assert_eq!(kept, [(4, 4, 40), (6, 8, 35), (1, 5, 30)]);
        assert_eq!(phrases.best().code, 4);
    }
}
