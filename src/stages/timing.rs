//! How long each frame stays.
//!
//! Only `+ - * /` and square roots: those are exact to the last bit everywhere, so native and wasm agree.

use crate::model::delay::{Delay, DelayParts, Rounding};
use crate::model::options::Pace;
use crate::model::order::sorted_by_key;

// All times in milliseconds. Reading times follow subtitling practice: the BBC subtitle guidelines (160 to 180 words a
// minute), the Netflix timed text style guides (characters a second by language; 5/6 s to 7 s on screen) and the
// six-second rule (two full lines in 6 s, hence at most 6 s). The others were chosen by eye.

/// To notice that something happened.
const BASE_MS: f64 = 900.0;
/// To look over a screen that changed everywhere. Grows with the square root: twice the area is not twice the news.
const AREA_MS: f64 = 1200.0;
/// To take in detail such as text, were the whole screen full of it. A page of text is at about a tenth.
const DETAIL_MS: f64 = 2000.0;
/// For each further screenshot in which nothing changed.
const HELD_MS: f64 = 900.0;
/// A word of a caption: 180 a minute, rounded.
const WORD_MS: f64 = 330.0;
/// A letter, space or mark of a caption: 15 a second, the slow end of what adults are given.
const LETTER_MS: f64 = 1000.0 / 15.0;
/// A Hangul syllable: 12 a second.
const HANGUL_MS: f64 = 1000.0 / 12.0;
/// A Chinese or Japanese character: 6 a second, between 4 (Japanese) and 9 (Chinese).
const HAN_MS: f64 = 1000.0 / 6.0;
/// Shorter is a flicker.
const MIN_MS: f64 = 800.0;
/// Longer looks stuck.
const MAX_MS: f64 = 6000.0;
/// More for the first frame that shows something, where the eye has yet to find its way.
const FIRST_MS: f64 = 500.0;
/// More for the last, the result; it also tells the end from the next loop.
const LAST_MS: f64 = 1500.0;
/// How far timestamps bend the time to look: a step much quicker than the usual one, and one with idle time in it.
const TEMPO: (f64, f64) = (0.75, 1.5);

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

/// What there is to see in one frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sight<'a> {
    /// Share of the screen that changed, 0..=1.
    pub changed: f64,
    /// Share of the screen that is changed and busy: text, icons, photos.
    pub busy: f64,
    /// Whether it is a card, such as the title, and no screenshot.
    pub card: bool,
    /// How many screenshots the frame stands for.
    pub screenshots: u32,
    /// What is known of their times; may be fewer.
    pub timings: &'a [FrameTiming],
}

/// The delays of all frames, in order, and what each is made of.
#[must_use]
pub fn delays(pace: Pace, frames: &[Sight]) -> Vec<(Delay, DelayParts)> {
    let mut rounding = Rounding::default();
    match pace {
        Pace::Uniform(ms) => {
            let sum = |frame: &Sight| frame.timings.iter().map(|timing| timing.delay_ms.unwrap_or(ms)).sum();
            let explicit = |explicit_ms| DelayParts { explicit_ms, ..DelayParts::default() };
            frames.iter().map(sum).map(|ms| (rounding.next(ms), explicit(ms))).collect()
        }
        Pace::Readable => {
            let tempos = tempos(frames);
            let last = frames.len().saturating_sub(1);
            // A blank page at the start is not worth a hold, and a title's text has its own time.
            let first = frames.iter().position(|frame| frame.busy > 0.0 && !frame.card).unwrap_or(0);
            let hold = |at: usize| f64::from(at == first) * FIRST_MS + f64::from(at == last) * LAST_MS;
            let wish = |(at, frame): (usize, &Sight)| readable(frame, tempos[at], hold(at));
            frames.iter().enumerate().map(wish).map(|(ms, parts)| (rounding.next(ms), parts)).collect()
        }
    }
}

