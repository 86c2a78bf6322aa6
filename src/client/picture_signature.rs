//! Checks the first bytes of a downloaded screenshot: is it a PNG, JPEG, WebP or GIF?

use super::client_error::ClientError;
use crate::model::picture_format::PictureFormat;

/// A screenshot being read; only its first bytes are looked at.
#[derive(Debug, Clone, Default)]
pub struct PictureSignature {
    head: Vec<u8>,
}

impl PictureSignature {
    /// Reads the next bytes.
    ///
    /// # Errors
    /// [`ClientError::BadMedia`] as soon as they cannot belong to a PNG, JPEG, WebP or GIF.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), ClientError> {
        if self.head.len() >= PictureFormat::SIGNATURE_BYTES {
            return Ok(());
        }
        let room = PictureFormat::SIGNATURE_BYTES - self.head.len();
        self.head.extend_from_slice(&bytes[..room.min(bytes.len())]);
        if self.head.len() == PictureFormat::SIGNATURE_BYTES { self.check() } else { Ok(()) }
    }

    /// Judges what has arrived.
    ///
    /// # Errors
    /// [`ClientError::BadMedia`].
    pub fn finish(&self) -> Result<(), ClientError> {
        self.check()
    }

    fn check(&self) -> Result<(), ClientError> {
        let head = self.head.as_slice();
        if PictureFormat::of(head).is_some() {
            return Ok(());
        }
        let found = if head.first() == Some(&b'<') { "HTML or XML" } else { "other bytes" };
        Err(ClientError::BadMedia { found: found.to_owned(), expected: "a PNG, JPEG, WebP or GIF" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_pass_in_pieces_and_pages_do_not() {
        let mut png = PictureSignature::default();
        for byte in b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" {
            png.push(&[*byte]).unwrap();
        }
        assert!(png.finish().is_ok());
        assert!(PictureSignature::default().push(b"<!doctype html>").is_err());
        assert!(PictureSignature::default().finish().is_err());
    }
}
