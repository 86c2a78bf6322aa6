//! The interface to JavaScript: numbers, bytes and plain objects cross it. No rule lives here.
//!
//! The package has two wasm modules, so that a page which only asks the endpoint does not load the encoder: one is built
//! with the feature `assembler`, the other, with the client and the reader of GIFs, with the feature `client`.

#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands values over")]

#[cfg(feature = "assembler")]
mod assembler;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod gif_player;
mod js_error;
mod js_object;

#[cfg(feature = "assembler")]
pub use assembler::{WasmSession, assemble_gif, compare_screenshots, plan, probe};
#[cfg(feature = "client")]
pub use gif_player::{GifPlayer, inspect};
use wasm_bindgen::prelude::*;

/// Makes a panic readable in the console before the instance traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
