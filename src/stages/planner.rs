//! [`FrameStats`] of all frames in, [`Plan`] out: merged duplicates, the base and disposal of each frame, pinned colors, and
//! the global color table.

mod disposal;

use std::collections::BTreeMap;

use crate::model::color::Color;
use crate::model::delay::Delay;
use crate::model::frame_stats::{ChangeStats, FrameStats};
use crate::model::indexed_frame::Disposal;
use crate::model::palette::Palette;
use crate::model::plan::{Base, FramePlan, Plan};
use crate::model::sort::{distinct, sorted_by_key};

/// Options of the plan.
#[derive(Debug, Clone, Copy)]
pub struct PlanOptions {
    /// Whether consecutive identical screenshots stay separate frames.
    pub keep_duplicates: bool,
    /// Whether frames may use disposal "restore to previous".
    pub may_restore: bool,
    /// `lossy` option, 0 to 100, copied into every frame.
    pub lossy: Option<u8>,
    /// Maximum number of entries of a color table, the transparent entry included.
    pub max_colors: u16,
    /// Whether a frame with more colors than a table holds gets a second image.
    pub rich: bool,
}

/// Plans a GIF from the statistics of its frames, in frame order. Every delay is [`Delay::MIN`] and no frame has progress
/// bar ticks: the stages `timing` and `progress_ticks` set them later.
#[must_use]
pub fn plan(stats: &[FrameStats], how: PlanOptions) -> Plan {
    let kept = Draft::new(stats, PlanOptions { may_restore: false, ..how });
    let Draft { mut frames, changes, .. } = if how.may_restore {
        let restored = Draft::new(stats, how);
        if disposal::pays(kept.cost, restored.cost) { restored } else { kept }
    } else {
        kept
    };
    let most = most_opaque(how);
    let exact = changes.iter().all(|change| change.colors == 0 || (1..=most).contains(&change.exact.len()));
    let global = if exact { global_colors(&changes, most) } else { Vec::new() };
    let pinned = pinned_colors(&changes, most / 2);
    for frame in &mut frames {
        frame.exact = exact;
        frame.pinned.clone_from(&pinned);
        frame.global.clone_from(&global);
    }
    Plan { frames, global, ..Plan::default() }
}

/// Maximum number of opaque colors in a table: one entry is transparent.
fn most_opaque(how: PlanOptions) -> usize {
    usize::from(how.max_colors).min(Palette::MAX_ENTRIES).saturating_sub(1)
}

/// A possible plan: its frames, and the changes that each frame draws.
struct Draft<'a> {
    frames: Vec<FramePlan>,
    changes: Vec<&'a ChangeStats>,
    /// Sum of [`disposal::cost`] over all frames.
    cost: u64,
}

impl<'a> Draft<'a> {
    fn new(stats: &'a [FrameStats], how: PlanOptions) -> Self {
        let mut frames: Vec<FramePlan> = Vec::new();
        let mut changes: Vec<&ChangeStats> = Vec::new();
        let most = most_opaque(how);
        for (i, report) in stats.iter().enumerate() {
            let merges = i > 0 && report.on_previous.is_none() && !how.keep_duplicates;
            if merges && let Some(last) = frames.last_mut() {
                last.frame_count += 1;
                continue;
            }
            let base = disposal::base(report, frames.last(), how.may_restore);
            if base == Base::BeforePrevious
                && let Some(last) = frames.last_mut()
            {
                last.disposal = Disposal::Previous;
                last.has_second_image = false;
            }
            let change = if base == Base::Previous { &report.on_previous } else { &report.on_before_previous };
            frames.push(FramePlan {
                frame_index: report.frame_index,
                frame_count: 1,
                base,
                disposal: Disposal::Keep,
                delay: Delay::MIN,
                ticks: Vec::new(),
                has_second_image: how.rich && change.as_ref().is_some_and(|change| change.colors as usize > most),
                exact: false,
                lossy: how.lossy,
                max_colors: how.max_colors,
                pinned: Vec::new(),
                global: Vec::new(),
            });
            changes.extend(change);
        }
        let cost = changes.iter().map(|change| disposal::cost(change)).sum();
        Self { frames, changes, cost }
    }
}

/// Returns all colors of the file if they are at most `most`, else none.
fn global_colors(changes: &[&ChangeStats], most: usize) -> Vec<Color> {
    let colors: Vec<Color> = changes.iter().flat_map(|change| change.exact.iter().copied()).collect();
    let colors = distinct(&colors);
    if colors.len() <= most { colors } else { Vec::new() }
}

/// Returns the colors of the largest flat areas of all frames together, at most `most`. Callers pass half a palette, so that
/// every frame keeps entries for its own colors.
fn pinned_colors(changes: &[&ChangeStats], most: usize) -> Vec<Color> {
    let mut pixels = BTreeMap::<Color, u64>::new();
    for &(color, flat) in changes.iter().flat_map(|change| &change.flats) {
        *pixels.entry(color).or_default() += u64::from(flat);
    }
    // Colors of equal area are sorted by falling color value.
    let ranked: Vec<(u64, Color)> = pixels.into_iter().rev().map(|(color, pixels)| (pixels, color)).collect();
    sorted_by_key(&ranked, |&(pixels, _)| !pixels)
        .into_iter()
        .take(ChangeStats::MAX_FLATS.min(most))
        .map(|(_, color)| color)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(pixels: u32) -> ChangeStats {
        ChangeStats { pixels, area: pixels, busy: pixels, ..ChangeStats::default() }
    }

    fn frame(frame_index: u32, on_previous: u32, on_before_previous: Option<u32>) -> FrameStats {
        let on_before_previous = on_before_previous.map(change);
        FrameStats {
            frame_index,
            card: false,
            damaged: false,
            busy: None,
            on_previous: Some(change(on_previous)),
            on_before_previous,
        }
    }

    /// Three frames: a page of 10,000 pixels, a menu of `menu` pixels that opens, and the page without the menu.
    fn disposals(menu: u32, may_restore: bool) -> Vec<Disposal> {
        let stats = [frame(0, 10_000, None), frame(1, menu, None), frame(2, menu, Some(1))];
        let how = PlanOptions { keep_duplicates: false, may_restore, lossy: None, max_colors: 256, rich: false };
        plan(&stats, how).frames.iter().map(|frame| frame.disposal).collect()
    }

    #[test]
    fn disposal_previous_is_used_only_where_it_saves_a_twentieth_of_the_file() {
        use Disposal::{Keep, Previous};
        assert_eq!(disposals(1000, true), [Keep, Previous, Keep]);
        assert_eq!(disposals(500, true), [Keep; 3]);
        assert_eq!(disposals(1000, false), [Keep; 3]);
    }
}
