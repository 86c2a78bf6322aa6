//! [`Changes`] in less memory, for frames that wait to be encoded or are sent to another worker: runs of equal cells are joined, and
//! frequent cells take one or two bytes.
//!
//! The format is written here since it uses the structure of cells; it was not compared with general compressors (LZ4, deflate).

use std::borrow::Cow;

use super::changes::{Cell, Changes, ColorCount};
use super::color::Color;
use super::error::{ErrorKind, Result};
use super::geometry::{Rect, Size};
use super::raster::reserve;
use super::worker_message::{MessageReader, MessageWriter};

/// Changes with their cells as tokens. Never larger than the cells.
#[derive(Debug, PartialEq, Eq)]
pub struct PackedChanges {
    rect: Rect,
    tokens: Vec<u8>,
    /// The frequent cells, which have a number; the most frequent one first.
    kinds: Vec<u32>,
    colors: Vec<ColorCount>,
}

/// The most frequent cells take one byte: their number.
const SHORT: usize = 128;
/// From this byte on, two bytes contain the number of a cell.
const LONG: u8 = 128;
/// From this byte on, four bytes are a cell without a number.
const BARE: u8 = 192;
/// From this byte on, one byte is the number of repetitions of the previous cell.
const AGAIN: u8 = 208;
/// The number of repetitions is in the next four bytes.
const AGAIN_OFTEN: u8 = 255;

const MOST_KINDS: usize = SHORT + (BARE - LONG) as usize * 256;
const MOST_AGAIN: usize = (AGAIN_OFTEN - AGAIN) as usize;
/// Minimum occurrences of a cell with a number: the number costs as much as two occurrences save.
const WORTH_A_NUMBER: u32 = 3;
/// Number of colors whose cells can get a number: frequent colors appear early.
const COUNTED: usize = 4096;

impl PackedChanges {
    /// Packs `changes`.
    ///
    /// # Errors
    /// `OUT_OF_MEMORY` when the packed form cannot be allocated.
    pub fn of(changes: Changes) -> Result<Self> {
        let Changes { rect, cells, colors } = changes;
        let (numbers, kinds, len) = number_kinds(&cells, colors.len());
        let mut tokens = reserve(len)?;
        for run in runs(&cells) {
            let number = slot(run[0], numbers.len()).and_then(|slot| numbers[slot].checked_sub(1));
            push(&mut tokens, run[0], number.map(|number| number as usize), run.len() - 1);
        }
        Ok(Self { rect, tokens, kinds, colors })
    }

    /// Unpacks the changes.
    ///
    /// # Errors
    /// `OUT_OF_MEMORY` when the cells cannot be allocated; `BAD_MESSAGE` for tokens that no changes were packed into.
    pub fn unpack(&self) -> Result<Changes> {
        let damaged = || ErrorKind::BadMessage { what: WHAT };
        let mut cells: Vec<Cell> = reserve(self.rect.area())?;
        let mut rest = &self.tokens[..];
        let mut last: Option<Cell> = None;
        while let Some((&byte, tail)) = rest.split_first() {
            rest = tail;
            let mut following = |count: usize| -> Result<u32> {
                let (bytes, tail) = rest.split_at_checked(count).ok_or_else(damaged)?;
                rest = tail;
                Ok(bytes.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte)))
            };
            let kind = |number: usize| self.kinds.get(number).copied().map(Cell::from_bits).ok_or_else(damaged);
            let (cell, len) = match byte {
                ..LONG => (kind(usize::from(byte))?, 1),
                LONG..BARE => (kind(SHORT + usize::from(byte - LONG) * 256 + following(1)? as usize)?, 1),
                BARE..AGAIN => (bare(byte - BARE, following(3)?), 1),
                AGAIN..AGAIN_OFTEN => (last.ok_or_else(damaged)?, usize::from(byte - AGAIN) + 1),
                AGAIN_OFTEN => (last.ok_or_else(damaged)?, following(4)? as usize),
            };
            let is_known =
                cell.color() < self.colors.len() as u32 || (cell.is_static() && cell.color() == Cell::UNKNOWN);
            if !is_known || len > self.rect.area() - cells.len() {
                return Err(damaged().into());
            }
            cells.resize(cells.len() + len, cell);
            last = Some(cell);
        }
        if cells.len() < self.rect.area() {
            return Err(damaged().into());
        }
        Ok(Changes { rect: self.rect, cells, colors: self.colors.clone() })
    }

    /// Serializes the packed changes, for another worker.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = MessageWriter::with_room(self.bytes() + 32);
        for side in [self.rect.left(), self.rect.top(), self.rect.width(), self.rect.height()] {
            writer.u32(side as u32);
        }
        writer.list(self.kinds.iter().copied());
        let counts = self.colors.iter().flat_map(|count| [count.color.bits(), count.pixels, count.flat, count.smooth]);
        writer.list(counts.collect::<Vec<_>>().into_iter());
        writer.rest(&self.tokens)
    }

    /// Reads what [`PackedChanges::to_bytes`] wrote, for a screen of size `screen`. The tokens are validated when they are unpacked.
    ///
    /// # Errors
    /// `BAD_MESSAGE` for bytes of another form.
    pub fn from_bytes(bytes: &[u8], screen: Size) -> Result<Self> {
        let mut reader = MessageReader::new(bytes, WHAT);
        let mut side = || reader.u32().map(|side| side as usize);
        let [left, top, width, height] = [side()?, side()?, side()?, side()?];
        let rect = Rect::new(left, top, width, height, screen).ok_or_else(|| reader.damaged())?;
        let kinds = reader.list()?;
        let colors = reader.list()?;
        let colors = colors
            .chunks_exact(4)
            .map(|count| ColorCount {
                color: Color::from_bits(count[0]),
                pixels: count[1],
                flat: count[2],
                smooth: count[3],
            })
            .collect();
        Ok(Self { rect, tokens: reader.rest().to_vec(), kinds, colors })
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.tokens.len() + size_of_val(&self.kinds[..]) + size_of_val(&self.colors[..])
    }
}

