use super::dictionary::MAX_CODES;
use super::*;
use crate::model::changes::{Cell, Changes, ColorCount};
use crate::model::color::Color;
use crate::model::geometry::{Rect, Size};
use crate::model::indexed_frame::Slack;
use crate::model::oklab::Oklab;
use crate::model::palette::Palette;

const WIDTH: usize = 200;

/// A beam, and two phrases weighed together.
const AHEAD: SearchOptions = SearchOptions { beam: 4, looks_ahead: true };

const fn searching(beam: usize) -> SearchOptions {
    SearchOptions { beam, looks_ahead: false }
}

/// Numbers below `end` that are the same every time.
fn noise(seed: u64, end: u64) -> impl Iterator<Item = u8> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % end) as u8
    })
}

/// A frame of gray levels.
fn frame(colors: u32, indices: Vec<u8>, slack: Vec<Slack>) -> IndexedFrame {
    let screen = Size::new(WIDTH as u32, 1000).unwrap();
    let rect = Rect::new(0, 0, WIDTH.min(indices.len()), indices.len().div_ceil(WIDTH), screen).unwrap();
    let palette = Palette::new((0..colors).map(|level| Color::gray(level as u8)).collect(), false);
    IndexedFrame { rect, palette, indices, slack }
}

fn fixed(colors: u32, indices: Vec<u8>) -> IndexedFrame {
    let slack = vec![Slack::None; indices.len()];
    frame(colors, indices, slack)
}

/// Lines of a few words that come again, on paper.
fn text(pixels: usize) -> Vec<u8> {
    let glyphs: Vec<u8> = noise(5, 16).map(|value| value.saturating_sub(6)).take(40 * 24).collect();
    let order: Vec<u8> = noise(6, 24).take(pixels / 40 + 1).collect();
    let lines = (0..pixels).map(|at| (at / WIDTH, at % WIDTH));
    lines
        .map(|(y, x)| if y % 12 < 4 { 0 } else { glyphs[usize::from(order[y / 12 * 5 + x / 40]) * 40 + x % 40] })
        .collect()
}

/// What a decoder makes of the codes.
struct Decoded {
    symbols: Vec<u8>,
    /// For each clear but the first: pixels before it, and codes since the dictionary was full.
    clears: Vec<(usize, usize)>,
}

fn decoded(bytes: &[u8]) -> Decoded {
    let clear = 1usize << bytes[0];
    let mut bits = bytes[1..].iter().flat_map(|byte| (0..8).map(move |bit| usize::from(byte >> bit & 1)));
    let mut made = Decoded { symbols: Vec::new(), clears: Vec::new() };
    let mut phrases: Vec<Vec<u8>> = Vec::new();
    let (mut last, mut since_full, mut is_first) = (None::<Vec<u8>>, 0, true);
    loop {
        let width = phrases.len().max(clear + 1).ilog2() + 1;
        let code = (0..width.min(12)).fold(0, |code, at| code | bits.next().unwrap() << at);
        if code == clear {
            if !is_first {
                made.clears.push((made.symbols.len(), since_full));
            }
            phrases = (0..clear + 2).map(|symbol| vec![symbol as u8]).collect();
            (last, since_full, is_first) = (None, 0, false);
            continue;
        }
        assert!(!is_first, "a clear comes first");
        if code == clear + 1 {
            assert!(bits.count() < 8, "nothing follows the end");
            return made;
        }
        let first = |phrase: &Vec<u8>| phrase[0];
        let learned = last.as_ref().map(|last| {
            let next = phrases.get(code).map_or(last[0], first);
            [&last[..], &[next]].concat()
        });
        if phrases.len() == MAX_CODES {
            since_full += 1;
        } else {
            phrases.extend(learned);
        }
        made.symbols.extend(&phrases[code]);
        last = Some(phrases[code].clone());
    }
}

/// The data of `frame`; a decoder reads from it what the encoder says that it shows.
fn encode(frame: &IndexedFrame, tolerance: Option<&Tolerance>, search: SearchOptions) -> Vec<u8> {
    let Encoded { data, shown } = super::encode(frame, tolerance, search);
    assert!(decoded(&data).symbols == shown);
    data
}

