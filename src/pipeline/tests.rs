use super::*;
use crate::model::gif_options::Pace;

fn pages() -> Vec<Vec<u8>> {
    let page = |name: &str| std::fs::read(format!("tests/fixtures/screens/shop/{name}.png")).unwrap();
    ["00", "01", "02", "03", "04"].map(page).to_vec()
}

fn screenshots(pages: &[Vec<u8>]) -> Vec<Screenshot<'_>> {
    pages.iter().map(|bytes| Screenshot { bytes, ..Screenshot::default() }).collect()
}

#[test]
fn a_gif_that_may_not_be_so_long_is_that_of_the_steps_that_are_left() {
    let pages = pages();
    let mut shots = screenshots(&pages);
    shots[1].timing.failed = true;
    let options = Options { max_duration: Some(2_500.0), min_frames: 4, ..Options::default() };
    let short = assemble(&shots, &options).unwrap();
    assert_eq!(short.left_out.len(), 2);
    assert!(![0, 1, 4].iter().any(|place| short.left_out.contains(place)), "{:?}", short.left_out);
    let total: u32 = short.plan.frames.iter().map(|frame| frame.delay.millis()).sum();
    assert!(total <= 2_500, "{total}");
    let rest: Vec<Screenshot> =
        (0..).zip(shots).filter(|(place, _)| !short.left_out.contains(place)).map(|(_, shot)| shot).collect();
    let same = assemble(&rest, &Options { min_frames: 3, ..options }).unwrap();
    assert!(short.bytes == same.bytes && same.left_out.is_empty());
}

#[test]
fn what_cannot_be_so_short_is_refused_with_the_shortest_there_is() {
    let pages = pages();
    let mut shots = screenshots(&pages);
    for shot in &mut shots {
        shot.timing.failed = true;
    }
    let error = assemble(&shots, &Options { max_duration: Some(3_000.0), ..Options::default() }).unwrap_err();
    assert_eq!(error.kind, ErrorKind::CannotFit { found_ms: 4_000, allowed_ms: 3_000 });
    let timed = Options { pace: Pace::Uniform(900.0), ..Options::default() };
    let halved = assemble(&screenshots(&pages), &Options { speed: 2.0, ..timed.clone() }).unwrap();
    assert!(halved.plan.frames.iter().all(|frame| frame.delay.millis() == 450));
}
