//! Little-endian serialization of the three messages that pass between workers.

use super::color::Color;
use super::error::{Error, ErrorKind, Result};

/// Appends numbers to a byte vector.
#[derive(Debug, Default)]
pub struct MessageWriter(Vec<u8>);

impl MessageWriter {
    /// Returns a writer with memory for `bytes` bytes.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        let mut room = Vec::new();
        // If the allocation fails, the vector grows as bytes are written.
        let _ = room.try_reserve_exact(bytes);
        Self(room)
    }

    /// Appends one number.
    pub fn u32(&mut self, value: u32) -> &mut Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// Appends a count and that many numbers.
    pub fn list(&mut self, values: impl ExactSizeIterator<Item = u32>) -> &mut Self {
        self.u32(values.len() as u32);
        for value in values {
            self.u32(value);
        }
        self
    }

    /// All bytes so far, and `bytes` behind them.
    #[must_use]
    pub fn rest(mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.extend_from_slice(bytes);
        self.0
    }

    /// All bytes so far.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Reads numbers from bytes that may be damaged.
#[derive(Debug)]
pub struct MessageReader<'a> {
    bytes: &'a [u8],
    what: &'static str,
}

impl<'a> MessageReader<'a> {
    /// Returns a reader of `bytes`. `what` names their content in error messages.
    #[must_use]
    pub fn new(bytes: &'a [u8], what: &'static str) -> Self {
        Self { bytes, what }
    }

    /// The error for bytes that are not what they should be.
    #[must_use]
    pub fn damaged(&self) -> Error {
        ErrorKind::BadMessage { what: self.what }.into()
    }

    /// Takes one number.
    ///
    /// # Errors
    /// `BAD_MESSAGE` at the end of the bytes.
    pub fn u32(&mut self) -> Result<u32> {
        let (head, tail) = self.bytes.split_first_chunk::<4>().ok_or_else(|| self.damaged())?;
        self.bytes = tail;
        Ok(u32::from_le_bytes(*head))
    }

    /// Takes a count and that many numbers.
    ///
    /// # Errors
    /// `BAD_MESSAGE` when the bytes hold fewer.
    pub fn list(&mut self) -> Result<Vec<u32>> {
        let len = self.u32()? as usize;
        if len > self.bytes.len() / 4 {
            return Err(self.damaged());
        }
        let (list, tail) = self.bytes.split_at(len * 4);
        self.bytes = tail;
        Ok(list
            .chunks_exact(4)
            .map(|number| u32::from_le_bytes([number[0], number[1], number[2], number[3]]))
            .collect())
    }

    /// Takes a count and that many colors.
    ///
    /// # Errors
    /// `BAD_MESSAGE` when the bytes hold fewer.
    pub fn colors(&mut self) -> Result<Vec<Color>> {
        Ok(self.list()?.into_iter().map(Color::from_bits).collect())
    }

    /// The bytes that were not read.
    #[must_use]
    pub fn rest(self) -> &'a [u8] {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_claims_more_than_there_is_is_an_error() {
        let mut writer = MessageWriter::default();
        writer.u32(u32::MAX);
        let bytes = writer.into_bytes();
        assert_eq!(MessageReader::new(&bytes, "a list").list().unwrap_err().code(), "BAD_MESSAGE");
    }
}
