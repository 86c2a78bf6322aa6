//! Beam search for the next phrase: one that covers many pixels, has a small error, and leaves a good phrase for the pixels
//! after it.
//!
//! The longest phrase is not always the best: one that ends a pixel earlier may allow a much longer phrase after it (A.
//! Hartman and M. Rodeh, "Optimal parsing of strings", 1985). Each code also adds an entry to the dictionary. A choice by
//! length alone often adds entries that the dictionary has already, so such a choice costs [`DUPLICATE`] pixels.

use std::ops::Range;

use super::beam::{Beam, Match};
use super::block_lightness::BlockLightness;
use super::candidates::CandidateCache;
use super::dictionary::Dictionary;
use super::phrases::{Phrase, Phrases};
use crate::model::indexed_frame::{IndexedFrame, Slack};
use crate::model::tolerance::{Near, Tolerance};

/// Number of pixels whose phrases are cached: consecutive searches cover some of the same pixels.
const KEPT: usize = 64;

/// Cached phrases are discarded after this many new entries of the dictionary.
const NEWS: usize = 16;

/// A phrase is weighed together with the one after it if its score is at most this many pixels below the best score.
const WITHIN: i64 = 3;

/// Weight of the second phrase relative to the first, as (numerator, denominator).
const AHEAD: [i64; 2] = [4, 5];

/// Number of phrases that are weighed together with the one after them. Measured: a fourth one gave no smaller files.
pub(super) const CHOICES: usize = 3;

/// Cost in pixels of adding an entry that the dictionary has already: the dictionary fills up, and is cleared, sooner.
const DUPLICATE: i64 = 8;

/// Cached phrases that begin at pixel `start`.
#[derive(Debug, Clone, Copy)]
struct Found<const MOST: usize> {
    start: usize,
    /// Number of codes in the dictionary when they were found.
    codes: usize,
    phrases: Phrases<MOST>,
}

/// The search for the next phrase. Of the best `MOST` phrases, each is weighed together with the one after it; with `MOST` = 1
/// the best one is taken.
pub(super) struct Search<'a, const MOST: usize> {
    frame: &'a IndexedFrame,
    tolerance: Option<&'a Tolerance<'a>>,
    /// Score of one pixel, in the units of squared errors.
    worth: i64,
    beams: [Beam; 2],
    candidates: CandidateCache,
    /// By pixel, modulo [`KEPT`].
    found: Vec<Option<Found<MOST>>>,
    /// By symbol: consecutive pixels, found last, whose color it shows exactly. Searches that begin at neighboring pixels need
    /// not read all of a run again.
    runs: Vec<Range<usize>>,
    /// Only in a search that looks ahead, and with a tolerance.
    blocks: Option<BlockLightness>,
}

impl<'a, const MOST: usize> Search<'a, MOST> {
    const LOOKS_AHEAD: bool = MOST > 1;

    pub fn new(frame: &'a IndexedFrame, tolerance: Option<&'a Tolerance<'a>>, beam: usize) -> Self {
        let blocks = (tolerance.is_some() && Self::LOOKS_AHEAD).then(|| BlockLightness::new(frame.rect.width()));
        Self {
            frame,
            tolerance,
            worth: tolerance.map_or(1, |tolerance| tolerance.worth),
            beams: [Beam::new(beam), Beam::new(beam)],
            candidates: CandidateCache::new(),
            found: vec![None; KEPT],
            runs: vec![0..0; 256],
            blocks,
        }
    }

    /// Discards all cached phrases, after the dictionary was cleared.
    pub fn restart(&mut self) {
        self.found.fill(None);
    }

    /// Records the symbols that were written for the pixels from `start` on.
    pub fn commit(&mut self, start: usize, symbols: &[u8]) {
        let Some(blocks) = &mut self.blocks else { return };
        for (pixel, &symbol) in (start..).zip(symbols) {
            blocks.enter(pixel);
            if self.frame.slack[pixel] == Slack::Near {
                let candidates = self.candidates.of(self.frame, self.tolerance, pixel, symbol);
                blocks.add(pixel, candidates.find(symbol).map_or(0, |near| near.lighter));
            }
        }
    }

