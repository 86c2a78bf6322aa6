use proptest::prelude::*;

use super::*;

const READABLE_MS: (f64, f64) = (800.0, 6000.0);

fn options(speed: f64, max_ms: Option<f64>) -> LengthOptions {
    LengthOptions { speed, max_ms, readable_ms: READABLE_MS }
}

/// A frame of 900 ms to notice, and what else is given.
fn frame(changed: f64, caption_ms: f64, ends_ms: f64) -> FrameLength {
    let parts = DelayParts { base_ms: 900.0, area_ms: 1200.0 * changed, caption_ms, ends_ms, ..DelayParts::default() };
    let bounded = parts.sum() - ends_ms;
    let clamp_ms = bounded.clamp(READABLE_MS.0, READABLE_MS.1) - bounded;
    FrameLength { parts: DelayParts { clamp_ms, ..parts }, changed, ..FrameLength::default() }
}

fn explicit(ms: f64) -> FrameLength {
    FrameLength {
        parts: DelayParts { explicit_ms: ms, ..DelayParts::default() },
        changed: 0.1,
        is_explicit: true,
        ..FrameLength::default()
    }
}

fn within(frames: &[FrameLength], max_ms: f64) -> Result<Fitted> {
    fit(frames, options(1.0, Some(max_ms)))
}

fn millis(fitted: &Fitted) -> Vec<u32> {
    fitted.delays.iter().map(|(delay, _)| delay.millis()).collect()
}

/// The times of a GIF that has at most `max_ms`, and the places of the frames in it; frames are left out as asked.
fn shown(frames: &[FrameLength], max_ms: f64) -> Result<(Vec<usize>, Fitted)> {
    let mut places: Vec<usize> = (0..frames.len()).collect();
    let fitted = within(frames, max_ms)?;
    places.retain(|place| !fitted.left_out.contains(place));
    let rest: Vec<FrameLength> = places.iter().map(|&place| frames[place]).collect();
    let fitted = within(&rest, max_ms)?;
    assert!(fitted.left_out.is_empty(), "what is left fits");
    Ok((places, fitted))
}

#[test]
fn holds_go_first_then_time_to_look_then_what_a_quick_reader_does_not_need() {
    let frames = [frame(1.0, 1600.0, 500.0), frame(1.0, 1600.0, 1500.0)];
    // Whole: 4200 and 5200 ms; without holds 3700 each; a glance and the caption 2000 each; read quickly 1400 each.
    assert_eq!(millis(&within(&frames, 9400.0).unwrap()), [4200, 5200]);
    assert_eq!(millis(&within(&frames, 8400.0).unwrap()), [3950, 4450]);
    assert_eq!(millis(&within(&frames, 7400.0).unwrap()), [3700, 3700]);
    assert_eq!(millis(&within(&frames, 5700.0).unwrap()), [2850, 2850]);
    assert_eq!(millis(&within(&frames, 4000.0).unwrap()), [2000, 2000]);
    let shortest = within(&frames, 2809.0).unwrap();
    assert_eq!(millis(&shortest), [1400, 1400]);
    let expected = GivenUp { full_ms: 9400.0, holds_ms: 2000.0, look_ms: 3400.0, captions_ms: 1200.0 };
    assert_eq!(shortest.given_up, expected);
    assert!((shortest.delays[1].1.length_ms + 3800.0).abs() < 1e-9);
    let error = within(&frames, 2799.0).unwrap_err();
    assert_eq!(error.kind, ErrorKind::CannotFit { found_ms: 2800, allowed_ms: 2790 });
}

#[test]
fn idle_time_goes_with_the_holds_and_the_time_of_a_quick_step_is_not_made_longer() {
    let slow = DelayParts { base_ms: 1000.0, held_ms: 600.0, tempo_ms: 800.0, ..DelayParts::default() };
    let quick = DelayParts { base_ms: 1200.0, tempo_ms: -300.0, ..DelayParts::default() };
    let frames = [slow, quick].map(|parts| FrameLength { parts, ..FrameLength::default() });
    assert_eq!(millis(&within(&frames, 1900.0).unwrap()), [1000, 900]);
}

#[test]
fn times_that_were_asked_for_stand_unless_speed_is_asked_for() {
    let frames = [frame(0.5, 0.0, 0.0), explicit(5000.0), frame(0.5, 0.0, 0.0)];
    assert_eq!(millis(&within(&frames, 6700.0).unwrap())[1], 5000);
    assert!(within(&frames, 6500.0).is_err());
    let doubled = fit(&frames, options(2.0, Some(3300.0))).unwrap();
    assert_eq!(millis(&doubled), [400, 2500, 400]);
}

#[test]
fn of_many_small_changes_every_other_one_stays() {
    let frames: Vec<FrameLength> = (0..9).map(|_| frame(0.01, 0.0, 0.0)).collect();
    let (places, _) = shown(&frames, 4500.0).unwrap();
    assert_eq!(places, [0, 2, 4, 6, 8]);
}