/// What the screenshots of a frame ask for explicitly, and what those that ask for nothing need.
fn readable(frame: &Sight, tempo: f64, hold: f64) -> (f64, DelayParts) {
    let explicit = |timing: &FrameTiming| timing.delay_ms.filter(|ms| ms.is_finite());
    let wishes: Vec<f64> = frame.timings.iter().filter_map(explicit).collect();
    let unset = frame.screenshots.max(1).saturating_sub(wishes.len() as u32);
    let mut ms: f64 = wishes.iter().map(|ms| ms.max(0.0)).sum();
    let mut parts = DelayParts { explicit_ms: ms, ..DelayParts::default() };
    if unset > 0 {
        let leads = frame.timings.first().is_none_or(|timing| explicit(timing).is_none());
        let share = |share: f64| share.clamp(0.0, 1.0).sqrt();
        if leads {
            parts.base_ms = BASE_MS;
            parts.area_ms = AREA_MS * share(frame.changed);
            parts.detail_ms = DETAIL_MS * share(frame.busy);
        }
        parts.held_ms = HELD_MS * f64::from(unset - u32::from(leads));
        let look = parts.base_ms + parts.area_ms + parts.detail_ms + parts.held_ms;
        // The picture shows one caption, so captions that differ are not read one after the other.
        let silent = frame.timings.iter().filter(|timing| explicit(timing).is_none());
        let read = silent.filter_map(|timing| timing.caption.as_deref()).map(reading_ms).fold(0.0, f64::max);
        parts.caption_ms = read;
        parts.tempo_ms = look * tempo - look;
        parts.clamp_ms = (look * tempo + read).clamp(MIN_MS, MAX_MS) - (look * tempo + read);
        parts.ends_ms = hold;
        let needed = (look * tempo + read).clamp(MIN_MS, MAX_MS) + hold;
        // Whole centiseconds, so that nothing is carried into an explicit delay.
        ms += (needed / 10.0 + 0.5).floor() * 10.0;
    }
    // Clamped here, so that what a frame cannot have is not made up for by the next one.
    let possible = ms.clamp(Delay::MIN.millis().into(), Delay::MAX.millis().into());
    parts.clamp_ms += possible - ms;
    (possible, parts)
}

/// How much longer than usual each frame's time was; all 1 unless every screenshot has a timestamp and they are in order.
/// A title card before them has no time of its own.
///
/// Measured against the usual gap, not in seconds: that an agent thinks for 10 s at each step says nothing about how long
/// to look, that one step took far longer than the others does.
fn tempos(frames: &[Sight]) -> Vec<f64> {
    let even = vec![1.0; frames.len()];
    let (cards, frames) = frames.split_at(usize::from(frames.first().is_some_and(|frame| frame.card)));
    let mut times = Vec::new();
    let mut starts = Vec::new();
    for frame in frames {
        let known = frame.timings.iter().filter_map(|timing| timing.timestamp_ms.filter(|ms| ms.is_finite()));
        starts.push(times.len());
        times.extend(known);
        if times.len() - starts[starts.len() - 1] != frame.screenshots as usize || frame.screenshots == 0 {
            return even;
        }
    }
    if !times.is_sorted() {
        return even;
    }
    let gaps: Vec<f64> = starts.windows(2).map(|pair| times[pair[1]] - times[pair[0]]).collect();
    // Numbers that are not negative are in the order of their bits.
    let sorted = sorted_by_key(&gaps, |gap| gap.to_bits());
    match sorted.get(gaps.len() / 2) {
        Some(&usual) if usual > 0.0 => {
            let tempo = |gap: f64| (gap / usual).sqrt().clamp(TEMPO.0, TEMPO.1);
            // Nobody knows how long the last one lasted.
            cards.iter().map(|_| 1.0).chain(gaps.into_iter().map(tempo)).chain([1.0]).collect()
        }
        _ => even,
    }
}

/// Time to read a caption: by words or by letters, whichever is longer, and by characters in scripts without spaces.
fn reading_ms(caption: &str) -> f64 {
    let (mut words, mut letters, mut in_word, mut dense_ms) = (0_u32, 0_u32, false, 0.0);
    for char in caption.chars() {
        let dense = dense_ms_of(char).filter(|_| !char.is_whitespace());
        let begins = !in_word && dense.is_none() && !char.is_whitespace();
        in_word = dense.is_none() && !char.is_whitespace();
        dense_ms += dense.unwrap_or(0.0);
        letters += u32::from(in_word) + u32::from(begins && words > 0);
        words += u32::from(begins);
    }
    (WORD_MS * f64::from(words)).max(LETTER_MS * f64::from(letters)) + dense_ms
}

