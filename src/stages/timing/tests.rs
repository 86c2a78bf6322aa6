use super::*;

const MIN_MS: f64 = READABLE_MS.0;
const MAX_MS: f64 = READABLE_MS.1;

const BLANK: FrameTiming =
    FrameTiming { delay_ms: None, timestamp_ms: None, caption: None, click: None, failed: false };

fn wishing(ms: f64) -> FrameTiming {
    FrameTiming { delay_ms: Some(ms), ..BLANK }
}

fn taken_at(ms: f64) -> FrameTiming {
    FrameTiming { timestamp_ms: Some(ms), ..BLANK }
}

fn saying(caption: &str) -> FrameTiming {
    FrameTiming { caption: Some(caption.into()), ..BLANK }
}

fn view(timings: &[FrameTiming]) -> FrameView<'_> {
    FrameView { changed: 0.1, busy: 0.01, card: false, screenshots: timings.len() as u32, timings }
}

fn millis(frames: &[FrameView]) -> Vec<u32> {
    delays(Pace::Readable, frames).into_iter().map(|(delay, _)| delay.millis()).collect()
}

/// The time of a frame that is neither the first nor the last.
fn inner(frame: FrameView) -> u32 {
    let other = view(&[BLANK]);
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
    let found = delays(Pace::Uniform(100.0), &[view(&timings[..1]), view(&timings[1..])]);
    assert_eq!(found.iter().map(|(delay, _)| delay.millis()).collect::<Vec<_>>(), [100, 140]);
}

#[test]
fn more_change_never_shortens_a_frame() {
    let steps = || (0..=40).map(|step| f64::from(step) / 40.0);
    let by_area: Vec<u32> = steps().map(|changed| inner(FrameView { changed, ..view(&[BLANK]) })).collect();
    let by_detail: Vec<u32> = steps().map(|busy| inner(FrameView { changed: 1.0, busy, ..view(&[BLANK]) })).collect();
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
        let found: Vec<u32> = starts.map(|start| inner(view(&[saying(start)]))).collect();
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
    assert_eq!(inner(FrameView { changed: 9.0, busy: 9.0, ..view(&[saying(&essay)]) }), MAX_MS as u32);
    assert!(inner(FrameView { changed: 0.0, busy: 0.0, card: false, screenshots: 1, timings: &[] }) >= MIN_MS as u32);
}

#[test]
fn the_first_and_the_last_frame_are_held() {
    let shown = view(&[BLANK]);
    let found = millis(&[shown; 3]);
    assert_eq!([found[0], found[2]], [found[1] + FIRST_MS as u32, found[1] + LAST_MS as u32]);
    let behind_a_blank_page = millis(&[FrameView { busy: 0.0, ..shown }, shown, shown])[1];
    assert_eq!(behind_a_blank_page, found[0]);
}

#[test]
fn a_title_card_does_not_take_the_first_frames_hold_and_needs_no_timestamp() {
    let timings = [saying("Buy a chair"), taken_at(0.0), taken_at(5000.0), taken_at(19_000.0), taken_at(24_000.0)];
    let frames: Vec<FrameView> = timings.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
    let card = FrameView { card: true, ..frames[0] };
    let titled = millis(&[&[card], &frames[1..]].concat());
    assert_eq!(titled[1..], millis(&frames[1..]));
    assert_eq!(titled[0], inner(card));
}

#[test]
fn explicit_delays_win() {
    let timings = [wishing(50.0), wishing(9000.0), wishing(30.0), wishing(40.0), BLANK];
    let [first, long, merged] = [view(&timings[..1]), view(&timings[1..2]), view(&timings[2..4])];
    assert_eq!(millis(&[first, view(&timings[4..]), long, merged])[2..], [9000, 70]);
    assert_eq!(millis(&[first, long, merged]), [50, 9000, 70]);
}

#[test]
fn holds_survive_merging() {
    let held = |count| inner(view(&vec![BLANK; count]));
    assert!(held(1) < held(2) && held(2) < held(3));
    assert_eq!(held(100), MAX_MS as u32);
    assert_eq!(inner(view(&[wishing(2000.0), BLANK])), 2000 + HELD_MS as u32);
    assert_eq!(inner(FrameView { timings: &[], ..view(&[BLANK, BLANK]) }), held(2));
}

