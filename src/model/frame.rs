//! A frame on its way into the file.

use super::geometry::Rect;
use super::palette::Palette;

/// What becomes of a frame's pixels when its time is over (GIF89a section 23).
///
/// `Background` is not here: decoders differ on it (reference: gif-format, section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposal {
    /// They stay.
    Keep,
    /// What was there before comes back.
    Previous,
}

/// A frame with its colors chosen: for each pixel the symbol it should be, and what else would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedFrame {
    /// Where it goes on the screen.
    pub rect: Rect,
    /// Its color table.
    pub palette: Palette,
    /// `rect.area()` palette indices, row by row.
    pub indices: Vec<u8>,
    /// A second index per pixel that shows the same; equal to the first where there is none. Empty when there is none at all.
    pub alternates: Vec<u8>,
}

/// A finished frame: graphic control extension, image descriptor, color table and LZW data, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameBlock {
    /// The bytes as they stand in the file.
    pub bytes: Vec<u8>,
}
