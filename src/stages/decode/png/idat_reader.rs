//! Inflates the chunks of an image piece by piece, so that a screenshot is not in memory twice.

use fdeflate::Decompressor;

use super::chunk::{Chunk, DAMAGED};
use super::image_data::ImageData;
use crate::stages::decode::failure::{CUT_SHORT, Result, with_room};

/// Largest distance of a back reference in bytes (RFC 1951, 3.2.5).
const LOOK_BACK: usize = 1 << 15;
/// Minimum number of bytes that are inflated at a time.
const AHEAD: usize = 1 << 17;

/// The inflated data of the chunks of an image.
pub struct IdatReader<'a> {
    inflater: Decompressor,
    /// The image, its `rest` beginning with the next chunk.
    image: ImageData<'a>,
    /// The rest of the current chunk.
    input: &'a [u8],
    window: Vec<u8>,
    /// Bytes of the window that were returned, and bytes that are filled.
    taken: usize,
    filled: usize,
    checked: bool,
}

impl<'a> IdatReader<'a> {
    /// Inflates the chunks of `image`. `most`: bytes that one call takes at most; `checked`: whether the checksum counts.
    ///
    /// # Errors
    /// No memory.
    pub fn new(image: ImageData<'a>, most: usize, checked: bool) -> Result<Self> {
        let len = most.saturating_mul(2).max(AHEAD).saturating_add(LOOK_BACK);
        let mut window = with_room(len)?;
        window.resize(len, 0);
        let mut inflater = Decompressor::new();
        if !checked {
            inflater.ignore_adler32();
        }
        Ok(Self { inflater, image, input: &[], window, taken: 0, filled: 0, checked })
    }

    /// The next `len` bytes.
    ///
    /// # Errors
    /// Damaged.
    pub fn take(&mut self, len: usize) -> Result<&[u8]> {
        while self.filled - self.taken < len {
            if !self.more()? {
                return Err(CUT_SHORT.into());
            }
        }
        let start = self.taken;
        self.taken += len;
        Ok(&self.window[start..self.taken])
    }

    /// Checks that the data is complete and, if `checked`, that its checksum is right. Data beyond the pixels is allowed.
    ///
    /// # Errors
    /// Damaged.
    pub fn finish(mut self) -> Result<()> {
        if self.checked && self.filled == self.taken && !self.more()? && !self.inflater.is_done() {
            return Err(CUT_SHORT.into());
        }
        Ok(())
    }

    /// Inflates the next bytes; `false` at the end of the data.
    fn more(&mut self) -> Result<bool> {
        if self.filled == self.window.len() {
            let gone = self.taken.min(self.filled - LOOK_BACK);
            self.window.copy_within(gone.., 0);
            self.taken -= gone;
            self.filled -= gone;
        }
        loop {
            let read = self.inflater.read(self.input, &mut self.window, self.filled, false);
            let (taken, made) = read.map_err(|_| DAMAGED)?;
            self.input = &self.input[taken..];
            self.filled += made;
            if made > 0 {
                return Ok(true);
            }
            if taken == 0 {
                match Chunk::read_part(self.image.rest) {
                    Ok(chunk) if self.image.has(&chunk) => {
                        (self.input, self.image.rest) = (self.image.pixels_in(&chunk), chunk.rest);
                    }
                    _ => return Ok(false),
                }
            }
        }
    }
}
