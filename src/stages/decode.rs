//! Encoded screenshot in, opaque [`Raster`] out. WebP and GIF are decoded by crates that only this stage uses. PNG, JPEG and
//! color profiles are decoded here, for the reasons in the head comments of their modules. Of `image`, only the EXIF
//! orientation is used: its wrappers of the same crates would add 5 kB brotli to the wasm file.

mod alpha;
mod color_conversion;
mod exif_orientation;
mod failure;
mod gif_frame;
mod icc;
mod jpeg;
mod matrix;
mod png;
mod tone_curve;
mod unknown_format;
mod webp;

use image::metadata::Orientation;

use crate::model::color::Color;
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::geometry::Size;
use crate::model::limits::Limits;
use crate::model::picture_format::PictureFormat;
use crate::model::raster::Raster;
use failure::Failure;
use gif_frame::GifFrame;
use jpeg::Jpeg;
use png::Png;
use unknown_format::unknown_format;
use webp::WebP;

/// Size and format of an encoded image, from its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Width and height as displayed, EXIF orientation applied.
    pub size: Size,
    /// `"png"`, `"jpeg"`, `"webp"` or `"gif"`, by content.
    pub format: &'static str,
}

/// A decoded screenshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The pixels that browsers show.
    pub raster: Raster,
    /// Whether some pixels are gray or wrong, because the file is damaged in a way that browsers tolerate.
    pub is_damaged: bool,
}

/// Bytes that a decoder may allocate besides the pixels: profiles, text chunks, tables.
const SIDE_DATA_BYTES: usize = 8 << 20;

/// Reads the header alone.
///
/// # Errors
/// `UNKNOWN_FORMAT`, `UNSUPPORTED`, `DECODE_FAILED`, or `LIMIT_EXCEEDED` when the size in the header is beyond `limits`.
pub fn probe(bytes: &[u8], limits: &Limits) -> Result<Header> {
    let opened = open(bytes, limits)?;
    Ok(Header { size: opened.displayed, format: opened.format })
}

/// Decodes a screenshot: EXIF orientation applied, an embedded profile converted to sRGB, alpha laid over `background`.
///
/// # Errors
/// As [`probe`], and `OUT_OF_MEMORY`.
pub fn decode(bytes: &[u8], background: Color, limits: &Limits) -> Result<Decoded> {
    let Opened { source, format, width, displayed, orientation } = open(bytes, limits)?;
    let failed = |failure| own_failure(format, failure);
    let (pixels, is_damaged) = match source {
        Source::Jpeg(jpeg) => {
            let conversion = icc::conversion(&jpeg.profile(), jpeg.is_gray());
            let (mut pixels, is_damaged) = jpeg.decode().map_err(failed)?;
            if let Some(conversion) = conversion {
                alpha::convert(&mut pixels, &conversion);
            }
            (pixels, is_damaged)
        }
        Source::Png(png) => {
            let conversion = png.conversion().map_err(failed)?;
            (png.decode(conversion.as_ref(), background).map_err(failed)?, false)
        }
        Source::WebP(mut webp) => {
            let (conversion, has_alpha) = (icc::conversion(&webp.profile()?, false), webp.has_alpha());
            (alpha::pack_samples(&webp.samples()?, has_alpha, conversion.as_ref(), background)?, false)
        }
        Source::Gif(gif) => (alpha::pack_samples(&gif.samples()?, true, None, background)?, false),
    };
    let raster = Raster::from_pixels(displayed, exif_orientation::orient(pixels, width, orientation)?)?;
    Ok(Decoded { raster, is_damaged })
}

/// A file whose header has been read.
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
    WebP(Box<WebP<'a>>),
    Gif(Box<GifFrame<'a>>),
}

fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Opened<'a>> {
    limits.check_input(bytes.len())?;
    let format = PictureFormat::of(bytes).ok_or_else(|| unknown_format(bytes))?;
    let name = format.name();
    let failed = |failure| own_failure(name, failure);
    let (source, (width, height), orientation) = match format {
        PictureFormat::Jpeg => {
            let jpeg = Jpeg::open(bytes).map_err(failed)?;
            let (size, orientation) = (jpeg.size(), exif_orientation::of_exif(jpeg.exif()));
            (Source::Jpeg(Box::new(jpeg)), size, orientation)
        }
        PictureFormat::Png => {
            let png = Png::open(bytes).map_err(failed)?;
            let (size, orientation) = (png.size(), exif_orientation::of_exif(png.exif()));
            (Source::Png(Box::new(png)), size, orientation)
        }
        PictureFormat::WebP => {
            let webp = WebP::open(bytes, SIDE_DATA_BYTES)?;
            let size = webp.size();
            // Chromium 156 and Firefox 153 show WebP as it is stored, whatever its EXIF says.
            (Source::WebP(Box::new(webp)), size, Orientation::NoTransforms)
        }
        PictureFormat::Gif => {
            let gif = GifFrame::open(bytes, SIDE_DATA_BYTES)?;
            let size = gif.size();
            (Source::Gif(Box::new(gif)), size, Orientation::NoTransforms)
        }
    };
    let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    limits.check_size(width, height)?;
    let (across, down) = if exif_orientation::is_turned(orientation) { (height, width) } else { (width, height) };
    let displayed = Size::new(across, down)?;
    Ok(Opened { source, format: name, width: width as usize, displayed, orientation })
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
    use image::{ColorType, ImageEncoder, codecs::png::PngEncoder};

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
        let raster = decode(&half, Color::rgb([0, 0, 255]), &Limits::default()).unwrap().raster;
        assert_eq!(raster.pixels()[0].channels(), [128, 0, 127]);
    }

    #[test]
    fn a_webp_is_shown_as_it_is_stored_whatever_its_exif_says() {
        // 32 x 16, with the orientation 6, by Pillow 13.0.
        let turned = b"RIFF\x8e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x08\x00\x00\x00\x1f\x00\x00\x0f\x00\x00VP8LN\
            \x00\x00\x00/\x1f\xc0\x03\x00\xb92D\xf4?\x16\xe3_\xfe\xe8\x7fD@M\xdbH\x92!\x1c\x7f\xba\xfb\
            W\xd7\x0e\x82\xe2\xb6\x91\xd4\xd8\xd21}\x19c\x02\x00\xf1\xfaA\xf0\xfa\xf3\xd07(\x10\xe4_\
            \xe0@6\x18\xb7p \x17\xccwP \x1b\xacW\x08T\xb0\xbbAa\x81mEXIF\x1a\x00\x00\x00MM\x00*\x00\
            \x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00";
        let size = decode(turned, Color::WHITE, &Limits::default()).unwrap().raster.size();
        assert_eq!((size.width(), size.height()), (32, 16));
    }

    #[test]
    fn truncated_and_foreign_bytes_are_typed_errors() {
        let whole = png(&[0; 300], 10, 10, ColorType::Rgb8);
        // What follows the pixels (two checksums and the end chunk) may be missing.
        for len in 0..whole.len() - 22 {
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
