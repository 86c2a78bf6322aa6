//! The interface to JavaScript: numbers, bytes and plain objects cross it. No rule lives here.

#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands values over")]

mod assemble_gif;
mod client;
mod errors;
mod frame_spec;
mod gif_player;
mod js_object;
mod options;
mod plan;
mod worker_session;

pub use assemble_gif::assemble_gif;
pub use gif_player::{GifPlayer, inspect};
pub use plan::{plan, probe};
use wasm_bindgen::prelude::*;
pub use worker_session::WasmSession;

/// Makes a panic readable in the console before the instance traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
