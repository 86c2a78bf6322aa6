//! The types that pass between stages. Each checks its invariants once, at construction; no stage is named here.

pub mod blocks;
pub mod changes;
pub mod color;
pub mod color_index;
pub mod delay;
pub mod error;
pub mod frame;
pub mod frame_spec;
pub mod geometry;
pub mod limits;
pub mod mark;
pub mod nearest;
pub mod options;
pub mod order;
pub mod overlay;
pub mod packed;
pub mod palette;
pub mod phrases;
pub mod plan;
pub mod progress;
pub mod raster;
pub mod stats;
pub mod steps;
pub mod tolerance;
pub mod tuning;
pub mod wire;
