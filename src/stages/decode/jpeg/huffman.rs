//! Huffman tables (ITU-T T.81, annexes C and F): the next symbol of entropy-coded data, and the value after it.

use super::bit_reader::BitReader;

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
    pub fn next(&self, bits: &mut BitReader, valued: bool) -> (u8, i32) {
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
