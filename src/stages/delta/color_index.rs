//! A hash table that numbers colors from 0 in the order in which they first occur.

use crate::model::color::Color;

/// A hash table from colors to numbers: open addressing, multiplicative hashing (Knuth, TAOCP 6.4), at most half full.
#[derive(Debug)]
pub struct ColorIndex {
    /// Pairs of a color's word and its number; the word [`EMPTY`] marks a free slot.
    slots: Vec<(u32, u32)>,
    shift: u32,
    len: u32,
}

/// Marks a free slot: the top byte of a color's word is always 0.
const EMPTY: u32 = u32::MAX;
const FIRST_BITS: u32 = 12;
const LARGE: usize = 1 << 20;

impl Default for ColorIndex {
    fn default() -> Self {
        Self { slots: vec![(EMPTY, 0); 1 << FIRST_BITS], shift: 32 - FIRST_BITS, len: 0 }
    }
}

impl ColorIndex {
    /// Returns the number of `color`, and adds the color if it is new.
    #[inline]
    pub fn number(&mut self, color: Color) -> u32 {
        let color = color.bits();
        let slot = self.slot(color);
        if self.slots[slot].0 == color {
            return self.slots[slot].1;
        }
        let number = self.len;
        self.slots[slot] = (color, number);
        self.len += 1;
        if self.len as usize * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// Returns the number of `color`, if the table has it.
    #[inline]
    pub fn find(&self, color: Color) -> Option<u32> {
        let color = color.bits();
        let (found, number) = self.slots[self.slot(color)];
        (found == color).then_some(number)
    }

    #[inline]
    fn slot(&self, color: u32) -> usize {
        let mut slot = (color.wrapping_mul(0x9e37_79b1) >> self.shift) as usize;
        while self.slots[slot].0 != color && self.slots[slot].0 != EMPTY {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    #[cold]
    fn grow(&mut self) {
        // Large tables grow by a smaller factor, to save memory.
        let bits = if self.slots.len() < LARGE { 2 } else { 1 };
        let larger = vec![(EMPTY, 0); self.slots.len() << bits];
        let old = std::mem::replace(&mut self.slots, larger);
        self.shift -= bits;
        for (color, number) in old.into_iter().filter(|&(color, _)| color != EMPTY) {
            let slot = self.slot(color);
            self.slots[slot] = (color, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_first_appearance_through_growth() {
        let mut index = ColorIndex::default();
        let colors: Vec<Color> = (0..50_000u32).map(|i| Color::from_bits(i.wrapping_mul(2_654_435))).collect();
        let mut distinct = Vec::new();
        for &color in &colors {
            if index.find(color).is_none() {
                distinct.push(color);
            }
            assert!((index.number(color) as usize) < distinct.len());
        }
        assert!(distinct.iter().enumerate().all(|(number, &color)| index.find(color) == Some(number as u32)));
    }
}
