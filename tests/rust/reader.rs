//! The GIF reader on random animations, written by another encoder and composed by another decoder.
//!
//! Properties: every frame is what `gif-dispose` shows, in whatever order frames are asked for and however little is
//! kept; damaged files end in a result or a typed error.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use gif::{DisposalMethod, Encoder, Frame, Repeat};
use proptest::prelude::*;
use task_gif::gif_reader::{Player, check_codes, read};
use task_gif::{Limits, Options, Pace, Screenshot, assemble};

const WIDTH: u16 = 23;
const HEIGHT: u16 = 17;

#[derive(Debug, Clone)]
struct Part {
    rect: (u16, u16, u16, u16),
    disposal: DisposalMethod,
    transparent: bool,
    own_table: bool,
    interlaced: bool,
    seed: u64,
    kinds: u8,
}

fn part() -> impl Strategy<Value = Part> {
    let rect = prop_oneof![
        1 => Just((0, 0, WIDTH, HEIGHT)),
        3 => (0..WIDTH, 0..HEIGHT, 1..=WIDTH, 1..=HEIGHT).prop_map(|(left, top, width, height)| {
            (left, top, width.min(WIDTH - left), height.min(HEIGHT - top))
        }),
    ];
    let disposal = prop_oneof![
        Just(DisposalMethod::Any),
        Just(DisposalMethod::Keep),
        Just(DisposalMethod::Background),
        Just(DisposalMethod::Previous),
    ];
    (rect, disposal, any::<(bool, bool, bool)>(), any::<u64>(), 1..=255u8).prop_map(
        |(rect, disposal, (transparent, own_table, interlaced), seed, kinds)| Part {
            rect,
            disposal,
            transparent,
            own_table,
            interlaced,
            seed,
            kinds,
        },
    )
}

fn table(seed: u64) -> Vec<u8> {
    (0..768u64).map(|i| (seed.wrapping_mul(i + 7) >> 11) as u8).collect()
}

fn written(parts: &[Part]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT, &table(99)).unwrap();
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for part in parts {
        let (left, top, width, height) = part.rect;
        let mut state = part.seed | 1;
        let mut index = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as u8 % part.kinds
        };
        let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height)).map(|_| index()).collect();
        let mut frame = Frame { left, top, width, height, delay: 5, dispose: part.disposal, ..Frame::default() };
        frame.transparent = part.transparent.then_some(0);
        frame.palette = part.own_table.then(|| table(part.seed));
        frame.interlaced = part.interlaced;
        // The encoder takes rows as they are to be stored.
        frame.buffer = if part.interlaced { interlaced(&pixels, width.into()) } else { pixels }.into();
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    bytes
}

fn interlaced(pixels: &[u8], width: usize) -> Vec<u8> {
    let rows: Vec<&[u8]> = pixels.chunks_exact(width).collect();
    let passes = [(0, 8), (4, 8), (2, 4), (1, 2)];
    passes
        .iter()
        .flat_map(|&(first, step)| rows.iter().skip(first).step_by(step))
        .flat_map(|row| row.to_vec())
        .collect()
}

/// What another decoder shows; pixels that were never drawn, or cleared, have no color.
fn expected(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut reader = options.read_info(bytes).unwrap();
    let mut screen = gif_dispose::Screen::new_decoder(&reader);
    let mut frames = Vec::new();
    while let Some(frame) = reader.read_next_frame().unwrap() {
        screen.blit_frame(frame).unwrap();
        let pixels = screen.pixels_rgba();
        frames.push(pixels.pixels().flat_map(|p| if p.a == 0 { [0; 4] } else { [p.r, p.g, p.b, p.a] }).collect());
    }
    frames
}

