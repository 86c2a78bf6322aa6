//! The surface of a worker: one [`WasmSession`] for each assembly that it works for.

use wasm_bindgen::prelude::*;

use super::{frame_spec, js_options};
use crate::model::plan::FramePlan;
use crate::pipeline;
use crate::wasm::js_error::to_js;

/// The frames one worker holds for one assembly, between the analyze and the encode phase.
#[wasm_bindgen(js_name = WorkerSession)]
#[derive(Debug)]
pub struct WasmSession(pipeline::WorkerSession);

#[wasm_bindgen(js_class = WorkerSession)]
impl WasmSession {
    /// A session for screenshots on a screen of `options.width` x `options.height`.
    ///
    /// # Errors
    /// A `TaskGifError` with code `BAD_OPTION`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> std::result::Result<Self, JsValue> {
        js_options::from_js(&options).and_then(pipeline::WorkerSession::new).map(Self).map_err(|error| to_js(&error))
    }

    /// Decodes a screenshot, and does to it what its `FrameSpec` says, as context for the ones after it.
    ///
    /// # Errors
    /// A `TaskGifError` of decoding, or with code `REDACTION_FAILED` or `BAD_OPTION`; with `frame`.
    pub fn load(&mut self, index: u32, bytes: &[u8], spec: JsValue) -> std::result::Result<(), JsValue> {
        let loaded = frame_spec::from_js(&spec).and_then(|spec| self.0.load(index, bytes, &spec));
        loaded.map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Analyzes one frame; the two before it must have come just before. Returns a report for `plan`.
    ///
    /// # Errors
    /// As [`WasmSession::load`].
    pub fn analyze(&mut self, index: u32, bytes: &[u8], spec: JsValue) -> std::result::Result<Vec<u8>, JsValue> {
        let stats = frame_spec::from_js(&spec).and_then(|spec| self.0.analyze(index, bytes, &spec));
        stats.map(|stats| stats.to_bytes()).map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Analyzes a frame again that the budget had no room for, just before it is encoded.
    ///
    /// # Errors
    /// As [`WasmSession::load`].
    #[wasm_bindgen(js_name = analyzeAgain)]
    pub fn analyze_again(&mut self, index: u32, bytes: &[u8], spec: JsValue) -> std::result::Result<(), JsValue> {
        let analyzed = frame_spec::from_js(&spec).and_then(|spec| self.0.analyze_again(index, bytes, &spec));
        analyzed.map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Encodes one frame: its bytes in the file.
    ///
    /// # Errors
    /// A `TaskGifError` with code `FRAME_NOT_HELD` or `BAD_MESSAGE`, with `frame`.
    pub fn encode(&mut self, index: u32, plan: &[u8]) -> std::result::Result<Vec<u8>, JsValue> {
        let block = FramePlan::from_bytes(plan).and_then(|plan| self.0.encode(&plan));
        block.map(|block| block.bytes).map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Removes a frame for another session to `adopt`; returns what its plan needs of it, as bytes.
    ///
    /// # Errors
    /// A `TaskGifError` with code `FRAME_NOT_HELD` or `BAD_MESSAGE`, with `frame`.
    pub fn release(&mut self, index: u32, plan: &[u8]) -> std::result::Result<Vec<u8>, JsValue> {
        let bytes = FramePlan::from_bytes(plan).and_then(|plan| self.0.release(&plan));
        bytes.map_err(|error| to_js(&error.at(index as usize)))
    }

    /// Adds a frame that another session has released.
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

    /// Bytes held for frames that wait to be encoded, and for the overlays of the latest screenshot.
    #[wasm_bindgen(getter, js_name = heldBytes)]
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.0.held_bytes()
    }
}
