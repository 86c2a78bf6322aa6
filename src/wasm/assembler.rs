//! The assembler: [`assemble_gif`] in one call, or its phases one by one for the pool of workers.

mod assemble_gif;
mod compare;
mod frame_spec;
mod js_options;
mod plan;
mod worker_session;

pub use assemble_gif::assemble_gif;
pub use compare::compare_screenshots;
pub use plan::{plan, probe};
pub use worker_session::WasmSession;
