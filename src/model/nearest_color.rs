//! Finds the palette entry nearest to a color in Oklab.

use super::oklab::Oklab;
use super::sort::sorted_by_key;

/// Palette entries sorted by lightness, searched outward from the query's own lightness.
///
/// The search ends on each side as soon as the difference in lightness alone exceeds the best distance found.
#[derive(Debug, Clone)]
pub struct NearestColor {
    /// Entries in order of lightness, each with its index in the palette.
    sorted: Vec<(Oklab, u16)>,
    /// For each 1/256 of the lightness range, the first entry not below it.
    starts: [u16; 258],
}

const STEP_BITS: u32 = 6;

impl NearestColor {
    /// Prepares the search among `colors`, at most 256.
    #[must_use]
    pub fn new(colors: &[Oklab]) -> Self {
        let entries: Vec<(Oklab, u16)> = colors.iter().copied().zip(0..).collect();
        let sorted = sorted_by_key(&entries, |(lab, _)| (i64::from(lab.l) - i64::from(i16::MIN)) as u64);
        let mut starts = [0; 258];
        for (step, start) in starts.iter_mut().enumerate() {
            *start = sorted.partition_point(|(lab, _)| i32::from(lab.l) < (step << STEP_BITS) as i32) as u16;
        }
        Self { sorted, starts }
    }

    /// Index and squared distance of the nearest entry; of equally near ones that with the lower lightness, then index.
    /// Index 0 at an infinite distance if there are no entries.
    #[must_use]
    pub fn find(&self, color: Oklab) -> (u16, i32) {
        let mut best = (0, i32::MAX);
        let start = usize::from(self.starts[(color.l.max(0) >> STEP_BITS) as usize]);
        let mut consider = |&(lab, index): &(Oklab, u16)| {
            let lightness = i32::from(lab.l) - i32::from(color.l);
            if lightness * lightness > best.1 {
                return false;
            }
            let distance = lab.distance_sq(color);
            if distance < best.1 {
                best = (index, distance);
            }
            true
        };
        // Entries around the start may lie on either side of the query by less than a step, which no early end may skip.
        for entry in &self.sorted[start..] {
            if !consider(entry) && entry.0.l >= color.l {
                break;
            }
        }
        for entry in self.sorted[..start].iter().rev() {
            if !consider(entry) {
                break;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::super::color::Color;
    use super::*;

    #[test]
    fn the_search_agrees_with_trying_all() {
        let mut state = 1u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Oklab::of(Color::from_bits(state >> 8))
        };
        let entries: Vec<Oklab> = (0..200).map(|_| random()).collect();
        let nearest = NearestColor::new(&entries);
        for _ in 0..5000 {
            let query = random();
            let (index, distance) = nearest.find(query);
            assert_eq!(Some(distance), entries.iter().map(|entry| entry.distance_sq(query)).min());
            assert_eq!(entries[usize::from(index)].distance_sq(query), distance);
        }
    }

    #[test]
    fn no_entries_are_infinitely_far() {
        assert_eq!(NearestColor::new(&[]).find(Oklab::default()).1, i32::MAX);
    }
}
