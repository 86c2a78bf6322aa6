//! Sizes and rectangles that fit a GIF's logical screen, and areas that may leave it.

use super::error::{ErrorKind, Result};

/// Width and height in pixels, both in 1..=32767.
///
/// GIF stores sides in 16 bits, but Chromium's `ImageDecoder` fails from 32768 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    width: u16,
    height: u16,
}

/// The largest width and height of a GIF in pixels.
pub const MAX_SIDE_PX: u32 = 32767;

impl Size {
    /// A size of `width` x `height` pixels.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` for a side of zero or above 32767.
    pub fn new(width: u32, height: u32) -> Result<Self> {
        for side in [width, height] {
            if side == 0 || side > MAX_SIDE_PX {
                let (found, allowed) = (u64::from(side), u64::from(MAX_SIDE_PX));
                return Err(ErrorKind::LimitExceeded { limit: "sidePx", found, allowed }.into());
            }
        }
        Ok(Self { width: width as u16, height: height as u16 })
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(self) -> usize {
        self.width.into()
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(self) -> usize {
        self.height.into()
    }

    /// Number of pixels; at most 32767 squared, which fits 32 bits.
    #[must_use]
    pub fn area(self) -> usize {
        self.width() * self.height()
    }

    /// The rectangle that covers all of this size.
    #[must_use]
    pub fn rect(self) -> Rect {
        Rect { left: 0, top: 0, width: self.width, height: self.height }
    }
}

/// A non-empty rectangle on the logical screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rect {
    left: u16,
    top: u16,
    width: u16,
    height: u16,
}

impl Rect {
    /// The rectangle at (`left`, `top`) of `width` x `height`, if it is not empty and lies inside `screen`.
    #[must_use]
    pub fn new(left: usize, top: usize, width: usize, height: usize, screen: Size) -> Option<Self> {
        let inside = left.checked_add(width)? <= screen.width() && top.checked_add(height)? <= screen.height();
        (width > 0 && height > 0 && inside).then_some(Self {
            left: left as u16,
            top: top as u16,
            width: width as u16,
            height: height as u16,
        })
    }

    /// Distance from the screen's left edge.
    #[must_use]
    pub fn left(self) -> usize {
        self.left.into()
    }

    /// Distance from the screen's top edge.
    #[must_use]
    pub fn top(self) -> usize {
        self.top.into()
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(self) -> usize {
        self.width.into()
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(self) -> usize {
        self.height.into()
    }

    /// Number of pixels.
    #[must_use]
    pub fn area(self) -> usize {
        self.width() * self.height()
    }
}

/// A box at any position, also partly or completely outside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Distance from the left edge in pixels.
    pub left: i64,
    /// Distance from the top edge in pixels.
    pub top: i64,
    /// Width in pixels; the box is empty if it is below 1.
    pub width: i64,
    /// Height in pixels; the box is empty if it is below 1.
    pub height: i64,
}

impl Area {
    /// Returns the columns and rows of a picture of `width` x `height` pixels that the box covers; `None` if there are none.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_of_zero_or_past_the_cap_is_refused() {
        for (w, h) in [(0, 1), (1, 0), (32768, 1), (1, u32::MAX)] {
            assert_eq!(Size::new(w, h).unwrap_err().code(), "LIMIT_EXCEEDED");
        }
        assert_eq!(Size::new(32767, 1).unwrap().width(), 32767);
    }

    #[test]
    fn a_rectangle_stays_inside_the_screen() {
        let screen = Size::new(10, 5).unwrap();
        assert!(Rect::new(9, 4, 1, 1, screen).is_some());
        assert!(Rect::new(9, 4, 2, 1, screen).is_none());
        assert!(Rect::new(0, 0, 0, 1, screen).is_none());
        assert!(Rect::new(usize::MAX, 0, 2, 1, screen).is_none());
    }

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
}
