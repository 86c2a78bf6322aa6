//! The color table of a frame.

use super::color::Color;

/// 1 to 256 colors, the transparent one included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    colors: Vec<Color>,
    transparent: Option<u8>,
}

impl Palette {
    /// Maximum number of entries of a color table.
    pub const MAX_ENTRIES: usize = 256;

    /// A palette of opaque `colors`, with a transparent entry after them if unchanged pixels are not written.
    ///
    /// Colors that do not fit the table are cut off: callers quantize first.
    #[must_use]
    pub fn new(mut colors: Vec<Color>, with_transparent: bool) -> Self {
        colors.truncate(Self::MAX_ENTRIES - usize::from(with_transparent));
        let transparent = with_transparent.then_some(colors.len() as u8);
        Self { colors, transparent }
    }

    /// [`Palette::new`] with a transparent entry if the table has room for it: some decoders use the one of the previous frame if a
    /// frame has none.
    #[must_use]
    pub fn with_spare_entry(colors: Vec<Color>) -> Self {
        let plain = Self::new(colors, false);
        if plain.entries() < 1 << plain.bits() { Self::new(plain.colors, true) } else { plain }
    }

    /// The opaque colors.
    #[must_use]
    pub fn colors(&self) -> &[Color] {
        &self.colors
    }

    /// The transparent index, which leaves a pixel unchanged.
    #[must_use]
    pub fn transparent(&self) -> Option<u8> {
        self.transparent
    }

    /// Number of entries in use, the transparent one included; at least 1.
    #[must_use]
    pub fn entries(&self) -> usize {
        (self.colors.len() + usize::from(self.transparent.is_some())).max(1)
    }

    /// Bits needed for an index: 1..=8. The color table has two to this power entries (GIF89a section 18).
    #[must_use]
    pub fn bits(&self) -> u8 {
        (usize::BITS - (self.entries() - 1).leading_zeros()).max(1) as u8
    }

    /// The table as a GIF stores it: RGB triples, padded with black to a power of two.
    #[must_use]
    pub fn table(&self) -> Vec<u8> {
        let mut table: Vec<u8> = self.colors.iter().flat_map(|color| color.channels()).collect();
        table.resize(3 << self.bits(), 0);
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_a_power_of_two() {
        for (colors, transparent, bits) in
            [(0, true, 1), (1, false, 1), (2, false, 1), (2, true, 2), (255, true, 8), (256, false, 8)]
        {
            let palette = Palette::new(vec![Color::BLACK; colors], transparent);
            assert_eq!((palette.bits(), palette.table().len()), (bits, 3 << bits));
        }
    }

    #[test]
    fn there_is_a_transparent_entry_wherever_the_table_has_room() {
        for (colors, transparent) in [(1, Some(1)), (2, None), (3, Some(3)), (4, None), (255, Some(255)), (256, None)] {
            assert_eq!(Palette::with_spare_entry(vec![Color::BLACK; colors]).transparent(), transparent);
        }
    }
}
