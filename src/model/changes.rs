//! The changed pixels of one frame, with their colors numbered.

use super::error::Result;
use super::geometry::{Rect, Size};
use super::wire::{Reader, Writer};

/// One pixel inside a changed rectangle: the number of its color, how busy its surroundings are, and whether it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell(u32);

impl Cell {
    /// The number of a color that is not among [`Changes::colors`].
    pub const UNKNOWN: u32 = 0x00ff_ffff;
    const STATIC: u32 = 1 << 31;

    /// A pixel that changed to color number `color`, in surroundings of `activity` (0..=7).
    #[must_use]
    pub fn changed(color: u32, activity: u8) -> Self {
        Self(color | u32::from(activity & 7) << 24)
    }

    /// A pixel that did not change and shows color number `color` or [`Cell::UNKNOWN`].
    #[must_use]
    pub fn unchanged(color: u32) -> Self {
        Self(color | Self::STATIC)
    }

    /// All of it in one word, of which bits 27 to 30 are 0.
    #[must_use]
    pub(super) fn bits(self) -> u32 {
        self.0
    }

    /// What [`Cell::bits`] gave.
    #[must_use]
    pub(super) fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Whether the source pixel is what it was in the frame this one is drawn on.
    #[must_use]
    pub fn is_static(self) -> bool {
        self.0 & Self::STATIC != 0
    }

    /// Number of the color in [`Changes::colors`], or [`Cell::UNKNOWN`].
    #[must_use]
    pub fn color(self) -> u32 {
        self.0 & Self::UNKNOWN
    }

    /// 0 in flat surroundings to 7 at hard edges.
    #[must_use]
    pub fn activity(self) -> u8 {
        (self.0 >> 24) as u8 & 7
    }
}

/// How often a color occurs among changed pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColorCount {
    /// The color, `0x00BBGGRR`.
    pub color: u32,
    /// Changed pixels that have it.
    pub pixels: u32,
    /// Those of them in flat surroundings (activity 0).
    pub flat: u32,
    /// Those of them in smooth surroundings (activity 1 or 2): gradients and soft shadows.
    pub smooth: u32,
}

/// What phase A keeps of a frame: its changed rectangle, cell by cell, and the colors in it.
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

    /// The changes as bytes, for another worker.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::with_room(self.bytes() + 32);
        for side in [self.rect.left(), self.rect.top(), self.rect.width(), self.rect.height()] {
            writer.u32(side as u32);
        }
        writer.list(
            self.colors
                .iter()
                .flat_map(|count| [count.color, count.pixels, count.flat, count.smooth])
                .collect::<Vec<_>>()
                .into_iter(),
        );
        writer.list(self.cells.iter().map(|cell| cell.0));
        writer.into_bytes()
    }

    /// Reads what [`Changes::to_bytes`] wrote, for a screen of size `screen`.
    ///
    /// # Errors
    /// `BAD_MESSAGE` for anything else.
    pub fn from_bytes(bytes: &[u8], screen: Size) -> Result<Self> {
        let mut reader = Reader::new(bytes, "changed pixels");
        let mut side = || reader.u32().map(|side| side as usize);
        let [left, top, width, height] = [side()?, side()?, side()?, side()?];
        let rect = Rect::new(left, top, width, height, screen).ok_or_else(|| reader.damaged())?;
        let colors = reader.list()?;
        let cells: Vec<Cell> = reader.list()?.into_iter().map(Cell).collect();
        let colors: Vec<ColorCount> = colors
            .chunks_exact(4)
            .map(|count| ColorCount { color: count[0], pixels: count[1], flat: count[2], smooth: count[3] })
            .collect();
        let known =
            |cell: &Cell| cell.color() < colors.len() as u32 || (cell.is_static() && cell.color() == Cell::UNKNOWN);
        if cells.len() != rect.area() || !cells.iter().all(known) {
            return Err(reader.damaged());
        }
        Ok(Self { rect, cells, colors })
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.cells.len() * size_of::<Cell>() + self.colors.len() * size_of::<ColorCount>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_survive_the_way_through_bytes() {
        let screen = Size::new(8, 4).unwrap();
        let changes = Changes {
            rect: Rect::new(2, 1, 3, 1, screen).unwrap(),
            cells: vec![Cell::changed(1, 7), Cell::unchanged(Cell::UNKNOWN), Cell::unchanged(0)],
            colors: vec![
                ColorCount { color: 0x10_2030, pixels: 1, flat: 1, smooth: 0 },
                ColorCount { color: 7, pixels: 1, flat: 0, smooth: 1 },
            ],
        };
        let bytes = changes.to_bytes();
        assert_eq!(Changes::from_bytes(&bytes, screen).unwrap(), changes);
        assert!((0..bytes.len()).all(|len| Changes::from_bytes(&bytes[..len], screen).is_err()));
        assert!(Changes::from_bytes(&bytes, Size::new(4, 4).unwrap()).is_err());
    }

    #[test]
    fn a_cell_of_a_color_that_is_not_there_is_an_error() {
        let screen = Size::new(1, 1).unwrap();
        let changes = Changes { rect: screen.rect(), cells: vec![Cell::changed(3, 0)], colors: Vec::new() };
        assert_eq!(Changes::from_bytes(&changes.to_bytes(), screen).unwrap_err().code(), "BAD_MESSAGE");
    }
}
