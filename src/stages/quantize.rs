//! Color counts in, at most 256 palette colors out.
//!
//! Colors of large flat areas are kept exactly. The other colors are divided into groups in Oklab by X. Wu's method ("Color
//! quantization by dynamic programming and principal analysis", ACM TOG 1992): each step cuts the group with the largest
//! sum of squared errors, at the place that lowers the sum most. Weighted k-means over the distinct colors then moves the
//! group means (M. E. Celebi, "Improving the performance of k-means for color quantization", 2011).

use crate::model::changes::ColorCount;
use crate::model::color::Color;
use crate::model::color_set::ColorSet;
use crate::model::nearest_color::NearestColor;
use crate::model::oklab::Oklab;
use crate::model::sort::{distinct, sorted_by_key};

/// Options of the quantizer.
#[derive(Debug, Clone, Copy)]
pub struct QuantizeOptions<'a> {
    /// Maximum number of colors to return.
    pub max_colors: usize,
    /// Colors to keep exactly, where they occur in the counts.
    pub pinned: &'a ColorSet,
    /// Number of k-means iterations.
    pub rounds: u32,
    /// A group is not divided further when the mean squared distance of its pixels to the group mean is at most this, in
    /// squared fixed-point Oklab units.
    pub merge_sq: f32,
}

/// One distinct color, or the weighted mean of several similar colors.
#[derive(Debug, Clone, Copy)]
struct Point {
    lab: Oklab,
    rgb: [f32; 3],
    /// Number of pixels, plus [`SMOOTH_WEIGHT`] times the number of pixels in smooth surroundings, where errors show as
    /// bands. With more than [`MANY_COLORS`] distinct colors, this sum to the power of 3/4.
    weight: f32,
    pixels: f32,
}

const SMOOTH_WEIGHT: f32 = 8.0;

/// With more distinct colors than this, frequent colors get less weight, so that rare colors get more palette entries: no
/// palette is close to all colors, and large errors are seen before frequent ones. Measured: up to one point of SSIMULACRA2
/// better, at fewer bytes.
const MANY_COLORS: usize = 100_000;

/// Returns at most `how.max_colors` colors that represent `counts`: all colors of `counts` if they are no more than that.
#[must_use]
pub fn quantize(counts: &[ColorCount], how: &QuantizeOptions) -> Vec<Color> {
    if counts.len() <= how.max_colors {
        return counts.iter().map(|count| count.color).collect();
    }
    let mut palette = pin(counts, how);
    let fixed: Vec<Oklab> = palette.iter().map(|&color| Oklab::of(color)).collect();
    let points = points(counts, &palette);
    let boxes = divide(points.clone(), how.max_colors - palette.len(), how.merge_sq);
    let centers = refine(&points, &fixed, boxes, how.rounds);
    palette.extend(centers);
    distinct(&palette)
}

/// Returns the pinned colors that occur, then the colors of large flat areas, together at most half of the palette.
fn pin(counts: &[ColorCount], how: &QuantizeOptions) -> Vec<Color> {
    let total: u64 = counts.iter().map(|count| u64::from(count.pixels)).sum();
    let least_flat = (total / 2048).max(48);
    let flat: Vec<&ColorCount> =
        counts.iter().filter(|count| u64::from(count.flat) >= least_flat || how.pinned.contains(count.color)).collect();
    // Order: pinned colors first, then falling flat area, then rising color value (24 bits).
    let key = |count: &&ColorCount| {
        let rank = u64::from(!how.pinned.contains(count.color)) << 32 | u64::from(!count.flat);
        rank << 24 | u64::from(count.color.bits())
    };
    sorted_by_key(&flat, key).into_iter().take(how.max_colors / 2).map(|count| count.color).collect()
}

/// With more distinct colors than this, similar colors are merged into bins first.
const MAX_POINTS: usize = 1 << 15;

