//! Sizes and rectangles that fit a GIF's logical screen.

use super::error::{ErrorKind, Result};

/// Width and height in pixels, both in 1..=32767.
///
/// GIF stores sides as 16 bits; Chromium's `ImageDecoder` fails from 32768 on, so the cap is one below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    width: u16,
    height: u16,
}

/// The largest side a GIF may have here, in pixels.
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
}
