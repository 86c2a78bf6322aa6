//! Encodes one sequence of screenshots with several settings and scores each GIF, for `npm run bench -- --curve`.
//!
//! `curve DIR FILE...` reads settings from standard input, one a line: effort and `lossy` (`-` for the effort's own). It answers
//! each with a line of JSON: bytes, milliseconds of processor time, SSIMULACRA2 (mean and worst frame), flicker.

// Its dependencies are native ones.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    native::main()
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::error::Error;
    use std::io::{BufRead, Cursor, stdin};
    use std::path::Path;
    use std::time::Instant;

    use ssimulacra2::{ColorPrimaries, Rgb, TransferCharacteristic, compute_frame_ssimulacra2};
    use task_gif::stages::decode;
    use task_gif::{Color, Effort, Fit, Limits, Options, Pace, Screenshot, assemble};

    type Pixel = [u8; 3];

    /// A composed picture.
    #[derive(Clone, PartialEq)]
    struct Picture {
        width: usize,
        pixels: Vec<Pixel>,
    }

    /// Milliseconds that every screenshot stays.
    const STAY: f64 = 1000.0;

    pub fn main() -> Result<(), Box<dyn Error>> {
        let args: Vec<String> = std::env::args().skip(1).collect();
        let [folder, files @ ..] = &args[..] else { return Err("usage: curve DIR FILE...".into()) };
        let bytes =
            files.iter().map(|file| std::fs::read(Path::new(folder).join(file))).collect::<Result<Vec<_>, _>>()?;
        let sources = sources(&bytes)?;
        for line in stdin().lock().lines() {
            let line = line?;
            let (effort, lossy) = line.split_once(' ').ok_or("expected: effort lossy")?;
            let effort = match effort {
                "fast" => Effort::Fast,
                "smallest" => Effort::Smallest,
                _ => Effort::Balanced,
            };
            let options = Options {
                effort,
                lossy: lossy.parse().ok(),
                pace: Pace::Uniform(STAY),
                fit: Fit::None,
                background: Color::BLACK,
                ..Options::default()
            };
            let shots: Vec<Screenshot> =
                bytes.iter().map(|bytes| Screenshot { bytes, ..Screenshot::default() }).collect();
            let start = Instant::now();
            let gif = assemble(&shots, &options)?.bytes;
            let ms = start.elapsed().as_millis();
            let shown = shown(&gif, sources.len())?;
            let flicker = flicker(&sources, &shown);
            let scores = scores(&sources, &shown)?;
            let mean = scores.iter().sum::<f64>() / scores.len() as f64;
            let worst = scores.iter().copied().fold(f64::INFINITY, f64::min);
            println!(
                r#"{{"setting":"{line}","bytes":{},"ms":{ms},"mean":{mean:.4},"worst":{worst:.4},"flicker":{flicker}}}"#,
                gif.len()
            );
        }
        Ok(())
    }

    /// The screenshots on a screen of the largest width and height, at its top left, on black.
    fn sources(files: &[Vec<u8>]) -> Result<Vec<Picture>, Box<dyn Error>> {
        let decoded = files.iter().map(|bytes| decode(bytes)).collect::<Result<Vec<_>, _>>()?;
        let width = decoded.iter().map(|picture| picture.width).max().unwrap_or_default();
        let height = decoded.iter().map(|picture| picture.pixels.len() / picture.width).max().unwrap_or_default();
        let place = |picture: Picture| {
            let mut pixels = vec![[0; 3]; width * height];
            for (row, from) in pixels.chunks_exact_mut(width).zip(picture.pixels.chunks_exact(picture.width)) {
                row[..picture.width].copy_from_slice(from);
            }
            Picture { width, pixels }
        };
        Ok(decoded.into_iter().map(place).collect())
    }

    /// Decodes a screenshot as the library does: other JPEG decoders differ by a level in some pixels, which would count as
    /// flicker.
    fn decode(bytes: &[u8]) -> Result<Picture, Box<dyn Error>> {
        let raster = decode::decode(bytes, Color::BLACK, &Limits::default())?.raster;
        let pixels = raster.pixels().iter().map(|color| color.channels()).collect();
        Ok(Picture { width: raster.size().width(), pixels })
    }

    /// What the GIF shows in the middle of each screenshot's time.
    fn shown(bytes: &[u8], count: usize) -> Result<Vec<Picture>, Box<dyn Error>> {
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::Indexed);
        let mut decoder = options.read_info(Cursor::new(bytes))?;
        let mut screen = gif_dispose::Screen::new_decoder(&decoder);
        let mut end = 0.0;
        let mut shown: Vec<Picture> = Vec::new();
        while let Some(frame) = decoder.read_next_frame()? {
            end += f64::from(frame.delay) * 10.0;
            screen.blit_frame(frame)?;
            let picture = screen.pixels_rgba();
            let pixels = || picture.pixels().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect::<Vec<Pixel>>();
            while shown.len() < count && (shown.len() as f64 + 0.5) * STAY < end {
                shown.push(Picture { width: picture.width(), pixels: pixels() });
            }
        }
        Ok(shown)
    }

    /// Pixels that two neighboring screenshots share and the GIF shows differently.
    fn flicker(sources: &[Picture], shown: &[Picture]) -> usize {
        let pairs = sources.windows(2).zip(shown.windows(2));
        pairs
            .map(|(source, shown)| {
                let pixels = source[0].pixels.iter().zip(&source[1].pixels);
                let shown = shown[0].pixels.iter().zip(&shown[1].pixels);
                pixels.zip(shown).filter(|((a, b), (c, d))| a == b && c != d).count()
            })
            .sum()
    }

    /// SSIMULACRA2 of three to six screenshots that differ, evenly spread: as many as make ten megapixels.
    fn scores(sources: &[Picture], shown: &[Picture]) -> Result<Vec<f64>, Box<dyn Error>> {
        let mut distinct: Vec<usize> = Vec::new();
        for i in 0..sources.len() {
            if !distinct.iter().any(|&j| sources[i] == sources[j] && shown[i] == shown[j]) {
                distinct.push(i);
            }
        }
        let most = (10_000_000 / sources[0].pixels.len()).clamp(3, 6);
        let chosen: Vec<usize> = if distinct.len() > most {
            let step = (distinct.len() - 1) as f64 / (most - 1) as f64;
            (0..most).map(|j| distinct[(j as f64 * step).round_ties_even() as usize]).collect()
        } else {
            distinct
        };
        chosen.into_iter().map(|i| score(&sources[i], &shown[i])).collect()
    }

    fn score(source: &Picture, shown: &Picture) -> Result<f64, Box<dyn Error>> {
        if source == shown {
            return Ok(100.0);
        }
        let picture = |picture: &Picture| {
            let colors = picture.pixels.iter().map(|pixel| pixel.map(|level| f32::from(level) / 255.0)).collect();
            let height = picture.pixels.len() / picture.width;
            Rgb::new(colors, picture.width, height, TransferCharacteristic::SRGB, ColorPrimaries::BT709)
        };
        Ok(compute_frame_ssimulacra2(picture(source)?, picture(shown)?)?)
    }
}
