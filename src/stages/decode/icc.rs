//! Embedded color profile in, [`Conversion`] of 8-bit samples to sRGB out.
//!
//! Read are RGB profiles of three curves and a matrix, as displays and cameras have them, and gray ones of one curve
//! (ICC.1:2022, 8.3 and 8.4). Profiles that only have tables of many dimensions are ignored, and so are damaged ones.
//!
//! Why not moxcms or qcms: for its size, since a general color management module took about a third of the wasm file while
//! it was in use, of which 219 kB brotli are left in all; and because its curves use powers of a mathematical library, whose
//! last bit differs between machines. Tests compare with moxcms.

use super::tone_curve::{ToneCurve, power};

/// Linear light in fixed point: 1.0.
const ONE: f64 = (1 << 24) as f64;
/// No sum of three products may leave 32 bits.
const MAX_PRODUCT: f64 = (1 << 29) as f64;
/// Linear light has this many bits more than the index into `Conversion::guess`.
const GUESS_SHIFT: u32 = 12;

/// Red, green and blue of sRGB on the profile connection space (its own profile, IEC 61966-2-1 adapted to D50), a column
/// each, in 1/65536.
const SRGB_PRIMARIES: [[i32; 3]; 3] = [[28578, 25241, 9376], [14581, 46981, 3972], [912, 6362, 46799]];

/// A conversion of 8-bit samples to sRGB.
pub struct Conversion {
    /// What each level of each channel adds to linear red, green and blue.
    products: Box<[[[i32; 3]; 256]; 3]>,
    /// The least linear light of each level of sRGB; the last is never reached.
    thresholds: [i32; 257],
    /// A level at or just below that of the linear light shifted right by `GUESS_SHIFT`.
    guess: Box<[u8]>,
}

impl Conversion {
    /// The conversion that `profile` asks for. `None` if it leaves colors as they are, cannot be read, or is for another
    /// kind of picture than this one, which is `gray` or not.
    pub fn of(profile: &[u8], gray: bool) -> Option<Self> {
        let products = match (profile.get(16..20)?, profile.get(20..24)?) {
            (b"RGB ", b"XYZ ") => rgb_products(profile)?,
            (b"GRAY", b"XYZ " | b"Lab ") if gray => gray_products(profile)?,
            _ => return None,
        };
        let mut thresholds = [i32::MAX; 257];
        for (level, threshold) in thresholds[..256].iter_mut().enumerate() {
            *threshold = if level == 0 { 0 } else { fixed(linear_srgb((level as f64 - 0.5) / 255.0))? };
        }
        let mut guess = Vec::new();
        for light in (0..=1 << (24 - GUESS_SHIFT)).map(|step| step << GUESS_SHIFT) {
            guess.push(thresholds[1..].partition_point(|&threshold| threshold <= light) as u8);
        }
        let conversion = Self { products, thresholds, guess: guess.into() };
        (!conversion.is_identity()).then_some(conversion)
    }

    /// The nearest color of sRGB.
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

    /// Whether no color moves by more than a level, tried on 17 levels a channel. Chromium's JPEG screenshots carry a
    /// profile that says sRGB, and programs round its numbers in different ways.
    fn is_identity(&self) -> bool {
        let level = |step: usize| (step * 255 / 16) as u8;
        let mut colors = (0..17 * 17 * 17).map(|i| [level(i % 17), level(i / 17 % 17), level(i / 289)]);
        colors.all(|color| self.convert(color).iter().zip(color).all(|(new, old)| new.abs_diff(old) <= 1))
    }
}

fn rgb_products(profile: &[u8]) -> Option<Box<[[[i32; 3]; 256]; 3]>> {
    let to_srgb = inverse(SRGB_PRIMARIES.map(|row| row.map(|value| f64::from(value) / 65536.0)))?;
    let mut products = Box::new([[[0; 3]; 256]; 3]);
    let tags = [(*b"rXYZ", *b"rTRC"), (*b"gXYZ", *b"gTRC"), (*b"bXYZ", *b"bTRC")];
    for (levels, (primary, curve)) in products.iter_mut().zip(tags) {
        let primary = xyz(tag(profile, primary)?)?;
        let factors = to_srgb.map(|row| row[0] * primary[0] + row[1] * primary[1] + row[2] * primary[2]);
        let curve = ToneCurve::read(tag(profile, curve)?)?;
        for (level, product) in levels.iter_mut().enumerate() {
            let light = curve.at(level as f64 / 255.0);
            for (product, factor) in product.iter_mut().zip(factors) {
                *product = fixed(light * factor)?;
            }
        }
    }
    Some(products)
}

fn gray_products(profile: &[u8]) -> Option<Box<[[[i32; 3]; 256]; 3]>> {
    let curve = ToneCurve::read(tag(profile, *b"kTRC")?)?;
    let mut products = Box::new([[[0; 3]; 256]; 3]);
    for (level, product) in products[0].iter_mut().enumerate() {
        *product = [fixed(curve.at(level as f64 / 255.0))?; 3];
    }
    Some(products)
}

