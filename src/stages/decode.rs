//! Encoded screenshot in, opaque [`Raster`] out. Only this stage names the crate `image`, which decodes WebP and GIF; PNG, JPEG
//! and color profiles have decoders here, for the reasons in their heads.

mod failure;
mod icc;
mod jpeg;
mod pixels;
mod png;
mod tone_curve;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::model::color::Color;
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::geometry::Size;
use crate::model::limits::Limits;
use crate::model::raster::{Raster, reserve};
use failure::Failure;
use icc::Conversion;
use jpeg::Jpeg;
use png::Png;

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
/// `UNKNOWN_FORMAT`, `UNSUPPORTED`, `DECODE_FAILED`, or `LIMIT_EXCEEDED` when the size claimed is past `limits`.
pub fn probe(bytes: &[u8], limits: &Limits) -> Result<Header> {
    let opened = open(bytes, limits, SIDE_DATA_BYTES)?;
    Ok(Header { size: opened.displayed, format: opened.format })
}

/// Decodes a screenshot: EXIF orientation applied, an embedded profile converted to sRGB, alpha laid over `background`.
///
/// # Errors
/// As [`probe`], and `OUT_OF_MEMORY`.
pub fn decode(bytes: &[u8], background: Color, limits: &Limits) -> Result<Raster> {
    let mut opened = open(bytes, limits, SIDE_DATA_BYTES)?;
    if let Source::Other(_) = opened.source {
        // Room for this picture and no larger one, or a packed profile could fill it.
        let pixel_bytes = (opened.displayed.area() as u64).saturating_mul(8);
        opened = open(bytes, limits, SIDE_DATA_BYTES.saturating_add(pixel_bytes))?;
    }
    let Opened { source, format, width, displayed, orientation } = opened;
    let failed = |failure| own_failure(format, failure);
    let pixels = match source {
        Source::Jpeg(jpeg) => {
            let conversion = Conversion::of(&jpeg.profile(), jpeg.is_gray());
            let mut pixels = jpeg.decode().map_err(failed)?;
            if let Some(conversion) = conversion {
                pixels::convert(&mut pixels, &conversion);
            }
            pixels
        }
        Source::Png(png) => {
            let conversion = Conversion::of(&png.profile(), png.is_gray());
            png.decode(conversion.as_ref(), background).map_err(failed)?
        }
        Source::Other(mut decoder) => {
            let failed = |error| image_failure(format, &error);
            let has_alpha = match decoder.color_type() {
                ColorType::Rgb8 => false,
                ColorType::Rgba8 => true,
                _ => return Err(ErrorKind::Unsupported { format, feature: "samples of another kind" }.into()),
            };
            let profile = decoder.icc_profile().map_err(failed)?.unwrap_or_default();
            let conversion = Conversion::of(&profile, false);
            let len =
                usize::try_from(decoder.total_bytes()).map_err(|_| ErrorKind::OutOfMemory { bytes: usize::MAX })?;
            let mut samples = reserve(len)?;
            samples.resize(len, 0);
            decoder.read_image_boxed(&mut samples).map_err(failed)?;
            pixels::pack_samples(&samples, has_alpha, conversion.as_ref(), background)?
        }
    };
    Raster::from_pixels(displayed, pixels::orient(pixels, width, orientation)?)
}

/// A file whose header is read.
struct Opened<'a> {
    source: Source<'a>,
    format: &'static str,
    /// Width as stored.
    width: usize,
    /// Size with the orientation applied.
    displayed: Size,
    orientation: Orientation,
}

