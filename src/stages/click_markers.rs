//! Click markers of a step (click, pointer, element, drag) in, overlays that draw them on the screen out.
//!
//! Markers are drawn in integers, so that they are equal on every machine, with a white outline, so that they are visible on
//! any page. Sizes are proportional to the width of the screen.

mod rasterize;

use rasterize::{Canvas, PARTS, Shape};

use crate::model::click_marker::{ClickMarker, Placement, Point};
use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::geometry::Area;
use crate::model::overlay::{Overlay, Paint};

/// Color of the outline.
const EDGE: Color = Color::WHITE;
/// Screen width divided by line width: 4 px at 1280 px, which is 2 px when the GIF is shown at half its size.
const SCREEN_TO_LINE: usize = 320;
/// Minimum and maximum line width in pixels.
const LINE_PX: (usize, usize) = (2, 12);
/// Radius of the ring around a click, in line widths: easy to see, and the target inside stays visible.
const RING: i64 = 7;
/// Corner radius of the frame around an element, in line widths.
const CORNER: i64 = 2;
/// Length and half width of an arrow's head, in line widths.
const HEAD: (i64, i64) = (6, 3);
/// Length of the pointer's left edge, and distance right and down of its right corner, in line widths.
const POINTER: (i64, i64) = (9, 6);
/// Radius of the dot where a drag begins, in half line widths.
const DOT: i64 = 3;

/// Returns overlays that draw `marks` in `color` on a screen of `screen_width` pixels.
///
/// # Errors
/// `OUT_OF_MEMORY` when a mark's pixels cannot be allocated.
pub fn overlays(
    marks: &[ClickMarker],
    color: Color,
    placement: &Placement,
    screen_width: usize,
) -> Result<Vec<Overlay>> {
    let line = (screen_width / SCREEN_TO_LINE).clamp(LINE_PX.0, LINE_PX.1) as i64 * PARTS;
    let mut overlays = Vec::new();
    for mark in marks {
        for (grow, color) in [(line / 2, EDGE), (0, color)] {
            let shapes = match mark {
                ClickMarker::Click(point) => vec![ring(placement.locate(*point, PARTS), line, grow)],
                ClickMarker::Pointer(tip) => pointer(placement.locate(*tip, PARTS), line, grow),
                ClickMarker::Element(area) => vec![frame(*area, placement, line, grow)],
                ClickMarker::Drag(points) => {
                    arrow(&points.iter().map(|&point| placement.locate(point, PARTS)).collect::<Vec<_>>(), line, grow)
                }
            };
            let color = if matches!(mark, ClickMarker::Pointer(_)) && grow == 0 { Color::BLACK } else { color };
            overlays.extend(filled(&shapes, color, placement)?);
        }
    }
    Ok(overlays)
}

/// A pointer as operating systems draw it: black with a white outline.
fn pointer(tip: (i64, i64), line: i64, grow: i64) -> Vec<Shape> {
    let corners = [tip, (tip.0, tip.1 + POINTER.0 * line), (tip.0 + POINTER.1 * line, tip.1 + POINTER.1 * line)];
    outlined(corners, grow)
}

/// A triangle, and lines along its sides if `grow` is more than 0.
fn outlined(corners: [(i64, i64); 3], grow: i64) -> Vec<Shape> {
    let edge = (0..3).map(|i| Shape::Line { from: corners[i], to: corners[(i + 1) % 3], reach: grow });
    edge.filter(|_| grow > 0).chain([Shape::Triangle { corners }]).collect()
}

fn ring(center: (i64, i64), line: i64, grow: i64) -> Shape {
    let reach = line / 2 + grow;
    Shape::Ring { center, inner: RING * line - reach, outer: RING * line + reach }
}

