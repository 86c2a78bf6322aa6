//! Scores pairs of pictures for `npm run bench`. Reads from standard input, for each pair, width and height as
//! little-endian `u32`, then the RGBA pixels of the source and of what is shown; answers with one line: the score.

// Its only dependency is a native one.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::io::{Read, Write, stdin, stdout};

    use ssimulacra2::{ColorPrimaries, Rgb, TransferCharacteristic, compute_frame_ssimulacra2};

    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    let mut word = [0; 4];
    while input.read_exact(&mut word).is_ok() {
        let width = u32::from_le_bytes(word) as usize;
        input.read_exact(&mut word)?;
        let height = u32::from_le_bytes(word) as usize;
        let mut picture = || -> Result<Rgb, Box<dyn std::error::Error>> {
            let mut bytes = vec![0; width * height * 4];
            input.read_exact(&mut bytes)?;
            let (pixels, _) = bytes.as_chunks::<4>();
            let colors =
                pixels.iter().map(|&[red, green, blue, _]| [red, green, blue].map(|level| level as f32 / 255.0));
            Ok(Rgb::new(colors.collect(), width, height, TransferCharacteristic::SRGB, ColorPrimaries::BT709)?)
        };
        let (source, shown) = (picture()?, picture()?);
        writeln!(output, "{}", compute_frame_ssimulacra2(source, shown)?)?;
        output.flush()?;
    }
    Ok(())
}
