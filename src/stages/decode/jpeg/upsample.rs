//! From component planes to pixels: libjpeg's "fancy" upsampling, a triangle filter that weighs the nearer sample 3/4
//! and the farther 1/4 in each direction with alternating rounding, and ITU-R BT.601 as JFIF has it, in 16-bit fixed
//! point.

use super::component::Component;
use crate::model::color::Color;

/// Pixels converted at a time, by as many lanes.
const LANES: usize = 16;

/// The rows of one component, brought to the image's width.
pub struct Upsampler {
    sums: Vec<u16>,
    row: Vec<u8>,
}

impl Upsampler {
    /// One without buffers yet.
    pub const fn new() -> Self {
        Self { sums: Vec::new(), row: Vec::new() }
    }

    /// The samples for image row `y`, at least as many as the image is wide.
    pub fn row<'a>(&'a mut self, component: &'a Component, y: usize) -> Option<&'a [u8]> {
        let (across, down) = component.scale;
        let line = |y: usize| component.plane.get(y * component.stride..)?.get(..component.width);
        let near = line(y / down)?;
        if (across, down) == (1, 1) {
            return Some(near);
        }
        let above = y.is_multiple_of(2);
        let far = line(if above { (y / 2).saturating_sub(1) } else { (y / 2 + 1).min(component.height - 1) });
        self.row.resize(component.width * across, 0);
        match (across, down) {
            (2, 1) if component.width > 2 => {
                self.sum(near.iter().map(|&sample| u16::from(sample)));
                self.spread::<1, 2, 2>();
            }
            (2, 2) if component.width > 2 => {
                self.sum(near.iter().zip(far?).map(|(&near, &far)| 3 * u16::from(near) + u16::from(far)));
                self.spread::<8, 7, 4>();
            }
            (1, 2) => {
                let bias = if above { 1 } else { 2 };
                for ((out, &near), &far) in self.row.iter_mut().zip(near).zip(far?) {
                    *out = ((3 * u16::from(near) + u16::from(far) + bias) >> 2) as u8;
                }
            }
            _ => {
                for (out, &near) in self.row.chunks_exact_mut(across).zip(near) {
                    out.fill(near);
                }
            }
        }
        Some(&self.row)
    }

    /// Sets `sums`, with the outermost ones repeated on either side.
    fn sum(&mut self, sums: impl ExactSizeIterator<Item = u16>) {
        self.sums.clear();
        self.sums.push(0);
        self.sums.extend(sums);
        self.sums.extend(self.sums.last().copied());
        self.sums[0] = self.sums[1];
    }

    /// Sets `row` to two samples for each of `sums`.
    fn spread<const LEFT: u16, const RIGHT: u16, const SHIFT: u32>(&mut self) {
        for (out, near) in self.row.as_chunks_mut::<2>().0.iter_mut().zip(self.sums.windows(3)) {
            let thrice = 3 * near[1];
            *out = [((thrice + near[0] + LEFT) >> SHIFT) as u8, ((thrice + near[2] + RIGHT) >> SHIFT) as u8];
        }
    }
}

/// Appends the pixels of a row.
pub fn convert(row: [&[u8]; 3], pixels: &mut Vec<Color>) {
    let [(y, y_rest), (cb, cb_rest), (cr, cr_rest)] = row.map(<[u8]>::as_chunks::<LANES>);
    for ((y, cb), cr) in y.iter().zip(cb).zip(cr) {
        pixels.extend_from_slice(&convert_lanes(y, cb, cr));
    }
    for ((&y, &cb), &cr) in y_rest.iter().zip(cb_rest).zip(cr_rest) {
        pixels.extend_from_slice(&convert_lanes(&[y], &[cb], &[cr]));
    }
}

/// Appends the pixels of one row of inks, which files hold inverted: 255 is none. As browsers do, each channel is dimmed
/// by the black, rounded down. With `as_colors`, the first three are the luma and chroma of the inks' inverse.
pub fn convert_inks([cyan, magenta, yellow, black]: [&[u8]; 4], as_colors: bool, pixels: &mut Vec<Color>) {
    let start = pixels.len();
    if as_colors {
        convert([cyan, magenta, yellow], pixels);
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

    fn component(scale: (usize, usize), width: usize, plane: &[u8]) -> Component {
        let height = plane.len() / width;
        Component { scale, width, height, stride: width, plane: plane.to_vec(), ..Component::default() }
    }

    fn rows(component: &Component) -> Vec<Vec<u8>> {
        let mut upsampler = Upsampler::new();
        let height = component.height * component.scale.1;
        (0..height).map(|y| upsampler.row(component, y).unwrap().to_vec()).collect()
    }

    #[test]
    fn nearer_samples_weigh_three_quarters() {
        let across = rows(&component((2, 1), 3, &[0, 10, 21]));
        assert_eq!(across, [[0, 3, 7, 13, 18, 21]]);
        let down = rows(&component((1, 2), 2, &[0, 10, 10, 21]));
        assert_eq!(down, [[0, 10], [3, 13], [7, 18], [10, 21]]);
        let both = rows(&component((2, 2), 3, &[0, 10, 20, 100, 100, 100]));
        assert_eq!(both[0], [0, 2, 8, 12, 18, 20]);
        assert_eq!(both[1], [25, 27, 31, 34, 38, 40]);
    }

    #[test]
    fn narrow_components_and_other_scales_are_repeated() {
        assert_eq!(rows(&component((2, 2), 2, &[1, 9])), [[1, 1, 9, 9]; 2]);
        assert_eq!(rows(&component((4, 1), 3, &[1, 5, 9])), [[1, 1, 1, 1, 5, 5, 5, 5, 9, 9, 9, 9]]);
    }

    #[test]
    fn colors_are_those_of_the_fixed_point_formulas() {
        let all: Vec<u8> = (0..=255).collect();
        for (y, cb) in (0..=255).step_by(5).flat_map(|y| (0..=255).map(move |cb| (y, cb))) {
            let mut pixels = Vec::new();
            convert([&[y; 256], &[cb; 256], &all], &mut pixels);
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
