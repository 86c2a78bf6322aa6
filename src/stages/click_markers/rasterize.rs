//! Rasterizes anti-aliased shapes: each pixel has 4x4 samples, at whole eighths of a pixel.

use crate::model::error::Result;
use crate::model::geometry::Area;
use crate::model::geometry::Rect;
use crate::model::raster::reserve;

/// Units of coordinates in one pixel.
pub const PARTS: i64 = 8;
/// Positions of the samples within a pixel, in each direction.
const SAMPLES: [i64; 4] = [1, 3, 5, 7];

/// A filled shape. Coordinates and lengths are in eighths of a pixel.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A ring between two circles; a full circle if `inner` is negative.
    Ring { center: (i64, i64), inner: i64, outer: i64 },
    /// A line with round ends and a width of 2 `reach`.
    Line { from: (i64, i64), to: (i64, i64), reach: i64 },
    /// The area between two boxes (left, top, right, bottom). The center line between them has corners of radius `corner`, and
    /// the area reaches `reach` to both sides of it.
    Frame { outer: (i64, i64, i64, i64), inner: (i64, i64, i64, i64), corner: i64, reach: i64 },
    /// A triangle.
    Triangle { corners: [(i64, i64); 3] },
}

impl Shape {
    /// Left, top, right and bottom of a box around it.
    fn bounds(&self) -> (i64, i64, i64, i64) {
        match *self {
            Self::Ring { center: (x, y), outer, .. } => (x - outer, y - outer, x + outer, y + outer),
            Self::Line { from, to, reach } => {
                (from.0.min(to.0) - reach, from.1.min(to.1) - reach, from.0.max(to.0) + reach, from.1.max(to.1) + reach)
            }
            Self::Frame { outer, .. } => outer,
            Self::Triangle { corners: [a, b, c] } => {
                (a.0.min(b.0).min(c.0), a.1.min(b.1).min(c.1), a.0.max(b.0).max(c.0), a.1.max(b.1).max(c.1))
            }
        }
    }

    fn contains(&self, x: i64, y: i64) -> bool {
        match *self {
            Self::Ring { center, inner, outer } => {
                let distance_sq = square(x - center.0) + square(y - center.1);
                distance_sq <= square(outer) && (inner < 0 || distance_sq > square(inner))
            }
            Self::Line { from, to, reach } => {
                let ((dx, dy), (px, py)) = ((to.0 - from.0, to.1 - from.1), (x - from.0, y - from.1));
                let (length2, along) = (square(dx) + square(dy), px * dx + py * dy);
                if (0..=length2).contains(&along) && length2 > 0 {
                    (px * dy - py * dx).abs() <= reach * length2.isqrt()
                } else {
                    let end = if along <= 0 { from } else { to };
                    square(x - end.0) + square(y - end.1) <= square(reach)
                }
            }
            Self::Frame { outer, inner, corner, reach } => {
                in_round_box(x, y, outer, corner + reach) && !in_round_box(x, y, inner, (corner - reach).max(0))
            }
            Self::Triangle { corners: [a, b, c] } => {
                let side = |p: (i64, i64), q: (i64, i64)| (q.0 - p.0) * (y - p.1) - (q.1 - p.1) * (x - p.0);
                let sides = [side(a, b), side(b, c), side(c, a)];
                sides.iter().all(|&side| side >= 0) || sides.iter().all(|&side| side <= 0)
            }
        }
    }
}

fn square(side: i64) -> i64 {
    side * side
}

fn in_round_box(x: i64, y: i64, (left, top, right, bottom): (i64, i64, i64, i64), radius: i64) -> bool {
    let radius = radius.min((right - left) / 2).min((bottom - top) / 2).max(0);
    let beyond = |at: i64, start: i64, end: i64| (start + radius - at).max(at - (end - radius)).max(0);
    square(beyond(x, left, right)) + square(beyond(y, top, bottom)) <= square(radius)
}

/// A bitmap with one bit for each sample of each pixel: whether it lies in a shape.
#[derive(Debug)]
pub struct Canvas {
    area: Area,
    bits: Vec<u16>,
}

