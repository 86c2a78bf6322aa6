//! Two composed rasters in, the [`Changes`] between them out.
//!
//! The source colors are compared, before any palette exists, so that a pixel whose source does not change is not drawn again.

mod color_index;

use color_index::ColorIndex;

use crate::model::changes::{Cell, Changes, ColorCount};
use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::geometry::Rect;
use crate::model::raster::{Raster, reserve};

/// Returns the pixels that changed from `base` to `raster`, without a base all pixels; `None` if no pixel differs. Both
/// rasters must have the same size.
///
/// # Errors
/// `OUT_OF_MEMORY` when the cells cannot be allocated.
pub fn changes(base: Option<&Raster>, raster: &Raster) -> Result<Option<Changes>> {
    let Some(rect) = changed_rect(base, raster) else {
        return Ok(None);
    };
    let mut cells = reserve(rect.area())?;
    cells.resize(rect.area(), Cell::unchanged(Cell::UNKNOWN));
    let mut counter = ColorCounter::default();
    let mut activity = Activity::default();
    for (row_cells, y) in cells.chunks_exact_mut(rect.width()).zip(rect.top()..) {
        let row = &raster.row(y)[rect.left()..][..rect.width()];
        let below = base.map(|base| &base.row(y)[rect.left()..][..rect.width()]);
        if below.is_none_or(|below| rows_differ(below, row)) {
            counter.count_row(row_cells, row, below, activity.of_row(raster, y, rect));
        }
    }
    let (index, colors) = counter.finish();
    if base.is_some() {
        name_static_colors(raster, rect, &index, &mut cells);
    }
    Ok(Some(Changes { rect, cells, colors }))
}

/// Numbers and counts the colors of changed pixels. The last color is cached, since screenshots consist mostly of runs.
#[derive(Debug)]
struct ColorCounter {
    index: ColorIndex,
    colors: Vec<ColorCount>,
    /// The last color: its 32-bit word and its number.
    word: u32,
    number: u32,
    /// Pixels of the last color that are not in `colors` yet: flat, smooth, and others.
    run: [u32; 3],
}

/// Pixels of a row that are compared together.
const BLOCK: usize = 16;

/// Differs from the word of every color, so that the first pixel is looked up.
const NO_COLOR: u32 = u32::MAX;

impl Default for ColorCounter {
    fn default() -> Self {
        Self { index: ColorIndex::default(), colors: Vec::new(), word: NO_COLOR, number: 0, run: [0; 3] }
    }
}

impl ColorCounter {
    /// Fills in the cells of a row's pixels that differ from `below` (or of all pixels) and counts their colors. Blocks of
    /// one color in flat surroundings, most of a screenshot, are counted at once.
    fn count_row(&mut self, cells: &mut [Cell], row: &[Color], below: Option<&[Color]>, activity: &[u8]) {
        let (colors, levels) = (row.chunks(BLOCK), activity.chunks(BLOCK));
        for (block, (cells, (colors, levels))) in cells.chunks_mut(BLOCK).zip(colors.zip(levels)).enumerate() {
            let below = below.map(|below| &below[block * BLOCK..][..colors.len()]);
            if below.is_some_and(|below| all(below.iter().zip(colors), |(below, color)| below == color)) {
                continue;
            }
            let word = self.word;
            if all(colors, |color| color.bits() == word)
                && all(levels, |&level| level == 0)
                && below.is_none_or(|below| all(below, |color| color.bits() != word))
            {
                cells.fill(Cell::changed(self.number, 0));
                self.run[0] += colors.len() as u32;
                continue;
            }
            for (at, (cell, (&color, &activity))) in cells.iter_mut().zip(colors.iter().zip(levels)).enumerate() {
                if below.is_none_or(|below| below[at] != color) {
                    *cell = Cell::changed(self.count(color, activity), activity);
                }
            }
        }
    }

    /// Counts one pixel and returns its color's number.
    #[inline]
    fn count(&mut self, color: Color, activity: u8) -> u32 {
        if color.bits() != self.word {
            self.next_run(color);
        }
        self.run[usize::from(activity > 0) + usize::from(activity > ColorCount::MOST_SMOOTH)] += 1;
        self.number
    }

    fn next_run(&mut self, color: Color) {
        self.add_run();
        self.word = color.bits();
        self.number = self.index.number(color);
        if self.number as usize == self.colors.len() {
            self.colors.push(ColorCount { color, pixels: 0, flat: 0, smooth: 0 });
        }
    }

    fn add_run(&mut self) {
        let [flat, smooth, others] = std::mem::take(&mut self.run);
        if let Some(count) = self.colors.get_mut(self.number as usize) {
            count.pixels += flat + smooth + others;
            count.flat += flat;
            count.smooth += smooth;
        }
    }

    fn finish(mut self) -> (ColorIndex, Vec<ColorCount>) {
        self.add_run();
        (self.index, self.colors)
    }
}

/// Whether `holds` for all items, without an early exit, so that the compiler vectorizes it.
fn all<T>(items: impl IntoIterator<Item = T>, holds: impl Fn(T) -> bool) -> bool {
    items.into_iter().fold(true, |all, item| all & holds(item))
}

