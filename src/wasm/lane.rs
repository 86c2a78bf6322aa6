//! The surface workers use: one [`Lane`] each, and the two calls that need no frames.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::errors::to_js;
use super::{settings, spec};
use crate::model::delay::DelayParts;
use crate::model::error::{ErrorKind, Result};
use crate::model::plan::{Base, FramePlan};
use crate::model::stats::FrameStats;
use crate::model::tuning::Tuning;
use crate::pipeline;

/// Reads the header of an encoded image: `{ width, height, format }`.
///
/// # Errors
/// A `TaskGifError` with code `UNKNOWN_FORMAT`, `DECODE_FAILED` or `LIMIT_EXCEEDED`.
#[wasm_bindgen]
pub fn probe(bytes: &[u8], limits: JsValue) -> std::result::Result<Object, JsValue> {
    let header = settings::limits(&limits).and_then(|limits| pipeline::probe(bytes, &limits));
    let header = header.map_err(|error| to_js(&error))?;
    let object = Object::new();
    set(&object, "width", header.size.width() as f64);
    set(&object, "height", header.size.height() as f64);
    set(&object, "format", header.format);
    Ok(object)
}

/// Phase B: `{ header, trailer, frames: [{ index, delayMs, delay, sources, plan }], durationMs, paletteKind, damaged }`;
/// `damaged` has the positions of screenshots that are gray or wrong in parts.
///
/// # Errors
/// A `TaskGifError` with code `TOO_FEW_SCREENSHOTS`, `LIMIT_EXCEEDED`, `BAD_OPTION` or `BAD_MESSAGE`.
#[wasm_bindgen]
pub fn plan(settings: JsValue, stats: Vec<Uint8Array>, timing: JsValue) -> std::result::Result<Object, JsValue> {
    plan_object(&settings, &stats, &timing).map_err(|error| to_js(&error))
}

fn plan_object(settings: &JsValue, stats: &[Uint8Array], timing: &JsValue) -> Result<Object> {
    let options = settings::options(settings)?;
    let missing = || ErrorKind::BadOption { option: "width", reason: "expected a size, found none".into() };
    let screen = options.screen.ok_or_else(missing)?;
    let stats = stats.iter().map(|bytes| FrameStats::from_bytes(&bytes.to_vec())).collect::<Result<Vec<_>>>()?;
    let plan = pipeline::plan(&options, screen, &stats, &settings::timings(timing))?;

    let frames = Array::new();
    let mut first = 0;
    for (frame, why) in plan.frames.iter().zip(&plan.why) {
        let sources: Array = (first..first + frame.sources).map(JsValue::from).collect();
        first += frame.sources;
        let object = Object::new();
        set(&object, "index", frame.source);
        set(&object, "delayMs", frame.delay.millis());
        set(&object, "delay", delay_object(why));
        set(&object, "sources", sources);
        set(&object, "plan", Uint8Array::from(&frame.to_bytes()[..]));
        let change = stats.get(frame.source as usize).and_then(|stats| stats.on_previous.as_ref());
        set(&object, "changed", change.map_or(0.0, |change| f64::from(change.pixels) / screen.area() as f64));
        set(&object, "cost", stats.get(frame.source as usize).map_or(0.0, |stats| cost(stats, frame.base)));
        frames.push(&object);
    }
    let object = Object::new();
    set(&object, "header", Uint8Array::from(&pipeline::header(&options, screen, &plan)?[..]));
    let trailer = pipeline::trailer(&options, &plan, &settings::steps(timing))?;
    set(&object, "trailer", Uint8Array::from(&trailer[..]));
    set(&object, "frames", frames);
    set(&object, "durationMs", plan.frames.iter().map(|frame| f64::from(frame.delay.millis())).sum::<f64>());
    let damaged = stats.iter().filter(|stats| stats.damaged).map(|stats| JsValue::from(stats.source));
    set(&object, "damaged", damaged.collect::<Array>());
    set(&object, "lossy", Tuning::of(&options, 0).lossy);
    set(&object, "paletteKind", if plan.global.is_empty() { "local" } else { "global" });
    Ok(object)
}

