//! Two screenshots in, the number of differing pixels and the boxes around them out.
//!
//! Pixels differ beyond a tolerance, since two runs of one page have slightly different font smoothing and JPEG noise. If one
//! screenshot is smaller, the area that only the other one has counts as different.

use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::geometry::{Rect, Size};
use crate::model::raster::{Raster, reserve};

/// Side in pixels of the tiles in which differences are counted.
const TILE: usize = 16;
/// Maximum distance in tiles of differences in one box: words of a line, lines of a paragraph.
const REACH: usize = 2;
/// Maximum number of boxes; if there are more, the distance is increased.
const MOST_REGIONS: usize = 6;

/// The differences of two screenshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The smallest size that contains both.
    pub size: Size,
    /// Number of pixels that differ.
    pub pixels: usize,
    /// At most six boxes around them that do not overlap, in pixels of both screenshots, from top to bottom.
    pub regions: Vec<Rect>,
}

/// Pixels [left, right) x [top, bottom).
#[derive(Debug, Clone, Copy)]
struct Bounds {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Bounds {
    fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    fn overlaps(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// Compares two screenshots. `tolerance` is the largest difference of a channel, 0 to 255, that does not count.
///
/// # Errors
/// `OUT_OF_MEMORY` when the tiles cannot be allocated.
pub fn difference(a: &Raster, b: &Raster, tolerance: u8) -> Result<Difference> {
    let [width, height] = [a.size().width().max(b.size().width()), a.size().height().max(b.size().height())];
    let size = Size::new(width as u32, height as u32)?;
    let columns = width.div_ceil(TILE);
    let mut tiles: Vec<Option<Bounds>> = reserve(columns * height.div_ceil(TILE))?;
    tiles.resize(columns * height.div_ceil(TILE), None);
    let mut pixels = 0;
    for y in 0..height {
        let [row_a, row_b] = [row(a, y), row(b, y)];
        if row_a == row_b {
            continue;
        }
        for x in 0..row_a.len().max(row_b.len()) {
            if !differ(row_a.get(x), row_b.get(x), tolerance) {
                continue;
            }
            pixels += 1;
            let pixel = Bounds { left: x, top: y, right: x + 1, bottom: y + 1 };
            let tile = &mut tiles[y / TILE * columns + x / TILE];
            *tile = Some(tile.map_or(pixel, |tile| tile.joined(pixel)));
        }
    }
    Ok(Difference { size, pixels, regions: regions(&tiles, columns, size) })
}

/// Returns the pixels of a row; none if the screenshot has no such row.
fn row(raster: &Raster, y: usize) -> &[Color] {
    if y < raster.size().height() { raster.row(y) } else { &[] }
}

fn differ(a: Option<&Color>, b: Option<&Color>, tolerance: u8) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            let (a, b) = (a.channels(), b.channels());
            (0..3).any(|channel| a[channel].abs_diff(b[channel]) > tolerance)
        }
        (None, None) => false,
        _ => true,
    }
}

/// Returns boxes around the tiles that differ; tiles near each other share a box.
fn regions(tiles: &[Option<Bounds>], columns: usize, size: Size) -> Vec<Rect> {
    let mut reach = REACH;
    loop {
        let mut found = without_overlaps(gathered(tiles, columns, reach));
        if found.len() <= MOST_REGIONS {
            found.sort_unstable_by_key(|bounds| (bounds.top, bounds.left));
            let rect = |at: &Bounds| Rect::new(at.left, at.top, at.right - at.left, at.bottom - at.top, size);
            return found.iter().filter_map(rect).collect();
        }
        reach *= 2;
    }
}

/// Returns the bounds of each group of tiles that are at most `reach` apart.
fn gathered(tiles: &[Option<Bounds>], columns: usize, reach: usize) -> Vec<Bounds> {
    let rows = tiles.len().checked_div(columns).unwrap_or_default();
    let mut rest = tiles.to_vec();
    let mut groups = Vec::new();
    for start in 0..rest.len() {
        let Some(mut group) = rest[start].take() else { continue };
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let (x, y) = (at % columns, at / columns);
            for near_y in y.saturating_sub(reach)..(y + reach + 1).min(rows) {
                for near_x in x.saturating_sub(reach)..(x + reach + 1).min(columns) {
                    let near = near_y * columns + near_x;
                    if let Some(bounds) = rest[near].take() {
                        group = group.joined(bounds);
                        open.push(near);
                    }
                }
            }
        }
        groups.push(group);
    }
    groups
}

/// Joins boxes until none overlaps another.
fn without_overlaps(boxes: Vec<Bounds>) -> Vec<Bounds> {
    let mut apart: Vec<Bounds> = Vec::new();
    for mut next in boxes {
        while let Some(at) = apart.iter().position(|other| other.overlaps(next)) {
            next = next.joined(apart.swap_remove(at));
        }
        apart.push(next);
    }
    apart
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn white(width: u32, height: u32) -> Raster {
        Raster::filled(Size::new(width, height).unwrap(), Color::WHITE).unwrap()
    }

    fn with(raster: &Raster, pixels: &[(usize, usize)], color: Color) -> Raster {
        let (width, mut painted) = (raster.size().width(), raster.clone());
        for &(x, y) in pixels {
            painted.pixels_mut()[y * width + x] = color;
        }
        painted
    }

    #[test]
    fn equal_screenshots_differ_nowhere() {
        let page = white(40, 30);
        assert_eq!(difference(&page, &page, 0).unwrap(), Difference { size: page.size(), pixels: 0, regions: vec![] });
    }

    #[test]
    fn near_differences_share_a_box_and_far_ones_have_their_own() {
        let page = white(400, 300);
        let other = with(&page, &[(3, 5), (40, 9), (390, 290)], Color::BLACK);
        let found = difference(&page, &other, 0).unwrap();
        let rect = |left, top, width, height| Rect::new(left, top, width, height, page.size()).unwrap();
        assert_eq!((found.pixels, found.regions), (3, vec![rect(3, 5, 38, 5), rect(390, 290, 1, 1)]));
    }

    #[test]
    fn what_is_within_the_tolerance_is_equal() {
        let page = white(20, 20);
        let other = with(&page, &[(1, 1)], Color::rgb([255, 245, 255]));
        assert_eq!(difference(&page, &other, 10).unwrap().pixels, 0);
        assert_eq!(difference(&page, &other, 9).unwrap().pixels, 1);
    }

    #[test]
    fn what_only_the_larger_has_is_different() {
        let found = difference(&white(20, 10), &white(16, 12), 255).unwrap();
        assert_eq!((found.size, found.pixels), (Size::new(20, 12).unwrap(), 4 * 10 + 2 * 16));
    }

    proptest! {
        #[test]
        fn boxes_hold_every_difference_do_not_overlap_and_do_not_depend_on_the_order(
            places in prop::collection::vec((0usize..300, 0usize..200), 0..60)
        ) {
            let page = white(300, 200);
            let other = with(&page, &places, Color::BLACK);
            let found = difference(&page, &other, 0).unwrap();
            prop_assert_eq!(&found, &difference(&other, &page, 0).unwrap());
            prop_assert!(found.regions.len() <= MOST_REGIONS);
            let holds = |rect: &Rect, x: usize, y: usize| {
                (rect.left()..rect.left() + rect.width()).contains(&x) && (rect.top()..rect.top() + rect.height()).contains(&y)
            };
            for &(x, y) in &places {
                prop_assert_eq!(found.regions.iter().filter(|rect| holds(rect, x, y)).count(), 1);
            }
        }
    }
}
