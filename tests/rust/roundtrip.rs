//! The whole pipeline on random small animations, read back with another decoder.
//!
//! Properties: where every frame's colors fit a palette, the GIF shows exactly its screenshots; everywhere, a pixel whose
//! source stays shows the same in both frames, and no pixel is farther from its source than the options allow.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use proptest::prelude::*;
use task_gif::Color;
use task_gif::model::oklab::Oklab;
use task_gif::{Colors, Dither, Effort, Options, Pace, Screenshot, assemble};

const WIDTH: usize = 24;
const HEIGHT: usize = 18;

type Picture = Vec<[u8; 3]>;

fn png(picture: &Picture) -> Vec<u8> {
    let mut bytes = Vec::new();
    let samples = picture.concat();
    PngEncoder::new(&mut bytes).write_image(&samples, WIDTH as u32, HEIGHT as u32, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// What the GIF shows at the end of each of `count` slots of 100 ms.
fn shown(gif: &[u8], count: usize) -> Vec<Picture> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut reader = options.read_info(Cursor::new(gif)).unwrap();
    let mut screen = gif_dispose::Screen::new_decoder(&reader);
    let (mut pictures, mut time) = (Vec::new(), 0);
    while let Some(frame) = reader.read_next_frame().unwrap() {
        screen.blit_frame(frame).unwrap();
        let picture: Picture = screen.pixels_rgba().pixels().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        assert!(screen.pixels_rgba().pixels().all(|pixel| pixel.a == 255), "a pixel was never drawn");
        let slots = (time + usize::from(frame.delay)) / 10 - time / 10;
        time += usize::from(frame.delay);
        pictures.extend(std::iter::repeat_n(picture, slots));
    }
    assert_eq!(pictures.len(), count, "delays add up");
    pictures
}

fn made(pictures: &[Picture], options: Options) -> Vec<u8> {
    let files: Vec<Vec<u8>> = pictures.iter().map(png).collect();
    let shots: Vec<Screenshot> = files.iter().map(|bytes| Screenshot { bytes, ..Screenshot::default() }).collect();
    let timings = task_gif::pipeline::FrameTiming { delay_ms: Some(100.0), ..Default::default() };
    let shots: Vec<Screenshot> = shots.into_iter().map(|shot| Screenshot { timing: timings.clone(), ..shot }).collect();
    assemble(&shots, &Options { pace: Pace::Uniform(100.0), ..options }).unwrap().bytes
}

/// A first picture from few colors, then pictures that differ from the one before, or the one before that, in a box.
fn animation(colors: usize) -> impl Strategy<Value = Vec<Picture>> {
    let palette = prop::collection::vec(any::<[u8; 3]>(), colors);
    let edit = (0..WIDTH, 0..HEIGHT, 1..=WIDTH, 1..=HEIGHT, any::<u64>(), 0..5u8);
    (palette, any::<u64>(), prop::collection::vec(edit, 1..8)).prop_map(|(palette, seed, edits)| {
        let mut state = seed;
        let mut color = |spread: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            palette[(state >> 33) as usize % palette.len().min(spread)]
        };
        let mut pictures: Vec<Picture> = vec![(0..WIDTH * HEIGHT).map(|_| color(usize::MAX)).collect()];
        for (left, top, width, height, _, kind) in edits {
            let base = if kind == 0 && pictures.len() > 1 { pictures.len() - 2 } else { pictures.len() - 1 };
            let mut picture = pictures[base].clone();
            if kind > 1 {
                for y in top..(top + height).min(HEIGHT) {
                    for x in left..(left + width).min(WIDTH) {
                        picture[y * WIDTH + x] = color(if kind == 2 { 2 } else { usize::MAX });
                    }
                }
            }
            pictures.push(picture);
        }
        pictures
    })
}

fn options(effort: Effort, compat: bool, keep_duplicates: bool) -> Options {
    Options { effort, compat, keep_duplicates, ..Options::default() }
}

