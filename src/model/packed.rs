//! [`Changes`] that wait to be encoded, in less memory: screenshots are mostly runs of equal pixels.

use std::borrow::Cow;

use super::changes::{Cell, Changes, ColorCount};
use super::error::{ErrorKind, Result};
use super::geometry::Rect;
use super::raster::reserve;

/// Changes, their cells as runs. Never larger than the cells themselves.
#[derive(Debug)]
pub struct Packed {
    rect: Rect,
    /// A cell with the length of its run in bits that cells do not use, [`LENGTH`]. The highest length says that the
    /// word after has it.
    runs: Vec<u32>,
    colors: Vec<ColorCount>,
}

const SHIFT: u32 = 27;
const LENGTH: u32 = 0xf << SHIFT;
/// The longest run that is told by one word.
const MOST: usize = 15;

impl Packed {
    /// Packs `changes`, in the memory that it has.
    #[must_use]
    pub fn of(changes: Changes) -> Self {
        let Changes { rect, cells, colors } = changes;
        let mut words: Vec<u32> = cells.into_iter().map(Cell::bits).collect();
        let (mut read, mut write) = (0, 0);
        while read < words.len() {
            let cell = words[read];
            let len = words[read..].iter().take_while(|&&word| word == cell).count();
            // A run takes two words only if it is that long, so that writing never overtakes reading.
            let short = if len > MOST { MOST } else { len - 1 };
            words[write] = cell | (short as u32) << SHIFT;
            write += 1;
            if len > MOST {
                words[write] = len as u32;
                write += 1;
            }
            read += len;
        }
        words.truncate(write);
        words.shrink_to_fit();
        Self { rect, runs: words, colors }
    }

    /// The changes again.
    ///
    /// # Errors
    /// `OUT_OF_MEMORY` when the cells cannot be allocated.
    pub fn unpack(&self) -> Result<Changes> {
        let mut cells: Vec<Cell> = reserve(self.rect.area())?;
        let mut words = self.runs.iter();
        while let Some(&word) = words.next() {
            let len = match (word & LENGTH) >> SHIFT {
                15 => words.next().map_or(0, |&len| len as usize),
                short => short as usize + 1,
            };
            cells.resize(cells.len() + len, Cell::from_bits(word & !LENGTH));
        }
        if cells.len() != self.rect.area() {
            return Err(ErrorKind::BadMessage { what: "as many cells as were packed" }.into());
        }
        Ok(Changes { rect: self.rect, cells, colors: self.colors.clone() })
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of_val(&self.runs[..]) + size_of_val(&self.colors[..])
    }
}

/// Changes as they are, or packed where room is short: packing takes a little time.
#[derive(Debug)]
pub enum Kept {
    /// As they are.
    Plain(Changes),
    /// Packed.
    Packed(Packed),
}

impl Kept {
    /// The changes.
    ///
    /// # Errors
    /// Those of [`Packed::unpack`].
    pub fn changes(&self) -> Result<Cow<'_, Changes>> {
        match self {
            Self::Plain(changes) => Ok(Cow::Borrowed(changes)),
            Self::Packed(packed) => packed.unpack().map(Cow::Owned),
        }
    }

    /// The same, packed.
    #[must_use]
    pub fn packed(self) -> Self {
        match self {
            Self::Plain(changes) => Self::Packed(Packed::of(changes)),
            packed @ Self::Packed(_) => packed,
        }
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Plain(changes) => changes.bytes(),
            Self::Packed(packed) => packed.bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Size;
    use super::*;

    #[test]
    fn runs_of_every_length_come_back() {
        for len in [1, 2, 14, 15, 16, 17, 40, 1000] {
            let mut cells = vec![Cell::unchanged(Cell::UNKNOWN); len];
            cells.extend([Cell::changed(3, 7), Cell::changed(2, 0)]);
            cells.extend(vec![Cell::changed(0, 1); len]);
            let screen = Size::new(cells.len() as u32, 1).unwrap();
            let color = ColorCount { color: 5, pixels: 1, flat: 0, smooth: 1 };
            let changes = Changes { rect: screen.rect(), cells, colors: vec![color; 4] };
            let packed = Packed::of(changes.clone());
            assert!(packed.bytes() <= changes.bytes());
            assert_eq!(packed.unpack().unwrap(), changes);
        }
    }

    #[test]
    fn a_still_surface_takes_next_to_nothing() {
        let screen = Size::new(1000, 1000).unwrap();
        let changes = Changes { rect: screen.rect(), cells: vec![Cell::changed(0, 0); 1_000_000], colors: Vec::new() };
        assert_eq!(Packed::of(changes).bytes(), 8);
    }
}
