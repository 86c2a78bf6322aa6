//! The chunks of a PNG (PNG, third edition, 5.3).

use crate::stages::decode::failure::{CUT_SHORT, Result};

/// The reason given where a checksum or a filter is wrong.
pub const DAMAGED: &str = "its data is damaged";

/// One chunk, its end perhaps missing.
pub struct Chunk<'a> {
    pub name: [u8; 4],
    pub data: &'a [u8],
    /// Name and data, which the checksum is of.
    summed: &'a [u8],
    sum: Option<u32>,
    /// What follows it in the file.
    pub rest: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// Reads a whole chunk.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let chunk = Self::read_part(bytes)?;
        // Of pixels only the beginning may be here: a header can be read before the rest has arrived.
        if chunk.sum.is_none() && chunk.name != *b"IDAT" {
            return Err(CUT_SHORT.into());
        }
        Ok(chunk)
    }

    /// Reads a chunk of which the end may be missing.
    pub fn read_part(bytes: &'a [u8]) -> Result<Self> {
        let (len, after) = bytes.split_first_chunk().ok_or(CUT_SHORT)?;
        let name = *after.first_chunk().ok_or(CUT_SHORT)?;
        let end = (u32::from_be_bytes(*len) as usize).saturating_add(4);
        let (summed, after) = after.split_at(end.min(after.len()));
        let (sum, rest) = after.split_first_chunk().map_or((None, &[][..]), |(sum, rest)| (Some(*sum), rest));
        Ok(Self { name, data: &summed[4..], summed, sum: sum.map(u32::from_be_bytes), rest })
    }

    /// Whether the checksum is wrong; where it is missing, nobody knows.
    pub fn is_damaged(&self) -> bool {
        self.sum.is_some_and(|sum| sum != checksum(self.summed))
    }

    /// The data, if the checksum is right.
    pub fn checked(&self) -> Result<&'a [u8]> {
        if self.sum != Some(checksum(self.summed)) {
            return Err(DAMAGED.into());
        }
        Ok(self.data)
    }
}

/// CRC-32 (ISO/IEC 3309), bit by bit: only of short chunks.
pub fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for &byte in bytes {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ (sum & 1).wrapping_neg() & 0xedb8_8320;
        }
    }
    !sum
}
