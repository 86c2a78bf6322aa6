//! Decoded screenshot in, the same with boxes blacked out. Runs right after decoding, so that no later stage sees the
//! pixels below a box.

use crate::model::color::Color;
use crate::model::error::{ErrorKind, Result};
use crate::model::geometry::Area;
use crate::model::raster::Raster;

/// Turns each box black; the parts of boxes outside the screenshot are ignored.
///
/// # Errors
/// `REDACTION_FAILED` for a box that covers no pixel, since it fails to hide something.
pub fn redact(raster: &mut Raster, boxes: &[Area]) -> Result<()> {
    let (width, height) = (raster.size().width(), raster.size().height());
    for area in boxes {
        let Some((columns, rows)) = area.within(width, height) else {
            let Area { left, top, width: w, height: h } = area;
            let reason = format!("{w} x {h} pixels at {left}, {top} cover nothing of {width} x {height}");
            return Err(ErrorKind::RedactionFailed { reason }.into());
        };
        for y in rows {
            raster.pixels_mut()[y * width..][columns.clone()].fill(Color::BLACK);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::Size;

    #[test]
    fn a_box_turns_black_and_the_rest_stays() {
        let mut raster =
            Raster::from_pixels(Size::new(3, 2).unwrap(), [1, 2, 3, 4, 5, 6].map(Color::from_bits).to_vec()).unwrap();
        redact(&mut raster, &[Area { left: 1, top: -4, width: 1, height: 5 }]).unwrap();
        redact(&mut raster, &[]).unwrap();
        assert_eq!(raster.pixels(), [1, 0, 3, 4, 5, 6].map(Color::from_bits));
    }

    #[test]
    fn a_box_that_hides_nothing_is_an_error() {
        let mut raster = Raster::filled(Size::new(3, 2).unwrap(), Color::WHITE).unwrap();
        for area in [Area { left: 3, width: 1, height: 1, ..Area::default() }, Area::default()] {
            let error = redact(&mut raster, &[area]).unwrap_err();
            assert_eq!(error.code(), "REDACTION_FAILED");
            assert!(error.to_string().contains("cover nothing of 3 x 2"), "{error}");
        }
    }
}
