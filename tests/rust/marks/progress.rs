//! The progress bar: it grows, it changes nothing else, and the time stays what it was.

use proptest::prelude::*;
use task_gif::model::delay::Delay;
use task_gif::model::progress_bar::ProgressBar;
use task_gif::{Color, Effort, Options, Pace, Rect, Screenshot, Size, assemble};

use super::{images, noise, png};

const WIDTH: usize = 32;
const HEIGHT: usize = 20;
const BAR: usize = 3;
const COLOR: u32 = 0x0010_c020;
const TRACK: u32 = 0x0040_4040;

/// Screenshots that change in places and then go back, so that restoring would pay.
fn screenshots(seed: u64) -> Vec<Vec<u8>> {
    let mut random = noise(seed);
    let plain = vec![0x00aa_bbcc; WIDTH * HEIGHT];
    (0..6)
        .map(|step| {
            let mut pixels = plain.clone();
            if step % 2 == 1 {
                for y in 4..HEIGHT {
                    for x in 4..20 {
                        pixels[y * WIDTH + x] = [0x11_2233, TRACK, COLOR, 0xf0_f0f0][random() as usize % 4];
                    }
                }
            }
            png(WIDTH, &pixels)
        })
        .collect()
}

fn bar(at_top: bool) -> ProgressBar {
    let screen = Size::new(WIDTH as u32, HEIGHT as u32).unwrap();
    let top = if at_top { 0 } else { HEIGHT - BAR };
    ProgressBar::new(
        Rect::new(0, top, WIDTH, BAR, screen).unwrap(),
        Color::from_bits(COLOR),
        Color::from_bits(TRACK),
        screen,
    )
    .unwrap()
}

fn rgb(color: u32) -> [u8; 3] {
    [color as u8, (color >> 8) as u8, (color >> 16) as u8]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_bar_grows_to_its_end_and_nothing_else_changes(
        seed: u64, delays in prop::collection::vec(20.0..3000.0f64, 6), at_top: bool, keep_duplicates: bool, smallest: bool,
    ) {
        let files = screenshots(seed);
        let shots: Vec<Screenshot> = files
            .iter()
            .zip(&delays)
            .map(|(bytes, &ms)| {
                let mut shot = Screenshot { bytes, ..Screenshot::default() };
                shot.timing.delay_ms = Some(ms);
                shot
            })
            .collect();
        let effort = if smallest { Effort::Smallest } else { Effort::Balanced };
        let plain = Options { effort, keep_duplicates, lossy: Some(0), pace: Pace::Uniform(100.0), ..Options::default() };
        let with_bar = assemble(&shots, &Options { progress: Some(bar(at_top)), ..plain.clone() }).unwrap();
        let without = assemble(&shots, &plain).unwrap();
        let cs = |images: &[(u16, Vec<[u8; 3]>)]| images.iter().map(|(cs, _)| u32::from(*cs)).sum::<u32>();
        let (barred, bare) = (images(&with_bar.bytes), images(&without.bytes));
        prop_assert_eq!(cs(&barred), cs(&bare), "the time is the same");

        // What the plan says is what the file has: each frame, then its ticks.
        let mut filled = 0;
        let mut rest = &barred[..];
        for (frame, (_, expected)) in with_bar.plan.frames.iter().zip(&bare) {
            let (shown, tail) = rest.split_at(1 + frame.ticks.len());
            rest = tail;
            prop_assert_eq!(cs(shown), frame.delay.centiseconds());
            for (at, (_, pixels)) in shown.iter().enumerate() {
                prop_assert!(u32::from(shown[at].0) >= Delay::MIN.centiseconds());
                if at > 0 {
                    filled += usize::from(frame.ticks[at - 1].width);
                }
                let top = bar(at_top).rect().top();
                for (i, pixel) in pixels.iter().enumerate() {
                    let (x, y) = (i % WIDTH, i / WIDTH);
                    let in_bar = (top..top + BAR).contains(&y);
                    let wanted = if in_bar { rgb(if x < filled { COLOR } else { TRACK }) } else { expected[i] };
                    prop_assert_eq!(*pixel, wanted, "{}, {} of image {}", x, y, at);
                }
            }
        }
        prop_assert!(rest.is_empty());
        prop_assert!(filled == WIDTH || delays[5] < 40.0, "{filled}");
    }
}

#[test]
fn a_tick_takes_few_bytes() {
    let screen = Size::new(1280, 720).unwrap();
    let rect = Rect::new(0, 715, 1280, 5, screen).unwrap();
    let progress = ProgressBar::new(rect, Color::from_bits(COLOR), Color::from_bits(TRACK), screen);
    let files = [1, 2].map(|color| png(1280, &vec![color; 1280 * 720]));
    let shots = files.each_ref().map(|bytes| Screenshot { bytes, ..Screenshot::default() });
    let options = Options { pace: Pace::Uniform(10_000.0), ..Options::default() };
    let bare = assemble(&shots, &options).unwrap();
    let barred = assemble(&shots, &Options { progress, ..options }).unwrap();
    let ticks: usize = barred.plan.frames.iter().map(|frame| frame.ticks.len()).sum();
    assert_eq!(ticks, 98);
    let each = (barred.bytes.len() - bare.bytes.len()) / ticks;
    assert!(each < 48, "{each} bytes a tick");
}

#[test]
fn a_bar_for_another_screen_is_refused() {
    let files = screenshots(1);
    let shots = [&files[0], &files[1]].map(|bytes| Screenshot { bytes, ..Screenshot::default() });
    let screen = Some(Size::new(WIDTH as u32, 10).unwrap());
    let error = assemble(&shots, &Options { screen, progress: Some(bar(false)), ..Options::default() }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "option progress: expected a strip over the whole width at the top or the bottom, found another"
    );
}
