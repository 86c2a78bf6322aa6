//! A map of the changed detail of a screenshot: text, icons, photos. The camera uses it to find where a step happened.

use super::changes::Changes;
use super::click_marker::Placement;
use super::error::Result;
use super::geometry::{Rect, Size};
use super::worker_message::{MessageReader, MessageWriter};

/// Number of changed pixels with edges, in a grid of [`BusyMap::SIDE`] x [`BusyMap::SIDE`] cells over the whole screenshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusyMap {
    /// Size of the screenshot.
    pub source: Size,
    /// Number of such pixels of the screen in each cell, row by row.
    cells: Vec<u32>,
}

impl BusyMap {
    /// Number of cells in each direction.
    pub const SIDE: usize = 64;
    /// Lowest activity of a pixel that counts. Gradients and soft shadows have less.
    const BUSY: u8 = 4;

    /// Returns a map without changes.
    #[must_use]
    pub fn empty(source: Size) -> Self {
        Self { source, cells: vec![0; Self::SIDE * Self::SIDE] }
    }

    /// Returns the map of `changes` on the screen. `placement` says where on the screen the screenshot lies.
    #[must_use]
    pub fn of(changes: &Changes, placement: &Placement) -> Self {
        let mut map = Self::empty(placement.source);
        let cell = |at: usize, start: usize, len: usize| {
            at.checked_sub(start).map(|at| at * Self::SIDE / len).filter(|&cell| cell < Self::SIDE)
        };
        let rect = changes.rect;
        for (row, y) in changes.cells.chunks_exact(rect.width()).zip(rect.top()..) {
            let Some(down) = cell(y, placement.top, placement.shown.height()) else { continue };
            for (pixel, x) in row.iter().zip(rect.left()..) {
                if pixel.is_static() || pixel.activity() < Self::BUSY {
                    continue;
                }
                if let Some(across) = cell(x, placement.left, placement.shown.width()) {
                    map.cells[down * Self::SIDE + across] += 1;
                }
            }
        }
        map
    }

    /// Adds pixels to the cell around a point, in pixels of the screenshot.
    #[cfg(test)]
    pub(crate) fn add(&mut self, left: usize, top: usize, pixels: u32) {
        let (across, down) = (left * Self::SIDE / self.source.width(), top * Self::SIDE / self.source.height());
        self.cells[down * Self::SIDE + across] += pixels;
    }

    /// Pixels of the cell in column `across` and row `down`.
    #[must_use]
    pub fn at(&self, across: usize, down: usize) -> u32 {
        self.cells.get(down * Self::SIDE + across).copied().unwrap_or_default()
    }

    /// Number of pixels in all cells.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.cells.iter().map(|&pixels| u64::from(pixels)).sum()
    }

    /// Number of pixels in the cells whose center lies in `rect`, which is in pixels of the screenshot.
    #[must_use]
    pub fn within(&self, rect: Rect) -> u64 {
        let middle = |cell: usize, len: usize| (2 * cell + 1) * len / (2 * Self::SIDE);
        let (width, height) = (self.source.width(), self.source.height());
        let columns =
            (0..Self::SIDE).filter(|&cell| (rect.left()..rect.left() + rect.width()).contains(&middle(cell, width)));
        let rows =
            (0..Self::SIDE).filter(|&cell| (rect.top()..rect.top() + rect.height()).contains(&middle(cell, height)));
        let columns: Vec<usize> = columns.collect();
        rows.flat_map(|down| columns.iter().map(move |&across| u64::from(self.at(across, down)))).sum()
    }

    /// Appends the map.
    pub(super) fn write(&self, writer: &mut MessageWriter) {
        writer.u32(self.source.width() as u32).u32(self.source.height() as u32);
        // Most cells are 0, so only the others are written: each number holds the index of a cell and its pixels.
        let filled = self.cells.iter().enumerate().filter(|(_, pixels)| **pixels > 0);
        let words: Vec<u32> = filled.flat_map(|(cell, &pixels)| [cell as u32, pixels]).collect();
        writer.list(words.into_iter());
    }

    /// Reads what [`BusyMap::write`] wrote.
    pub(super) fn read(reader: &mut MessageReader) -> Result<Self> {
        let [width, height] = [reader.u32()?, reader.u32()?];
        let mut map = Self::empty(Size::new(width, height)?);
        for &[cell, pixels] in reader.list()?.as_chunks::<2>().0 {
            *map.cells.get_mut(cell as usize).ok_or_else(|| reader.damaged())? = pixels;
        }
        Ok(map)
    }
}
