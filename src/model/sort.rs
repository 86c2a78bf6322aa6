//! Sorting, in one place: each type of item that is sorted in place adds about 8 kB to the wasm file.

use super::color::Color;

/// The items in ascending order of a 64-bit key; those of equal keys in the order they came.
#[must_use]
pub fn sorted_by_key<T: Copy>(items: &[T], key: impl Fn(&T) -> u64) -> Vec<T> {
    let mut places: Vec<(u64, u32)> = items.iter().map(key).zip(0..).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| items[place as usize]).collect()
}

/// The colors in ascending order, each once.
#[must_use]
pub fn distinct(colors: &[Color]) -> Vec<Color> {
    let mut sorted = sorted_by_key(colors, |&color| u64::from(color.bits()));
    sorted.dedup();
    sorted
}

/// Sorts at most a few dozen items where they are, by insertion.
pub fn sort_few_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && key(&items[at]) < key(&items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        assert_eq!(sorted_by_key(&[31, 20, 10, 21, 30], |item| item / 10), [10, 20, 21, 31, 30]);
        assert!(sorted_by_key(&[0_u8; 0], |_| 0).is_empty());
        assert_eq!(distinct(&[3, 1, 3, 2, 1].map(Color::from_bits)), [1, 2, 3].map(Color::from_bits));
    }
}
