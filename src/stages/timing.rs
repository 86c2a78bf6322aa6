//! The changes and captions of all frames in, their delays out.
//!
//! Computed with `+ - * /` and square roots alone, which IEEE 754 rounds the same way everywhere: native and wasm
//! agree.

use crate::model::click_marker::Point;
use crate::model::delay::{Delay, DelayParts, READABLE_MS, Rounding};
use crate::model::gif_options::Pace;
use crate::model::sort::sorted_by_key;

// All times in milliseconds. Reading times follow subtitling practice: the BBC subtitle guidelines (160 to 180 words a
// minute), the Netflix timed text style guides (characters a second by language; 5/6 s to 7 s on screen) and the
// six-second rule (two full lines in 6 s, hence at most 6 s). The others were chosen by eye.

/// To notice that something happened.
const BASE_MS: f64 = 900.0;
/// To look over a screen that changed everywhere. Grows with the square root: twice the area is not twice the news.
const AREA_MS: f64 = 1200.0;
/// To take in detail such as text, were the whole screen full of it. A page of text is at about a tenth.
const DETAIL_MS: f64 = 2000.0;
/// For each further screenshot in which nothing changed.
const HELD_MS: f64 = 900.0;
/// A word of a caption: 180 a minute, rounded.
const WORD_MS: f64 = 330.0;
/// A letter, space or mark of a caption: 15 a second, the slow end of what adults are given.
const LETTER_MS: f64 = 1000.0 / 15.0;
/// A Hangul syllable: 12 a second.
const HANGUL_MS: f64 = 1000.0 / 12.0;
/// A Chinese or Japanese character: 6 a second, between 4 (Japanese) and 9 (Chinese).
const HAN_MS: f64 = 1000.0 / 6.0;
/// More for the first frame that shows something, where the eye has yet to find its way.
const FIRST_MS: f64 = 500.0;
/// More for the last, the result; it also tells the end from the next loop.
const LAST_MS: f64 = 1500.0;
/// How far timestamps bend the time to look: a step much quicker than the usual one, and one with idle time in it.
const TEMPO: (f64, f64) = (0.75, 1.5);

/// What the caller says about the time of one screenshot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrameTiming {
    /// An explicit delay in milliseconds, in [`EXPLICIT_MS`](crate::model::gif_options::EXPLICIT_MS), which overrides everything.
    pub delay_ms: Option<f64>,
    /// When the screenshot was taken, in milliseconds.
    pub timestamp_ms: Option<f64>,
    /// The text the frame shows.
    pub caption: Option<String>,
    /// Where the screenshot was clicked, in its pixels.
    pub click: Option<Point>,
    /// Whether the step failed: it is shown however short the GIF has to be.
    pub failed: bool,
}

/// What the time of one frame depends on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FrameView<'a> {
    /// Share of the screen that changed, 0..=1.
    pub changed: f64,
    /// Share of the screen that is changed and busy: text, icons, photos.
    pub busy: f64,
    /// Whether it is a card, such as the title, and no screenshot.
    pub card: bool,
    /// How many screenshots the frame stands for.
    pub screenshots: u32,
    /// What the caller says about their times; may be fewer.
    pub timings: &'a [FrameTiming],
}

/// The delays of all frames, in order, and what each is made of.
#[must_use]
pub fn delays(pace: Pace, frames: &[FrameView]) -> Vec<(Delay, DelayParts)> {
    let mut rounding = Rounding::default();
    match pace {
        Pace::Uniform(ms) => {
            let sum = |frame: &FrameView| frame.timings.iter().map(|timing| timing.delay_ms.unwrap_or(ms)).sum();
            let explicit = |explicit_ms| DelayParts { explicit_ms, ..DelayParts::default() };
            frames.iter().map(sum).map(|ms| (rounding.next(ms), explicit(ms))).collect()
        }
        Pace::Readable => {
            let tempos = tempos(frames);
            let last = frames.len().saturating_sub(1);
            // A blank page at the start is not worth a hold, and a title's text has its own time.
            let first = frames.iter().position(|frame| frame.busy > 0.0 && !frame.card).unwrap_or(0);
            let hold = |at: usize| f64::from(at == first) * FIRST_MS + f64::from(at == last) * LAST_MS;
            let wish = |(at, frame): (usize, &FrameView)| readable(frame, tempos[at], hold(at));
            frames.iter().enumerate().map(wish).map(|(ms, parts)| (rounding.next(ms), parts)).collect()
        }
    }
}

