//! One color of a pixel or of a palette.

use bytemuck::{Pod, Zeroable};

/// An opaque sRGB color in one word, `0x00BBGGRR`: in memory its bytes are red, green, blue and 0.
///
/// A whole word makes "did it change" one comparison and a color its own hash key. The order of two colors is that of
/// their words and has no meaning beyond being the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Pod, Zeroable)]
#[repr(transparent)]
pub struct Color(u32);

impl Color {
    /// `#000000`.
    pub const BLACK: Self = Self(0);
    /// `#ffffff`.
    pub const WHITE: Self = Self(0x00ff_ffff);

    /// The color of these channels, each in [0, 255].
    #[must_use]
    pub const fn rgb([red, green, blue]: [u8; 3]) -> Self {
        Self(red as u32 | (green as u32) << 8 | (blue as u32) << 16)
    }

    /// The gray whose channels are all `level`.
    #[must_use]
    pub const fn gray(level: u8) -> Self {
        Self::rgb([level; 3])
    }

    /// The color written `0xRRGGBB`, as in CSS; higher bits are ignored.
    #[must_use]
    pub const fn from_hex(rgb: u32) -> Self {
        Self::rgb([(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8])
    }

    /// The color of a word `0x00BBGGRR`; the top byte is ignored.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & 0x00ff_ffff)
    }

    /// The word, `0x00BBGGRR`.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Red, green and blue.
    #[must_use]
    pub const fn channels(self) -> [u8; 3] {
        [self.0 as u8, (self.0 >> 8) as u8, (self.0 >> 16) as u8]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_is_the_same_by_channels_by_hex_and_by_bits() {
        let color = Color::rgb([1, 2, 255]);
        assert_eq!(color.channels(), [1, 2, 255]);
        assert_eq!([color, color], [Color::from_hex(0x01_02_ff), Color::from_bits(0xaa_ff_02_01)]);
        assert_eq!((Color::gray(255), Color::gray(0)), (Color::WHITE, Color::BLACK));
        assert_eq!(bytemuck::bytes_of(&color), [1, 2, 255, 0]);
    }
}