/// What a delay is made of, without the parts that are nothing.
fn delay_object(parts: &DelayParts) -> Object {
    let object = Object::new();
    for (name, ms) in [
        ("baseMs", parts.base_ms),
        ("areaMs", parts.area_ms),
        ("detailMs", parts.detail_ms),
        ("heldMs", parts.held_ms),
        ("captionMs", parts.caption_ms),
        ("tempoMs", parts.tempo_ms),
        ("clampMs", parts.clamp_ms),
        ("endsMs", parts.ends_ms),
        ("explicitMs", parts.explicit_ms),
    ] {
        let rounded = (ms + 0.5).floor();
        if rounded != 0.0 {
            set(&object, name, rounded);
        }
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

/// Setting a property of a fresh, extensible object cannot fail.
pub(super) fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// The frames one worker holds for one assembly, between phases A and C.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Lane(pipeline::Lane);

#[wasm_bindgen]
impl Lane {
    /// A lane for screenshots on a screen of `settings.width` x `settings.height`.
    ///
    /// # Errors
    /// A `TaskGifError` with code `BAD_OPTION`.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: JsValue) -> std::result::Result<Self, JsValue> {
        settings::options(&settings).and_then(pipeline::Lane::new).map(Self).map_err(|error| to_js(&error))
    }

    /// Decodes a screenshot, and does to it what its `FrameSpec` says, as context for the ones after it.
    ///
    /// # Errors
    /// A `TaskGifError` of decoding, or with code `REDACTION_FAILED` or `BAD_OPTION`; with `frame`.
    pub fn load(&mut self, index: u32, bytes: &[u8], spec: JsValue) -> std::result::Result<(), JsValue> {
        let loaded = spec::frame_spec(&spec).and_then(|spec| self.0.load(index, bytes, &spec));
        loaded.map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Phase A for one screenshot; the two before it must have come just before. Returns a report for [`plan`].
    ///
    /// # Errors
    /// As [`Lane::load`].
    pub fn analyze(&mut self, index: u32, bytes: &[u8], spec: JsValue) -> std::result::Result<Vec<u8>, JsValue> {
        let stats = spec::frame_spec(&spec).and_then(|spec| self.0.analyze(index, bytes, &spec));
        stats.map(|stats| stats.to_bytes()).map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Phase A once more, for a screenshot that there was no room for and that is about to be encoded.
    ///
    /// # Errors
    /// As [`Lane::load`].
    #[wasm_bindgen(js_name = analyzeAgain)]
    pub fn analyze_again(&mut self, index: u32, bytes: &[u8], spec: JsValue) -> std::result::Result<(), JsValue> {
        let analyzed = spec::frame_spec(&spec).and_then(|spec| self.0.analyze_again(index, bytes, &spec));
        analyzed.map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Phase C for one frame: its bytes in the file.
    ///
    /// # Errors
    /// A `TaskGifError` with code `FRAME_NOT_HELD` or `BAD_MESSAGE`, with `frame`.
    pub fn encode(&mut self, index: u32, plan: &[u8]) -> std::result::Result<Vec<u8>, JsValue> {
        let block = FramePlan::from_bytes(plan).and_then(|plan| self.0.encode(&plan));
        block.map(|block| block.bytes).map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Gives up a frame for another lane to `adopt`: what its plan needs of it, as bytes.
    ///
    /// # Errors
    /// A `TaskGifError` with code `FRAME_NOT_HELD` or `BAD_MESSAGE`, with `frame`.
    pub fn release(&mut self, index: u32, plan: &[u8]) -> std::result::Result<Vec<u8>, JsValue> {
        let bytes = FramePlan::from_bytes(plan).and_then(|plan| self.0.release(&plan));
        bytes.map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Takes a frame that another lane has released.
    ///
    /// # Errors
    /// A `TaskGifError` with code `BAD_MESSAGE`, with `frame`.
    pub fn adopt(&mut self, index: u32, plan: &[u8], bytes: &[u8]) -> std::result::Result<(), JsValue> {
        let adopted = FramePlan::from_bytes(plan).and_then(|plan| self.0.adopt(&plan, bytes));
        adopted.map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Whether `encode` can make this frame without analyzing it again.
    #[must_use]
    pub fn holds(&self, index: u32) -> bool {
        self.0.holds(index)
    }

    /// Bytes held between phases A and C, and for the overlays of the latest screenshot.
    #[wasm_bindgen(getter, js_name = heldBytes)]
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.0.held_bytes()
    }
}
