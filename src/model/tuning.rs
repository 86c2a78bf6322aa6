//! What an effort means in numbers.

use super::color::UNIT;
use super::options::{Effort, Options};

/// The numbers that decide between time, size and fidelity.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuning {
    /// The reach in thousandths of the way from black to white, as in [`Options::lossy`].
    pub lossy: u8,
    /// Squared reach of lossy matching by activity, in squared fixed-point Oklab units; all 0 for none.
    pub reach2: [i32; 8],
    /// How much squared distance one more pixel in a phrase is worth.
    pub worth: i64,
    /// Squared distance below which the quantizer does not divide colors further.
    pub merge2: f32,
    /// Phrases followed at the same time.
    pub beam: usize,
    /// Rounds of k-means.
    pub rounds: u32,
    /// Clear policies to try, each the share (in 256ths) of the dictionary's filling rate below which it is cleared.
    pub clear_shares: &'static [u32],
}

/// Reach by activity, as shares of the whole: flat pixels do not move, gradients hardly, and hard edges, where the eye
/// forgives most, move most. Chosen by SSIMULACRA2 per byte over a corpus of screenshots.
const REACH_SHARES: [f64; 8] = [0.0, 0.25, 0.5, 0.9, 0.9, 0.9, 0.9, 1.4];

/// Colors are merged up to this share of the reach.
const MERGE_SHARE: f64 = 0.4;

/// One more pixel is worth the squared error of about two pixels at a reach of 0.025.
const WORTH: i64 = 450_000;

impl Tuning {
    /// The numbers for `options`.
    #[must_use]
    pub fn of(options: &Options) -> Self {
        let (lossy, beam, rounds, clear_shares): (u8, usize, u32, &[u32]) = match options.effort {
            Effort::Fast => (17, 2, 1, &[250]),
            Effort::Balanced => (25, 6, 3, &[250]),
            Effort::Smallest => (44, 8, 5, &[230, 250, 280]),
        };
        let lossy = options.lossy.unwrap_or(lossy);
        let reach = f64::from(lossy) / 1000.0 * f64::from(UNIT);
        let merge = reach * MERGE_SHARE;
        Self {
            lossy,
            reach2: REACH_SHARES.map(|share| (reach * share * (reach * share)) as i32),
            worth: WORTH,
            merge2: (merge * merge) as f32,
            beam,
            rounds,
            clear_shares,
        }
    }

    /// Whether pixels may stray from their colors at all.
    #[must_use]
    pub fn is_lossy(&self) -> bool {
        self.reach2.iter().any(|&reach2| reach2 > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lossy_zero_allows_no_error_and_flat_pixels_never_move() {
        assert!(!Tuning::of(&Options { lossy: Some(0), ..Options::default() }).is_lossy());
        assert_eq!(Tuning::of(&Options { lossy: Some(100), ..Options::default() }).reach2[0], 0);
    }

    #[test]
    fn every_effort_reaches_further_than_the_one_before() {
        let reach = |effort| Tuning::of(&Options { effort, ..Options::default() }).reach2[7];
        assert!(reach(Effort::Fast) < reach(Effort::Balanced) && reach(Effort::Balanced) < reach(Effort::Smallest));
    }
}
