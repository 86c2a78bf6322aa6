//! Reverses the filter of a row (PNG, third edition, 9.2): each byte was stored as the difference from a prediction.

/// Restores `row`, whose pixels are `step` bytes apart, below the restored row `above`. `None` for an unknown filter.
pub fn unfilter(filter: u8, step: usize, above: &[u8], row: &mut [u8]) -> Option<()> {
    match (filter, step) {
        (0, _) => {}
        (2, _) => {
            for (byte, above) in row.iter_mut().zip(above) {
                *byte = byte.wrapping_add(*above);
            }
        }
        (1 | 3 | 4, 1) => sideways::<1>(filter, above, row),
        (1 | 3 | 4, 2) => sideways::<2>(filter, above, row),
        (1 | 3 | 4, 3) => sideways::<3>(filter, above, row),
        (1 | 3 | 4, 4) => sideways::<4>(filter, above, row),
        (1 | 3 | 4, 6) => sideways::<6>(filter, above, row),
        (1 | 3 | 4, 8) => sideways::<8>(filter, above, row),
        _ => return None,
    }
    Some(())
}

/// The filters that look to the left, for pixels of `N` bytes.
fn sideways<const N: usize>(filter: u8, above: &[u8], row: &mut [u8]) {
    let (row, _) = row.as_chunks_mut::<N>();
    let (above, _) = above.as_chunks::<N>();
    let mut left = [0; N];
    let mut corner = [0; N];
    match filter {
        1 => {
            for pixel in row {
                for i in 0..N {
                    left[i] = pixel[i].wrapping_add(left[i]);
                }
                *pixel = left;
            }
        }
        3 => {
            for (pixel, above) in row.iter_mut().zip(above) {
                for i in 0..N {
                    left[i] = pixel[i].wrapping_add(left[i].midpoint(above[i]));
                }
                *pixel = left;
            }
        }
        _ => {
            for (pixel, above) in row.iter_mut().zip(above) {
                for i in 0..N {
                    left[i] = pixel[i].wrapping_add(paeth(left[i], above[i], corner[i]));
                }
                *pixel = left;
                corner = *above;
            }
        }
    }
}

/// Paeth predictor: the one of left, above and corner that is nearest to left + above - corner; of equally near ones the first.
///
/// The nearest is the larger of left and above when the corner lies far below them, the smaller when it lies far above,
/// and the corner in between; 3 * corner - left - above says which, in two comparisons instead of three distances.
#[inline]
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let (low, high) = (a.min(b), a.max(b));
    let turn = 3 * c - a - b;
    let nearer = if turn >= high { low } else { c };
    (if turn <= low { high } else { nearer }) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_neighbor_is_that_of_the_specification() {
        for (left, above) in (0..=255).flat_map(|left| (0..=255).step_by(3).map(move |above| (left, above))) {
            for corner in 0..=255 {
                let distance =
                    |value: u8| (i32::from(left) + i32::from(above) - i32::from(corner) - i32::from(value)).abs();
                let nearest = [left, above, corner].into_iter().min_by_key(|&value| distance(value));
                assert_eq!(Some(paeth(left, above, corner)), nearest, "{left} {above} {corner}");
            }
        }
    }

    #[test]
    fn sums_wrap_byte_by_byte() {
        let mut row = [200, 255, 1, 128, 100, 1, 255, 128];
        unfilter(1, 4, &[0; 8], &mut row);
        assert_eq!(row, [200, 255, 1, 128, 44, 0, 0, 0]);
        let mut row = [255, 250, 3, 1, 6, 253];
        unfilter(1, 3, &[0; 6], &mut row);
        assert_eq!(row, [255, 250, 3, 0, 0, 0]);
    }
}
