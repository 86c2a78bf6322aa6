//! Composed screen in, the same screen with overlays painted on it out.
//!
//! Values that were read back from a canvas may be off by one. They are rounded to a few levels, so that the result is the same
//! everywhere and the number of new colors stays small.

use crate::model::color::Color;
use crate::model::overlay::{Overlay, Paint};
use crate::model::raster::Raster;

/// Steps from no coverage to full coverage; each is 51 of 255.
const COVERAGE_STEPS: u32 = 5;
/// Steps from a channel's least value to its greatest; each is 17 of 255.
const CHANNEL_STEPS: u32 = 15;

/// Draws `overlays` on `screen`, the first one at the bottom; parts outside the screen are cut off.
pub fn paint(screen: &mut Raster, overlays: &[Overlay]) {
    let (screen_width, screen_height) = (screen.size().width(), screen.size().height());
    for overlay in overlays {
        let area = overlay.area();
        let Some((columns, rows)) = area.within(screen_width, screen_height) else {
            continue;
        };
        // Where the visible part begins inside the overlay. Both fit: the overlay has that many values.
        let skipped_x = (columns.start as i64 - area.left) as usize;
        for y in rows {
            let line = &mut screen.pixels_mut()[y * screen_width..][columns.clone()];
            let first = (y as i64 - area.top) as usize * area.width as usize + skipped_x;
            match overlay.paint() {
                Paint::Solid(color) => line.fill(*color),
                Paint::Coverage { color, coverage } => {
                    for (pixel, &value) in line.iter_mut().zip(&coverage[first..]) {
                        *pixel = blend(*pixel, *color, coverage_level(value));
                    }
                }
                Paint::Picture { rgba } => {
                    for (pixel, value) in line.iter_mut().zip(rgba[first * 4..].chunks_exact(4)) {
                        let color = Color::rgb([value[0], value[1], value[2]].map(channel));
                        *pixel = blend(*pixel, color, coverage_level(value[3]));
                    }
                }
            }
        }
    }
}

fn coverage_level(value: u8) -> u32 {
    (u32::from(value) * COVERAGE_STEPS + 127) / 255
}

fn channel(value: u8) -> u8 {
    ((u32::from(value) * CHANNEL_STEPS + 127) / 255 * (255 / CHANNEL_STEPS)) as u8
}

/// Blends `over` onto `under`, rounded to nearest.
fn blend(under: Color, over: Color, level: u32) -> Color {
    match level {
        0 => under,
        COVERAGE_STEPS => over,
        _ => {
            let (under, over) = (under.channels(), over.channels());
            let mix = |i: usize| {
                let sum = u32::from(under[i]) * (COVERAGE_STEPS - level) + u32::from(over[i]) * level;
                ((sum + COVERAGE_STEPS / 2) / COVERAGE_STEPS) as u8
            };
            Color::rgb([mix(0), mix(1), mix(2)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::Area;
    use crate::model::geometry::Size;

    fn at(left: i64, top: i64, width: i64, height: i64) -> Area {
        Area { left, top, width, height }
    }

    fn painted(width: u32, height: u32, under: Color, overlays: &[Overlay]) -> Vec<Color> {
        let mut screen = Raster::filled(Size::new(width, height).unwrap(), under).unwrap();
        paint(&mut screen, overlays);
        screen.into_pixels()
    }

    #[test]
    fn nothing_painted_changes_nothing() {
        assert_eq!(painted(1, 1, Color::WHITE, &[]), [Color::WHITE]);
    }

    #[test]
    fn later_overlays_lie_on_top_and_edges_cut_off() {
        let overlays = [(at(-1, 0, 3, 1), 1), (at(1, 0, 9, 9), 2)]
            .map(|(area, color)| Overlay::new(area, Paint::Solid(Color::from_bits(color))));
        let overlays = overlays.map(Result::unwrap);
        assert_eq!(painted(3, 2, Color::BLACK, &overlays), [1, 2, 2, 0, 2, 2].map(Color::from_bits));
    }

    #[test]
    fn coverage_is_taken_from_the_part_that_is_visible() {
        let paint = Paint::Coverage { color: Color::WHITE, coverage: vec![9, 9, 255, 9, 9, 255, 9, 0, 0] };
        let overlay = Overlay::new(at(-1, -1, 3, 3), paint).unwrap();
        assert_eq!(painted(2, 2, Color::BLACK, &[overlay]), [0, 0x00ff_ffff, 0, 0].map(Color::from_bits));
    }

    #[test]
    fn half_coverage_is_half_way() {
        let (under, over) = (Color::from_hex(0x64_ff00), Color::from_hex(0xff_00ff));
        let mixed = |value| {
            let paint = Paint::Coverage { color: over, coverage: vec![value] };
            painted(1, 1, under, &[Overlay::new(at(0, 0, 1, 1), paint).unwrap()])[0]
        };
        assert_eq!(mixed(102).channels(), [162, 153, 102]);
        assert_eq!((mixed(0), mixed(255)), (under, over));
    }

    #[test]
    fn noise_of_one_on_a_level_changes_nothing() {
        for level in (0..=COVERAGE_STEPS).map(|step| step * 51) {
            let noisy = |by: i32| coverage_level((level as i32 + by).clamp(0, 255) as u8);
            assert_eq!([noisy(-1), noisy(0), noisy(1)], [level / 51; 3]);
        }
        for level in (0..=CHANNEL_STEPS).map(|step| step * 17) {
            let noisy = |by: i32| channel((level as i32 + by).clamp(0, 255) as u8);
            assert_eq!([noisy(-1), noisy(0), noisy(1)], [level as u8; 3]);
        }
    }

    #[test]
    fn a_picture_has_its_own_colors_and_alpha() {
        let rgba = vec![254, 0, 1, 255, 0, 0, 0, 0, 255, 255, 255, 52];
        let overlay = Overlay::new(at(0, 0, 3, 1), Paint::Picture { rgba }).unwrap();
        let found: Vec<[u8; 3]> = painted(3, 1, Color::BLACK, &[overlay]).into_iter().map(Color::channels).collect();
        assert_eq!(found, [[255, 0, 0], [0, 0, 0], [51, 51, 51]]);
    }
}
