//! Delays of frames in centiseconds, the parts that a delay is made of, and rounding whose errors do not accumulate.

use std::ops::RangeInclusive;

use super::error::{ErrorKind, Result};

/// Longest delay of one image of a GIF in centiseconds: the format stores 16 bits (GIF89a section 23).
const IMAGE_MAX_CS: u32 = u16::MAX as u32;

/// Delay of a frame in centiseconds, from [`Delay::MIN`] to [`Delay::MAX`]. A delay that is too long for one image is divided among
/// several, see [`Delay::per_image`].
///
/// All browsers play 0 and 1 as 100 ms, to slow down old animations, so the minimum is 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delay(u32);

impl Delay {
    /// The shortest delay every browser plays as written: 20 ms.
    pub const MIN: Self = Self(2);
    /// The longest delay: its milliseconds fit into 32 bits, which is 49 days.
    pub const MAX: Self = Self(u32::MAX / 10);

    /// Limits `centiseconds` to the range of a delay.
    #[must_use]
    pub fn clamped(centiseconds: u64) -> Self {
        Self(centiseconds.clamp(Self::MIN.0.into(), Self::MAX.0.into()) as u32)
    }

    /// Centiseconds.
    #[must_use]
    pub fn centiseconds(self) -> u32 {
        self.0
    }

    /// Milliseconds.
    #[must_use]
    pub fn millis(self) -> u32 {
        self.0 * 10
    }

    /// Number of images that the delay takes.
    #[must_use]
    pub fn images(self) -> usize {
        self.0.div_ceil(IMAGE_MAX_CS) as usize
    }

    /// The delay of each image, in centiseconds, as the graphic control extension stores it; none is more than 1 longer
    /// than another.
    pub fn per_image(self) -> impl Iterator<Item = u16> {
        let (total, images) = (u64::from(self.0), self.images() as u64);
        (0..images).map(move |image| (total * (image + 1) / images - total * image / images) as u16)
    }
}

/// The range of explicit delays in milliseconds: from the shortest one that browsers play as written to one day.
pub const EXPLICIT_MS: RangeInclusive<f64> = 20.0..=86_400_000.0;

/// Checks an explicit delay in milliseconds.
///
/// # Errors
/// `BAD_OPTION` with what was expected and what was found.
pub fn check_explicit(option: &'static str, ms: f64) -> Result<()> {
    if EXPLICIT_MS.contains(&ms) {
        return Ok(());
    }
    // Rounded away from the range, so that the reported number is outside it. NaN counts as 0.
    let found = if ms < *EXPLICIT_MS.start() { ms.floor() } else { ms.ceil() } as i64;
    Err(ErrorKind::BadOption { option, reason: format!("expected 20..=86400000 ms, found {found}") }.into())
}

/// The parts of a frame's time in milliseconds. Their sum is the delay before it is rounded to centiseconds; the rounding
/// changes the whole GIF by less than 10 ms.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DelayParts {
    /// Time to notice that something changed.
    pub base_ms: f64,
    /// Time for the area that changed.
    pub area_ms: f64,
    /// Time for the detail in that area, such as text.
    pub detail_ms: f64,
    /// Time for further screenshots that show the same.
    pub held_ms: f64,
    /// Time to read the caption.
    pub caption_ms: f64,
    /// Change due to timestamps; negative if they shorten the time.
    pub tempo_ms: f64,
    /// Change due to the shortest and the longest computed delay.
    pub clamp_ms: f64,
    /// Additional time of the first frame that shows something, and of the last frame.
    pub ends_ms: f64,
    /// Explicit delays that the caller gave.
    pub explicit_ms: f64,
    /// Change due to the options `speed` and `maxDuration`.
    pub length_ms: f64,
}

/// The time that was given up so that a GIF is not longer than `maxDuration`, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GivenUp {
    /// Time of all frames without the limit.
    pub full_ms: f64,
    /// Given up: holds and idle time.
    pub holds_ms: f64,
    /// Given up: time to look.
    pub look_ms: f64,
    /// Given up: time to read captions.
    pub captions_ms: f64,
}