const WHAT: &str = "changed pixels";

fn runs(cells: &[Cell]) -> impl Iterator<Item = &[Cell]> {
    cells.chunk_by(|a, b| a == b)
}

/// Returns the slot of a cell in a table of `slots`, if it is counted.
fn slot(cell: Cell, slots: usize) -> Option<usize> {
    let kind = usize::from(cell.activity()) << 1 | usize::from(cell.is_static());
    // Whatever its color is: that of a static pixel may be unknown.
    let color = if cell.color() == Cell::UNKNOWN { 0 } else { cell.color() as usize + 1 };
    Some(color << 4 | kind).filter(|&slot| slot < slots)
}

/// Returns the number plus 1 of the cell in each slot, the cells with a number, and the size of the tokens in bytes.
fn number_kinds(cells: &[Cell], colors: usize) -> (Vec<u32>, Vec<u32>, usize) {
    let mut counts = vec![0_u32; (colors.min(COUNTED) + 1) << 4];
    let mut frequent = Vec::new();
    let mut len = 0;
    for run in runs(cells) {
        len += 4 + again_bytes(run.len() - 1);
        if let Some(slot) = slot(run[0], counts.len()) {
            counts[slot] += 1;
            if counts[slot] == WORTH_A_NUMBER {
                frequent.push((slot, run[0].bits()));
            }
        }
    }
    let mut numbers = vec![0; counts.len()];
    let mut kinds = Vec::new();
    // Sorted by powers of two, which is as good here as sorted.
    for power in (0..u32::BITS).rev() {
        for &(slot, bits) in frequent.iter().filter(|&&(slot, _)| counts[slot].ilog2() == power) {
            if kinds.len() < MOST_KINDS {
                len -= counts[slot] as usize * if kinds.len() < SHORT { 3 } else { 2 };
                kinds.push(bits);
                numbers[slot] = kinds.len() as u32;
            }
        }
    }
    (numbers, kinds, len)
}

fn again_bytes(again: usize) -> usize {
    match again {
        0 => 0,
        1..=MOST_AGAIN => 1,
        _ => 5,
    }
}

/// Appends the tokens of a cell and `again` repetitions.
fn push(tokens: &mut Vec<u8>, cell: Cell, number: Option<usize>, again: usize) {
    match number {
        Some(number) if number < SHORT => tokens.push(number as u8),
        Some(number) => tokens.extend([LONG + ((number - SHORT) >> 8) as u8, (number - SHORT) as u8]),
        None => {
            let [a, b, c, _] = cell.color().to_le_bytes();
            tokens.extend([BARE + (cell.activity() | u8::from(cell.is_static()) << 3), a, b, c]);
        }
    }
    match again_bytes(again) {
        0 => {}
        1 => tokens.push(AGAIN + (again - 1) as u8),
        _ => {
            tokens.push(AGAIN_OFTEN);
            tokens.extend((again as u32).to_le_bytes());
        }
    }
}

/// Returns the cell of a token, from its first byte and the others.
fn bare(kind: u8, color: u32) -> Cell {
    if kind & 8 == 0 { Cell::changed(color, kind) } else { Cell::unchanged(color) }
}

/// Changes, packed if memory is short: packing takes a little time.
#[derive(Debug)]
pub enum HeldChanges {
    /// Not packed.
    Plain(Changes),
    /// Packed.
    Packed(PackedChanges),
}

