//! How long each frame stays.

use crate::model::delay::{Delay, Rounding};
use crate::model::options::Pace;

/// What is known of one screenshot's time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrameTiming {
    /// An explicit wish in milliseconds, which always wins.
    pub delay_ms: Option<f64>,
    /// When the screenshot was taken, in milliseconds.
    pub timestamp_ms: Option<f64>,
    /// The text the frame shows.
    pub caption: Option<String>,
}

/// Delays for groups of merged screenshots: each group gets the time of all of its members.
#[must_use]
pub fn delays(pace: Pace, groups: &[&[FrameTiming]]) -> Vec<Delay> {
    let each = match pace {
        Pace::Uniform(ms) => ms,
        Pace::Readable => 1500.0,
    };
    let mut rounding = Rounding::default();
    groups.iter().map(|group| rounding.next(group.iter().map(|timing| timing.delay_ms.unwrap_or(each)).sum())).collect()
}
