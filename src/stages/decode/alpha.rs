//! Decoded samples in, opaque pixels of a [`Raster`](crate::Raster) out: the color profile is applied, alpha is blended onto a
//! background.

use super::color_conversion::Conversion;
use crate::model::color::Color;
use crate::model::error::Result;
use crate::model::raster::reserve;

/// Packs samples of 8 bits: RGB, or RGBA, which is blended onto `background`.
///
/// # Errors
/// `OUT_OF_MEMORY`.
pub fn pack_samples(
    samples: &[u8],
    has_alpha: bool,
    conversion: Option<&Conversion>,
    background: Color,
) -> Result<Vec<Color>> {
    let convert = |color| conversion.map_or(color, |conversion| conversion.convert(color));
    if has_alpha {
        let (quads, _) = samples.as_chunks::<4>();
        let mut pixels = reserve(quads.len())?;
        pixels.extend(quads.iter().map(|&[r, g, b, alpha]| flatten(convert([r, g, b]), alpha, background)));
        return Ok(pixels);
    }
    let (triples, _) = samples.as_chunks::<3>();
    let mut pixels = reserve(triples.len())?;
    pixels.extend(triples.iter().map(|&color| Color::rgb(convert(color))));
    Ok(pixels)
}

/// Converts packed pixels in place.
pub fn convert(pixels: &mut [Color], conversion: &Conversion) {
    for pixel in pixels {
        *pixel = Color::rgb(conversion.convert(pixel.channels()));
    }
}

/// Blends one pixel onto `background`, rounded to nearest.
pub fn flatten(color: [u8; 3], alpha: u8, background: Color) -> Color {
    if alpha == 255 {
        return Color::rgb(color);
    }
    let under = background.channels();
    Color::rgb(std::array::from_fn(|channel| {
        let sum = u32::from(color[channel]) * u32::from(alpha) + u32::from(under[channel]) * u32::from(255 - alpha);
        ((sum + 127) / 255) as u8
    }))
}
