//! [`Changes`] and the palette indices that were written in, the changes that a second image of the frame has to show out.
//!
//! With `colors: "rich"`, a frame with more colors than one palette holds is written as two images: the second shows the
//! pixels that the first palette missed, with a palette of its own.
//!
//! The stage `planner` gives a second image to every frame with more colors than a color table holds, `pipeline::plan` takes it
//! from frames that are too short for two images, and `pipeline::encode_frame` writes both images, the second
//! [`FramePlan::FIRST_IMAGE_DELAY`](crate::model::plan::FramePlan::FIRST_IMAGE_DELAY) after the first. This stage decides which
//! pixels the second one shows.

use crate::model::changes::{Cell, Changes, ColorCount};
use crate::model::geometry::{Rect, Size};
use crate::model::oklab::{Oklab, UNIT};
use crate::model::palette::Palette;

/// Distance beyond which a pixel is shown again, as a share of the distance from black to white. Measured on pages of photos:
/// one point of SSIMULACRA2 for 8 % more bytes at a reach of 0.010, where one palette gives nothing more, and for 13 % at
/// 0.028.
const LEAST: f64 = 0.045;
/// At least this many reaches, so that the second image does not undo lossy matching. [`LEAST_FLAT`] applies to flat pixels,
/// whose reach is 0.
const LEAST_REACHES: f64 = 1.5;
const LEAST_FLAT: f64 = 0.0025;

/// Returns the squared distance by activity, in fixed-point Oklab units, beyond which the second image shows a pixel again.
/// `reach` is the reach of lossy matching in the same units, `reach_shares` that of pixels by activity, as multiples of it.
#[must_use]
pub fn least_sq(reach: f64, reach_shares: [f64; 8]) -> [i32; 8] {
    let unit = f64::from(UNIT);
    let least = (LEAST * unit).max(reach * LEAST_REACHES);
    reach_shares.map(|share| (share * least).max(LEAST_FLAT * unit)).map(|distance| (distance * distance) as i32)
}

/// Returns the changed pixels whose written color (`shown`, by `palette`) is further from their own color than `least_sq`
/// (squared distance in fixed-point Oklab units, by activity), as changes in which all other pixels are unchanged. `None` if
/// there are none.
#[must_use]
pub fn second_image_changes(
    changes: &Changes,
    shown: &[u8],
    palette: &Palette,
    least_sq: [i32; 8],
    screen: Size,
) -> Option<Changes> {
    let entries: Vec<Oklab> = palette.colors().iter().map(|&color| Oklab::of(color)).collect();
    let sources: Vec<Oklab> = changes.colors.iter().map(|count| Oklab::of(count.color)).collect();
    let strays = |cell: Cell, index: u8| {
        !cell.is_static()
            && sources[cell.color() as usize].distance_sq(entries[usize::from(index)])
                > least_sq[usize::from(cell.activity())]
    };
    let width = changes.rect.width();
    let (mut left, mut right, mut top, mut bottom) = (width, 0, usize::MAX, 0);
    for (at, (&cell, &index)) in changes.cells.iter().zip(shown).enumerate() {
        if strays(cell, index) {
            let (x, y) = (at % width, at / width);
            (left, right, top, bottom) = (left.min(x), right.max(x + 1), top.min(y), y + 1);
        }
    }
    if top == usize::MAX {
        return None;
    }
    let mut numbers = vec![u32::MAX; changes.colors.len()];
    let mut colors: Vec<ColorCount> = Vec::new();
    let mut cells = Vec::with_capacity((right - left) * (bottom - top));
    for y in top..bottom {
        let row = y * width + left..y * width + right;
        for (&cell, &index) in changes.cells[row.clone()].iter().zip(&shown[row]) {
            if !strays(cell, index) {
                cells.push(Cell::unchanged(Cell::UNKNOWN));
                continue;
            }
            let number = &mut numbers[cell.color() as usize];
            if *number == u32::MAX {
                *number = colors.len() as u32;
                colors.push(ColorCount {
                    color: changes.colors[cell.color() as usize].color,
                    pixels: 0,
                    flat: 0,
                    smooth: 0,
                });
            }
            colors[*number as usize].add(cell.activity());
            cells.push(Cell::changed(*number, cell.activity()));
        }
    }
    let rect = Rect::new(changes.rect.left() + left, changes.rect.top() + top, right - left, bottom - top, screen)?;
    Some(Changes { rect, cells, colors })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::color::Color;

    /// Three pixels in a row, of levels 100, 102 and 140, the last but one static, all shown as level 100.
    fn missed_of(levels: [u8; 3], least: u8) -> Option<Changes> {
        let screen = Size::new(5, 2).unwrap();
        let rect = Rect::new(1, 1, 4, 1, screen).unwrap();
        let cells = vec![Cell::changed(0, 0), Cell::changed(1, 2), Cell::unchanged(0), Cell::changed(2, 7)];
        let colors =
            levels.map(|level| ColorCount { color: Color::gray(level), pixels: 1, flat: 0, smooth: 0 }).to_vec();
        let least_sq = Oklab::of(Color::gray(100)).distance_sq(Oklab::of(Color::gray(100 + least)));
        let palette = Palette::new(vec![Color::gray(100)], true);
        second_image_changes(&Changes { rect, cells, colors }, &[0, 0, 1, 0], &palette, [least_sq; 8], screen)
    }

    #[test]
    fn only_pixels_beyond_the_distance_are_left() {
        let found = missed_of([100, 102, 140], 10).unwrap();
        assert_eq!((found.rect.left(), found.rect.top(), found.rect.area()), (4, 1, 1));
        assert_eq!(found.cells, [Cell::changed(0, 7)]);
        assert_eq!(found.colors, [ColorCount { color: Color::gray(140), pixels: 1, flat: 0, smooth: 0 }]);
    }

    #[test]
    fn what_lies_between_them_is_as_good_as_unchanged() {
        let found = missed_of([100, 102, 140], 1).unwrap();
        let between = Cell::unchanged(Cell::UNKNOWN);
        assert_eq!(found.cells, [Cell::changed(0, 2), between, Cell::changed(1, 7)]);
        assert_eq!(found.colors[0], ColorCount { color: Color::gray(102), pixels: 1, flat: 0, smooth: 1 });
    }

    #[test]
    fn nothing_is_left_where_all_is_near() {
        assert_eq!(missed_of([100, 101, 102], 3), None);
    }
}
