//! One assembly's share of one worker: the analyze and encode phases of the frames that the worker holds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::encode_frame::FrameEncoder;
use super::render_frame::{FrameRenderer, RenderedFrame};
use super::screenshot_cache::ScreenshotCache;
use crate::model::busy_map::BusyMap;
use crate::model::changes::Changes;
use crate::model::click_marker::Placement;
use crate::model::error::{ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::frame_stats::{ChangeStats, FrameStats};
use crate::model::geometry::{Rect, Size};
use crate::model::gif_options::{Camera, Options};
use crate::model::indexed_frame::FrameBlock;
use crate::model::packed_changes::{HeldChanges, PackedChanges};
use crate::model::plan::{Base, FramePlan};
use crate::model::progress_bar::ProgressBar;
use crate::model::raster::Raster;
use crate::stages::delta;

/// The frames that one worker holds between the analyze and the encode phase.
#[derive(Debug)]
pub struct WorkerSession {
    options: Options,
    screen: Size,
    content: Rect,
    /// The last two decoded frames, latest first, and the bytes and spec of the latest.
    latest: [Option<Rc<Raster>>; 2],
    latest_bytes: Vec<u8>,
    latest_spec: FrameSpec,
    latest_is_damaged: bool,
    /// Position of the latest screenshot on the screen.
    latest_placement: Option<Placement>,
    /// Whether the latest frame is a whole screenshot and the one before it was a close-up.
    is_behind_close_up: bool,
    /// Screenshots as decoded, if the camera follows: they are shown from near, too.
    screenshots: ScreenshotCache,
    held: BTreeMap<u32, Held>,
    held_bytes: usize,
}

#[derive(Debug)]
struct Held {
    on_previous: Option<HeldChanges>,
    on_before_previous: Option<HeldChanges>,
    /// Whether the frame is dropped after encoding, whatever the options say, because it does not fit into the memory budget.
    is_over_budget: bool,
}

impl Held {
    /// The changes from `base`; `None` if no pixel changed.
    fn on(&self, base: Base) -> Result<Option<Cow<'_, Changes>>> {
        let kept = match base {
            Base::Previous => &self.on_previous,
            Base::BeforePrevious => &self.on_before_previous,
        };
        kept.as_ref().map(HeldChanges::changes).transpose()
    }

    fn bytes(&self) -> usize {
        [&self.on_previous, &self.on_before_previous].into_iter().flatten().map(HeldChanges::bytes).sum()
    }
}

impl WorkerSession {
    /// A session for screenshots on `options.screen`, which must be set.
    ///
    /// # Errors
    /// `BAD_OPTION` for an option outside its range or a missing screen.
    pub fn new(options: Options) -> Result<Self> {
        options.check()?;
        let missing = || ErrorKind::BadOption { option: "screen", reason: "expected a size, found none".into() };
        let screen = options.screen.ok_or_else(missing)?;
        let fits = |bar: &ProgressBar| ProgressBar::new(bar.rect(), bar.color(), bar.track(), screen).is_some();
        if !options.progress.as_ref().is_none_or(fits) {
            let reason = "expected a strip over the whole width at the top or the bottom, found another".into();
            return Err(ErrorKind::BadOption { option: "progress", reason }.into());
        }
        let content = options.content.unwrap_or(screen.rect());
        if Rect::new(content.left(), content.top(), content.width(), content.height(), screen).is_none() {
            let reason = "expected a rectangle inside the screen, found one that leaves it".into();
            return Err(ErrorKind::BadOption { option: "content", reason }.into());
        }
        Ok(Self {
            options,
            screen,
            content,
            latest: [None, None],
            latest_bytes: Vec::new(),
            latest_spec: FrameSpec::default(),
            latest_is_damaged: false,
            latest_placement: None,
            is_behind_close_up: false,
            screenshots: ScreenshotCache::default(),
            held: BTreeMap::new(),
            held_bytes: 0,
        })
    }