/// A frame around an element, far enough away that the line, round corners included, covers no part of the element.
fn frame(area: Area, placement: &Placement, line: i64, grow: i64) -> Shape {
    let (left, top) = placement.locate(Point { left: area.left, top: area.top }, PARTS);
    let end = Point { left: area.left.saturating_add(area.width), top: area.top.saturating_add(area.height) };
    let (right, bottom) = placement.locate(end, PARTS);
    let reach = line / 2 + grow;
    let away = line + line / 2;
    let around = |by: i64| (left - by, top - by, right + by, bottom + by);
    Shape::Frame { outer: around(away + reach), inner: around(away - reach), corner: CORNER * line, reach }
}

/// An arrow: a dot at the start, a line through the points, and a head at the end. A single point gives the dot alone.
fn arrow(points: &[(i64, i64)], line: i64, grow: i64) -> Vec<Shape> {
    let mut way: Vec<(i64, i64)> = points.to_vec();
    way.dedup();
    let reach = line / 2 + grow;
    let mut shapes: Vec<Shape> = way
        .first()
        .map(|&center| Shape::Ring { center, inner: -1, outer: DOT * line / 2 + grow })
        .into_iter()
        .collect();
    let [.., before, tip] = way[..] else {
        return shapes;
    };
    let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
    let length = (dx * dx + dy * dy).isqrt().max(1);
    let back = |by: i64| (tip.0 - dx * by / length, tip.1 - dy * by / length);
    let aside = |(x, y): (i64, i64), by: i64| (x - dy * by / length, y + dx * by / length);
    let base = back(HEAD.0 * line);
    let corners = [tip, aside(base, HEAD.1 * line), aside(base, -HEAD.1 * line)];
    // The line ends inside the head: otherwise its round end would be visible at the tip.
    let last = if length > HEAD.0 * line { base } else { before };
    let ends = way[..way.len() - 1].iter().copied().chain([last]).collect::<Vec<_>>();
    shapes.extend(ends.windows(2).map(|pair| Shape::Line { from: pair[0], to: pair[1], reach }));
    shapes.extend(outlined(corners, grow));
    shapes
}

