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
    /// What else would do, for each pixel.
    pub slack: Vec<Slack>,
}

/// What a pixel may be besides its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slack {
    /// Nothing.
    None,
    /// This index, which shows the same.
    Either(u8),
    /// A near color within the frame's tolerance.
    Near,
}

/// A finished frame: graphic control extension, image descriptor, color table and LZW data, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameBlock {
    /// The bytes as they stand in the file.
    pub bytes: Vec<u8>,
}
