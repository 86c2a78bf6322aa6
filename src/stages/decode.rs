//! Encoded screenshot in, opaque [`Raster`] out. The only file that names `image`.

mod jpeg;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbaImage};
use moxcms::{ColorProfile, Layout, TransformOptions};

use crate::model::error::{Error, ErrorKind, Result};
use crate::model::geometry::Size;
use crate::model::limits::Limits;
use crate::model::raster::{Raster, reserve, unpack};

/// What an image's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Width and height as displayed, EXIF orientation applied.
    pub size: Size,
    /// `"png"`, `"jpeg"`, `"webp"` or `"gif"`, by content.
    pub format: &'static str,
}

/// What a decoder may allocate beside the pixels: profiles, text chunks, tables.
const SIDE_DATA_BYTES: u64 = 8 << 20;

/// Reads the header alone.
///
/// # Errors
/// `UNKNOWN_FORMAT`, `DECODE_FAILED`, or `LIMIT_EXCEEDED` when the size claimed is past `limits`.
pub fn probe(bytes: &[u8], limits: &Limits) -> Result<Header> {
    let (mut decoder, format) = open(bytes, limits, SIDE_DATA_BYTES)?;
    let size = displayed_size(&mut decoder, format, limits)?;
    Ok(Header { size, format })
}

/// Decodes a screenshot: EXIF orientation applied, an embedded profile converted to sRGB, alpha laid over `background`.
///
/// # Errors
/// As [`probe`], and `OUT_OF_MEMORY`.
pub fn decode(bytes: &[u8], background: u32, limits: &Limits) -> Result<Raster> {
    let pixel_bytes = limits.frame_pixels.saturating_mul(8);
    let (mut decoder, format) = open(bytes, limits, SIDE_DATA_BYTES.saturating_add(pixel_bytes))?;
    let displayed = displayed_size(&mut decoder, format, limits)?;
    let failed = |error| failure(format, &error);
    let orientation = decoder.orientation().map_err(failed)?;
    let profile = decoder.icc_profile().map_err(failed)?;
    let color_type = decoder.color_type();

    let profile = profile.filter(|profile| !is_srgb(profile));
    let plain = orientation == Orientation::NoTransforms && profile.is_none();
    let mut picture = None;
    if format == "jpeg" {
        let failed = |reason| ErrorKind::DecodeFailed { format, reason };
        if let Some(exact) = jpeg::decode(bytes, limits.frame_pixels).map_err(failed)? {
            let (width, height) = decoder.dimensions();
            if (exact.width, exact.height) != (width as usize, height as usize) {
                return Err(failed("its headers disagree on its size".into()).into());
            }
            if plain {
                return Raster::from_pixels(displayed, exact.pixels);
            }
            let mut samples = reserve(exact.pixels.len().saturating_mul(4))?;
            samples.extend(exact.pixels.iter().flat_map(|pixel| (pixel | 0xff00_0000).to_le_bytes()));
            picture = RgbaImage::from_raw(width, height, samples).map(DynamicImage::ImageRgba8);
        }
    }
    if plain && matches!(color_type, ColorType::Rgb8 | ColorType::Rgba8) {
        let len = usize::try_from(decoder.total_bytes()).map_err(|_| ErrorKind::OutOfMemory { bytes: usize::MAX })?;
        let mut samples = reserve(len)?;
        samples.resize(len, 0);
        decoder.read_image(&mut samples).map_err(failed)?;
        return pack_samples(&samples, color_type, displayed, background);
    }

    let mut picture = match picture {
        Some(picture) => picture,
        None => DynamicImage::from_decoder(decoder).map_err(failed)?,
    };
    picture.apply_orientation(orientation);
    let mut samples = picture.into_rgba8().into_raw();
    if let Some(profile) = profile {
        samples = to_srgb(&profile, samples);
    }
    pack_samples(&samples, ColorType::Rgba8, displayed, background)
}

fn open<'a>(bytes: &'a [u8], limits: &Limits, max_alloc: u64) -> Result<(impl ImageDecoder + 'a, &'static str)> {
    limits.check_input(bytes.len())?;
    let mut reader = ImageReader::new(Cursor::new(bytes));
    let format = image::guess_format(bytes).map_err(|_| ErrorKind::UnknownFormat)?;
    let name = match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpeg",
        ImageFormat::WebP => "webp",
        ImageFormat::Gif => "gif",
        _ => return Err(ErrorKind::UnknownFormat.into()),
    };
    reader.set_format(format);
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(max_alloc);
    reader.limits(bounds);
    let decoder = reader.into_decoder().map_err(|error| failure(name, &error))?;
    Ok((decoder, name))
}

