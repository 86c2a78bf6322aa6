//! Paints palette indices on the screen: clipping, interlacing, transparency.

use std::ops::Range;

use super::gif_file::GifFrame;
use crate::model::color::Color;
use crate::model::geometry::Size;

/// First row and step of the four passes of an interlaced frame (GIF89a appendix E).
const PASSES: [(usize, usize); 4] = [(0, 8), (4, 8), (2, 4), (1, 2)];
/// Alpha of a drawn pixel. Pixels that were never drawn have 0.
const OPAQUE: u32 = 0xff00_0000;

/// Paints the indices of one frame, in the order in which they are decoded.
#[derive(Debug)]
pub(super) struct FramePainter<'a> {
    screen: &'a mut [u32],
    stride: usize,
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    is_interlaced: bool,
    columns: Range<usize>,
    rows: Range<usize>,
    /// By index: the pixel to paint; 0 leaves the pixel of the screen.
    colors: [u32; 256],
    /// Next position: column in the frame, and number of rows before it in the order of the file.
    column: usize,
    done_rows: usize,
}

impl<'a> FramePainter<'a> {
    /// Returns a painter of `frame`, whose color table is `table`, on the pixels of a screen of `size`.
    pub fn new(frame: &GifFrame, table: &[u8], size: Size, screen: &'a mut [u32]) -> Self {
        let mut colors = [0; 256];
        for (color, rgb) in colors.iter_mut().zip(table.chunks_exact(3)) {
            *color = Color::rgb([rgb[0], rgb[1], rgb[2]]).bits() | OPAQUE;
        }
        if let Some(transparent) = frame.transparent {
            colors[usize::from(transparent)] = 0;
        }
        let (columns, rows) = frame.visible(size);
        Self {
            screen,
            stride: size.width(),
            left: frame.left.into(),
            top: frame.top.into(),
            width: frame.width.into(),
            height: frame.height.into(),
            is_interlaced: frame.is_interlaced,
            columns,
            rows,
            colors,
            column: 0,
            done_rows: 0,
        }
    }

    /// Paints the next pixels; `false` when the frame is full.
    pub fn paint(&mut self, mut indices: &[u8]) -> bool {
        while self.done_rows < self.height && self.width > 0 {
            if indices.is_empty() {
                return true;
            }
            let (now, later) = indices.split_at(indices.len().min(self.width - self.column));
            self.paint_row(now);
            indices = later;
            self.column += now.len();
            if self.column == self.width {
                self.column = 0;
                self.done_rows += 1;
            }
        }
        false
    }

    fn paint_row(&mut self, indices: &[u8]) {
        let row =
            self.top + if self.is_interlaced { interlaced_row(self.done_rows, self.height) } else { self.done_rows };
        if !self.rows.contains(&row) {
            return;
        }
        let start = (self.left + self.column).min(self.columns.end);
        let end = (self.left + self.column + indices.len()).min(self.columns.end);
        let Some(pixels) = self.screen.get_mut(row * self.stride + start..row * self.stride + end) else { return };
        for (pixel, &index) in pixels.iter_mut().zip(indices) {
            let color = self.colors[usize::from(index)];
            if color != 0 {
                *pixel = color;
            }
        }
    }
}

/// Returns the row of an interlaced frame of `height` rows that is stored as row `n`.
fn interlaced_row(mut n: usize, height: usize) -> usize {
    for (first, step) in PASSES {
        let rows = height.saturating_sub(first).div_ceil(step);
        if n < rows {
            return first + n * step;
        }
        n -= rows;
    }
    height
}

#[cfg(test)]
mod tests {
    use super::interlaced_row;

    #[test]
    fn every_row_comes_once_and_the_passes_in_order() {
        for height in 1..40 {
            let mut rows: Vec<usize> = (0..height).map(|n| interlaced_row(n, height)).collect();
            rows.sort_unstable();
            assert_eq!(rows, (0..height).collect::<Vec<_>>());
        }
        assert_eq!((0..10).map(|n| interlaced_row(n, 10)).collect::<Vec<_>>(), [0, 8, 4, 2, 6, 1, 3, 5, 7, 9]);
    }
}
