//! Decodes the coefficients of one block in one scan (ITU-T T.81, annexes F and G): all of them in a baseline file; in a
//! progressive file a range of them, or one more bit of each.

use std::rc::Rc;

use super::bit_reader::BitReader;
use super::huffman::HuffmanTable;

/// Index into a block, row by row, of each coefficient in zigzag order.
pub const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// The parameters of one component in a scan. The scan has coefficients [`start`, `end`] of each block in zigzag order, without
/// their `low` lowest bits.
pub struct ScanComponent {
    /// Index of the component.
    pub index: usize,
    /// First coefficient of the scan.
    pub start: usize,
    /// Last coefficient of the scan.
    pub end: usize,
    /// Whether earlier scans had the higher bits, and this one has one more bit.
    pub refines: bool,
    /// Number of low bits that later scans have.
    pub low: u32,
    /// Huffman table of DC coefficients.
    pub dc: Option<Rc<HuffmanTable>>,
    /// Huffman table of AC coefficients.
    pub ac: Option<Rc<HuffmanTable>>,
    /// Factor of each coefficient, in zigzag order.
    pub factors: [i16; 64],
    /// DC coefficient of the block before.
    pub last_dc: i32,
    /// Number of following blocks without coefficients in this scan.
    pub skip: u32,
}

impl ScanComponent {
    /// Resets the prediction at a restart marker.
    pub fn restart(&mut self) {
        (self.last_dc, self.skip) = (0, 0);
    }

    /// Decodes the coefficients of one block. Returns whether any AC coefficient was found.
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

    /// The DC coefficient of the block that was decoded last.
    #[inline]
    pub fn first(&self) -> i16 {
        (self.last_dc as i16).wrapping_mul(self.factors[0])
    }

    /// Decodes AC coefficients whose higher bits no earlier scan had. Returns whether any was found.
    #[inline]
    fn first_bits(&mut self, lent: &mut BitReader, block: &mut [i16; 64]) -> Option<bool> {
        let (mut bits, start, table) = (*lent, self.start.max(1), self.ac.as_deref()?);
        let mut k = start;
        while k <= self.end {
            let (symbol, value) = table.next(&mut bits, true);
            k += usize::from(symbol >> 4);
            if symbol % 16 > 0 {
                // A run past the end of the block sets the last coefficient, as in libjpeg.
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

    /// Decodes one more bit of AC coefficients.
    fn refine(&mut self, bits: &mut BitReader, block: &mut [i16; 64]) -> Option<()> {
        let mut k = self.start;
        while k <= self.end {
            // In skipped blocks too, coefficients that earlier scans found get their bit.
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
                // Past the end of the block: only damaged files get here.
                block[usize::from(ZIGZAG[k.min(63)])] = found << self.low;
            }
        }
        self.skip = self.skip.saturating_sub(1);
        Some(())
    }
}