impl HeldChanges {
    /// The changes.
    ///
    /// # Errors
    /// Those of [`PackedChanges::unpack`].
    pub fn changes(&self) -> Result<Cow<'_, Changes>> {
        match self {
            Self::Plain(changes) => Ok(Cow::Borrowed(changes)),
            Self::Packed(packed) => packed.unpack().map(Cow::Owned),
        }
    }

    /// Returns the changes packed.
    ///
    /// # Errors
    /// Those of [`PackedChanges::of`].
    pub fn packed(self) -> Result<PackedChanges> {
        match self {
            Self::Plain(changes) => PackedChanges::of(changes),
            Self::Packed(packed) => Ok(packed),
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
    use super::*;

    /// `cells` in one row, with so many colors.
    fn row(cells: Vec<Cell>, colors: usize) -> (Changes, Size) {
        let screen = Size::new(cells.len() as u32, 1).unwrap();
        let color = ColorCount { color: Color::from_bits(5), pixels: 1, flat: 0, smooth: 1 };
        (Changes { rect: screen.rect(), cells, colors: vec![color; colors] }, screen)
    }

    #[test]
    fn runs_of_every_length_come_back() {
        for len in [1, 2, 3, MOST_AGAIN, MOST_AGAIN + 1, MOST_AGAIN + 2, 1000, 16_000] {
            let mut cells = vec![Cell::unchanged(Cell::UNKNOWN); len];
            cells.extend([Cell::changed(3, 7), Cell::unchanged(2)]);
            cells.extend(vec![Cell::changed(0, 1); len]);
            let (changes, _) = row(cells, 4);
            let packed = PackedChanges::of(changes.clone()).unwrap();
            assert!(packed.bytes() <= changes.bytes());
            assert_eq!(packed.unpack().unwrap(), changes);
        }
    }

    #[test]
    fn cells_of_any_number_of_kinds_come_back_and_take_no_more_room() {
        for colors in [1_usize, 100, 129, 3000, COUNTED, 20_000] {
            // The first colors often, the others once.
            let cells = (0..30_000_usize).map(|i| {
                let color = if i % 3 == 0 { i % colors } else { i * i % 97 % colors };
                Cell::changed(color as u32, (i % 8) as u8)
            });
            let (changes, screen) = row(cells.collect(), colors);
            let packed = PackedChanges::of(changes.clone()).unwrap();
            assert!(packed.bytes() <= changes.bytes());
            assert_eq!(packed.tokens.len(), packed.tokens.capacity(), "the room was told right");
            assert_eq!(packed.unpack().unwrap(), changes);
            assert_eq!(PackedChanges::from_bytes(&packed.to_bytes(), screen).unwrap(), packed);
        }
    }

    #[test]
    fn a_still_surface_takes_next_to_nothing() {
        let screen = Size::new(1000, 1000).unwrap();
        let color = ColorCount { color: Color::BLACK, pixels: 1_000_000, flat: 1_000_000, smooth: 0 };
        let changes = Changes { rect: screen.rect(), cells: vec![Cell::changed(0, 0); 1_000_000], colors: vec![color] };
        assert!(PackedChanges::of(changes).unwrap().bytes() < 32);
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        let cells = [1, 7, 1, 1, 0, 1].map(|color| Cell::changed(color, 2));
        let (changes, screen) = row(cells.into_iter().chain([Cell::unchanged(Cell::UNKNOWN); 60]).collect(), 8);
        let bytes = PackedChanges::of(changes).unwrap().to_bytes();
        let read = |bytes: &[u8]| PackedChanges::from_bytes(bytes, screen)?.unpack();
        assert!((0..bytes.len()).all(|len| read(&bytes[..len]).is_err()));
        assert!(PackedChanges::from_bytes(&bytes, Size::new(4, 4).unwrap()).is_err());
        // Nothing that is damaged may be read as more, or of other colors, than there are.
        for at in 0..bytes.len() {
            for value in 0..=255 {
                let mut damaged = bytes.clone();
                damaged[at] = value;
                match read(&damaged) {
                    Ok(changes) => assert_eq!(changes.cells.len(), changes.rect.area()),
                    Err(error) => assert_eq!(error.code(), "BAD_MESSAGE"),
                }
            }
        }
    }

    #[test]
    fn a_cell_of_a_color_that_is_not_there_is_an_error() {
        let screen = Size::new(1, 1).unwrap();
        let changes = Changes { rect: screen.rect(), cells: vec![Cell::changed(3, 0)], colors: Vec::new() };
        let bytes = PackedChanges::of(changes).unwrap().to_bytes();
        let packed = PackedChanges::from_bytes(&bytes, screen).unwrap();
        assert_eq!(packed.unpack().unwrap_err().code(), "BAD_MESSAGE");
    }
}
