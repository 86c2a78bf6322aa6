//! The first frame of a GIF, on its logical screen. The only file of this stage that names `gif`.

use gif::{ColorOutput, DecodeOptions, Decoder, DecodingError, MemoryLimit};

use crate::model::error::{Error, ErrorKind, Result};
use crate::model::raster::reserve;

/// A GIF, read as far as the pixels of its first frame.
pub struct GifFrame<'a> {
    decoder: Decoder<&'a [u8]>,
    /// Left, top, width and height of the frame.
    frame: [usize; 4],
}

impl<'a> GifFrame<'a> {
    /// Reads the header and where the first frame stands; profiles and the like may have `side_bytes`.
    ///
    /// # Errors
    /// `DECODE_FAILED`.
    pub fn open(bytes: &'a [u8], side_bytes: usize) -> Result<Self> {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        if let Ok(bytes) = (side_bytes as u64).try_into() {
            options.set_memory_limit(MemoryLimit::Bytes(bytes));
        }
        let mut decoder = options.read_info(bytes).map_err(|error| failed(&error))?;
        let frame = decoder.next_frame_info().map_err(|error| failed(&error))?;
        let missing = || Error::from(ErrorKind::DecodeFailed { format: "gif", reason: "there is no frame".into() });
        let frame = frame.ok_or_else(missing)?;
        let frame = [frame.left, frame.top, frame.width, frame.height].map(usize::from);
        Ok(Self { decoder, frame })
    }

    /// Width and height of the screen. Where the first frame reaches beyond it, browsers make it larger.
    pub fn size(&self) -> (usize, usize) {
        let [left, top, width, height] = self.frame;
        let (across, down) = (usize::from(self.decoder.width()), usize::from(self.decoder.height()));
        (across.max(left + width), down.max(top + height))
    }

    /// The samples of the screen, RGBA; transparent where the frame does not reach.
    ///
    /// # Errors
    /// `DECODE_FAILED`, `OUT_OF_MEMORY`.
    pub fn samples(mut self) -> Result<Vec<u8>> {
        let (screen_width, screen_height) = self.size();
        let [left, top, width, height] = self.frame;
        let mut samples = filled(self.decoder.buffer_size())?;
        self.decoder.read_into_buffer(&mut samples).map_err(|error| failed(&error))?;
        if (width, height) == (screen_width, screen_height) || width == 0 {
            return Ok(samples);
        }
        let mut screen = filled(4 * screen_width * screen_height)?;
        let lines = screen.chunks_exact_mut(4 * screen_width).skip(top);
        for (line, row) in lines.zip(samples.chunks_exact(4 * width)) {
            line[4 * left..][..row.len()].copy_from_slice(row);
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

#[cfg(test)]
mod tests {
    use crate::model::color::Color;
    use crate::model::limits::Limits;
    use crate::stages::decode::decode;

    /// A GIF of one frame of 2 x 2 pixels, all of the second color, on a screen of this size.
    fn gif(screen: [u8; 2], left: u8, top: u8) -> Vec<u8> {
        let header = [b'G', b'I', b'F', b'8', b'9', b'a', screen[0], 0, screen[1], 0, 0x80, 0, 0, 0, 0, 0, 9, 9, 9];
        let frame = [b',', left, 0, top, 0, 2, 0, 2, 0, 0, 2, 3, 0b0100_1100, 0b0001_0010, 0b101, 0, b';'];
        [&header[..], &frame].concat()
    }

    #[test]
    fn a_screen_that_is_smaller_than_its_first_frame_becomes_as_large_as_in_browsers() {
        for (screen, left, top, size) in
            [([2, 2], 0, 0, (2, 2)), ([1, 1], 0, 0, (2, 2)), ([4, 3], 3, 1, (5, 3)), ([0, 0], 0, 0, (2, 2))]
        {
            let raster = decode(&gif(screen, left, top), Color::WHITE, &Limits::default()).unwrap().raster;
            assert_eq!((raster.size().width(), raster.size().height()), size);
            for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let place = (usize::from(top) + y) * size.0 + usize::from(left) + x;
                assert_eq!(raster.pixels()[place], Color::rgb([9; 3]));
            }
            let shown = raster.pixels().iter().filter(|&&pixel| pixel == Color::rgb([9; 3])).count();
            assert_eq!(shown, 4);
        }
    }
}
