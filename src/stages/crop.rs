//! A [`Raster`] in, a part of it out.

use crate::model::error::{ErrorKind, Result};
use crate::model::geometry::{Area, Size};
use crate::model::raster::{Raster, reserve};

/// The part of `source` inside `view`.
///
/// # Errors
/// `BAD_OPTION` for a view outside the picture; `OUT_OF_MEMORY`.
pub fn crop(source: &Raster, view: Area) -> Result<Raster> {
    let Some((columns, rows)) = view.within(source.size().width(), source.size().height()) else {
        let reason = "expected a part of the screenshot, found one that lies outside".into();
        return Err(ErrorKind::BadOption { option: "view", reason }.into());
    };
    let part = Size::new(columns.len() as u32, rows.len() as u32)?;
    let mut pixels = reserve(part.area())?;
    for y in rows {
        pixels.extend_from_slice(&source.row(y)[columns.clone()]);
    }
    Raster::from_pixels(part, pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::color::Color;

    #[test]
    fn a_part_has_the_pixels_of_its_place_and_none_from_outside() {
        let size = Size::new(3, 2).unwrap();
        let source = Raster::from_pixels(size, [1, 2, 3, 4, 5, 6].map(Color::from_bits).to_vec()).unwrap();
        let part = |left, top, width, height| crop(&source, Area { left, top, width, height });
        assert_eq!(part(1, 0, 2, 2).unwrap().pixels(), [2, 3, 5, 6].map(Color::from_bits));
        assert_eq!(part(-1, 1, 2, 9).unwrap().pixels(), [Color::from_bits(4)]);
        assert_eq!(part(3, 0, 1, 1).unwrap_err().code(), "BAD_OPTION");
    }
}
