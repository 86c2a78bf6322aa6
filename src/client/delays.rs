//! The delays of the client: pauses between polls, and exponential backoff with full jitter between retries.
//! The random numbers come from a seed, so that a run can be repeated.

use super::retry_after::RETRY_AFTER_CAP_MS;

/// Retries of one call after 408, 429, 500, 502 to 504 or a failed connection.
pub const MAX_RETRIES: u32 = 5;

const POLL_START_MS: u64 = 2_000;
const POLL_CAP_MS: u64 = 30_000;
const RETRY_START_MS: u64 = 1_000;
const RETRY_CAP_MS: u64 = 30_000;
/// Full jitter can draw 0; even then a server gets a pause.
const FLOOR_MS: u64 = 200;

/// Numbers that look random and depend on the seed alone (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Jitter(u64);

impl Jitter {
    /// A source for `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A delay between a short floor and `bound`, each as likely as the others ("full jitter").
    pub fn up_to(&mut self, bound_ms: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % (bound_ms + 1)).max(FLOOR_MS.min(bound_ms))
    }
}

/// The delays between polls: a bound that starts at 2 s and grows by 1.6 up to 30 s, with full jitter.
#[derive(Debug, Clone)]
pub struct PollIntervals {
    bound_ms: u64,
    cap_ms: u64,
}

impl PollIntervals {
    /// The schedule whose first bound is `start_ms` (default 2 s).
    #[must_use]
    pub fn new(start_ms: Option<u64>) -> Self {
        let bound_ms = start_ms.unwrap_or(POLL_START_MS).max(FLOOR_MS);
        Self { bound_ms, cap_ms: POLL_CAP_MS.max(bound_ms) }
    }

    /// The delay before the next poll.
    pub fn next(&mut self, jitter: &mut Jitter) -> u64 {
        let delay = jitter.up_to(self.bound_ms);
        self.bound_ms = (self.bound_ms * 8 / 5).min(self.cap_ms);
        delay
    }
}

/// The delay before retry number `retry` (0 is the first) of a call: what the server asks for, else doubling with jitter.
pub fn retry_delay_ms(retry: u32, asked_ms: Option<u64>, jitter: &mut Jitter) -> u64 {
    let bound = (RETRY_START_MS << retry.min(16)).min(RETRY_CAP_MS);
    let own = jitter.up_to(bound);
    asked_ms.map_or(own, |asked| asked.clamp(FLOOR_MS, RETRY_AFTER_CAP_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poll_delays_stay_under_a_bound_that_grows_to_thirty_seconds() {
        let (mut poll, mut jitter) = (PollIntervals::new(None), Jitter::new(1));
        let mut bound = 2_000_u64;
        for _ in 0..50 {
            let delay = poll.next(&mut jitter);
            assert!((FLOOR_MS..=bound).contains(&delay), "{delay} of {bound}");
            bound = (bound * 8 / 5).min(30_000);
        }
        assert_eq!(bound, 30_000);
    }

    #[test]
    fn the_same_seed_gives_the_same_delays() {
        let draw = |seed| {
            (0..20).map(|_| 0).scan(Jitter::new(seed), |jitter, _: u8| Some(jitter.up_to(9_999))).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn the_server_s_wish_goes_before_the_own_schedule() {
        let mut jitter = Jitter::new(3);
        assert_eq!(retry_delay_ms(0, Some(9_000), &mut jitter), 9_000);
        assert_eq!(retry_delay_ms(0, Some(0), &mut jitter), FLOOR_MS);
        assert!(retry_delay_ms(4, None, &mut jitter) <= 16_000);
        assert!(retry_delay_ms(99, None, &mut jitter) <= 30_000);
    }
}