/// Whether `raster` can be drawn on `before`, by disposal "previous" of `base`, without drawing an unchanged pixel again.
///
/// False if some pixel changed from `before` to `base` and not from `base` to `raster`: it would be drawn a second time,
/// perhaps with the nearest color of another palette, and would flicker.
#[must_use]
pub fn returns(before: &Raster, base: &Raster, raster: &Raster) -> bool {
    let pixels = before.pixels().iter().zip(base.pixels()).zip(raster.pixels());
    !pixels.into_iter().any(|((before, base), now)| base == now && before != base)
}

/// Returns the smallest rectangle that contains all differing pixels.
fn changed_rect(base: Option<&Raster>, raster: &Raster) -> Option<Rect> {
    let size = raster.size();
    let Some(base) = base else {
        return Some(size.rect());
    };
    let differs = |y: &usize| rows_differ(base.row(*y), raster.row(*y));
    let top = (0..size.height()).find(differs)?;
    let bottom = (top..size.height()).rev().find(differs)?;
    let (mut left, mut right) = (size.width(), 0);
    for y in top..=bottom {
        let (below, row) = (base.row(y), raster.row(y));
        // Only pixels outside the columns found so far can widen the rectangle.
        if let Some(x) = (0..left).find(|&x| below[x] != row[x]) {
            left = x;
        }
        if let Some(x) = (right..size.width()).rev().find(|&x| below[x] != row[x]) {
            right = x + 1;
        }
    }
    Rect::new(left, top, right.checked_sub(left)?, bottom - top + 1, size)
}

/// Compares blocks of pixels without an early exit, so that the compiler vectorizes it.
fn rows_differ(a: &[Color], b: &[Color]) -> bool {
    let (a_blocks, a_rest) = a.as_chunks::<32>();
    let (b_blocks, b_rest) = b.as_chunks::<32>();
    let block = |(a, b): (&[Color; 32], &[Color; 32])| (0..32).fold(0, |sum, i| sum | (a[i].bits() ^ b[i].bits())) != 0;
    a_blocks.iter().zip(b_blocks).any(block) || a_rest != b_rest
}

/// Computes the activity of pixels: the bit length of the largest channel difference to the four neighbors, from 0 (all
/// equal) to 7 (64 and more). Differences are combined by bitwise "or", which is less than twice their maximum.
///
/// Each step is a plain loop over bytes or words of equal length, so that the compiler vectorizes it.
#[derive(Debug, Default)]
struct Activity {
    differences: Vec<u32>,
    levels: Vec<u8>,
}

impl Activity {
    /// Returns the activity of the pixels of row `y` inside `rect`. Beyond the edge of the screen, the edge pixels repeat.
    fn of_row(&mut self, raster: &Raster, y: usize, rect: Rect) -> &[u8] {
        let size = raster.size();
        let row = raster.row(y);
        let above = raster.row(y.saturating_sub(1));
        let below = raster.row((y + 1).min(size.height() - 1));
        let (first, end) = (rect.left(), rect.left() + rect.width());
        self.differences.clear();
        self.differences.resize(rect.width(), 0);
        self.join(&row[first..end], &above[first..end]);
        self.join(&row[first..end], &below[first..end]);
        // Pairs of a pixel and its right neighbor, along the row.
        let (from, to) = (first.max(1), (end + 1).min(size.width()));
        self.join_pairs(&row[from - 1..to - 1], &row[from..to], from - first);

        self.levels.clear();
        self.levels.extend(self.differences.iter().map(|sum| (sum | sum >> 8 | sum >> 16) as u8));
        for level in &mut self.levels {
            let sum = *level;
            *level = [1, 2, 4, 8, 16, 32, 64].into_iter().map(|least| u8::from(sum >= least)).sum();
        }
        &self.levels
    }

    fn join(&mut self, row: &[Color], neighbors: &[Color]) {
        let pairs = bytemuck::cast_slice::<Color, u8>(row).iter().zip(bytemuck::cast_slice::<Color, u8>(neighbors));
        for (sum, (&a, &b)) in bytemuck::cast_slice_mut::<u32, u8>(&mut self.differences).iter_mut().zip(pairs) {
            *sum |= a.abs_diff(b);
        }
    }

    /// Adds the difference of each `left`, `right` pair to both pixels. The right one is column `at` of the rectangle, at most
    /// one past its end; the left one is column `at - 1`, at least one before its start.
    fn join_pairs(&mut self, left: &[Color], right: &[Color], at: usize) {
        let (left, right) = (bytemuck::cast_slice::<Color, u8>(left), bytemuck::cast_slice::<Color, u8>(right));
        let sums = bytemuck::cast_slice_mut::<u32, u8>(&mut self.differences);
        for (sum, (&a, &b)) in sums[at * 4..].iter_mut().zip(left.iter().zip(right)) {
            *sum |= a.abs_diff(b);
        }
        let before = if at == 0 { 4 } else { 0 };
        let start = at.saturating_sub(1) * 4;
        for (sum, (&a, &b)) in sums[start..].iter_mut().zip(left[before..].iter().zip(&right[before..])) {
            *sum |= a.abs_diff(b);
        }
    }
}

