//! Sums of lightness errors in blocks of 4x4 pixels. Errors of single pixels that cancel out within a block are hardly
//! visible; a block whose mean is too light or too dark is.

use crate::model::tolerance::Near;

/// Width and height of a block in pixels.
const SIDE: usize = 4;

/// Weight of the change in a block's squared error, in 16ths of the weight of a pixel's own squared error.
const WEIGHT: i32 = 6;

/// Limit of a block's sum in both directions, in fixed-point Oklab units, so that products fit into 32 bits.
const MOST: i32 = 1 << 14;

/// For each block of the frame: the sum of (written lightness - source lightness) over its pixels so far.
#[derive(Debug)]
pub(super) struct BlockLightness {
    width: usize,
    /// By column of blocks, for the even and the odd row of blocks: a search may reach into the next row of blocks.
    bands: [Vec<i32>; 2],
    /// The row of pixels that the last pixel was in: its first pixel, and its band. Most pixels are in the same one, so that
    /// their column needs no division.
    row: (usize, usize),
}

impl BlockLightness {
    /// Returns zero sums for a frame of `width` pixels.
    pub fn new(width: usize) -> Self {
        let bands = [(); 2].map(|()| vec![0; width.div_ceil(SIDE)]);
        Self { width, bands, row: (0, 0) }
    }

    /// Returns the column of the block that holds `pixel`, and the block's sum.
    #[inline]
    pub fn at(&mut self, pixel: usize) -> (u16, i32) {
        let (band, block) = self.place(pixel);
        (block as u16, self.bands[band][block])
    }

    /// Returns the cost of writing `near` in a block whose sum is `lighter`: the pixel's squared error, plus the weighted
    /// change of the block's squared error, which is negative if the pixel compensates.
    #[inline]
    pub fn cost(near: Near, lighter: i32) -> i32 {
        let step = i32::from(near.lighter);
        let lighter = lighter.clamp(-MOST, MOST);
        near.error as i32 + (((2 * lighter + step) * step) >> 4) * WEIGHT
    }

    /// Adds `lighter`, the lightness error of `pixel`, to the sum of its block.
    pub fn add(&mut self, pixel: usize, lighter: i16) {
        let (band, block) = self.place(pixel);
        self.bands[band][block] += i32::from(lighter);
    }

    /// If `pixel` is the first of a row of blocks, clears the sums of the other row, which are used for the next one.
    pub fn enter(&mut self, pixel: usize) {
        if pixel.is_multiple_of(self.width * SIDE) {
            let (band, _) = self.place(pixel);
            self.bands[band ^ 1].fill(0);
        }
    }

    /// Returns the row (0 even, 1 odd) and the column of the block that holds `pixel`.
    #[inline]
    fn place(&mut self, pixel: usize) -> (usize, usize) {
        if pixel.wrapping_sub(self.row.0) >= self.width {
            // A division of 32 bits takes half the time of one of 64.
            let (row, column) = (pixel as u32 / self.width as u32, pixel as u32 % self.width as u32);
            self.row = (pixel - column as usize, (row as usize / SIDE) & 1);
        }
        (self.row.1, (pixel - self.row.0) / SIDE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(lighter: i16) -> Near {
        Near { symbol: 0, lighter, error: 100 * 100 }
    }

    #[test]
    fn an_error_that_compensates_others_costs_less_than_one_that_adds_to_them() {
        let costs = [-200, 0, 200].map(|lighter| BlockLightness::cost(near(100), lighter));
        assert!(costs.is_sorted() && costs[0] < costs[1] && costs[1] < costs[2], "{costs:?}");
        assert_eq!(BlockLightness::cost(near(0), 300), 100 * 100);
    }

    #[test]
    fn the_largest_errors_there_are_stay_in_range() {
        for lighter in [i32::MIN / 2, -MOST, MOST, i32::MAX / 2] {
            for step in [-16_384, 16_384] {
                BlockLightness::cost(Near { symbol: 0, lighter: step, error: 1 << 29 }, lighter);
            }
        }
    }

    #[test]
    fn blocks_are_four_by_four_and_forgotten_two_bands_later() {
        let mut blocks = BlockLightness::new(10);
        blocks.enter(0);
        blocks.add(13, 5);
        blocks.add(24, 7);
        assert_eq!([0, 4, 9].map(|pixel| blocks.at(pixel)), [(0, 5), (1, 7), (2, 0)]);
        blocks.add(40, 3);
        assert_eq!([0, 43].map(|pixel| blocks.at(pixel)), [(0, 5), (0, 3)]);
        blocks.enter(40);
        assert_eq!([80, 43].map(|pixel| blocks.at(pixel)), [(0, 0), (0, 3)]);
    }
}
