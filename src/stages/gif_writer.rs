//! Frames in, bytes of the file out. Only this file names the crate `gif`.

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
        // Browsers take the number as repetitions after the first play; one play needs no extension at all.
        Repeat::Plays(plays) => gif::Repeat::Finite(plays.saturating_sub(1)),
    };
    encoder.set_repeat(repeat).map_err(|_| failed())?;
    Ok(encoder.get_ref().clone())
}

/// The contents of a frame's block.
#[derive(Debug)]
pub struct Block<'a> {
    /// The logical screen.
    pub screen: Size,
    /// Position and size of the frame on the screen.
    pub rect: Rect,
    /// Its palette.
    pub palette: &'a Palette,
    /// Whether the palette is the global one, so that the frame needs no table of its own.
    pub global: bool,
    /// Its delay in centiseconds.
    pub delay_cs: u16,
    /// How its area is treated before the next frame.
    pub disposal: Disposal,
    /// Minimum code size and code stream.
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

/// The extension that carries `json`, the list of steps: an application extension (GIF89a section 26), which decoders
/// that do not know it pass over.
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
