//! Components of fewer samples than pixels, brought to the image's size: libjpeg's "fancy" upsampling, a triangle filter that
//! weighs the nearer sample 3/4 and the farther 1/4 in each direction with alternating rounding.

use super::component::Component;

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
}
