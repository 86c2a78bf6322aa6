//! Two screenshots of one step, from two runs: how they differ, and one picture of both side by side.

use std::rc::Rc;

use crate::model::click_marker::{ClickMarker, Placement};
use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::frame_spec::FrameSpec;
use crate::model::geometry::{Area, Rect, Size};
use crate::model::gif_options::Fit;
use crate::model::limits::Limits;
use crate::model::overlay::Overlay;
use crate::model::raster::Raster;
use crate::stages::compose::Layout;
use crate::stages::difference::{Difference, difference};
use crate::stages::{click_markers, compose, decode, overlay, redact};

/// How far boxes keep from the edges of a screenshot: one of so many parts of its width on the picture, and at least so
/// many pixels. Lines lie outside the box.
const MARGIN: usize = 64;
const LEAST_MARGIN_PX: usize = 6;

/// One encoded screenshot, and what is hidden of it.
#[derive(Debug, Clone, Copy)]
pub struct ComparedScreenshot<'a> {
    /// PNG, JPEG, WebP or GIF bytes.
    pub bytes: &'a [u8],
    /// Its redactions; the rest of the spec is ignored.
    pub spec: &'a FrameSpec,
}

/// How screenshots are compared, and drawn beside each other.
#[derive(Debug, Clone)]
pub struct CompareOptions {
    /// The largest difference of a channel, 0 to 255, that does not count.
    pub tolerance: u8,
    /// Background of transparent screenshots.
    pub background: Color,
    /// Upper bounds for each.
    pub limits: Limits,
    /// The picture of both, if there is to be one.
    pub picture: Option<PairLayout>,
}

/// Where everything goes on a picture of two screenshots.
#[derive(Debug, Clone)]
pub struct PairLayout {
    /// Size of the picture.
    pub screen: Size,
    /// Where the left screenshot goes and where the right one.
    pub cells: [Rect; 2],
    /// Background of the picture.
    pub ground: Color,
    /// The color of the boxes around what differs.
    pub mark_color: Color,
    /// Painted last.
    pub overlays: Vec<Overlay>,
}

/// What comparing two screenshots gave.
#[derive(Debug)]
pub struct Comparison {
    /// How they differ; `None` where one is missing.
    pub difference: Option<Difference>,
    /// Both beside each other, what differs in boxes; a cell whose screenshot is missing is empty.
    pub picture: Option<Raster>,
}

/// Compares a screenshot of one run with the one of another; either may be missing.
///
/// # Errors
/// Those of decoding, with 0 or 1 as the frame, and `REDACTION_FAILED`; `OUT_OF_MEMORY`.
pub fn compare(screenshots: [Option<ComparedScreenshot>; 2], options: &CompareOptions) -> Result<Comparison> {
    let decoded = |side: usize| {
        screenshots[side].map(|screenshot| decode(screenshot, options).map_err(|error| error.at(side))).transpose()
    };
    let rasters = [decoded(0)?, decoded(1)?];
    let difference = match &rasters {
        [Some(left), Some(right)] => Some(difference(left, right, options.tolerance)?),
        _ => None,
    };
    let regions = difference.as_ref().map_or(&[][..], |difference| &difference.regions);
    let picture = options.picture.as_ref().map(|layout| side_by_side(rasters, regions, layout, options.background));
    Ok(Comparison { picture: picture.transpose()?, difference })
}

fn decode(ComparedScreenshot { bytes, spec }: ComparedScreenshot, options: &CompareOptions) -> Result<Rc<Raster>> {
    let mut decoded = decode::decode(bytes, options.background, &options.limits)?;
    redact::redact(&mut decoded.raster, &spec.redact)?;
    Ok(Rc::new(decoded.raster))
}

fn side_by_side(
    rasters: [Option<Rc<Raster>>; 2],
    regions: &[Rect],
    layout: &PairLayout,
    background: Color,
) -> Result<Raster> {
    let mut screen = Raster::filled(layout.screen, layout.ground)?;
    for (raster, cell) in rasters.into_iter().zip(layout.cells) {
        let Some(raster) = raster else { continue };
        let size = Size::new(cell.width() as u32, cell.height() as u32)?;
        let within = Layout { content: size.rect(), unscaled: None, fit: Fit::Contain };
        let placement = compose::placement(raster.size(), within);
        let mut shown = compose::compose(raster, size, within, background)?;
        let marks: Vec<ClickMarker> =
            regions.iter().map(|region| ClickMarker::Element(boxed(*region, &placement))).collect();
        overlay::paint(&mut shown, &click_markers::overlays(&marks, layout.mark_color, &placement, size.width())?);
        for y in 0..size.height() {
            let start = (cell.top() + y) * layout.screen.width() + cell.left();
            screen.pixels_mut()[start..start + size.width()].copy_from_slice(shown.row(y));
        }
    }
    overlay::paint(&mut screen, &layout.overlays);
    Ok(screen)
}

