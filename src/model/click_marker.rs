//! Click markers of a screenshot: the pointer, the point that a step clicked, the element it acted on, the path of a drag.

use super::geometry::{Area, Rect, Size};

/// A point in pixels; may lie anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Point {
    /// Distance from the left edge.
    pub left: i64,
    /// Distance from the top edge.
    pub top: i64,
}

/// One marker, in pixels of the screenshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClickMarker {
    /// A ring around a point.
    Click(Point),
    /// A frame around an element.
    Element(Area),
    /// A pointer whose tip is at a point.
    Pointer(Point),
    /// A line through points, with an arrow's head at its end.
    Drag(Vec<Point>),
}

/// Where a screenshot lies on the screen. A part of it may lie outside `content`; that part is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// Size of the screenshot.
    pub source: Size,
    /// Its size on the screen.
    pub shown: Size,
    /// Its left edge on the screen.
    pub left: usize,
    /// Its top edge on the screen.
    pub top: usize,
    /// The area of the screen for screenshots.
    pub content: Rect,
}

impl Placement {
    /// Returns the position on the screen of a point of the screenshot, in units of 1/`parts` pixel.
    #[must_use]
    pub fn locate(&self, point: Point, parts: i64) -> (i64, i64) {
        // Larger than any screenshot, and small enough that no product overflows.
        const FAR: i64 = 100_000;
        let along = |at: i64, offset: usize, shown: usize, source: usize| {
            offset as i64 * parts + (at.clamp(-FAR, FAR) * parts * shown as i64).div_euclid(source as i64)
        };
        let (shown, source) = (self.shown, self.source);
        (
            along(point.left, self.left, shown.width(), source.width()),
            along(point.top, self.top, shown.height(), source.height()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_moves_with_its_screenshot() {
        let size = |width, height| Size::new(width, height).unwrap();
        let content = size(100, 100).rect();
        let placement = Placement { source: size(200, 100), shown: size(100, 50), left: 0, top: 25, content };
        assert_eq!(placement.locate(Point { left: 50, top: 99 }, 8), (200, 200 + 396));
        assert_eq!(placement.locate(Point { left: -1, top: 0 }, 8), (-4, 200));
        assert_eq!(placement.locate(Point { left: i64::MAX, top: i64::MIN }, 1), (50_000, 25 - 50_000));
    }
}
