//! Checks a GIF while its bytes arrive, in pieces of any size and without keeping them: is it a GIF, does it end with its
//! trailer, how large is its screen, how long does it play.

use super::client_error::ClientError;
use crate::model::gif_constants::{MOST_FRAMES, played_cs};
use crate::model::gif_structure::{GifImage, GifParser, GifPart, GifProgress};

/// Facts from the structure of a GIF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GifFacts {
    /// Width of the logical screen in pixels.
    pub width: u32,
    /// Height of the logical screen in pixels.
    pub height: u32,
    /// How long browsers show each frame, in ms.
    pub delays_ms: Vec<u32>,
}

/// A GIF being checked.
#[derive(Debug, Clone)]
pub struct GifScan {
    parser: GifParser,
    facts: GifFacts,
    max_side: u32,
    max_pixels: u64,
}

impl GifScan {
    /// A scan that refuses screens with a side above `max_side` pixels or of more than `max_pixels` pixels.
    #[must_use]
    pub fn new(max_side: u32, max_pixels: u64) -> Self {
        Self { parser: GifParser::default(), facts: GifFacts::default(), max_side, max_pixels }
    }

    /// Reads the next bytes.
    ///
    /// # Errors
    /// [`ClientError::BadMedia`] when they cannot belong to a GIF, [`ClientError::TooLarge`] for its screen or frame count.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<(), ClientError> {
        while let Some(part) = self.parser.next(&mut bytes).map_err(|error| bad(error.found))? {
            match part {
                GifPart::Screen { width, height, .. } => self.screen(width.into(), height.into())?,
                GifPart::Image(image) => self.frame(&image)?,
                GifPart::ShortControl | GifPart::Extension { .. } | GifPart::Trailer => {}
            }
        }
        Ok(())
    }

    /// Returns the facts after all bytes have arrived.
    ///
    /// # Errors
    /// [`ClientError::BadMedia`] when the trailer or every frame is missing.
    pub fn finish(self) -> Result<GifFacts, ClientError> {
        let found = match self.parser.progress() {
            GifProgress::Whole if self.facts.delays_ms.is_empty() => "a GIF without a frame",
            GifProgress::Whole => return Ok(self.facts),
            GifProgress::InHeader => "fewer bytes than a GIF's header",
            GifProgress::BetweenBlocks | GifProgress::InBlock => "a GIF that is cut off before its trailer",
        };
        Err(bad(found))
    }

    fn screen(&mut self, width: u32, height: u32) -> Result<(), ClientError> {
        (self.facts.width, self.facts.height) = (width, height);
        if width.max(height) > self.max_side || u64::from(width) * u64::from(height) > self.max_pixels {
            let what = format!(
                "the GIF's screen is {width}x{height}; at most {} a side and {} pixels are accepted",
                self.max_side, self.max_pixels
            );
            return Err(ClientError::TooLarge { what });
        }
        Ok(())
    }

    fn frame(&mut self, image: &GifImage) -> Result<(), ClientError> {
        if image.left.checked_add(image.width).is_none() || image.top.checked_add(image.height).is_none() {
            return Err(bad("a GIF with a frame outside every screen"));
        }
        if self.facts.delays_ms.len() >= MOST_FRAMES {
            return Err(ClientError::TooLarge { what: format!("the GIF has more than {MOST_FRAMES} frames") });
        }
        self.facts.delays_ms.push(played_cs(image.control.delay_cs.into()) * 10);
        Ok(())
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
