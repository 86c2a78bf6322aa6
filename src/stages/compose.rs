//! [`Raster`] of any size in, [`Raster`] of the logical screen's size out.

mod resize;

use std::rc::Rc;

use crate::model::click_marker::Placement;
use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::geometry::{Rect, Size};
use crate::model::gif_options::Fit;
use crate::model::raster::Raster;
use resize::resize;

/// Position and size of screenshots on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The part of the screen that screenshots are drawn on.
    pub content: Rect,
    /// The screen size before scaling: screenshots are scaled by the ratio of `content` to it. `None`: they are not scaled.
    pub unscaled: Option<Size>,
    /// How screenshots are placed whose scaled size differs from `content`.
    pub fit: Fit,
}

/// Draws `source` on a screen filled with `background`.
///
/// A shared `source` is not copied unless it is the screen already. [`Fit::Contain`] shows the whole screenshot, scaled down in proportion if it is larger, centered. [`Fit::None`] puts
/// it at the top left and cuts off what does not fit.
///
/// # Errors
/// `OUT_OF_MEMORY` when the screen cannot be allocated.
pub fn compose(source: Rc<Raster>, screen: Size, layout: Layout, background: Color) -> Result<Raster> {
    let Layout { content, unscaled, .. } = layout;
    if source.size() == screen && content == screen.rect() && unscaled.is_none() {
        return Ok(Rc::unwrap_or_clone(source));
    }
    let Placement { shown, left, top, .. } = placement(source.size(), layout);
    let source = if shown == source.size() { source } else { Rc::new(resize(&source, shown)?) };
    let width = source.size().width().min(content.width());
    let height = source.size().height().min(content.height());
    let mut composed = Raster::filled(screen, background)?;
    for y in 0..height {
        let start = (top + y) * screen.width() + left;
        composed.pixels_mut()[start..start + width].copy_from_slice(&source.row(y)[..width]);
    }
    Ok(composed)
}

/// Returns the position and size on the screen of a screenshot of size `source`.
#[must_use]
pub fn placement(source: Size, Layout { content, unscaled, fit }: Layout) -> Placement {
    let scaled = unscaled.map_or(source, |unscaled| scaled(source, unscaled, content));
    let shown = fitted(scaled, content, fit);
    let (left, top) = match fit {
        Fit::Contain => ((content.width() - shown.width()) / 2, (content.height() - shown.height()) / 2),
        Fit::None => (0, 0),
    };
    Placement { source, shown, left: content.left() + left, top: content.top() + top, content }
}

/// Scales `source` by the ratio of `content` to `unscaled`, in integers; never larger than `source`.
fn scaled(source: Size, unscaled: Size, content: Rect) -> Size {
    let side = |side: usize, from: usize, to: usize| ((side * to.min(from) + from / 2) / from).max(1) as u32;
    let width = side(source.width(), unscaled.width(), content.width());
    let height = side(source.height(), unscaled.height(), content.height());
    Size::new(width, height).unwrap_or(source)
}

/// Returns the size of `source` on the screen: its own size if it fits, else the largest one of the same aspect ratio.
fn fitted(source: Size, content: Rect, fit: Fit) -> Size {
    let (sw, sh, cw, ch) = (source.width(), source.height(), content.width(), content.height());
    if fit == Fit::None || (sw <= cw && sh <= ch) {
        return source;
    }
    // The side with less room is filled; the other follows from the proportions, rounded, in integers.
    let (width, height) =
        if sw * ch >= sh * cw { (cw, (sh * cw + sw / 2) / sw) } else { ((sw * ch + sh / 2) / sh, ch) };
    Size::new(width.max(1) as u32, height.max(1) as u32).unwrap_or(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32) -> Size {
        Size::new(width, height).unwrap()
    }

    fn pixels<const N: usize>(bits: [u32; N]) -> Vec<Color> {
        bits.map(Color::from_bits).to_vec()
    }

    /// All of `screen`, screenshots not scaled.
    fn all(screen: Size, fit: Fit) -> Layout {
        Layout { content: screen.rect(), unscaled: None, fit }
    }

    #[test]
    fn a_raster_of_the_screens_size_passes_untouched() {
        let raster = Raster::from_pixels(size(2, 1), vec![Color::BLACK, Color::WHITE]).unwrap();
        let screen = size(2, 1);
        assert_eq!(compose(Rc::new(raster.clone()), screen, all(screen, Fit::Contain), Color::WHITE).unwrap(), raster);
    }

    #[test]
    fn a_smaller_raster_is_centered_and_never_enlarged() {
        let raster = Raster::from_pixels(size(1, 1), pixels([7])).unwrap();
        let screen = size(3, 3);
        let composed = compose(Rc::new(raster), screen, all(screen, Fit::Contain), Color::BLACK).unwrap();
        assert_eq!(composed.pixels(), pixels([0, 0, 0, 0, 7, 0, 0, 0, 0]));
    }

    #[test]
    fn an_integer_ratio_averages_exactly() {
        let raster = Raster::from_pixels(size(4, 2), pixels([10, 20, 50, 50, 30, 40, 50, 50])).unwrap();
        let screen = size(2, 1);
        let composed = compose(Rc::new(raster), screen, all(screen, Fit::Contain), Color::BLACK).unwrap();
        assert_eq!(composed.pixels(), pixels([25, 50]));
    }

    #[test]
    fn fit_none_cuts_off_at_the_right_and_below() {
        let raster = Raster::from_pixels(size(3, 2), pixels([1, 2, 3, 4, 5, 6])).unwrap();
        let screen = size(2, 3);
        let composed = compose(Rc::new(raster), screen, all(screen, Fit::None), Color::BLACK).unwrap();
        assert_eq!(composed.pixels(), pixels([1, 2, 4, 5, 0, 0]));
    }

    #[test]
    fn a_screenshot_is_scaled_as_the_screen_was_whether_it_fills_it_or_not() {
        let screen = size(3, 1);
        let small = Raster::from_pixels(size(2, 2), pixels([10, 20, 30, 40])).unwrap();
        for (fit, composed) in [(Fit::None, [25, 0, 0]), (Fit::Contain, [0, 25, 0])] {
            let layout = Layout { content: screen.rect(), unscaled: Some(size(6, 2)), fit };
            assert_eq!(
                compose(Rc::new(small.clone()), screen, layout, Color::BLACK).unwrap().pixels(),
                pixels(composed)
            );
        }
    }

    #[test]
    fn proportions_are_kept_within_half_a_pixel() {
        let content = size(100, 50).rect();
        assert_eq!(fitted(size(768, 1280), content, Fit::Contain), size(30, 50));
        assert_eq!(fitted(size(10_000, 1), content, Fit::Contain), size(100, 1));
    }
}
