//! Nothing of what is redacted reaches the file: the bytes do not depend on it.

use proptest::prelude::*;
use task_gif::model::frame_spec::FrameSpec;
use task_gif::model::geometry::Area;
use task_gif::model::overlay::{Overlay, Paint};
use task_gif::pipeline::{FrameTiming, WorkerSession, plan, screen_for};
use task_gif::{Color, Effort, Fit, Options, Pace, Screenshot, Size, assemble};

use super::{noise, png};

const WIDTH: usize = 40;
const HEIGHT: usize = 30;
const BOX: Area = Area { left: 7, top: 5, width: 12, height: 9 };

/// Screenshots that change from one to the next, with other pixels in the box for each `secret`.
fn screenshots(seed: u64, secret: Option<u64>) -> Vec<Vec<u8>> {
    let mut visible = noise(seed);
    let mut hidden = secret.map(noise);
    let mut pixels: Vec<u32> = (0..WIDTH * HEIGHT).map(|_| visible() % 4 * 0x30_2010).collect();
    (0..5)
        .map(|_| {
            for _ in 0..60 {
                let at = visible() as usize % pixels.len();
                pixels[at] = visible() & 0x00ff_ffff;
            }
            let mut shown = pixels.clone();
            for y in 5..14 {
                for x in 7..19 {
                    shown[y * WIDTH + x] = hidden.as_mut().map_or(0, |hidden| hidden() & 0x00ff_ffff);
                }
            }
            png(WIDTH, &shown)
        })
        .collect()
}

fn made(files: &[Vec<u8>], redact: &[Area], options: &Options) -> Vec<u8> {
    let spec = FrameSpec { redact: redact.to_vec(), ..FrameSpec::default() };
    let shots: Vec<Screenshot> =
        files.iter().map(|bytes| Screenshot { bytes, spec: spec.clone(), ..Screenshot::default() }).collect();
    assemble(&shots, options).unwrap().bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_file_does_not_depend_on_what_is_hidden(
        seed: u64, secrets: [u64; 2], smallest: bool, resized: bool, is_cut: bool, budget in 0..40_000usize,
    ) {
        let options = Options {
            effort: if smallest { Effort::Smallest } else { Effort::Fast },
            screen: resized.then(|| Size::new(23, 17).unwrap()),
            fit: if is_cut { Fit::None } else { Fit::Contain },
            // With little room, frames are let go of and decoded again.
            budget_bytes: budget,
            pace: Pace::Uniform(100.0),
            ..Options::default()
        };
        // What was black before it came here is what redaction must make of it.
        let expected = made(&screenshots(seed, None), &[], &options);
        for secret in secrets {
            prop_assert!(made(&screenshots(seed, Some(secret)), &[BOX], &options) == expected);
        }
    }

    #[test]
    fn the_reports_and_the_pixels_that_pass_between_workers_do_not_depend_on_it_either(seed: u64, secret: u64) {
        let seen = |files: &[Vec<u8>], redact: &[Area]| {
            let spec = FrameSpec { redact: redact.to_vec(), ..FrameSpec::default() };
            let screen = screen_for([Size::new(WIDTH as u32, HEIGHT as u32).unwrap()].into_iter()).unwrap();
            let mut session = WorkerSession::new(Options { screen: Some(screen), ..Options::default() }).unwrap();
            let stats: Vec<_> =
                (0..).zip(files).map(|(index, bytes)| session.analyze(index, bytes, &spec).unwrap()).collect();
            let timings = vec![FrameTiming::default(); files.len()];
            let plan = plan(&Options::default(), screen, &stats, &timings).unwrap();
            let released: Vec<Vec<u8>> = plan.frames.iter().map(|frame| session.release(frame).unwrap()).collect();
            (stats.iter().map(task_gif::model::frame_stats::FrameStats::to_bytes).collect::<Vec<_>>(), released)
        };
        prop_assert!(seen(&screenshots(seed, Some(secret)), &[BOX]) == seen(&screenshots(seed, None), &[]));
    }
}

#[test]
fn overlays_count_as_held_memory() {
    let screen = Size::new(WIDTH as u32, HEIGHT as u32).ok();
    let mut session = WorkerSession::new(Options { screen, ..Options::default() }).unwrap();
    let file = &screenshots(1, None)[0];
    session.load(0, file, &FrameSpec::default()).unwrap();
    assert_eq!(session.held_bytes(), 0);
    let area = Area { left: 0, top: 0, width: 30, height: 20 };
    let overlay = Overlay::new(area, Paint::Coverage { color: Color::BLACK, coverage: vec![0; 600] }).unwrap();
    session.load(1, file, &FrameSpec { overlays: vec![overlay], ..FrameSpec::default() }).unwrap();
    assert!((600..900).contains(&session.held_bytes()), "{}", session.held_bytes());
}

#[test]
fn a_box_that_hides_nothing_fails_the_whole_assembly() {
    let files = screenshots(1, Some(2));
    let aside = Area { left: WIDTH as i64, top: 0, width: 5, height: 5 };
    let spec = FrameSpec { redact: vec![BOX, aside], ..FrameSpec::default() };
    let shots = [
        Screenshot { bytes: &files[0], ..Screenshot::default() },
        Screenshot { bytes: &files[1], spec, ..Screenshot::default() },
    ];
    let error = assemble(&shots, &Options::default()).unwrap_err();
    assert_eq!((error.code(), error.frame), ("REDACTION_FAILED", Some(1)));
}

#[test]
fn the_same_screenshot_with_and_without_a_box_is_two_frames() {
    let file = &screenshots(1, Some(2))[0];
    let spec = FrameSpec { redact: vec![BOX], ..FrameSpec::default() };
    let shot = |spec: &FrameSpec| Screenshot { bytes: file, spec: spec.clone(), ..Screenshot::default() };
    let shots = [shot(&spec), shot(&spec), shot(&FrameSpec::default()), shot(&FrameSpec::default())];
    let plan = assemble(&shots, &Options::default()).unwrap().plan;
    assert_eq!(
        plan.frames.iter().map(|frame| (frame.frame_index, frame.frame_count)).collect::<Vec<_>>(),
        [(0, 2), (2, 2)]
    );
}
