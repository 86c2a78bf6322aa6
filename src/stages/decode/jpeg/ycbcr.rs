//! Samples of a JPEG to red, green and blue: YCbCr of ITU-R BT.601 as JFIF has it, in 16-bit fixed point, and inks (CMYK, YCCK).

use crate::model::color::Color;

/// Pixels converted at a time, by as many lanes.
const LANES: usize = 16;

/// Appends the pixels of one row of luma, blue and red chroma.
pub fn to_rgb(row: [&[u8]; 3], pixels: &mut Vec<Color>) {
    let [(y, y_rest), (cb, cb_rest), (cr, cr_rest)] = row.map(<[u8]>::as_chunks::<LANES>);
    for ((y, cb), cr) in y.iter().zip(cb).zip(cr) {
        pixels.extend_from_slice(&convert_lanes(y, cb, cr));
    }
    for ((&y, &cb), &cr) in y_rest.iter().zip(cb_rest).zip(cr_rest) {
        pixels.extend_from_slice(&convert_lanes(&[y], &[cb], &[cr]));
    }
}

/// Appends the pixels of one row of inks (CMYK), which files store inverted: 255 is no ink. As in browsers, each channel is
/// multiplied by black and rounded down. With `as_colors`, the first three components are luma and chroma (YCCK).
pub fn inks_to_rgb([cyan, magenta, yellow, black]: [&[u8]; 4], as_colors: bool, pixels: &mut Vec<Color>) {
    let start = pixels.len();
    if as_colors {
        to_rgb([cyan, magenta, yellow], pixels);
        pixels[start..].iter_mut().for_each(|pixel| *pixel = Color::from_bits(!pixel.bits()));
    } else {
        let inks = cyan.iter().zip(magenta).zip(yellow);
        pixels.extend(inks.map(|((&cyan, &magenta), &yellow)| Color::rgb([cyan, magenta, yellow])));
    }
    for (pixel, &black) in pixels[start..].iter_mut().zip(black) {
        let dimmed = pixel.channels().map(|channel| (u16::from(channel) * u16::from(black) / 255) as u8);
        *pixel = Color::rgb(dimmed);
    }
}

/// Pixels side by side. With `c = cr - 128`, red is `y + 1.402 c`, where 1.402 is 91881 / 65536, as one and a rest that
/// fits in 16 bits; blue (1.772) and green (-0.34414 and -0.71414) alike.
#[inline]
fn convert_lanes<const N: usize>(y: &[u8; N], cb: &[u8; N], cr: &[u8; N]) -> [Color; N] {
    let (mut red, mut green, mut blue) = ([0; N], [0; N], [0; N]);
    let round = |product: i32| ((product >> 16) as i16 + 1) >> 1;
    let sample = |value: i16| value.clamp(0, 255) as u8;
    for i in 0..N {
        let [y, cb, cr] = [y[i], cb[i], cr[i]].map(i16::from);
        let (cb, cr) = (cb - 128, cr - 128);
        red[i] = sample(y + cr + round(i32::from(2 * cr) * (91881 - 65536)));
        blue[i] = sample(y + 2 * cb + round(i32::from(2 * cb) * (116_130 - 131_072)));
        let product = i32::from(cb) * -22554 + i32::from(cr) * (65536 - 46802);
        green[i] = sample(y - cr + ((product + 32768) >> 16) as i16);
    }
    // In two steps, which the compiler makes two interleavings.
    let red_green: [u16; N] = std::array::from_fn(|i| u16::from_le_bytes([red[i], green[i]]));
    std::array::from_fn(|i| Color::from_bits(u32::from(red_green[i]) | u32::from(u16::from(blue[i])) << 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_those_of_the_fixed_point_formulas() {
        let all: Vec<u8> = (0..=255).collect();
        for (y, cb) in (0..=255).step_by(5).flat_map(|y| (0..=255).map(move |cb| (y, cb))) {
            let mut pixels = Vec::new();
            to_rgb([&[y; 256], &[cb; 256], &all], &mut pixels);
            let tail = convert_lanes(&[y], &[cb], &[255]);
            assert_eq!(tail[0], pixels[255]);
            for (cr, pixel) in (0..).zip(pixels) {
                let (y, cb, cr) = (i32::from(y), i32::from(cb) - 128, cr - 128);
                let red = y + ((91881 * cr + 32768) >> 16);
                let green = y + ((-22554 * cb - 46802 * cr + 32768) >> 16);
                let blue = y + ((116_130 * cb + 32768) >> 16);
                let wanted = [red, green, blue].map(|value| value.clamp(0, 255) as u8);
                assert_eq!(pixel.channels(), wanted);
            }
        }
    }
}
