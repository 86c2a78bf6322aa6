//! The colors of a frame that neither lossy LZW nor the refinement of the palette may change.

use super::changes::{Changes, ColorCount};
use super::color_set::ColorSet;

/// A color is fixed if more than one in this many of the changed pixels show it in flat areas, where an error is visible.
const FLAT_SHARE: u64 = 256;
/// Number of such pixels up to which no color is fixed.
const LEAST_FLAT_PIXELS: u64 = 64;

/// Returns whether a color of `changes` is fixed: one of large flat areas, or one of `pinned`, which later frames rely on.
pub fn fixed_colors(changes: &Changes, pinned: &ColorSet) -> impl Fn(&ColorCount) -> bool {
    let least_flat = (changes.pixels() / FLAT_SHARE).max(LEAST_FLAT_PIXELS);
    move |count| u64::from(count.flat) > least_flat || pinned.contains(count.color)
}