fn points(counts: &[ColorCount], palette: &[Color]) -> Vec<Point> {
    let taken = ColorSet::new(palette);
    let free = counts.iter().filter(|count| !taken.contains(count.color));
    let point = |count: &ColorCount| Point {
        lab: Oklab::of(count.color),
        rgb: count.color.channels().map(f32::from),
        weight: count.pixels as f32 + SMOOTH_WEIGHT * count.smooth as f32,
        pixels: count.pixels as f32,
    };
    if counts.len() <= MAX_POINTS {
        return free.map(point).collect();
    }
    let soften = |weight: f32| if counts.len() > MANY_COLORS { weight / weight.sqrt().sqrt() } else { weight };
    // One bin for each combination of the upper five bits of the channels. A bin holds the sums for its weighted mean.
    let mut bins = vec![([0.0f64; 3], 0.0f64, 0.0f64); 1 << 15];
    for count in free {
        let [r, g, b] = count.color.channels();
        let bin = &mut bins[usize::from(r >> 3) << 10 | usize::from(g >> 3) << 5 | usize::from(b >> 3)];
        for (sum, channel) in bin.0.iter_mut().zip([r, g, b]) {
            *sum += f64::from(channel) * f64::from(count.pixels);
        }
        bin.1 += f64::from(count.pixels);
        bin.2 += f64::from(count.smooth);
    }
    let filled = bins.into_iter().filter(|bin| bin.1 > 0.0);
    filled
        .map(|(sum, weight, smooth)| {
            let rgb = sum.map(|channel| (channel / weight) as f32);
            Point {
                lab: Oklab::of(round(rgb)),
                rgb,
                weight: soften(weight as f32 + SMOOTH_WEIGHT * smooth as f32),
                pixels: weight as f32,
            }
        })
        .collect()
}

fn round(rgb: [f32; 3]) -> Color {
    Color::rgb(rgb.map(|channel| (channel + 0.5) as u8))
}

/// A group of points. `error`: weighted sum of squared distances to the group mean. `axis`: Oklab axis with the largest
/// share of it.
struct Group {
    points: Vec<Point>,
    error: f32,
    pixels: f32,
    axis: usize,
}

impl Group {
    fn new(points: Vec<Point>) -> Self {
        let mut sums = [[0.0f64; 2]; 3];
        let mut weight = 0.0;
        let mut pixels = 0.0;
        for point in &points {
            let w = f64::from(point.weight);
            weight += w;
            pixels += f64::from(point.pixels);
            for (sum, value) in sums.iter_mut().zip(axes(point.lab)) {
                let value = f64::from(value);
                sum[0] += w * value;
                sum[1] += w * value * value;
            }
        }
        let errors = sums.map(|[sum, square]| square - sum * sum / weight);
        let axis = (0..3).fold(0, |best, axis| if errors[axis] > errors[best] { axis } else { best });
        Self { points, error: errors.iter().sum::<f64>() as f32, pixels: pixels as f32, axis }
    }

    /// Divides the group in two along `axis`, where that lowers the sum of squared errors most. The place is found to within
    /// 1/128 of the range of values. Returns no second group if all points have the same value.
    fn split(self) -> (Self, Option<Self>) {
        let axis = self.axis;
        let values = self.points.iter().map(|point| i32::from(axes(point.lab)[axis]));
        let (low, high) = values.fold((i32::MAX, i32::MIN), |(low, high), value| (low.min(value), high.max(value)));
        if low >= high {
            return (Self { error: 0.0, ..self }, None);
        }
        let slot = |point: &Point| ((i32::from(axes(point.lab)[axis]) - low) * 127 / (high - low)) as usize;
        let mut slots = [[0.0f64; 2]; 128];
        for point in &self.points {
            let sums = &mut slots[slot(point)];
            sums[0] += f64::from(point.weight);
            sums[1] += f64::from(point.weight) * f64::from(i32::from(axes(point.lab)[axis]) - low);
        }
        let total = slots.iter().fold([0.0; 2], |sum, slot| [sum[0] + slot[0], sum[1] + slot[1]]);
        let (mut below, mut best, mut cut) = ([0.0; 2], -1.0, 0);
        for (i, slot) in slots.iter().enumerate().take(127) {
            below = [below[0] + slot[0], below[1] + slot[1]];
            let above = [total[0] - below[0], total[1] - below[1]];
            if below[0] > 0.0 && above[0] > 0.0 {
                let gain = below[1] * below[1] / below[0] + above[1] * above[1] / above[0];
                if gain > best {
                    (best, cut) = (gain, i);
                }
            }
        }
        let (lower, upper) = self.points.into_iter().partition(|point| slot(point) <= cut);
        (Self::new(lower), Some(Self::new(upper)))
    }
}

fn axes(lab: Oklab) -> [i16; 3] {
    [lab.l, lab.a, lab.b]
}

/// Divides `points` into at most `most` groups and returns the mean RGB color of each.
fn divide(points: Vec<Point>, most: usize, merge_sq: f32) -> Vec<[f32; 3]> {
    if points.is_empty() || most == 0 {
        return Vec::new();
    }
    let mut groups = vec![Group::new(points)];
    while groups.len() < most {
        let worth = |group: &Group| {
            if group.error > merge_sq * group.pixels { group.error } else { 0.0 }
        };
        let best = (0..groups.len()).fold(0, |best, i| if worth(&groups[i]) > worth(&groups[best]) { i } else { best });
        if worth(&groups[best]) <= 0.0 {
            break;
        }
        let (lower, upper) = groups.swap_remove(best).split();
        groups.push(lower);
        groups.extend(upper);
    }
    groups.iter().map(|group| mean(group.points.iter())).collect()
}

