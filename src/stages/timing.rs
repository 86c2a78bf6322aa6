//! The changes and captions of all frames in, the delay of each frame out.
//!
//! Uses only `+ - * /` and square roots, which IEEE 754 rounds the same way on every machine, so that native code and wasm
//! give equal delays.

use crate::model::click_marker::Point;
use crate::model::delay::{Delay, DelayParts, Rounding, check_explicit};
use crate::model::error::{ErrorKind, Result};
use crate::model::gif_options::Pace;
use crate::model::sort::sorted_by_key;

// All times in milliseconds. Reading times follow subtitling practice: the BBC subtitle guidelines (160 to 180 words a
// minute), the Netflix timed text style guides (characters a second by language; 5/6 s to 7 s on screen) and the
// six-second rule (two full lines in 6 s, hence at most 6 s). The other times were chosen by looking at GIFs.

/// Time to notice that something changed.
const BASE_MS: f64 = 900.0;
/// Time to look at a screen that changed everywhere. Scales with the square root of the changed share of the screen, since
/// twice the area is not twice the information.
const AREA_MS: f64 = 1200.0;
/// Time to look at detail such as text, if it filled the whole screen. On a page of text, about a tenth of the pixels count.
const DETAIL_MS: f64 = 2000.0;
/// Time for each further screenshot of a frame, in which nothing changed.
const HELD_MS: f64 = 900.0;
/// Time to read a word of a caption: 180 words a minute, rounded.
const WORD_MS: f64 = 330.0;
/// Time to read a letter, space or punctuation mark of a caption: 15 a second, the slowest rate in guidelines for adults.
const LETTER_MS: f64 = 1000.0 / 15.0;
/// Time to read a Hangul syllable: 12 a second.
const HANGUL_MS: f64 = 1000.0 / 12.0;
/// Time to read a Chinese or Japanese character: 6 a second, between 4 (Japanese) and 9 (Chinese).
const HAN_MS: f64 = 1000.0 / 6.0;
/// Additional time for the first frame that shows something, which the viewer does not know yet.
const FIRST_MS: f64 = 500.0;
/// Additional time for the last frame: it shows the result, and separates the end from the next loop.
const LAST_MS: f64 = 1500.0;
/// Shortest and longest computed delay, without the additional time of the first and last frame. A shorter frame flickers, a
/// longer one looks as if the GIF had stopped. Explicit delays may lie outside.
pub const READABLE_MS: (f64, f64) = (800.0, 6000.0);
/// Smallest and largest factor that timestamps apply to the time to look: for a step much faster than the median step, and
/// for one with idle time.
const TEMPO: (f64, f64) = (0.75, 1.5);

/// The caller's facts about the time of one screenshot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrameTiming {
    /// An explicit delay in milliseconds, in [`EXPLICIT_MS`](crate::model::delay::EXPLICIT_MS). Replaces the computed time.
    pub delay_ms: Option<f64>,
    /// Time at which the screenshot was taken, in milliseconds since any fixed moment.
    pub timestamp_ms: Option<f64>,
    /// The caption that the frame shows.
    pub caption: Option<String>,
    /// The point that was clicked, in pixels of the screenshot.
    pub click: Option<Point>,
    /// Whether the step failed. Such a frame is never left out to make the GIF shorter.
    pub failed: bool,
}

/// The properties of one frame that its delay depends on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FrameView<'a> {
    /// Share of the screen that changed, 0 to 1.
    pub changed: f64,
    /// Share of the screen that changed and is busy (text, icons, photos), 0 to 1.
    pub busy: f64,
    /// Whether the frame is a title card instead of a screenshot.
    pub card: bool,
    /// Number of screenshots of the frame: itself and the duplicates that follow it.
    pub screenshots: u32,
    /// The caller's facts about their times; may be shorter than `screenshots`.
    pub timings: &'a [FrameTiming],
}

/// Checks explicit delays, each and all together: values out of range are refused, not clamped.
///
/// # Errors
/// `BAD_OPTION` with the index of the frame, or without one where their sum is too long.
pub fn check_explicit_times(pace: Pace, timings: &[FrameTiming]) -> Result<()> {
    let otherwise = if let Pace::Uniform(ms) = pace { ms } else { 0.0 };
    let mut total_ms = 0.0;
    for (index, timing) in timings.iter().enumerate() {
        if let Some(ms) = timing.delay_ms {
            check_explicit("delayMs", ms).map_err(|error| error.at(index))?;
        }
        total_ms += timing.delay_ms.unwrap_or(otherwise);
    }
    if total_ms > f64::from(Delay::MAX.millis()) {
        let reason = "expected at most 49 days in all, found more".into();
        return Err(ErrorKind::BadOption { option: "delay", reason }.into());
    }
    Ok(())
}

/// Returns the delay of each frame, in frame order, and the parts that it is made of.
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
            // A blank first page needs no additional time, and the time of a title card follows from its text.
            let first = frames.iter().position(|frame| frame.busy > 0.0 && !frame.card).unwrap_or(0);
            let hold = |at: usize| f64::from(at == first) * FIRST_MS + f64::from(at == last) * LAST_MS;
            let time = |(at, frame): (usize, &FrameView)| readable(frame, tempos[at], hold(at));
            frames.iter().enumerate().map(time).map(|(ms, parts)| (rounding.next(ms), parts)).collect()
        }
    }
}

/// Returns the time of a frame in milliseconds, and its parts: the explicit delays of its screenshots, plus the time that
/// the screenshots without one need together. `hold` is added to the latter.
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
        // The frame shows one caption, so the time of the longest one counts, not the sum.
        let silent = frame.timings.iter().filter(|timing| explicit(timing).is_none());
        let read = silent.filter_map(|timing| timing.caption.as_deref()).map(reading_ms).fold(0.0, f64::max);
        parts.caption_ms = read;
        parts.tempo_ms = look * tempo - look;
        let bounded = (look * tempo + read).clamp(READABLE_MS.0, READABLE_MS.1);
        parts.clamp_ms = bounded - (look * tempo + read);
        parts.ends_ms = hold;
        let needed = bounded + hold;
        // Rounded to centiseconds, so that no remainder is carried into an explicit delay.
        ms += (needed / 10.0 + 0.5).floor() * 10.0;
    }
    (ms, parts)
}

/// Returns for each frame the square root of (time until the next frame / median of these times), limited to [`TEMPO`]. Every
/// factor is 1 unless all screenshots have timestamps in ascending order. A title card before them has factor 1.
///
/// Relative to the median, not absolute: an agent that needs 10 s for every step gives no reason to look longer, a step that
/// took far longer than the others does.
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
    // The bits of numbers that are not negative sort as the numbers do.
    let sorted = sorted_by_key(&gaps, |gap| gap.to_bits());
    match sorted.get(gaps.len() / 2) {
        Some(&usual) if usual > 0.0 => {
            let tempo = |gap: f64| (gap / usual).sqrt().clamp(TEMPO.0, TEMPO.1);
            // The last frame has no next one, so its time is unknown.
            cards.iter().map(|_| 1.0).chain(gaps.into_iter().map(tempo)).chain([1.0]).collect()
        }
        _ => even,
    }
}

/// Time to read a caption in milliseconds: by words or by letters, whichever is longer, plus the time for characters of
/// scripts without spaces.
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

/// Time to read a character that stands for a syllable or a word; `None` for letters and everything else.
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
