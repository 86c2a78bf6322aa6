//! Connects the stages: the phases plan and write, and all four phases in one call. The phases analyze and encode are in
//! [`WorkerSession`]. Only this module and its files call more than one stage.

mod compare;
mod encode_frame;
mod render_frame;
mod screenshot_cache;
mod worker_session;

use crate::model::delay::{Delay, DelayParts};
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::frame_stats::FrameStats;
use crate::model::geometry::Size;
use crate::model::gif_options::{Camera, Colors, Options};
use crate::model::plan::{FramePlan, Plan};
use crate::model::steps::{self, Step};
use crate::stages::camera::CameraStep;
use crate::stages::fit_duration::{FrameLength, LengthOptions};
use crate::stages::gif_writer;
use crate::stages::planner::PlanOptions;
use crate::stages::timing::FrameView;
use crate::stages::{camera, fit_duration, planner, progress_ticks, timing};

pub use crate::stages::decode::{Header, probe};
pub use crate::stages::difference::Difference;
pub use crate::stages::gif_writer::TRAILER;
pub use crate::stages::timing::FrameTiming;
pub use compare::{CompareOptions, ComparedScreenshot, Comparison, PairLayout, compare};
pub use worker_session::WorkerSession;

/// One encoded screenshot, with its timing, its frame spec and its step.
#[derive(Debug, Clone, Default)]
pub struct Screenshot<'a> {
    /// PNG, JPEG, WebP or GIF bytes; not read if the spec has a blank color.
    pub bytes: &'a [u8],
    /// Timing of the screenshot.
    pub timing: FrameTiming,
    /// Redactions, markers and overlays.
    pub spec: FrameSpec,
    /// The step that it shows, for [`Options::embed_steps`].
    pub step: Option<Step>,
}

/// A finished GIF.
#[derive(Debug, Clone)]
pub struct Assembly {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its logical screen.
    pub screen: Size,
    /// The plan that it was encoded by.
    pub plan: Plan,
    /// Indices of screenshots whose files are damaged in a way that browsers tolerate: parts of them are gray or wrong.
    pub damaged: Vec<u32>,
    /// Indices of screenshots that were left out to make the GIF short enough, ascending. The plan has the others.
    pub left_out: Vec<u32>,
}

/// Returns the screen for screenshots of these sizes: the largest width and the largest height.
///
/// # Errors
/// `TOO_FEW_SCREENSHOTS` for none at all.
pub fn screen_for(sizes: impl Iterator<Item = Size>) -> Result<Size> {
    let largest = sizes.fold((0, 0), |(width, height), size| (size.width().max(width), size.height().max(height)));
    if largest == (0, 0) {
        return Err(ErrorKind::TooFewScreenshots { found: 0, needed: 1 }.into());
    }
    Size::new(largest.0 as u32, largest.1 as u32)
}

/// The plan phase: returns the plan of the GIF, from the statistics of all frames in frame order.
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
    let mut rest = timings;
    let share = |pixels: u32| f64::from(pixels) / screen.area() as f64;
    let views: Vec<FrameView> = plan
        .frames
        .iter()
        .map(|frame| {
            let (timings, tail) = rest.split_at((frame.frame_count as usize).min(rest.len()));
            rest = tail;
            let report = stats.get(frame.frame_index as usize);
            let change = report.and_then(|report| report.on_previous.as_ref());
            let (changed, busy) = change.map_or((0.0, 0.0), |change| (share(change.pixels), share(change.busy)));
            let card = report.is_some_and(|report| report.card);
            FrameView { changed, busy, card, screenshots: frame.frame_count, timings }
        })
        .collect();
    let mut delays = timing::delays(options.pace, &views);
    let total_ms: f64 = delays.iter().map(|(delay, _)| f64::from(delay.millis())).sum();
    plan.given_up.full_ms = total_ms;
    if options.speed.total_cmp(&1.0).is_ne() || options.max_duration.is_some_and(|ms| total_ms > ms) {
        let frames: Vec<FrameLength> = views.iter().zip(&delays).map(frame_length).collect();
        let (speed, max_ms) = (options.speed, options.max_duration);
        let how = LengthOptions { speed, max_ms, readable_ms: timing::READABLE_MS };
        let fitted = fit_duration::fit(&frames, how)?;
        delays = fitted.delays;
        plan.given_up = fitted.given_up;
        let shown = |frame: &FramePlan| frame.frame_index..frame.frame_index + frame.frame_count;
        plan.left_out = fitted.left_out.iter().filter_map(|&place| plan.frames.get(place)).flat_map(shown).collect();
    }
    for (frame, &(delay, why)) in plan.frames.iter_mut().zip(&delays) {
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
        let delays: Vec<_> = delays.iter().map(|&(delay, _)| delay).collect();
        for (frame, ticks) in plan.frames.iter_mut().zip(progress_ticks::ticks(&delays, bar.rect().width())) {
            frame.ticks = ticks;
        }
    }
    for frame in &mut plan.frames {
        frame.has_second_image &= frame.before_ticks().centiseconds() >= 2 * Delay::MIN.centiseconds();
    }
    Ok(plan)
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