#[test]
fn the_parts_add_up_and_say_what_they_are_for() {
    let timings = [saying("Open the shop"), wishing(40.0), BLANK, taken_at(0.0), wishing(700_000.0)];
    let frames = [view(&timings[..1]), view(&timings[1..3]), view(&timings[3..4]), view(&timings[4..])];
    for pace in [Pace::Readable, Pace::Uniform(123.0)] {
        for (frame, (delay, parts)) in frames.iter().zip(delays(pace, &frames)) {
            assert!((parts.sum() - f64::from(delay.millis())).abs() < 10.0, "{frame:?}: {delay:?} {parts:?}");
        }
    }
    let found: Vec<DelayParts> = delays(Pace::Readable, &frames).into_iter().map(|(_, parts)| parts).collect();
    assert_eq!((found[0].caption_ms, found[0].ends_ms, found[0].explicit_ms), (3.0 * WORD_MS, FIRST_MS, 0.0));
    assert_eq!((found[1].explicit_ms, found[1].held_ms, found[1].base_ms), (40.0, HELD_MS, 0.0));
    assert_eq!((found[3].explicit_ms, found[3].clamp_ms), (700_000.0, 0.0));
}

#[test]
fn the_parts_tell_of_tempo_and_clamp() {
    let timings = [0.0, 5000.0, 10_000.0, 40_000.0, 45_000.0].map(taken_at);
    let frames: Vec<FrameView> = timings.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
    let found = delays(Pace::Readable, &frames);
    assert!(found[1].1.tempo_ms.abs() < 1e-9 && found[2].1.tempo_ms > 100.0, "{found:?}");
    let essay = "word ".repeat(100);
    let long = delays(Pace::Readable, &[view(&[saying(&essay)])])[0].1;
    assert!(long.clamp_ms < 0.0 && (long.sum() - long.ends_ms - MAX_MS).abs() < 1e-6, "{long:?}");
}

#[test]
fn a_time_that_one_image_cannot_have_stays_with_its_frame() {
    let timings = [wishing(20.0), wishing(86_400_000.0), wishing(1000.0), wishing(655_360.0), wishing(30.0)];
    let frames: Vec<FrameView> = timings.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
    let expected = [20, 86_400_000, 1000, 655_360, 30];
    assert_eq!(millis(&frames), expected);
    let uniform = delays(Pace::Uniform(700_000.0), &[view(&[BLANK]), view(&[BLANK])]);
    assert_eq!(uniform.iter().map(|(delay, _)| delay.millis()).collect::<Vec<_>>(), [700_000; 2]);
}

#[test]
fn the_total_is_right_to_ten_milliseconds() {
    let timings = vec![wishing(33.333); 301];
    let frames: Vec<FrameView> = timings.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
    let total = f64::from(millis(&frames).iter().sum::<u32>());
    assert!((total - 301.0 * 33.333).abs() < 10.0, "{total}");
}

#[test]
fn timestamps_bend_and_idle_gaps_are_capped() {
    let found = |third: f64| {
        let timings = [0.0, 5000.0, 10_000.0, 10_000.0 + third, 15_000.0 + third, 20_000.0 + third].map(taken_at);
        let frames: Vec<FrameView> = timings.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
        millis(&frames)
    };
    let [quick, usual, slow, idle] = [100.0, 5000.0, 8000.0, 3_600_000.0].map(|gap| found(gap)[2]);
    assert_eq!(usual, inner(view(&[BLANK])));
    assert!(quick < usual && usual < slow && slow < idle && f64::from(idle) <= f64::from(usual) * TEMPO.1 + 10.0);
    assert_eq!(found(-8000.0)[2], usual, "timestamps out of order say nothing");
}

#[test]
fn every_script_without_spaces_is_read_by_characters() {
    for (char, ms) in [
        ('\u{1100}', HANGUL_MS),
        ('\u{3131}', HANGUL_MS),
        ('한', HANGUL_MS),
        ('\u{2e80}', HAN_MS),
        ('あ', HAN_MS),
        ('椅', HAN_MS),
        ('\u{f900}', HAN_MS),
        ('ｦ', HAN_MS),
        ('\u{20000}', HAN_MS),
    ] {
        assert!((reading_ms(&char.to_string().repeat(12)) - 12.0 * ms).abs() < 1e-6, "{char}");
    }
    for (char, words) in [('a', 1), ('я', 1), ('ة', 1), ('\u{3000}', 0)] {
        assert!((reading_ms(&char.to_string()) - f64::from(words) * WORD_MS).abs() < 1e-6, "{char}");
    }
    assert!((12.0 * HANGUL_MS - 1000.0).abs() < 1e-9 && (6.0 * HAN_MS - 1000.0).abs() < 1e-9);
    assert!((15.0 * LETTER_MS - 1000.0).abs() < 1e-9);
}

#[test]
fn words_among_characters_count_with_the_space_before_them() {
    // Two words of eight letters and the space between them: 17 letters take longer than two words.
    let [latin, mixed] = ["elevator elevator", "elevator 红 elevator 色"].map(reading_ms);
    assert!((latin - 17.0 * LETTER_MS).abs() < 1e-6, "{latin}");
    assert!((mixed - latin - 2.0 * HAN_MS).abs() < 1e-6, "{mixed}");
    assert!((reading_ms("红elevators红") - 9.0 * LETTER_MS.max(WORD_MS / 9.0) - 2.0 * HAN_MS).abs() < 1e-6);
}

