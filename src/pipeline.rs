//! Connects the stages: the phase write, and all four phases in one call. The phase plan is in [`plan()`], the phases analyze and
//! encode in [`WorkerSession`]. Only this module and its files call more than one stage.

mod compare;
mod encode_frame;
mod plan;
mod render_frame;
mod screenshot_cache;
mod worker_session;

use crate::model::error::{Error, ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::frame_stats::FrameStats;
use crate::model::geometry::Size;
use crate::model::gif_options::Options;
use crate::model::plan::Plan;
use crate::model::steps::{self, Step};
use crate::stages::gif_writer;

pub use crate::stages::decode::{Header, probe};
pub use crate::stages::difference::Difference;
pub use crate::stages::gif_writer::TRAILER;
pub use crate::stages::timing::FrameTiming;
pub use compare::{CompareOptions, ComparedScreenshot, Comparison, PairLayout, compare};
pub use plan::plan;
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
