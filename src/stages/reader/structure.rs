//! Bytes of a GIF in, its structure out; no pixel is decoded.

use std::ops::Range;

use super::check::descriptor_oddities;
use super::gif_file::{FrameDisposal, GifFile, GifFrame};
use super::warning::Oddity;
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::geometry::Size;
use crate::model::gif_constants::{
    APPLICATION, CONTROL, EXTENSION, HEADER_BYTES, IMAGE, MOST_FRAMES, MOST_STEPS_BYTES, SIGNATURES, STEPS, TRAILER,
    table_bytes,
};
use crate::model::limits::Limits;
use crate::model::options::Repeat;

/// Reads the structure of a GIF; no pixel is decoded.
///
/// # Errors
/// `BAD_GIF` for bytes that hold no whole frame, `LIMIT_EXCEEDED` for a screen beyond `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<GifFile> {
    let mut reader = Reader { bytes, at: 0 };
    let mut file = reader.header(limits)?;
    let end = reader.blocks(&mut file, limits);
    match end {
        Ok(()) => {}
        Err(error) if file.frames.is_empty() => return Err(error),
        Err(_) => file.warn(None, Oddity::Damaged { kept: file.frames.len() }),
    }
    if file.frames.is_empty() {
        return Err(bad("a GIF without a frame", reader.at));
    }
    Ok(file)
}

/// What a graphic control extension says of the image behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Control {
    disposal: u8,
    delay_cs: u16,
    transparent: Option<u8>,
    start: Option<usize>,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(count).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or_else(|| bad("the end of the file", self.bytes.len()))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn header(&mut self, limits: &Limits) -> Result<GifFile> {
        let start = self.bytes.get(..6).unwrap_or_default();
        if !SIGNATURES.iter().any(|&signature| signature == start) {
            let is_page = self.bytes.trim_ascii_start().first() == Some(&b'<');
            return Err(bad(if is_page { "HTML or XML" } else { "other bytes" }, 0));
        }
        let head = self.take(HEADER_BYTES)?;
        let (width, height) = (number(head, 6), number(head, 8));
        if width == 0 || height == 0 {
            return Err(bad("a screen without an area", 6));
        }
        limits.check_size(width.into(), height.into())?;
        let table = self.table(head[10])?;
        let mut file = GifFile::new(Size::new(width.into(), height.into())?, table);
        if &head[..6] == SIGNATURES[0] {
            file.warn(None, Oddity::OldVersion);
        }
        Ok(file)
    }

    fn table(&mut self, flags: u8) -> Result<Range<usize>> {
        let start = self.at;
        self.take(table_bytes(flags))?;
        Ok(start..self.at)
    }

    /// Reads up to the trailer. What is whole is in `file`, also when the rest is damaged.
    fn blocks(&mut self, file: &mut GifFile, limits: &Limits) -> Result<()> {
        let mut control = Control::default();
        loop {
            let start = self.at;
            match self.bytes.get(start) {
                Some(&EXTENSION) => {
                    self.at += 1;
                    self.extension(file, &mut control, start)?;
                }
                Some(&IMAGE) => {
                    self.at += 1;
                    let control = std::mem::take(&mut control);
                    self.image(file, control, control.start.unwrap_or(start), limits)?;
                }
                Some(&TRAILER) => {
                    let rest = self.bytes.len() - start - 1;
                    if rest > 0 {
                        file.warn(None, Oddity::BytesBehindTrailer { bytes: rest });
                    }
                    return Ok(());
                }
                Some(_) => return Err(bad("a block of no known kind", start)),
                None => {
                    file.warn(None, Oddity::NoTrailer);
                    return Ok(());
                }
            }
        }
    }

    fn extension(&mut self, file: &mut GifFile, control: &mut Control, start: usize) -> Result<()> {
        let label = self.byte()?;
        let body = self.at;
        self.skip_sub_blocks()?;
        let first = sub_block(&self.bytes[body..self.at]);
        match label {
            CONTROL if first.len() >= 4 => {
                *control = Control {
                    disposal: first[0] >> 2 & 7,
                    delay_cs: number(first, 1),
                    transparent: (first[0] & 1 == 1).then_some(first[3]),
                    start: Some(start),
                };
            }
            CONTROL => file.warn(None, Oddity::ShortControl),
            APPLICATION => self.application(file, first, body + 1 + first.len()),
            0x01 | 0xfe => {}
            _ => file.warn(None, Oddity::UnknownExtension { label }),
        }
        Ok(())
    }

    fn application(&self, file: &mut GifFile, name: &[u8], body: usize) {
        let content = &self.bytes[body..self.at];
        match name {
            b"NETSCAPE2.0" | b"ANIMEXTS1.0" => {
                let first = sub_block(content);
                if name != b"NETSCAPE2.0" {
                    file.warn(None, Oddity::LoopVariant);
                }
                if first.len() >= 3 && first[0] == 1 {
                    file.repeat = match number(first, 1) {
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

    fn image(&mut self, file: &mut GifFile, control: Control, start: usize, limits: &Limits) -> Result<()> {
        let index = file.frames.len();
        if index >= MOST_FRAMES {
            let (found, allowed) = (index as u64 + 1, MOST_FRAMES as u64);
            return Err(ErrorKind::LimitExceeded { limit: "frames", found, allowed }.into());
        }
        let head = self.take(9)?;
        let table = self.table(head[8])?;
        let data = self.at;
        let code_size = self.byte()?;
        if !(1..=8).contains(&code_size) {
            return Err(bad("an impossible code size", data));
        }
        self.skip_sub_blocks()?;
        let frame = GifFrame {
            left: number(head, 0),
            top: number(head, 2),
            width: number(head, 4),
            height: number(head, 6),
            delay_cs: control.delay_cs,
            disposal: FrameDisposal::of(control.disposal),
            transparent: control.transparent,
            is_interlaced: head[8] & 0x40 != 0,
            has_own_table: !table.is_empty(),
            table: if table.is_empty() { file.global.clone() } else { table },
            data: data..self.at,
            bytes: self.at - start,
        };
        let pixels = u64::from(frame.width) * u64::from(frame.height);
        if pixels > limits.frame_pixels {
            let (limit, allowed) = ("framePixels", limits.frame_pixels);
            return Err(ErrorKind::LimitExceeded { limit, found: pixels, allowed }.into());
        }
        for oddity in descriptor_oddities(&frame, control.disposal, index, file.screen) {
            file.warn(Some(index), oddity);
        }
        file.frames.push(frame);
        Ok(())
    }

    fn skip_sub_blocks(&mut self) -> Result<()> {
        loop {
            match self.byte()? {
                0 => return Ok(()),
                length => self.take(length.into())?,
            };
        }
    }
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

fn number(bytes: &[u8], at: usize) -> u16 {
    u16::from(bytes[at]) | u16::from(bytes[at + 1]) << 8
}

fn bad(found: &'static str, at: usize) -> Error {
    ErrorKind::BadGif { found, at }.into()
}
