//! The list of steps in a file: read back as it was given, and no trouble for decoders that do not know it.

use serde_json::Value;
use task_gif::gif_reader;
use task_gif::model::frame_spec::FrameSpec;
use task_gif::model::limits::Limits;
use task_gif::model::progress_bar::ProgressBar;
use task_gif::model::steps::Step;
use task_gif::{Color, Options, Pace, Rect, Screenshot, Size, assemble};

use super::{images, png};

fn step(number: f64, caption: &str) -> Step {
    let url = Some(format!("https://example.com/{number}?q=ä"));
    Step {
        number: Some(number),
        caption: Some(caption.into()),
        failed: None,
        url,
        timestamp_ms: Some(1_767_225_600_123.5),
        view: None,
    }
}

fn made(captions: &[&str], progress: Option<ProgressBar>) -> Vec<u8> {
    let files: Vec<Vec<u8>> = (0..captions.len() as u32).map(|i| png(4, &[i / 2 * 0x40; 12])).collect();
    let card =
        Screenshot { spec: FrameSpec { blank: Some(Color::gray(9)), ..FrameSpec::default() }, ..Screenshot::default() };
    let shots = files.iter().zip(captions).enumerate().map(|(i, (bytes, caption))| Screenshot {
        bytes,
        step: Some(step(i as f64 + 1.0, caption)),
        ..Screenshot::default()
    });
    let shots: Vec<Screenshot> = std::iter::once(card).chain(shots).collect();
    let options = Options { embed_steps: true, pace: Pace::Uniform(1000.0), progress, ..Options::default() };
    assemble(&shots, &options).unwrap().bytes
}

fn read_back(gif: &[u8]) -> Vec<Value> {
    let file = gif_reader::read(gif, &Limits::default()).unwrap();
    assert!(file.warnings.is_empty(), "{:?}", file.warnings);
    let text: Value = serde_json::from_slice(&file.steps.unwrap()).unwrap();
    text["steps"].as_array().unwrap().clone()
}

#[test]
fn steps_are_read_back_with_the_image_that_shows_each() {
    let long = "読".repeat(1000);
    let gif = made(&["one \"two\" \\ \u{0}", "", &long, "four"], None);
    let steps = read_back(&gif);
    let frames: Vec<u64> = steps.iter().map(|step| step["frame"].as_u64().unwrap()).collect();
    assert_eq!(frames, [1, 1, 2, 2], "the card is image 0, and identical screenshots are one");
    assert_eq!(steps[0]["caption"], "one \"two\" \\ \u{0}");
    assert_eq!(steps[2]["caption"], long.as_str());
    assert_eq!(steps[3]["number"].to_string(), "4");
    assert_eq!(steps[3]["url"], "https://example.com/4?q=ä");
    assert_eq!(steps[3]["timestampMs"].to_string(), "1767225600123.5");
    assert_eq!(images(&gif).len(), 3);
}

#[test]
fn ticks_count_as_images() {
    let screen = Size::new(4, 3).unwrap();
    let progress = ProgressBar::new(Rect::new(0, 2, 4, 1, screen).unwrap(), Color::gray(1), Color::gray(2), screen);
    let gif = made(&["a", "b", "c"], progress);
    let starts: Vec<u64> = read_back(&gif).iter().map(|step| step["frame"].as_u64().unwrap()).collect();
    let shown = images(&gif);
    // The first image of each frame is not smaller than the screen's change; ticks are one row high.
    let changes = |at: usize| shown[at].1[0] != shown[at - 1].1[0];
    assert!(starts.iter().all(|&at| changes(at as usize)), "{starts:?}");
    assert!(starts[2] > starts[0] + 1 && (starts[2] as usize) < shown.len());
}

#[test]
fn too_much_text_is_an_error() {
    let files = [0, 1].map(|color| png(1, &[color]));
    let shots = files.each_ref().map(|bytes| Screenshot {
        bytes,
        step: Some(step(1.0, &"x".repeat(3 << 20))),
        ..Screenshot::default()
    });
    let error = assemble(&shots, &Options { embed_steps: true, ..Options::default() }).unwrap_err();
    assert!(error.to_string().starts_with("option embedSteps: expected at most 4194304 bytes"), "{error}");
}
