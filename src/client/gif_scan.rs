//! Reads a GIF's structure while its bytes arrive, in pieces of any size and without keeping them: is it a GIF, does it end
//! with its trailer, how large is its screen, how long does it play.

use super::error::ClientError;
use crate::model::gif_constants::{
    CONTROL, EXTENSION, HEADER_BYTES, IMAGE, MOST_FRAMES, SIGNATURES, TRAILER, played_cs, table_bytes,
};

/// What a GIF's structure says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GifFacts {
    /// Width of the logical screen.
    pub width: u32,
    /// Height of the logical screen.
    pub height: u32,
    /// How long each frame is shown, in ms.
    pub delays_ms: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Header,
    Introducer,
    Label,
    Descriptor,
    CodeSize,
    SubBlockSize,
    SubBlock(usize),
    Skip(usize),
    CodeSizeAfter(usize),
    Trailer,
}

/// A GIF being read.
#[derive(Debug, Clone)]
pub struct GifScan {
    part: Part,
    held: Vec<u8>,
    control: bool,
    delay_cs: u32,
    facts: GifFacts,
    max_side: u32,
    max_pixels: u64,
}

impl GifScan {
    /// A scan that refuses screens beyond these bounds.
    #[must_use]
    pub fn new(max_side: u32, max_pixels: u64) -> Self {
        Self {
            part: Part::Header,
            held: Vec::with_capacity(HEADER_BYTES),
            control: false,
            delay_cs: 0,
            facts: GifFacts::default(),
            max_side,
            max_pixels,
        }
    }

    /// Reads the next bytes.
    ///
    /// # Errors
    /// [`ClientError::BadMedia`] when they cannot belong to a GIF, [`ClientError::TooLarge`] for its screen or frame count.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), ClientError> {
        let mut rest = bytes;
        while let Some((&first, after)) = rest.split_first() {
            match self.part {
                Part::Trailer => return Ok(()),
                Part::SubBlock(left) | Part::Skip(left) | Part::CodeSizeAfter(left) => {
                    let taken = left.min(rest.len());
                    let (now, later) = rest.split_at(taken);
                    if self.control {
                        self.hold_control(now);
                    }
                    rest = later;
                    self.part = self.after(left - taken);
                }
                part => {
                    rest = after;
                    self.byte(part, first)?;
                }
            }
        }
        Ok(())
    }

    /// Whether the trailer was seen.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.part == Part::Trailer
    }

    /// What was read, once all bytes have arrived.
    ///
    /// # Errors
    /// [`ClientError::BadMedia`] when the trailer or every frame is missing.
    pub fn finish(self) -> Result<GifFacts, ClientError> {
        let found = match self.part {
            Part::Trailer if self.facts.delays_ms.is_empty() => "a GIF without a frame",
            Part::Trailer => return Ok(self.facts),
            Part::Header => "fewer bytes than a GIF's header",
            _ => "a GIF that is cut off before its trailer",
        };
        Err(bad(found))
    }

    fn after(&mut self, left: usize) -> Part {
        match self.part {
            Part::SubBlock(_) if left == 0 => Part::SubBlockSize,
            Part::SubBlock(_) => Part::SubBlock(left),
            Part::CodeSizeAfter(_) if left == 0 => Part::CodeSize,
            Part::CodeSizeAfter(_) => Part::CodeSizeAfter(left),
            _ if left == 0 => Part::Introducer,
            _ => Part::Skip(left),
        }
    }

    fn byte(&mut self, part: Part, byte: u8) -> Result<(), ClientError> {
        self.part = match part {
            Part::Header => return self.header(byte),
            Part::Introducer => match byte {
                EXTENSION => Part::Label,
                IMAGE => {
                    self.held.clear();
                    Part::Descriptor
                }
                TRAILER => Part::Trailer,
                _ => return Err(bad("a GIF with a damaged block")),
            },
            Part::Label => {
                self.control = byte == CONTROL;
                self.held.clear();
                Part::SubBlockSize
            }
            Part::Descriptor => return self.descriptor(byte),
            Part::CodeSize => {
                self.frame()?;
                Part::SubBlockSize
            }
            _ if byte == 0 => {
                self.end_of_control();
                Part::Introducer
            }
            _ => Part::SubBlock(usize::from(byte)),
        };
        Ok(())
    }

    fn header(&mut self, byte: u8) -> Result<(), ClientError> {
        self.held.push(byte);
        let known = self.held.len().min(6);
        if SIGNATURES.iter().all(|signature| self.held[..known] != signature[..known]) {
            return Err(bad(if self.held.first() == Some(&b'<') { "HTML or XML" } else { "other bytes" }));
        }
        if self.held.len() < HEADER_BYTES {
            return Ok(());
        }
        self.facts.width = self.number(6);
        self.facts.height = self.number(8);
        self.check_screen()?;
        let table = table_bytes(self.held[10]);
        self.part = if table == 0 { Part::Introducer } else { Part::Skip(table) };
        Ok(())
    }

    fn check_screen(&self) -> Result<(), ClientError> {
        let (width, height) = (self.facts.width, self.facts.height);
        if width == 0 || height == 0 {
            return Err(bad("a GIF without an area"));
        }
        if width.max(height) > self.max_side || u64::from(width) * u64::from(height) > self.max_pixels {
            let what = format!(
                "the GIF's screen is {width}x{height}; at most {} a side and {} pixels are accepted",
                self.max_side, self.max_pixels
            );
            return Err(ClientError::TooLarge { what });
        }
        Ok(())
    }

    fn descriptor(&mut self, byte: u8) -> Result<(), ClientError> {
        self.held.push(byte);
        if self.held.len() < 9 {
            return Ok(());
        }
        let (right, bottom) = (self.number(0) + self.number(4), self.number(2) + self.number(6));
        if right > 0xffff || bottom > 0xffff {
            return Err(bad("a GIF with a frame outside every screen"));
        }
        let table = table_bytes(self.held[8]);
        self.part = if table == 0 { Part::CodeSize } else { Part::CodeSizeAfter(table) };
        Ok(())
    }

    fn frame(&mut self) -> Result<(), ClientError> {
        if self.facts.delays_ms.len() >= MOST_FRAMES {
            return Err(ClientError::TooLarge { what: format!("the GIF has more than {MOST_FRAMES} frames") });
        }
        self.facts.delays_ms.push(played_cs(self.delay_cs) * 10);
        self.delay_cs = 0;
        self.control = false;
        Ok(())
    }

    fn hold_control(&mut self, bytes: &[u8]) {
        let room = 4 - self.held.len().min(4);
        self.held.extend_from_slice(&bytes[..room.min(bytes.len())]);
    }

    fn end_of_control(&mut self) {
        if self.control && self.held.len() >= 3 {
            self.delay_cs = self.number(1);
        }
        self.control = false;
    }

    fn number(&self, at: usize) -> u32 {
        u32::from(self.held[at]) | u32::from(self.held[at + 1]) << 8
    }
}