/// What the screenshots of a frame ask for explicitly, and what those that ask for nothing need.
fn readable(frame: &FrameView, tempo: f64, hold: f64) -> (f64, DelayParts) {
    let explicit = |timing: &FrameTiming| timing.delay_ms.filter(|ms| ms.is_finite());
    let wishes: Vec<f64> = frame.timings.iter().filter_map(explicit).collect();
    let unset = frame.screenshots.max(1).saturating_sub(wishes.len() as u32);
    let mut ms: f64 = wishes.iter().map(|ms| ms.max(0.0)).sum();
    let mut parts = DelayParts { explicit_ms: ms, ..DelayParts::default() };
    if unset > 0 {
        let leads = frame.timings.first().is_none_or(|timing| explicit(timing).is_none());
        let share = |share: f64| share.clamp(0.0, 1.0).sqrt();
        if leads {
            parts.base_ms = BASE_MS;
            parts.area_ms = AREA_MS * share(frame.changed);
            parts.detail_ms = DETAIL_MS * share(frame.busy);
        }
        parts.held_ms = HELD_MS * f64::from(unset - u32::from(leads));
        let look = parts.base_ms + parts.area_ms + parts.detail_ms + parts.held_ms;
        // The picture shows one caption, so captions that differ are not read one after the other.
        let silent = frame.timings.iter().filter(|timing| explicit(timing).is_none());
        let read = silent.filter_map(|timing| timing.caption.as_deref()).map(reading_ms).fold(0.0, f64::max);
        parts.caption_ms = read;
        parts.tempo_ms = look * tempo - look;
        let bounded = (look * tempo + read).clamp(*READABLE_MS.start(), *READABLE_MS.end());
        parts.clamp_ms = bounded - (look * tempo + read);
        parts.ends_ms = hold;
        let needed = bounded + hold;
        // Whole centiseconds, so that nothing is carried into an explicit delay.
        ms += (needed / 10.0 + 0.5).floor() * 10.0;
    }
    (ms, parts)
}

/// How much longer than usual each frame's time was; all 1 unless every screenshot has a timestamp and they are in order.
/// A title card before them has no time of its own.
///
/// Measured against the usual gap, not in seconds: that an agent thinks for 10 s at each step says nothing about how long
/// to look, that one step took far longer than the others does.
fn tempos(frames: &[FrameView]) -> Vec<f64> {
    let even = vec![1.0; frames.len()];
    let (cards, frames) = frames.split_at(usize::from(frames.first().is_some_and(|frame| frame.card)));
    let mut times = Vec::new();
    let mut starts = Vec::new();
    for frame in frames {
        let known = frame.timings.iter().filter_map(|timing| timing.timestamp_ms.filter(|ms| ms.is_finite()));
        starts.push(times.len());
        times.extend(known);
        if times.len() - starts[starts.len() - 1] != frame.screenshots as usize || frame.screenshots == 0 {
            return even;
        }
    }
    if !times.is_sorted() {
        return even;
    }
    let gaps: Vec<f64> = starts.windows(2).map(|pair| times[pair[1]] - times[pair[0]]).collect();
    // Numbers that are not negative are in the order of their bits.
    let sorted = sorted_by_key(&gaps, |gap| gap.to_bits());
    match sorted.get(gaps.len() / 2) {
        Some(&usual) if usual > 0.0 => {
            let tempo = |gap: f64| (gap / usual).sqrt().clamp(TEMPO.0, TEMPO.1);
            // Nobody knows how long the last one lasted.
            cards.iter().map(|_| 1.0).chain(gaps.into_iter().map(tempo)).chain([1.0]).collect()
        }
        _ => even,
    }
}

/// Time to read a caption: by words or by letters, whichever is longer, and by characters in scripts without spaces.
fn reading_ms(caption: &str) -> f64 {
    let (mut words, mut letters, mut in_word, mut dense_ms) = (0_u32, 0_u32, false, 0.0);
    for char in caption.chars() {
        let dense = dense_ms_of(char).filter(|_| !char.is_whitespace());
        let begins = !in_word && dense.is_none() && !char.is_whitespace();
        in_word = dense.is_none() && !char.is_whitespace();
        dense_ms += dense.unwrap_or(0.0);
        letters += u32::from(in_word) + u32::from(begins && words > 0);
        words += u32::from(begins);
    }
    (WORD_MS * f64::from(words)).max(LETTER_MS * f64::from(letters)) + dense_ms
}

/// The time for a character that says as much as several letters.
fn dense_ms_of(char: char) -> Option<f64> {
    match char {
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}' => Some(HANGUL_MS),
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}' => {
            Some(HAN_MS)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
