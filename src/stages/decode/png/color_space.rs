//! The chunks that say what a PNG's samples mean (PNG third edition, 11.3.2 and 4.3), with the precedence of that
//! edition and, where it leaves a choice, that of Chromium 156: `cICP`, `iCCP`, `sRGB`, then `gAMA` and `cHRM`. Of two of
//! a kind the first that can be read counts.

use crate::stages::decode::conversion::{Conversion, srgb_matrix};
use crate::stages::decode::curve::{Curve, power};
use crate::stages::decode::icc;
use crate::stages::decode::matrix::{Matrix, apply, inverse, transposed};

/// What a color profile may inflate to: twenty times what those of curves and a matrix have, the only ones that are read.
const MAX_PROFILE_BYTES: usize = 512 << 10;

/// White, red, green and blue, x and y of each in 1/100000, as in `cHRM`.
type Chromaticities = [u32; 8];

/// From cone responses of Bradford's transform to XYZ's columns (ICC.1:2022, annex E).
const BRADFORD: Matrix = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

/// Levels of sRGB at each eighth level of gray in PQ and in HLG, as Chromium 156 shows them on a display without HDR.
const PQ_LEVELS: [u8; 33] = [
    0, 0, 1, 2, 5, 9, 15, 22, 30, 38, 48, 58, 70, 83, 98, 114, 132, 153, 175, 198, 213, 226, 237, 246, 255, 255, 255,
    255, 255, 255, 255, 255, 255,
];
const HLG_LEVELS: [u8; 33] = [
    0, 1, 3, 7, 14, 21, 29, 36, 43, 50, 57, 64, 71, 78, 85, 92, 99, 107, 115, 125, 135, 147, 160, 174, 189, 202, 212,
    220, 228, 236, 243, 250, 255,
];

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
        let curve = Curve::gamma(100_000.0 / f64::from(gamma));
        conversion(&curve, self.chromaticities, gray)?.unless_identity()
    }

    /// `None` for numbers that say nothing or that browsers do not know.
    fn by_code_points(&self, gray: bool) -> Option<Conversion> {
        let (primaries, transfer) = self.code_points?;
        conversion(&transfer_curve(transfer)?, primaries_of(primaries)?, gray)
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

fn conversion(curve: &Curve, chromaticities: Option<Chromaticities>, gray: bool) -> Option<Conversion> {
    match chromaticities {
        Some(chromaticities) if !gray => {
            Conversion::of_colors(&[(); 3].map(|()| curve.clone()), primaries_on_d50(chromaticities)?)
        }
        _ => Conversion::of_curve(curve),
    }
}

/// The color primaries of H.273, table 2; those of sRGB need no conversion. `None` if there are none of this number.
fn primaries_of(number: u8) -> Option<Option<Chromaticities>> {
    const D65: [u32; 2] = [31270, 32900];
    const C: [u32; 2] = [31000, 31600];
    let ([white_x, white_y], [a, b, c, d, e, f]) = match number {
        1 => return Some(None),
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
    Some(Some([white_x, white_y, a, b, c, d, e, f]))
}

/// The transfer functions of H.273, table 3, back to light as Chromium 156 does it: those of television as displays show
/// them (ITU-R BT.1886). PQ and HLG are mapped to a display without HDR channel by channel, where Chromium looks at all
/// three at once: grays are the same.
fn transfer_curve(number: u8) -> Option<Curve<'static>> {
    let formula = |gamma, a, b, c, d| Curve::Formula { gamma, a, b, c, d, e: 0.0, f: 0.0 };
    Some(match number {
        1 | 6 | 11 | 14 | 15 => Curve::gamma(2.4),
        4 => Curve::gamma(2.2),
        5 => Curve::gamma(2.8),
        7 => formula(1.0 / 0.45, 1.0 / 1.1115, 0.1115 / 1.1115, 0.25, 0.0912),
        8 => Curve::gamma(1.0),
        13 => formula(2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045),
        16 => Curve::Levels(&PQ_LEVELS),
        17 => formula(2.6, power(52.37 / 48.0, 1.0 / 2.6), 0.0, 0.0, 0.0),
        18 => Curve::Levels(&HLG_LEVELS),
        _ => return None,
    })
}

/// Red, green and blue on the profile connection space, adapted to its white by Bradford's transform. `None` if they
/// span no color space.
fn primaries_on_d50(chromaticities: Chromaticities) -> Option<[[f64; 3]; 3]> {
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