#[test]
fn a_step_of_1_44_times_the_usual_gap_is_looked_at_1_2_times_as_long() {
    let timings = [0.0, 1000.0, 2000.0, 3440.0, 4440.0].map(taken_at);
    let frames: Vec<FrameView> = timings.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
    let parts: Vec<DelayParts> = delays(Pace::Readable, &frames).into_iter().map(|(_, parts)| parts).collect();
    let look = parts[2].base_ms + parts[2].area_ms + parts[2].detail_ms;
    assert!(parts.iter().all(|parts| parts.clamp_ms.abs() < 1e-9), "nothing is out of bounds: {parts:?}");
    let bend = parts.iter().map(|parts| parts.tempo_ms / look);
    for (found, wanted) in bend.zip([0.0, 0.0, 0.2, 0.0, 0.0]) {
        assert!((found - wanted).abs() < 1e-9, "{parts:?}");
    }
}

#[test]
fn timestamps_bend_nothing_unless_every_screenshot_has_one_and_time_goes_by() {
    let uneven = [0.0, 5000.0, 90_000.0, 95_000.0].map(taken_at);
    let bends = |frames: &[FrameView]| {
        let bent = |parts: DelayParts| parts.tempo_ms.is_nan() || parts.tempo_ms.abs() > 1e-9;
        delays(Pace::Readable, frames).into_iter().any(|(_, parts)| bent(parts))
    };
    let each: Vec<FrameView> = uneven.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
    assert!(bends(&each));
    let missing = [&each[..3], &[view(&[BLANK])]].concat();
    let endless = [taken_at(f64::INFINITY)];
    let half_known = [&each[..3], &[FrameView { screenshots: 2, ..each[3] }]].concat();
    let of_nothing = [&each[..], &[FrameView { screenshots: 0, timings: &[], ..each[0] }]].concat();
    let standing: Vec<FrameView> = each.iter().map(|_| each[0]).collect();
    let mostly_standing = [&standing[..], &each[3..]].concat();
    for frames in [missing, [&each[..], &[view(&endless)]].concat(), half_known, of_nothing, standing, mostly_standing]
    {
        assert!(!bends(&frames), "{frames:?}");
    }
}

#[test]
fn the_usual_gap_is_the_median() {
    let timings = [0.0, 1000.0, 3000.0, 6000.0, 10_000.0, 15_000.0].map(taken_at);
    let frames: Vec<FrameView> = timings.iter().map(|timing| view(std::slice::from_ref(timing))).collect();
    let found: Vec<f64> = delays(Pace::Readable, &frames).iter().map(|(_, parts)| parts.tempo_ms).collect();
    assert!(found[1] < -1.0 && found[2].abs() < 1e-9 && found[3] > 1.0, "{found:?}");
}

#[test]
fn look_grows_with_the_square_root_of_area_and_detail() {
    let parts = |changed, busy| {
        let other = view(&[BLANK]);
        delays(Pace::Readable, &[other, FrameView { changed, busy, ..other }, other])[1].1
    };
    assert_eq!((parts(0.25, 0.0).area_ms, parts(0.25, 0.0).detail_ms), (AREA_MS / 2.0, 0.0));
    assert_eq!((parts(0.0, 0.25).area_ms, parts(0.0, 0.25).detail_ms), (0.0, DETAIL_MS / 2.0));
    assert_eq!((parts(7.0, -1.0).area_ms, parts(7.0, -1.0).detail_ms), (AREA_MS, 0.0));
    assert_eq!((parts(0.0, 0.0).base_ms, parts(0.0, 0.0).area_ms), (BASE_MS, 0.0));
}

#[test]
fn a_frame_takes_whole_centiseconds_to_the_nearest() {
    // 900 ms and a caption of one word: 1230 ms. A caption of 8 letters: 8/15 s, rounded from 1433.3 to 1430 ms.
    let plain = |caption| inner(FrameView { changed: 0.0, busy: 0.0, ..view(&[saying(caption)]) });
    assert_eq!((plain("a"), plain("elevator"), plain("elevators!!")), (1230, 1430, 1630));
}

#[test]
fn a_blank_start_that_never_shows_anything_is_held_all_the_same() {
    let blank = FrameView { busy: 0.0, ..view(&[BLANK]) };
    let found = millis(&[blank; 3]);
    assert_eq!([found[0], found[2]], [found[1] + FIRST_MS as u32, found[1] + LAST_MS as u32]);
}
