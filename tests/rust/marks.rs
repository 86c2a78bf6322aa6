//! What is put on the picture or hidden of it, through the whole pipeline and read back with another decoder.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "marks/progress.rs"]
mod progress;
#[path = "marks/redaction.rs"]
mod redaction;
#[path = "marks/steps.rs"]
mod steps;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

/// A PNG of `0x00BBGGRR` pixels.
fn png(width: usize, pixels: &[u32]) -> Vec<u8> {
    let samples: Vec<u8> = pixels.iter().flat_map(|pixel| pixel.to_le_bytes().into_iter().take(3)).collect();
    let height = pixels.len() / width;
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&samples, width as u32, height as u32, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// Pseudo-random numbers, the same each time.
fn noise(seed: u64) -> impl FnMut() -> u32 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    }
}

/// The images of a GIF, each with its delay in cs and the screen it leaves.
fn images(gif: &[u8]) -> Vec<(u16, Vec<[u8; 3]>)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut reader = options.read_info(gif).unwrap();
    let mut screen = gif_dispose::Screen::new_decoder(&reader);
    let mut found = Vec::new();
    while let Some(frame) = reader.read_next_frame().unwrap() {
        screen.blit_frame(frame).unwrap();
        let pixels = screen.pixels_rgba().pixels().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        found.push((frame.delay, pixels));
    }
    found
}
