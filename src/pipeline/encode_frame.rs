//! The encode phase of one frame: its changes in, its block of the file out.

use crate::model::changes::Changes;
use crate::model::color_set::ColorSet;
use crate::model::delay::Delay;
use crate::model::effort_tuning::EffortTuning;
use crate::model::error::{ErrorKind, Result};
use crate::model::fixed_colors::fixed_colors;
use crate::model::geometry::{Rect, Size};
use crate::model::gif_options::Options;
use crate::model::indexed_frame::{Disposal, FrameBlock, IndexedFrame, Slack};
use crate::model::palette::Palette;
use crate::model::plan::FramePlan;
use crate::model::progress_bar::{ProgressBar, Tick};
use crate::model::tolerance::Tolerance;
use crate::stages::gif_writer::{self, Block};
use crate::stages::lzw::{self, Encoded, SearchOptions};
use crate::stages::quantize::{self, QuantizeOptions};
use crate::stages::{dither, refine_palette, remap, second_image};

/// Encodes the frames of one assembly.
#[derive(Debug, Clone, Copy)]
pub(super) struct FrameEncoder<'a> {
    pub options: &'a Options,
    pub screen: Size,
}

/// One image of a frame: the frame itself, or the second image with a palette of its own.
struct Layer {
    rect: Rect,
    palette: Palette,
    data: Vec<u8>,
    /// The palette index that was written for each pixel of `rect`.
    shown: Vec<u8>,
}

