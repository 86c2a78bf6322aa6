//! Embedded color profile in, [`Conversion`] to sRGB out.
//!
//! Supported are RGB profiles with three curves and a matrix, as displays and cameras have them, and gray profiles with one
//! curve (ICC.1:2022, 8.3 and 8.4). Profiles that only have multidimensional tables are ignored, and so are damaged ones.
//!
//! Why not moxcms or qcms: a general color management module was about a third of the wasm file while one was used, and its
//! curves use the power function of a math library, whose last bit differs between machines. Tests compare with moxcms.

use super::color_conversion::Conversion;
use super::tone_curve::ToneCurve;

/// Returns the conversion of `profile`. `None` if it leaves colors as they are, or cannot be read.
pub fn conversion(profile: &[u8], gray: bool) -> Option<Conversion> {
    read(profile, gray)?.unless_identity()
}

/// Returns the conversion of `profile` for a picture that is `gray` or not. `None` if it cannot be read, or is not for this
/// kind of picture.
pub fn read(profile: &[u8], gray: bool) -> Option<Conversion> {
    match (profile.get(16..20)?, profile.get(20..24)?) {
        (b"RGB ", b"XYZ ") => {
            let curve = |name| ToneCurve::read(tag(profile, name)?);
            let primary = |name| xyz(tag(profile, name)?);
            let curves = [curve(*b"rTRC")?, curve(*b"gTRC")?, curve(*b"bTRC")?];
            Conversion::of_colors(&curves, [primary(*b"rXYZ")?, primary(*b"gXYZ")?, primary(*b"bXYZ")?])
        }
        (b"GRAY", b"XYZ " | b"Lab ") if gray => Conversion::of_curve(&ToneCurve::read(tag(profile, *b"kTRC")?)?),
        _ => None,
    }
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
            let found = conversion(&profile.encode().unwrap(), false).unwrap();
            let (mut apart, mut all) = (0, 0);
            for color in colors() {
                let mut expected = [0; 3];
                transform.transform(&color, &mut expected).unwrap();
                let converted = found.convert(color);
                let most = (0..3).map(|i| converted[i].abs_diff(expected[i])).max().unwrap();
                assert!(most <= 1, "{name} {color:?}: {converted:?}, not {expected:?}");
                (apart, all) = (apart + usize::from(most), all + 1);
            }
            assert!(apart * 8 < all, "{name}: {apart} of {all} colors are a level apart");
        }
    }

    #[test]
    fn gray_profiles_are_for_gray_pictures() {
        let profile = ColorProfile::new_gray_with_gamma(1.75).encode().unwrap();
        let found = conversion(&profile, true).unwrap();
        let encode =
            |light: f64| if light <= 0.003_130_8 { light * 12.92 } else { light.powf(1.0 / 2.4) * 1.055 - 0.055 };
        for level in 0..=255 {
            let expected = (encode((f64::from(level) / 255.0).powf(1.75)) * 255.0).round() as u8;
            assert_eq!(found.convert([level; 3]), [expected; 3], "{level}");
        }
        assert!(conversion(&profile, false).is_none());
    }

    #[test]
    fn a_profile_that_says_srgb_changes_nothing() {
        assert!(conversion(&ColorProfile::new_srgb().encode().unwrap(), false).is_none());
    }

    #[test]
    fn damaged_profiles_are_left_alone() {
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        for len in 0..profile.len().min(600) {
            let _ = conversion(&profile[..len], false);
        }
        assert!(conversion(&profile[..200], false).is_none());
        for at in 0..profile.len() {
            for bit in 0..8 {
                let mut damaged = profile.clone();
                damaged[at] ^= 1 << bit;
                if let Some(found) = conversion(&damaged, false) {
                    found.convert([255, 0, 128]);
                }
            }
        }
    }
}
