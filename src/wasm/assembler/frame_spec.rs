//! Parses a [`FrameSpec`] from a JavaScript object; `undefined` is an empty one.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::model::click_marker::{ClickMarker, Point};
use crate::model::color::Color;
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::geometry::Area;
use crate::model::overlay::{Overlay, Paint};
use crate::wasm::js_object::get;

/// The spec in `object`.
///
/// What should hide something is never passed over: any `redact` that cannot be read is an error.
pub(super) fn from_js(object: &JsValue) -> Result<FrameSpec> {
    let redact = |reason: &str| Error::from(ErrorKind::RedactionFailed { reason: reason.into() });
    let boxes = items(object, "redact").ok_or_else(|| redact("redact is no array of boxes"))?;
    let boxes = boxes.iter().map(|item| {
        area(item).ok_or_else(|| redact("expected left, top, width and height in pixels, found something else"))
    });
    let overlays = items(object, "overlays").ok_or_else(|| bad("overlays", "an array"))?;
    let marks = items(object, "marks").ok_or_else(|| bad("marks", "an array"))?;
    Ok(FrameSpec {
        redact: boxes.collect::<Result<_>>()?,
        view: get(object, "view")
            .map(|view| area(&view).ok_or_else(|| bad("view", "left, top, width and height")))
            .transpose()?,
        blank: get(object, "blank").map(|color| color_in(&color)).transpose()?,
        marks: marks.iter().map(mark).collect::<Result<_>>()?,
        overlays: overlays.iter().map(overlay).collect::<Result<_>>()?,
    })
}

fn bad(option: &'static str, expected: &str) -> Error {
    ErrorKind::BadOption { option, reason: format!("expected {expected}, found something else") }.into()
}

/// The items of an array; none where there is no array, `None` where there is something else.
pub(super) fn items(object: &JsValue, name: &str) -> Option<Vec<JsValue>> {
    let Some(value) = get(object, name) else {
        return Some(Vec::new());
    };
    value.dyn_ref::<Array>().map(|array| array.iter().collect())
}

/// The smallest area of whole pixels around a box.
pub(super) fn area(object: &JsValue) -> Option<Area> {
    // Whole pixels up to here are exact as f64, and their sums as i64.
    let side = |name| get(object, name)?.as_f64().filter(|side| side.abs() <= 9_007_199_254_740_991.0);
    let (left, top, width, height) = (side("left")?, side("top")?, side("width")?, side("height")?);
    let span = |start: f64, len: f64| {
        let (first, end) = (start.floor() as i64, (start + len).ceil() as i64);
        // A box of no width hides nothing, wherever its one edge lies.
        (first, if len > 0.0 { end - first } else { 0 })
    };
    let ((left, width), (top, height)) = (span(left, width), span(top, height));
    Some(Area { left, top, width, height })
}

/// A point, to the nearest pixel.
pub(super) fn point(object: &JsValue) -> Option<Point> {
    let side = |name| get(object, name)?.as_f64().filter(|side| side.is_finite());
    let rounded = |side: f64| (side + 0.5).floor() as i64;
    Some(Point { left: rounded(side("left")?), top: rounded(side("top")?) })
}

fn mark(object: &JsValue) -> Result<ClickMarker> {
    let missing = || bad("marks", "left and top in pixels");
    match get(object, "kind").and_then(|kind| kind.as_string()).as_deref() {
        Some("click") => point(object).map(ClickMarker::Click).ok_or_else(missing),
        Some("pointer") => point(object).map(ClickMarker::Pointer).ok_or_else(missing),
        Some("element") => area(object).map(ClickMarker::Element).ok_or_else(missing),
        Some("drag") => {
            let points = items(object, "points").ok_or_else(|| bad("marks", "an array of points"))?;
            points.iter().map(|item| point(item).ok_or_else(missing)).collect::<Result<_>>().map(ClickMarker::Drag)
        }
        _ => Err(bad("marks", "the kind click, pointer, element or drag")),
    }
}

pub(super) fn overlay(object: &JsValue) -> Result<Overlay> {
    let area = area(object).ok_or_else(|| bad("overlays", "left, top, width and height in pixels"))?;
    let values = |name| {
        let value = get(object, name).and_then(|value| value.dyn_into::<Uint8Array>().ok());
        value.map(|value| value.to_vec()).ok_or_else(|| bad("overlays", "a Uint8Array of pixels"))
    };
    let color = || get(object, "color").ok_or_else(|| bad("overlays", "a color")).and_then(|color| color_in(&color));
    let paint = match get(object, "kind").and_then(|kind| kind.as_string()).as_deref() {
        Some("solid") => Paint::Solid(color()?),
        Some("coverage") => Paint::Coverage { color: color()?, coverage: values("coverage")? },
        Some("picture") => Paint::Picture { rgba: values("rgba")? },
        _ => return Err(bad("overlays", "the kind solid, coverage or picture")),
    };
    Overlay::new(area, paint)
}

pub(super) fn color_in(value: &JsValue) -> Result<Color> {
    match value.as_f64() {
        Some(rgb) if (0.0..=f64::from(0x00ff_ffff)).contains(&rgb) && rgb.fract() == 0.0 => {
            Ok(Color::from_hex(rgb as u32))
        }
        _ => Err(bad("overlays", "a color from 0 to 0xffffff")),
    }
}
