//! `probe` and `plan`, the two calls that need no frames.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;

use super::js_options;
use crate::model::delay::DelayParts;
use crate::model::effort_tuning::EffortTuning;
use crate::model::error::{ErrorKind, Result};
use crate::model::frame_stats::FrameStats;
use crate::model::plan::{Base, View};
use crate::pipeline;
use crate::wasm::js_error::to_js;
use crate::wasm::js_object::set;

/// Reads the header of an encoded image: `{ width, height, format }`.
///
/// # Errors
/// A `TaskGifError` with code `UNKNOWN_FORMAT`, `DECODE_FAILED` or `LIMIT_EXCEEDED`.
#[wasm_bindgen]
pub fn probe(bytes: &[u8], limits: JsValue) -> std::result::Result<Object, JsValue> {
    let header = js_options::limits(&limits).and_then(|limits| pipeline::probe(bytes, &limits));
    let header = header.map_err(|error| to_js(&error))?;
    let object = Object::new();
    set(&object, "width", header.size.width() as f64);
    set(&object, "height", header.size.height() as f64);
    set(&object, "format", header.format);
    Ok(object)
}

/// Plans the GIF: `{ header, trailer, frames: [{ index, delayMs, delay, sources, plan }], durationMs, paletteKind, damaged,
/// leftOut, givenUp }`; `damaged` has the indices of frames whose screenshots are gray or wrong in parts, `leftOut` of those
/// without which all is to be analyzed and planned again, since the GIF would be too long.
///
/// # Errors
/// A `TaskGifError` with code `TOO_FEW_SCREENSHOTS`, `LIMIT_EXCEEDED`, `BAD_OPTION` or `BAD_MESSAGE`.
#[wasm_bindgen]
pub fn plan(options: JsValue, stats: Vec<Uint8Array>, timing: JsValue) -> std::result::Result<Object, JsValue> {
    plan_object(&options, &stats, &timing).map_err(|error| to_js(&error))
}

fn plan_object(options: &JsValue, stats: &[Uint8Array], timing: &JsValue) -> Result<Object> {
    let options = js_options::from_js(options)?;
    let missing = || ErrorKind::BadOption { option: "width", reason: "expected a size, found none".into() };
    let screen = options.screen.ok_or_else(missing)?;
    let stats = stats.iter().map(|bytes| FrameStats::from_bytes(&bytes.to_vec())).collect::<Result<Vec<_>>>()?;
    let plan = pipeline::plan(&options, screen, &stats, &js_options::timings(timing))?;

    let frames = Array::new();
    let mut first = 0;
    for (frame, why) in plan.frames.iter().zip(&plan.why) {
        let sources: Array = (first..first + frame.frame_count).map(JsValue::from).collect();
        first += frame.frame_count;
        let object = Object::new();
        set(&object, "index", frame.frame_index);
        set(&object, "delayMs", frame.delay.millis());
        set(&object, "delay", delay_object(why));
        set(&object, "sources", sources);
        set(&object, "plan", Uint8Array::from(&frame.to_bytes()[..]));
        let change = stats.get(frame.frame_index as usize).and_then(|stats| stats.on_previous.as_ref());
        set(&object, "changed", change.map_or(0.0, |change| f64::from(change.pixels) / screen.area() as f64));
        set(&object, "cost", stats.get(frame.frame_index as usize).map_or(0.0, |stats| cost(stats, frame.base)));
        if let Some(view) = plan.views.get(frames.length() as usize) {
            set(&object, "view", view_object(view));
        }
        frames.push(&object);
    }
    let object = Object::new();
    let header = pipeline::header(&options, screen, &plan, &js_options::steps(timing))?;
    set(&object, "header", Uint8Array::from(&header[..]));
    set(&object, "trailer", Uint8Array::from(&pipeline::TRAILER[..]));
    set(&object, "frames", frames);
    set(&object, "durationMs", plan.frames.iter().map(|frame| f64::from(frame.delay.millis())).sum::<f64>());
    let damaged = stats.iter().filter(|stats| stats.damaged).map(|stats| JsValue::from(stats.frame_index));
    set(&object, "damaged", damaged.collect::<Array>());
    set(&object, "leftOut", plan.left_out.iter().copied().map(JsValue::from).collect::<Array>());
    let given_up = &plan.given_up;
    set(
        &object,
        "givenUp",
        millis_object(&[
            ("fullMs", given_up.full_ms),
            ("holdsMs", given_up.holds_ms),
            ("lookMs", given_up.look_ms),
            ("captionsMs", given_up.captions_ms),
        ]),
    );
    set(&object, "lossy", EffortTuning::of(&options, 0).lossy);
    set(&object, "paletteKind", if plan.global.is_empty() { "local" } else { "global" });
    Ok(object)
}

/// The parts of a delay.
fn delay_object(parts: &DelayParts) -> Object {
    millis_object(&[
        ("baseMs", parts.base_ms),
        ("areaMs", parts.area_ms),
        ("detailMs", parts.detail_ms),
        ("heldMs", parts.held_ms),
        ("captionMs", parts.caption_ms),
        ("tempoMs", parts.tempo_ms),
        ("clampMs", parts.clamp_ms),
        ("endsMs", parts.ends_ms),
        ("explicitMs", parts.explicit_ms),
        ("lengthMs", parts.length_ms),
    ])
}

/// Times in whole ms by name, without those that are nothing.
fn millis_object(parts: &[(&'static str, f64)]) -> Object {
    let object = Object::new();
    for &(name, ms) in parts {
        let rounded = (ms + 0.5).floor();
        if rounded != 0.0 {
            set(&object, name, rounded);
        }
    }
    object
}

/// The visible part of a frame: `{ whole, close? }`.
fn view_object(view: &View) -> Object {
    let object = Object::new();
    set(&object, "whole", view.whole);
    if let Some(rect) = view.close {
        let close = Object::new();
        let sides = [("left", rect.left()), ("top", rect.top()), ("width", rect.width()), ("height", rect.height())];
        for (name, side) in sides {
            set(&close, name, side as f64);
        }
        set(&object, "close", close);
    }
    object
}

/// How long a frame takes to encode, roughly and in no unit: fitted to measured times of ordinary screenshots.
fn cost(stats: &FrameStats, base: Base) -> f64 {
    let change = match base {
        Base::Previous => &stats.on_previous,
        Base::BeforePrevious => &stats.on_before_previous,
    };
    let Some(change) = change else { return 0.0 };
    f64::from(change.area) + 12.0 * (f64::from(change.busy) + f64::from(change.colors))
}
