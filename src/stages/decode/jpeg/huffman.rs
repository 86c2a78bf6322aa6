//! Entropy decoding (ITU-T T.81, annexes F and G): Huffman tables, and the coefficients of one block.

use std::rc::Rc;

use super::bit_reader::BitReader;

/// Places in a block, row by row, in the order that the coefficients come.
pub const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// Codes and the values after them are looked up together where they fit in so many bits.
const LOOKUP_BITS: u32 = 10;

/// Bits of the longest codes.
const LONGEST: u8 = 16;

/// The signed value that `size` bits stand for (F.2.2.1).
#[inline]
fn extend(bits: u32, size: u32) -> i32 {
    let top = (1 << size) - 1;
    if 2 * bits <= top { bits as i32 - top as i32 } else { bits as i32 }
}

/// A Huffman table, ready for decoding.
pub struct HuffmanTable {
    /// By the next bits: the value after the code, or 0 if it is not looked up; the symbol; and the bits of all that,
    /// or 0 for longer codes.
    lookup: [(i16, u8, u8); 1 << LOOKUP_BITS],
    /// By length: where its codes end, as 16 bits, and what to add to a code for its symbol's place.
    ends: [(u32, i32); 17],
    symbols: Vec<u8>,
}

impl HuffmanTable {
    /// Builds the table that has `counts[n - 1]` codes of `n` bits, for `symbols` in order, if there can be so many.
    pub fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut lookup = [(0, 0, 0); 1 << LOOKUP_BITS];
        let mut ends = [(0, 0); 17];
        let (mut code, mut place) = (0, 0);
        for (length, &count) in (1..).zip(counts) {
            let offset = place as i32 - code as i32;
            for &symbol in symbols.get(place..place + usize::from(count))? {
                let size = u32::from(symbol % 16);
                for after in 0..(1 << LOOKUP_BITS) >> length {
                    let spare = LOOKUP_BITS - length;
                    let entry = lookup.get_mut((code << spare | after) as usize)?;
                    *entry = if (1..=spare).contains(&size) {
                        (extend(after >> (spare - size), size) as i16, symbol, (length + size) as u8)
                    } else {
                        (0, symbol, length as u8)
                    };
                }
                code += 1;
            }
            place += usize::from(count);
            *ends.get_mut(length as usize)? = (code << (16 - length), offset);
            if code > 1 << length {
                return None;
            }
            code <<= 1;
        }
        Some(Self { lookup, ends, symbols: symbols.to_vec() })
    }

    /// The next symbol, and if `valued` the value after it, of as many bits as the symbol's low half says.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the bits are to stay in registers")]
    fn next(&self, bits: &mut BitReader, valued: bool) -> (u8, i32) {
        bits.refill();
        let (value, mut symbol, mut length) = self.lookup[(bits.peek() >> (64 - LOOKUP_BITS)) as usize];
        if value != 0 && valued {
            bits.take(u32::from(length));
            return (symbol, i32::from(value));
        }
        if length == 0 {
            (symbol, length) = self.long(bits.peek());
            bits.is_damaged |= length > LONGEST;
        } else if value != 0 {
            length -= symbol % 16;
        }
        bits.take(u32::from(length));
        let size = u32::from(symbol % 16);
        (symbol, if valued && size > 0 { extend(bits.take(size), size) } else { 0 })
    }

    /// The symbol of a code too long to be looked up, and the code's length. Where there is no code, symbol 0 and one bit
    /// more than the longest codes have.
    #[cold]
    #[inline(never)]
    fn long(&self, buffer: u64) -> (u8, u8) {
        let next = (buffer >> 48) as u32;
        let found = (LOOKUP_BITS + 1..=16).find(|&length| next < self.ends[length as usize].0);
        let symbol = found.and_then(|length| {
            let place = (next >> (16 - length)) as i32 + self.ends[length as usize].1;
            Some((*self.symbols.get(place as usize)?, length as u8))
        });
        symbol.unwrap_or((0, LONGEST + 1))
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lengths: &[(usize, &[u8])]) -> Option<HuffmanTable> {
        let mut counts = [0; 16];
        for &(length, symbols) in lengths {
            counts[length - 1] = symbols.len() as u8;
        }
        HuffmanTable::new(&counts, &lengths.iter().flat_map(|&(_, symbols)| symbols).copied().collect::<Vec<_>>())
    }

    #[test]
    fn codes_of_any_length_are_found() {
        let table = table(&[(1, &[0x02]), (2, &[0x31]), (16, &[0x70])]).unwrap();
        // 0 with 01 for -2; 10 with 1 for 1; 11 and fourteen zeros; then no code.
        let mut bits = BitReader::new(&[0b0011_0111, 0, 0b0000_0011, 0xff, 0, 0xff, 0], 0);
        let mut without_values = bits;
        assert_eq!(table.next(&mut without_values, false), (0x02, 0));
        assert_eq!(table.next(&mut without_values, false), (0x02, 0));
        for expected in [(0x02, -2), (0x31, 1), (0x70, 0)] {
            assert_eq!(table.next(&mut bits, true), expected);
        }
        assert!(!bits.is_damaged);
        assert_eq!(table.next(&mut bits, true), (0, 0), "what is no code counts as symbol 0");
        assert!(bits.is_damaged);
    }

    #[test]
    fn tables_with_too_many_codes_are_refused() {
        assert!(table(&[(1, &[0, 1, 2])]).is_none());
        assert!(table(&[(1, &[0]), (2, &[1, 2, 3])]).is_none());
        assert!(table(&[(16, &[0; 255])]).is_some());
        assert!(HuffmanTable::new(&[1; 16], &[0; 15]).is_none());
    }
}