#[test]
fn a_speed_has_no_delay_below_what_browsers_play() {
    let fitted = fit(&[explicit(20.0), explicit(30.0)], options(16.0, None)).unwrap();
    assert_eq!(millis(&fitted), [20, 20]);
    let none = fit(&[], options(1.0, Some(1000.0))).unwrap();
    assert!(none.delays.is_empty() && none.left_out.is_empty());
}

fn frames() -> impl Strategy<Value = Vec<FrameLength>> {
    let part = |most: f64| prop_oneof![Just(0.0), 0.0..most];
    let one = (part(1.0), part(5000.0), part(1500.0), part(3000.0), 0.75..1.5_f64, 0..12_u32);
    let one = one.prop_map(|(changed, caption_ms, ends_ms, held_ms, tempo, kind): (f64, f64, f64, f64, f64, u32)| {
        let parts = DelayParts {
            base_ms: 900.0,
            area_ms: 1200.0 * changed,
            held_ms,
            caption_ms,
            ends_ms,
            explicit_ms: if kind == 1 { 33.3 } else { 0.0 },
            ..DelayParts::default()
        };
        let look = parts.base_ms + parts.area_ms + parts.held_ms;
        let bounded = (look * tempo + caption_ms).clamp(READABLE_MS.0, READABLE_MS.1);
        let clamp_ms = bounded - look * tempo - caption_ms;
        let parts = DelayParts { tempo_ms: look * tempo - look, clamp_ms, ..parts };
        if kind == 0 {
            explicit(1234.5)
        } else {
            FrameLength { parts, changed, has_failed: kind <= 2, ..FrameLength::default() }
        }
    });
    proptest::collection::vec(one, 2..40)
}

proptest! {
    #[test]
    fn a_gif_is_never_longer_than_asked_and_more_time_never_shows_less(frames in frames(), short in 1000.0..60_000.0, more in 1.0..3.0) {
        let Ok((places, fitted)) = shown(&frames, short) else { return Ok(()) };
        let total = |fitted: &Fitted| millis(fitted).iter().map(|&ms| f64::from(ms)).sum::<f64>();
        prop_assert!(total(&fitted) <= short, "{} ms", total(&fitted));
        prop_assert!(places[0] == 0 && places.contains(&(frames.len() - 1)));
        prop_assert!((0..frames.len()).all(|place| !required(&frames)[place] || places.contains(&place)));
        let (longer, with_more) = shown(&frames, short * more).unwrap();
        prop_assert!(places.iter().all(|place| longer.contains(place)));
        prop_assert!(total(&with_more) + 10.0 >= total(&fitted));
        if longer == places {
            let pairs = millis(&fitted).into_iter().zip(millis(&with_more));
            prop_assert!(pairs.clone().all(|(less, more)| more + 10 >= less), "{:?}", pairs.collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_goes_never_changed_more_than_what_stays(frames in frames(), max_ms in 1000.0..60_000.0) {
        let Ok((places, _)) = shown(&frames, max_ms) else { return Ok(()) };
        let gone = (0..frames.len()).filter(|place| !places.contains(place));
        let most = gone.map(|place| frames[place].changed).fold(0.0, f64::max);
        for pair in places.windows(2) {
            // A frame shows what those before it changed that are left out.
            let seen: f64 = frames[pair[0] + 1..=pair[1]].iter().map(|frame| frame.changed).sum();
            let is_free = !required(&frames)[pair[1]];
            prop_assert!(!is_free || seen + 1e-9 >= most);
        }
    }

    #[test]
    fn the_last_given_up_is_the_last_needed(frames in frames(), max_ms in 1000.0..60_000.0) {
        let Ok(fitted) = within(&frames, max_ms) else { return Ok(()) };
        let GivenUp { full_ms, holds_ms, look_ms, captions_ms } = fitted.given_up;
        let levels: Vec<[f64; 4]> = frames.iter().map(|frame| levels(&frame.parts, options(1.0, None))).collect();
        let whole = |level: usize| levels.iter().map(|levels| levels[level] - levels[level + 1]).sum::<f64>();
        prop_assert!(look_ms < 1e-6 || (holds_ms - whole(0)).abs() < 1e-6);
        prop_assert!(captions_ms < 1e-6 || (look_ms - whole(1)).abs() < 1e-6);
        prop_assert!(fitted.left_out.is_empty() || (captions_ms - whole(2)).abs() < 1e-6);
        let given: f64 = millis(&fitted).iter().map(|&ms| f64::from(ms)).sum();
        prop_assert!((full_ms - holds_ms - look_ms - captions_ms - given).abs() < 10.0);
    }

    #[test]
    fn a_speed_scales_the_whole_gif(frames in frames(), speed in 0.1..16.0) {
        let fitted = fit(&frames, options(speed, None)).unwrap();
        let whole: f64 = frames.iter().map(|frame| levels(&frame.parts, options(1.0, None))[0]).sum();
        let total: f64 = millis(&fitted).iter().map(|&ms| f64::from(ms)).sum();
        prop_assert!((total - whole / speed).abs() < 10.0, "{total} of {whole} at {speed}");
        for (frame, (_, parts)) in frames.iter().zip(&fitted.delays) {
            prop_assert!((parts.sum() - frame.parts.sum() / speed).abs() <= 5.0 / speed + 1e-6);
        }
    }
}
