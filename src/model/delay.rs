//! How long a frame stays.

/// Time a frame stays, in centiseconds: 2..=65535.
///
/// Browsers play 0 and 1 as 100 ms (reference: gif-format, section 1), so 2 is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delay(u16);

impl Delay {
    /// The shortest delay every browser plays as written.
    pub const MIN: Self = Self(2);
    /// The longest delay a frame can have: 655.35 s.
    pub const MAX: Self = Self(u16::MAX);

    /// The delay nearest to `centiseconds` that a frame can have.
    #[must_use]
    pub fn clamped(centiseconds: u64) -> Self {
        Self(centiseconds.clamp(Self::MIN.0.into(), Self::MAX.0.into()) as u16)
    }

    /// Centiseconds, as the graphic control extension stores them.
    #[must_use]
    pub fn centiseconds(self) -> u16 {
        self.0
    }

    /// Milliseconds.
    #[must_use]
    pub fn millis(self) -> u32 {
        u32::from(self.0) * 10
    }
}

/// Turns wishes in milliseconds into delays whose rounding errors do not add up: each end is rounded, not each length.
#[derive(Debug, Default)]
pub struct Rounding {
    wished_ms: f64,
    given_cs: u64,
}

impl Rounding {
    /// The delay for a frame that should stay `ms` milliseconds more.
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
}