impl FrameEncoder<'_> {
    /// The block of a frame with changes, and of its second image if the plan has one.
    pub fn changed(&self, plan: &FramePlan, changes: &Changes) -> Result<FrameBlock> {
        let first = self.layer(plan, changes)?;
        let Some(second_delay) = plan.second_image_delay() else {
            return self.block(plan, first, plan.before_ticks());
        };
        let tuning = self.tuning(plan, changes);
        let least_sq = second_image::least_sq(tuning.reach, tuning.reach_shares);
        let second =
            match second_image::second_image_changes(changes, &first.shown, &first.palette, least_sq, self.screen) {
                Some(missed) => self.layer(plan, &missed)?,
                None => self.nothing(plan),
            };
        let mut bytes = self.part(plan, first, FramePlan::FIRST_IMAGE_DELAY)?.bytes;
        bytes.extend(self.block(plan, second, second_delay)?.bytes);
        Ok(FrameBlock { bytes })
    }

    fn tuning(&self, plan: &FramePlan, changes: &Changes) -> EffortTuning {
        EffortTuning::of(&Options { lossy: plan.lossy, ..self.options.clone() }, changes.colors.len())
    }

    fn layer(&self, plan: &FramePlan, changes: &Changes) -> Result<Layer> {
        let tuning = self.tuning(plan, changes);
        let global = !plan.global.is_empty();
        let pinned = ColorSet::new(&plan.pinned);
        let palette = self.palette(plan, changes, &tuning, &pinned);
        let map = remap::color_map(changes, &palette);
        let lossy = !plan.exact && tuning.is_lossy();
        let fixed = fixed_colors(changes, &pinned);
        let (reach_sq, worth, nears) = (tuning.reach_sq, tuning.worth, tuning.nears);
        let tolerance = lossy.then(|| Tolerance::new(changes, &palette, &map, &fixed, reach_sq, worth, nears));
        let mut frame = remap::remap(changes, palette, &map, &pinned, tolerance.as_ref())?;
        dither::dither(&mut frame, changes, self.options.dither, dither::least_sq(tuning.reach));
        let search = SearchOptions { beam: tuning.beam, looks_ahead: tuning.looks_ahead };
        let Encoded { data, shown } = lzw::encode(&frame, tolerance.as_ref(), search);
        let palette = if lossy && !global {
            refine_palette::refine_palette(changes, &map, &shown, &frame.palette, fixed)
        } else {
            frame.palette
        };
        Ok(Layer { rect: changes.rect, palette, data, shown })
    }

    /// The block of a frame without changes: a duplicate that stays a frame.
    pub fn unchanged(&self, plan: &FramePlan) -> Result<FrameBlock> {
        self.block(plan, self.nothing(plan), plan.before_ticks())
    }

    /// One transparent pixel.
    fn nothing(&self, plan: &FramePlan) -> Layer {
        let rect = Rect::new(0, 0, 1, 1, self.screen).unwrap_or(self.screen.rect());
        let palette = Palette::new(plan.global.clone(), true);
        let indices = vec![palette.transparent().unwrap_or_default()];
        let frame = IndexedFrame { rect, palette, indices, slack: vec![Slack::None] };
        let Encoded { data, shown } = lzw::encode(&frame, None, SearchOptions::GREEDY);
        Layer { rect, palette: frame.palette, data, shown }
    }

    /// The last image of a frame, and the ticks of the progress bar behind it.
    fn block(&self, plan: &FramePlan, layer: Layer, delay: Delay) -> Result<FrameBlock> {
        let mut block = self.part(plan, layer, delay)?;
        if let Some(bar) = &self.options.progress {
            for &tick in &plan.ticks {
                block.bytes.extend(self.tick(plan, bar, tick)?.bytes);
            }
        }
        Ok(block)
    }

    fn part(&self, plan: &FramePlan, layer: Layer, delay: Delay) -> Result<FrameBlock> {
        self.images(plan, layer, !plan.global.is_empty(), delay)
    }

    /// The images of a layer: one, or as many as its delay takes. Those after the first change nothing; where the picture
    /// before it comes back after each image, the layer is drawn again.
    fn images(&self, plan: &FramePlan, mut layer: Layer, mut global: bool, delay: Delay) -> Result<FrameBlock> {
        let mut bytes = Vec::new();
        for (image, delay_cs) in delay.per_image().enumerate() {
            if image > 0 && plan.disposal == Disposal::Keep {
                layer = self.nothing(plan);
                global = !plan.global.is_empty();
            }
            let block = Block {
                screen: self.screen,
                rect: layer.rect,
                palette: &layer.palette,
                global,
                delay_cs,
                disposal: plan.disposal,
                lzw: layer.data.clone(),
            };
            bytes.extend(gif_writer::frame_block(block)?.bytes);
        }
        Ok(FrameBlock { bytes })
    }

    /// The new part of the bar, in one color.
    fn tick(&self, plan: &FramePlan, bar: &ProgressBar, tick: Tick) -> Result<FrameBlock> {
        let (left, width) = (usize::from(tick.left), usize::from(tick.width));
        let rect = Rect::new(left, bar.rect().top(), width, bar.rect().height(), self.screen);
        let rect = rect.ok_or(ErrorKind::BadMessage { what: "a frame plan" })?;
        let palette = Palette::with_spare_entry(vec![bar.color()]);
        let frame =
            IndexedFrame { rect, palette, indices: vec![0; rect.area()], slack: vec![Slack::None; rect.area()] };
        let Encoded { data, shown } = lzw::encode(&frame, None, SearchOptions::GREEDY);
        self.images(plan, Layer { rect, palette: frame.palette, data, shown }, false, tick.delay)
    }

    fn palette(&self, plan: &FramePlan, changes: &Changes, tuning: &EffortTuning, pinned: &ColorSet) -> Palette {
        if !plan.global.is_empty() {
            return Palette::new(plan.global.clone(), true);
        }
        let with_transparent = changes.has_static() || self.options.compat;
        let how = QuantizeOptions {
            max_colors: usize::from(plan.max_colors) - usize::from(with_transparent),
            pinned,
            rounds: tuning.rounds,
            merge_sq: tuning.merge_sq,
        };
        let colors = quantize::quantize(&changes.colors, &how);
        if with_transparent { Palette::new(colors, true) } else { Palette::with_spare_entry(colors) }
    }
}
