//! A few hundred colors that are looked for among hundreds of thousands.

use super::color::Color;
use super::sort::distinct;

/// A set of at most a few hundred colors. Most look-ups end at a filter (B. Bloom, "Space/time trade-offs in hash coding with
/// allowable errors", CACM 13(7), 1970); the others search a sorted list.
#[derive(Debug, Clone)]
pub struct ColorSet {
    /// One bit for each value of [`hash`]: clear if no color has it.
    filter: [u64; 64],
    /// Ascending, each color once.
    sorted: Vec<Color>,
}

impl ColorSet {
    /// Returns the set of `colors`, which may repeat.
    #[must_use]
    pub fn new(colors: &[Color]) -> Self {
        let mut filter = [0; 64];
        for &color in colors {
            let (word, bit) = hash(color);
            filter[word] |= bit;
        }
        Self { filter, sorted: distinct(colors) }
    }

    /// Whether `color` is in the set.
    #[inline]
    #[must_use]
    pub fn contains(&self, color: Color) -> bool {
        let (word, bit) = hash(color);
        self.filter[word] & bit != 0 && self.sorted.binary_search(&color).is_ok()
    }
}

/// Index of a word of the filter, and a bit in it.
#[inline]
fn hash(color: Color) -> (usize, u64) {
    let hash = color.bits().wrapping_mul(0x9e37_79b1) >> 20;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_contains_its_colors_and_no_others() {
        let colors: Vec<Color> = (0..300).map(|i| Color::from_bits(i * 40_503)).collect();
        let set = ColorSet::new(&[&colors[..], &colors[..7]].concat());
        assert!(colors.iter().all(|&color| set.contains(color)));
        let others = (0..1 << 24).step_by(97).map(Color::from_bits).filter(|color| !colors.contains(color));
        assert_eq!(others.filter(|&color| set.contains(color)).count(), 0);
        assert!(!ColorSet::new(&[]).contains(Color::BLACK));
    }
}
