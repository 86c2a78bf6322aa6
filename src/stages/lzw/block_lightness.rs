//! Errors of lightness by block: fine grain is hardly seen, a block that is too light or too dark as a whole is.

use crate::model::tolerance::Near;

/// Side of the blocks in which errors of lightness are to add up to nothing.
const SIDE: usize = 4;

/// Weight, in 16ths of the squared error of a pixel, of what it adds to the squared error of its block.
const WEIGHT: i32 = 6;

/// Beyond this much in all a block counts as no lighter, nor darker, in fixed-point Oklab units: products stay in 32 bits.
const MOST: i32 = 1 << 14;

/// How much lighter than its sources each block of a frame has become so far.
#[derive(Debug)]
pub(super) struct BlockLightness {
    width: usize,
    /// By block, of the even and of the odd band of blocks; both are in hand where a search goes beyond a row.
    bands: [Vec<i32>; 2],
}

impl BlockLightness {
    /// For a frame of this width.
    pub fn new(width: usize) -> Self {
        let bands = [(); 2].map(|()| vec![0; width.div_ceil(SIDE)]);
        Self { width, bands }
    }

    /// The number of a pixel's block in its band, and how much lighter the block is.
    #[inline]
    pub fn at(&self, pixel: usize) -> (u16, i32) {
        let (band, block) = self.place(pixel);
        (block as u16, self.bands[band][block])
    }

    /// What it costs that a pixel becomes `near` in a block that is `lighter`: its own error, and what it does to that of
    /// the block, which may be good.
    #[inline]
    pub fn cost(near: Near, lighter: i32) -> i32 {
        let step = i32::from(near.lighter);
        let lighter = lighter.clamp(-MOST, MOST);
        near.error as i32 + (((2 * lighter + step) * step) >> 4) * WEIGHT
    }

    /// Notes that a pixel became so much lighter.
    pub fn add(&mut self, pixel: usize, lighter: i16) {
        let (band, block) = self.place(pixel);
        self.bands[band][block] += i32::from(lighter);
    }

    /// Makes room for the next band, where `pixel` is the first of one.
    pub fn enter(&mut self, pixel: usize) {
        if pixel.is_multiple_of(self.width * SIDE) {
            let (band, _) = self.place(pixel);
            self.bands[band ^ 1].fill(0);
        }
    }

    /// Which of the two bands, and the block in it. In 32 bits, in which a division takes half the time.
    #[inline]
    fn place(&self, pixel: usize) -> (usize, usize) {
        let (pixel, width) = (pixel as u32, self.width as u32);
        let (row, column) = (pixel / width, pixel % width);
        ((row as usize / SIDE) & 1, column as usize / SIDE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(lighter: i16) -> Near {
        Near { symbol: 0, lighter, error: 100 * 100 }
    }

    #[test]
    fn an_error_that_makes_good_for_others_costs_less_than_one_that_adds_to_them() {
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
        assert_eq!((blocks.at(0), blocks.at(4), blocks.at(9)), ((0, 5), (1, 7), (2, 0)));
        blocks.add(40, 3);
        assert_eq!((blocks.at(0), blocks.at(43)), ((0, 5), (0, 3)));
        blocks.enter(40);
        assert_eq!((blocks.at(80), blocks.at(43)), ((0, 0), (0, 3)));
    }
}
