//! The parameters of each effort level: beam width, k-means iterations, and the distances that lossy matching may use.

use super::gif_options::{Effort, Options};
use super::oklab::UNIT;

/// The parameters that trade time, size and fidelity against each other.
///
/// The *reach* is the distance up to which lossy LZW may replace a color: `lossy` / 1000 of the distance from black to white.
#[derive(Debug, Clone, PartialEq)]
pub struct EffortTuning {
    /// The reach in thousandths of the distance from black to white, as in [`Options::lossy`].
    pub lossy: u8,
    /// Squared reach by activity, in squared fixed-point Oklab units. All 0: lossless.
    pub reach_sq: [i32; 8],
    /// Squared distance by activity, in the same units, beyond which a second image shows a pixel again
    /// ([`Colors::Rich`](super::gif_options::Colors::Rich)).
    pub missed_sq: [i32; 8],
    /// Squared distance of the nearest palette entry, in the same units, beyond which a color is dithered in smooth areas.
    pub dither_sq: i32,
    /// Squared distance that one more pixel in an LZW phrase is worth.
    pub worth: i64,
    /// Mean squared distance up to which the quantizer does not divide a group of colors further.
    pub merge_sq: f32,
    /// Beam width of the phrase search.
    pub beam: usize,
    /// Maximum number of similar palette entries that are tried for a pixel.
    pub nears: usize,
    /// Number of k-means iterations.
    pub rounds: u32,
    /// Whether the phrase search also weighs the phrase after the next one, and lightness errors of blocks.
    pub looks_ahead: bool,
}

/// Tolerances of one kind of frame, as multiples of the reach.
#[derive(Debug, Clone, Copy)]
struct Shares {
    /// By activity: flat pixels are exact, gradients almost, and hard edges, where errors are least visible, may differ most.
    reach: [f64; 8],
    /// The quantizer does not divide colors that are closer than this.
    merge: f64,
}

/// Interfaces and text: most errors are at hard edges, and the palette has an entry close to every color. Like [`PHOTOS`],
/// chosen by SSIMULACRA2 per byte over a corpus of screenshots.
const PAGES: Shares = Shares { reach: [0.0, 0.2, 0.35, 0.5, 0.6, 0.6, 0.9, 2.0], merge: 0.4 };

/// Photos: detail hides errors at every edge. Smooth areas need smaller errors, since the palette alone already adds some.
const PHOTOS: Shares = Shares { reach: [0.0, 0.12, 0.28, 0.6, 0.72, 0.72, 0.72, 1.12], merge: 0.25 };

/// Numbers of distinct colors: up to the first a frame uses [`PAGES`], from the second on [`PHOTOS`], in between a linear mix.
const PHOTO_COLORS: [usize; 2] = [24_000, 40_000];

/// Distance beyond which [`Colors::Rich`](super::gif_options::Colors::Rich) shows a pixel in a second image, as a share of the
/// distance from black to white. Measured on pages of photos: one point of SSIMULACRA2 for 8 % more bytes at a reach of 0.010,
/// where one palette gives nothing more, and for 13 % at 0.028.
const CORRECT: f64 = 0.045;
/// At least this many reaches, so that the second image does not undo lossy matching. [`CORRECT_LEAST`] applies to flat pixels,
/// whose reach is 0.
const CORRECT_REACHES: f64 = 1.5;
const CORRECT_LEAST: f64 = 0.0025;

/// Distance from which bands in smooth areas are visible, as a share of the distance from black to white. At a large reach,
/// [`DITHER_REACHES`] times the reach applies instead: dithering would cost the bytes that lossy matching saves.
const DITHER: f64 = 0.004;
const DITHER_REACHES: f64 = 0.14;

/// One more pixel is worth the squared error of about two pixels at a reach of 0.025.
const WORTH: i64 = 450_000;

