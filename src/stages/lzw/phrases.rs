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

/// The phrases from one pixel on with the highest scores, by falling score, at most one for each `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases {
    list: [Phrase; Self::MOST],
    len: usize,
    most: usize,
}

impl Phrases {
    /// Maximum number of phrases. Measured: a fourth one gave no smaller files.
    pub const MOST: usize = 3;

    /// Returns an empty list for at most `most` phrases, 1 to [`Phrases::MOST`].
    pub fn new(most: usize) -> Self {
        Self { list: [Phrase::default(); Self::MOST], len: 0, most: most.clamp(1, Self::MOST) }
    }

    /// Maximum number of phrases in this list.
    pub fn most(&self) -> usize {
        self.most
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
        if self.len == self.most && self.list[self.len - 1].score >= phrase.score {
            return;
        }
        if self.most == 1 {
            (self.list[0], self.len) = (phrase, 1);
        } else {
            self.insert(phrase);
        }
    }

    fn insert(&mut self, phrase: Phrase) {
        let mut at = self.len.min(self.most - 1);
        if let Some(same) = self.as_slice().iter().position(|known| known.end == phrase.end) {
            if self.list[same].score >= phrase.score {
                return;
            }
            at = same;
        } else {
            self.len = (self.len + 1).min(self.most);
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
        let mut phrases = Phrases::new(Phrases::MOST);
        for (code, (end, score)) in (0..).zip([(4, 10), (5, 30), (6, 20), (5, 25), (4, 40), (7, 5), (8, 35)]) {
            phrases.offer(Phrase { code, root: 0, end, score });
        }
        let kept: Vec<(u16, usize, i64)> =
            phrases.as_slice().iter().map(|phrase| (phrase.code, phrase.end, phrase.score)).collect();
        assert_eq!(kept, [(4, 4, 40), (6, 8, 35), (1, 5, 30)]);
        assert_eq!(phrases.best().code, 4);
    }
}
