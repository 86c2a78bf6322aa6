//! The structure of a whole file as a [`GifFile`], with warnings; no pixel is decoded.

use super::gif_file::{FrameDisposal, GifFile, GifFrame};
use super::warning::Oddity;
use super::warning_rules::descriptor_oddities;
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::geometry::Size;
use crate::model::gif_constants::{APPLICATION, COMMENT, MOST_FRAMES, PLAIN_TEXT, STEPS};
use crate::model::gif_options::Repeat;
use crate::model::gif_structure::{BadStructure, GifImage, GifParser, GifPart, GifProgress};
use crate::model::limits::Limits;
use crate::model::steps::MOST_STEPS_BYTES;

/// Reads the structure of a GIF.
///
/// # Errors
/// `BAD_GIF` for bytes that hold no whole frame, `LIMIT_EXCEEDED` for a screen beyond `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<GifFile> {
    let (mut parser, mut rest) = (GifParser::default(), bytes);
    let Some(GifPart::Screen { is_87a, width, height, table }) = parser.next(&mut rest).map_err(bad)? else {
        let is_other = bytes.len() < 6;
        return Err(if is_other { bad_at("other bytes", 0) } else { bad_at("the end of the file", bytes.len()) });
    };
    limits.check_size(width.into(), height.into())?;
    let mut file = GifFile::new(Size::new(width.into(), height.into())?, table);
    if is_87a {
        file.warn(None, Oddity::OldVersion);
    }
    match blocks(&mut parser, rest, bytes, &mut file, limits) {
        Ok(()) => {}
        Err(error) if file.frames.is_empty() => return Err(error),
        Err(_) => file.warn(None, Oddity::Damaged { kept: file.frames.len() }),
    }
    if file.frames.is_empty() {
        return Err(bad_at("a GIF without a frame", parser.position()));
    }
    Ok(file)
}

/// Reads `rest`, the end of `bytes`, up to the trailer. `file` contains all complete parts, even if the rest is damaged.
fn blocks(parser: &mut GifParser, mut rest: &[u8], bytes: &[u8], file: &mut GifFile, limits: &Limits) -> Result<()> {
    while let Some(part) = parser.next(&mut rest).map_err(bad)? {
        match part {
            GifPart::ShortControl => file.warn(None, Oddity::ShortControl),
            GifPart::Extension { label: APPLICATION, blocks } => application(file, &bytes[blocks]),
            GifPart::Extension { label: COMMENT | PLAIN_TEXT, .. } | GifPart::Screen { .. } => {}
            GifPart::Extension { label, .. } => file.warn(None, Oddity::UnknownExtension { label }),
            GifPart::Image(image) => add_frame(file, image, parser.position(), limits)?,
            GifPart::Trailer if rest.is_empty() => {}
            GifPart::Trailer => file.warn(None, Oddity::BytesBehindTrailer { bytes: rest.len() }),
        }
    }
    match parser.progress() {
        GifProgress::Whole => Ok(()),
        GifProgress::BetweenBlocks => {
            file.warn(None, Oddity::NoTrailer);
            Ok(())
        }
        GifProgress::InHeader | GifProgress::InBlock => Err(bad_at("the end of the file", bytes.len())),
    }
}

/// Reads an application extension: its name is the first of its sub-blocks.
fn application(file: &mut GifFile, blocks: &[u8]) {
    let name = sub_block(blocks);
    let content = &blocks[(1 + name.len()).min(blocks.len())..];
    match name {
        b"NETSCAPE2.0" | b"ANIMEXTS1.0" => {
            if name != b"NETSCAPE2.0" {
                file.warn(None, Oddity::LoopVariant);
            }
            if let &[1, low, high, ..] = sub_block(content) {
                file.repeat = match u16::from_le_bytes([low, high]) {
                    0 => Repeat::Infinite,
                    // Browsers take the number as repetitions after the first play.
                    again => Repeat::Plays(again.saturating_add(1)),
                };
            }
        }
        name if name == STEPS => file.steps = Some(joined(content)),
        _ => {}
    }
}

/// Adds the frame of `image`, which ends at byte `end` of the file.
fn add_frame(file: &mut GifFile, image: GifImage, end: usize, limits: &Limits) -> Result<()> {
    let index = file.frames.len();
    if index >= MOST_FRAMES {
        let (found, allowed) = (index as u64 + 1, MOST_FRAMES as u64);
        return Err(ErrorKind::LimitExceeded { limit: "frames", found, allowed }.into());
    }
    let pixels = u64::from(image.width) * u64::from(image.height);
    if pixels > limits.frame_pixels {
        let (limit, allowed) = ("framePixels", limits.frame_pixels);
        return Err(ErrorKind::LimitExceeded { limit, found: pixels, allowed }.into());
    }
    let frame = GifFrame {
        left: image.left,
        top: image.top,
        width: image.width,
        height: image.height,
        delay_cs: image.control.delay_cs,
        disposal: FrameDisposal::of(image.control.disposal),
        transparent: image.control.transparent,
        is_interlaced: image.is_interlaced,
        has_own_table: !image.table.is_empty(),
        table: if image.table.is_empty() { file.global.clone() } else { image.table },
        data: image.data,
        bytes: end - image.start,
    };
    for oddity in descriptor_oddities(&frame, image.control.disposal, index, file.screen) {
        file.warn(Some(index), oddity);
    }
    file.frames.push(frame);
    Ok(())
}

/// The first of some sub-blocks, which have been found to be whole.
fn sub_block(bytes: &[u8]) -> &[u8] {
    let length = bytes.first().map_or(0, |&length| usize::from(length));
    bytes.get(1..=length).unwrap_or_default()
}

/// The content of sub-blocks that have been found to be whole, up to a bound.
fn joined(mut bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    loop {
        let block = sub_block(bytes);
        if block.is_empty() || content.len() + block.len() > MOST_STEPS_BYTES {
            return content;
        }
        content.extend_from_slice(block);
        bytes = &bytes[block.len() + 1..];
    }
}

fn bad(error: BadStructure) -> Error {
    bad_at(error.found, error.at)
}

fn bad_at(found: &'static str, at: usize) -> Error {
    ErrorKind::BadGif { found, at }.into()
}
