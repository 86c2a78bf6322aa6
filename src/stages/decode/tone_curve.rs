//! Tone curves: those of color profiles (ICC.1:2022, 10.6 and 10.18), and of PNG's own chunks.
//!
//! Powers are computed with additions, multiplications and divisions alone, which IEEE 754 rounds the same way everywhere. A
//! math library could differ in the last bit, and so a pixel could differ between two machines.

use std::f64::consts::{LN_2, SQRT_2};

/// A curve from a channel's value to linear light, both from 0 to 1.
#[derive(Clone)]
pub enum ToneCurve<'a> {
    /// Values at equal distances, of 16 bits each.
    Table(&'a [[u8; 2]]),
    /// `(a x + b) ^ gamma + e` from `d` on, and `c x + f` before.
    Formula { gamma: f64, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64 },
}

impl<'a> ToneCurve<'a> {
    /// Reads a tag of type `curv` or `para`.
    pub fn read(tag: &'a [u8]) -> Option<Self> {
        if let Some(rest) = tag.strip_prefix(b"curv") {
            let (count, values) = rest.get(4..)?.split_first_chunk()?;
            let values = values.as_chunks::<2>().0.get(..u32::from_be_bytes(*count) as usize)?;
            return Some(match values {
                [] => Self::gamma(1.0),
                [gamma] => Self::gamma(f64::from(u16::from_be_bytes(*gamma)) / 256.0),
                _ => Self::Table(values),
            });
        }
        let rest = tag.strip_prefix(b"para")?.get(4..)?;
        let (kind, rest) = rest.split_first_chunk()?;
        let values = rest.get(2..)?.as_chunks::<4>().0;
        let value = |at: usize| values.get(at).map(|bytes| f64::from(i32::from_be_bytes(*bytes)) / 65536.0);
        let gamma = value(0)?;
        let formula = |[a, b, c, d, e, f]: [f64; 6]| Self::Formula { gamma, a, b, c, d, e, f };
        Some(match u16::from_be_bytes(*kind) {
            0 => Self::gamma(gamma),
            1 => formula([value(1)?, value(2)?, 0.0, -value(2)? / value(1)?, 0.0, 0.0]),
            2 => formula([value(1)?, value(2)?, 0.0, -value(2)? / value(1)?, value(3)?, value(3)?]),
            3 => formula([value(1)?, value(2)?, value(3)?, value(4)?, 0.0, 0.0]),
            4 => formula([value(1)?, value(2)?, value(3)?, value(4)?, value(5)?, value(6)?]),
            _ => return None,
        })
    }

    /// A plain power.
    pub const fn gamma(gamma: f64) -> Self {
        Self::Formula { gamma, a: 1.0, b: 0.0, c: 0.0, d: 0.0, e: 0.0, f: 0.0 }
    }

    /// The linear light of a value from 0 to 1.
    pub fn at(&self, x: f64) -> f64 {
        let light = match *self {
            Self::Table(values) => {
                let place = x * (values.len() - 1) as f64;
                let index = (place as usize).min(values.len() - 2);
                let [low, high] = [values[index], values[index + 1]].map(|bytes| f64::from(u16::from_be_bytes(bytes)));
                (low + (high - low) * (place - index as f64)) / 65535.0
            }
            Self::Formula { gamma, a, b, d, e, .. } if x >= d => power(a * x + b, gamma) + e,
            Self::Formula { c, f, .. } => c * x + f,
        };
        light.clamp(0.0, 1.0)
    }
}

/// The linear light of a value of sRGB (IEC 61966-2-1).
pub fn linear_srgb(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { power((value + 0.055) / 1.055, 2.4) }
}

/// `base` to the power `exponent`; 0 for bases that are not positive.
pub fn power(base: f64, exponent: f64) -> f64 {
    if base <= 0.0 || !base.is_normal() {
        return 0.0;
    }
    let product = logarithm(base) * exponent;
    if product < -1000.0 {
        return 0.0;
    }
    let whole = if product < 0.0 { product - 0.5 } else { product + 0.5 } as i64;
    let scale = f64::from_bits(((1023 + whole.min(1000)) as u64) << 52);
    let y = (product - whole as f64) * LN_2;
    // The Taylor series of e^y, whose terms vanish for |y| < 0.35.
    (1..=16).rev().fold(1.0, |sum, n| 1.0 + sum * y / f64::from(n)) * scale
}

/// The logarithm to base 2 of a normal, positive number.
fn logarithm(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = (bits >> 52) as i64 - 1023;
    let mut mantissa = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000);
    if mantissa > SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    // ln m = 2 artanh s, whose terms vanish for |s| < 0.18.
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let sum = (0..=12).rev().fold(0.0, |sum, n| sum * s * s + 1.0 / f64::from(2 * n + 1));
    exponent as f64 + 2.0 * s * sum / LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_right_to_a_thousandth_of_a_millionth() {
        for base in [1e-9, 0.003, 0.04, 0.5, 0.7072, 0.99, 1.0, 1.5] {
            for exponent in [0.3, 1.0, 1.8, 2.2, 2.4, 4.0] {
                let expected = f64::powf(base, exponent);
                assert!((power(base, exponent) / expected - 1.0).abs() < 1e-12, "{base} {exponent}");
            }
        }
        assert_eq!(power(0.0, 2.0).to_bits(), 0);
        assert_eq!(power(1e-300, 30.0).to_bits(), 0);
    }

    #[test]
    fn the_five_formulas_and_both_tables_are_read() {
        let fixed = |values: &[f64]| values.iter().flat_map(|value| ((value * 65536.0) as i32).to_be_bytes()).collect();
        let para = |kind: u8, values: &[f64]| {
            let values: Vec<u8> = fixed(values);
            [&b"para\0\0\0\0\0"[..], &[kind, 0, 0], &values].concat()
        };
        let at = |tag: &[u8], x| (ToneCurve::read(tag).unwrap().at(x) * 1e4 + 0.5) as u32;
        assert_eq!(at(b"curv\0\0\0\0\0\0\0\0", 0.25), 2500);
        assert_eq!(at(b"curv\0\0\0\0\0\0\0\x01\x02\x00", 0.5), 2500);
        assert_eq!(at(b"curv\0\0\0\0\0\0\0\x03\x00\x00\x40\x00\xff\xff", 0.75), 6250);
        assert_eq!(at(&para(0, &[2.0]), 0.5), 2500);
        assert_eq!(at(&para(1, &[2.0, 2.0, -1.0]), 0.75), 2500);
        assert_eq!(at(&para(1, &[2.0, 2.0, -1.0]), 0.25), 0);
        assert_eq!(at(&para(2, &[2.0, 2.0, -1.0, 0.25]), 0.75), 5000);
        assert_eq!(at(&para(2, &[2.0, 2.0, -1.0, 0.25]), 0.25), 2500);
        assert_eq!(at(&para(3, &[2.0, 1.0, 0.0, 0.5, 0.25]), 0.125), 625);
        assert_eq!(at(&para(4, &[2.0, 1.0, 0.0, 0.5, 0.25, 0.5, 0.125]), 0.5), 7500);
        assert_eq!(at(&para(4, &[2.0, 1.0, 0.0, 0.5, 0.25, 0.5, 0.125]), 0.125), 1875);
    }

    #[test]
    fn short_and_unknown_tags_are_none() {
        for tag in
            [&b"curv"[..], b"curv\0\0\0\0\0\0\0\x02\0\0", b"para\0\0\0\0\0\x03\0\0", b"para\0\0\0\0\0\x05\0\0", b""]
        {
            assert!(ToneCurve::read(tag).is_none());
        }
    }
}