    /// Decodes and composes the screenshot of frame `frame_index`, for the comparison with the frames after it.
    ///
    /// # Errors
    /// Those of decoding and `REDACTION_FAILED`, with the frame's index.
    pub fn load(&mut self, frame_index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<()> {
        self.decode_next(frame_index, bytes, spec).map(drop)
    }

    /// [`WorkerSession::load`]; returns the screen that is third now, so that the caller can free it as early as possible.
    fn decode_next(&mut self, frame_index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<Option<Rc<Raster>>> {
        let raster = match &self.latest[0] {
            Some(latest) if bytes == self.latest_bytes && *spec == self.latest_spec => Rc::clone(latest),
            _ => {
                let rendered = self.render(bytes, spec).map_err(|error| error.at(frame_index as usize))?;
                self.latest_is_damaged = rendered.is_damaged;
                self.latest_placement = rendered.placement;
                Rc::new(rendered.screen)
            }
        };
        self.latest.rotate_right(1);
        let before = self.latest[0].replace(raster);
        self.latest_bytes.clear();
        self.latest_bytes.extend_from_slice(bytes);
        self.is_behind_close_up = self.latest_spec.view.is_some() && spec.view.is_none();
        self.latest_spec.clone_from(spec);
        Ok(before)
    }

    /// The screen that shows a screenshot. If the camera follows, the screenshot itself is kept where the budget has room.
    fn render(&mut self, bytes: &[u8], spec: &FrameSpec) -> Result<RenderedFrame> {
        let renderer = FrameRenderer { options: &self.options, screen: self.screen, content: self.content };
        if spec.blank.is_some() {
            return renderer.blank(spec);
        }
        if self.options.camera == Camera::Whole {
            return renderer.render(renderer.decode(bytes, spec)?, spec);
        }
        if let Some(decoded) = self.screenshots.find(bytes, &spec.redact) {
            return renderer.render(decoded, spec);
        }
        let decoded = renderer.decode(bytes, spec)?;
        let budget_bytes = self.options.budget_bytes.saturating_sub(self.held_bytes());
        self.screenshots.insert(bytes, &spec.redact, decoded.clone(), budget_bytes);
        renderer.render(decoded, spec)
    }

    /// Analyzes frame `frame_index`: decodes its screenshot, compares it with the two before, and keeps what changed, if the
    /// budget has room for it.
    ///
    /// Frames `frame_index - 2` and `frame_index - 1` must have been loaded or analyzed just before, where they exist.
    ///
    /// # Errors
    /// Those of [`WorkerSession::load`]; `OUT_OF_MEMORY`; `FRAME_NOT_HELD` without the ones before.
    pub fn analyze(&mut self, frame_index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<FrameStats> {
        let (stats, held) = self.compare(frame_index, bytes, spec)?;
        if !held.is_over_budget {
            self.hold(frame_index, held);
        }
        Ok(stats)
    }

    /// Analyzes a frame again that the budget had no room for, just before it is encoded.
    ///
    /// # Errors
    /// Those of [`WorkerSession::analyze`].
    pub fn analyze_again(&mut self, frame_index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<()> {
        let (_, held) = self.compare(frame_index, bytes, spec)?;
        self.hold(frame_index, held);
        Ok(())
    }

    fn compare(&mut self, frame_index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<(FrameStats, Held)> {
        let before = self.decode_next(frame_index, bytes, spec)?;
        let [raster, previous] = &self.latest;
        let raster = raster.as_deref().ok_or(ErrorKind::FrameNotHeld)?;
        let previous = if frame_index == 0 { None } else { Some(previous.as_deref().ok_or(ErrorKind::FrameNotHeld)?) };
        if frame_index >= 2 && before.is_none() {
            return Err(ErrorKind::FrameNotHeld.into());
        }
        // The comparison needs much memory, so the screen before the previous one is freed first, unless it is compared too.
        let before = match (before, previous) {
            // After a close-up, pixels that return to their earlier color do not flicker.
            (Some(before), Some(_)) if frame_index >= 2 && self.is_behind_close_up => Some(before),
            (Some(before), Some(previous)) if frame_index >= 2 && delta::returns(&before, previous, raster) => {
                Some(before)
            }
            _ => None,
        };
        let changes = delta::changes(previous, raster)?;
        let busy = self.busy_map(changes.as_ref());
        let mut held = Held { on_previous: None, on_before_previous: None, is_over_budget: false };
        // Each comparison is packed, where it is to be, before the next one needs as much room again.
        let stats_on_previous = changes.as_ref().map(ChangeStats::of);
        held.on_previous = self.kept(changes, 0)?;
        let changes = match (&held.on_previous, &before) {
            (Some(_), Some(before)) => delta::changes(Some(before), raster)?,
            _ => None,
        };
        drop(before);
        let stats = FrameStats {
            frame_index,
            card: spec.blank.is_some(),
            damaged: self.latest_is_damaged,
            busy,
            on_previous: stats_on_previous,
            on_before_previous: changes.as_ref().map(ChangeStats::of),
        };
        held.on_before_previous = self.kept(changes, held.bytes())?;
        held.is_over_budget = !self.held.is_empty() && self.held_bytes() + held.bytes() > self.options.budget_bytes;
        Ok((stats, held))
    }

    /// Returns the changes in the form in which they are held, beside `more` bytes of the same frame: plain as long as they fit into
    /// half of the budget, as in ordinary tasks, since packing takes time; else packed.
    fn kept(&self, changes: Option<Changes>, more: usize) -> Result<Option<HeldChanges>> {
        let Some(changes) = changes else { return Ok(None) };
        let changes = HeldChanges::Plain(changes);
        let fits = self.held_bytes() + more + changes.bytes() <= self.options.budget_bytes / 2;
        if fits { Ok(Some(changes)) } else { changes.packed().map(HeldChanges::Packed).map(Some) }
    }

    /// Returns the map of changed detail of the latest screenshot, if the camera follows.
    fn busy_map(&self, changes: Option<&Changes>) -> Option<BusyMap> {
        let placement = self.latest_placement.as_ref().filter(|_| self.options.camera == Camera::Follow)?;
        Some(changes.map_or_else(|| BusyMap::empty(placement.source), |changes| BusyMap::of(changes, placement)))
    }

    /// Whether [`WorkerSession::encode`] can encode frame `frame_index` without analyzing it again.
    #[must_use]
    pub fn holds(&self, frame_index: u32) -> bool {
        self.held.contains_key(&frame_index)
    }

    /// Bytes held for frames that wait to be encoded, and for the overlays of the latest screenshot.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.held_bytes + self.latest_spec.bytes()
    }

    /// Removes a frame for another session to [`WorkerSession::adopt`]; returns the changed pixels that `plan` needs, as bytes.
    ///
    /// # Errors
    /// `FRAME_NOT_HELD` if the frame has not been analyzed here or was let go.
    pub fn release(&mut self, plan: &FramePlan) -> Result<Vec<u8>> {
        let held = self.held.remove(&plan.frame_index).ok_or(ErrorKind::FrameNotHeld)?;
        self.held_bytes -= held.bytes();
        let kept = match plan.base {
            Base::Previous => held.on_previous,
            Base::BeforePrevious => held.on_before_previous,
        };
        Ok(kept.map(HeldChanges::packed).transpose()?.map(|packed| packed.to_bytes()).unwrap_or_default())
    }

    /// Adds a frame that another session has released.
    ///
    /// # Errors
    /// `BAD_MESSAGE` for bytes that [`WorkerSession::release`] did not give, here or when the frame is encoded.
    pub fn adopt(&mut self, plan: &FramePlan, bytes: &[u8]) -> Result<()> {
        let changes = if bytes.is_empty() {
            None
        } else {
            Some(HeldChanges::Packed(PackedChanges::from_bytes(bytes, self.screen)?))
        };
        let held = match plan.base {
            Base::Previous => Held { on_previous: changes, on_before_previous: None, is_over_budget: false },
            Base::BeforePrevious => Held { on_previous: None, on_before_previous: changes, is_over_budget: false },
        };
        self.hold(plan.frame_index, held);
        Ok(())
    }

    fn hold(&mut self, frame_index: u32, held: Held) {
        self.held_bytes += held.bytes();
        if let Some(before) = self.held.insert(frame_index, held) {
            self.held_bytes -= before.bytes();
        }
        self.screenshots.shrink_to(self.options.budget_bytes.saturating_sub(self.held_bytes()));
    }

    /// Encodes one frame, and drops its pixels unless [`Options::retain`] is set.
    ///
    /// # Errors
    /// `FRAME_NOT_HELD` if the frame has not been analyzed here or was let go; `OUT_OF_MEMORY`.
    pub fn encode(&mut self, plan: &FramePlan) -> Result<FrameBlock> {
        let held = self.held.remove(&plan.frame_index).ok_or(ErrorKind::FrameNotHeld)?;
        self.held_bytes -= held.bytes();
        let making = FrameEncoder { options: &self.options, screen: self.screen };
        let block = match held.on(plan.base)? {
            Some(changes) => making.changed(plan, &changes)?,
            None => making.unchanged(plan)?,
        };
        if self.options.retain && !held.is_over_budget {
            self.hold(plan.frame_index, held);
        }
        Ok(block)
    }
}