fn mean<'a>(points: impl Iterator<Item = &'a Point>) -> [f32; 3] {
    let (mut sum, mut weight) = ([0.0f64; 3], 0.0f64);
    for point in points {
        let w = f64::from(point.weight);
        weight += w;
        for (sum, &channel) in sum.iter_mut().zip(&point.rgb) {
            *sum += f64::from(channel) * w;
        }
    }
    sum.map(|sum| (sum / weight.max(1e-9)) as f32)
}

/// Moves `centers` by `rounds` iterations of weighted k-means. Points may belong to a `fixed` color, which does not move.
fn refine(points: &[Point], fixed: &[Oklab], mut centers: Vec<[f32; 3]>, rounds: u32) -> Vec<Color> {
    for _ in 0..rounds {
        let labs: Vec<Oklab> =
            fixed.iter().copied().chain(centers.iter().map(|&center| Oklab::of(round(center)))).collect();
        let nearest = NearestColor::new(&labs);
        let mut sums = vec![([0.0f64; 3], 0.0f64); labs.len()];
        for point in points {
            let (index, _) = nearest.find(point.lab);
            let (sum, weight) = &mut sums[usize::from(index)];
            *weight += f64::from(point.weight);
            for (sum, &channel) in sum.iter_mut().zip(&point.rgb) {
                *sum += f64::from(channel) * f64::from(point.weight);
            }
        }
        for (center, (sum, weight)) in centers.iter_mut().zip(&sums[fixed.len()..]) {
            if *weight > 0.0 {
                *center = sum.map(|sum| (sum / weight) as f32);
            }
        }
    }
    centers.into_iter().map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(colors: impl Iterator<Item = (u32, u32)>) -> Vec<ColorCount> {
        colors
            .map(|(color, flat)| ColorCount { color: Color::from_bits(color), pixels: flat + 1, flat, smooth: 0 })
            .collect()
    }

    fn how(max_colors: usize, pinned: &ColorSet) -> QuantizeOptions<'_> {
        QuantizeOptions { max_colors, pinned, rounds: 2, merge_sq: 0.0 }
    }

    #[test]
    fn colors_that_fit_are_all_kept() {
        let few = counts((0..100).map(|i| (i * 77, 0)));
        assert_eq!(quantize(&few, &how(100, &ColorSet::new(&[]))).len(), 100);
    }

    #[test]
    fn no_colors_give_no_palette() {
        assert!(quantize(&[], &how(255, &ColorSet::new(&[]))).is_empty());
    }

    #[test]
    fn flat_and_pinned_colors_stay_exact() {
        let many = counts((0..4000).map(|i| (i * 4099, if i == 17 { 100_000 } else { 0 })));
        let [flat, pinned] = [17 * 4099, 33 * 4099].map(Color::from_bits);
        let palette = quantize(&many, &how(64, &ColorSet::new(&[pinned])));
        assert!(palette.len() <= 64);
        assert!(palette.contains(&flat) && palette.contains(&pinned));
    }

    #[test]
    fn of_very_many_colors_rare_ones_get_more_entries() {
        // The lower half of a cube is a hundred times as frequent as the upper.
        let rare = |colors: u32| {
            let color = |i: u32| Color::rgb([i % 50, i / 50 % 50, i / 2500].map(|level| (level * 5) as u8));
            let count =
                |i| ColorCount { color: color(i), pixels: if i < 50_000 { 100 } else { 1 }, flat: 0, smooth: 0 };
            let counts: Vec<ColorCount> = (0..colors).map(count).collect();
            quantize(&counts, &how(256, &ColorSet::new(&[])))
                .iter()
                .filter(|&&color| color >= Color::rgb([0, 0, 100]))
                .count()
        };
        let [fewer, more] = [99_000, 101_000].map(rare);
        assert!(more > fewer * 9 / 8, "{fewer} {more}");
    }

    #[test]
    fn more_colors_never_fit_worse() {
        let many = counts((0..60_000).map(|i| ((i * 277) & 0x00ff_ffff, 0)));
        let error = |max| {
            let labs: Vec<Oklab> = quantize(&many, &how(max, &ColorSet::new(&[]))).into_iter().map(Oklab::of).collect();
            let nearest = NearestColor::new(&labs);
            many.iter().map(|count| i64::from(nearest.find(Oklab::of(count.color)).1)).sum::<i64>()
        };
        assert!(error(16) > error(64) && error(64) > error(256));
    }
}
