//! What is done to one screenshot besides decoding it: boxes that hide, and what is painted over it.

use super::error::{ErrorKind, Result};
use super::geometry::Rect;
use super::mark::{Mark, Point};

/// What is to be done to one screenshot. Empty by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrameSpec {
    /// Boxes of the screenshot that turn black before anything else looks at its pixels.
    pub redact: Vec<Area>,
    /// The color, `0x00BBGGRR`, of a frame that has no screenshot, such as a title card.
    pub blank: Option<u32>,
    /// What is marked on the screenshot, the first at the bottom.
    pub marks: Vec<Mark>,
    /// What is painted on the screen, over the marks, the first at the bottom.
    pub overlays: Vec<Overlay>,
}

/// A box that may lie anywhere, also partly or wholly outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Distance from the left edge in pixels.
    pub left: i64,
    /// Distance from the top edge in pixels.
    pub top: i64,
    /// Width in pixels; below 1 is empty.
    pub width: i64,
    /// Height in pixels; below 1 is empty.
    pub height: i64,
}

impl Area {
    /// The columns and the rows inside `width` x `height` pixels that the area covers, if there are any.
    #[must_use]
    pub fn within(self, width: usize, height: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
        let span = |start: i64, len: i64, most: usize| {
            let end = start.saturating_add(len).clamp(0, most as i64) as usize;
            let start = start.clamp(0, most as i64) as usize;
            (start < end).then_some(start..end)
        };
        Some((span(self.left, self.width, width)?, span(self.top, self.height, height)?))
    }
}

/// Something painted on the screen; what lies outside is cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    area: Area,
    paint: Paint,
}

/// How an overlay's pixels are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paint {
    /// One opaque color, `0x00BBGGRR`.
    Solid(u32),
    /// One color, and for each pixel how much of it: 0 (none) to 255.
    Coverage {
        /// The color, `0x00BBGGRR`.
        color: u32,
        /// `width * height` values, row by row.
        coverage: Vec<u8>,
    },
    /// Colors with alpha, not premultiplied.
    Picture {
        /// `width * height * 4` values, row by row.
        rgba: Vec<u8>,
    },
}

impl Overlay {
    /// An overlay at `area`.
    ///
    /// # Errors
    /// `BAD_OPTION` when the number of values is not that of the area's pixels.
    pub fn new(area: Area, paint: Paint) -> Result<Self> {
        let pixels = || usize::try_from(area.width).ok()?.checked_mul(usize::try_from(area.height).ok()?);
        let (found, each) = match &paint {
            Paint::Solid(_) => return Ok(Self { area, paint }),
            Paint::Coverage { coverage, .. } => (coverage.len(), 1),
            Paint::Picture { rgba } => (rgba.len(), 4),
        };
        if pixels().and_then(|pixels| pixels.checked_mul(each)) != Some(found) {
            let (width, height) = (area.width, area.height);
            let reason = format!("expected {each} byte(s) for each of {width} x {height} pixels, found {found}");
            return Err(ErrorKind::BadOption { option: "overlays", reason }.into());
        }
        Ok(Self { area, paint })
    }

    /// A rectangle of one color.
    #[must_use]
    pub fn solid(rect: Rect, color: u32) -> Self {
        let [left, top, width, height] = [rect.left(), rect.top(), rect.width(), rect.height()].map(|side| side as i64);
        Self { area: Area { left, top, width, height }, paint: Paint::Solid(color) }
    }

    /// Where it goes on the screen.
    #[must_use]
    pub fn area(&self) -> Area {
        self.area
    }

    /// Its pixels.
    #[must_use]
    pub fn paint(&self) -> &Paint {
        &self.paint
    }
}

impl FrameSpec {
    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let paint = |overlay: &Overlay| match &overlay.paint {
            Paint::Solid(_) => 0,
            Paint::Coverage { coverage, .. } => coverage.len(),
            Paint::Picture { rgba } => rgba.len(),
        };
        let points = |mark: &Mark| match mark {
            Mark::Drag(points) => points.len() * size_of::<Point>(),
            Mark::Click(_) | Mark::Element(_) => 0,
        };
        let lists = self.redact.len() * size_of::<Area>()
            + self.marks.len() * size_of::<Mark>()
            + self.overlays.len() * size_of::<Overlay>();
        lists + self.marks.iter().map(points).sum::<usize>() + self.overlays.iter().map(paint).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: i64, top: i64, width: i64, height: i64) -> Area {
        Area { left, top, width, height }
    }

    #[test]
    fn an_area_is_cut_off_at_the_edges() {
        assert_eq!(area(-3, 2, 5, 100).within(10, 8), Some((0..2, 2..8)));
        for outside in [area(10, 0, 1, 1), area(-5, 0, 5, 1), area(0, 0, 0, 5), area(4, 4, -2, 2), Area::default()] {
            assert_eq!(outside.within(10, 8), None, "{outside:?}");
        }
        assert_eq!(area(i64::MIN, i64::MIN, i64::MAX, i64::MAX).within(1, 1), None);
        assert_eq!(area(0, 0, i64::MAX, i64::MAX).within(3, 4), Some((0..3, 0..4)));
    }

    #[test]
    fn an_overlay_has_a_value_for_each_pixel() {
        let coverage = |values| Paint::Coverage { color: 0, coverage: vec![0; values] };
        assert!(Overlay::new(area(0, 0, 2, 3), coverage(6)).is_ok());
        assert!(Overlay::new(area(0, 0, 2, 3), Paint::Picture { rgba: vec![0; 24] }).is_ok());
        for (area, values) in [(area(0, 0, 2, 3), 5), (area(0, 0, -2, -3), 6), (area(0, 0, i64::MAX, 9), 6)] {
            let error = Overlay::new(area, coverage(values)).unwrap_err();
            assert!(error.to_string().starts_with("option overlays: expected 1 byte(s) for each of"), "{error}");
        }
    }
}
