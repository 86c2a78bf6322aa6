//! Property: any bytes, taken as a screenshot behind a good one, give a GIF that a reader takes, or an error that names
//! the second screenshot; and the same bytes give the same again.

use std::sync::OnceLock;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use task_gif::gif_reader;
use task_gif::{Effort, Limits, Options, Pace, Screenshot, assemble};

pub fn check(data: &[u8]) {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    let good = GOOD.get_or_init(|| {
        let mut bytes = Vec::new();
        let pixels: Vec<u8> = (0..8 * 6 * 3).map(|i| (i * 7) as u8).collect();
        PngEncoder::new(&mut bytes).write_image(&pixels, 8, 6, ExtendedColorType::Rgb8).unwrap();
        bytes
    });
    let limits = Limits { side_px: 512, frame_pixels: 65_536, ..Limits::default() };
    let options = Options { effort: Effort::Fast, pace: Pace::Uniform(50.0), limits, ..Options::default() };
    let shots = [good, data].map(|bytes| Screenshot { bytes, ..Screenshot::default() });
    match assemble(&shots, &options) {
        Ok(made) => {
            let file = gif_reader::read(&made.bytes, &Limits::default()).unwrap();
            assert!(file.warnings.is_empty(), "{:?}", file.warnings);
            assert_eq!(assemble(&shots, &options).unwrap().bytes, made.bytes);
        }
        Err(error) => assert_eq!(error.frame, Some(1), "{error}"),
    }
}