/// The time for a character that says as much as several letters.
fn dense_ms_of(char: char) -> Option<f64> {
    match char {
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}' => Some(HANGUL_MS),
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}' => {
            Some(HAN_MS)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLANK: FrameTiming = FrameTiming { delay_ms: None, timestamp_ms: None, caption: None };

    fn wishing(ms: f64) -> FrameTiming {
        FrameTiming { delay_ms: Some(ms), ..BLANK }
    }

    fn taken_at(ms: f64) -> FrameTiming {
        FrameTiming { timestamp_ms: Some(ms), ..BLANK }
    }

    fn saying(caption: &str) -> FrameTiming {
        FrameTiming { caption: Some(caption.into()), ..BLANK }
    }

    fn sight(timings: &[FrameTiming]) -> Sight<'_> {
        Sight { changed: 0.1, busy: 0.01, card: false, screenshots: timings.len() as u32, timings }
    }

    fn millis(frames: &[Sight]) -> Vec<u32> {
        delays(Pace::Readable, frames).into_iter().map(|(delay, _)| delay.millis()).collect()
    }

    /// The time of a frame that is neither the first nor the last.
    fn inner(frame: Sight) -> u32 {
        let other = sight(&[BLANK]);
        millis(&[other, frame, other])[1]
    }

    #[test]
    fn no_frames_have_no_delays() {
        assert!(millis(&[]).is_empty());
        assert!(delays(Pace::Uniform(100.0), &[]).is_empty());
    }

    #[test]
    fn a_uniform_pace_gives_each_screenshot_its_time() {
        let timings = [BLANK, BLANK, wishing(40.0)];
        let found = delays(Pace::Uniform(100.0), &[sight(&timings[..1]), sight(&timings[1..])]);
        assert_eq!(found.iter().map(|(delay, _)| delay.millis()).collect::<Vec<_>>(), [100, 140]);
    }

    #[test]
    fn more_change_never_shortens_a_frame() {
        let steps = || (0..=40).map(|step| f64::from(step) / 40.0);
        let by_area: Vec<u32> = steps().map(|changed| inner(Sight { changed, ..sight(&[BLANK]) })).collect();
        let by_detail: Vec<u32> = steps().map(|busy| inner(Sight { changed: 1.0, busy, ..sight(&[BLANK]) })).collect();
        assert!(by_area.is_sorted() && by_area[0] < by_area[40], "{by_area:?}");
        assert!(by_detail.is_sorted() && by_detail[0] < by_detail[40], "{by_detail:?}");
    }

    #[test]
    fn a_longer_caption_never_shortens_a_frame() {
        for text in [
            "Open the shop and look for a red chair",
            "在商店里找一把红色的椅子",
            "mixed 混合 text 文字!",
            "가게를 열고 찾기",
        ] {
            let starts = text.char_indices().map(|(end, _)| &text[..end]).chain([text]);
            let found: Vec<u32> = starts.map(|start| inner(sight(&[saying(start)]))).collect();
            assert!(found.is_sorted() && found[0] < found[found.len() - 1], "{text}: {found:?}");
        }
    }

    #[test]
    fn reading_takes_a_third_of_a_second_a_word_a_fifteenth_a_letter_or_a_sixth_a_chinese_character() {
        let texts =
            [(" a  b c ", 990.0), ("internationalization", 20_000.0 / 15.0), ("红色椅子。", 5000.0 / 6.0), ("", 0.0)];
        for (text, ms) in texts {
            assert!((reading_ms(text) - ms).abs() < 1e-6, "{text}");
        }
    }

    #[test]
    fn frames_without_a_wish_stay_within_the_clamp() {
        let essay = "word ".repeat(10_000);
        assert_eq!(inner(Sight { changed: 9.0, busy: 9.0, ..sight(&[saying(&essay)]) }), MAX_MS as u32);
        assert!(inner(Sight { changed: 0.0, busy: 0.0, card: false, screenshots: 1, timings: &[] }) >= MIN_MS as u32);
    }

    #[test]
    fn the_first_and_the_last_frame_are_held() {
        let shown = sight(&[BLANK]);
        let found = millis(&[shown; 3]);
        assert_eq!([found[0], found[2]], [found[1] + FIRST_MS as u32, found[1] + LAST_MS as u32]);
        let behind_a_blank_page = millis(&[Sight { busy: 0.0, ..shown }, shown, shown])[1];
        assert_eq!(behind_a_blank_page, found[0]);
    }

    #[test]
    fn a_title_card_does_not_take_the_first_frames_hold_and_needs_no_timestamp() {
        let timings = [saying("Buy a chair"), taken_at(0.0), taken_at(5000.0), taken_at(19_000.0), taken_at(24_000.0)];
        let frames: Vec<Sight> = timings.iter().map(|timing| sight(std::slice::from_ref(timing))).collect();
        let card = Sight { card: true, ..frames[0] };
        let titled = millis(&[&[card], &frames[1..]].concat());
        assert_eq!(titled[1..], millis(&frames[1..]));
        assert_eq!(titled[0], inner(card));
    }

    #[test]
    fn explicit_delays_win() {
        let timings = [wishing(50.0), wishing(9000.0), wishing(30.0), wishing(40.0), BLANK];
        let [first, long, merged] = [sight(&timings[..1]), sight(&timings[1..2]), sight(&timings[2..4])];
        assert_eq!(millis(&[first, sight(&timings[4..]), long, merged])[2..], [9000, 70]);
        assert_eq!(millis(&[first, long, merged]), [50, 9000, 70]);
    }

    #[test]
    fn holds_survive_merging() {
        let held = |count| inner(sight(&vec![BLANK; count]));
        assert!(held(1) < held(2) && held(2) < held(3));
        assert_eq!(held(100), MAX_MS as u32);
        assert_eq!(inner(sight(&[wishing(2000.0), BLANK])), 2000 + HELD_MS as u32);
        assert_eq!(inner(Sight { timings: &[], ..sight(&[BLANK, BLANK]) }), held(2));
    }

    #[test]
    fn the_parts_add_up_and_say_what_they_are_for() {
        let timings = [saying("Open the shop"), wishing(40.0), BLANK, taken_at(0.0), wishing(1e9)];
        let frames = [sight(&timings[..1]), sight(&timings[1..3]), sight(&timings[3..4]), sight(&timings[4..])];
        for pace in [Pace::Readable, Pace::Uniform(123.0)] {
            for (frame, (delay, parts)) in frames.iter().zip(delays(pace, &frames)).take(3) {
                assert!((parts.sum() - f64::from(delay.millis())).abs() < 10.0, "{frame:?}: {delay:?} {parts:?}");
            }
        }
        let found: Vec<DelayParts> = delays(Pace::Readable, &frames).into_iter().map(|(_, parts)| parts).collect();
        assert_eq!((found[0].caption_ms, found[0].ends_ms, found[0].explicit_ms), (3.0 * WORD_MS, FIRST_MS, 0.0));
        assert_eq!((found[1].explicit_ms, found[1].held_ms, found[1].base_ms), (40.0, HELD_MS, 0.0));
        assert!((found[3].clamp_ms - (655_350.0 - 1e9)).abs() < 1e-3);
    }

    #[test]
    fn the_parts_tell_of_tempo_and_clamp() {
        let timings = [0.0, 5000.0, 10_000.0, 40_000.0, 45_000.0].map(taken_at);
        let frames: Vec<Sight> = timings.iter().map(|timing| sight(std::slice::from_ref(timing))).collect();
        let found = delays(Pace::Readable, &frames);
        assert!(found[1].1.tempo_ms.abs() < 1e-9 && found[2].1.tempo_ms > 100.0, "{found:?}");
        let essay = "word ".repeat(100);
        let long = delays(Pace::Readable, &[sight(&[saying(&essay)])])[0].1;
        assert!(long.clamp_ms < 0.0 && (long.sum() - long.ends_ms - MAX_MS).abs() < 1e-6, "{long:?}");
    }

    #[test]
    fn every_delay_is_one_that_a_frame_can_have() {
        let timings = [wishing(0.0), wishing(-5.0), wishing(1e9), wishing(1000.0), wishing(f64::NAN)];
        let frames: Vec<Sight> = timings.iter().map(|timing| sight(std::slice::from_ref(timing))).collect();
        assert_eq!(millis(&frames)[..4], [20, 20, 655_350, 1000]);
    }

    #[test]
    fn the_total_is_right_to_ten_milliseconds() {
        let timings = vec![wishing(33.333); 301];
        let frames: Vec<Sight> = timings.iter().map(|timing| sight(std::slice::from_ref(timing))).collect();
        let total = f64::from(millis(&frames).iter().sum::<u32>());
        assert!((total - 301.0 * 33.333).abs() < 10.0, "{total}");
    }

    #[test]
    fn timestamps_bend_and_idle_gaps_are_capped() {
        let found = |third: f64| {
            let timings = [0.0, 5000.0, 10_000.0, 10_000.0 + third, 15_000.0 + third, 20_000.0 + third].map(taken_at);
            let frames: Vec<Sight> = timings.iter().map(|timing| sight(std::slice::from_ref(timing))).collect();
            millis(&frames)
        };
        let [quick, usual, slow, idle] = [100.0, 5000.0, 8000.0, 3_600_000.0].map(|gap| found(gap)[2]);
        assert_eq!(usual, inner(sight(&[BLANK])));
        assert!(quick < usual && usual < slow && slow < idle && f64::from(idle) <= f64::from(usual) * TEMPO.1 + 10.0);
        assert_eq!(found(-8000.0)[2], usual, "timestamps out of order say nothing");
    }
}
