//! The coefficients that a scan gives of one block (ITU-T T.81, annexes F and G): all of them in a baseline file, a range of
//! them or one more bit of each in a progressive one.

use std::rc::Rc;

use super::bit_reader::BitReader;
use super::huffman::HuffmanTable;

/// Places in a block, row by row, in the order that the coefficients come.
pub const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// A component's part in a scan: coefficients `start..=end` of each block in zigzag order, but for their `low` lowest
/// bits.
pub struct ScanComponent {
    /// Which component it is.
    pub index: usize,
    /// The first coefficient given.
    pub start: usize,
    /// The last one given.
    pub end: usize,
    /// Whether earlier scans gave the higher bits, and this one gives a single bit more.
    pub refines: bool,
    /// How many bits are left to later scans.
    pub low: u32,
    /// The table for the first coefficients of blocks.
    pub dc: Option<Rc<HuffmanTable>>,
    /// The table for the others.
    pub ac: Option<Rc<HuffmanTable>>,
    /// What to multiply coefficients by, in zigzag order.
    pub factors: [i16; 64],
    /// The last block's first coefficient.
    pub last_dc: i32,
    /// For how many blocks more nothing is given.
    pub skip: u32,
}

impl ScanComponent {
    /// Forgets earlier blocks, as at a restart.
    pub fn restart(&mut self) {
        (self.last_dc, self.skip) = (0, 0);
    }

    /// Decodes what the scan gives of a block. Says whether that is more than the first coefficient.
    #[inline]
    pub fn decode(&mut self, bits: &mut BitReader, block: &mut [i16; 64]) -> Option<bool> {
        match (self.start, self.refines) {
            (0, true) => block[0] |= i16::from(bits.bit()) << self.low,
            (_, true) => self.refine(bits, block)?,
            (0, false) => {
                let (size, difference) = self.dc.as_deref()?.next(bits, true);
                if size > 15 {
                    return None;
                }
                self.last_dc = self.last_dc.wrapping_add(difference);
                block[0] = self.first();
            }
            _ => {}
        }
        if self.refines || self.end == 0 {
            return Some(false);
        }
        if self.skip > 0 {
            self.skip -= 1;
            return Some(false);
        }
        self.first_bits(bits, block)
    }

    /// The first coefficient of the block just decoded.
    #[inline]
    pub fn first(&self) -> i16 {
        (self.last_dc as i16).wrapping_mul(self.factors[0])
    }

    /// AC coefficients of which no bits were given before. Says whether there are any.
    #[inline]
    fn first_bits(&mut self, lent: &mut BitReader, block: &mut [i16; 64]) -> Option<bool> {
        let (mut bits, start, table) = (*lent, self.start.max(1), self.ac.as_deref()?);
        let mut k = start;
        while k <= self.end {
            let (symbol, value) = table.next(&mut bits, true);
            k += usize::from(symbol >> 4);
            if symbol % 16 > 0 {
                // What runs past the end of a block is the last coefficient's.
                let k = k.min(63);
                block[usize::from(ZIGZAG[k])] = (value as i16).wrapping_mul(self.factors[k]);
            } else if symbol < 0xf0 {
                let run = u32::from(symbol >> 4);
                // Only progressive files skip blocks.
                if self.start > 0 {
                    self.skip = (1 << run) + bits.take(run) - 1;
                }
                break;
            }
            k += 1;
        }
        *lent = bits;
        Some(k > start)
    }

    /// One bit more of AC coefficients.
    fn refine(&mut self, bits: &mut BitReader, block: &mut [i16; 64]) -> Option<()> {
        let mut k = self.start;
        while k <= self.end {
            // In blocks that are skipped, the coefficients found before still get their bits.
            let (mut zeros, mut found) = (64, 0);
            if self.skip == 0 {
                let (symbol, _) = self.ac.as_deref()?.next(bits, false);
                let run = u32::from(symbol >> 4);
                match symbol % 16 {
                    0 if run < 15 => self.skip = (1 << run) + bits.take(run),
                    0 => zeros = run,
                    _ => (zeros, found) = (run, if bits.bit() { 1 } else { -1 }),
                }
            }
            while k <= self.end {
                let value = &mut block[usize::from(ZIGZAG[k & 63])];
                k += 1;
                if *value != 0 {
                    if bits.bit() && *value & (1 << self.low) == 0 {
                        *value = value.wrapping_add(value.signum() << self.low);
                    }
                } else if zeros == 0 {
                    *value = found << self.low;
                    found = 0;
                    break;
                } else {
                    zeros -= 1;
                }
            }
            if found != 0 {
                // Past the end, where only damage leads.
                block[usize::from(ZIGZAG[k.min(63)])] = found << self.low;
            }
        }
        self.skip = self.skip.saturating_sub(1);
        Some(())
    }
}
