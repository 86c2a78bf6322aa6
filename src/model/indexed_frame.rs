//! A frame as palette indices, and the encoded block of the file.

use super::geometry::Rect;
use super::palette::Palette;

/// Disposal: what happens to the area of a frame after its delay (GIF89a section 23).
///
/// `Background` is not here: browsers make the area transparent, other decoders fill it with a color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposal {
    /// The pixels stay.
    Keep,
    /// The pixels before the frame are restored.
    Previous,
}

/// A frame as palette indices, with the other indices that may be written instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedFrame {
    /// Position and size on the screen.
    pub rect: Rect,
    /// Its color table.
    pub palette: Palette,
    /// `rect.area()` palette indices, row by row.
    pub indices: Vec<u8>,
    /// For each pixel the other indices that may be written.
    pub slack: Vec<Slack>,
}

/// Other palette indices that the LZW encoder may write for a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slack {
    /// No other one.
    None,
    /// This index, which shows the same color.
    Either(u8),
    /// Any entry within the frame's [`Tolerance`](super::tolerance::Tolerance).
    Near,
}

/// A finished frame: graphic control extension, image descriptor, color table and LZW data, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameBlock {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}