/// The region, so far from the edges of the screenshot that the line around it can be seen.
fn boxed(region: Rect, placement: &Placement) -> Area {
    let (source, shown) = (placement.source, placement.shown);
    let margin = (shown.width() / MARGIN).max(LEAST_MARGIN_PX) * source.width() / shown.width();
    let span = |start: usize, len: usize, most: usize| {
        let end = (start + len).min(most.saturating_sub(margin));
        let start = start.max(margin).min(end);
        (start as i64, (end - start) as i64)
    };
    let (left, width) = span(region.left(), region.width(), source.width());
    let (top, height) = span(region.top(), region.height(), source.height());
    Area { left, top, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A white page with a block of a color at its lower right.
    fn file(block: [u8; 3]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 640, 480);
        encoder.set_color(png::ColorType::Rgb);
        let in_block = |at: usize| (400..440).contains(&(at % 640)) && (300..320).contains(&(at / 640));
        let pixels: Vec<u8> = (0..640 * 480).flat_map(|at| if in_block(at) { block } else { [255; 3] }).collect();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        bytes
    }

    fn options() -> CompareOptions {
        let screen = Size::new(650, 250).unwrap();
        let cell = |left| Rect::new(left, 10, 320, 240, screen).unwrap();
        let picture = PairLayout {
            screen,
            cells: [cell(0), cell(330)],
            ground: Color::from_hex(0x11_2233),
            mark_color: Color::from_hex(0xff_3b6b),
            overlays: vec![Overlay::solid(Rect::new(0, 0, 650, 4, screen).unwrap(), Color::BLACK)],
        };
        let limits = Limits::default();
        CompareOptions { tolerance: 0, background: Color::WHITE, limits, picture: Some(picture) }
    }

    #[test]
    fn two_screenshots_stand_beside_each_other_with_a_box_around_what_differs() {
        let (left, right, spec) = (file([255; 3]), file([0, 0, 200]), FrameSpec::default());
        let screenshots = [&left, &right].map(|bytes| Some(ComparedScreenshot { bytes, spec: &spec }));
        let Comparison { difference, picture } = compare(screenshots, &options()).unwrap();
        let Difference { pixels, regions, size } = difference.unwrap();
        assert_eq!((pixels, regions), (40 * 20, vec![Rect::new(400, 300, 40, 20, size).unwrap()]));
        let picture = picture.unwrap();
        let at = |x: usize, y: usize| picture.row(y)[x];
        assert_eq!(
            [at(0, 0), at(0, 7), at(325, 100)],
            [Color::BLACK, Color::from_hex(0x11_2233), Color::from_hex(0x11_2233)]
        );
        assert_eq!([at(210, 165), at(330 + 210, 165)], [Color::WHITE, Color::rgb([0, 0, 200])]);
        for left in [0, 330] {
            let line = (0..320).filter(|x| at(left + x, 165) == Color::from_hex(0xff_3b6b)).count();
            assert!(line >= 4, "the sides of a box: {line}");
        }
    }

    #[test]
    fn a_cell_without_a_screenshot_is_empty_and_what_is_hidden_does_not_differ() {
        let (left, right) = (file([9, 9, 9]), file([0, 0, 200]));
        let spec =
            FrameSpec { redact: vec![Area { left: 390, top: 290, width: 60, height: 40 }], ..FrameSpec::default() };
        let hidden = [&left, &right].map(|bytes| Some(ComparedScreenshot { bytes, spec: &spec }));
        assert_eq!(compare(hidden, &options()).unwrap().difference.unwrap().pixels, 0);
        let alone = compare([None, hidden[1]], &options()).unwrap();
        let picture = alone.picture.unwrap();
        assert_eq!((alone.difference, picture.row(100)[100]), (None, Color::from_hex(0x11_2233)));
        let error = compare([hidden[0], Some(ComparedScreenshot { bytes: b"no picture", spec: &spec })], &options());
        assert_eq!(error.unwrap_err().frame, Some(1));
    }
}