/// The parameters of one effort level.
struct Level {
    lossy: u8,
    /// Factor for the reach of [`PHOTOS`]: bytes of photos fall fast with their fidelity.
    photos: f64,
    /// For pages and for photos. In photos a wide search finds longer phrases only at larger errors.
    beam: [usize; 2],
    nears: [usize; 2],
    rounds: u32,
    looks_ahead: bool,
}

const FAST: Level = Level { lossy: 18, photos: 1.0, beam: [2, 2], nears: [8, 8], rounds: 1, looks_ahead: false };
const BALANCED: Level = Level { lossy: 28, photos: 1.0, beam: [12, 6], nears: [20, 8], rounds: 3, looks_ahead: false };
const SMALLEST: Level = Level { lossy: 51, photos: 1.6, beam: [16, 8], nears: [24, 12], rounds: 5, looks_ahead: true };

impl EffortTuning {
    /// Returns the parameters for a frame whose changed pixels have `colors` distinct colors.
    #[must_use]
    pub fn of(options: &Options, colors: usize) -> Self {
        let level = match options.effort {
            Effort::Fast => FAST,
            Effort::Balanced => BALANCED,
            Effort::Smallest => SMALLEST,
        };
        let [least, most] = PHOTO_COLORS;
        let photo = (colors.clamp(least, most) - least) as f64 / (most - least) as f64;
        let between = |pages: f64, photos: f64| pages + (photos - pages) * photo;
        let lossy = options.lossy.unwrap_or(level.lossy);
        let reach = f64::from(lossy) / 1000.0 * f64::from(UNIT);
        let share = |activity: usize| between(PAGES.reach[activity], PHOTOS.reach[activity] * level.photos);
        let square = |distance: f64| (distance * distance) as i32;
        let unit = f64::from(UNIT);
        let correct = (CORRECT * unit).max(reach * CORRECT_REACHES);
        let merge = between(PAGES.merge, PHOTOS.merge) * reach;
        let kind = usize::from(photo >= 0.5);
        Self {
            lossy,
            reach_sq: std::array::from_fn(|activity| square(share(activity) * reach)),
            missed_sq: std::array::from_fn(|activity| square((share(activity) * correct).max(CORRECT_LEAST * unit))),
            dither_sq: square((DITHER * unit).max(DITHER_REACHES * reach)),
            worth: WORTH,
            merge_sq: (merge * merge) as f32,
            beam: level.beam[kind],
            nears: level.nears[kind],
            rounds: level.rounds,
            looks_ahead: level.looks_ahead,
        }
    }

    /// Whether lossy matching may change any pixel.
    #[must_use]
    pub fn is_lossy(&self) -> bool {
        self.reach_sq.iter().any(|&reach_sq| reach_sq > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lossy_zero_allows_no_error_and_flat_pixels_never_move() {
        assert!(!EffortTuning::of(&Options { lossy: Some(0), ..Options::default() }, 9).is_lossy());
        assert_eq!(EffortTuning::of(&Options { lossy: Some(100), ..Options::default() }, 9).reach_sq[0], 0);
    }

    #[test]
    fn every_effort_reaches_further_than_the_one_before() {
        let reach = |effort| EffortTuning::of(&Options { effort, ..Options::default() }, 9).reach_sq[7];
        assert!(reach(Effort::Fast) < reach(Effort::Balanced) && reach(Effort::Balanced) < reach(Effort::Smallest));
    }

    #[test]
    fn more_colors_never_let_smooth_pixels_stray_further() {
        let reach_sq = |colors| EffortTuning::of(&Options::default(), colors).reach_sq;
        for colors in (0..40_000).step_by(1000) {
            let pairs = reach_sq(colors).into_iter().zip(reach_sq(colors + 1000)).take(3);
            assert!(pairs.clone().all(|(fewer, more)| fewer >= more), "{colors}");
        }
        assert_ne!(reach_sq(0), reach_sq(40_000));
    }
}