fn displayed_size(decoder: &mut impl ImageDecoder, format: &'static str, limits: &Limits) -> Result<Size> {
    let (width, height) = decoder.dimensions();
    limits.check_size(width, height)?;
    let turned = matches!(
        decoder.orientation().map_err(|error| failure(format, &error))?,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    if turned { Size::new(height, width) } else { Size::new(width, height) }
}

fn failure(format: &'static str, error: &ImageError) -> Error {
    ErrorKind::DecodeFailed { format, reason: error.to_string() }.into()
}

fn pack_samples(samples: &[u8], color_type: ColorType, size: Size, background: u32) -> Result<Raster> {
    let mut pixels = reserve(size.area())?;
    if color_type == ColorType::Rgb8 {
        let (triples, _) = samples.as_chunks::<3>();
        pixels.extend(triples.iter().map(|&[r, g, b]| u32::from_le_bytes([r, g, b, 0])));
    } else {
        let (quads, _) = samples.as_chunks::<4>();
        pixels.extend(quads.iter().map(|&quad| flatten(quad, background)));
    }
    Raster::from_pixels(size, pixels)
}

/// Lays one pixel over `background`, rounding to nearest.
fn flatten([r, g, b, alpha]: [u8; 4], background: u32) -> u32 {
    if alpha == 255 {
        return u32::from_le_bytes([r, g, b, 0]);
    }
    let blend = |over: u8, under: u8| {
        let sum = u32::from(over) * u32::from(alpha) + u32::from(under) * u32::from(255 - alpha);
        ((sum + 127) / 255) as u8
    };
    let [under_r, under_g, under_b] = unpack(background);
    u32::from_le_bytes([blend(r, under_r), blend(g, under_g), blend(b, under_b), 0])
}

/// Whether a profile leaves colors as they are, tried on 17 levels a channel: Chromium's JPEG screenshots carry such a one.
fn is_srgb(profile: &[u8]) -> bool {
    let level = |step: usize| (step * 255 / 16) as u8;
    let colors = (0..17 * 17 * 17).flat_map(|i| [level(i % 17), level(i / 17 % 17), level(i / 289), 255]);
    let samples: Vec<u8> = colors.collect();
    to_srgb(profile, samples.clone()) == samples
}

/// Converts RGBA samples to sRGB. A profile that cannot be read is ignored, as browsers do.
fn to_srgb(profile: &[u8], samples: Vec<u8>) -> Vec<u8> {
    let Ok(source) = ColorProfile::new_from_slice(profile) else {
        return samples;
    };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = source.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, TransformOptions::default())
    else {
        return samples;
    };
    let mut converted = vec![0; samples.len()];
    if transform.transform(&samples, &mut converted).is_err() {
        return samples;
    }
    converted
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageEncoder, codecs::png::PngEncoder};

    fn png(samples: &[u8], width: u32, height: u32, color: ColorType) -> Vec<u8> {
        let mut bytes = Vec::new();
        PngEncoder::new(&mut bytes).write_image(samples, width, height, color.into()).unwrap();
        bytes
    }

    #[test]
    fn rgb_and_rgba_and_gray_and_16_bit_give_the_same_pixels() {
        let limits = Limits::default();
        let rgb = decode(&png(&[9, 9, 9, 200, 200, 200], 2, 1, ColorType::Rgb8), 0, &limits).unwrap();
        for (samples, color) in [
            (vec![9, 9, 9, 255, 200, 200, 200, 255], ColorType::Rgba8),
            (vec![9, 200], ColorType::L8),
            (vec![9, 9, 200, 200], ColorType::L16),
        ] {
            assert_eq!(decode(&png(&samples, 2, 1, color), 0, &limits).unwrap(), rgb);
        }
    }

    #[test]
    fn alpha_is_laid_over_the_background() {
        let half = png(&[255, 0, 0, 128], 1, 1, ColorType::Rgba8);
        let raster = decode(&half, 0x00ff_0000, &Limits::default()).unwrap();
        assert_eq!(unpack(raster.pixels()[0]), [128, 0, 127]);
    }

    #[test]
    fn truncated_and_foreign_bytes_are_typed_errors() {
        let whole = png(&[0; 300], 10, 10, ColorType::Rgb8);
        for len in 0..whole.len() - 12 {
            let code = decode(&whole[..len], 0, &Limits::default()).unwrap_err().code();
            assert!(["UNKNOWN_FORMAT", "DECODE_FAILED"].contains(&code), "{len}: {code}");
        }
        assert_eq!(decode(b"<html>", 0, &Limits::default()).unwrap_err().code(), "UNKNOWN_FORMAT");
    }

    #[test]
    fn a_huge_header_is_refused_before_decoding() {
        let mut bomb = png(&[0; 3], 1, 1, ColorType::Rgb8);
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(probe(&bomb, &Limits::default()).is_err());
    }
}
