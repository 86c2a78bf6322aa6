//! Types and algorithms that more than one module needs: frames, colors, plans, nearest color, sorting, the structure of GIFs,
//! worker messages.
//!
//! A type checks its invariants in its constructor. The model imports no other module of the crate.

pub mod busy_map;
pub mod changes;
pub mod click_marker;
pub mod color;
pub mod color_set;
pub mod delay;
pub mod effort_tuning;
pub mod error;
pub mod fixed_colors;
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
pub mod picture_format;
pub mod plan;
pub mod progress_bar;
pub mod raster;
pub mod reach;
pub mod sort;
pub mod steps;
pub mod tolerance;
pub mod worker_message;
