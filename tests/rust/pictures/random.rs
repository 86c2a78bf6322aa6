//! Numbers from a seed (xorshift, G. Marsaglia, 2003).

/// A source of numbers.
pub struct Random(u32);

impl Random {
    /// Neighboring seeds give unlike numbers.
    pub fn new(seed: u32) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9) ^ 0x5bd1_e995);
        for _ in 0..4 {
            random.below(2);
        }
        random
    }

    /// A number from 0 to `bound - 1`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = if self.0 == 0 { 1 } else { self.0 };
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % bound
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        self.below(256) as u8
    }

    /// Whether one of `n` cases is drawn.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of `items`.
    pub fn of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}
