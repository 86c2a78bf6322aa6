//! The rules for warnings: what is odd about an image descriptor, and about the codes of a frame.

use super::gif_file::{FrameDisposal, GifFile, GifFrame};
use super::lzw_decoder::LzwDecoder;
use super::warning::{Oddity, Warning};
use crate::model::geometry::{MAX_SIDE_PX, Size};

/// Walks the codes of every frame and adds what is odd about them to the file's warnings.
pub fn check_codes(bytes: &[u8], file: &mut GifFile) {
    let mut table = LzwDecoder::new();
    let mut found = Vec::new();
    for (index, frame) in file.frames.iter().enumerate() {
        let walk = table.measure(&bytes[frame.data.clone()]);
        let pixels = u64::from(frame.width) * u64::from(frame.height);
        let oddities = [
            (!walk.is_sound).then_some(Oddity::BadCode),
            (walk.is_sound && walk.pixels < pixels)
                .then_some(Oddity::MissingPixels { found: walk.pixels, expected: pixels }),
            (walk.pixels > pixels).then_some(Oddity::ExtraPixels),
            walk.is_deferred.then_some(Oddity::DeferredClear),
        ];
        found.extend(oddities.into_iter().flatten().map(|oddity| Warning { frame: Some(index), oddity }));
    }
    file.warnings.extend(found);
}

/// Returns the warnings about the descriptor of a frame. `disposal` is the number in the file.
pub(super) fn descriptor_oddities(
    frame: &GifFrame,
    disposal: u8,
    index: usize,
    screen: Size,
) -> impl Iterator<Item = Oddity> {
    let is_empty = frame.width == 0 || frame.height == 0;
    let right = usize::from(frame.left) + usize::from(frame.width);
    let bottom = usize::from(frame.top) + usize::from(frame.height);
    let side = u32::from(frame.width.max(frame.height));
    [
        (frame.delay_cs < 2).then_some(Oddity::ShortDelay { delay_cs: frame.delay_cs }),
        frame.table.is_empty().then_some(Oddity::NoColorTable),
        is_empty.then_some(Oddity::EmptyFrame),
        (right > screen.width() || bottom > screen.height()).then_some(Oddity::OutsideScreen),
        (frame.disposal == FrameDisposal::Background).then_some(Oddity::BackgroundDisposal),
        (index == 0 && frame.disposal == FrameDisposal::Previous).then_some(Oddity::FirstToPrevious),
        (disposal > 3).then_some(Oddity::UnknownDisposal { number: disposal }),
        (frame.is_interlaced && frame.height == 1).then_some(Oddity::InterlacedRow),
        (side > MAX_SIDE_PX).then_some(Oddity::LargeSide),
    ]
    .into_iter()
    .flatten()
}