impl Canvas {
    /// Returns an empty canvas for the part of `shapes` inside `clip`; `None` if there is no such part.
    ///
    /// # Errors
    /// `OUT_OF_MEMORY` when the pixels cannot be allocated.
    pub fn around(shapes: &[Shape], clip: Rect) -> Result<Option<Self>> {
        let bounds =
            shapes.iter().map(Shape::bounds).reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)));
        let Some(bounds) = bounds else {
            return Ok(None);
        };
        let (left, top, right, bottom) = pixels_of(bounds);
        let (left, top) = (left.max(clip.left() as i64), top.max(clip.top() as i64));
        let right = right.min((clip.left() + clip.width()) as i64);
        let bottom = bottom.min((clip.top() + clip.height()) as i64);
        if left >= right || top >= bottom {
            return Ok(None);
        }
        let area = Area { left, top, width: right - left, height: bottom - top };
        let pixels = (area.width * area.height) as usize;
        let mut bits = reserve(pixels)?;
        bits.resize(pixels, 0);
        Ok(Some(Self { area, bits }))
    }

    /// Adds a shape.
    pub fn fill(&mut self, shape: &Shape) {
        let (left, top, right, bottom) = pixels_of(shape.bounds());
        let Area { left: first, top: upper, width, height } = self.area;
        for y in (top - upper).max(0)..(bottom - upper).min(height) {
            for x in (left - first).max(0)..(right - first).min(width) {
                let bits = &mut self.bits[(y * width + x) as usize];
                let (px, py) = ((x + first) * PARTS, (y + upper) * PARTS);
                for (row, dy) in SAMPLES.iter().enumerate() {
                    for (column, dx) in SAMPLES.iter().enumerate() {
                        *bits |= u16::from(shape.contains(px + dx, py + dy)) << (row * SAMPLES.len() + column);
                    }
                }
            }
        }
    }

    /// Returns the position of the canvas, and the coverage of each pixel, 0 to 255.
    pub fn into_coverage(self) -> (Area, Vec<u8>) {
        let coverage = self.bits.into_iter().map(|bits| (bits.count_ones() * 255 / u16::BITS) as u8).collect();
        (self.area, coverage)
    }
}

/// Rounds a box outwards to whole pixels.
fn pixels_of((left, top, right, bottom): (i64, i64, i64, i64)) -> (i64, i64, i64, i64) {
    (left.div_euclid(PARTS), top.div_euclid(PARTS), right.div_euclid(PARTS) + 1, bottom.div_euclid(PARTS) + 1)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;
    use crate::model::geometry::Size;

    /// Pixels a shape covers, in 255ths.
    fn covered(shape: Shape) -> i64 {
        let clip = Size::new(200, 200).unwrap().rect();
        let mut canvas = Canvas::around(&[shape], clip).unwrap().unwrap();
        canvas.fill(&shape);
        canvas.into_coverage().1.into_iter().map(i64::from).sum()
    }

    #[test]
    fn shapes_cover_about_their_area() {
        let center = (800, 800);
        let expected = [
            (Shape::Ring { center, inner: -1, outer: 400 }, PI * 2500.0),
            (Shape::Ring { center, inner: 320, outer: 400 }, PI * (2500.0 - 1600.0)),
            (Shape::Line { from: (400, 800), to: (1200, 800), reach: 40 }, 1000.0 + PI * 25.0),
            (Shape::Line { from: (400, 400), to: (400, 400), reach: 40 }, PI * 25.0),
            (Shape::Line { from: (400, 400), to: (1000, 1200), reach: 16 }, 125.0 * 4.0 + PI * 4.0),
            (Shape::Triangle { corners: [(0, 0), (800, 0), (0, 800)] }, 5000.0),
            (Shape::Triangle { corners: [(0, 800), (800, 0), (0, 0)] }, 5000.0),
            (
                Shape::Frame { outer: (80, 80, 880, 880), inner: (160, 160, 800, 800), corner: 0, reach: 0 },
                10_000.0 - 6400.0,
            ),
        ];
        for (shape, area) in expected {
            let found = covered(shape) as f64 / 255.0;
            assert!((found - area).abs() < 0.01 * area + 2.0, "{shape:?}: {found} of {area}");
        }
    }

    #[test]
    fn overlapping_shapes_are_not_counted_twice() {
        let line = Shape::Line { from: (80, 80), to: (400, 80), reach: 13 };
        let clip = Size::new(60, 60).unwrap().rect();
        let mut canvas = Canvas::around(&[line], clip).unwrap().unwrap();
        canvas.fill(&line);
        canvas.fill(&line);
        assert_eq!(canvas.into_coverage().1.into_iter().map(i64::from).sum::<i64>(), covered(line));
    }
}
