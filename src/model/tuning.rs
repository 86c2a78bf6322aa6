//! What an effort means in numbers.

use super::color::UNIT;
use super::options::{Effort, Options};

/// The numbers that decide between time, size and fidelity.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuning {
    /// Squared reach of lossy matching by activity, in squared fixed-point Oklab units.
    pub reach2: [i32; 8],
    /// Squared distance below which the quantizer does not divide colors further.
    pub merge2: f32,
    /// Rounds of k-means.
    pub rounds: u32,
    /// Stretches of codes that compress worse than the dictionary's filling times this many 256ths clear it.
    pub clear_shares: Vec<u32>,
}

impl Tuning {
    /// The numbers for `options`.
    #[must_use]
    pub fn of(options: &Options) -> Self {
        let default_lossy = match options.effort {
            Effort::Fast => 12,
            Effort::Balanced => 20,
            Effort::Smallest => 32,
        };
        let lossy = f64::from(options.lossy.unwrap_or(default_lossy)) / 1000.0;
        Self::with_reach(lossy, options.effort)
    }

    /// The numbers for a lossy reach in Oklab units.
    #[must_use]
    pub fn with_reach(reach: f64, effort: Effort) -> Self {
        let shares = [0.0, 0.5, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0];
        let reach2 = shares.map(|share: f64| {
            let fixed = reach * share * f64::from(UNIT);
            (fixed * fixed) as i32
        });
        Self { reach2, merge2: 0.0, rounds: if effort == Effort::Fast { 1 } else { 3 }, clear_shares: vec![256] }
    }
}