/// Whether every pixel is one of what it may be.
fn shows_the_same(frame: &IndexedFrame, symbols: &[u8]) -> bool {
    let pixels = frame.indices.iter().zip(&frame.slack).zip(symbols);
    frame.indices.len() == symbols.len()
        && pixels.into_iter().all(|((index, slack), symbol)| index == symbol || *slack == Slack::Either(*symbol))
}

#[test]
fn every_frame_comes_back_as_it_may_be() {
    for colors in [1u32, 2, 3, 4, 5, 16, 17, 255, 256] {
        for len in [1, 2, 3, 199, 3000, 20_000] {
            let indices: Vec<u8> =
                noise(1, colors.into()).zip(noise(2, 3)).map(|(value, kind)| value * kind.min(1)).take(len).collect();
            let either = |(at, other): (usize, u8)| if at % 3 == 0 { Slack::None } else { Slack::Either(other) };
            let slack = noise(3, colors.into()).take(len).enumerate().map(either).collect();
            for frame in [fixed(colors, indices.clone()), frame(colors, indices, slack)] {
                for search in [SearchOptions::GREEDY, searching(4), AHEAD] {
                    let bytes = encode(&frame, None, search);
                    assert_eq!(u32::from(bytes[0]), u32::from(frame.palette.bits()).max(2));
                    assert!(
                        shows_the_same(&frame, &decoded(&bytes).symbols),
                        "{colors} colors, {len} pixels, {search:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_dictionary_is_cleared_as_soon_as_it_is_full() {
    let frame = fixed(256, noise(9, 256).take(30_000).collect());
    for search in [SearchOptions::GREEDY, AHEAD] {
        let clears = decoded(&encode(&frame, None, search)).clears;
        assert!(clears.len() >= 6 && clears.iter().all(|&(_, since_full)| since_full == 0), "{clears:?}");
    }
}

#[test]
fn of_two_phrases_the_first_may_be_shorter_than_it_could() {
    let frame = fixed(16, text(100_000));
    let [greedy, ahead] = [SearchOptions::GREEDY, AHEAD].map(|search| encode(&frame, None, search).len());
    assert!(ahead < greedy, "{ahead} and {greedy}");
}

#[test]
fn pixels_that_stay_hardly_break_a_run() {
    // Transparent pixels of a known color inside an area of that color. What they are is known one code late, so runs
    // grow somewhat slower.
    let plain = encode(&fixed(16, vec![5; 10_000]), None, SearchOptions::GREEDY).len();
    let scattered: Vec<u8> = noise(8, 2).map(|value| if value == 0 { 5 } else { 15 }).take(10_000).collect();
    let slack = |index: &u8| if *index == 5 { Slack::None } else { Slack::Either(5) };
    let mixed = frame(16, scattered.clone(), scattered.iter().map(slack).collect());
    let free = frame(16, vec![15; 10_000], vec![Slack::Either(5); 10_000]);
    let broken = encode(&fixed(16, scattered), None, SearchOptions::GREEDY).len();
    let [mixed, free] = [mixed, free].map(|frame| encode(&frame, None, SearchOptions::GREEDY).len());
    assert!(
        mixed <= plain * 3 / 2 && free <= plain * 3 / 2 && broken > plain * 5,
        "{plain}, {mixed}, {free}, {broken}"
    );
}

#[test]
fn a_pixel_that_may_be_either_takes_the_longer_phrase() {
    // A row is known in color; then half of its pixels stay.
    let row: Vec<u8> = noise(21, 15).take(200).collect();
    let rows: Vec<u8> = row.iter().cycle().copied().take(200 * 40).collect();
    let stays: Vec<bool> = noise(22, 2).zip(0..rows.len()).map(|(kind, at)| kind == 0 && at >= 4000).collect();
    let hidden: Vec<u8> = rows.iter().zip(&stays).map(|(&index, &stays)| if stays { 15 } else { index }).collect();
    let free = rows.iter().zip(&stays).map(|(&index, &stays)| if stays { Slack::Either(index) } else { Slack::None });
    let as_color = encode(&fixed(16, rows.clone()), None, SearchOptions::GREEDY).len();
    let as_hidden = encode(&fixed(16, hidden.clone()), None, SearchOptions::GREEDY).len();
    let either = encode(&frame(16, hidden, free.collect()), None, SearchOptions::GREEDY).len();
    assert!(either <= as_color && either * 4 < as_hidden * 3, "{either}, {as_color} in color, {as_hidden} hidden");
}

/// Levels 100 to 107 among 256, all of which may stray by one level or more, as far as `reach` levels.
fn wandering(reach: u8, worth: i64, beam: usize) -> (IndexedFrame, Vec<u8>) {
    let len = 20_000;
    let indices: Vec<u8> = noise(11, 8).map(|value| 100 + value).take(len).collect();
    let screen = Size::new(WIDTH as u32, 100).unwrap();
    let changes = Changes {
        rect: screen.rect(),
        cells: indices.iter().map(|&index| Cell::changed(u32::from(index), 7)).collect(),
        colors: (0..=255)
            .map(|level| ColorCount { color: Color::gray(level), pixels: 1, flat: 0, smooth: 0 })
            .collect(),
    };
    let mut frame = frame(256, indices, vec![Slack::Near; len]);
    frame.rect = changes.rect;
    let map: Vec<u8> = (0..=255).collect();
    let reach_sq = Oklab::of(Color::gray(100)).distance_sq(Oklab::of(Color::gray(100 + reach))) * 5 / 4;
    let tolerance = Tolerance::new(&changes, &frame.palette, &map, |_| false, [reach_sq; 8], worth, 24);
    let bytes = encode(&frame, Some(&tolerance), searching(beam));
    (frame, bytes)
}

fn strayed(frame: &IndexedFrame, bytes: &[u8]) -> Vec<u8> {
    let symbols = decoded(bytes).symbols;
    assert_eq!(symbols.len(), frame.indices.len());
    symbols.iter().zip(&frame.indices).map(|(&symbol, &index)| symbol.abs_diff(index)).collect()
}

#[test]
fn pixels_stray_no_further_than_they_may_and_only_where_it_pays() {
    let exact = wandering(2, 0, 4);
    assert!(strayed(&exact.0, &exact.1).iter().all(|&levels| levels == 0), "what is worth nothing is not done");
    let mut sizes = vec![exact.1.len()];
    for reach in 1..=4 {
        let (frame, bytes) = wandering(reach, 1 << 40, 4);
        let levels = strayed(&frame, &bytes);
        assert_eq!(levels.iter().max().copied(), Some(reach), "all of the reach is used, and no more");
        sizes.push(bytes.len());
    }
    assert!(sizes.is_sorted_by(|larger, smaller| larger > smaller), "{sizes:?}");
}

#[test]
fn an_error_is_weighed_against_the_pixels_it_saves() {
    let strays = |worth| {
        let (frame, bytes) = wandering(2, worth, 4);
        strayed(&frame, &bytes).iter().filter(|&&levels| levels > 0).count()
    };
    let step = Oklab::of(Color::gray(100)).distance_sq(Oklab::of(Color::gray(101)));
    let counts = [step / 8, step / 2, step, step * 4].map(|worth| strays(i64::from(worth)));
    assert!(counts.is_sorted() && counts[0] < counts[3], "{counts:?}");
}

#[test]
fn a_wider_search_finds_what_a_narrow_one_misses() {
    let sizes = [1, 2, 4, 8, 16].map(|beam| wandering(2, 1 << 20, beam).1.len());
    assert!(sizes.is_sorted_by(|wider, narrower| wider >= narrower) && sizes[0] > sizes[4], "{sizes:?}");
    assert_eq!(wandering(2, 1 << 20, 99).1.len(), sizes[4], "16 is the most");
    assert_eq!(wandering(2, 1 << 20, 0).1.len(), sizes[0], "1 is the least");
}

#[test]
fn sizes_do_not_grow() {
    let text = fixed(16, text(100_000));
    let photo = fixed(
        256,
        noise(1, 9)
            .scan(128u8, |level, step| {
                *level = level.wrapping_add(step).wrapping_sub(4);
                Some(*level)
            })
            .take(60_000)
            .collect(),
    );
    let found = [
        encode(&text, None, SearchOptions::GREEDY).len(),
        encode(&text, None, AHEAD).len(),
        encode(&photo, None, SearchOptions::GREEDY).len(),
        encode(&photo, None, AHEAD).len(),
        wandering(2, 1 << 20, 1).1.len(),
        wandering(2, 1 << 20, 6).1.len(),
        wandering(4, 1 << 20, 16).1.len(),
    ];
    let most = [19_643, 19_618, 51_980, 51_980, 4907, 3876, 1683];
    assert!(found.iter().zip(most).all(|(&found, most)| found <= most), "{found:?}");
}
