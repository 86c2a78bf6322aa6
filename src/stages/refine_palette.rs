//! [`Changes`] and the palette indices that were written in, a palette with smaller errors out.
//!
//! Lossy LZW writes other entries for some pixels than the palette was made for. One centroid update of k-means (S. Lloyd,
//! "Least squares quantization in PCM", 1982) sets every entry to the mean of the pixels that show it. That costs no bytes:
//! only the color table changes. `model::fixed_colors` decides which entries stay as they are.

use crate::model::changes::{Changes, ColorCount};
use crate::model::color::Color;
use crate::model::color_set::ColorSet;
use crate::model::palette::Palette;

/// Sets every entry of `palette`, into which `map` maps the colors of `changes`, to the mean of the changed pixels that have
/// its index in `shown`. Entries whose color satisfies `fixed` stay as they are: other frames rely on them, and flat areas
/// show them.
#[must_use]
pub fn refine_palette(
    changes: &Changes,
    map: &[u8],
    shown: &[u8],
    palette: &Palette,
    fixed: impl Fn(&ColorCount) -> bool,
) -> Palette {
    let mut sums = [[0u64; 3]; Palette::MAX_ENTRIES];
    let mut pixels = [0u64; Palette::MAX_ENTRIES];
    for (count, &index) in changes.colors.iter().zip(map) {
        for (sum, channel) in sums[usize::from(index)].iter_mut().zip(count.color.channels()) {
            *sum += u64::from(channel) * u64::from(count.pixels);
        }
        pixels[usize::from(index)] += u64::from(count.pixels);
    }
    // Most pixels show the entry of their color.
    for (cell, &index) in changes.cells.iter().zip(shown) {
        if cell.is_static() || map[cell.color() as usize] == index {
            continue;
        }
        let (own, index) = (usize::from(map[cell.color() as usize]), usize::from(index));
        for (i, channel) in changes.colors[cell.color() as usize].color.channels().into_iter().enumerate() {
            sums[own][i] = sums[own][i].wrapping_sub(u64::from(channel));
            sums[index][i] = sums[index][i].wrapping_add(u64::from(channel));
        }
        pixels[own] = pixels[own].wrapping_sub(1);
        pixels[index] = pixels[index].wrapping_add(1);
    }
    let fixed: Vec<Color> = changes.colors.iter().filter(|count| fixed(count)).map(|count| count.color).collect();
    let fixed = ColorSet::new(&fixed);
    let colors = palette.colors().iter().zip(sums.iter().zip(pixels)).map(|(&color, (sum, pixels))| {
        if pixels == 0 || fixed.contains(color) {
            return color;
        }
        Color::rgb(sum.map(|sum| ((sum + pixels / 2) / pixels) as u8))
    });
    Palette::new(colors.collect(), palette.transparent().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::changes::Cell;
    use crate::model::geometry::{Rect, Size};

    const GRAY: Color = Color::gray(0x80);

    /// Pixels of the given colors, the last one static, with a palette of black, middle gray and transparent.
    fn refined(colors: &[Color], shown: &[u8], fixed: Color) -> Vec<Color> {
        let screen = Size::new(colors.len() as u32 + 1, 1).unwrap();
        let rect = Rect::new(0, 0, colors.len() + 1, 1, screen).unwrap();
        let cells = (0..colors.len() as u32).map(|color| Cell::changed(color, 7));
        let cells = cells.chain([Cell::unchanged(0)]).collect();
        let count = |&color| ColorCount { color, pixels: 1, flat: 0, smooth: 0 };
        let changes = Changes { rect, cells, colors: colors.iter().map(count).collect() };
        let palette = Palette::new(vec![Color::BLACK, GRAY], true);
        let map = vec![0; colors.len()];
        let moved = refine_palette(&changes, &map, shown, &palette, |count| count.color == fixed);
        assert_eq!(moved.transparent(), palette.transparent());
        moved.colors().to_vec()
    }

    #[test]
    fn entries_move_to_the_mean_of_what_they_show() {
        assert_eq!(
            refined(&[GRAY, Color::rgb([0x7f, 0x80, 0x83])], &[1, 1, 1], Color::WHITE),
            [Color::BLACK, Color::rgb([0x80, 0x80, 0x82])]
        );
    }

    #[test]
    fn fixed_entries_and_unused_ones_stay() {
        assert_eq!(refined(&[GRAY, Color::gray(0x90)], &[1, 1, 2], GRAY), [Color::BLACK, GRAY]);
    }
}
