//! The plan phase: the statistics of all frames in, the plan of the GIF out.

use crate::model::delay::{Delay, DelayParts};
use crate::model::error::{ErrorKind, Result};
use crate::model::frame_stats::FrameStats;
use crate::model::geometry::Size;
use crate::model::gif_options::{Camera, Colors, Options};
use crate::model::plan::{FramePlan, Plan};
use crate::stages::camera::CameraStep;
use crate::stages::fit_duration::{FrameLength, LengthOptions};
use crate::stages::planner::PlanOptions;
use crate::stages::timing::{FrameTiming, FrameView};
use crate::stages::{camera, fit_duration, planner, progress_ticks, timing};

/// Returns the plan of the GIF. `stats` and `timings` have one entry for each screenshot, in frame order.
///
/// # Errors
/// `TOO_FEW_SCREENSHOTS`, `LIMIT_EXCEEDED` for too many, `BAD_OPTION` for a time that a frame cannot have, or `CANNOT_FIT`.
pub fn plan(options: &Options, screen: Size, stats: &[FrameStats], timings: &[FrameTiming]) -> Result<Plan> {
    if stats.len() < options.min_frames.max(1) {
        return Err(ErrorKind::TooFewScreenshots { found: stats.len(), needed: options.min_frames.max(1) }.into());
    }
    options.limits.check_sequence(stats.len(), screen.area())?;
    timing::check_explicit_times(options.pace, timings)?;
    let how = PlanOptions {
        keep_duplicates: options.keep_duplicates,
        may_restore: !options.compat && options.progress.is_none(),
        lossy: options.lossy,
        max_colors: options.max_colors,
        rich: options.colors == Colors::Rich,
    };
    let mut plan = planner::plan(stats, how);
    let views = frame_views(&plan.frames, screen, stats, timings);
    let delays = frame_delays(options, &views, &mut plan)?;
    for (frame, (delay, why)) in plan.frames.iter_mut().zip(delays) {
        frame.delay = delay;
        plan.why.push(why);
    }
    if options.camera == Camera::Follow {
        let content = options.content.unwrap_or(screen.rect());
        let steps: Vec<CameraStep> =
            views.iter().zip(&plan.frames).map(|(view, frame)| camera_step(view, frame, stats)).collect();
        plan.views = camera::follow(&steps, Size::new(content.width() as u32, content.height() as u32)?);
    }
    if let Some(bar) = &options.progress {
        let delays: Vec<Delay> = plan.frames.iter().map(|frame| frame.delay).collect();
        for (frame, ticks) in plan.frames.iter_mut().zip(progress_ticks::ticks(&delays, bar.rect().width())) {
            frame.ticks = ticks;
        }
    }
    for frame in &mut plan.frames {
        frame.has_second_image &= frame.has_time_for_two_images();
    }
    Ok(plan)
}

/// Returns the properties of each planned frame that its delay depends on.
fn frame_views<'a>(
    frames: &[FramePlan],
    screen: Size,
    stats: &[FrameStats],
    timings: &'a [FrameTiming],
) -> Vec<FrameView<'a>> {
    let mut rest = timings;
    let share = |pixels: u32| f64::from(pixels) / screen.area() as f64;
    let view = |frame: &FramePlan| {
        let (timings, tail) = rest.split_at((frame.frame_count as usize).min(rest.len()));
        rest = tail;
        let report = stats.get(frame.frame_index as usize);
        let change = report.and_then(|report| report.on_previous.as_ref());
        let (changed, busy) = change.map_or((0.0, 0.0), |change| (share(change.pixels), share(change.busy)));
        let card = report.is_some_and(|report| report.card);
        FrameView { changed, busy, card, screenshots: frame.frame_count, timings }
    };
    frames.iter().map(view).collect()
}

/// Returns the delay of each planned frame, within `speed` and `max_duration`. Notes in `plan` what was given up for them, and
/// which frames have to be left out.
fn frame_delays(options: &Options, views: &[FrameView], plan: &mut Plan) -> Result<Vec<(Delay, DelayParts)>> {
    let delays = timing::delays(options.pace, views);
    let total_ms: f64 = delays.iter().map(|(delay, _)| f64::from(delay.millis())).sum();
    plan.given_up.full_ms = total_ms;
    if options.speed.total_cmp(&1.0).is_eq() && options.max_duration.is_none_or(|ms| total_ms <= ms) {
        return Ok(delays);
    }
    let frames: Vec<FrameLength> = views.iter().zip(&delays).map(frame_length).collect();
    let (speed, max_ms) = (options.speed, options.max_duration);
    let fitted = fit_duration::fit(&frames, LengthOptions { speed, max_ms, readable_ms: timing::READABLE_MS })?;
    plan.given_up = fitted.given_up;
    let shown = |frame: &FramePlan| frame.frame_index..frame.frame_index + frame.frame_count;
    plan.left_out = fitted.left_out.iter().filter_map(|&place| plan.frames.get(place)).flat_map(shown).collect();
    Ok(fitted.delays)
}

/// Returns the properties of a frame that the time of the GIF depends on.
fn frame_length((view, &(_, parts)): (&FrameView, &(Delay, DelayParts))) -> FrameLength {
    FrameLength {
        parts,
        changed: view.changed,
        is_card: view.card,
        has_failed: view.timings.iter().any(|timing| timing.failed),
        is_explicit: view.timings.iter().any(|timing| timing.delay_ms.is_some()),
    }
}

/// Returns the properties of a step that the camera depends on.
fn camera_step<'a>(view: &FrameView, frame: &FramePlan, stats: &'a [FrameStats]) -> CameraStep<'a> {
    let busy = stats.get(frame.frame_index as usize).and_then(|report| report.busy.as_ref());
    CameraStep { busy, click: view.timings.iter().find_map(|timing| timing.click) }
}
