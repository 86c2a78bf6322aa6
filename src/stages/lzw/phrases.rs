//! Phrases that may be written next.

/// A phrase of the dictionary that shows the pixels from some place on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Phrase {
    /// Its code.
    pub code: u16,
    /// The symbol it begins with.
    pub root: u8,
    /// The pixel after it.
    pub end: usize,
    /// What its pixels are worth, less its error.
    pub score: i64,
}

/// The phrases from one pixel that are worth most, the best first, each with an end of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases {
    list: [Phrase; Self::MOST],
    len: usize,
    most: usize,
}

impl Phrases {
    /// Most phrases kept: the fourth was worth nothing.
    pub const MOST: usize = 3;

    /// No phrase, and room for `most`, 1 to [`Phrases::MOST`].
    pub fn new(most: usize) -> Self {
        Self { list: [Phrase::default(); Self::MOST], len: 0, most: most.clamp(1, Self::MOST) }
    }

    /// How many are kept.
    pub fn most(&self) -> usize {
        self.most
    }

    /// The phrases.
    pub fn as_slice(&self) -> &[Phrase] {
        &self.list[..self.len]
    }

    /// The best of them.
    pub fn best(&self) -> Phrase {
        self.list[0]
    }

    /// Keeps `phrase` if it is one of the best, and the best with its end.
    #[inline]
    pub fn offer(&mut self, phrase: Phrase) {
        if self.len == self.most && self.list[self.len - 1].score >= phrase.score {
            return;
        }
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
