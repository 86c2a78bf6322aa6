//! A frame in palette indices, and the block of the file it becomes.

use super::geometry::Rect;
use super::palette::Palette;

/// What becomes of a frame's pixels when its time is over (GIF89a section 23).
///
/// `Background` is not here: browsers make the area transparent, other decoders fill it with a color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposal {
    /// They stay.
    Keep,
    /// What was there before comes back.
    Previous,
}

/// A frame with its colors chosen: for each pixel a palette index, and which other ones may take its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedFrame {
    /// Where it goes on the screen.
    pub rect: Rect,
    /// Its color table.
    pub palette: Palette,
    /// `rect.area()` palette indices, row by row.
    pub indices: Vec<u8>,
    /// For each pixel the other indices that it may take.
    pub slack: Vec<Slack>,
}

/// Other palette indices that the LZW encoder may write for a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slack {
    /// No other one.
    None,
    /// This index, which shows the same.
    Either(u8),
    /// Any entry within the frame's [`Tolerance`](super::tolerance::Tolerance).
    Near,
}

/// A finished frame: graphic control extension, image descriptor, color table and LZW data, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameBlock {
    /// The bytes as they stand in the file.
    pub bytes: Vec<u8>,
}
