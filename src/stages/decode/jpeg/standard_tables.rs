//! The Huffman tables of ITU-T T.81, K.3, which frames of Motion JPEG leave out, as cameras and streams send them.

use std::rc::Rc;

use super::huffman::HuffmanTable;

/// K.3 and K.4: codes of 1 to 16 bits for luminance and chrominance; the symbols are 0, 1, 2 and so on.
const DC_COUNTS: [[u8; 16]; 2] =
    [[0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]];

/// K.5 and K.6: codes of 1 to 16 bits for luminance and chrominance.
const AC_COUNTS: [[u8; 16]; 2] =
    [[0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125], [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119]];

/// The symbols of K.5 and K.6 that come first; the others follow in the order of their numbers.
const AC_FIRST: [&[u8]; 2] = [
    &[
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
        0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
        0x82,
    ],
    &[
        0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
        0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1,
        0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1,
    ],
];

/// Sets the tables 0 and 1 of each kind, DC and AC, that a file has not defined.
pub fn fill(tables: &mut [[Option<Rc<HuffmanTable>>; 4]; 2]) {
    let [dc, ac] = tables;
    let dc_symbols: [u8; 12] = std::array::from_fn(|symbol| symbol as u8);
    for index in 0..2 {
        set(&mut dc[index], &DC_COUNTS[index], &dc_symbols);
        set(&mut ac[index], &AC_COUNTS[index], &ac_symbols(AC_FIRST[index]));
    }
}

fn set(slot: &mut Option<Rc<HuffmanTable>>, counts: &[u8; 16], symbols: &[u8]) {
    if slot.is_none() {
        *slot = HuffmanTable::new(counts, symbols).map(Rc::new);
    }
}

/// All symbols that blocks of 8-bit samples can have, `first` at the start.
fn ac_symbols(first: &[u8]) -> Vec<u8> {
    let others = (0..=0xff).filter(|symbol| (1..=10).contains(&(symbol % 16)) && !first.contains(symbol));
    first.iter().copied().chain(others).collect()
}