/// Returns one overlay with all shapes; `None` if no part is visible.
fn filled(shapes: &[Shape], color: Color, placement: &Placement) -> Result<Option<Overlay>> {
    let Some(mut canvas) = Canvas::around(shapes, placement.content)? else {
        return Ok(None);
    };
    for shape in shapes {
        canvas.fill(shape);
    }
    let (area, coverage) = canvas.into_coverage();
    Overlay::new(area, Paint::Coverage { color, coverage }).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::{Rect, Size};

    const COLOR: Color = Color::from_hex(0xf0_3020);

    fn placement(width: u32, height: u32) -> Placement {
        let size = Size::new(width, height).unwrap();
        Placement { source: size, shown: size, left: 0, top: 0, content: size.rect() }
    }

    fn drawn(mark: ClickMarker, placement: &Placement, screen_width: usize) -> Vec<Overlay> {
        overlays(&[mark], COLOR, placement, screen_width).unwrap()
    }

    /// Coverage of an overlay at a pixel of the screen.
    fn at(overlay: &Overlay, x: i64, y: i64) -> u8 {
        let area = overlay.area();
        let Paint::Coverage { coverage, .. } = overlay.paint() else { panic!("expected coverage") };
        let (x, y) = (x - area.left, y - area.top);
        if (0..area.width).contains(&x) && (0..area.height).contains(&y) {
            coverage[(y * area.width + x) as usize]
        } else {
            0
        }
    }

    #[test]
    fn no_marks_are_no_overlays() {
        assert!(overlays(&[], COLOR, &placement(100, 100), 100).unwrap().is_empty());
    }

    #[test]
    fn a_ring_lies_around_its_point_and_is_round() {
        let point = Point { left: 640, top: 360 };
        let found = drawn(ClickMarker::Click(point), &placement(1280, 720), 1280);
        let [edge, ring] = &found[..] else { panic!("{} overlays", found.len()) };
        assert_eq!((at(ring, 640, 360), at(edge, 640, 360)), (0, 0), "the target stays free");
        for (dx, dy) in [(28, 0), (-29, 0), (0, 28), (0, -29), (20, 20), (-21, 19)] {
            assert_eq!(at(ring, 640 + dx, 360 + dy), 255, "{dx}, {dy}");
        }
        assert_eq!((at(ring, 640 + 30, 360), at(edge, 640 + 30, 360)), (0, 255));
        for (x, y) in (0..40).flat_map(|x| (0..40).map(move |y| (x, y))) {
            let value = at(ring, 640 + x, 360 + y);
            assert!([(-1 - x, y), (x, -1 - y), (y, x)].iter().all(|&(x, y)| at(ring, 640 + x, 360 + y) == value));
        }
    }

    #[test]
    fn a_frame_covers_nothing_of_its_element() {
        let area = Area { left: 30, top: 20, width: 50, height: 10 };
        let found = drawn(ClickMarker::Element(area), &placement(200, 100), 200);
        for overlay in &found {
            assert!((30..80).all(|x| (20..30).all(|y| at(overlay, x, y) == 0)));
            assert!(at(overlay, 50, 17) == 255 && at(overlay, 50, 32) == 255 && at(overlay, 27, 25) == 255);
        }
    }

    #[test]
    fn an_arrow_leads_from_a_dot_to_its_tip() {
        let points = vec![Point { left: 20, top: 50 }, Point { left: 20, top: 50 }, Point { left: 120, top: 50 }];
        let found = drawn(ClickMarker::Drag(points), &placement(200, 100), 200);
        let arrow = &found[1];
        assert_eq!([at(arrow, 20, 50), at(arrow, 70, 50), at(arrow, 117, 50), at(arrow, 121, 50)], [255, 255, 255, 0]);
        assert!(at(arrow, 113, 53) > 0 && at(arrow, 70, 53) == 0, "the head is wider than the line");
        let still = vec![Point { left: 20, top: 50 }; 3];
        let dot = &drawn(ClickMarker::Drag(still), &placement(200, 100), 200)[1];
        assert!(at(dot, 20, 50) == 255 && dot.area().width < 10);
        assert!(drawn(ClickMarker::Drag(Vec::new()), &placement(200, 100), 200).is_empty());
    }

    #[test]
    fn a_pointer_has_its_tip_at_its_point_and_is_black_within_white() {
        let found = drawn(ClickMarker::Pointer(Point { left: 50, top: 20 }), &placement(200, 100), 200);
        let [edge, pointer] = &found[..] else { panic!("{} overlays", found.len()) };
        assert!(matches!(pointer.paint(), Paint::Coverage { color: Color::BLACK, .. }));
        assert!(matches!(edge.paint(), Paint::Coverage { color: Color::WHITE, .. }));
        assert_eq!(
            [at(pointer, 51, 24), at(pointer, 48, 24), at(pointer, 51, 16), at(pointer, 70, 24)],
            [255, 0, 0, 0]
        );
        assert!(at(edge, 49, 24) > 0);
    }

    #[test]
    fn marks_keep_to_the_page() {
        let size = Size::new(100, 60).unwrap();
        let content = Rect::new(0, 0, 100, 40, size).unwrap();
        let placement = Placement { content, ..placement(100, 60) };
        for point in [Point { left: 50, top: 39 }, Point { left: -2, top: 10 }] {
            for overlay in drawn(ClickMarker::Click(point), &placement, 100) {
                let area = overlay.area();
                assert!(area.left >= 0 && area.top >= 0 && area.top + area.height <= 40, "{area:?}");
            }
        }
        assert!(drawn(ClickMarker::Click(Point { left: 50, top: 90 }), &placement, 100).is_empty());
        let far = vec![Point { left: i64::MIN, top: 0 }, Point { left: i64::MAX, top: i64::MAX }];
        assert!(drawn(ClickMarker::Drag(far), &placement, 100).len() <= 2);
    }
}
