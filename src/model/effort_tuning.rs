//! The parameters of each effort level: beam width, k-means iterations, and the default of option `lossy`. How far a pixel may
//! then be from its own color is in `reach`.

use super::gif_options::{Effort, Options};
use super::oklab::UNIT;
use super::reach::{self, ReachShares};

/// The parameters that trade time, size and fidelity against each other.
///
/// The *reach* is the distance up to which lossy LZW may replace a color: `lossy` / 1000 of the distance from black to white.
#[derive(Debug, Clone, PartialEq)]
pub struct EffortTuning {
    /// The reach in thousandths of the distance from black to white, as in [`Options::lossy`].
    pub lossy: u8,
    /// The reach in fixed-point Oklab units.
    pub reach: f64,
    /// Squared reach by activity, in squared fixed-point Oklab units. All 0: lossless.
    pub reach_sq: [i32; 8],
    /// The reach of pixels by activity, as multiples of [`EffortTuning::reach`].
    pub reach_shares: [f64; 8],
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

/// One more pixel is worth the squared error of about two pixels at a reach of 0.025.
const WORTH: i64 = 450_000;

/// The parameters of one effort level.
struct Level {
    lossy: u8,
    /// Factor for the reach of photos: bytes of photos fall fast with their fidelity.
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
        let photo_share = reach::photo_share(colors);
        let ReachShares { by_activity: reach_shares, merge } = ReachShares::of(photo_share, level.photos);
        let lossy = options.lossy.unwrap_or(level.lossy);
        let reach = f64::from(lossy) / 1000.0 * f64::from(UNIT);
        let square = |distance: f64| (distance * distance) as i32;
        let merge = merge * reach;
        let kind = usize::from(photo_share >= 0.5);
        Self {
            lossy,
            reach,
            reach_sq: reach_shares.map(|share| square(share * reach)),
            reach_shares,
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
}
