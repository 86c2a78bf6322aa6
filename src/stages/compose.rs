//! [`Raster`] of any size in, [`Raster`] of the logical screen's size out.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::model::error::{ErrorKind, Result};
use crate::model::geometry::{Rect, Size};
use crate::model::mark::Placement;
use crate::model::options::Fit;
use crate::model::raster::{Raster, reserve};

/// Places `source` inside `content` on a screen filled with `background`.
///
/// [`Fit::Contain`] shows the whole screenshot, scaled down in proportion if it is larger, centered. [`Fit::None`] puts
/// it at the top left and cuts off what does not fit.
///
/// # Errors
/// `OUT_OF_MEMORY` when the screen cannot be allocated.
pub fn compose(source: Raster, screen: Size, content: Rect, background: u32, fit: Fit) -> Result<Raster> {
    if source.size() == screen && content == screen.rect() {
        return Ok(source);
    }
    let Placement { shown, left, top, .. } = placement(source.size(), content, fit);
    let source = if shown == source.size() { source } else { resize(&source, shown)? };
    let width = source.size().width().min(content.width());
    let height = source.size().height().min(content.height());
    let mut composed = Raster::filled(screen, background)?;
    for y in 0..height {
        let start = (top + y) * screen.width() + left;
        composed.pixels_mut()[start..start + width].copy_from_slice(&source.row(y)[..width]);
    }
    Ok(composed)
}

/// Where a screenshot of size `source` lies on the screen.
#[must_use]
pub fn placement(source: Size, content: Rect, fit: Fit) -> Placement {
    let shown = place(source, content, fit);
    let (left, top) = match fit {
        Fit::Contain => ((content.width() - shown.width()) / 2, (content.height() - shown.height()) / 2),
        Fit::None => (0, 0),
    };
    Placement { source, shown, left: content.left() + left, top: content.top() + top, content }
}

/// The size `source` has on the screen: its own, or the largest of the same proportions that fits.
fn place(source: Size, content: Rect, fit: Fit) -> Size {
    let (sw, sh, cw, ch) = (source.width(), source.height(), content.width(), content.height());
    if fit == Fit::None || (sw <= cw && sh <= ch) {
        return source;
    }
    // Whichever side is tighter fills; the other follows, rounded, in integers.
    let (width, height) =
        if sw * ch >= sh * cw { (cw, (sh * cw + sw / 2) / sw) } else { ((sw * ch + sh / 2) / sh, ch) };
    Size::new(width.max(1) as u32, height.max(1) as u32).unwrap_or(source)
}

/// Box at integer ratios, where it makes the fewest new colors; Catmull-Rom otherwise.
fn resize(source: &Raster, to: Size) -> Result<Raster> {
    let from = source.size();
    let whole = from.width().is_multiple_of(to.width()) && from.height().is_multiple_of(to.height());
    let filter = if whole { FilterType::Box } else { FilterType::CatmullRom };
    let failed = |_| ErrorKind::OutOfMemory { bytes: to.area() * 4 };

    let mut samples = reserve(from.area() * 4)?;
    samples.extend(source.pixels().iter().flat_map(|pixel| pixel.to_le_bytes()));
    let view = ImageRef::new(from.width() as u32, from.height() as u32, &samples, PixelType::U8x4);
    let view = view.map_err(|_| ErrorKind::OutOfMemory { bytes: samples.len() })?;
    let mut resized = Image::new(to.width() as u32, to.height() as u32, PixelType::U8x4);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).use_alpha(false);
    Resizer::new().resize(&view, &mut resized, &options).map_err(failed)?;

    let (quads, _) = resized.buffer().as_chunks::<4>();
    let pixels = quads.iter().map(|&quad| u32::from_le_bytes(quad) & 0x00ff_ffff).collect();
    Raster::from_pixels(to, pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32) -> Size {
        Size::new(width, height).unwrap()
    }

    #[test]
    fn a_raster_of_the_screens_size_passes_untouched() {
        let raster = Raster::from_pixels(size(2, 1), vec![1, 2]).unwrap();
        let screen = size(2, 1);
        assert_eq!(compose(raster.clone(), screen, screen.rect(), 9, Fit::Contain).unwrap(), raster);
    }

    #[test]
    fn a_smaller_raster_is_centered_and_never_enlarged() {
        let raster = Raster::from_pixels(size(1, 1), vec![7]).unwrap();
        let screen = size(3, 3);
        let composed = compose(raster, screen, screen.rect(), 0, Fit::Contain).unwrap();
        assert_eq!(composed.pixels(), [0, 0, 0, 0, 7, 0, 0, 0, 0]);
    }

    #[test]
    fn an_integer_ratio_averages_exactly() {
        let raster = Raster::from_pixels(size(4, 2), vec![10, 20, 50, 50, 30, 40, 50, 50]).unwrap();
        let screen = size(2, 1);
        let composed = compose(raster, screen, screen.rect(), 0, Fit::Contain).unwrap();
        assert_eq!(composed.pixels(), [25, 50]);
    }

    #[test]
    fn fit_none_cuts_off_at_the_right_and_below() {
        let raster = Raster::from_pixels(size(3, 2), vec![1, 2, 3, 4, 5, 6]).unwrap();
        let screen = size(2, 3);
        let composed = compose(raster, screen, screen.rect(), 0, Fit::None).unwrap();
        assert_eq!(composed.pixels(), [1, 2, 4, 5, 0, 0]);
    }

    #[test]
    fn proportions_are_kept_within_half_a_pixel() {
        let content = size(100, 50).rect();
        assert_eq!(place(size(768, 1280), content, Fit::Contain), size(30, 50));
        assert_eq!(place(size(10_000, 1), content, Fit::Contain), size(100, 1));
    }
}
