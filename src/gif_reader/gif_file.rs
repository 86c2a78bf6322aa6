//! The structure of a GIF file: its screen, its frames and the positions of their data.

use std::ops::Range;

use super::warning::{Oddity, Warning};
use crate::model::geometry::Size;
use crate::model::gif_constants::played_cs;
use crate::model::gif_options::Repeat;

/// A GIF's structure. Ranges are places in the file, checked to lie inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GifFile {
    /// The logical screen.
    pub screen: Size,
    /// How often it plays, as browsers count.
    pub repeat: Repeat,
    /// The global color table; empty if there is none.
    pub global: Range<usize>,
    /// The frames; at least one.
    pub frames: Vec<GifFrame>,
    /// Warnings about properties that decoders treat differently.
    pub warnings: Vec<Warning>,
    /// The steps of the replay it shows, as JSON text, if it has them.
    pub steps: Option<Vec<u8>>,
}

impl GifFile {
    pub(super) fn new(screen: Size, global: Range<usize>) -> Self {
        Self { screen, repeat: Repeat::Plays(1), global, frames: Vec::new(), warnings: Vec::new(), steps: None }
    }

    pub(super) fn warn(&mut self, frame: Option<usize>, oddity: Oddity) {
        self.warnings.push(Warning { frame, oddity });
    }

    /// Length of one play in browsers, in ms.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        self.frames.iter().map(|frame| u64::from(frame.played_ms())).sum()
    }
}

/// Disposal: what happens to the area of a frame after its delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameDisposal {
    /// Not specified; the frame stays.
    Any,
    /// The frame stays.
    Keep,
    /// Its area becomes transparent.
    Background,
    /// Its area is restored to what it was before the frame.
    Previous,
}

impl FrameDisposal {
    /// The disposal with this number; browsers take 4 as 3, and the unassigned ones as none.
    pub(super) fn of(number: u8) -> Self {
        match number {
            1 => Self::Keep,
            2 => Self::Background,
            3 | 4 => Self::Previous,
            _ => Self::Any,
        }
    }

    /// The name JavaScript sees.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Keep => "keep",
            Self::Background => "background",
            Self::Previous => "previous",
        }
    }
}

/// One image of a GIF with what its control extension says. It may lie outside the screen, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GifFrame {
    /// Distance from the left edge of the screen.
    pub left: u16,
    /// Distance from the top edge of the screen.
    pub top: u16,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Its delay, as written in the file.
    pub delay_cs: u16,
    /// Its disposal.
    pub disposal: FrameDisposal,
    /// The index that leaves a pixel as it is.
    pub transparent: Option<u8>,
    /// Whether it is interlaced: its rows are stored in four passes.
    pub is_interlaced: bool,
    /// Whether its color table is its own.
    pub has_own_table: bool,
    /// The color table it uses; empty if there is none.
    pub table: Range<usize>,
    /// Minimum code size and the sub-blocks of codes.
    pub data: Range<usize>,
    /// Bytes it takes in the file, its control extension included.
    pub bytes: usize,
}

impl GifFrame {
    /// How long browsers show it, in ms.
    #[must_use]
    pub fn played_ms(&self) -> u32 {
        played_cs(self.delay_cs.into()) * 10
    }

    /// Entries of its color table.
    #[must_use]
    pub fn colors(&self) -> usize {
        self.table.len() / 3
    }

    /// The part of it that lies on the screen: columns and rows.
    pub(super) fn visible(&self, screen: Size) -> (Range<usize>, Range<usize>) {
        let clip = |start: u16, length: u16, end: usize| {
            let (start, stop) = (usize::from(start), usize::from(start) + usize::from(length));
            start.min(end)..stop.min(end)
        };
        (clip(self.left, self.width, screen.width()), clip(self.top, self.height, screen.height()))
    }

    /// Whether it lies over all of the screen.
    pub(super) fn covers(&self, screen: Size) -> bool {
        self.visible(screen) == (0..screen.width(), 0..screen.height())
    }
}