/// Returns the bytes of the file before the first frame. `steps` has one entry for each screenshot; `None` for a title card.
///
/// # Errors
/// `BAD_OPTION` for steps with too much text.
pub fn header(options: &Options, screen: Size, plan: &Plan, steps: &[Option<Step>]) -> Result<Vec<u8>> {
    let mut bytes = gif_writer::header(screen, &plan.global, options.repeat)?;
    if options.embed_steps {
        // Before the frames: some decoders read an extension after them as a truncated frame.
        bytes.extend(gif_writer::steps_extension(&steps::to_json(steps, plan)?));
    }
    Ok(bytes)
}

/// All four phases (analyze, plan, encode, write), one after another on the calling thread.
///
/// # Errors
/// Any [`ErrorKind`], with the screenshot's index where one is to blame.
pub fn assemble(screenshots: &[Screenshot], options: &Options) -> Result<Assembly> {
    options.check()?;
    options.limits.check_sequence(screenshots.len(), 0)?;
    let screen = if let Some(screen) = options.screen {
        screen
    } else {
        let header = |(index, shot): (usize, &Screenshot)| {
            probe(shot.bytes, &options.limits).map(|header| header.size).map_err(|error| error.at(index))
        };
        let pictures = screenshots.iter().enumerate().filter(|(_, shot)| shot.spec.blank.is_none());
        let sizes = pictures.map(header).collect::<Result<Vec<_>>>()?;
        screen_for(sizes.into_iter())?
    };
    options.limits.check_sequence(screenshots.len(), screen.area())?;
    let mut options = Options { screen: Some(screen), ..options.clone() };
    let mut shots: Vec<(u32, &Screenshot)> = (0..).zip(screenshots).collect();
    let (mut session, mut stats, mut plan) = analyze_and_plan(&shots, &options, screen)?;
    let left_out = std::mem::take(&mut plan.left_out);
    if !left_out.is_empty() {
        shots.retain(|(place, _)| left_out.binary_search(place).is_err());
        options.min_frames = 1;
        (session, stats, plan) = analyze_and_plan(&shots, &options, screen)?;
    }
    let steps: Vec<Option<Step>> = shots.iter().map(|(_, shot)| shot.step.clone()).collect();
    let mut bytes = header(&options, screen, &plan, &steps)?;
    for frame in &plan.frames {
        if !session.holds(frame.frame_index) {
            let first = frame.frame_index.saturating_sub(2);
            for (index, (_, shot)) in (first..frame.frame_index).zip(&shots[first as usize..]) {
                session.load(index, shot.bytes, &shot.spec)?;
            }
            let (_, shot) = shots[frame.frame_index as usize];
            session.analyze_again(frame.frame_index, shot.bytes, &shot.spec)?;
        }
        bytes.extend(session.encode(frame)?.bytes);
        options.limits.check_output(bytes.len() as u64)?;
    }
    bytes.extend(TRAILER);
    options.limits.check_output(bytes.len() as u64)?;
    let places = stats.iter().zip(&shots).filter(|(stats, _)| stats.damaged);
    let damaged = places.map(|(_, &(place, _))| place).collect();
    Ok(Assembly { bytes, screen, plan, damaged, left_out })
}

/// The phases analyze and plan, for screenshots with their source indices.
fn analyze_and_plan(
    shots: &[(u32, &Screenshot)],
    options: &Options,
    screen: Size,
) -> Result<(WorkerSession, Vec<FrameStats>, Plan)> {
    let mut session = WorkerSession::new(options.clone())?;
    let mut stats = Vec::with_capacity(shots.len());
    for (index, (place, shot)) in (0..).zip(shots) {
        let analyzed = session.analyze(index, shot.bytes, &shot.spec);
        stats.push(analyzed.map_err(|error| Error { frame: Some(*place as usize), ..error })?);
    }
    let timings: Vec<FrameTiming> = shots.iter().map(|(_, shot)| shot.timing.clone()).collect();
    let plan = plan(options, screen, &stats, &timings)?;
    Ok((session, stats, plan))
}

#[cfg(test)]
mod tests;
