//! The times of all frames in, shorter times out: as the options `speed` and `maxDuration` ask for.
//!
//! Time is reduced in the order in which viewers miss it least: first holds and idle time, then time to look, then the part of
//! a caption's time that a fast reader does not need. Last, the frames that change least are left out. Uses only `+ - * /`.

use crate::model::delay::{Delay, DelayParts, GivenUp, Rounding};
use crate::model::error::{ErrorKind, Result};

/// Time to notice what changed, where all time to look was given up: two glances.
const GLANCE_MS: f64 = 400.0;
/// Share of a caption's time that a fast reader needs: 24 letters a second instead of 15. Adults read silently at 238 words a
/// minute (Brysbaert 2019), which is about that, and can follow subtitles of 28 letters a second (Liao and others 2021).
const QUICK: f64 = 0.625;

/// The options that limit the time of one play.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LengthOptions {
    /// All times are divided by this, explicit ones too.
    pub speed: f64,
    /// Maximum time of all frames together, in milliseconds.
    pub max_ms: Option<f64>,
    /// Shortest and longest computed delay, in milliseconds.
    pub readable_ms: (f64, f64),
}

/// The properties of one frame that the time of the GIF depends on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FrameLength {
    /// The parts of its time.
    pub parts: DelayParts,
    /// Share of the screen that changed, 0 to 1.
    pub changed: f64,
    /// Whether it is a title card instead of a screenshot.
    pub is_card: bool,
    /// Whether the step of one of its screenshots failed.
    pub has_failed: bool,
    /// Whether one of its screenshots has an explicit delay.
    pub is_explicit: bool,
}

/// The result of [`fit`].
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The delay of each frame, in frame order, and the parts that it is made of.
    pub delays: Vec<(Delay, DelayParts)>,
    /// Indices of frames to leave out, ascending. If there are any, `delays` must not be used: the plan is made again without
    /// these frames.
    pub left_out: Vec<usize>,
    /// The times that were given up.
    pub given_up: GivenUp,
}

/// Fits the times of frames, given in frame order, into `how`.
///
/// # Errors
/// `CANNOT_FIT` if the frames that must not be left out need more than `how.max_ms`.
pub fn fit(frames: &[FrameLength], how: LengthOptions) -> Result<Fitted> {
    let levels: Vec<[f64; 4]> = frames.iter().map(|frame| levels(&frame.parts, how)).collect();
    let total = |level: usize| levels.iter().map(|levels| levels[level]).sum::<f64>();
    // Delays are whole centiseconds.
    let max_ms = how.max_ms.map_or(f64::INFINITY, |ms| (ms / 10.0).floor() * 10.0);
    let mut given_up = GivenUp { full_ms: total(0), ..GivenUp::default() };
    let reached = (0..4).find(|&level| total(level) <= max_ms);
    let left_out = if reached.is_some() { Vec::new() } else { left_out(frames, &levels, max_ms)? };
    let level = reached.unwrap_or(3);
    let before = level.saturating_sub(1);
    let between = total(before) - total(level);
    let share = if level > 0 && between > 0.0 { ((max_ms - total(level)) / between).clamp(0.0, 1.0) } else { 0.0 };
    let mut rounding = Rounding::default();
    let mut delays = Vec::with_capacity(frames.len());
    for (frame, levels) in frames.iter().zip(&levels) {
        let ms = levels[level] + share * (levels[before] - levels[level]);
        let lost = |from: usize| (levels[from] - levels[from + 1].max(ms)).max(0.0);
        given_up.holds_ms += lost(0);
        given_up.look_ms += lost(1);
        given_up.captions_ms += lost(2);
        let length_ms = ms - frame.parts.sum();
        delays.push((rounding.next(ms), DelayParts { length_ms, ..frame.parts }));
    }
    Ok(Fitted { delays, left_out, given_up })
}

/// Returns four times of a frame in milliseconds, none longer than the one before: complete; without holds and idle time; with
/// [`GLANCE_MS`] for the picture; and with the time of a fast reader for the caption. Explicit time is part of all four.
fn levels(parts: &DelayParts, how: LengthOptions) -> [f64; 4] {
    let mut whole = parts.sum();
    let look = parts.base_ms + parts.area_ms + parts.detail_ms;
    let looked_at = look + parts.held_ms;
    if looked_at > 0.0 {
        // Rounded as delays are, so that the sum is the same as without a limit.
        whole = parts.explicit_ms + ((whole - parts.explicit_ms) / 10.0 + 0.5).floor() * 10.0;
    }
    let mut levels = [whole; 4];
    if looked_at > 0.0 {
        let hurry = (1.0 + parts.tempo_ms / looked_at).min(1.0);
        let read = parts.caption_ms;
        let (shortest, longest) = how.readable_ms;
        for (i, ms) in [look * hurry + read, GLANCE_MS + read, GLANCE_MS + read * QUICK].into_iter().enumerate() {
            // Not `clamp`: with bounds that are no constants it may panic, with a message that prints floats, and the code that
            // prints floats is 23 kB of wasm.
            let readable = ms.max(shortest).min(longest);
            levels[i + 1] = levels[i].min(parts.explicit_ms + readable);
        }
    }
    levels.map(|ms| (ms / how.speed).max(f64::from(Delay::MIN.millis())))
}

/// Returns the indices of frames to leave out, ascending, so that the others fit with their shortest time. Removes one frame
/// after another, each time the one that changes least. Its change is then shown by the next frame and is added to that
/// frame's share, so that of many small changes in a row every other one stays.
fn left_out(frames: &[FrameLength], levels: &[[f64; 4]], max_ms: f64) -> Result<Vec<usize>> {
    let required = required(frames);
    let mut total: f64 = levels.iter().map(|levels| levels[3]).sum();
    let mut shown: Vec<usize> = (0..frames.len()).collect();
    let mut changed: Vec<f64> = frames.iter().map(|frame| frame.changed).collect();
    while total > max_ms {
        let free = (0..shown.len()).filter(|&place| !required[shown[place]]);
        let Some(least) = free.min_by(|&a, &b| changed[shown[a]].total_cmp(&changed[shown[b]])) else {
            let kind = ErrorKind::CannotFit { found_ms: total.ceil() as u64, allowed_ms: max_ms as u64 };
            return Err(kind.into());
        };
        let gone = shown.remove(least);
        changed[shown[least]] += changed[gone];
        // Summed anew: the rounding of subtractions would depend on the order of removals.
        total = shown.iter().map(|&frame| levels[frame][3]).sum();
    }
    Ok((0..frames.len()).filter(|frame| shown.binary_search(frame).is_err()).collect())
}

/// Returns for each frame whether it must not be left out: the first and the last one, a title card and the frame after it,
/// failed steps, and frames with explicit delays.
fn required(frames: &[FrameLength]) -> Vec<bool> {
    let follows_card = |at: usize| at > 0 && frames[at - 1].is_card;
    let is_end = |at: usize| at == 0 || at + 1 == frames.len();
    let is_required = |(at, frame): (usize, &FrameLength)| {
        is_end(at) || follows_card(at) || frame.is_card || frame.has_failed || frame.is_explicit
    };
    frames.iter().enumerate().map(is_required).collect()
}

#[cfg(test)]
mod tests;
