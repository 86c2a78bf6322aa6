//! Converts 8-bit samples of another color space to sRGB, by tone curves and primaries.

use super::matrix::{Matrix, apply, inverse};
use super::tone_curve::{ToneCurve, linear_srgb};

/// Linear light in fixed point: 1.0.
const ONE: f64 = (1 << 24) as f64;
/// Limit of linear light, so that sums of three products fit into 32 bits.
const MAX_PRODUCT: f64 = (1 << 29) as f64;
/// Linear light has this many bits more than the index into `Conversion::guess`.
const GUESS_SHIFT: u32 = 12;

/// Red, green and blue of sRGB in the profile connection space (IEC 61966-2-1 adapted to D50), one column each, in 1/65536.
const SRGB_PRIMARIES: [[i32; 3]; 3] = [[28578, 25241, 9376], [14581, 46981, 3972], [912, 6362, 46799]];

/// Linear red, green and blue of sRGB in the profile connection space.
pub fn srgb_matrix() -> Matrix {
    SRGB_PRIMARIES.map(|row| row.map(|value| f64::from(value) / 65536.0))
}

/// A conversion of 8-bit samples to sRGB.
pub struct Conversion {
    /// By channel and level: its contribution to linear red, green and blue.
    products: Box<[[[i32; 3]; 256]; 3]>,
    /// By level of sRGB: the smallest linear light that is rounded to it. The last entry is never reached.
    thresholds: [i32; 257],
    /// By linear light shifted right by `GUESS_SHIFT`: a level equal to or just below the right one.
    guess: Box<[u8]>,
}

impl Conversion {
    /// Returns the conversion for channels with these curves and these `primaries`, given in the profile connection space.
    /// `None` if the numbers are invalid.
    pub fn of_colors(curves: &[ToneCurve; 3], primaries: [[f64; 3]; 3]) -> Option<Self> {
        let to_srgb = inverse(srgb_matrix())?;
        let mut products = Box::new([[[0; 3]; 256]; 3]);
        for ((levels, curve), primary) in products.iter_mut().zip(curves).zip(primaries) {
            add_products(levels, curve, apply(&to_srgb, primary))?;
        }
        Self::of_products(products)
    }

    /// Returns the conversion for channels that differ from those of sRGB in their curve only.
    pub fn of_curve(curve: &ToneCurve) -> Option<Self> {
        let mut products = Box::new([[[0; 3]; 256]; 3]);
        for (channel, levels) in products.iter_mut().enumerate() {
            add_products(levels, curve, std::array::from_fn(|target| f64::from(u8::from(target == channel))))?;
        }
        Self::of_products(products)
    }

    fn of_products(products: Box<[[[i32; 3]; 256]; 3]>) -> Option<Self> {
        let mut thresholds = [i32::MAX; 257];
        for (level, threshold) in thresholds[..256].iter_mut().enumerate() {
            *threshold = if level == 0 { 0 } else { fixed(linear_srgb((level as f64 - 0.5) / 255.0))? };
        }
        let mut guess = Vec::new();
        for light in (0..=1 << (24 - GUESS_SHIFT)).map(|step| step << GUESS_SHIFT) {
            guess.push(thresholds[1..].partition_point(|&threshold| threshold <= light) as u8);
        }
        Some(Self { products, thresholds, guess: guess.into() })
    }

    /// Returns the nearest sRGB color.
    pub fn convert(&self, [red, green, blue]: [u8; 3]) -> [u8; 3] {
        let [reds, greens, blues] = &*self.products;
        let (red, green, blue) = (reds[usize::from(red)], greens[usize::from(green)], blues[usize::from(blue)]);
        std::array::from_fn(|channel| self.encode(red[channel] + green[channel] + blue[channel]))
    }

    fn encode(&self, light: i32) -> u8 {
        let light = light.clamp(0, ONE as i32);
        let mut level = self.guess[(light >> GUESS_SHIFT) as usize];
        while self.thresholds[usize::from(level) + 1] <= light {
            level += 1;
        }
        level
    }

    /// Returns `None` if no color changes by more than one level, tested with 17 levels of each channel. JPEG screenshots of
    /// Chromium have an sRGB profile, whose numbers programs round in different ways.
    pub fn unless_identity(self) -> Option<Self> {
        let level = |step: usize| (step * 255 / 16) as u8;
        let mut colors = (0..17 * 17 * 17).map(|i| [level(i % 17), level(i / 17 % 17), level(i / 289)]);
        let moves = colors.any(|color| self.convert(color).iter().zip(color).any(|(new, old)| new.abs_diff(old) > 1));
        moves.then_some(self)
    }
}

/// Fills in the contribution of each level of a channel to linear red, green and blue. Full light contributes `factors`.
fn add_products(levels: &mut [[i32; 3]; 256], curve: &ToneCurve, factors: [f64; 3]) -> Option<()> {
    for (level, product) in levels.iter_mut().enumerate() {
        let light = curve.at(level as f64 / 255.0);
        for (product, factor) in product.iter_mut().zip(factors) {
            *product = fixed(light * factor)?;
        }
    }
    Some(())
}

/// `light` in fixed point, rounded to nearest.
fn fixed(light: f64) -> Option<i32> {
    let scaled = light * ONE;
    (scaled.abs() < MAX_PRODUCT).then(|| (scaled + if scaled < 0.0 { -0.5 } else { 0.5 }) as i32)
}
