//! The stages, one file each. A stage imports [`model`](crate::model) and no other stage; only
//! [`pipeline`](crate::pipeline) calls them.

pub mod camera;
pub mod click_markers;
pub mod compose;
pub mod crop;
pub mod decode;
pub mod delta;
pub mod difference;
pub mod dither;
pub mod fit_duration;
pub mod gif_writer;
pub mod lzw;
pub mod overlay;
pub mod planner;
pub mod progress_ticks;
pub mod quantize;
pub mod redact;
pub mod refine_palette;
pub mod remap;
pub mod second_image;
pub mod timing;
