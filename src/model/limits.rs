//! Limits of input and output, checked before memory is allocated.

use super::error::{ErrorKind, Result};

/// Limits of input and output. The defaults are far above the needs of screenshots and far below what a machine cannot handle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one encoded screenshot. Default 64 MB.
    pub input_bytes: u64,
    /// Pixels of one screenshot. Default 33 million.
    pub frame_pixels: u64,
    /// Width or height of one screenshot in pixels. Default 16384, never more than 32767.
    pub side_px: u64,
    /// Number of screenshots. Default 2000.
    pub frames: u64,
    /// Pixels of all frames together on the logical screen. Default 2 thousand million.
    pub total_pixels: u64,
    /// Bytes of the GIF. Default 256 MB.
    pub output_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 64_000_000,
            frame_pixels: 33_000_000,
            side_px: 16384,
            frames: 2000,
            total_pixels: 2_000_000_000,
            output_bytes: 256_000_000,
        }
    }
}

impl Limits {
    /// Checks the size in an image header, in 64-bit arithmetic.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` with the limit's name, the value found and the value allowed.
    pub fn check_size(&self, width: u32, height: u32) -> Result<()> {
        check("sidePx", u64::from(width.max(height)), self.side_px)?;
        check("framePixels", u64::from(width) * u64::from(height), self.frame_pixels)
    }

    /// Checks the length of an encoded screenshot.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` for `inputBytes`.
    pub fn check_input(&self, bytes: usize) -> Result<()> {
        check("inputBytes", bytes as u64, self.input_bytes)
    }

    /// Checks the number of frames and their pixels on a screen of `screen_area` pixels.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` for `frames` or `totalPixels`.
    pub fn check_sequence(&self, frames: usize, screen_area: usize) -> Result<()> {
        check("frames", frames as u64, self.frames)?;
        check("totalPixels", frames as u64 * screen_area as u64, self.total_pixels)
    }

    /// Checks the length of the finished GIF.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED` for `outputBytes`.
    pub fn check_output(&self, bytes: u64) -> Result<()> {
        check("outputBytes", bytes, self.output_bytes)
    }
}

fn check(limit: &'static str, found: u64, allowed: u64) -> Result<()> {
    if found > allowed {
        return Err(ErrorKind::LimitExceeded { limit, found, allowed }.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_bomb_is_refused_in_64_bit_arithmetic() {
        let limits = Limits { side_px: 65535, ..Limits::default() };
        assert_eq!(limits.check_size(65535, 65535).unwrap_err().code(), "LIMIT_EXCEEDED");
        assert!(limits.check_size(2880, 1800).is_ok());
    }

    #[test]
    fn every_limit_allows_its_own_value_and_nothing_above() {
        let limits =
            Limits { input_bytes: 10, frame_pixels: 20, side_px: 6, frames: 3, total_pixels: 30, output_bytes: 40 };
        for allowed in [
            limits.check_input(10),
            limits.check_size(6, 3),
            limits.check_size(3, 6),
            limits.check_size(4, 5),
            limits.check_sequence(3, 10),
            limits.check_output(40),
            limits.check_output(0),
        ] {
            assert_eq!(allowed, Ok(()));
        }
        for (refused, limit, found, allowed) in [
            (limits.check_input(11), "inputBytes", 11, 10),
            (limits.check_size(7, 1), "sidePx", 7, 6),
            (limits.check_size(1, 7), "sidePx", 7, 6),
            (limits.check_size(3, 7), "sidePx", 7, 6),
            (limits.check_size(5, 5), "framePixels", 25, 20),
            (limits.check_sequence(4, 1), "frames", 4, 3),
            (limits.check_sequence(3, 11), "totalPixels", 33, 30),
            (limits.check_output(41), "outputBytes", 41, 40),
        ] {
            assert_eq!(refused, Err(ErrorKind::LimitExceeded { limit, found, allowed }.into()));
        }
    }
}