/// The linear light of a value of sRGB (IEC 61966-2-1).
fn linear_srgb(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { power((value + 0.055) / 1.055, 2.4) }
}

/// `light` in fixed point, rounded to nearest.
fn fixed(light: f64) -> Option<i32> {
    let scaled = light * ONE;
    (scaled.abs() < MAX_PRODUCT).then(|| (scaled + if scaled < 0.0 { -0.5 } else { 0.5 }) as i32)
}

/// What a tag of the profile holds.
fn tag(profile: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let count = u32::from_be_bytes(*profile.get(128..)?.first_chunk()?);
    let (entries, _) = profile.get(132..)?.as_chunks::<12>();
    let entry = entries.iter().take(count as usize).find(|entry| entry.starts_with(&name))?;
    let [offset, len] = [4, 8].map(|at| entry[at..].first_chunk().map(|bytes| u32::from_be_bytes(*bytes) as usize));
    profile.get(offset?..)?.get(..len?)
}

fn xyz(tag: &[u8]) -> Option<[f64; 3]> {
    let values = tag.strip_prefix(b"XYZ ")?.get(4..16)?;
    let value = |at: usize| values[at * 4..].first_chunk().map(|bytes| f64::from(i32::from_be_bytes(*bytes)) / 65536.0);
    Some([value(0)?, value(1)?, value(2)?])
}

/// By cofactors; `None` if there is none.
fn inverse(m: [[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let cofactor = |row: usize, column: usize| {
        let [a, b] = [(row + 1) % 3, (row + 2) % 3];
        let [c, d] = [(column + 1) % 3, (column + 2) % 3];
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant = m[0][0] * cofactor(0, 0) + m[0][1] * cofactor(0, 1) + m[0][2] * cofactor(0, 2);
    (determinant != 0.0)
        .then(|| std::array::from_fn(|row| std::array::from_fn(|column| cofactor(column, row) / determinant)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use moxcms::{ColorProfile, Layout, TransformOptions};

    /// Levels in steps that share no factor with 255, and the ends.
    fn colors() -> impl Iterator<Item = [u8; 3]> {
        let levels = || (0..=255).step_by(7).chain([1, 2, 3, 254, 255]);
        levels().flat_map(move |r| levels().flat_map(move |g| levels().map(move |b| [r, g, b])))
    }

    #[test]
    fn profiles_of_displays_and_cameras_are_converted_as_another_color_engine_does() {
        for (name, profile) in [
            ("Display P3", ColorProfile::new_display_p3()),
            ("Adobe RGB", ColorProfile::new_adobe_rgb()),
            ("BT.2020", ColorProfile::new_bt2020()),
        ] {
            let srgb = ColorProfile::new_srgb();
            let options = TransformOptions { prefer_fixed_point: false, ..TransformOptions::default() };
            let transform = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options).unwrap();
            let conversion = Conversion::of(&profile.encode().unwrap(), false).unwrap();
            let (mut apart, mut all) = (0, 0);
            for color in colors() {
                let mut expected = [0; 3];
                transform.transform(&color, &mut expected).unwrap();
                let found = conversion.convert(color);
                let most = (0..3).map(|i| found[i].abs_diff(expected[i])).max().unwrap();
                assert!(most <= 1, "{name} {color:?}: {found:?}, not {expected:?}");
                (apart, all) = (apart + usize::from(most), all + 1);
            }
            assert!(apart * 8 < all, "{name}: {apart} of {all} colors are a level apart");
        }
    }

    #[test]
    fn gray_profiles_are_for_gray_pictures() {
        let profile = ColorProfile::new_gray_with_gamma(1.75).encode().unwrap();
        let conversion = Conversion::of(&profile, true).unwrap();
        let encode =
            |light: f64| if light <= 0.003_130_8 { light * 12.92 } else { light.powf(1.0 / 2.4) * 1.055 - 0.055 };
        for level in 0..=255 {
            let expected = (encode((f64::from(level) / 255.0).powf(1.75)) * 255.0).round() as u8;
            assert_eq!(conversion.convert([level; 3]), [expected; 3], "{level}");
        }
        assert!(Conversion::of(&profile, false).is_none());
    }

    #[test]
    fn a_profile_that_says_srgb_changes_nothing() {
        assert!(Conversion::of(&ColorProfile::new_srgb().encode().unwrap(), false).is_none());
    }

    #[test]
    fn damaged_profiles_are_left_alone() {
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        for len in 0..profile.len().min(600) {
            let _ = Conversion::of(&profile[..len], false);
        }
        assert!(Conversion::of(&profile[..200], false).is_none());
        for at in 0..profile.len() {
            for bit in 0..8 {
                let mut damaged = profile.clone();
                damaged[at] ^= 1 << bit;
                if let Some(conversion) = Conversion::of(&damaged, false) {
                    conversion.convert([255, 0, 128]);
                }
            }
        }
    }
}
