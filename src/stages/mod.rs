//! The stages, one file each. A stage imports [`model`](crate::model) and no other stage; only
//! [`pipeline`](crate::pipeline) calls them.

pub mod compose;
pub mod container;
pub mod decode;
pub mod delta;
pub mod dither;
pub mod lzw;
pub mod marks;
pub mod overlay;
pub mod planner;
pub mod progress_ticks;
pub mod quantize;
pub mod recenter;
pub mod redact;
pub mod remap;
pub mod residual;
pub mod timing;