fn efforts() -> impl Strategy<Value = Effort> {
    prop_oneof![Just(Effort::Fast), Just(Effort::Balanced), Just(Effort::Smallest)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn colors_that_fit_a_palette_come_out_exact(
        pictures in animation(60), effort in efforts(), compat: bool, keep: bool,
    ) {
        let gif = made(&pictures, options(effort, compat, keep));
        prop_assert_eq!(shown(&gif, pictures.len()), pictures);
    }

    #[test]
    fn local_palettes_come_out_exact_too(pictures in animation(240), effort in efforts()) {
        // More colors than one table holds over the whole animation, but never in one frame's changes: exact all the same.
        let gif = made(&pictures, Options { max_colors: 256, ..options(effort, false, false) });
        prop_assert_eq!(shown(&gif, pictures.len()), pictures);
    }

    #[test]
    fn static_pixels_never_flicker_and_errors_are_bounded(
        pictures in animation(2000), effort in efforts(), rich: bool,
    ) {
        let colors = if rich { Colors::Rich } else { Colors::Auto };
        let gif = made(&pictures, Options { max_colors: 64, colors, ..options(effort, false, false) });
        let shown = shown(&gif, pictures.len());
        for (i, pair) in pictures.windows(2).enumerate() {
            for (pixel, (before, after)) in pair[0].iter().zip(&pair[1]).enumerate() {
                prop_assert!(before != after || shown[i][pixel] == shown[i + 1][pixel], "pixel {} flickers", pixel);
            }
        }
        for (source, shown) in pictures.iter().flatten().zip(shown.iter().flatten()) {
            let distance = Oklab::of(Color::rgb(*source)).distance_sq(Oklab::of(Color::rgb(*shown)));
            prop_assert!(distance < (task_gif::model::oklab::UNIT / 2).pow(2), "{:?} became {:?}", source, shown);
        }
    }

    #[test]
    fn damaged_screenshots_are_typed_errors(pictures in animation(10), cut in 0usize..200, flip in any::<(u16, u8)>()) {
        let mut file = png(&pictures[0]);
        let at = usize::from(flip.0) % file.len();
        file[at] ^= flip.1;
        file.truncate(file.len().saturating_sub(cut));
        let good = png(&pictures[1]);
        let shots = [&good, &file].map(|bytes| Screenshot { bytes, ..Screenshot::default() });
        if let Err(error) = assemble(&shots, &Options::default()) {
            prop_assert_eq!(error.frame, Some(1));
        }
    }
}

#[test]
fn one_screenshot_is_too_few_unless_allowed() {
    let file = png(&vec![[1, 2, 3]; WIDTH * HEIGHT]);
    let shots = [Screenshot { bytes: &file, ..Screenshot::default() }];
    assert_eq!(assemble(&shots, &Options::default()).unwrap_err().code(), "TOO_FEW_SCREENSHOTS");
    assert!(assemble(&shots, &Options { min_frames: 1, ..Options::default() }).is_ok());
}

#[test]
fn a_second_palette_makes_it_truer() {
    let picture = |seed: usize| -> Picture {
        (0..WIDTH * HEIGHT).map(|at| [at * 7 + seed, at * 3, at * 5 + seed].map(|value| (value % 256) as u8)).collect()
    };
    let pictures = [picture(0), picture(90)];
    let error = |colors| {
        let gif = made(&pictures, Options { max_colors: 16, colors, ..Options::default() });
        let shown = shown(&gif, pictures.len());
        let distance = |(source, shown): (&[u8; 3], &[u8; 3])| {
            f64::from(Oklab::of(Color::rgb(*source)).distance_sq(Oklab::of(Color::rgb(*shown))))
        };
        pictures.iter().flatten().zip(shown.iter().flatten()).map(distance).sum::<f64>()
    };
    assert!(error(Colors::Rich) < 0.8 * error(Colors::Auto));
}

#[test]
fn two_gradients_in_few_colors_keep_their_means_and_do_not_flicker() {
    let glow: Picture =
        (0..WIDTH * HEIGHT).map(|at| [100 + at % WIDTH, 100 + at / WIDTH, 90].map(|level| level as u8)).collect();
    let mut clicked = glow.clone();
    clicked[WIDTH * HEIGHT - 1] = [255; 3];
    let pictures = [glow, clicked];
    let shown = |dither| {
        let gif = made(&pictures, Options { max_colors: 6, dither, lossy: Some(0), ..Options::default() });
        shown(&gif, pictures.len())
    };
    // The mean error of areas of four by four pixels: what is left of it is what an eye sees as bands.
    let bands = |shown: &Picture| -> i32 {
        let area = |left: usize, top: usize| -> i32 {
            let pixels = (0..16).map(|i| (top + i / 4) * WIDTH + left + i % 4);
            let strays = |channel: usize| -> i32 {
                pixels.clone().map(|at| i32::from(shown[at][channel]) - i32::from(pictures[0][at][channel])).sum()
            };
            (0..3).map(|channel| strays(channel).pow(2)).sum()
        };
        (0..16).map(|i| area(i % 4 * 4, i / 4 * 4)).sum()
    };
    let (dithered, plain) = (shown(Dither::Auto), shown(Dither::None));
    assert!(bands(&dithered[0]) * 4 < bands(&plain[0]) * 3, "{} {}", bands(&dithered[0]), bands(&plain[0]));
    let last = WIDTH * HEIGHT - 1;
    assert_eq!(dithered[0][..last], dithered[1][..last]);
}

#[test]
fn times_that_a_frame_cannot_have_are_refused_with_their_screenshot() {
    let files = [png(&vec![[0; 3]; WIDTH * HEIGHT]), png(&vec![[255; 3]; WIDTH * HEIGHT])];
    let found = |times: [Option<f64>; 2], pace| {
        let shots: Vec<Screenshot> = files
            .iter()
            .zip(times)
            .map(|(bytes, delay_ms)| Screenshot {
                bytes,
                timing: task_gif::pipeline::FrameTiming { delay_ms, ..Default::default() },
                ..Screenshot::default()
            })
            .collect();
        assemble(&shots, &Options { pace, ..Options::default() }).map(|_| ()).map_err(|error| error.to_string())
    };
    for ms in [19.9, 0.0, -5.0, 86_400_001.0, f64::NAN, f64::INFINITY] {
        let explicit = found([None, Some(ms)], Pace::Readable).unwrap_err();
        assert!(explicit.contains("screenshot 1") && explicit.contains("delayMs"), "{ms}: {explicit}");
        assert!(found([None, None], Pace::Uniform(ms)).unwrap_err().contains("delay"), "{ms}");
    }
    for ms in [20.0, 655_360.0, 86_400_000.0] {
        assert_eq!(found([Some(ms), None], Pace::Uniform(ms)), Ok(()));
    }
}
