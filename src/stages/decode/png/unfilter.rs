//! Takes the filter off a row (PNG, 9.2): each byte was stored as the difference from what its neighbors foretell.

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

/// The lower seven bits of each byte.
const LOWER: u32 = 0x7f7f_7f7f;

/// The filters that look to the left, for pixels of `N` bytes.
fn sideways<const N: usize>(filter: u8, above: &[u8], row: &mut [u8]) {
    let (row, _) = row.as_chunks_mut::<N>();
    let (above, _) = above.as_chunks::<N>();
    let mut left = [0; N];
    let mut corner = [0; N];
    match filter {
        1 => {
            // All bytes of up to four at once: the upper bits apart, so that no sum carries into the next byte.
            if N <= 4 {
                let mut left = 0u32;
                for pixel in row {
                    let mut word = [0; 4];
                    word[..N].copy_from_slice(pixel);
                    let word = u32::from_le_bytes(word);
                    left = ((word & LOWER) + (left & LOWER)) ^ ((word ^ left) & !LOWER);
                    pixel.copy_from_slice(&left.to_le_bytes()[..N]);
                }
                return;
            }
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

/// Whichever of left, above and corner is nearest to left + above - corner; of equally near ones the first.
#[inline]
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let (to_left, to_above, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    let nearer = if to_above <= to_corner { above } else { corner };
    if to_left <= to_above && to_left <= to_corner { left } else { nearer }
}
