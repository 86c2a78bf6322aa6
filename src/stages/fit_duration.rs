//! The times that all frames would like in, the times of a GIF that is as fast and as short as was asked for out.
//!
//! Time is given up in the order in which it is missed least: holds and idle time, time to look, what a quick reader does
//! not need of a caption's time, and last the steps that change least. Computed with `+ - * /` alone.

use crate::model::delay::{Delay, DelayParts, GivenUp, READABLE_MS, Rounding};
use crate::model::error::{ErrorKind, Result};

/// To notice what changed, where all time to look is given up: two glances.
const GLANCE_MS: f64 = 400.0;
/// The share of a caption's time that suffices a quick reader: 24 letters a second instead of 15. Adults read silently at
/// 238 words a minute (Brysbaert 2019), which is about that, and follow subtitles of up to 28 (Liao and others 2021).
const QUICK: f64 = 0.625;

/// How fast and how short the GIF is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LengthOptions {
    /// Divides all times, those that were asked for too.
    pub speed: f64,
    /// The most that all frames together may take, in milliseconds.
    pub max_ms: Option<f64>,
}

/// What the length of a GIF depends on of one frame.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FrameLength {
    /// What its time is made of.
    pub parts: DelayParts,
    /// Share of the screen that changed, 0..=1.
    pub changed: f64,
    /// Whether it has to be shown. The first frame and the last one always have to.
    pub required: bool,
}

/// A GIF of the length asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The frames' times, in order, and what each is made of.
    pub delays: Vec<(Delay, DelayParts)>,
    /// Places of frames that have to go first; the times are then those of no GIF. Ascending.
    pub left_out: Vec<usize>,
    /// What was given up of the times.
    pub given_up: GivenUp,
}

/// Fits the times of frames, in order.
///
/// # Errors
/// `CANNOT_FIT` where the frames that have to be shown need more time than there may be.
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

/// The time of a frame in milliseconds: whole; without holds and idle time; with no more than a glance for the picture; and
/// with a quick reader's time for the caption. None is longer than the one before. What was asked for is in all of them.
fn levels(parts: &DelayParts, speed: f64) -> [f64; 4] {
    let mut whole = parts.sum();
    let look = parts.base_ms + parts.area_ms + parts.detail_ms;
    let looked_at = look + parts.held_ms;
    if looked_at > 0.0 {
        // As delays are, so that they add up to what they do without a limit.
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

/// Places of the frames that go, so that the others fit at their last level: one by one the frame that changes least. What
/// it changed is seen with the next one, which counts for as much more: of many small changes every other one stays.
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
        // Not by subtraction, whose rounding depends on what went before.
        total = shown.iter().map(|&frame| levels[frame][3]).sum();
    }
    Ok((0..frames.len()).filter(|frame| shown.binary_search(frame).is_err()).collect())
}

#[cfg(test)]
mod tests;
