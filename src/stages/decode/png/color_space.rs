//! The chunks that say what a PNG's samples mean (PNG third edition, 11.3.2 and 4.3), with the precedence of that
//! edition and, where it leaves a choice, that of Chromium 156: `cICP`, `iCCP`, `sRGB`, then `gAMA` and `cHRM`. Of two of
//! a kind the first that can be read counts.

use crate::stages::decode::color_conversion::{Conversion, srgb_matrix};
use crate::stages::decode::icc;
use crate::stages::decode::matrix::{Matrix, apply, inverse, transposed};
use crate::stages::decode::tone_curve::{ToneCurve, power};

/// What a color profile may inflate to: twenty times what those of curves and a matrix have, the only ones that are read.
const MAX_PROFILE_BYTES: usize = 512 << 10;

/// White, red, green and blue, x and y of each in 1/100000, as in `cHRM`.
type Chromaticities = [u32; 8];

/// Those of sRGB, which ask for no conversion.
const SRGB: Chromaticities = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];

/// From XYZ to the cone responses of Bradford's transform (ICC.1:2022, annex E).
const BRADFORD: Matrix = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

/// What was found of these chunks.
#[derive(Default)]
pub struct ColorSpace<'a> {
    /// Color primaries and transfer function by their numbers in ITU-T H.273.
    code_points: Option<(u8, u8)>,
    profile: Option<&'a [u8]>,
    is_srgb: bool,
    /// What exponent made light into samples, times 100000.
    gamma: Option<u32>,
    chromaticities: Option<Chromaticities>,
}

impl<'a> ColorSpace<'a> {
    /// Takes note of a chunk of intact data. Those that cannot be read, or are of another kind, are passed over.
    pub fn note(&mut self, name: [u8; 4], data: &'a [u8], is_after_palette: bool) {
        match (&name, data) {
            // Full range without a matrix; video signals are not read by browsers either.
            (b"cICP", &[primaries, transfer, 0, 1]) if !is_after_palette => {
                self.code_points.get_or_insert((primaries, transfer));
            }
            (b"iCCP", _) => {
                self.profile.get_or_insert(data);
            }
            (b"sRGB", [0..=3]) => self.is_srgb = true,
            (b"gAMA", _) => {
                let value = data.try_into().map(u32::from_be_bytes).ok().filter(|&value| value > 0);
                self.gamma = self.gamma.or(value);
            }
            (b"cHRM", _) if data.len() == 32 => {
                let values = data.as_chunks::<4>().0;
                self.chromaticities.get_or_insert(std::array::from_fn(|i| u32::from_be_bytes(values[i])));
            }
            _ => {}
        }
    }

    /// Whether it is for displays with HDR: PQ and HLG. What Chromium shows of such pictures depends on the display and on
    /// all three channels at once.
    pub fn is_hdr(&self) -> bool {
        self.code_points
            .is_some_and(|(primaries, transfer)| primaries_of(primaries).is_some() && matches!(transfer, 16 | 18))
    }

    /// The conversion to sRGB, for a picture that is `gray` or not. `None` if colors stay as they are.
    pub fn conversion(&self, gray: bool) -> Option<Conversion> {
        if let Some(conversion) = self.by_code_points(gray).or_else(|| icc::read(&self.profile(), gray)) {
            return conversion.unless_identity();
        }
        let gamma = self.gamma.filter(|_| !self.is_srgb)?;
        // Writers of sRGB say 2.2; to within 5 %, in tenths: 22 * gamma is 1000000.
        if self.chromaticities.is_none() && (u64::from(gamma) * 22).abs_diff(1_000_000) <= 50_000 {
            return None;
        }
        let curve = ToneCurve::gamma(100_000.0 / f64::from(gamma));
        conversion(&curve, self.chromaticities, gray)?.unless_identity()
    }

    /// `None` for numbers that say nothing or that browsers do not know.
    fn by_code_points(&self, gray: bool) -> Option<Conversion> {
        let (primaries, transfer) = self.code_points?;
        conversion(&transfer_curve(transfer)?, Some(primaries_of(primaries)?), gray)
    }

