//! The inverse DCT: the scaled-integer one of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) that libjpeg calls
//! "islow". Its rounding comes from 13 bits of fraction in the constants and 2 bits kept between the passes. The sums
//! before each rounding are exact, so they may be arranged freely; here each is one row of a matrix.

const CONST_BITS: u32 = 13;
const PASS1_BITS: u32 = 2;

/// How coefficients 1, 3, 5 and 7 make the odd half of outputs 0 to 3: the flow graph's constants, each rounded to 13
/// bits, summed along its paths.
const ODD: [[i32; 4]; 4] =
    [[11363, 9633, 6437, 2260], [9633, -2259, -11362, -6436], [6437, -11362, 2261, 9633], [2260, -6436, 9633, -11363]];
/// The same for coefficients 0, 2, 4 and 6 and the even half.
const EVEN: [[i32; 4]; 4] =
    [[8192, 10703, 8192, 4433], [8192, 4433, -8192, -10704], [8192, -4433, -8192, 10704], [8192, -10703, 8192, -4433]];

type Rows = [[i16; 8]; 8];

/// Transforms dequantized coefficients, in natural order, into 8 rows of 8 samples, `stride` apart.
#[inline]
pub fn block(coefficients: &[i16; 64], samples: &mut [u8], stride: usize) -> Option<()> {
    let rows = coefficients.as_chunks::<8>().0.first_chunk()?;
    let columns = pass::<{ CONST_BITS - PASS1_BITS }>(rows);
    let columns = pass::<{ CONST_BITS + PASS1_BITS + 3 }>(&transpose(&columns));
    let samples = samples.get_mut(..7 * stride + 8)?;
    for (y, values) in transpose(&columns).iter().enumerate() {
        for (sample, value) in samples[y * stride..][..8].iter_mut().zip(values) {
            *sample = (value + 128).clamp(0, 255) as u8;
        }
    }
    Some(())
}

/// The same for a block with nothing but its first coefficient.
#[inline]
pub fn flat(coefficient: i16, samples: &mut [u8], stride: usize) -> Option<()> {
    let sample = (((i32::from(coefficient) + 4) >> 3) + 128).clamp(0, 255) as u8;
    let samples = samples.get_mut(..7 * stride + 8)?;
    for y in 0..8 {
        samples[y * stride..][..8].fill(sample);
    }
    Some(())
}

#[inline]
fn transpose(rows: &Rows) -> Rows {
    let mut columns = [[0; 8]; 8];
    for (y, row) in rows.iter().enumerate() {
        for (x, &value) in row.iter().enumerate() {
            columns[x][y] = value;
        }
    }
    columns
}

/// One pass over 8 columns side by side, which the compiler makes vectors' lanes.
#[inline]
#[expect(clippy::needless_range_loop, reason = "a column is no slice")]
fn pass<const SHIFT: u32>(rows: &Rows) -> Rows {
    let mut out = [[0; 8]; 8];
    let sum = |constants: [i32; 4], x: usize, first: usize| {
        (i32::from(rows[first][x]) * constants[0] + i32::from(rows[first + 2][x]) * constants[1])
            + (i32::from(rows[first + 4][x]) * constants[2] + i32::from(rows[first + 6][x]) * constants[3])
    };
    for x in 0..8 {
        for k in 0..4 {
            let even = sum(EVEN[k], x, 0) + (1 << (SHIFT - 1));
            let odd = sum(ODD[k], x, 1);
            out[k][x] = ((even + odd) >> SHIFT).clamp(-32768, 32767) as i16;
            out[7 - k][x] = ((even - odd) >> SHIFT).clamp(-32768, 32767) as i16;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::{FRAC_1_SQRT_2, PI};

    /// The transform as the standard defines it (A.3.3).
    fn exact(coefficients: &[i16; 64], x: usize, y: usize) -> f64 {
        let basis = |at: usize, k: usize| {
            let scale = if k == 0 { FRAC_1_SQRT_2 } else { 1.0 };
            scale / 2.0 * (PI / 16.0 * ((2 * at + 1) * k) as f64).cos()
        };
        let terms = coefficients.iter().enumerate();
        128.0 + terms.map(|(k, &value)| f64::from(value) * basis(x, k % 8) * basis(y, k / 8)).sum::<f64>()
    }

    #[test]
    fn samples_are_within_one_of_the_exact_ones() {
        let mut coefficients = [0; 64];
        for seed in 0..64_usize {
            coefficients[seed * 7 % 64] = ((seed * 37 % 301) as i16) - 150;
            let mut samples = [0; 7 * 10 + 8];
            block(&coefficients, &mut samples, 10).unwrap();
            for (x, y) in (0..64).map(|place| (place % 8, place / 8)) {
                let wanted = exact(&coefficients, x, y).clamp(0.0, 255.0);
                assert!((f64::from(samples[y * 10 + x]) - wanted).abs() < 1.0, "{seed}: {x}, {y}");
            }
        }
    }

    #[test]
    fn flat_blocks_need_no_transform() {
        for value in -1100..1100 {
            let (mut quick, mut whole) = ([0; 64], [0; 64]);
            let coefficients = std::array::from_fn(|k| if k == 0 { value } else { 0 });
            flat(value, &mut quick, 8).unwrap();
            block(&coefficients, &mut whole, 8).unwrap();
            assert_eq!(quick, whole);
        }
    }

    #[test]
    fn the_largest_coefficients_do_not_overflow() {
        for value in [i16::MIN, i16::MAX] {
            block(&[value; 64], &mut [0; 64], 8).unwrap();
            block(&std::array::from_fn(|k| if k % 3 == 0 { value } else { !value }), &mut [0; 64], 8).unwrap();
        }
    }

    #[test]
    fn samples_beyond_the_plane_are_refused() {
        assert!(block(&[0; 64], &mut [0; 63], 8).is_none());
        assert!(flat(0, &mut [0; 63], 8).is_none());
    }
}
