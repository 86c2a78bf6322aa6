//! `cargo run --release --example assemble -- DIR OUT.gif [effort] [delay ms] [lossy] [rich]`: the native pipeline on a folder of
//! screenshots, in the order of its `steps.json` or else of its file names.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use task_gif::{Colors, Effort, Fit, Options, Pace, Screenshot, assemble};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, output, rest @ ..] = &args[..] else {
        return Err("usage: assemble DIR OUT.gif [effort] [delay]".into());
    };
    let effort = match rest.first().map(String::as_str) {
        Some("fast") => Effort::Fast,
        Some("smallest") => Effort::Smallest,
        _ => Effort::Balanced,
    };
    let delay: f64 = rest.get(1).map_or(Ok(1000.0), |text| text.parse())?;
    let files = screenshots(Path::new(folder))?;
    let bytes = files.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let lossy = rest.get(2).map(|text| text.parse()).transpose()?;
    let colors = if rest.get(3).is_some_and(|text| text == "rich") { Colors::Rich } else { Colors::Auto };
    let options = Options { effort, lossy, colors, pace: Pace::Uniform(delay), fit: Fit::None, ..Options::default() };
    let shots: Vec<Screenshot> = bytes.iter().map(|bytes| Screenshot { bytes, ..Screenshot::default() }).collect();
    let start = Instant::now();
    let gif = assemble(&shots, &options)?;
    println!(
        "{folder}: {} bytes, {} frames, {} ms",
        gif.bytes.len(),
        gif.plan.frames.len(),
        start.elapsed().as_millis()
    );
    std::fs::write(output, &gif.bytes)?;
    Ok(())
}

fn screenshots(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|file| {
        file.extension().is_some_and(|ending| ["png", "jpg", "jpeg", "webp"].iter().any(|known| ending == *known))
    });
    files.sort();
    Ok(files)
}
