//! Beam search for the dictionary phrase that is worth most: long, at little error.

use super::dictionary::Dictionary;
use crate::model::indexed_frame::{IndexedFrame, Slack};
use crate::model::tolerance::{Near, Tolerance};

/// A phrase being matched: its code so far, the symbol it began with, and the error made.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Match {
    pub code: u16,
    pub root: u8,
    error: u32,
}

/// Most phrases followed at the same time.
const MAX_BEAM: usize = 16;

/// The phrases that match so far, least error first, at most `width` of them.
#[derive(Debug)]
struct Beam {
    matches: [Match; MAX_BEAM],
    len: usize,
    width: usize,
}

impl Beam {
    fn new(width: usize) -> Self {
        Self { matches: [Match::default(); MAX_BEAM], len: 0, width: width.clamp(1, MAX_BEAM) }
    }

    fn as_slice(&self) -> &[Match] {
        &self.matches[..self.len]
    }

    /// Whether a phrase with this error would be dropped at once.
    #[inline]
    fn refuses(&self, error: u32) -> bool {
        self.len == self.width && self.matches[self.len - 1].error <= error
    }

    /// Inserts in order of error; the worst is dropped when there are too many.
    #[inline]
    fn insert(&mut self, candidate: Match) {
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

/// The search for the next phrase.
pub(super) struct Search<'a> {
    frame: &'a IndexedFrame,
    tolerance: Option<&'a Tolerance<'a>>,
    beams: [Beam; 2],
}

impl<'a> Search<'a> {
    pub fn new(frame: &'a IndexedFrame, tolerance: Option<&'a Tolerance<'a>>, beam: usize) -> Self {
        Self { frame, tolerance, beams: [Beam::new(beam), Beam::new(beam)] }
    }

    /// The phrase from pixel `start` on that is worth most, and the pixel after it.
    pub fn longest(&mut self, dictionary: &Dictionary, start: usize, last: u8) -> (Match, usize) {
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
                self.beams[0].len = 0;
                for &(symbol, error) in candidates.as_slice() {
                    self.beams[0].insert(Match { code: symbol.into(), root: symbol, error });
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
        self.beams[0].len = 0;
        self.beams[0].insert(Match { code: runs[shown], root: symbol, error: 0 });
        self.extend(dictionary, start, start + 1 + shown)
    }

    /// Extends the phrases in the first front, which cover `start..pixel`: a pixel more counts for a phrase, error against.
    /// Returns the best, the pixel after it and its score.
    fn extend(&mut self, dictionary: &Dictionary, start: usize, mut pixel: usize) -> (Match, usize, i64) {
        let Self { frame, tolerance, beams: [beam, next] } = self;
        let (mut beam, mut next) = (beam, next);
        let worth = tolerance.map_or(1, |tolerance| tolerance.worth);
        let len = frame.indices.len();
        let mut candidates = Candidates::default();
        let (mut best, mut best_end) = (beam.matches[0], pixel);
        let mut best_score = (pixel - start) as i64 * worth - i64::from(best.error);
        while pixel < len {
            if beam.len == 1 {
                // One phrase and pixels that need no weighing, most of any screenshot.
                let only = &mut beam.matches[0];
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
            candidates.fill(frame, *tolerance, pixel, dictionary.last_symbol(beam.matches[0].code));
            for found in beam.as_slice() {
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
            std::mem::swap(&mut beam, &mut next);
            pixel += 1;
            let leader = beam.matches[0];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_keeps_the_best_in_order() {
        let mut beam = Beam::new(3);
        for (code, error) in (0u16..).zip([7, 3, 9, 3, 1, 8]) {
            let is_refused = beam.refuses(error);
            let before = beam.as_slice().len();
            beam.insert(Match { code, root: 0, error });
            assert!(!is_refused || before == 3, "only a full beam refuses");
        }
        let kept: Vec<(u16, u32)> = beam.as_slice().iter().map(|found| (found.code, found.error)).collect();
        // Of equals the first stays in front.
        assert_eq!(kept, [(4, 1), (1, 3), (3, 3)]);
        assert!(beam.refuses(3) && beam.refuses(4) && !beam.refuses(2));
    }
}
