//! Types that more than one stage uses, and the algorithms that more than one needs: nearest color, sorting, the
//! structure of GIFs, numbers as bytes.
//!
//! A type checks its invariants once, when it is made. The model imports nothing else of the crate.

pub mod busy_map;
pub mod changes;
pub mod click_marker;
pub mod color;
pub mod delay;
pub mod effort_tuning;
pub mod error;
pub mod frame_spec;
pub mod frame_stats;
pub mod geometry;
pub mod gif_constants;
pub mod gif_options;
pub mod gif_structure;
pub mod indexed_frame;
pub mod limits;
pub mod nearest_color;
pub mod oklab;
pub mod overlay;
pub mod packed_changes;
pub mod palette;
pub mod plan;
pub mod progress_bar;
pub mod raster;
pub mod sort;
pub mod steps;
pub mod tolerance;
pub mod worker_message;
