//! The bits of an entropy-coded segment (ITU-T T.81, B.1.1.5): stuffed zeros are removed, and the bits end at a marker.

/// Reads the bits of one entropy-coded segment, then zeros. Passed by value to rarely called functions, so that its fields stay
/// in registers.
///
/// Damage is tolerated as in libjpeg, since browsers show such files: an invalid code counts as symbol 0, and missing bits
/// before a marker count as zeros.
#[derive(Clone, Copy)]
pub struct BitReader<'a> {
    pub(super) data: &'a [u8],
    pos: usize,
    /// The bits read ahead, the next one highest. The bits below the first `count` are bits of `data[pos]` or zeros.
    buffer: u64,
    count: u32,
    /// Number of zeros among the `count` bits that were added after the segment's end.
    padding: u32,
    /// Whether an invalid code was found.
    pub is_damaged: bool,
}

impl<'a> BitReader<'a> {
    /// Reads `data` from `pos` on, as far as the next marker.
    pub fn new(data: &'a [u8], pos: usize) -> Self {
        Self { data, pos, buffer: 0, count: 0, padding: 0, is_damaged: false }
    }

    /// Discards the bits read ahead and continues at `pos`, where a segment or a marker begins.
    pub(super) fn go_to(&mut self, pos: usize) {
        *self = Self { is_damaged: self.is_damaged, ..Self::new(self.data, pos) };
    }

    /// Reads ahead to at least 32 bits.
    #[inline]
    pub fn refill(&mut self) {
        if self.count >= 32 {
            return;
        }
        if let Some(&chunk) = self.data.get(self.pos..).and_then(|rest| rest.first_chunk()) {
            let bytes = u64::from_be_bytes(chunk);
            // No high bit is set here if no byte is 0xff.
            if bytes & !bytes.wrapping_add(0x0101_0101_0101_0101) & 0x8080_8080_8080_8080 == 0 {
                self.buffer |= bytes >> self.count;
                let taken = (63 - self.count) / 8;
                self.pos += taken as usize;
                self.count += taken * 8;
                return;
            }
        }
        *self = self.refilled_bytewise();
    }

    #[cold]
    #[inline(never)]
    fn refilled_bytewise(mut self) -> Self {
        while self.count <= 56 {
            let byte = match self.data.get(self.pos..).unwrap_or_default() {
                [0xff, 0, ..] => {
                    self.pos += 2;
                    0xff
                }
                [0xff, 0xff, ..] => {
                    self.pos += 1;
                    continue;
                }
                [] | [0xff, ..] => {
                    self.padding += 8;
                    0
                }
                &[byte, ..] => {
                    self.pos += 1;
                    byte
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
        self
    }

    /// The bits read ahead, the next one highest.
    #[inline]
    pub fn peek(&self) -> u64 {
        self.buffer
    }

    /// Removes and returns `n` of the bits read ahead, 0 to 17.
    #[inline]
    pub fn take(&mut self, n: u32) -> u32 {
        let bits = (self.buffer >> 1 >> (63 - n)) as u32;
        self.buffer <<= n;
        self.count -= n;
        bits
    }

    /// Removes and returns one bit.
    pub fn bit(&mut self) -> bool {
        self.refill();
        self.take(1) == 1
    }

    /// Whether more bits were removed than the segment has.
    #[inline]
    pub fn overrun(&self) -> bool {
        self.count < self.padding
    }

    /// Whether whole bytes other than fill bytes (0xff) are left before the next marker.
    pub fn has_leftovers(&self) -> bool {
        let rest = &self.data[self.pos.min(self.data.len())..self.marker_pos()];
        let used_up = self.count.saturating_sub(self.padding) < 8;
        !used_up || rest.iter().any(|&byte| byte != 0xff)
    }

    /// Position of the next marker, or the end of the data.
    pub fn marker_pos(&self) -> usize {
        let rest = self.data.get(self.pos..).unwrap_or_default();
        let marker = rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff));
        marker.map_or(self.data.len(), |marker| self.pos + marker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_end_at_a_marker() {
        let mut bits = BitReader::new(&[0xff, 0, 0x80, 0xff, 0xd3, 0x40], 0);
        bits.refill();
        assert_eq!((bits.take(16), bits.overrun()), (0xff80, false));
        assert_eq!((bits.bit(), bits.overrun()), (false, true));
        assert_eq!(bits.marker_pos(), 3);
    }

    #[test]
    fn fill_bytes_before_a_stuffed_byte_are_passed_over() {
        let mut bits = BitReader::new(&[0xff, 0xff, 0xff, 0, 0x12], 0);
        bits.refill();
        assert_eq!((bits.take(16), bits.overrun()), (0xff12, false));
    }
}
