//! An [`IndexedFrame`] in, the same with its smooth areas dithered out.
//!
//! Where a palette is too short for a gradient, every step between two entries is a contour, and rings or bands are all that
//! the eye sees. Ordered dithering (B. E. Bayer, "An optimum method for two-level rendition of continuous-tone pictures",
//! ICC 1973) puts a pattern there whose mean is the color. The pattern is that of the screen, not of the frame, and pixels
//! that do not change are never touched, so nothing flickers.
//!
//! Noise costs bytes, and beside detail nobody sees contours: only areas that are smooth throughout are dithered. With
//! that, dithering cost 0.3 % of the bytes of a corpus, and 8 % of a replay that is half sunset, and was worth them in
//! SSIMULACRA2; without, photos lost half a point.

use std::ops::Range;

use crate::model::changes::{Cell, Changes, ColorCount};
use crate::model::indexed_frame::{IndexedFrame, Slack};
use crate::model::oklab::{Oklab, UNIT};
use crate::model::palette::Palette;
use crate::model::sort::sort_few_by_key;

/// Side of the areas that are judged, in pixels of the screen.
const AREA: usize = 16;

/// The most activity of pixels that are dithered: in steeper slopes the pattern shows as grain.
const SMOOTH: u8 = 2;

/// How many times further from a color than the nearest entry others in its mix may be, squared: farther ones show as grain.
const FARTHER2: i32 = 3 * 3;

/// Dithers the changed pixels of smooth areas whose palette entry is further from their color than `least_sq` (squared
/// distance, in fixed-point Oklab units). They are not to stray any more.
pub fn dither(frame: &mut IndexedFrame, changes: &Changes, least_sq: i32) {
    if changes.colors.len() <= frame.palette.colors().len() {
        return;
    }
    let mut mixes = Mixes::new(&changes.colors, &frame.palette, least_sq);
    for rows in parts(changes.rect.top(), changes.rect.height()) {
        for columns in parts(changes.rect.left(), changes.rect.width()) {
            if is_smooth(changes, &rows, &columns) {
                mix_area(frame, changes, &mut mixes, rows.clone(), columns);
            }
        }
    }
}

/// `length` pixels from `start` on, cut where areas of the screen end; counted from `start`.
fn parts(start: usize, length: usize) -> impl Iterator<Item = Range<usize>> {
    let end = start + length;
    (start / AREA..end.div_ceil(AREA)).map(move |area| {
        let part = (area * AREA).max(start)..((area + 1) * AREA).min(end);
        part.start - start..part.end - start
    })
}

/// Whether all changed cells are smooth and some are not flat.
fn is_smooth(changes: &Changes, rows: &Range<usize>, columns: &Range<usize>) -> bool {
    let mut most = 0;
    for y in rows.clone() {
        for cell in &changes.cells[y * changes.rect.width()..][columns.clone()] {
            most = most.max(if cell.is_static() { 0 } else { cell.activity() });
        }
        if most > SMOOTH {
            return false;
        }
    }
    most > 0
}

fn mix_area(frame: &mut IndexedFrame, changes: &Changes, mixes: &mut Mixes, rows: Range<usize>, columns: Range<usize>) {
    let rect = changes.rect;
    for y in rows {
        for x in columns.clone() {
            let at = y * rect.width() + x;
            let cell = changes.cells[at];
            if cell.is_static() {
                continue;
            }
            if let Some(mix) = mixes.of(cell, frame.indices[at]) {
                frame.indices[at] = mix[PATTERN[(rect.top() + y) % 2][(rect.left() + x) % 2]];
                frame.slack[at] = Slack::None;
            }
        }
    }
}

/// Palette entries for the pixels of two by two, in the order of [`PATTERN`].
type Mix = [u8; 4];

/// Which entry of a mix a pixel gets: neighbors in lightness never touch at their sides.
const PATTERN: [[usize; 2]; 2] = [[0, 2], [3, 1]];

/// What is known of a color.
#[derive(Clone, Copy)]
enum Found {
    NotYet,
    /// Its palette entry is near enough.
    Near,
    Mix(Mix),
}

/// The mix for each color, found when it is first needed.
struct Mixes<'a> {
    colors: &'a [ColorCount],
    /// By color number.
    found: Vec<Found>,
    entries: Vec<Oklab>,
    /// The entries that may be mixed for the color in hand.
    near: Vec<u8>,
    least_sq: i32,
}

impl<'a> Mixes<'a> {
    fn new(colors: &'a [ColorCount], palette: &Palette, least_sq: i32) -> Self {
        let entries = palette.colors().iter().map(|&color| Oklab::of(color)).collect();
        Self { colors, found: vec![Found::NotYet; colors.len()], entries, near: Vec::new(), least_sq }
    }

    /// The mix for a pixel whose nearest entry is `index`, unless that is near enough.
    fn of(&mut self, cell: Cell, index: u8) -> Option<Mix> {
        let number = cell.color() as usize;
        if let Found::NotYet = self.found[number] {
            let source = Oklab::of(self.colors[number].color);
            let is_near = self.entries[usize::from(index)].distance_sq(source) <= self.least_sq;
            self.found[number] = if is_near { Found::Near } else { Found::Mix(self.mix(source, index)) };
        }
        match self.found[number] {
            Found::Mix(mix) => Some(mix),
            _ => None,
        }
    }