    /// The inflated color profile. Empty if there is none that can be read.
    pub fn profile(&self) -> Vec<u8> {
        let after_name = |data: &'a [u8]| {
            let end = data.iter().position(|&byte| byte == 0).filter(|end| (1..80).contains(end))?;
            data[end + 1..].strip_prefix(&[0])
        };
        let data = self.profile.and_then(after_name).unwrap_or_default();
        fdeflate::decompress_to_vec_bounded(data, MAX_PROFILE_BYTES).unwrap_or_default()
    }
}

fn conversion(curve: &ToneCurve, chromaticities: Option<Chromaticities>, gray: bool) -> Option<Conversion> {
    match chromaticities {
        Some(chromaticities) if chromaticities != SRGB => {
            // Chromaticities that cannot be make the gamma beside them void as well, in gray pictures too.
            let primaries = primaries_on_d50(chromaticities)?;
            if gray {
                return Conversion::of_curve(curve);
            }
            Conversion::of_colors(&[(); 3].map(|()| curve.clone()), primaries)
        }
        _ => Conversion::of_curve(curve),
    }
}

/// The color primaries of H.273, table 2. `None` if there are none of this number.
fn primaries_of(number: u8) -> Option<Chromaticities> {
    const D65: [u32; 2] = [31270, 32900];
    const C: [u32; 2] = [31000, 31600];
    let ([white_x, white_y], [a, b, c, d, e, f]) = match number {
        1 => return Some(SRGB),
        4 => (C, [67000, 33000, 21000, 71000, 14000, 8000]),
        5 => (D65, [64000, 33000, 29000, 60000, 15000, 6000]),
        6 | 7 => (D65, [63000, 34000, 31000, 59500, 15500, 7000]),
        8 => (C, [68100, 31900, 24300, 69200, 14500, 4900]),
        9 => (D65, [70800, 29200, 17000, 79700, 13100, 4600]),
        10 => ([33333, 33333], [100_000, 0, 0, 100_000, 0, 0]),
        11 => ([31400, 35100], [68000, 32000, 26500, 69000, 15000, 6000]),
        12 => (D65, [68000, 32000, 26500, 69000, 15000, 6000]),
        22 => (D65, [63000, 34000, 29500, 60500, 15500, 7700]),
        _ => return None,
    };
    Some([white_x, white_y, a, b, c, d, e, f])
}

/// The transfer functions of H.273, table 3, back to light as Chromium 156 does it: those of television as displays show
/// them (ITU-R BT.1886).
fn transfer_curve(number: u8) -> Option<ToneCurve<'static>> {
    let formula = |gamma, a, b, c, d| ToneCurve::Formula { gamma, a, b, c, d, e: 0.0, f: 0.0 };
    Some(match number {
        1 | 6 | 11 | 14 | 15 => ToneCurve::gamma(2.4),
        4 => ToneCurve::gamma(2.2),
        5 => ToneCurve::gamma(2.8),
        7 => formula(1.0 / 0.45, 1.0 / 1.1115, 0.1115 / 1.1115, 0.25, 0.0912),
        8 => ToneCurve::gamma(1.0),
        13 => formula(2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045),
        17 => formula(2.6, power(52.37 / 48.0, 1.0 / 2.6), 0.0, 0.0, 0.0),
        _ => return None,
    })
}

