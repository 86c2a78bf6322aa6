//! Overlays: shapes and pictures that are drawn on the screen.

use super::color::Color;
use super::error::{ErrorKind, Result};
use super::geometry::{Area, Rect};

/// A shape or a picture on the screen; the part outside the screen is cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    area: Area,
    paint: Paint,
}

/// The pixels of an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paint {
    /// One opaque color.
    Solid(Color),
    /// One color, with a coverage of 0 to 255 for each pixel.
    Coverage {
        /// The color.
        color: Color,
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
    /// Creates an overlay at `area`.
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
    pub fn solid(rect: Rect, color: Color) -> Self {
        let [left, top, width, height] = [rect.left(), rect.top(), rect.width(), rect.height()].map(|side| side as i64);
        Self { area: Area { left, top, width, height }, paint: Paint::Solid(color) }
    }

    /// Its area on the screen.
    #[must_use]
    pub fn area(&self) -> Area {
        self.area
    }

    /// Its pixels.
    #[must_use]
    pub fn paint(&self) -> &Paint {
        &self.paint
    }

    /// Bytes of memory that its pixels hold.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.paint {
            Paint::Solid(_) => 0,
            Paint::Coverage { coverage, .. } => coverage.len(),
            Paint::Picture { rgba } => rgba.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: i64, top: i64, width: i64, height: i64) -> Area {
        Area { left, top, width, height }
    }

    #[test]
    fn an_overlay_has_a_value_for_each_pixel() {
        let coverage = |values| Paint::Coverage { color: Color::BLACK, coverage: vec![0; values] };
        assert!(Overlay::new(area(0, 0, 2, 3), coverage(6)).is_ok());
        assert!(Overlay::new(area(0, 0, 2, 3), Paint::Picture { rgba: vec![0; 24] }).is_ok());
        for (area, values) in [(area(0, 0, 2, 3), 5), (area(0, 0, -2, -3), 6), (area(0, 0, i64::MAX, 9), 6)] {
            let error = Overlay::new(area, coverage(values)).unwrap_err();
            assert!(error.to_string().starts_with("option overlays: expected 1 byte(s) for each of"), "{error}");
        }
    }
}