    /// Takes one entry after the other, each time the one nearest to `source` with three quarters of the error so far
    /// made good: all of it would take entries from further away.
    fn mix(&mut self, source: Oklab, index: u8) -> Mix {
        let farthest2 = self.entries[usize::from(index)].distance_sq(source).saturating_mul(FARTHER2);
        let near = self.entries.iter().zip(0..=u8::MAX).filter(|(entry, _)| entry.distance_sq(source) <= farthest2);
        self.near.clear();
        self.near.extend(near.map(|(_, index)| index));
        let mut error = [0; 3];
        let mut mix = [index; 4];
        for chosen in &mut mix {
            let wanted = moved(source, error.map(|error| error * 3 / 4));
            let distance = |&entry: &u8| self.entries[usize::from(entry)].distance_sq(wanted);
            *chosen = self.near.iter().copied().min_by_key(distance).unwrap_or(index);
            let entry = self.entries[usize::from(*chosen)];
            let strays = [(source.l, entry.l), (source.a, entry.a), (source.b, entry.b)];
            for (error, (source, entry)) in error.iter_mut().zip(strays) {
                *error += i32::from(source) - i32::from(entry);
            }
        }
        sort_few_by_key(&mut mix, |&entry| (self.entries[usize::from(entry)].l, entry));
        mix
    }
}

/// A color moved in Oklab, kept where distances are defined.
fn moved(color: Oklab, by: [i32; 3]) -> Oklab {
    let [l, a, b] = [(color.l, by[0]), (color.a, by[1]), (color.b, by[2])]
        .map(|(value, by)| (i32::from(value) + by).clamp(-UNIT / 2, UNIT) as i16);
    Oklab { l, a, b }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::color::Color;
    use crate::model::geometry::{Rect, Size};

    const DARK: Color = Color::gray(0x40);
    const LIGHT: Color = Color::gray(0x48);
    const MIDDLE: Color = Color::gray(0x44);

    /// A square of `side` pixels at (`left`, 0), all of `color`, in a palette of two grays.
    fn dithered(left: usize, side: usize, color: Color, cell: impl Fn(usize) -> Cell, least: f64) -> IndexedFrame {
        let screen = Size::new(64, 64).unwrap();
        let rect = Rect::new(left, 0, side, side, screen).unwrap();
        let count = |color| ColorCount { color, pixels: 1, flat: 0, smooth: 1 };
        let cells = (0..rect.area()).map(cell).collect();
        let changes = Changes { rect, cells, colors: [color, DARK, LIGHT].map(count).to_vec() };
        let palette = Palette::new(vec![DARK, LIGHT], false);
        let mut frame =
            IndexedFrame { rect, palette, indices: vec![0; rect.area()], slack: vec![Slack::Near; rect.area()] };
        let least = least * f64::from(UNIT);
        dither(&mut frame, &changes, (least * least) as i32);
        frame
    }

    fn share_of_light(frame: &IndexedFrame) -> f64 {
        frame.indices.iter().map(|&index| f64::from(index)).sum::<f64>() / frame.indices.len() as f64
    }

    #[test]
    fn a_smooth_area_shows_its_color_in_the_mean() {
        for (color, share) in [(Color::gray(0x43), 0.375), (MIDDLE, 0.5), (Color::gray(0x45), 0.625)] {
            let frame = dithered(0, 16, color, |_| Cell::changed(0, 1), 0.001);
            // Four pixels have the choice between five shares.
            assert!((share_of_light(&frame) - share).abs() <= 0.125, "{color:?} {}", share_of_light(&frame));
            assert!(frame.slack.iter().all(|&slack| slack == Slack::None));
        }
    }

    #[test]
    fn entries_much_further_away_than_the_nearest_are_not_mixed_in() {
        let frame = dithered(0, 16, Color::gray(0x41), |_| Cell::changed(0, 1), 0.001);
        assert!(frame.indices.iter().all(|&index| index == 0));
    }

    #[test]
    fn the_pattern_is_that_of_the_screen() {
        let [here, beside] = [0, 1].map(|left| dithered(left, 32, MIDDLE, |_| Cell::changed(0, 1), 0.001));
        for y in 0..32 {
            assert_eq!(here.indices[y * 32 + 1..][..31], beside.indices[y * 32..][..31], "row {y}");
        }
    }

    #[test]
    fn near_colors_flat_areas_and_detail_keep_their_entries() {
        let untouched = |frame: IndexedFrame| frame.indices.iter().all(|&index| index == 0);
        assert!(untouched(dithered(0, 16, MIDDLE, |_| Cell::changed(0, 1), 0.1)));
        assert!(untouched(dithered(0, 16, MIDDLE, |_| Cell::changed(0, 0), 0.001)));
        let one_edge = |at| Cell::changed(0, if at == 40 { 3 } else { 1 });
        assert!(untouched(dithered(0, 16, MIDDLE, one_edge, 0.001)));
        // The edge lies in the first of four areas.
        let frame = dithered(0, 32, MIDDLE, one_edge, 0.001);
        assert!((share_of_light(&frame) - 0.5 * 0.75).abs() < 0.01);
    }

    #[test]
    fn static_pixels_stay() {
        let frame =
            dithered(0, 16, MIDDLE, |at| if at % 3 == 0 { Cell::unchanged(0) } else { Cell::changed(0, 1) }, 0.001);
        for (at, (&index, &slack)) in frame.indices.iter().zip(&frame.slack).enumerate() {
            assert!(at % 3 != 0 || (index, slack) == (0, Slack::Near), "{at}");
        }
        assert!((share_of_light(&frame) - 0.5 * 2.0 / 3.0).abs() < 0.02);
    }
}