/// Red, green and blue on the profile connection space, adapted to its white by Bradford's transform. `None` if they
/// span no color space.
fn primaries_on_d50(chromaticities: Chromaticities) -> Option<[[f64; 3]; 3]> {
    // Beyond 1 are the negative numbers that some writers put there.
    if chromaticities.iter().any(|&value| value > 100_000) {
        return None;
    }
    let [white, red, green, blue] = std::array::from_fn(|i| {
        let [x, y] = [chromaticities[2 * i], chromaticities[2 * i + 1]].map(|value| f64::from(value) / 100_000.0);
        [x, y, 1.0 - x - y]
    });
    let luminance = white[1];
    if luminance <= 0.0 {
        return None;
    }
    let white = white.map(|value| value / luminance);
    let corners = [red, green, blue];
    let amounts = apply(&inverse(transposed(corners))?, white);
    // Gray stays gray to the last bit: white is the sum of sRGB's own primaries.
    let d50 = apply(&srgb_matrix(), [1.0; 3]);
    let (from, to) = (apply(&BRADFORD, white), apply(&BRADFORD, d50));
    let from_cones = inverse(BRADFORD)?;
    let mut primaries = corners;
    for (corner, amount) in primaries.iter_mut().zip(amounts) {
        let cones = apply(&BRADFORD, corner.map(|value| value * amount));
        *corner = apply(&from_cones, std::array::from_fn(|i| cones[i] * to[i] / from[i]));
    }
    Some(primaries)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLORS: [[u8; 3]; 5] = [[0, 160, 96], [128, 128, 128], [255, 0, 0], [32, 32, 32], [224, 64, 192]];
    const P3: [u32; 8] = [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000];

    fn gamma(value: u32) -> ([u8; 4], Vec<u8>) {
        (*b"gAMA", value.to_be_bytes().to_vec())
    }

    fn chromaticities(values: [u32; 8]) -> ([u8; 4], Vec<u8>) {
        (*b"cHRM", values.map(u32::to_be_bytes).concat())
    }

    fn code_points(primaries: u8, transfer: u8) -> ([u8; 4], Vec<u8>) {
        (*b"cICP", vec![primaries, transfer, 0, 1])
    }

    /// What the chunks make of [`COLORS`].
    fn converted(chunks: &[([u8; 4], Vec<u8>)]) -> [[u8; 3]; 5] {
        let mut space = ColorSpace::default();
        for (name, data) in chunks {
            space.note(*name, data, false);
        }
        let conversion = space.conversion(false);
        COLORS.map(|color| conversion.as_ref().map_or(color, |conversion| conversion.convert(color)))
    }

    fn assert_near(chunks: &[([u8; 4], Vec<u8>)], expected: [[u8; 3]; 5]) {
        let found = converted(chunks);
        let near = found.iter().flatten().zip(expected.iter().flatten()).all(|(a, b)| a.abs_diff(*b) <= 1);
        assert!(near, "{chunks:?}: {found:?}, expected {expected:?}");
    }

    #[test]
    fn chromaticities_that_cannot_be_make_the_gamma_void_in_gray_and_in_color() {
        for gray in [false, true] {
            let mut space = ColorSpace::default();
            let (gamma, chromaticities) = (gamma(45455), chromaticities([0; 8]));
            for (name, data) in [&gamma, &chromaticities] {
                space.note(*name, data, false);
            }
            assert!(space.conversion(gray).is_none(), "gray: {gray}");
        }
    }

    #[test]
    fn code_points_give_the_colors_that_chromium_shows() {
        for (primaries, transfer, expected) in [
            (1, 13, COLORS),
            (1, 1, [[0, 155, 87], [121, 121, 121], [255, 0, 0], [20, 20, 20], [222, 54, 189]]),
            (1, 4, [[0, 161, 96], [129, 129, 129], [255, 0, 0], [26, 26, 26], [225, 62, 193]]),
            (1, 5, [[0, 142, 72], [106, 106, 106], [255, 0, 0], [10, 10, 10], [217, 40, 179]]),
            (1, 7, [[0, 170, 112], [141, 141, 141], [255, 0, 0], [50, 50, 50], [228, 81, 199]]),
            (1, 8, [[0, 208, 165], [188, 188, 188], [255, 0, 0], [99, 99, 99], [241, 137, 225]]),
            (1, 17, [[0, 154, 83], [118, 118, 118], [255, 0, 0], [15, 15, 15], [228, 48, 191]]),
            (4, 13, [[0, 158, 93], [128, 128, 128], [255, 0, 0], [32, 32, 32], [255, 74, 194]]),
            (5, 13, [[0, 160, 97], [128, 128, 128], [255, 0, 0], [32, 32, 32], [228, 64, 191]]),
            (6, 13, [[37, 158, 96], [128, 128, 128], [248, 36, 0], [32, 32, 32], [219, 76, 192]]),
            (8, 13, [[0, 164, 91], [128, 128, 128], [255, 0, 0], [32, 32, 32], [253, 25, 196]]),
            (9, 13, [[0, 169, 87], [128, 128, 128], [255, 0, 0], [32, 32, 32], [255, 0, 199]]),
            (10, 13, [[0, 217, 69], [128, 128, 128], [255, 0, 71], [32, 32, 32], [255, 0, 210]]),
            (11, 13, [[0, 163, 89], [128, 128, 128], [255, 0, 0], [32, 32, 32], [238, 39, 197]]),
            (12, 13, [[0, 163, 89], [128, 128, 128], [255, 0, 0], [32, 32, 32], [244, 41, 197]]),
            (12, 1, [[0, 158, 80], [121, 121, 121], [255, 0, 0], [20, 20, 20], [242, 20, 194]]),
            (22, 13, [[0, 157, 96], [128, 128, 128], [255, 38, 0], [32, 32, 32], [226, 80, 192]]),
            // Not known, or of no meaning.
            (2, 8, COLORS),
            (3, 8, COLORS),
            (12, 2, COLORS),
            (12, 9, COLORS),
            (12, 12, COLORS),
        ] {
            assert_near(&[code_points(primaries, transfer)], expected);
        }
    }

    #[test]
    fn gamma_and_chromaticities_give_the_colors_that_chromium_shows() {
        let linear = [[0, 208, 165], [188, 188, 188], [255, 0, 0], [99, 99, 99], [241, 137, 225]];
        for (chunks, expected) in [
            (vec![gamma(100_000)], linear),
            (vec![gamma(55556)], [[0, 176, 115], [146, 146, 146], [255, 0, 0], [43, 43, 43], [230, 81, 203]]),
            (vec![gamma(22727)], [[0, 100, 31], [62, 62, 62], [255, 0, 0], [0, 0, 0], [198, 8, 146]]),
            (vec![gamma(1)], [[0; 3], [0; 3], [255, 0, 0], [0; 3], [0; 3]]),
            (vec![gamma(i32::MAX as u32)], [[0, 255, 255], [255; 3], [255, 0, 0], [255; 3], [255; 3]]),
            // Near enough to 1 / 2.2 to be meant as sRGB.
            (vec![gamma(43182)], COLORS),
            (vec![gamma(45455)], COLORS),
            (vec![gamma(47727)], COLORS),
            (vec![gamma(43180)], [[0, 158, 91], [124, 124, 124], [255, 0, 0], [22, 22, 22], [223, 57, 191]]),
            (vec![gamma(47728)], [[0, 165, 101], [133, 133, 133], [255, 0, 0], [30, 30, 30], [226, 66, 196]]),
            // Exact where primaries are there too.
            (
                vec![gamma(45455), chromaticities(SRGB)],
                [[0, 161, 96], [129, 129, 129], [255, 0, 0], [26, 26, 26], [225, 62, 193]],
            ),
            (
                vec![gamma(45455), chromaticities(P3)],
                [[0, 165, 89], [129, 129, 129], [255, 0, 0], [26, 26, 26], [245, 37, 199]],
            ),
            (
                vec![chromaticities(P3), gamma(100_000)],
                [[0, 211, 163], [188, 188, 188], [255, 0, 0], [99, 99, 99], [255, 130, 230]],
            ),
            (
                vec![gamma(55556), chromaticities([34570, 35850, 73470, 26530, 15960, 84040, 3660, 10])],
                [[0, 193, 102], [146, 146, 146], [255, 0, 0], [43, 43, 43], [255, 0, 215]],
            ),
            (vec![chromaticities(P3)], COLORS),
            (vec![gamma(0)], COLORS),
            (vec![gamma(0), gamma(100_000)], linear),
            (vec![gamma(100_000), gamma(45455)], linear),
            (vec![(*b"gAMA", vec![0, 1, 1])], COLORS),
            (vec![gamma(100_000), chromaticities([0; 8])], COLORS),
            (vec![gamma(100_000), chromaticities([30000; 8])], COLORS),
            (
                vec![
                    gamma(100_000),
                    chromaticities([31270, 32900, u32::MAX - 64000, 33000, 30000, 60000, 15000, 6000]),
                ],
                COLORS,
            ),
        ] {
            assert_near(&chunks, expected);
        }
    }

    #[test]
    fn code_points_come_before_profiles_before_srgb_before_gamma() {
        let srgb = (*b"sRGB", vec![0]);
        let p3 = converted(&[code_points(12, 13)]);
        let linear = converted(&[gamma(100_000)]);
        let profile = |bytes: &[u8]| (*b"iCCP", [b"name\0\0".to_vec(), fdeflate::compress_to_vec(bytes)].concat());
        let adobe = moxcms::ColorProfile::new_adobe_rgb().encode().unwrap();
        let by_profile = converted(&[profile(&adobe)]);
        assert!(p3 != COLORS && linear != COLORS && by_profile != COLORS && by_profile != p3);
        for (chunks, expected) in [
            (vec![profile(&adobe), srgb.clone(), gamma(100_000), code_points(12, 13)], p3),
            (vec![code_points(12, 13), code_points(1, 8), srgb.clone()], p3),
            (vec![srgb.clone(), gamma(100_000), profile(&adobe)], by_profile),
            (vec![code_points(2, 2), profile(&adobe)], by_profile),
            (vec![profile(&adobe), profile(b"another")], by_profile),
            (vec![gamma(100_000), srgb.clone()], COLORS),
            (vec![srgb.clone(), gamma(100_000), chromaticities(P3)], COLORS),
            // What cannot be read leaves it to the next.
            (vec![gamma(100_000), profile(b"no profile")], linear),
            (vec![gamma(100_000), srgb, profile(b"no profile")], COLORS),
            (vec![gamma(100_000), (*b"iCCP", b"no end of the name".to_vec())], linear),
            (vec![gamma(100_000), (*b"iCCP", b"name\0\x01packed otherwise".to_vec())], linear),
            (vec![gamma(100_000), (*b"sRGB", vec![9])], linear),
            (vec![gamma(100_000), (*b"sRGB", vec![])], linear),
            (vec![gamma(100_000), code_points(2, 2)], linear),
            (vec![gamma(100_000), (*b"cICP", vec![12, 13, 0, 0])], linear),
            (vec![gamma(100_000), (*b"cICP", vec![12, 13, 1, 1])], linear),
            (vec![gamma(100_000), (*b"cICP", vec![12, 13, 0])], linear),
        ] {
            assert_eq!(converted(&chunks), expected, "{chunks:?}");
        }
    }

    #[test]
    fn gray_stays_gray_under_any_primaries() {
        for primaries in [4, 5, 6, 8, 9, 10, 11, 12, 22] {
            let mut space = ColorSpace::default();
            let chunk = [primaries, 1, 0, 1];
            space.note(*b"cICP", &chunk, false);
            let conversion = space.conversion(false).unwrap();
            for level in 0..=255 {
                let [red, green, blue] = conversion.convert([level; 3]);
                assert!(red == green && green == blue, "primaries {primaries}, level {level}");
            }
        }
    }

    #[test]
    fn hdr_is_known_and_code_points_behind_the_palette_are_not_read() {
        for (chunk, is_after_palette, is_hdr) in [
            ([9, 16, 0, 1], false, true),
            ([1, 18, 0, 1], false, true),
            ([2, 16, 0, 1], false, false),
            ([9, 16, 0, 1], true, false),
        ] {
            let mut space = ColorSpace::default();
            space.note(*b"cICP", &chunk, is_after_palette);
            assert_eq!(space.is_hdr(), is_hdr, "{chunk:?}");
        }
    }
}
