//! Encoded frames in, bytes of the GIF file out. Only this file uses the crate `gif`.

use std::borrow::Cow;

use gif::{DisposalMethod, Encoder, Frame};

use crate::model::color::Color;
use crate::model::error::{ErrorKind, Result};
use crate::model::geometry::{Rect, Size};
use crate::model::gif_constants::{APPLICATION, EXTENSION, STEPS};
use crate::model::gif_options::Repeat;
use crate::model::indexed_frame::{Disposal, FrameBlock};
use crate::model::palette::Palette;

/// The byte that ends a GIF (GIF89a section 27).
pub const TRAILER: [u8; 1] = [0x3b];

/// Signature, logical screen descriptor, global color table (if `global` is not empty) and loop extension.
///
/// # Errors
/// Never, in practice: writing to memory does not fail.
pub fn header(screen: Size, global: &[Color], repeat: Repeat) -> Result<Vec<u8>> {
    let table = if global.is_empty() { Vec::new() } else { Palette::new(global.to_vec(), true).table() };
    let mut encoder = encoder(screen, &table)?;
    let repeat = match repeat {
        Repeat::Infinite => gif::Repeat::Infinite,
        // The file says repetitions after the first play, as browsers read it. One play needs no extension.
        Repeat::Plays(plays) => gif::Repeat::Finite(plays.saturating_sub(1)),
    };
    encoder.set_repeat(repeat).map_err(|_| failed())?;
    Ok(encoder.get_ref().clone())
}

/// What [`frame_block`] writes for one frame.
#[derive(Debug)]
pub struct Block<'a> {
    /// The logical screen.
    pub screen: Size,
    /// Position and size of the image on the screen.
    pub rect: Rect,
    /// The palette of the image.
    pub palette: &'a Palette,
    /// Whether `palette` is the global color table, so that no local one is written.
    pub global: bool,
    /// Its delay in centiseconds.
    pub delay_cs: u16,
    /// What happens to the area of the image before the next one is drawn.
    pub disposal: Disposal,
    /// LZW minimum code size in the first byte, then the code stream, without sub-blocks.
    pub lzw: Vec<u8>,
}

/// Graphic control extension, image descriptor, local color table and image data of one frame.
///
/// # Errors
/// Never, in practice: writing to memory does not fail.
pub fn frame_block(block: Block) -> Result<FrameBlock> {
    let table = block.palette.table();
    let mut encoder = encoder(block.screen, if block.global { &table } else { &[] })?;
    let start = encoder.get_ref().len();
    let frame = Frame {
        left: block.rect.left() as u16,
        top: block.rect.top() as u16,
        width: block.rect.width() as u16,
        height: block.rect.height() as u16,
        delay: block.delay_cs,
        dispose: match block.disposal {
            Disposal::Keep => DisposalMethod::Keep,
            Disposal::Previous => DisposalMethod::Previous,
        },
        transparent: block.palette.transparent(),
        palette: (!block.global).then_some(table),
        buffer: Cow::Owned(block.lzw),
        ..Frame::default()
    };
    encoder.write_lzw_pre_encoded_frame(&frame).map_err(|_| failed())?;
    Ok(FrameBlock { bytes: encoder.get_ref()[start..].to_vec() })
}

/// Returns an application extension (GIF89a section 26) with the list of steps as `json`. Decoders that do not know it skip
/// it.
#[must_use]
pub fn steps_extension(json: &[u8]) -> Vec<u8> {
    let mut bytes = vec![EXTENSION, APPLICATION, STEPS.len() as u8];
    bytes.extend_from_slice(STEPS);
    for block in json.chunks(255) {
        bytes.push(block.len() as u8);
        bytes.extend_from_slice(block);
    }
    bytes.push(0);
    bytes
}

fn encoder(screen: Size, table: &[u8]) -> Result<Encoder<Vec<u8>>> {
    Encoder::new(Vec::new(), screen.width() as u16, screen.height() as u16, table).map_err(|_| failed())
}

fn failed() -> crate::model::error::Error {
    ErrorKind::BadMessage { what: "a frame that fits a GIF" }.into()
}
