//! Bytes of a GIF in, its structure and its composed frames out. Files may come from anywhere: every length and range
//! is checked, and warnings name what decoders are known to treat differently.
//!
//! A file that is damaged behind its first whole frame is read up to the damage, as browsers do.

mod frame_painter;
mod gif_file;
mod lzw_decoder;
mod player;
mod structure;
mod warning;
mod warning_rules;

pub use gif_file::{FrameDisposal, GifFile, GifFrame};
pub use player::Player;
pub use structure::read;
pub use warning::{Oddity, Warning};
pub use warning_rules::check_codes;

#[cfg(test)]
mod tests;
