//! Scales a [`Raster`] down. At integer ratios each output pixel is the mean of a block, which gives the fewest new colors. At
//! other ratios the kernel is the cubic of Catmull and Rom (1974), stretched by the ratio.
//!
//! Weights are multiples of 1/16384 and add up to exactly 1, so that flat areas keep their color. Columns are summed in
//! integers, rows in `f32`, with additions and multiplications in a fixed order, which are equal on every machine.

use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::geometry::Size;
use crate::model::raster::{Raster, reserve};

/// The weight 1 in fixed point.
const ONE: i16 = 1 << 14;
/// Channels that are summed in one step.
const BLOCK: usize = 32;

/// The source pixels along one direction that contribute to one output pixel, and their weights.
struct Window {
    start: usize,
    weights: Vec<i16>,
}

/// Scales `source` down to the size `to`, which is no larger in either direction.
///
/// # Errors
/// `OUT_OF_MEMORY`.
pub fn resize(source: &Raster, to: Size) -> Result<Raster> {
    let from = source.size();
    let whole = from.width().is_multiple_of(to.width()) && from.height().is_multiple_of(to.height());
    let (columns, rows) = (windows(from.width(), to.width(), whole), windows(from.height(), to.height(), whole));
    let mut pixels = reserve(to.area())?;
    let columns: Vec<(usize, Vec<f32>)> = columns
        .into_iter()
        .map(|column| (column.start, column.weights.into_iter().map(|w| f32::from(w) / f32::from(ONE)).collect()))
        .collect();
    let stride = from.width() * 4;
    let mut blended = reserve(stride)?;
    blended.resize(stride, 0.0);
    for row in &rows {
        let source: &[u8] = bytemuck::cast_slice(&source.pixels()[row.start * from.width()..]);
        let (blocks, rest) = blended.as_chunks_mut::<BLOCK>();
        for (block, blended) in blocks.iter_mut().enumerate() {
            *blended = blend(&source[block * BLOCK..], stride, &row.weights);
        }
        let start = stride - rest.len();
        for (x, blended) in rest.iter_mut().enumerate() {
            [*blended] = blend(&source[start + x..], stride, &row.weights);
        }
        let (blended, _) = blended.as_chunks::<4>();
        pixels.extend(columns.iter().map(|(start, weights)| {
            let mut sums = [0.5; 4];
            for (channels, weight) in blended[*start..].iter().zip(weights) {
                for (sum, channel) in sums.iter_mut().zip(channels) {
                    *sum += weight * channel;
                }
            }
            Color::from_bits(u32::from_le_bytes(sums.map(|sum| (sum as i32).clamp(0, 255) as u8)))
        }));
    }
    Raster::from_pixels(to, pixels)
}

/// Returns the weighted sums of `N` channels over the rows below them.
#[inline]
fn blend<const N: usize>(source: &[u8], stride: usize, weights: &[i16]) -> [f32; N] {
    let mut sums = [0; N];
    for (row, &weight) in source.chunks(stride).zip(weights) {
        if let Some(channels) = row.first_chunk::<N>() {
            for (sum, &channel) in sums.iter_mut().zip(channels) {
                *sum += i32::from(weight) * i32::from(channel);
            }
        }
    }
    sums.map(|sum| sum as f32 / f32::from(ONE))
}

fn windows(from: usize, to: usize, whole: bool) -> Vec<Window> {
    if whole {
        let ratio = from / to;
        return (0..to).map(|place| window(place * ratio, &vec![1.0; ratio])).collect();
    }
    let ratio = from as f64 / to as f64;
    let reach = 2.0 * ratio;
    let around = |place: usize| {
        let center = (place as f64 + 0.5) * ratio;
        let start = (center - reach).max(0.0) as usize;
        let end = ((center + reach) as usize + 1).min(from);
        let weights: Vec<f64> = (start..end).map(|pixel| cubic((pixel as f64 + 0.5 - center) / ratio)).collect();
        window(start, &weights)
    };
    (0..to).map(around).collect()
}

/// Rounds weights so that their sum is exactly one; the largest weight takes the rounding error.
fn window(start: usize, weights: &[f64]) -> Window {
    let one = i32::from(ONE);
    let total: f64 = weights.iter().sum();
    let scaled = weights.iter().map(|weight| weight / total * f64::from(one));
    let mut weights: Vec<i32> = scaled.map(|weight| (weight + if weight < 0.0 { -0.5 } else { 0.5 }) as i32).collect();
    let rest = one - weights.iter().sum::<i32>();
    if let Some(largest) = weights.iter_mut().max() {
        *largest += rest;
    }
    Window { start, weights: weights.into_iter().map(|weight| weight as i16).collect() }
}

fn cubic(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((2.5 - 0.5 * x) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(width: u32, height: u32, color: impl Fn(u32, u32) -> Color) -> Raster {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| color(x, y)).collect();
        Raster::from_pixels(Size::new(width, height).unwrap(), pixels).unwrap()
    }

    #[test]
    fn a_flat_area_stays_the_color_it_is() {
        for level in [0, 1, 127, 254, 255] {
            let color = Color::rgb([level, 255 - level, 7]);
            for (width, height) in [(1, 1), (3, 2), (17, 9), (50, 30)] {
                let resized = resize(&raster(51, 31, |_, _| color), Size::new(width, height).unwrap()).unwrap();
                assert!(resized.pixels().iter().all(|&pixel| pixel == color), "{width}x{height}");
            }
        }
    }

    #[test]
    fn blocks_give_their_mean_rounded_once() {
        let resized = resize(&raster(6, 4, |x, y| Color::gray((x * 40 + y) as u8)), Size::new(2, 2).unwrap()).unwrap();
        let levels: Vec<u8> = resized.pixels().iter().map(|&pixel| pixel.channels()[0]).collect();
        assert_eq!(levels, [41, 161, 43, 163]);
    }

    #[test]
    fn a_ramp_stays_a_ramp_and_edges_do_not_wrap_around() {
        let ramp = resize(&raster(256, 1, |x, _| Color::gray(x as u8)), Size::new(100, 1).unwrap()).unwrap();
        for (x, &pixel) in ramp.pixels().iter().enumerate().skip(3).take(94) {
            let expected = (x as f64 + 0.5) * 2.56 - 0.5;
            assert!((f64::from(pixel.channels()[0]) - expected).abs() <= 1.0, "{x}");
        }
        let edge = resize(&raster(30, 1, |x, _| Color::gray(if x < 15 { 0 } else { 255 })), Size::new(13, 1).unwrap());
        let levels: Vec<u8> = edge.unwrap().pixels().iter().map(|&pixel| pixel.channels()[0]).collect();
        assert!(
            levels[..5].iter().all(|&level| level < 30) && levels[8..].iter().all(|&level| level > 225),
            "{levels:?}"
        );
    }
}
