//! `compare_screenshots`: how two screenshots differ, and one picture of both.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;

use super::frame_spec;
use super::js_options::{bad, limits, rect, whole};
use crate::model::color::Color;
use crate::model::error::{Error, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::geometry::{Rect, Size};
use crate::pipeline::{CompareOptions, ComparedScreenshot, Comparison, Difference, PairLayout, compare};
use crate::wasm::js_error::to_js;
use crate::wasm::js_object::{get, set};

/// Compares two encoded screenshots, either of which may be missing: `{ difference?: { width, height, pixels, regions },
/// picture? }`. Options are `{ tolerance, background, limits, picture?: { width, height, cells, ground, markColor, overlays }
/// }`, colors 0xRRGGBB; `picture` is RGBA, row by row.
///
/// # Errors
/// A `TaskGifError` of decoding with `frame` 0 for the left one and 1 for the right one, or with code `REDACTION_FAILED` or
/// `BAD_OPTION`.
#[wasm_bindgen(js_name = compareScreenshots)]
pub fn compare_screenshots(
    left: Option<Vec<u8>>,
    left_spec: JsValue,
    right: Option<Vec<u8>>,
    right_spec: JsValue,
    options: JsValue,
) -> std::result::Result<Object, JsValue> {
    comparison_object([left.as_deref(), right.as_deref()], [&left_spec, &right_spec], &options)
        .map_err(|error| to_js(&error))
}

fn comparison_object(files: [Option<&[u8]>; 2], specs: [&JsValue; 2], options: &JsValue) -> Result<Object> {
    let spec = |side: usize| frame_spec::from_js(specs[side]).map_err(|error| error.at(side));
    let specs: [FrameSpec; 2] = [spec(0)?, spec(1)?];
    let screenshot = |side: usize| files[side].map(|bytes| ComparedScreenshot { bytes, spec: &specs[side] });
    let Comparison { difference, picture } = compare([screenshot(0), screenshot(1)], &options_from(options)?)?;
    let object = Object::new();
    if let Some(difference) = &difference {
        set(&object, "difference", difference_object(difference));
    }
    if let Some(picture) = picture {
        let mut rgba: Vec<u8> = Vec::with_capacity(picture.pixels().len() * 4);
        rgba.extend(picture.pixels().iter().flat_map(|color| {
            let [red, green, blue] = color.channels();
            [red, green, blue, 255]
        }));
        set(&object, "picture", Uint8Array::from(&rgba[..]));
    }
    Ok(object)
}

fn difference_object(Difference { size, pixels, regions }: &Difference) -> Object {
    let object = Object::new();
    set(&object, "width", size.width() as f64);
    set(&object, "height", size.height() as f64);
    set(&object, "pixels", *pixels as f64);
    set(&object, "regions", regions.iter().map(rect_object).collect::<Array>());
    object
}

fn rect_object(rect: &Rect) -> Object {
    let object = Object::new();
    for (name, side) in [("left", rect.left()), ("top", rect.top()), ("width", rect.width()), ("height", rect.height())]
    {
        set(&object, name, side as f64);
    }
    object
}

fn options_from(object: &JsValue) -> Result<CompareOptions> {
    Ok(CompareOptions {
        tolerance: whole(object, "tolerance")?.unwrap_or_default().min(255) as u8,
        background: color(object, "background")?.unwrap_or(Color::WHITE),
        limits: limits(&get(object, "limits").unwrap_or_default())?,
        picture: get(object, "picture").map(|picture| layout(&picture)).transpose()?,
    })
}

fn layout(object: &JsValue) -> Result<PairLayout> {
    let side = |name| Ok::<_, Error>(whole(object, name)?.unwrap_or_default().min(u32::MAX.into()) as u32);
    let screen = Size::new(side("width")?, side("height")?)?;
    let cells = frame_spec::items(object, "cells").unwrap_or_default();
    let [left, right] = &cells[..] else { return Err(bad("cells", "two rectangles")) };
    let overlays = frame_spec::items(object, "overlays").ok_or_else(|| bad("overlays", "an array"))?;
    Ok(PairLayout {
        screen,
        cells: [rect(left, "cells", screen)?, rect(right, "cells", screen)?],
        ground: color(object, "ground")?.unwrap_or(Color::WHITE),
        mark_color: color(object, "markColor")?.unwrap_or(Color::BLACK),
        overlays: overlays.iter().map(frame_spec::overlay).collect::<Result<_>>()?,
    })
}

fn color(object: &JsValue, name: &str) -> Result<Option<Color>> {
    get(object, name).map(|color| frame_spec::color_in(&color)).transpose()
}
