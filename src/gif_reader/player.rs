//! Composes the frames of a GIF on demand. Within a memory budget, the screen before every n-th frame is kept, so that seeking
//! backwards draws at most n frames.

use super::frame_painter::FramePainter;
use super::gif_file::{FrameDisposal, GifFile, GifFrame};
use super::lzw_decoder::LzwDecoder;
use super::structure::read;
use crate::model::error::{ErrorKind, Result};
use crate::model::limits::Limits;
use crate::model::raster::reserve;

/// A GIF and one composed frame of it.
#[derive(Debug)]
pub struct Player {
    bytes: Vec<u8>,
    file: GifFile,
    table: LzwDecoder,
    /// Pixels as `0xAABBGGRR`; 0 where nothing was drawn.
    screen: Vec<u32>,
    /// The frame on the screen; none before the first and after a failure.
    at: Option<usize>,
    /// The pixels below the frame on the screen, row by row, if its disposal restores them.
    saved: Vec<u32>,
    /// Screens before certain frames, in no order. There are few, so no map is needed.
    bases: Vec<(usize, Vec<u32>)>,
    spacing: usize,
    /// By frame: whether it can be drawn without those before it, if that was checked.
    alone: Vec<Option<bool>>,
}

impl Player {
    /// A player for `bytes` that keeps at most `budget` bytes of pixels beside the frame on the screen.
    ///
    /// # Errors
    /// Those of [`read`]; `OUT_OF_MEMORY`.
    pub fn new(bytes: Vec<u8>, limits: &Limits, budget: usize) -> Result<Self> {
        let file = read(&bytes, limits)?;
        let area = file.screen.area();
        let mut screen = reserve(area)?;
        screen.resize(area, 0);
        let most = budget / area.saturating_mul(4).max(1);
        let spacing = if most == 0 { usize::MAX } else { file.frames.len().div_ceil(most) };
        let alone = vec![None; file.frames.len()];
        let (saved, bases) = (Vec::new(), Vec::new());
        Ok(Self { bytes, file, table: LzwDecoder::new(), screen, at: None, saved, bases, spacing, alone })
    }

    /// The structure of the file.
    #[must_use]
    pub fn file(&self) -> &GifFile {
        &self.file
    }

    /// Frames that may have to be drawn for one that was passed before.
    #[must_use]
    pub fn spacing(&self) -> usize {
        self.spacing
    }

    /// The pixels on the screen: RGBA, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        bytemuck::cast_slice(&self.screen)
    }

    /// Draws at most `most` frames towards frame `index`. Returns whether that frame is on the screen.
    ///
    /// # Errors
    /// `BAD_OPTION` for a frame that does not exist, `BAD_GIF` for one that cannot be decoded, `OUT_OF_MEMORY`.
    pub fn seek(&mut self, index: usize, most: usize) -> Result<bool> {
        if index >= self.file.frames.len() {
            let reason = format!("expected a frame below {}, found {index}", self.file.frames.len());
            return Err(ErrorKind::BadOption { option: "frame", reason }.into());
        }
        for _ in 0..most.max(1) {
            match self.at {
                Some(at) if at == index => return Ok(true),
                at => self.draw_towards(index, at)?,
            }
        }
        Ok(self.at == Some(index))
    }

    /// Draws one frame on the shortest way to `index`.
    fn draw_towards(&mut self, index: usize, at: Option<usize>) -> Result<()> {
        let next = at.map_or(0, |at| at + 1);
        let can_go_on = next <= index;
        let start = self.start_for(index);
        if can_go_on && next >= start {
            if let Some(at) = at {
                self.dispose(at);
            }
            self.keep_base(next);
            self.draw(next)
        } else {
            match self.bases.iter().find(|(frame, _)| *frame == start) {
                Some((_, base)) => self.screen.copy_from_slice(base),
                None => self.screen.fill(0),
            }
            self.draw(start)
        }
    }

    /// The last frame up to `index` that can be drawn without those before it.
    fn start_for(&mut self, index: usize) -> usize {
        let kept = self.bases.iter().map(|&(start, _)| start).filter(|&start| start <= index).max().unwrap_or(0);
        (kept + 1..=index).rev().find(|&frame| self.stands_alone(frame)).unwrap_or(kept)
    }

    /// Whether no pixel of earlier frames is visible during this frame or after it.
    fn stands_alone(&mut self, index: usize) -> bool {
        if let Some(known) = self.alone[index] {
            return known;
        }
        let frame = &self.file.frames[index];
        let data = &self.bytes[frame.data.clone()];
        let pixels = u64::from(frame.width) * u64::from(frame.height);
        let may = frame.covers(self.file.screen)
            && frame.transparent.is_none()
            && frame.disposal != FrameDisposal::Previous
            && frame.colors() >= 1 << data.first().copied().unwrap_or(8);
        let alone = may && {
            let walk = self.table.measure(data);
            walk.is_sound && walk.pixels >= pixels
        };
        self.alone[index] = Some(alone);
        alone
    }

    fn keep_base(&mut self, next: usize) {
        let is_kept = |&(frame, _): &(usize, Vec<u32>)| frame == next;
        if next == 0 || !next.is_multiple_of(self.spacing) || self.bases.iter().any(is_kept) {
            return;
        }
        // Without memory for it, there is one screen less to start from.
        if let Ok(mut base) = reserve(self.screen.len()) {
            base.extend_from_slice(&self.screen);
            self.bases.push((next, base));
        }
    }

    fn draw(&mut self, index: usize) -> Result<()> {
        self.at = None;
        let frame = &self.file.frames[index];
        self.saved.clear();
        if frame.disposal == FrameDisposal::Previous {
            let (columns, rows) = frame.visible(self.file.screen);
            self.saved = reserve(columns.len() * rows.len())?;
            for row in rows {
                let start = row * self.file.screen.width();
                self.saved.extend_from_slice(&self.screen[start + columns.start..start + columns.end]);
            }
        }
        let mut painter =
            FramePainter::new(frame, &self.bytes[frame.table.clone()], self.file.screen, &mut self.screen);
        let is_sound = self.table.decode(&self.bytes[frame.data.clone()], |indices| painter.paint(indices));
        if !is_sound {
            let error = ErrorKind::BadGif { found: "an invalid code", at: frame.data.start };
            return Err(crate::model::error::Error::from(error).at(index));
        }
        self.at = Some(index);
        Ok(())
    }

    fn dispose(&mut self, index: usize) {
        let frame: &GifFrame = &self.file.frames[index];
        let (columns, rows) = frame.visible(self.file.screen);
        let width = columns.len();
        for (n, row) in rows.enumerate() {
            let start = row * self.file.screen.width();
            let pixels = &mut self.screen[start + columns.start..start + columns.end];
            match frame.disposal {
                FrameDisposal::Any | FrameDisposal::Keep => return,
                FrameDisposal::Background => pixels.fill(0),
                FrameDisposal::Previous => match self.saved.get(n * width..(n + 1) * width) {
                    Some(saved) => pixels.copy_from_slice(saved),
                    None => pixels.fill(0),
                },
            }
        }
    }
}