enum Source<'a> {
    Jpeg(Box<Jpeg<'a>>),
    Png(Box<Png<'a>>),
    Other(Box<dyn ImageDecoder + 'a>),
}

fn open<'a>(bytes: &'a [u8], limits: &Limits, max_alloc: u64) -> Result<Opened<'a>> {
    limits.check_input(bytes.len())?;
    let format = image::guess_format(bytes).map_err(|_| ErrorKind::UnknownFormat)?;
    let name = match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpeg",
        ImageFormat::WebP => "webp",
        ImageFormat::Gif => "gif",
        _ => return Err(ErrorKind::UnknownFormat.into()),
    };
    let failed = |failure| own_failure(name, failure);
    let of_exif =
        |exif: Option<&[u8]>| exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let (source, (width, height), orientation) = match format {
        ImageFormat::Jpeg => {
            let jpeg = Jpeg::open(bytes).map_err(failed)?;
            let (size, orientation) = (jpeg.size(), of_exif(jpeg.exif()));
            (Source::Jpeg(Box::new(jpeg)), size, orientation)
        }
        ImageFormat::Png => {
            let png = Png::open(bytes).map_err(failed)?;
            let (size, orientation) = (png.size(), of_exif(png.exif()));
            (Source::Png(Box::new(png)), size, orientation)
        }
        _ => {
            let failed = |error| image_failure(name, &error);
            let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
            let mut bounds = image::Limits::default();
            bounds.max_alloc = Some(max_alloc);
            reader.limits(bounds);
            let mut decoder = reader.into_decoder().map_err(failed)?;
            let ((width, height), orientation) = (decoder.dimensions(), decoder.orientation().map_err(failed)?);
            (Source::Other(Box::new(decoder)), (width as usize, height as usize), orientation)
        }
    };
    let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    limits.check_size(width, height)?;
    let (across, down) = if pixels::is_turned(orientation) { (height, width) } else { (width, height) };
    let displayed = Size::new(across, down)?;
    Ok(Opened { source, format: name, width: width as usize, displayed, orientation })
}

fn image_failure(format: &'static str, error: &ImageError) -> Error {
    ErrorKind::DecodeFailed { format, reason: error.to_string() }.into()
}

fn own_failure(format: &'static str, failure: Failure) -> Error {
    Error::from(match failure {
        Failure::Damaged(reason) => ErrorKind::DecodeFailed { format, reason: reason.into() },
        Failure::Unsupported(feature) => ErrorKind::Unsupported { format, feature },
        Failure::Memory(bytes) => ErrorKind::OutOfMemory { bytes },
    })
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
        let rgb = decode(&png(&[9, 9, 9, 200, 200, 200], 2, 1, ColorType::Rgb8), Color::BLACK, &limits).unwrap();
        for (samples, color) in [
            (vec![9, 9, 9, 255, 200, 200, 200, 255], ColorType::Rgba8),
            (vec![9, 200], ColorType::L8),
            (vec![9, 9, 200, 200], ColorType::L16),
        ] {
            assert_eq!(decode(&png(&samples, 2, 1, color), Color::BLACK, &limits).unwrap(), rgb);
        }
    }

    #[test]
    fn alpha_is_laid_over_the_background() {
        let half = png(&[255, 0, 0, 128], 1, 1, ColorType::Rgba8);
        let raster = decode(&half, Color::rgb([0, 0, 255]), &Limits::default()).unwrap();
        assert_eq!(raster.pixels()[0].channels(), [128, 0, 127]);
    }

    #[test]
    fn truncated_and_foreign_bytes_are_typed_errors() {
        let whole = png(&[0; 300], 10, 10, ColorType::Rgb8);
        // What comes after the pixels, the last checksum and the end mark, may be missing.
        for len in 0..whole.len() - 16 {
            let code = decode(&whole[..len], Color::BLACK, &Limits::default()).unwrap_err().code();
            assert!(["UNKNOWN_FORMAT", "DECODE_FAILED"].contains(&code), "{len}: {code}");
        }
        assert_eq!(decode(b"<html>", Color::BLACK, &Limits::default()).unwrap_err().code(), "UNKNOWN_FORMAT");
    }

    #[test]
    fn a_huge_header_is_refused_before_decoding() {
        let mut bomb = png(&[0; 3], 1, 1, ColorType::Rgb8);
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(probe(&bomb, &Limits::default()).is_err());
    }
}
