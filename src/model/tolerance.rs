//! Lossy LZW: the palette entries that may replace a pixel's own entry to get longer phrases, and the error of each.

use super::changes::{Cell, Changes, ColorCount};
use super::oklab::Oklab;
use super::palette::Palette;
use super::sort::{sort_few_by_key, sorted_by_key};

/// A palette entry that may be written for a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Near {
    /// The palette entry.
    pub symbol: u8,
    /// Its lightness minus that of the source color, in fixed-point Oklab units.
    pub lighter: i16,
    /// Its squared distance from the source color.
    pub error: u32,
}

/// The palette entries similar to each color of a frame. A pixel may use those within a reach that depends on its activity.
#[derive(Debug)]
pub struct Tolerance<'a> {
    cells: &'a [Cell],
    /// Similar entries of all colors, color by color, by rising distance.
    near: Vec<Near>,
    /// By color number: the end of its entries in `nears`; they begin at the end of those of the color before.
    ends: Vec<u32>,
    /// By color number: the distance of the nearest of them.
    nearest: Vec<u32>,
    /// By color number: the lightness of its own entry minus that of the color.
    own: Vec<i16>,
    reach_sq: [u32; 8],
    /// Squared distance that one more pixel in a phrase is worth.
    pub worth: i64,
}

impl<'a> Tolerance<'a> {
    /// Maximum number of similar entries that may be tried for a pixel.
    pub const MOST: usize = 24;

    /// The tolerance for `changes`, whose colors `map` maps into `palette`, with `reach_sq` by activity
    /// ([`Cell::activity`]); at most `most` entries, up to [`Tolerance::MOST`], are tried for a pixel. Colors for which
    /// `fixed` holds stay as they are.
    #[must_use]
    pub fn new(
        changes: &'a Changes,
        palette: &Palette,
        map: &[u8],
        fixed: impl Fn(&ColorCount) -> bool,
        reach_sq: [i32; 8],
        worth: i64,
        most: usize,
    ) -> Self {
        let entries: Vec<Oklab> = palette.colors().iter().map(|&color| Oklab::of(color)).collect();
        let farthest = reach_sq.into_iter().max().unwrap_or_default();
        let around: Vec<Vec<u8>> = entries.iter().map(|&entry| neighbors(&entries, entry, farthest, most)).collect();
        let mut near: Vec<Near> = Vec::new();
        let mut ends = Vec::with_capacity(changes.colors.len());
        let mut nearest = Vec::with_capacity(changes.colors.len());
        let mut own = Vec::with_capacity(changes.colors.len());
        for (count, &index) in changes.colors.iter().zip(map) {
            let start = near.len();
            let mut lighter = 0;
            if !fixed(count) {
                let source = Oklab::of(count.color);
                lighter = entries[usize::from(index)].l - source.l;
                let distances = around[usize::from(index)].iter().map(|&entry| {
                    let lab = entries[usize::from(entry)];
                    Near { symbol: entry, lighter: lab.l - source.l, error: lab.distance_sq(source) as u32 }
                });
                near.extend(distances.filter(|near| near.error <= farthest as u32));
                sort_few_by_key(&mut near[start..], |near| (near.error, near.symbol));
            }
            own.push(lighter);
            nearest.push(near.get(start).map_or(u32::MAX, |near| near.error));
            ends.push(near.len() as u32);
        }
        Self {
            cells: &changes.cells,
            near,
            ends,
            nearest,
            own,
            reach_sq: reach_sq.map(|reach_sq| reach_sq as u32),
            worth,
        }
    }

    /// Whether a changed pixel of this cell has similar entries within its reach.
    #[inline]
    #[must_use]
    pub fn strays(&self, cell: Cell) -> bool {
        self.nearest[cell.color() as usize] <= self.reach_sq[usize::from(cell.activity())]
    }

    /// Color and activity of a pixel in one word: pixels with the same one have the same near entries.
    #[inline]
    #[must_use]
    pub fn key(&self, pixel: usize) -> u32 {
        self.cells[pixel].bits()
    }

    /// The palette entries within the pixel's reach besides its own, nearest first.
    #[inline]
    pub fn near(&self, pixel: usize) -> impl Iterator<Item = Near> {
        let cell = self.cells[pixel];
        let reach_sq = self.reach_sq[usize::from(cell.activity())];
        self.of(cell).iter().copied().take_while(move |near| near.error <= reach_sq)
    }

    /// The lightness of a pixel's own entry minus that of its source color.
    #[inline]
    #[must_use]
    pub fn own(&self, pixel: usize) -> i16 {
        self.own[self.cells[pixel].color() as usize]
    }

    #[inline]
    fn of(&self, cell: Cell) -> &[Near] {
        let color = cell.color() as usize;
        let start = if color == 0 { 0 } else { self.ends[color - 1] };
        &self.near[start as usize..self.ends[color] as usize]
    }
}

/// A pixel's own color may lie anywhere around its entry, so entries up to twice the reach away can be in its reach.
fn neighbors(entries: &[Oklab], center: Oklab, reach_sq: i32, most: usize) -> Vec<u8> {
    let distances = entries.iter().zip(0..=u8::MAX).map(|(entry, index)| (entry.distance_sq(center), index));
    let around: Vec<(i32, u8)> =
        distances.filter(|&(distance, _)| distance > 0 && distance <= reach_sq.saturating_mul(4)).collect();
    let around = sorted_by_key(&around, |&(distance, _)| distance as u64);
    around.into_iter().take(most.min(Tolerance::MOST)).map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::super::color::Color;
    use super::super::geometry::Size;
    use super::*;

    #[test]
    fn near_entries_come_nearest_first_and_within_reach() {
        let screen = Size::new(2, 1).unwrap();
        let count = |color| ColorCount { color, pixels: 1, flat: 0, smooth: 0 };
        let changes = Changes {
            rect: screen.rect(),
            cells: vec![Cell::changed(0, 7), Cell::changed(1, 7)],
            colors: vec![count(Color::gray(100)), count(Color::gray(200))],
        };
        let palette = Palette::new([100, 101, 104, 200, 250].map(Color::gray).to_vec(), false);
        let reach_sq = Oklab::of(Color::gray(100)).distance_sq(Oklab::of(Color::gray(105)));
        let tolerance =
            Tolerance::new(&changes, &palette, &[0, 3], |count| count.color == Color::gray(200), [reach_sq; 8], 1, 8);
        assert_eq!(tolerance.near(0).map(|near| near.symbol).collect::<Vec<_>>(), [1, 2]);
        assert!(tolerance.strays(changes.cells[0]) && !tolerance.strays(changes.cells[1]));
    }
}
