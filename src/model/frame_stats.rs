//! Statistics of a frame for the plan phase. They are small, since every worker sends them to the calling side.

use super::busy_map::BusyMap;
use super::changes::Changes;
use super::color::Color;
use super::error::Result;
use super::sort::sorted_by_key;
use super::worker_message::{MessageReader, MessageWriter};

/// Statistics of the changes between a frame and the one that it would be drawn on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeStats {
    /// Number of changed pixels.
    pub pixels: u32,
    /// Number of pixels in the changed rectangle.
    pub area: u32,
    /// Number of changed pixels at edges: text, icons, photos.
    pub busy: u32,
    /// Number of distinct colors of changed pixels.
    pub colors: u32,
    /// These colors, if a palette can hold them all; else empty.
    pub exact: Vec<Color>,
    /// The colors of the largest flat areas, each with its number of pixels: at most [`ChangeStats::MAX_FLATS`].
    pub flats: Vec<(Color, u32)>,
}

/// Result of the analyze phase for one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameStats {
    /// Index of the frame in chronological order, from 0.
    pub frame_index: u32,
    /// Whether the frame is a title card instead of a screenshot.
    pub card: bool,
    /// Whether the screenshot's file is damaged, so that parts of it are gray or wrong.
    pub damaged: bool,
    /// Where detail of the screenshot changed, if the camera follows; `None` for a title card.
    pub busy: Option<BusyMap>,
    /// Changes from the frame before; `None` if nothing changed.
    pub on_previous: Option<ChangeStats>,
    /// Changes from the frame before that; `None` if they cannot be drawn with disposal "previous", see `delta::returns`.
    pub on_before_previous: Option<ChangeStats>,
}

impl ChangeStats {
    /// Maximum number of flat colors: enough for the surfaces of an interface.
    pub const MAX_FLATS: usize = 48;
    /// Flat areas of fewer pixels get no pinned color.
    const MIN_FLAT_PIXELS: u32 = 64;

    /// Returns the statistics of `changes`.
    #[must_use]
    pub fn of(changes: &Changes) -> Self {
        let flats: Vec<(Color, u32)> = changes
            .colors
            .iter()
            .filter(|count| count.flat >= Self::MIN_FLAT_PIXELS)
            .map(|count| (count.color, count.flat))
            .collect();
        let mut flats = sorted_by_key(&flats, |&(color, pixels)| u64::from(!pixels) << 32 | u64::from(color.bits()));
        flats.truncate(Self::MAX_FLATS);
        let fits = changes.colors.len() < super::palette::Palette::MAX_ENTRIES;
        let calm: u32 = changes.colors.iter().map(|count| count.flat + count.smooth).sum();
        Self {
            pixels: changes.pixels() as u32,
            area: changes.rect.area() as u32,
            busy: changes.pixels() as u32 - calm,
            colors: changes.colors.len() as u32,
            exact: if fits { changes.colors.iter().map(|count| count.color).collect() } else { Vec::new() },
            flats,
        }
    }

    fn write(&self, writer: &mut MessageWriter) {
        writer.u32(self.pixels).u32(self.area).u32(self.busy).u32(self.colors);
        writer.list(self.exact.iter().map(|color| color.bits()));
        writer.list(self.flats.iter().map(|flat| flat.0.bits())).list(self.flats.iter().map(|flat| flat.1));
    }

    fn read(reader: &mut MessageReader) -> Result<Self> {
        let [pixels, area, busy, colors] = [reader.u32()?, reader.u32()?, reader.u32()?, reader.u32()?];
        let exact = reader.colors()?;
        let flats = reader.colors()?.into_iter().zip(reader.list()?).collect();
        Ok(Self { pixels, area, busy, colors, exact, flats })
    }
}

impl FrameStats {
    const MAGIC: u32 = 0x5453_4703;

    /// Serializes the statistics.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = MessageWriter::default();
        writer.u32(Self::MAGIC).u32(self.frame_index).u32(u32::from(self.card)).u32(u32::from(self.damaged));
        writer.u32(u32::from(self.busy.is_some()));
        if let Some(busy) = &self.busy {
            busy.write(&mut writer);
        }
        for change in [&self.on_previous, &self.on_before_previous] {
            writer.u32(u32::from(change.is_some()));
            if let Some(change) = change {
                change.write(&mut writer);
            }
        }
        writer.into_bytes()
    }

    /// Reads what [`FrameStats::to_bytes`] wrote.
    ///
    /// # Errors
    /// `BAD_MESSAGE` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut reader = MessageReader::new(bytes, "frame statistics");
        if reader.u32()? != Self::MAGIC {
            return Err(reader.damaged());
        }
        let (frame_index, card, damaged) = (reader.u32()?, reader.u32()? == 1, reader.u32()? == 1);
        let busy = if reader.u32()? == 1 { Some(BusyMap::read(&mut reader)?) } else { None };
        let mut change = || -> Result<Option<ChangeStats>> {
            Ok(if reader.u32()? == 1 { Some(ChangeStats::read(&mut reader)?) } else { None })
        };
        Ok(Self { frame_index, card, damaged, busy, on_previous: change()?, on_before_previous: change()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::Size;

    #[test]
    fn a_report_survives_the_way_through_bytes() {
        let change = ChangeStats {
            pixels: 1,
            area: 2,
            busy: 1,
            colors: 3,
            exact: [7, 8, 9].map(Color::from_bits).to_vec(),
            flats: vec![(Color::from_bits(5), 6)],
        };
        let stats = FrameStats {
            frame_index: 4,
            card: true,
            damaged: true,
            busy: Some(BusyMap::empty(Size::new(3, 4).unwrap())),
            on_previous: None,
            on_before_previous: Some(change),
        };
        let bytes = stats.to_bytes();
        assert_eq!(FrameStats::from_bytes(&bytes).unwrap(), stats);
        assert!((0..bytes.len()).all(|len| FrameStats::from_bytes(&bytes[..len]).is_err()));
    }
}
