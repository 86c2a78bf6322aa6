//! How far a pixel may stray from its color for the sake of a longer phrase.

use super::changes::{Cell, Changes};
use super::color::Lab;
use super::palette::Palette;

/// Near colors for each pixel of a frame, within a reach that depends on how busy its surroundings are.
#[derive(Debug)]
pub struct Tolerance<'a> {
    cells: &'a [Cell],
    source: Vec<Lab>,
    /// By color number: colors of flat areas never stray.
    fixed: Vec<bool>,
    entries: Vec<Lab>,
    /// By palette index: the entries around it, nearest first.
    neighbors: Vec<Vec<u8>>,
    reach2: [i32; 8],
    /// How much squared distance one more pixel in a phrase is worth.
    pub worth: i64,
}

impl<'a> Tolerance<'a> {
    /// Most near colors tried for a pixel.
    pub const MOST: usize = 8;

    /// The tolerance for `changes` in `palette`, with `reach2` by activity ([`Cell::activity`]); colors that `fixed` holds
    /// for stay as they are.
    #[must_use]
    pub fn new(
        changes: &'a Changes,
        palette: &Palette,
        fixed: impl Fn(&super::changes::ColorCount) -> bool,
        reach2: [i32; 8],
        worth: i64,
    ) -> Self {
        let entries: Vec<Lab> = palette.colors().iter().map(|&color| Lab::of(color)).collect();
        let farthest = reach2.into_iter().max().unwrap_or_default();
        Self {
            cells: &changes.cells,
            source: changes.colors.iter().map(|count| Lab::of(count.color)).collect(),
            fixed: changes.colors.iter().map(fixed).collect(),
            neighbors: entries.iter().map(|&entry| neighbors(&entries, entry, farthest)).collect(),
            entries,
            reach2,
            worth,
        }
    }

    /// Largest squared distance for a pixel; 0 if it must keep its color.
    #[inline]
    #[must_use]
    pub fn reach2(&self, pixel: usize) -> i32 {
        let cell = self.cells[pixel];
        let reach2 = self.reach2[usize::from(cell.activity())];
        if reach2 == 0 || cell.is_static() || self.fixed[cell.color() as usize] { 0 } else { reach2 }
    }

    /// The palette entries within the pixel's reach besides its own `index`, with their squared distances.
    #[inline]
    pub fn near(&self, pixel: usize, index: u8) -> impl Iterator<Item = (u8, u32)> {
        let reach2 = self.reach2(pixel);
        let color = self.cells[pixel].color() as usize;
        // A static pixel's color may be unknown, but then nothing is in reach.
        let source = self.source.get(color).copied().unwrap_or_default();
        let around: &[u8] = if reach2 == 0 { &[] } else { &self.neighbors[usize::from(index)] };
        around.iter().filter_map(move |&near| {
            let distance = self.entries[usize::from(near)].distance2(source);
            (distance <= reach2).then_some((near, distance as u32))
        })
    }
}

/// A pixel's own color may lie anywhere around its entry, so entries up to twice the reach away can be in its reach.
fn neighbors(entries: &[Lab], center: Lab, reach2: i32) -> Vec<u8> {
    let distances = entries.iter().zip(0..=u8::MAX).map(|(entry, index)| (entry.distance2(center), index));
    let mut around: Vec<(i32, u8)> =
        distances.filter(|&(distance, _)| distance > 0 && distance <= reach2.saturating_mul(4)).collect();
    around.sort_unstable();
    around.into_iter().take(Tolerance::MOST).map(|(_, index)| index).collect()
}
