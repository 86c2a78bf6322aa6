//! The times of all frames in, shorter times out: as the options `speed` and `maxDuration` ask for.
//!
//! Time is reduced in the order in which viewers miss it least: first holds and idle time, then time to look, then the part of
//! a caption's time that a fast reader does not need. Last, the frames that change least are left out. Uses only `+ - * /`.

use crate::model::delay::{Delay, DelayParts, GivenUp, READABLE_MS, Rounding};
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
}

/// The properties of one frame that the time of the GIF depends on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FrameLength {
    /// The parts of its time.
    pub parts: DelayParts,
    /// Share of the screen that changed, 0 to 1.
    pub changed: f64,
    /// Whether it must not be left out. The first and the last frame never are.
    pub required: bool,
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
    let levels: Vec<[f64; 4]> = frames.iter().map(|frame| levels(&frame.parts, how.speed)).collect();
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
fn levels(parts: &DelayParts, speed: f64) -> [f64; 4] {
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
        for (i, ms) in [look * hurry + read, GLANCE_MS + read, GLANCE_MS + read * QUICK].into_iter().enumerate() {
            let bounded = ms.clamp(*READABLE_MS.start(), *READABLE_MS.end());
            levels[i + 1] = levels[i].min(parts.explicit_ms + bounded);
        }
    }
    levels.map(|ms| (ms / speed).max(f64::from(Delay::MIN.millis())))
}

/// Returns the indices of frames to leave out, ascending, so that the others fit with their shortest time. Removes one frame
/// after another, each time the one that changes least. Its change is then shown by the next frame and is added to that
/// frame's share, so that of many small changes in a row every other one stays.
fn left_out(frames: &[FrameLength], levels: &[[f64; 4]], max_ms: f64) -> Result<Vec<usize>> {
    let mut total: f64 = levels.iter().map(|levels| levels[3]).sum();
    let mut shown: Vec<usize> = (0..frames.len()).collect();
    let mut changed: Vec<f64> = frames.iter().map(|frame| frame.changed).collect();
    while total > max_ms {
        let inner = 1..shown.len().saturating_sub(1);
        let free = inner.filter(|&place| !frames[shown[place]].required);
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

#[cfg(test)]
mod tests;
