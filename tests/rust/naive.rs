//! The optimizer against the naive path: a GIF whose frames are whole screenshots, one for each, in their own colors.
//! Where colors are exact, an animation of changed rectangles, transparent pixels, merged duplicates and disposal
//! "previous" shows the same at every moment.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use proptest::prelude::*;
use task_gif::model::frame_spec::FrameSpec;
use task_gif::model::geometry::Area;
use task_gif::pipeline::FrameTiming;
use task_gif::{Effort, Options, Pace, Screenshot, assemble};

type Picture = Vec<[u8; 3]>;

/// Of the whole animation, so that one table has room for all and the transparent entry.
const COLORS: usize = 255;

#[derive(Debug, Clone)]
struct Animation {
    width: usize,
    height: usize,
    pictures: Vec<Picture>,
    /// What is hidden of each.
    redact: Vec<Vec<Area>>,
    delays_cs: Vec<u16>,
}

/// Pictures that differ in a box from one of the two before, or not at all, or everywhere.
fn animation() -> impl Strategy<Value = Animation> {
    let edit = (any::<[u16; 4]>(), 0..8u8, 1..300u16, any::<bool>());
    (1..=48usize, 1..=48usize, 1..COLORS, any::<u64>(), prop::collection::vec(edit, 1..10)).prop_map(
        |(width, height, colors, seed, edits)| {
            let mut state = seed;
            let mut color = |spread: usize| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let number = (state >> 33) as usize % spread;
                // Distinct colors, some of which lie close together; black is left for what is hidden.
                [1 + number as u8, (number * 37 % 251) as u8, (number / 3) as u8]
            };
            let mut made = Animation {
                width,
                height,
                pictures: vec![(0..width * height).map(|_| color(colors)).collect()],
                redact: vec![Vec::new()],
                delays_cs: vec![7],
            };
            for (place, kind, delay_cs, hides) in edits {
                let count = made.pictures.len();
                let mut picture = made.pictures[if kind < 3 { count.saturating_sub(2) } else { count - 1 }].clone();
                let [left, top, across, down] = place.map(usize::from);
                let (left, top) = (left % width, top % height);
                let (across, down) = (1 + across % (width - left), 1 + down % (height - top));
                if kind > 1 {
                    let spread = if kind == 7 { 1 } else { colors };
                    for y in top..top + down {
                        picture[y * width + left..][..across].fill_with(|| color(spread));
                    }
                }
                let area = Area { left: left as i64, top: 0, width: 3, height: down as i64 };
                made.pictures.push(picture);
                made.redact.push(if hides && kind == 5 { vec![area] } else { Vec::new() });
                made.delays_cs.push(delay_cs + 1);
            }
            made
        },
    )
}

/// Each screenshot as a whole frame, as the simplest encoder would write it.
fn naive(animation: &Animation) -> Vec<u8> {
    let (width, height) = (animation.width as u16, animation.height as u16);
    let mut bytes = Vec::new();
    let mut encoder = gif::Encoder::new(&mut bytes, width, height, &[]).unwrap();
    let pictures = animation.pictures.iter().zip(&animation.redact).zip(&animation.delays_cs);
    for ((picture, redact), &delay) in pictures {
        let mut picture = picture.clone();
        for area in redact {
            let (columns, rows) = area.within(animation.width, animation.height).unwrap();
            for y in rows {
                picture[y * animation.width..][columns.clone()].fill([0; 3]);
            }
        }
        let colors: Vec<[u8; 3]> = picture.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let index: BTreeMap<[u8; 3], u8> = colors.iter().copied().zip(0..=u8::MAX).collect();
        let indices: Vec<u8> = picture.iter().map(|color| index[color]).collect();
        let palette = Some(colors.into_flattened());
        let frame = gif::Frame { width, height, buffer: indices.into(), palette, delay, ..gif::Frame::default() };
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    bytes
}

fn optimized(animation: &Animation, options: &Options) -> Vec<u8> {
    let png = |picture: &Picture| {
        let mut bytes = Vec::new();
        let (width, height) = (animation.width as u32, animation.height as u32);
        let encoder = PngEncoder::new(&mut bytes);
        encoder.write_image(picture.as_flattened(), width, height, ExtendedColorType::Rgb8).unwrap();
        bytes
    };
    let files: Vec<Vec<u8>> = animation.pictures.iter().map(png).collect();
    let parts = files.iter().zip(&animation.redact).zip(&animation.delays_cs);
    let shots: Vec<Screenshot> = parts
        .map(|((bytes, redact), &delay)| Screenshot {
            bytes,
            timing: FrameTiming { delay_ms: Some(f64::from(delay) * 10.0), ..FrameTiming::default() },
            spec: FrameSpec { redact: redact.clone(), ..FrameSpec::default() },
            step: None,
        })
        .collect();
    assemble(&shots, options).unwrap().bytes
}

/// What a GIF shows and when: pictures with the time at which each ends; equal neighbors are one.
fn shown(gif: &[u8]) -> Vec<(u32, Picture)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut reader = options.read_info(Cursor::new(gif)).unwrap();
    let mut screen = gif_dispose::Screen::new_decoder(&reader);
    let mut shown: Vec<(u32, Picture)> = Vec::new();
    let mut end = 0;
    while let Some(frame) = reader.read_next_frame().unwrap() {
        screen.blit_frame(frame).unwrap();
        end += u32::from(frame.delay);
        let picture: Picture = screen.pixels_rgba().pixels().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        match shown.last_mut() {
            Some(last) if last.1 == picture => last.0 = end,
            _ => shown.push((end, picture)),
        }
    }
    shown
}

fn efforts() -> impl Strategy<Value = Effort> {
    prop_oneof![Just(Effort::Fast), Just(Effort::Balanced), Just(Effort::Smallest)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn with_exact_colors_every_moment_is_that_of_the_naive_path(
        animation in animation(), effort in efforts(), compat: bool, keep_duplicates: bool, is_tight: bool,
    ) {
        let options = Options {
            effort,
            compat,
            keep_duplicates,
            pace: Pace::Uniform(100.0),
            // With nothing kept between the phases, every frame is analyzed again before it is encoded.
            budget_bytes: if is_tight { 0 } else { 96 << 20 },
            ..Options::default()
        };
        prop_assert_eq!(shown(&optimized(&animation, &options)), shown(&naive(&animation)));
    }
}
