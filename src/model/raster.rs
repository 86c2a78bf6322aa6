//! Decoded pixels, and memory for them.

use super::color::Color;
use super::error::{ErrorKind, Result};
use super::geometry::Size;

/// Opaque pixels, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    size: Size,
    pixels: Vec<Color>,
}

impl Raster {
    /// A raster filled with one color.
    ///
    /// # Errors
    /// `OUT_OF_MEMORY` when the pixels cannot be allocated.
    pub fn filled(size: Size, color: Color) -> Result<Self> {
        let mut pixels = reserve(size.area())?;
        pixels.resize(size.area(), color);
        Ok(Self { size, pixels })
    }

    /// A raster of `pixels`, row by row.
    ///
    /// # Errors
    /// `BAD_MESSAGE` when their number is not that of `size`.
    pub fn from_pixels(size: Size, pixels: Vec<Color>) -> Result<Self> {
        if pixels.len() != size.area() {
            return Err(ErrorKind::BadMessage { what: "as many pixels as the raster's size has" }.into());
        }
        Ok(Self { size, pixels })
    }

    /// Width and height.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// All pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[Color] {
        &self.pixels
    }

    /// All pixels, row by row, to be drawn on.
    pub fn pixels_mut(&mut self) -> &mut [Color] {
        &mut self.pixels
    }

    /// Row `y` (0 is the top one).
    #[must_use]
    pub fn row(&self, y: usize) -> &[Color] {
        &self.pixels[y * self.size.width()..][..self.size.width()]
    }

    /// The pixels themselves, for use as a buffer.
    #[must_use]
    pub fn into_pixels(self) -> Vec<Color> {
        self.pixels
    }
}

/// An empty vector with room for `len` items.
///
/// # Errors
/// `OUT_OF_MEMORY` instead of an abort when the allocator has no such room.
pub fn reserve<T>(len: usize) -> Result<Vec<T>> {
    let mut items = Vec::new();
    let bytes = len.saturating_mul(size_of::<T>());
    items.try_reserve_exact(len).map_err(|_| ErrorKind::OutOfMemory { bytes })?;
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raster_has_as_many_pixels_as_its_size() {
        let size = Size::new(2, 2).unwrap();
        assert!(Raster::from_pixels(size, vec![Color::BLACK; 3]).is_err());
        assert_eq!(Raster::filled(size, Color::WHITE).unwrap().row(1), [Color::WHITE; 2]);
    }

    #[test]
    fn an_impossible_size_is_an_error_and_no_abort() {
        assert_eq!(reserve::<u64>(usize::MAX / 8).unwrap_err().code(), "OUT_OF_MEMORY");
    }
}
