//! What JavaScript sees. Numbers, bytes and one options object cross; no rule lives here.

mod assembler;
mod client;
mod errors;
mod lane;
mod settings;

use wasm_bindgen::prelude::*;

/// Makes a panic readable in the console before the instance traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
