//! EXIF orientation: pixels as stored in, pixels as displayed out.

use image::metadata::Orientation;

use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::raster::reserve;

/// Returns the orientation that EXIF data contain; no transform if there are none, or they contain none.
pub fn of_exif(exif: Option<&[u8]>) -> Orientation {
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// Whether width and height are swapped.
pub fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// Turns and mirrors `pixels`, which are `width` wide as stored, so that they are as displayed.
///
/// # Errors
/// `OUT_OF_MEMORY`.
pub fn orient(pixels: Vec<Color>, width: usize, orientation: Orientation) -> Result<Vec<Color>> {
    use Orientation::{FlipHorizontal, FlipVertical, NoTransforms, Rotate90, Rotate180, Rotate270, Rotate270FlipH};
    if orientation == NoTransforms || width == 0 {
        return Ok(pixels);
    }
    let height = pixels.len() / width;
    let turned = is_turned(orientation);
    let from_right = matches!(orientation, FlipHorizontal | Rotate180 | Rotate270 | Rotate270FlipH);
    let from_below = matches!(orientation, FlipVertical | Rotate180 | Rotate90 | Rotate270FlipH);
    let (across, down) = if turned { (height, width) } else { (width, height) };
    let mut displayed = reserve(pixels.len())?;
    for row in 0..down {
        displayed.extend((0..across).map(|column| {
            let (x, y) = if turned { (row, column) } else { (column, row) };
            let x = if from_right { width - 1 - x } else { x };
            let y = if from_below { height - 1 - y } else { y };
            pixels[y * width + x]
        }));
    }
    Ok(displayed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, RgbaImage};

    #[test]
    fn every_orientation_is_applied_as_image_does() {
        let pixels: Vec<Color> = (1..=6).map(Color::from_bits).collect();
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let samples = pixels.iter().flat_map(|pixel| pixel.bits().to_le_bytes()).collect();
            let mut expected = DynamicImage::from(RgbaImage::from_raw(3, 2, samples).unwrap());
            expected.apply_orientation(orientation);
            let expected: Vec<Color> =
                expected.into_rgba8().pixels().map(|pixel| Color::from_bits(u32::from_le_bytes(pixel.0))).collect();
            assert_eq!(orient(pixels.clone(), 3, orientation).unwrap(), expected, "{orientation:?}");
        }
    }
}
