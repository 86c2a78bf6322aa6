//! Reads GIFs: their structure, and their composed frames.

use js_sys::{Array, Object, Uint8ClampedArray};
use wasm_bindgen::prelude::*;

use super::js_error::to_js;
use super::js_object::set;
use crate::gif_reader::{self, GifFile, GifFrame, Player, Warning};
use crate::model::gif_options::Repeat;
use crate::model::limits::Limits;

/// Bytes of composed frames that a player keeps as starting points for others. With the file and the current frame, a GIF of
/// 200 frames of 1280x720 stays below 100 MB.
const POOL_BYTES: usize = 48 << 20;

/// Returns the description of a GIF from its structure and the codes of its frames; keeps no pixels.
///
/// `{ width, height, repeat (0 is for ever), durationMs, globalColors, frames: [{ left, top, width, height, delayMs,
/// playedMs, disposal, colors, local, bytes, transparent, interlaced }], steps?, warnings: [{ frame?, code, message }] }`.
///
/// # Errors
/// A `TaskGifError` with code `BAD_GIF` or `LIMIT_EXCEEDED`.
#[wasm_bindgen]
pub fn inspect(bytes: &[u8]) -> Result<Object, JsValue> {
    let mut file = gif_reader::read(bytes, &Limits::default()).map_err(|error| to_js(&error))?;
    gif_reader::check_codes(bytes, &mut file);
    Ok(file_object(&file))
}

/// A GIF whose frames are composed when they are asked for.
#[wasm_bindgen]
#[derive(Debug)]
pub struct GifPlayer(Player);

#[wasm_bindgen]
impl GifPlayer {
    /// A player for the bytes of a GIF.
    ///
    /// # Errors
    /// A `TaskGifError` with code `BAD_GIF`, `LIMIT_EXCEEDED` or `OUT_OF_MEMORY`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Self, JsValue> {
        Player::new(bytes, &Limits::default(), POOL_BYTES).map(Self).map_err(|error| to_js(&error))
    }

    /// Returns the facts of [`inspect`] except those that need the LZW codes.
    #[must_use]
    pub fn info(&self) -> Object {
        file_object(self.0.file())
    }

    /// Composes at most `most` frames on the way to a frame. Returns whether that frame is reached.
    ///
    /// # Errors
    /// A `TaskGifError` with code `BAD_GIF` and the frame, `BAD_OPTION` or `OUT_OF_MEMORY`.
    pub fn seek(&mut self, index: u32, most: u32) -> Result<bool, JsValue> {
        self.0.seek(index as usize, most as usize).map_err(|error| to_js(&error))
    }

    /// The composed frame as RGBA, row by row.
    #[must_use]
    pub fn pixels(&self) -> Uint8ClampedArray {
        Uint8ClampedArray::from(self.0.pixels())
    }
}

fn file_object(file: &GifFile) -> Object {
    let object = Object::new();
    set(&object, "width", file.screen.width() as f64);
    set(&object, "height", file.screen.height() as f64);
    set(
        &object,
        "repeat",
        match file.repeat {
            Repeat::Infinite => 0,
            Repeat::Plays(plays) => plays,
        },
    );
    set(&object, "durationMs", file.duration_ms() as f64);
    set(&object, "globalColors", (file.global.len() / 3) as f64);
    set(&object, "frames", file.frames.iter().map(frame_object).collect::<Array>());
    set(&object, "warnings", file.warnings.iter().map(warning_object).collect::<Array>());
    if let Some(steps) = &file.steps {
        set(&object, "steps", String::from_utf8_lossy(steps).as_ref());
    }
    object
}

fn frame_object(frame: &GifFrame) -> Object {
    let object = Object::new();
    set(&object, "left", frame.left);
    set(&object, "top", frame.top);
    set(&object, "width", frame.width);
    set(&object, "height", frame.height);
    set(&object, "delayMs", u32::from(frame.delay_cs) * 10);
    set(&object, "playedMs", frame.played_ms());
    set(&object, "disposal", frame.disposal.name());
    set(&object, "colors", frame.colors() as f64);
    set(&object, "local", frame.has_own_table);
    set(&object, "bytes", frame.bytes as f64);
    set(&object, "transparent", frame.transparent.is_some());
    set(&object, "interlaced", frame.is_interlaced);
    object
}

fn warning_object(warning: &Warning) -> Object {
    let object = Object::new();
    if let Some(frame) = warning.frame {
        set(&object, "frame", frame as f64);
    }
    set(&object, "code", warning.oddity.code());
    set(&object, "message", warning.oddity.to_string());
    object
}
