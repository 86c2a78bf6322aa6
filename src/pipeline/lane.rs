//! What one worker does: phase A and phase C for the frames it holds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::making::Making;
use crate::model::changes::Changes;
use crate::model::error::{ErrorKind, Result};
use crate::model::frame::FrameBlock;
use crate::model::geometry::{Rect, Size};
use crate::model::options::Options;
use crate::model::overlay::{FrameSpec, Overlay};
use crate::model::packed::{Kept, Packed};
use crate::model::plan::{Base, FramePlan};
use crate::model::progress::ProgressBar;
use crate::model::raster::Raster;
use crate::model::stats::{ChangeStats, FrameStats};
use crate::stages::compose::Place;
use crate::stages::{compose, decode, delta, marks, overlay, redact};

/// The frames one worker holds between phases A and C.
#[derive(Debug)]
pub struct Lane {
    options: Options,
    screen: Size,
    content: Rect,
    /// The last two screenshots seen, the latest first, and what the latest was made from.
    latest: [Option<Rc<Raster>>; 2],
    latest_bytes: Vec<u8>,
    latest_spec: FrameSpec,
    latest_is_damaged: bool,
    held: BTreeMap<u32, Held>,
    held_bytes: usize,
}

#[derive(Debug)]
struct Held {
    on_previous: Option<Kept>,
    on_before_previous: Option<Kept>,
    /// Let go of once encoded, whatever the options say: there was no room for it.
    fleeting: bool,
}

impl Held {
    /// The changes on a base, if there are any.
    fn on(&self, base: Base) -> Result<Option<Cow<'_, Changes>>> {
        let kept = match base {
            Base::Previous => &self.on_previous,
            Base::BeforePrevious => &self.on_before_previous,
        };
        kept.as_ref().map(Kept::changes).transpose()
    }

    fn packed(self) -> Result<Self> {
        let packed = |kept: Option<Kept>| kept.map(Kept::packed).transpose().map(|packed| packed.map(Kept::Packed));
        let (on_previous, on_before_previous) = (packed(self.on_previous)?, packed(self.on_before_previous)?);
        Ok(Self { on_previous, on_before_previous, ..self })
    }

    fn bytes(&self) -> usize {
        [&self.on_previous, &self.on_before_previous].into_iter().flatten().map(Kept::bytes).sum()
    }
}