impl DelayParts {
    /// Sum of all parts.
    #[must_use]
    pub fn sum(&self) -> f64 {
        let looking = self.base_ms + self.area_ms + self.detail_ms + self.held_ms + self.tempo_ms;
        looking + self.caption_ms + self.clamp_ms + self.ends_ms + self.explicit_ms + self.length_ms
    }
}

/// Rounds times in milliseconds to delays. The end of each frame is rounded, not its length, so that rounding errors do not
/// accumulate.
#[derive(Debug, Default)]
pub struct Rounding {
    wished_ms: f64,
    given_cs: u64,
}

impl Rounding {
    /// Returns the delay of the next frame, whose time is `ms` milliseconds.
    pub fn next(&mut self, ms: f64) -> Delay {
        self.wished_ms += ms.clamp(0.0, 1e12);
        let end_cs = (self.wished_ms / 10.0 + 0.5).floor() as u64;
        let delay = Delay::clamped(end_cs.saturating_sub(self.given_cs));
        self.given_cs += u64::from(delay.0);
        delay
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remainder_is_carried() {
        let mut rounding = Rounding::default();
        let total: u32 = (0..300).map(|_| rounding.next(33.333).millis()).sum();
        assert!(total.abs_diff(10_000) < 10, "{total}");
    }

    #[test]
    fn no_delay_is_below_two_centiseconds() {
        let mut rounding = Rounding::default();
        assert!((0..50).all(|_| rounding.next(1.0) >= Delay::MIN));
    }

    #[test]
    fn a_delay_is_held_to_what_a_frame_can_have() {
        for (centiseconds, held) in
            [(0, 2), (1, 2), (2, 2), (3, 3), (65_535, 65_535), (65_536, 65_536), (1 << 40, u32::MAX / 10)]
        {
            let delay = Delay::clamped(centiseconds);
            assert_eq!((delay.centiseconds(), delay.millis()), (held, held * 10));
        }
    }

    #[test]
    fn a_delay_that_one_image_cannot_have_is_divided_among_several() {
        let per_image = |cs| Delay::clamped(cs).per_image().collect::<Vec<_>>();
        assert_eq!(per_image(2), [2]);
        assert_eq!(per_image(65_535), [65_535]);
        assert_eq!(per_image(65_536), [32_768, 32_768]);
        assert_eq!(per_image(131_071), [43_690, 43_690, 43_691]);
        for cs in [2, 3, 65_535, 65_536, 8_640_000, u64::from(u32::MAX / 10)] {
            let (delay, found) = (Delay::clamped(cs), per_image(cs));
            assert_eq!(found.iter().map(|&cs| u64::from(cs)).sum::<u64>(), cs);
            assert!(found.len() == delay.images() && found.iter().all(|&cs| cs >= 2), "{cs}");
        }
    }

    #[test]
    fn ends_are_rounded_to_the_nearest_centisecond() {
        let mut rounding = Rounding::default();
        let delays = [24.0, 24.0, 27.0, 34.9, 40.2].map(|ms| rounding.next(ms).centiseconds());
        // Ends at 24, 48, 75, 109.9 and 150.1 ms.
        assert_eq!(delays, [2, 3, 3, 3, 4]);
    }

    #[test]
    fn what_a_short_frame_got_too_much_is_taken_from_the_next() {
        let mut rounding = Rounding::default();
        assert_eq!([0.0, 100.0, -50.0, 100.0].map(|ms| rounding.next(ms).centiseconds()), [2, 8, 2, 8]);
    }

    #[test]
    fn a_delay_is_the_sum_of_its_parts() {
        let parts = DelayParts {
            base_ms: 1.0,
            area_ms: 2.0,
            detail_ms: 4.0,
            held_ms: 8.0,
            caption_ms: 16.0,
            tempo_ms: 32.0,
            clamp_ms: 64.0,
            ends_ms: 128.0,
            explicit_ms: 256.0,
            length_ms: -512.0,
        };
        assert!((parts.sum() + 1.0).abs() < f64::EPSILON);
    }
}
