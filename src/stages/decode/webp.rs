//! The first picture of a WebP file. The only file that names `image_webp`.

use std::io::Cursor;

use image_webp::{DecodingError, WebPDecoder};

use crate::model::error::{Error, ErrorKind, Result};
use crate::model::raster::reserve;

/// A WebP file, read as far as its pixels.
pub struct WebP<'a>(WebPDecoder<Cursor<&'a [u8]>>);

impl<'a> WebP<'a> {
    /// Reads the header; profiles and the like may have `side_bytes`.
    ///
    /// # Errors
    /// `DECODE_FAILED`.
    pub fn open(bytes: &'a [u8], side_bytes: usize) -> Result<Self> {
        let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(failed)?;
        decoder.set_memory_limit(side_bytes);
        Ok(Self(decoder))
    }

    /// Width and height as stored.
    pub fn size(&self) -> (usize, usize) {
        let (width, height) = self.0.dimensions();
        (width as usize, height as usize)
    }

    /// Whether there are four samples a pixel, not three.
    pub fn has_alpha(&self) -> bool {
        self.0.has_alpha()
    }

    /// The color profile. Empty if there is none.
    ///
    /// # Errors
    /// `DECODE_FAILED`.
    pub fn profile(&mut self) -> Result<Vec<u8>> {
        Ok(self.0.icc_profile().map_err(failed)?.unwrap_or_default())
    }

    /// The samples, RGB or RGBA.
    ///
    /// # Errors
    /// `DECODE_FAILED`, `OUT_OF_MEMORY`.
    pub fn samples(mut self) -> Result<Vec<u8>> {
        let len = self.0.output_buffer_size().unwrap_or(usize::MAX);
        let mut samples = reserve(len)?;
        samples.resize(len, 0);
        self.0.read_image(&mut samples).map_err(failed)?;
        Ok(samples)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn failed(error: DecodingError) -> Error {
    ErrorKind::DecodeFailed { format: "webp", reason: error.to_string() }.into()
}
