//! `assemble_gif`: all phases on the calling thread, for programs that bring their own worker.

use js_sys::{Array, ArrayBuffer, Object, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{frame_spec, js_options};
use crate::model::error::{ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::pipeline::{Screenshot, assemble};
use crate::wasm::js_error::to_js;
use crate::wasm::js_object::set;

/// Assembles `blobs`, encoded screenshots in order, into `{ bytes, width, height, frames, durationMs }`.
///
/// Takes the library's option names (`delay`, `repeat`, `width`, `height`, `fit`, `effort`, ...), `background` as
/// 0xRRGGBB. `specs`, if given, has a `FrameSpec` (`{ redact, blank, marks, overlays }`) or nothing for each screenshot;
/// `timing` its time and step (`{ delayMs, timestampMs, caption, step }`) or nothing.
///
/// # Errors
/// A `TaskGifError` with a stable `code` and, where one screenshot is to blame, its index as `frame`.
#[wasm_bindgen]
pub async fn assemble_gif(
    blobs: Array,
    options: JsValue,
    specs: Option<Array>,
    timing: Option<Array>,
) -> std::result::Result<Object, JsValue> {
    let mut encoded = Vec::with_capacity(blobs.length() as usize);
    for (index, item) in blobs.iter().enumerate() {
        let not_a_blob =
            || ErrorKind::BadOption { option: "blobs", reason: "expected a Blob, found something else".into() };
        let blob: Blob =
            item.dyn_into().map_err(|_| to_js(&crate::model::error::Error::from(not_a_blob()).at(index)))?;
        let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.dyn_into()?;
        encoded.push(Uint8Array::new(&buffer).to_vec());
    }
    gif_object(&encoded, &options, specs.as_ref(), timing.as_ref()).map_err(|error| to_js(&error))
}

fn gif_object(encoded: &[Vec<u8>], options: &JsValue, specs: Option<&Array>, timing: Option<&Array>) -> Result<Object> {
    let options = js_options::from_js(options)?;
    for (option, list) in [("specs", specs), ("timing", timing)] {
        if list.is_some_and(|list| list.length() as usize > encoded.len()) {
            let reason = "expected at most one for each screenshot, found more".into();
            return Err(ErrorKind::BadOption { option, reason }.into());
        }
    }
    let timing = timing.map_or(JsValue::UNDEFINED, JsValue::from);
    let (mut times, mut steps) = (js_options::timings(&timing).into_iter(), js_options::steps(&timing).into_iter());
    let spec_at = |index| specs.map_or(Ok(FrameSpec::default()), |specs| frame_spec::from_js(&specs.get(index)));
    let mut shots = Vec::new();
    for (index, bytes) in (0..).zip(encoded) {
        let spec = spec_at(index).map_err(|error| error.at(index as usize))?;
        let (timing, step) = (times.next().unwrap_or_default(), steps.next().flatten());
        shots.push(Screenshot { bytes, timing, spec, step });
    }
    let gif = assemble(&shots, &options)?;
    let object = Object::new();
    set(&object, "bytes", Uint8Array::from(&gif.bytes[..]));
    set(&object, "width", gif.screen.width() as f64);
    set(&object, "height", gif.screen.height() as f64);
    set(&object, "frames", gif.plan.frames.len() as f64);
    set(&object, "durationMs", gif.plan.frames.iter().map(|frame| f64::from(frame.delay.millis())).sum::<f64>());
    Ok(object)
}
