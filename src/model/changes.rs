//! The changed pixels of one frame: a rectangle of cells, each with the number of its color, and the colors with their
//! counts.

use super::color::Color;
use super::geometry::Rect;

/// One pixel inside a changed rectangle: the number of its color, its activity (0 in flat surroundings to 7 at hard edges),
/// and whether it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell(u32);

impl Cell {
    /// The number of a color that is not among [`Changes::colors`].
    pub const UNKNOWN: u32 = 0x00ff_ffff;
    const STATIC: u32 = 1 << 31;

    /// A pixel that changed to color number `color`, with `activity` in [0, 7].
    #[must_use]
    pub fn changed(color: u32, activity: u8) -> Self {
        Self(color | u32::from(activity & 7) << 24)
    }

    /// A pixel that did not change and shows color number `color` or [`Cell::UNKNOWN`].
    #[must_use]
    pub fn unchanged(color: u32) -> Self {
        Self(color | Self::STATIC)
    }

    /// The cell as one 32-bit word.
    #[must_use]
    pub(super) fn bits(self) -> u32 {
        self.0
    }

    /// The cell of a word from [`Cell::bits`].
    #[must_use]
    pub(super) fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Whether the source pixel has the same color as in the frame that this one is drawn on.
    #[must_use]
    pub fn is_static(self) -> bool {
        self.0 & Self::STATIC != 0
    }

    /// Number of the color in [`Changes::colors`], or [`Cell::UNKNOWN`].
    #[must_use]
    pub fn color(self) -> u32 {
        self.0 & Self::UNKNOWN
    }

    /// Activity: the bit length of the largest channel difference to the four neighbors, 0 in flat surroundings to 7.
    #[must_use]
    pub fn activity(self) -> u8 {
        (self.0 >> 24) as u8 & 7
    }
}

/// How often a color occurs among changed pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColorCount {
    /// The color.
    pub color: Color,
    /// Changed pixels that have it.
    pub pixels: u32,
    /// Those of them in flat surroundings (activity 0).
    pub flat: u32,
    /// Those of them in smooth surroundings (activity 1 to 3): gradients and soft shadows.
    pub smooth: u32,
}

impl ColorCount {
    /// The highest activity of smooth surroundings.
    pub const MOST_SMOOTH: u8 = 3;

    /// Counts one more pixel, in surroundings of `activity`.
    #[inline]
    pub fn add(&mut self, activity: u8) {
        self.pixels += 1;
        self.flat += u32::from(activity == 0);
        self.smooth += u32::from((1..=Self::MOST_SMOOTH).contains(&activity));
    }
}

/// The changed pixels of a frame: the result of the analyze phase that the encode phase needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The smallest rectangle that holds every changed pixel.
    pub rect: Rect,
    /// `rect.area()` cells, row by row.
    pub cells: Vec<Cell>,
    /// The colors of changed pixels, in order of first appearance.
    pub colors: Vec<ColorCount>,
}

impl Changes {
    /// Number of changed pixels.
    #[must_use]
    pub fn pixels(&self) -> u64 {
        self.colors.iter().map(|color| u64::from(color.pixels)).sum()
    }

    /// Whether some pixel of the rectangle did not change.
    #[must_use]
    pub fn has_static(&self) -> bool {
        self.pixels() < self.rect.area() as u64
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.cells.len() * size_of::<Cell>() + self.colors.len() * size_of::<ColorCount>()
    }
}
