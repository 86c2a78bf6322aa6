//! The progress bar of the GIF, and the ticks at which it grows.

use super::color::Color;
use super::delay::Delay;
use super::geometry::{Rect, Size};

/// A progress bar: a strip over the whole width of the screen, at its top or at its bottom, so that no change elsewhere
/// reaches into it. It is empty in every composed picture; ticks fill it over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgressBar {
    rect: Rect,
    color: Color,
    track: Color,
}

impl ProgressBar {
    /// A bar at `rect`, filled with `color` on `track`; `None` unless it is such a strip that leaves
    /// some of the screen.
    #[must_use]
    pub fn new(rect: Rect, color: Color, track: Color, screen: Size) -> Option<Self> {
        let spans = rect.left() == 0 && rect.width() == screen.width() && rect.height() < screen.height();
        let at_edge = rect.top() == 0 || rect.top() + rect.height() == screen.height();
        (spans && at_edge).then_some(Self { rect, color, track })
    }

    /// Where it is.
    #[must_use]
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// What it is filled with.
    #[must_use]
    pub fn color(&self) -> Color {
        self.color
    }

    /// What it is where it is not filled yet.
    #[must_use]
    pub fn track(&self) -> Color {
        self.track
    }
}

/// A moment in a frame's time at which the bar grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Where the new part of the bar begins, from its left end.
    pub left: u16,
    /// Width of the new part; at least 1.
    pub width: u16,
    /// How long it takes until the next tick or the next frame. Part of the frame's own delay.
    pub delay: Delay,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_spans_the_screen_at_an_edge() {
        let screen = Size::new(10, 8).unwrap();
        let bar = |left, top, width, height| {
            ProgressBar::new(Rect::new(left, top, width, height, screen).unwrap(), Color::WHITE, Color::BLACK, screen)
        };
        assert!(bar(0, 0, 10, 1).is_some() && bar(0, 5, 10, 3).is_some());
        for (left, top, width, height) in [(0, 1, 10, 1), (0, 0, 9, 1), (1, 7, 9, 1), (0, 0, 10, 8)] {
            assert_eq!(bar(left, top, width, height), None);
        }
    }
}