impl Lane {
    /// A lane for screenshots on `options.screen`, which must be set.
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
            held: BTreeMap::new(),
            held_bytes: 0,
        })
    }

    /// Decodes screenshot `index`, and does to it what `spec` says, as context for the ones after it.
    ///
    /// # Errors
    /// Those of decoding and `REDACTION_FAILED`, with the screenshot's index.
    pub fn load(&mut self, index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<()> {
        self.see(index, bytes, spec).map(drop)
    }

    /// [`Lane::load`]; what was shown before the previous screenshot is handed out, to be let go of as early as can be.
    fn see(&mut self, index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<Option<Rc<Raster>>> {
        let raster = match &self.latest[0] {
            Some(latest) if bytes == self.latest_bytes && *spec == self.latest_spec => Rc::clone(latest),
            _ => {
                let (raster, is_damaged) = self.show(bytes, spec).map_err(|error| error.at(index as usize))?;
                self.latest_is_damaged = is_damaged;
                Rc::new(raster)
            }
        };
        self.latest.rotate_right(1);
        let before = self.latest[0].replace(raster);
        self.latest_bytes.clear();
        self.latest_bytes.extend_from_slice(bytes);
        self.latest_spec.clone_from(spec);
        Ok(before)
    }

    /// What the screen shows, and whether the screenshot is damaged.
    fn show(&self, bytes: &[u8], spec: &FrameSpec) -> Result<(Raster, bool)> {
        let &Options { background, fit, unscaled, ref limits, .. } = &self.options;
        let mut is_damaged = false;
        let mut shown = if let Some(color) = spec.blank {
            if !spec.redact.is_empty() {
                let reason = "there is no screenshot to hide anything of".into();
                return Err(ErrorKind::RedactionFailed { reason }.into());
            }
            Raster::filled(self.screen, color)?
        } else {
            let decoded = decode::decode(bytes, background, limits)?;
            is_damaged = decoded.is_damaged;
            let mut raster = decoded.raster;
            redact::redact(&mut raster, &spec.redact)?;
            let place = Place { content: self.content, unscaled, fit };
            let placement = compose::placement(raster.size(), place);
            let mut screen = compose::compose(raster, self.screen, place, background)?;
            let marks = marks::overlays(&spec.marks, self.options.mark_color, &placement, self.screen.width())?;
            overlay::paint(&mut screen, &marks);
            screen
        };
        overlay::paint(&mut shown, &spec.overlays);
        if let Some(bar) = &self.options.progress {
            overlay::paint(&mut shown, &[Overlay::solid(bar.rect(), bar.track())]);
        }
        Ok((shown, is_damaged))
    }

    /// Phase A: decodes screenshot `index`, compares it with the ones before, and keeps what changed, if there is room.
    ///
    /// Screenshots `index - 2` and `index - 1` must have been loaded or analyzed just before, where they exist.
    ///
    /// # Errors
    /// Those of [`Lane::load`]; `OUT_OF_MEMORY`; `FRAME_NOT_HELD` without the ones before.
    pub fn analyze(&mut self, index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<FrameStats> {
        let (stats, held) = self.compare(index, bytes, spec)?;
        if !held.fleeting {
            self.hold(index, held);
        }
        Ok(stats)
    }

    /// Phase A once more, for a screenshot that there was no room for and that is about to be encoded.
    ///
    /// # Errors
    /// Those of [`Lane::analyze`].
    pub fn analyze_again(&mut self, index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<()> {
        let (_, held) = self.compare(index, bytes, spec)?;
        self.hold(index, held);
        Ok(())
    }

    fn compare(&mut self, index: u32, bytes: &[u8], spec: &FrameSpec) -> Result<(FrameStats, Held)> {
        let before = self.see(index, bytes, spec)?;
        let [raster, previous] = &self.latest;
        let raster = raster.as_deref().ok_or(ErrorKind::FrameNotHeld)?;
        let previous = if index == 0 { None } else { Some(previous.as_deref().ok_or(ErrorKind::FrameNotHeld)?) };
        if index >= 2 && before.is_none() {
            return Err(ErrorKind::FrameNotHeld.into());
        }
        // Comparing takes much room, so that what is not needed for it goes before.
        let before = match (before, previous) {
            (Some(before), Some(previous)) if index >= 2 && delta::returns(&before, previous, raster) => Some(before),
            _ => None,
        };
        let on_previous = delta::changes(previous, raster)?;
        let on_before_previous = match (&on_previous, &before) {
            (Some(_), Some(before)) => delta::changes(Some(before), raster)?,
            _ => None,
        };
        drop(before);
        let stats = FrameStats {
            source: index,
            card: spec.blank.is_some(),
            damaged: self.latest_is_damaged,
            on_previous: on_previous.as_ref().map(ChangeStats::of),
            on_before_previous: on_before_previous.as_ref().map(ChangeStats::of),
        };
        let [on_previous, on_before_previous] = [on_previous, on_before_previous].map(|on| on.map(Kept::Plain));
        let mut held = Held { on_previous, on_before_previous, fleeting: false };
        // Ordinary tasks fit half of the budget and need not wait for the packing.
        if self.held_bytes() + held.bytes() > self.options.budget_bytes / 2 {
            held = held.packed()?;
        }
        held.fleeting = !self.held.is_empty() && self.held_bytes() + held.bytes() > self.options.budget_bytes;
        Ok((stats, held))
    }

    /// Whether [`Lane::encode`] can make the frame of screenshot `index` without analyzing it again.
    #[must_use]
    pub fn holds(&self, index: u32) -> bool {
        self.held.contains_key(&index)
    }

    /// Bytes held between phases A and C, and for the overlays of the latest screenshot.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.held_bytes + self.latest_spec.bytes()
    }

    /// Gives up a frame for another lane to [`Lane::adopt`]: the changed pixels that `plan` needs, as bytes.
    ///
    /// # Errors
    /// `FRAME_NOT_HELD` if the frame has not been analyzed here or was let go.
    pub fn release(&mut self, plan: &FramePlan) -> Result<Vec<u8>> {
        let held = self.held.remove(&plan.source).ok_or(ErrorKind::FrameNotHeld)?;
        self.held_bytes -= held.bytes();
        let kept = match plan.base {
            Base::Previous => held.on_previous,
            Base::BeforePrevious => held.on_before_previous,
        };
        Ok(kept.map(Kept::packed).transpose()?.map(|packed| packed.to_bytes()).unwrap_or_default())
    }

    /// Takes a frame that another lane has released.
    ///
    /// # Errors
    /// `BAD_MESSAGE` for bytes that [`Lane::release`] did not give, here or when the frame is encoded.
    pub fn adopt(&mut self, plan: &FramePlan, bytes: &[u8]) -> Result<()> {
        let changes = if bytes.is_empty() { None } else { Some(Kept::Packed(Packed::from_bytes(bytes, self.screen)?)) };
        let held = match plan.base {
            Base::Previous => Held { on_previous: changes, on_before_previous: None, fleeting: false },
            Base::BeforePrevious => Held { on_previous: None, on_before_previous: changes, fleeting: false },
        };
        self.hold(plan.source, held);
        Ok(())
    }

    fn hold(&mut self, index: u32, held: Held) {
        self.held_bytes += held.bytes();
        if let Some(before) = self.held.insert(index, held) {
            self.held_bytes -= before.bytes();
        }
    }

    /// Phase C: makes one frame, and lets go of its pixels unless [`Options::retain`] is set.
    ///
    /// # Errors
    /// `FRAME_NOT_HELD` if the frame has not been analyzed here or was let go; `OUT_OF_MEMORY`.
    pub fn encode(&mut self, plan: &FramePlan) -> Result<FrameBlock> {
        let held = self.held.remove(&plan.source).ok_or(ErrorKind::FrameNotHeld)?;
        self.held_bytes -= held.bytes();
        let making = Making { options: &self.options, screen: self.screen };
        let block = match held.on(plan.base)? {
            Some(changes) => making.changed(plan, &changes)?,
            None => making.unchanged(plan)?,
        };
        if self.options.retain && !held.fleeting {
            self.hold(plan.source, held);
        }
        Ok(block)
    }
}
