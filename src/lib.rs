//! Assembles the screenshots of a browser agent's task into one GIF.
//!
//! The flow, one direction only: bytes, [`Raster`], [`Plan`](model::plan::Plan), indexed frames, blocks, bytes. Each
//! arrow is a file in `stages/`; [`pipeline`] is the only one that calls more than one of them.
//!
//! ```text
//! screenshot -decode-> Raster -compose-> Raster of the screen -delta-> Changes          analyze, per frame
//!      all FrameStats -planner, timing-> Plan                                           plan, once
//! Changes + FramePlan -quantize, remap-> IndexedFrame -lzw, gif_writer-> FrameBlock      encode, per frame
//!      header, FrameBlocks in order, trailer                                            write
//! ```
//!
//! ```
//! use task_gif::{Options, Screenshot, assemble};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (first, second) =
//!     (std::fs::read("tests/fixtures/screens/shop/00.png")?, std::fs::read("tests/fixtures/screens/shop/03.png")?);
//! let screenshots = [&first, &second].map(|bytes| Screenshot { bytes, ..Screenshot::default() });
//! let gif = assemble(&screenshots, &Options::default())?;
//! assert!(gif.bytes.starts_with(b"GIF89a"));
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "client")]
pub mod client;
pub mod gif_reader;
pub mod model;
#[cfg(feature = "assembler")]
pub mod pipeline;
#[cfg(feature = "assembler")]
#[doc(hidden)] // for the benchmarks; no part of the interface
pub mod stages;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use model::color::Color;
pub use model::error::{Error, ErrorKind, Result};
pub use model::geometry::{Rect, Size};
pub use model::gif_options::{Colors, Dither, Effort, Fit, Options, Pace, Repeat};
pub use model::limits::Limits;
pub use model::raster::Raster;
#[cfg(feature = "assembler")]
pub use pipeline::{Assembly, Screenshot, assemble};