    /// Returns the phrase to write from pixel `start` on. `last` is the symbol written before it.
    pub fn next(&mut self, dictionary: &Dictionary, start: usize, last: u8) -> Phrase {
        if !Self::LOOKS_AHEAD {
            return self.search(dictionary, start, last).best();
        }
        let first = *self.phrases(dictionary, start, last);
        let least = first.best().score - WITHIN * self.worth;
        let (mut best, mut most) = (first.best(), i64::MIN);
        let [numerator, denominator] = AHEAD;
        for &phrase in first.as_slice().iter().filter(|phrase| phrase.score >= least) {
            let mut value = phrase.score * denominator;
            if phrase.end < self.frame.indices.len() {
                let second = self.phrases(dictionary, phrase.end, dictionary.last_symbol(phrase.code)).best();
                value += second.score * numerator;
                if dictionary.find(phrase.code, second.root).is_some() {
                    value -= DUPLICATE * denominator * self.worth;
                }
            }
            if value > most {
                (best, most) = (phrase, value);
            }
        }
        best
    }

    /// Returns the best phrases from pixel `start` on, from the cache if it still holds them.
    fn phrases(&mut self, dictionary: &Dictionary, start: usize, last: u8) -> &Phrases<MOST> {
        let codes = dictionary.codes();
        let candidates = self.candidates.of(self.frame, self.tolerance, start, last);
        let is_found = self.found[start % KEPT].as_ref().is_some_and(|found| {
            found.start == start
                && codes - found.codes < NEWS
                // Newer entries make no difference if none begins with a symbol that this pixel may have.
                && (found.codes..codes).all(|code| candidates.find(dictionary.root(code as u16)).is_none())
        });
        let phrases = (!is_found).then(|| self.search(dictionary, start, last));
        let found = self.found[start % KEPT].get_or_insert_with(|| Found { start, codes, phrases: Phrases::new() });
        if let Some(phrases) = phrases {
            *found = Found { start, codes, phrases };
        }
        &found.phrases
    }

    /// Returns the best phrases from pixel `start` on.
    fn search(&mut self, dictionary: &Dictionary, start: usize, last: u8) -> Phrases<MOST> {
        let mut phrases = Phrases::new();
        let own = self.frame.indices[start];
        match self.frame.slack[start] {
            Slack::None => self.follow_run(dictionary, start, own, &mut phrases),
            Slack::Either(other) => {
                let symbols = if other == last { [other, own] } else { [own, other] };
                for symbol in symbols {
                    self.follow_run(dictionary, start, symbol, &mut phrases);
                }
            }
            Slack::Near => self.follow_near(dictionary, start, &mut phrases),
        }
        phrases
    }

    /// Offers the phrases that begin with any of the similar symbols that pixel `start` may have.
    fn follow_near(&mut self, dictionary: &Dictionary, start: usize, phrases: &mut Phrases<MOST>) {
        let candidates = self.candidates.of(self.frame, self.tolerance, start, 0);
        let (block, before) = self.blocks.as_mut().map_or((0, 0), |blocks| blocks.at(start));
        self.beams[0].clear();
        for near in candidates.as_slice() {
            let error = if self.blocks.is_some() { BlockLightness::cost(*near, before) } else { near.error as i32 };
            let (symbol, lighter) = (near.symbol, i32::from(near.lighter));
            self.beams[0].insert(Match { code: symbol.into(), root: symbol, block, lighter, error });
        }
        self.extend(dictionary, start, start + 1, phrases);
    }

    /// Offers the phrases that begin with a run of `symbol`. The longest run that the dictionary has is matched in one step.
    fn follow_run(&mut self, dictionary: &Dictionary, start: usize, symbol: u8, phrases: &mut Phrases<MOST>) {
        let runs = dictionary.runs(symbol);
        let most = runs.len().min(self.frame.indices.len() - start);
        let known = &mut self.runs[usize::from(symbol)];
        if !known.contains(&start) {
            *known = start..start + 1;
        }
        if known.end < start + most {
            known.end += run_length(self.frame, known.end..start + most, symbol);
        }
        let shown = (known.end - start).min(most) - 1;
        let first = (shown + 1).saturating_sub(MOST);
        for (length, &code) in (first + 1..).zip(&runs[first..shown]) {
            let score = length as i64 * self.worth;
            phrases.offer(Phrase { code, root: symbol, end: start + length, score });
        }
        self.beams[0].clear();
        self.beams[0].insert(Match { code: runs[shown], root: symbol, ..Match::default() });
        self.extend(dictionary, start, start + 1 + shown, phrases);
    }

