//! The assembler: [`assemble_gif`] in one call, or its phases one by one for the pool of workers.

mod assemble_gif;
mod frame_spec;
mod lane;
mod options;
mod plan;

pub use assemble_gif::assemble_gif;
pub use lane::WasmLane;
pub use plan::{plan, probe};
