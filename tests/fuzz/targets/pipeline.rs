//! Property: pictures and options of any kind give a GIF without any oddity, which two decoders show alike: every
//! picture for its time, pixels that stay never flicker, and where all colors fit one table the pictures are exact.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use task_gif::gif_reader;
use task_gif::pipeline::FrameTiming;
use task_gif::{Colors, Dither, Effort, Limits, Options, Pace, Repeat, Screenshot, assemble};

use super::source::Source;

type Picture = Vec<[u8; 3]>;

/// Colors of a whole animation that every frame's table has room for, whatever is pinned in it.
const FEW: usize = 60;

pub fn check(data: &[u8]) {
    let mut source = Source::new(data);
    let (width, height) = (source.number(1, 40), source.number(1, 40));
    let options = options(&mut source);
    let pictures = animation(&mut source, width, height);
    let files: Vec<Vec<u8>> = pictures.iter().map(|picture| png(picture, width, height)).collect();
    let timing = FrameTiming { delay_ms: Some(100.0), ..FrameTiming::default() };
    let shot = |bytes| Screenshot { bytes, timing: FrameTiming::clone(&timing), ..Screenshot::default() };
    let shots: Vec<Screenshot<'_>> = files.iter().map(|file| shot(file.as_slice())).collect();
    let made = assemble(&shots, &options).unwrap().bytes;

    let mut file = gif_reader::read(&made, &Limits::default()).unwrap();
    gif_reader::check_codes(&made, &mut file);
    assert!(file.warnings.is_empty(), "{:?}", file.warnings);
    let shown = by_gif_dispose(&made);
    assert_eq!(shown, by_player(&made), "two decoders differ");
    assert_eq!(shown.len(), pictures.len(), "the time of a picture is lost");
    compare(&pictures, &shown, &options);
}

fn compare(pictures: &[Picture], shown: &[Picture], options: &Options) {
    for (sources, shown) in pictures.windows(2).zip(shown.windows(2)) {
        let pixels = sources[0].iter().zip(&sources[1]).zip(shown[0].iter().zip(&shown[1]));
        for ((before, after), (then, now)) in pixels {
            assert!(before != after || then == now, "{before:?} stays, {then:?} becomes {now:?}");
        }
    }
    let colors: BTreeSet<[u8; 3]> = pictures.iter().flatten().copied().collect();
    if colors.len() <= FEW && options.lossy.is_none_or(|lossy| lossy == 0) && options.max_colors == 256 {
        assert_eq!(pictures, shown, "few colors are not exact");
    }
}

fn options(source: &mut Source<'_>) -> Options {
    Options {
        effort: source.pick(&[Effort::Fast, Effort::Balanced, Effort::Smallest]),
        lossy: source.pick(&[None, None, Some(0), Some(30), Some(100)]),
        max_colors: source.pick(&[256, 256, 2, 3, 4, 16, 17, 255]),
        dither: source.pick(&[Dither::Auto, Dither::None]),
        colors: source.pick(&[Colors::Auto, Colors::Rich]),
        repeat: source.pick(&[Repeat::Infinite, Repeat::Plays(1), Repeat::Plays(65_535)]),
        pace: source.pick(&[Pace::Uniform(100.0), Pace::Readable]),
        keep_duplicates: source.flag(),
        compat: source.flag(),
        min_frames: 1,
        budget_bytes: source.pick(&[96 << 20, 0, 1000]),
        ..Options::default()
    }
}

/// A first picture, then pictures that differ from the one before, or the one before that, in a box.
fn animation(source: &mut Source<'_>, width: usize, height: usize) -> Vec<Picture> {
    let spread = source.pick(&[1, 2, 3, 16, 60, 256]);
    let mut seed = source.long();
    let mut color = |level: u8| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let value = (seed >> 40) as u8;
        let step = (usize::from(value) % spread) as u8;
        if spread < 256 { [step.wrapping_mul(level | 1), step, level] } else { [value, (seed >> 48) as u8, level] }
    };
    let fill = source.byte();
    let mut pictures = vec![(0..width * height).map(|_| color(fill)).collect::<Picture>()];
    while pictures.len() < 8 && !source.is_empty() {
        let base = if source.flag() { pictures.len().saturating_sub(2) } else { pictures.len() - 1 };
        let mut picture = pictures[base].clone();
        let (left, top) = (source.number(0, width - 1), source.number(0, height - 1));
        let (across, down) = (source.number(0, width - left), source.number(0, height - top));
        let raw = if source.flag() { source.bytes(across * down) } else { &[] };
        for y in 0..down {
            for x in 0..across {
                let given = raw.get(y * across + x).map(|&value| [value, fill, value]);
                picture[(top + y) * width + left + x] = given.unwrap_or_else(|| color(fill));
            }
        }
        pictures.push(picture);
    }
    pictures
}

fn png(picture: &Picture, width: usize, height: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    encoder.write_image(picture.as_flattened(), width as u32, height as u32, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// What the GIF shows at the end of each slot of 100 ms.
fn by_gif_dispose(gif: &[u8]) -> Vec<Picture> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut reader = options.read_info(Cursor::new(gif)).unwrap();
    let mut screen = gif_dispose::Screen::new_decoder(&reader);
    let (mut pictures, mut time) = (Vec::new(), 0);
    while let Some(frame) = reader.read_next_frame().unwrap() {
        screen.blit_frame(frame).unwrap();
        assert!(screen.pixels_rgba().pixels().all(|pixel| pixel.a == 255), "a pixel was never drawn");
        let picture: Picture = screen.pixels_rgba().pixels().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        pictures.extend(std::iter::repeat_n(picture, slots(&mut time, frame.delay)));
    }
    pictures
}

/// How many slots end while a frame of `delay` centiseconds is shown, from `time` on.
fn slots(time: &mut usize, delay: u16) -> usize {
    let before = *time / 10;
    *time += usize::from(delay);
    *time / 10 - before
}

/// The same by the crate's own player.
fn by_player(gif: &[u8]) -> Vec<Picture> {
    let mut player = gif_reader::Player::new(gif.to_vec(), &Limits::default(), 1 << 20).unwrap();
    let mut time = 0;
    let slots: Vec<usize> = player.file().frames.iter().map(|frame| slots(&mut time, frame.delay_cs)).collect();
    let mut pictures = Vec::new();
    for (index, slots) in slots.into_iter().enumerate() {
        while !player.seek(index, usize::MAX).unwrap() {}
        let picture: Picture = player.pixels().chunks_exact(4).map(|rgba| [rgba[0], rgba[1], rgba[2]]).collect();
        pictures.extend(std::iter::repeat_n(picture, slots));
    }
    pictures
}