/// Stores the color number of unchanged pixels in flat surroundings, if changed pixels have the same color. The encoder may
/// then write that color instead of transparency, where that gives longer runs.
fn name_static_colors(raster: &Raster, rect: Rect, index: &ColorIndex, cells: &mut [Cell]) {
    for (row_cells, y) in cells.chunks_exact_mut(rect.width()).zip(rect.top()..) {
        let row = &raster.row(y)[rect.left()..][..rect.width()];
        let mut last = (NO_COLOR, Cell::UNKNOWN);
        for (cells, colors) in row_cells.chunks_mut(BLOCK).zip(row.chunks(BLOCK)) {
            if all(colors, |color| color.bits() == last.0) && all(cells.iter(), |cell| cell.is_static()) {
                cells.fill(Cell::unchanged(last.1));
                continue;
            }
            for (cell, &color) in cells.iter_mut().zip(colors).filter(|(cell, _)| cell.is_static()) {
                if color.bits() != last.0 {
                    last = (color.bits(), index.find(color).unwrap_or(Cell::UNKNOWN));
                }
                *cell = Cell::unchanged(last.1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::Size;

    fn raster(width: u32, pixels: &[u32]) -> Raster {
        let size = Size::new(width, pixels.len() as u32 / width).unwrap();
        Raster::from_pixels(size, pixels.iter().copied().map(Color::from_bits).collect()).unwrap()
    }

    #[test]
    fn equal_rasters_have_no_changes() {
        let a = raster(2, &[1, 2, 3, 4]);
        assert!(changes(Some(&a), &a).unwrap().is_none());
    }

    #[test]
    fn the_first_raster_is_all_change() {
        let found = changes(None, &raster(2, &[5, 5, 6, 5])).unwrap().unwrap();
        assert_eq!((found.rect.area(), found.pixels(), found.has_static()), (4, 4, false));
        let counts: Vec<_> = found.colors.iter().map(|count| (count.color.bits(), count.pixels)).collect();
        assert_eq!(counts, [(5, 3), (6, 1)]);
    }

    #[test]
    fn the_rectangle_is_the_smallest_and_static_pixels_inside_are_known() {
        let before = raster(4, &[0, 0, 0, 0, 0, 1, 7, 0, 0, 0, 1, 0]);
        let after = raster(4, &[0, 0, 0, 0, 0, 2, 7, 0, 0, 0, 7, 0]);
        let found = changes(Some(&before), &after).unwrap().unwrap();
        assert_eq!((found.rect.left(), found.rect.top(), found.rect.width(), found.rect.height()), (1, 1, 2, 2));
        assert_eq!(found.cells[0].color(), 0);
        assert_eq!(found.cells[1], Cell::unchanged(1));
        assert_eq!(found.cells[2], Cell::unchanged(Cell::UNKNOWN));
        assert!(!found.cells[3].is_static());
    }

    #[test]
    fn flat_surroundings_have_activity_zero() {
        let found = changes(None, &raster(3, &[9, 9, 9, 9, 9, 9, 9, 9, 9])).unwrap().unwrap();
        assert_eq!(found.colors[0].flat, 9);
    }

    #[test]
    fn activity_agrees_with_looking_at_each_neighbor() {
        let (width, height) = (7, 5);
        let mut state = 9u32;
        let pixels: Vec<u32> = (0..width * height)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if state >> 30 == 0 { state >> 8 } else { 0x0a_0b0c }
            })
            .collect();
        let raster = raster(width as u32, &pixels);
        let rect = Rect::new(1, 1, 6, 3, raster.size()).unwrap();
        for rect in [rect, raster.size().rect()] {
            for y in rect.top()..rect.top() + rect.height() {
                let expected: Vec<u8> = (rect.left()..rect.left() + rect.width())
                    .map(|x| {
                        let around = [
                            (x.saturating_sub(1), y),
                            ((x + 1).min(width - 1), y),
                            (x, y.saturating_sub(1)),
                            (x, (y + 1).min(height - 1)),
                        ];
                        let sum = around.iter().fold(0, |sum, &(nx, ny)| {
                            let pair = [raster.row(y)[x], raster.row(ny)[nx]].map(Color::channels);
                            (0..3).fold(sum, |sum, i| sum | pair[0][i].abs_diff(pair[1][i]))
                        });
                        (8 - sum.leading_zeros()).min(7) as u8
                    })
                    .collect();
                assert_eq!(Activity::default().of_row(&raster, y, rect), expected, "row {y}");
            }
        }
    }

    #[test]
    fn a_trace_left_behind_forbids_the_return() {
        let (a, b) = (raster(2, &[0, 0]), raster(2, &[1, 1]));
        assert!(returns(&a, &b, &a));
        assert!(!returns(&a, &b, &raster(2, &[0, 1])));
    }
}
