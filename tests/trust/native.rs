//! The native side of what is compared with Node and the browsers.
//!
//! `native assemble JOBS.json` makes the GIFs of `[{ shots, options, out }]`: `shots` are `{ image, delayMs?,
//! timestampMs?, caption?, redact? }` with the path of a file as `image`, names are those of the JavaScript interface.
//! `native frames FILE.gif` writes each frame as gif-dispose shows it, three bytes a pixel, to standard output.
//! `native pictures FOLDER FIRST COUNT` writes generated PNG and JPEG files, whole and damaged, to an empty folder.
//! `native pixels FOLDER` writes beside each file of a folder its pixels on white, four bytes each, as `.rgba`, or why it
//! cannot be decoded, as `.error`.

#[path = "../rust/pictures/mod.rs"]
mod pictures;

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;
use task_gif::model::frame_spec::FrameSpec;
use task_gif::model::geometry::Area;
use task_gif::pipeline::FrameTiming;
use task_gif::stages::decode::decode;
use task_gif::{Color, Colors, Dither, Effort, Fit, Limits, Options, Pace, Repeat, Screenshot, Size, assemble};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match &args[..] {
        [command, path] if command == "assemble" => assemble_all(path),
        [command, path] if command == "frames" => write_frames(path),
        [command, folder, first, count] if command == "pictures" => {
            write_pictures(folder, first.parse()?, count.parse()?)
        }
        [command, folder] if command == "pixels" => write_pixels(Path::new(folder)),
        _ => {
            Err("usage: native assemble JOBS.json | frames FILE.gif | pictures FOLDER FIRST COUNT | pixels FOLDER"
                .into())
        }
    }
}

fn assemble_all(path: &str) -> Outcome<()> {
    let jobs: Vec<Value> = serde_json::from_str(&fs::read_to_string(path)?)?;
    for job in &jobs {
        let shots = job["shots"].as_array().ok_or("a job has no shots")?;
        let files = shots
            .iter()
            .map(|shot| Ok(fs::read(shot["image"].as_str().ok_or("a shot has no image")?)?))
            .collect::<Outcome<Vec<_>>>()?;
        let screenshots: Vec<Screenshot> =
            shots.iter().zip(&files).map(|(shot, bytes)| screenshot(shot, bytes)).collect();
        let made = assemble(&screenshots, &options(&job["options"])?)?;
        fs::write(job["out"].as_str().ok_or("a job has no out")?, made.bytes)?;
    }
    Ok(())
}

fn screenshot<'a>(shot: &Value, bytes: &'a [u8]) -> Screenshot<'a> {
    let boxes = shot["redact"].as_array().map(Vec::as_slice).unwrap_or_default();
    let side = |area: &Value, name: &str| area[name].as_i64().unwrap_or_default();
    let area = |area: &Value| Area {
        left: side(area, "left"),
        top: side(area, "top"),
        width: side(area, "width"),
        height: side(area, "height"),
    };
    Screenshot {
        bytes,
        timing: FrameTiming {
            delay_ms: shot["delayMs"].as_f64(),
            timestamp_ms: shot["timestampMs"].as_f64(),
            caption: shot["caption"].as_str().map(str::to_owned),
            click: None,
            failed: shot["failed"].as_bool().unwrap_or_default(),
        },
        spec: FrameSpec { redact: boxes.iter().map(area).collect(), ..FrameSpec::default() },
        step: None,
    }
}

/// Refuses what it does not know, so that no option is compared that only one side takes.
fn options(given: &Value) -> Outcome<Options> {
    let mut options = Options::default();
    let side = |name: &str| given[name].as_u64().map(|side| side as u32);
    for (name, value) in given.as_object().ok_or("a job has no options")? {
        let word = value.as_str().unwrap_or_default();
        let number = || value.as_u64().ok_or_else(|| format!("{name} is no number"));
        let flag = || value.as_bool().ok_or_else(|| format!("{name} is no flag"));
        match (name.as_str(), word) {
            ("effort", "fast") => options.effort = Effort::Fast,
            ("effort", "balanced") => options.effort = Effort::Balanced,
            ("effort", "smallest") => options.effort = Effort::Smallest,
            ("delay", "readable") => options.pace = Pace::Readable,
            ("delay", _) => options.pace = Pace::Uniform(number()? as f64),
            ("maxDuration", _) => options.max_duration = Some(number()? as f64),
            ("speed", _) => options.speed = value.as_f64().ok_or("speed is no number")?,
            ("repeat", "infinite") => options.repeat = Repeat::Infinite,
            ("repeat", _) => options.repeat = Repeat::Plays(number()? as u16),
            ("fit", "contain") => options.fit = Fit::Contain,
            ("fit", "none") => options.fit = Fit::None,
            ("dither", "auto") => options.dither = Dither::Auto,
            ("dither", "none") => options.dither = Dither::None,
            ("colors", "auto") => options.colors = Colors::Auto,
            ("colors", "rich") => options.colors = Colors::Rich,
            ("background", _) => options.background = color(word)?,
            ("compat", _) => options.compat = flag()?,
            ("keepDuplicates", _) => options.keep_duplicates = flag()?,
            ("minFrames", _) => options.min_frames = number()? as usize,
            ("maxColors", _) => options.max_colors = number()? as u16,
            ("lossy", _) => options.lossy = Some(number()? as u8),
            ("width", _) => {
                let (width, height) = side("width").zip(side("height")).ok_or("width and height go together")?;
                options.screen = Some(Size::new(width, height)?);
            }
            // Have no say here: the one is width's, the others are the library's.
            ("height" | "workers" | "skipBlank", _) => {}
            _ => return Err(format!("there is no option {name} of {value}").into()),
        }
    }
    Ok(options)
}

/// A color from `#rrggbb`.
fn color(text: &str) -> Outcome<Color> {
    let rgb = u32::from_str_radix(text.strip_prefix('#').ok_or("a color without #")?, 16)?;
    Ok(Color::from_hex(rgb))
}

fn write_frames(path: &str) -> Outcome<()> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut reader = options.read_info(File::open(path)?)?;
    let mut screen = gif_dispose::Screen::new_decoder(&reader);
    let mut out = io::stdout().lock();
    while let Some(frame) = reader.read_next_frame()? {
        screen.blit_frame(frame)?;
        let pixels: Vec<u8> = screen.pixels_rgba().pixels().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        out.write_all(&pixels)?;
    }
    Ok(())
}

fn write_pictures(folder: &str, first: u32, count: u32) -> Outcome<()> {
    for index in first..first + count {
        let pictures::Picture { format, damage, bytes } = pictures::picture(index);
        fs::write(format!("{folder}/{index:06} {damage}.{format}"), bytes)?;
    }
    Ok(())
}

fn write_pixels(folder: &Path) -> Outcome<()> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Outcome<Vec<_>>>()?;
    for path in paths.iter().filter(|path| path.is_file()) {
        let beside = |ending: &str| format!("{}.{ending}", path.display());
        match decode(&fs::read(path)?, Color::WHITE, &Limits::default()) {
            Ok(decoded) => {
                let opaque =
                    decoded.raster.pixels().iter().flat_map(|pixel| (pixel.bits() | 0xff00_0000).to_le_bytes());
                fs::write(beside("rgba"), opaque.collect::<Vec<u8>>())?;
            }
            Err(error) => fs::write(beside("error"), error.to_string())?,
        }
    }
    Ok(())
}