    /// Extends the matches in the first beam, which cover the pixels [`start`, `pixel`), one pixel at a time, and offers the best
    /// phrase of each length. Its score is its number of pixels times `worth`, minus its error.
    fn extend(&mut self, dictionary: &Dictionary, start: usize, mut pixel: usize, phrases: &mut Phrases<MOST>) {
        let Self { frame, tolerance, beams: [beam, next], candidates, worth, blocks, .. } = self;
        let (mut beam, mut next) = (beam, next);
        let mut blocks = if Self::LOOKS_AHEAD { blocks.as_mut() } else { None };
        let len = frame.indices.len();
        let phrase = |found: &Match, code: u16, end: usize| {
            let score = (end - start) as i64 * *worth - i64::from(found.error);
            Phrase { code, root: found.root, end, score }
        };
        let leader = *beam.leader();
        phrases.offer(phrase(&leader, leader.code, pixel));
        while pixel < len {
            if let [_] = beam.as_slice() {
                // Fast path for most pixels of a screenshot: one match, and pixels without a tolerance.
                let only = beam.leader();
                let begun = pixel;
                // The codes of the last few steps, for the phrases that are a little shorter.
                let mut codes = [0; MOST];
                while pixel < len
                    && let Some(code) = step(dictionary, frame, only.code, pixel)
                {
                    only.code = code;
                    codes[pixel % MOST] = code;
                    pixel += 1;
                }
                for end in begun.max(pixel.saturating_sub(MOST))..pixel {
                    phrases.offer(phrase(only, codes[end % MOST], end + 1));
                }
                if pixel == len || frame.slack[pixel] != Slack::Near {
                    break;
                }
            }
            next.clear();
            let candidates = candidates.of(frame, *tolerance, pixel, dictionary.last_symbol(beam.leader().code));
            let (block, before) = blocks.as_mut().map_or((0, 0), |blocks| blocks.at(pixel));
            for found in beam.as_slice() {
                let children = dictionary.children(found.code);
                if children == 0 || (children > 1 && dictionary.followers(found.code) & candidates.bits == 0) {
                    continue;
                }
                let own = if found.block == block { found.lighter } else { 0 };
                let mut consider = |code: Option<u16>, near: &Near| {
                    let cost =
                        if blocks.is_some() { BlockLightness::cost(*near, before + own) } else { near.error as i32 };
                    let error = found.error.saturating_add(cost);
                    if !next.refuses(error)
                        && let Some(code) = code.or_else(|| dictionary.find(found.code, near.symbol))
                    {
                        let lighter = own + i32::from(near.lighter);
                        next.insert(Match { code, root: found.root, block, lighter, error });
                    }
                };
                if children < candidates.as_slice().len() {
                    for (child, symbol) in dictionary.children_of(found.code) {
                        if let Some(near) = candidates.find(symbol) {
                            consider(Some(child), near);
                        }
                    }
                } else {
                    let followers = dictionary.followers(found.code);
                    for near in candidates.as_slice() {
                        if followers & Dictionary::bit(near.symbol) != 0 {
                            consider(None, near);
                        }
                    }
                }
            }
            if next.as_slice().is_empty() {
                break;
            }
            std::mem::swap(&mut beam, &mut next);
            pixel += 1;
            let leader = *beam.leader();
            phrases.offer(phrase(&leader, leader.code, pixel));
        }
    }
}

/// The number of `pixels`, from the first on, whose color `symbol` shows exactly. Blocks of pixels are compared without an
/// early exit, so that the compiler vectorizes it.
fn run_length(frame: &IndexedFrame, pixels: Range<usize>, symbol: u8) -> usize {
    let (indices, slack) = (&frame.indices[pixels.clone()], &frame.slack[pixels]);
    let shows = |(&index, &slack): (&u8, &Slack)| match slack {
        Slack::None => index == symbol,
        Slack::Either(other) => index == symbol || other == symbol,
        Slack::Near => false,
    };
    // Most runs end at once.
    let head = indices.len().min(4);
    let short = indices[..head].iter().zip(&slack[..head]).take_while(|&pixel| shows(pixel)).count();
    if short < head {
        return short;
    }
    let blocks = indices[head..].as_chunks::<32>().0.iter().zip(slack[head..].as_chunks::<32>().0);
    let plain = blocks
        .take_while(|(indices, slack)| indices.iter().zip(*slack).fold(true, |all, pixel| all & shows(pixel)))
        .count();
    let begun = head + plain * 32;
    begun + indices[begun..].iter().zip(&slack[begun..]).take_while(|&pixel| shows(pixel)).count()
}

/// Returns the code of the phrase of `code` extended by the symbol of `pixel`. Of two indices that show the same color, the
/// one that continues a run is tried first. `None` if the dictionary has no such phrase, or the pixel has a tolerance.
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
