//! `cargo bench`: each stage by itself, and all of them, on screenshots of the dashboard's sample tasks.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run is to say why and end")]

// criterion is a native dependency.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::path::{Path, PathBuf};

    use criterion::{Criterion, Throughput};
    use task_gif::model::changes::{Changes, ColorCount};
    use task_gif::model::color_set::ColorSet;
    use task_gif::model::effort_tuning::EffortTuning;
    use task_gif::model::palette::Palette;
    use task_gif::model::tolerance::Tolerance;
    use task_gif::stages::{decode, delta, lzw, quantize, remap};
    use task_gif::{Color, Limits, Options, Raster, Screenshot, assemble};

    /// A task with PNG, one with JPEG, one with WebP screenshots.
    const TASKS: [(&str, &str); 3] = [("fastify-docs", "png"), ("bike-api", "jpg"), ("ceramics-shop", "webp")];

    /// A stage's inputs for one screenshot.
    struct Step {
        changes: Changes,
        palette: Palette,
        map: Vec<u8>,
    }

    pub fn main() {
        let mut criterion = Criterion::default().sample_size(20).configure_from_args();
        for (task, ending) in TASKS {
            let files = screenshots(task, ending);
            let rasters: Vec<Raster> = files.iter().map(|bytes| decoded(bytes)).collect();
            stages(&mut criterion, &format!("{task} ({ending})"), &files, &rasters);
        }
        criterion.final_summary();
    }

    fn stages(criterion: &mut Criterion, name: &str, files: &[Vec<u8>], rasters: &[Raster]) {
        let tuning = EffortTuning::of(&Options::default(), 0);
        let steps: Vec<Step> = rasters.windows(2).filter_map(|pair| step(&pair[0], &pair[1], &tuning)).collect();
        let pixels: usize = rasters.iter().map(|raster| raster.size().area()).sum();
        let changed: u64 = steps.iter().map(|step| step.changes.rect.area() as u64).sum();

        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(pixels as u64));
        group.bench_function("decode", |bencher| {
            bencher.iter(|| files.iter().map(|bytes| decoded(bytes).size().area()).sum::<usize>());
        });
        group.bench_function("delta", |bencher| {
            bencher.iter(|| rasters.windows(2).filter_map(|pair| changes(&pair[0], &pair[1])).count());
        });
        group.throughput(Throughput::Elements(changed));
        group.bench_function("quantize", |bencher| {
            bencher.iter(|| steps.iter().map(|step| colors(&step.changes, &tuning).len()).sum::<usize>());
        });
        group.bench_function("remap", |bencher| bencher.iter(|| steps.iter().map(remapped).sum::<usize>()));
        group.bench_function("lzw", |bencher| {
            bencher.iter(|| steps.iter().map(|step| encoded(step, &tuning)).sum::<usize>());
        });
        group.throughput(Throughput::Elements(pixels as u64));
        group.bench_function("all", |bencher| {
            let shots: Vec<Screenshot> =
                files.iter().map(|bytes| Screenshot { bytes, ..Screenshot::default() }).collect();
            bencher.iter(|| assemble(&shots, &Options::default()).map_or(0, |gif| gif.bytes.len()));
        });
        group.finish();
    }

    fn screenshots(task: &str, ending: &str) -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/public/tasks").join(task);
        let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|found| found == ending));
        files.sort();
        files.iter().filter_map(|file| std::fs::read(file).ok()).collect()
    }

    fn decoded(bytes: &[u8]) -> Raster {
        decode::decode(bytes, Color::BLACK, &Limits::default()).expect("a sample task's screenshot").raster
    }

    fn changes(before: &Raster, raster: &Raster) -> Option<Changes> {
        delta::changes(Some(before), raster).expect("room for the cells")
    }

    fn colors(changes: &Changes, tuning: &EffortTuning) -> Vec<Color> {
        let EffortTuning { rounds, merge_sq, .. } = *tuning;
        let how = quantize::QuantizeOptions { max_colors: 255, pinned: &ColorSet::new(&[]), rounds, merge_sq };
        quantize::quantize(&changes.colors, &how)
    }

    fn step(before: &Raster, raster: &Raster, tuning: &EffortTuning) -> Option<Step> {
        let changes = changes(before, raster)?;
        let palette = Palette::new(colors(&changes, tuning), true);
        let map = remap::color_map(&changes, &palette);
        Some(Step { changes, palette, map })
    }

    fn remapped(Step { changes, palette, .. }: &Step) -> usize {
        let map = remap::color_map(changes, palette);
        remap::remap(changes, palette.clone(), &map, &ColorSet::new(&[]), None).map_or(0, |frame| frame.indices.len())
    }

    fn encoded(Step { changes, palette, map }: &Step, tuning: &EffortTuning) -> usize {
        let fixed = |count: &ColorCount| count.flat > 64;
        let tolerance = Tolerance::new(changes, palette, map, fixed, tuning.reach_sq, tuning.worth, tuning.nears);
        let frame = remap::remap(changes, palette.clone(), map, &ColorSet::new(&[]), Some(&tolerance))
            .expect("room for the indices");
        let search = lzw::SearchOptions { beam: tuning.beam, looks_ahead: tuning.looks_ahead };
        lzw::encode(&frame, Some(&tolerance), search).data.len()
    }
}
