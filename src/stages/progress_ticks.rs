//! The delays of all frames in, the ticks of the progress bar out.
//!
//! The bar shows elapsed time: at the end of a tick, its length is the share of the play that has passed. Ticks divide the
//! delay of a frame. A frame that is too short for a tick does not change the bar; the next tick is larger instead.

use crate::model::delay::Delay;
use crate::model::progress_bar::Tick;

/// Time between ticks in centiseconds: five ticks a second look smooth on a bar that takes many seconds.
const INTERVAL_CS: u64 = 20;
/// Maximum number of ticks. In a long GIF the interval grows instead. A tick takes about 40 bytes.
const MOST_TICKS: u64 = 300;

/// Returns the ticks of each frame, for a bar of `width` pixels. The ticks of a frame together are shorter than its delay; the
/// remainder is the time before the first tick.
#[must_use]
pub fn ticks(delays: &[Delay], width: usize) -> Vec<Vec<Tick>> {
    let cs = |delay: &Delay| u64::from(delay.centiseconds());
    let total: u64 = delays.iter().map(cs).sum();
    let interval = INTERVAL_CS.max(total.div_ceil(MOST_TICKS));
    let (mut start, mut drawn) = (0, 0);
    let last = delays.len().saturating_sub(1);
    let of_frame = |(at, delay): (usize, &Delay)| {
        let hold = cs(delay);
        let parts = hold / interval;
        // At the end of the last frame the bar is full in any case.
        let parts = if at == last && hold >= 2 * cs(&Delay::MIN) { parts.max(2) } else { parts.max(1) };
        let moment = |part: u64| hold * part / parts;
        let mut ticks: Vec<Tick> = Vec::new();
        for part in 1..parts {
            let delay = Delay::clamped(moment(part + 1) - moment(part));
            let filled = width as u64 * (start + moment(part + 1)) / total;
            match ticks.last_mut() {
                // Less time has passed than one pixel represents: the bar does not move.
                Some(before) if filled == drawn => {
                    before.delay = Delay::clamped(cs(&before.delay) + cs(&delay));
                }
                None if filled == drawn => {}
                _ => ticks.push(Tick { left: drawn as u16, width: (filled - drawn) as u16, delay }),
            }
            drawn = filled;
        }
        start += hold;
        ticks
    };
    delays.iter().enumerate().map(of_frame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(delays_cs: &[u64], width: usize) -> Vec<Vec<Tick>> {
        ticks(&delays_cs.iter().map(|&cs| Delay::clamped(cs)).collect::<Vec<_>>(), width)
    }

    #[test]
    fn no_frames_have_no_ticks() {
        assert!(ticks(&[], 100).is_empty());
    }

    #[test]
    fn ticks_join_end_at_the_full_width_and_leave_the_frame_some_time() {
        for delays in [vec![90, 200, 35], vec![2; 50], vec![3, 600, 4], vec![65_535; 3], vec![20, 21, 39, 40, 41, 2, 8]]
        {
            for width in [1, 7, 640, 32_767] {
                let found = of(&delays, width);
                let mut end = 0;
                for (ticks, &delay) in found.iter().zip(&delays) {
                    let ticking: u64 = ticks.iter().map(|tick| u64::from(tick.delay.centiseconds())).sum();
                    assert!(ticks.is_empty() || ticking + 2 <= delay, "{delays:?}: {ticks:?}");
                    for tick in ticks {
                        assert!(usize::from(tick.left) == end && tick.width > 0, "{delays:?}: {ticks:?}");
                        end += usize::from(tick.width);
                    }
                }
                let full = if delays[delays.len() - 1] >= 4 { width } else { 0 };
                assert!(end >= full && end <= width, "{delays:?}: {end} of {width}");
                let count: usize = found.iter().map(Vec::len).sum();
                assert!(count <= MOST_TICKS as usize + 1, "{count}");
            }
        }
    }

    #[test]
    fn the_bar_shows_the_time_that_is_over_at_the_end_of_each_tick() {
        let tick = |left, width, cs| Tick { left, width, delay: Delay::clamped(cs) };
        assert_eq!(of(&[60, 10, 30], 100), [vec![tick(0, 40, 20), tick(40, 20, 20)], vec![], vec![tick(60, 40, 15)]]);
    }

    #[test]
    fn a_narrow_bar_ticks_only_when_it_grows() {
        let found = of(&[400], 2);
        assert_eq!(found[0].len(), 2);
        assert_eq!(found[0].iter().map(|tick| tick.delay.centiseconds()).collect::<Vec<_>>(), [200, 20]);
    }
}
