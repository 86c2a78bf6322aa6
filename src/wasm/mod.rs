//! What JavaScript sees. Numbers, bytes and one options object cross; no rule lives here.

#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands values over")]

mod assembler;
mod client;
mod errors;
mod lane;
mod player;
mod settings;
mod spec;

pub use assembler::assemble_gif;
pub use lane::{Lane, plan, probe};
pub use player::{GifPlayer, inspect};
use wasm_bindgen::prelude::*;

/// Makes a panic readable in the console before the instance traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