fn bad(found: &str) -> ClientError {
    ClientError::BadMedia { found: found.to_owned(), expected: "a whole GIF" }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two frames of 2x1 with a global table, delays 7 and 0 cs, a comment in between.
    pub(crate) const SMALL: &[u8] = b"GIF89a\x02\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\
        \x21\xf9\x04\x04\x07\x00\x00\x00\x2c\x00\x00\x00\x00\x02\x00\x01\x00\x00\x02\x02\x44\x0a\x00\
        \x21\xfe\x02hi\x00\
        \x21\xf9\x04\x04\x00\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x80\x00\x00\x00\xff\xff\xff\x02\x02\x44\x01\x00\x3b";

    fn scan(pieces: &[&[u8]]) -> Result<GifFacts, ClientError> {
        let mut scan = GifScan::new(16_384, 33_000_000);
        for piece in pieces {
            scan.push(piece)?;
        }
        scan.finish()
    }

    #[test]
    fn screen_and_delays_are_read() {
        let facts = scan(&[SMALL]).unwrap();
        assert_eq!((facts.width, facts.height, facts.delays_ms), (2, 1, vec![70, 100]));
    }

    #[test]
    fn the_size_of_the_pieces_does_not_matter() {
        let whole = scan(&[SMALL]).unwrap();
        for size in 1..SMALL.len() {
            let pieces: Vec<&[u8]> = SMALL.chunks(size).collect();
            assert_eq!(scan(&pieces).as_ref(), Ok(&whole), "{size}");
        }
    }

    #[test]
    fn every_cut_is_noticed() {
        for end in 0..SMALL.len() {
            assert_eq!(scan(&[&SMALL[..end]]).unwrap_err().code(), "BAD_MEDIA", "{end}");
        }
    }

    #[test]
    fn no_bytes_are_no_gif() {
        assert_eq!(scan(&[]).unwrap_err().to_string(), "expected a whole GIF, found fewer bytes than a GIF's header");
    }

    #[test]
    fn error_pages_and_other_files_are_refused_at_their_first_bytes() {
        for bytes in [b"<html>".as_slice(), b"\x89PNG\r\n", b"GIF88a", b"gif89a", b"{\"a\""] {
            assert!(GifScan::new(99, 99).push(bytes).is_err());
        }
    }

    #[test]
    fn a_screen_beyond_the_bounds_is_refused_by_its_header() {
        let error = GifScan::new(16_384, 33_000_000).push(b"GIF89a\xff\xff\xff\xff\x00\x00\x00").unwrap_err();
        assert_eq!(error.code(), "TOO_LARGE");
    }

    #[test]
    fn bytes_after_the_trailer_do_no_harm() {
        assert!(scan(&[SMALL, b"\0\0anything"]).is_ok());
    }
}
