//! Phase C: how a frame's changes become its block in the file.

use crate::model::changes::{Changes, ColorCount};
use crate::model::delay::Delay;
use crate::model::error::{ErrorKind, Result};
use crate::model::frame::{Disposal, FrameBlock, IndexedFrame, Slack};
use crate::model::geometry::{Rect, Size};
use crate::model::options::Options;
use crate::model::palette::Palette;
use crate::model::plan::FramePlan;
use crate::model::progress::{ProgressBar, Tick};
use crate::model::tolerance::Tolerance;
use crate::model::tuning::Tuning;
use crate::stages::container::{self, Block};
use crate::stages::lzw::{self, Clear, Encoded};
use crate::stages::quantize::{self, Quantization};
use crate::stages::{recenter, remap};

/// What all frames are made by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Making<'a> {
    pub options: &'a Options,
    pub screen: Size,
}

impl Making<'_> {
    /// A frame that changes something.
    pub fn changed(&self, plan: &FramePlan, changes: &Changes) -> Result<FrameBlock> {
        let tuning = Tuning::of(&Options { lossy: plan.lossy, ..self.options.clone() }, changes.colors.len());
        let global = !plan.global.is_empty();
        let palette = palette(plan, changes, &tuning);
        let map = remap::color_map(changes, &palette);
        let lossy = !plan.exact && tuning.is_lossy();
        let least_flat = (changes.pixels() / 256).max(64);
        let fixed = |count: &ColorCount| u64::from(count.flat) > least_flat || plan.pinned.contains(&count.color);
        let (reach2, worth, nears) = (tuning.reach2, tuning.worth, tuning.nears);
        let tolerance = lossy.then(|| Tolerance::new(changes, &palette, &map, fixed, reach2, worth, nears));
        let frame = remap::remap(changes, palette, &map, &plan.pinned, tolerance.as_ref())?;
        let encode = |clear| lzw::encode(&frame, clear, tolerance.as_ref(), tuning.beam);
        let adaptive = |&share: &u32| encode(Clear::Adaptive(share));
        let smallest = if self.options.compat {
            None
        } else {
            tuning.clear_shares.iter().map(adaptive).min_by_key(|encoded| encoded.data.len())
        };
        let Encoded { data, shown } = smallest.unwrap_or_else(|| encode(Clear::Eager));
        if lossy && !global {
            let palette = recenter::recenter(changes, &shown, &frame.palette, fixed);
            return self.block(plan, changes.rect, &palette, data);
        }
        self.block(plan, changes.rect, &frame.palette, data)
    }

    /// A frame that changes nothing, for duplicates that are to stay frames: one transparent pixel.
    pub fn unchanged(&self, plan: &FramePlan) -> Result<FrameBlock> {
        let rect = Rect::new(0, 0, 1, 1, self.screen).unwrap_or(self.screen.rect());
        let palette = Palette::new(plan.global.clone(), true);
        let indices = vec![palette.transparent().unwrap_or_default()];
        let frame = IndexedFrame { rect, palette, indices, slack: vec![Slack::None] };
        let lzw = lzw::encode(&frame, Clear::Eager, None, 1).data;
        self.block(plan, rect, &frame.palette, lzw)
    }

    fn block(&self, plan: &FramePlan, rect: Rect, palette: &Palette, lzw: Vec<u8>) -> Result<FrameBlock> {
        let ticking: u64 = plan.ticks.iter().map(|tick| u64::from(tick.delay.centiseconds())).sum();
        let mut block = container::frame_block(Block {
            screen: self.screen,
            rect,
            palette,
            global: !plan.global.is_empty(),
            delay: Delay::clamped(u64::from(plan.delay.centiseconds()).saturating_sub(ticking)),
            disposal: plan.disposal,
            lzw,
        })?;
        if let Some(bar) = &self.options.progress {
            for &tick in &plan.ticks {
                block.bytes.extend(self.tick(bar, tick)?.bytes);
            }
        }
        Ok(block)
    }

    /// The new part of the bar, in one color.
    fn tick(&self, bar: &ProgressBar, tick: Tick) -> Result<FrameBlock> {
        let (left, width) = (usize::from(tick.left), usize::from(tick.width));
        let rect = Rect::new(left, bar.rect().top(), width, bar.rect().height(), self.screen);
        let rect = rect.ok_or(ErrorKind::BadMessage { what: "a frame plan" })?;
        let palette = Palette::new(vec![bar.color()], false);
        let frame =
            IndexedFrame { rect, palette, indices: vec![0; rect.area()], slack: vec![Slack::None; rect.area()] };
        container::frame_block(Block {
            screen: self.screen,
            rect,
            palette: &frame.palette,
            global: false,
            delay: tick.delay,
            disposal: Disposal::Keep,
            lzw: lzw::encode(&frame, Clear::Eager, None, 1).data,
        })
    }
}

fn palette(plan: &FramePlan, changes: &Changes, tuning: &Tuning) -> Palette {
    if !plan.global.is_empty() {
        return Palette::new(plan.global.clone(), true);
    }
    let with_transparent = changes.has_static();
    let how = Quantization {
        max_colors: usize::from(plan.max_colors) - usize::from(with_transparent),
        pinned: &plan.pinned,
        rounds: tuning.rounds,
        merge2: tuning.merge2,
    };
    Palette::new(quantize::quantize(&changes.colors, &how), with_transparent)
}