fn shown(player: &mut Player, index: usize) -> Vec<u8> {
    while !player.seek(index, 2).unwrap() {}
    player.pixels().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn frames_are_those_of_another_decoder(
        parts in prop::collection::vec(part(), 1..14),
        wanted in prop::collection::vec(any::<prop::sample::Index>(), 1..20),
        kept in 0usize..6,
    ) {
        let bytes = written(&parts);
        // The other decoder finds some interlaced frames too short that it reads whole in plain order.
        let plain: Vec<Part> = parts.iter().map(|part| Part { interlaced: false, ..part.clone() }).collect();
        let expected = expected(&written(&plain));
        let area = usize::from(WIDTH) * usize::from(HEIGHT);
        let mut player = Player::new(bytes, &Limits::default(), kept * area * 4).unwrap();
        for index in wanted {
            let index = index.index(parts.len());
            prop_assert!(shown(&mut player, index) == expected[index], "frame {} differs", index);
        }
    }

    #[test]
    fn our_own_files_have_nothing_odd(seed: u64, count in 2usize..6) {
        let pictures: Vec<Vec<u8>> = (0..count as u64).map(|i| picture(seed.wrapping_add(i))).collect();
        let shots: Vec<Screenshot> = pictures.iter().map(|bytes| Screenshot { bytes, ..Screenshot::default() }).collect();
        let options = Options { pace: Pace::Uniform(100.0), keep_duplicates: true, ..Options::default() };
        let gif = assemble(&shots, &options).unwrap().bytes;
        let mut file = read(&gif, &Limits::default()).unwrap();
        check_codes(&gif, &mut file);
        prop_assert!(file.warnings.is_empty(), "{:?}", file.warnings);
        prop_assert_eq!(file.duration_ms(), 100 * count as u64);
        prop_assert_eq!(file.repeat, task_gif::Repeat::Infinite);
        let expected = expected(&gif);
        let mut player = Player::new(gif, &Limits::default(), 1 << 20).unwrap();
        for (index, expected) in expected.iter().enumerate().rev() {
            prop_assert!(&shown(&mut player, index) == expected, "frame {} differs", index);
        }
    }

    #[test]
    fn damaged_files_are_results_or_typed_errors(
        parts in prop::collection::vec(part(), 1..5),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = written(&parts);
        bytes.truncate(1 + cut.index(bytes.len()));
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        match read(&bytes, &Limits { frame_pixels: 1 << 20, ..Limits::default() }) {
            Err(error) => prop_assert!(["BAD_GIF", "LIMIT_EXCEEDED"].contains(&error.code())),
            Ok(mut file) => {
                check_codes(&bytes, &mut file);
                let mut player = Player::new(bytes, &Limits { frame_pixels: 1 << 20, ..Limits::default() }, 1 << 16).unwrap();
                for index in (0..file.frames.len()).rev() {
                    if let Err(error) = player.seek(index, usize::MAX) {
                        prop_assert_eq!(error.code(), "BAD_GIF");
                        prop_assert!(error.frame.is_some_and(|frame| frame <= index));
                    }
                }
            }
        }
    }
}

fn picture(seed: u64) -> Vec<u8> {
    use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
    let (width, height) = (120, 90);
    let samples: Vec<u8> = (0..width * height * 3).map(|i: u64| (seed.wrapping_mul(i * i + 3) >> 29) as u8).collect();
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&samples, width as u32, height as u32, ExtendedColorType::Rgb8).unwrap();
    bytes
}

#[test]
fn going_back_costs_no_more_than_the_spacing() {
    let frame = |seed| Part {
        rect: (1, 1, 5, 5),
        disposal: DisposalMethod::Keep,
        transparent: true,
        own_table: false,
        interlaced: false,
        seed,
        kinds: 9,
    };
    let bytes = written(&(0..200).map(frame).collect::<Vec<_>>());
    let area = usize::from(WIDTH) * usize::from(HEIGHT);
    let mut player = Player::new(bytes, &Limits::default(), 10 * area * 4).unwrap();
    assert_eq!(player.spacing(), 20);
    assert!(!player.seek(199, 50).unwrap());
    assert!(player.seek(199, 200).unwrap());
    for index in (0..199).rev() {
        assert!(player.seek(index, player.spacing()).unwrap(), "frame {index}");
    }
}
