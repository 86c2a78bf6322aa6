//! Perceptual color distance in fixed point.
//!
//! Oklab (B. Ottosson, "A perceptual color space for image processing", 2020) is computed in `f32` with nothing but
//! IEEE-exact operations, then rounded to 16-bit integers: the same numbers natively and in wasm.

use super::color::Color;

/// One Oklab unit (black to white) in fixed point.
pub const UNIT: i32 = 1 << 14;

/// A color in Oklab, [`UNIT`] to the unit: `l` in 0..=16384, `a` about -5000..=5000, `b` about -7500..=7500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Oklab {
    /// Lightness.
    pub l: i16,
    /// Green to red.
    pub a: i16,
    /// Blue to yellow, stretched by [`YELLOW`].
    pub b: i16,
}

impl Oklab {
    /// Converts an sRGB color.
    #[must_use]
    pub fn of(color: Color) -> Self {
        let [r, g, b] = color.channels().map(|channel| LINEAR[usize::from(channel)]);
        let long = response(0.412_221_47 * r + 0.536_332_55 * g + 0.051_445_995 * b);
        let medium = response(0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b);
        let short = response(0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b);
        Self {
            l: fixed(0.210_454_26 * long + 0.793_617_8 * medium - 0.004_072_047 * short),
            a: fixed(1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short),
            b: fixed(YELLOW * (0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short)),
        }
    }

    /// Squared distance, in squared fixed-point units; below 2^30 for any two sRGB colors.
    #[must_use]
    pub fn distance_sq(self, other: Self) -> i32 {
        let l = i32::from(self.l) - i32::from(other.l);
        let a = i32::from(self.a) - i32::from(other.a);
        let b = i32::from(self.b) - i32::from(other.b);
        l * l + a * a + b * b
    }
}

/// How much more a step from blue to yellow counts than Oklab, made for large patches of color, says. In screenshots it was
/// worth 1 % of the bytes at equal SSIMULACRA2; 1.8, with green to red at 1.3, took from lightness what photos need.
const YELLOW: f32 = 1.4;

fn fixed(value: f32) -> i16 {
    let scaled = value * UNIT as f32;
    (if scaled < 0.0 { scaled - 0.5 } else { scaled + 0.5 }) as i16
}

/// A cone's response: the cube root of its share of light, with the bias that XYB of JPEG XL (ISO/IEC 18181-1) adds for
/// the light every screen and eye scatters. Without it, Oklab sees differences near black that nobody sees.
fn response(light: f32) -> f32 {
    (cube_root(light + BIAS) - BIAS_ROOT) / (WHITE_ROOT - BIAS_ROOT)
}

const BIAS: f32 = 0.003_793_073_4;
/// Cube root of the bias, and of the bias with full light: black is 0, white is 1.
const BIAS_ROOT: f32 = 0.155_954_2;
const WHITE_ROOT: f32 = 1.001_262_9;

/// Cube root of a value in 0..=1 by a bit-level first guess and two Halley steps; relative error below 1e-6.
fn cube_root(x: f32) -> f32 {
    if x <= 0.0 {
        return 0.0;
    }
    let mut root = f32::from_bits(x.to_bits() / 3 + 709_921_077);
    for _ in 0..2 {
        let cube = root * root * root;
        root *= (cube + 2.0 * x) / (2.0 * cube + x);
    }
    root
}

/// sRGB to linear light (IEC 61966-2-1), computed when compiling so that no target's math library has a say.
static LINEAR: [f32; 256] = linear_table();

const fn linear_table() -> [f32; 256] {
    let mut table = [0.0; 256];
    let mut i = 0;
    while i < 256 {
        let encoded = i as f64 / 255.0;
        table[i] = if encoded <= 0.04045 { encoded / 12.92 } else { power_2_4((encoded + 0.055) / 1.055) } as f32;
        i += 1;
    }
    table
}

/// `x^2.4` as `x^2` times the fifth root of `x^2`, by Newton's method.
const fn power_2_4(x: f64) -> f64 {
    let square = x * x;
    let mut root = 1.0;
    let mut step = 0;
    while step < 40 {
        let fourth = root * root * root * root;
        root = (4.0 * root + square / fourth) / 5.0;
        step += 1;
    }
    square * root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_light_agrees_with_the_standard_formula() {
        for (i, &value) in LINEAR.iter().enumerate() {
            let x = i as f64 / 255.0;
            let expected = if x <= 0.04045 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) };
            assert!((f64::from(value) - expected).abs() < 1e-6, "{i}");
        }
    }

    #[test]
    fn white_is_one_and_gray_has_no_color() {
        let white = Oklab::of(Color::WHITE);
        assert!((i32::from(white.l) - UNIT).abs() <= 1 && white.a.abs() <= 1 && white.b.abs() <= 1, "{white:?}");
        assert_eq!(Oklab::of(Color::BLACK), Oklab::default());
    }

    #[test]
    fn a_color_agrees_with_the_formula_in_double_precision() {
        let response = |light: f64| {
            let bias = f64::from(BIAS);
            ((light + bias).cbrt() - bias.cbrt()) / ((1.0 + bias).cbrt() - bias.cbrt())
        };
        // Linear red alone: the first column of Oklab's matrix.
        let [long, medium, short] = [0.412_221_47, 0.211_903_5, 0.088_302_46].map(response);
        let expected = [
            0.210_454_26 * long + 0.793_617_8 * medium - 0.004_072_047 * short,
            1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short,
            f64::from(YELLOW) * (0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short),
        ];
        let red = Oklab::of(Color::rgb([255, 0, 0]));
        for (found, expected) in [red.l, red.a, red.b].into_iter().zip(expected) {
            assert!((f64::from(found) - expected * f64::from(UNIT)).abs() < 2.0, "{red:?} {expected}");
        }
    }

    #[test]
    fn a_step_near_black_counts_no_more_than_one_in_the_middle() {
        let step = |level: u8| Oklab::of(Color::gray(level)).distance_sq(Oklab::of(Color::gray(level + 1)));
        assert!(step(1) <= 2 * step(120), "{} {}", step(1), step(120));
    }
}
