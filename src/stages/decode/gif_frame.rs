//! The first frame of a GIF, on its logical screen. The only file of this stage that names `gif`.

use gif::{ColorOutput, DecodeOptions, Decoder, DecodingError, MemoryLimit};

use crate::model::error::{Error, ErrorKind, Result};
use crate::model::limits::Limits;
use crate::model::raster::reserve;

/// A GIF, read as far as its logical screen.
pub struct GifFrame<'a>(Decoder<&'a [u8]>);

impl<'a> GifFrame<'a> {
    /// Reads the header; profiles and the like may have `side_bytes`.
    ///
    /// # Errors
    /// `DECODE_FAILED`.
    pub fn open(bytes: &'a [u8], side_bytes: usize) -> Result<Self> {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        if let Ok(bytes) = (side_bytes as u64).try_into() {
            options.set_memory_limit(MemoryLimit::Bytes(bytes));
        }
        options.read_info(bytes).map(Self).map_err(|error| failed(&error))
    }

    /// Width and height of the screen.
    pub fn size(&self) -> (usize, usize) {
        (usize::from(self.0.width()), usize::from(self.0.height()))
    }

    /// The samples of the screen, RGBA; transparent where the frame does not reach.
    ///
    /// # Errors
    /// `DECODE_FAILED`, `LIMIT_EXCEEDED` for a frame beyond `limits`, `OUT_OF_MEMORY`.
    pub fn samples(mut self, limits: &Limits) -> Result<Vec<u8>> {
        let (screen_width, screen_height) = self.size();
        let frame = self.0.next_frame_info().map_err(|error| failed(&error))?;
        let missing = || Error::from(ErrorKind::DecodeFailed { format: "gif", reason: "there is no frame".into() });
        let frame = frame.ok_or_else(missing)?;
        let [left, top, width, height] = [frame.left, frame.top, frame.width, frame.height].map(usize::from);
        limits.check_size(width as u32, height as u32)?;
        let mut samples = filled(self.0.buffer_size())?;
        self.0.read_into_buffer(&mut samples).map_err(|error| failed(&error))?;
        if (left, top, width, height) == (0, 0, screen_width, screen_height) {
            return Ok(samples);
        }
        let mut screen = filled(4 * screen_width * screen_height)?;
        let shown = 4 * width.min(screen_width.saturating_sub(left));
        if shown > 0 {
            let lines = screen.chunks_exact_mut(4 * screen_width).skip(top);
            for (line, row) in lines.zip(samples.chunks_exact(4 * width)) {
                line[4 * left..][..shown].copy_from_slice(&row[..shown]);
            }
        }
        Ok(screen)
    }
}

fn filled(len: usize) -> Result<Vec<u8>> {
    let mut samples = reserve(len)?;
    samples.resize(len, 0);
    Ok(samples)
}

fn failed(error: &DecodingError) -> Error {
    ErrorKind::DecodeFailed { format: "gif", reason: error.to_string() }.into()
}
