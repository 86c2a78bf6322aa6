//! Property: any bytes are read as a GIF or refused with a code; whatever is read plays to its end, forwards and from
//! the middle, with the same pictures, which another decoder sees too where the file is sound. In pieces of any size the
//! client finds the same GIF, and only one that the reader reads too.

use task_gif::Limits;
use task_gif::client::{ClientError, GifFacts, GifScan};
use task_gif::gif_reader;

/// More frames than this only take longer.
const MOST_FRAMES: usize = 24;

pub fn check(data: &[u8]) {
    check_scan(data);
    let limits = Limits { side_px: 256, frame_pixels: 16_384, ..Limits::default() };
    let mut file = match gif_reader::read(data, &limits) {
        Ok(file) => file,
        Err(error) => {
            assert!(["BAD_GIF", "LIMIT_EXCEEDED"].contains(&error.code()), "{error}");
            assert!(gif_reader::Player::new(data.to_vec(), &limits, 1 << 20).is_err());
            return;
        }
    };
    gif_reader::check_codes(data, &mut file);
    for warning in &file.warnings {
        assert!(warning.frame.is_none_or(|frame| frame < file.frames.len()));
    }
    let count = file.frames.len().min(MOST_FRAMES);
    let Some(forwards) = pictures(data, &limits, 1 << 20, 0..count) else { return };
    let backwards = pictures(data, &limits, 0, (0..count).rev());
    let backwards = backwards.map(|pictures| pictures.into_iter().rev().collect::<Vec<_>>());
    assert_eq!(Some(&forwards), backwards.as_ref(), "the order of asking decides what is seen");
}

/// The client's scan of the same bytes, whole and in pieces, against the reader.
fn check_scan(data: &[u8]) {
    let scan = |size: usize| -> Result<GifFacts, ClientError> {
        let mut scan = GifScan::new(16_384, 33_000_000);
        data.chunks(size).try_for_each(|piece| scan.push(piece))?;
        scan.finish()
    };
    let whole = scan(data.len().max(1));
    for size in [1, 3, 64] {
        assert_eq!(scan(size).is_ok(), whole.is_ok(), "pieces of {size}");
        assert!(whole.is_err() || scan(size) == whole, "pieces of {size}");
    }
    let Ok(facts) = whole else { return };
    match gif_reader::read(data, &Limits::default()) {
        Ok(file) => {
            let played: Vec<u32> = file.frames.iter().map(gif_reader::GifFrame::played_ms).collect();
            let size = (file.screen.width() as u32, file.screen.height() as u32);
            assert_eq!((size, &played), ((facts.width, facts.height), &facts.delays_ms));
        }
        Err(error) => assert_eq!(error.code(), "LIMIT_EXCEEDED", "{error}"),
    }
}

/// The frames at `order` as a player with `budget` bytes shows them, or nothing when it refuses one.
fn pictures(data: &[u8], limits: &Limits, budget: usize, order: impl Iterator<Item = usize>) -> Option<Vec<Vec<u8>>> {
    let mut player = gif_reader::Player::new(data.to_vec(), limits, budget).ok()?;
    let mut seen = Vec::new();
    for index in order {
        while !player.seek(index, usize::MAX).ok()? {}
        seen.push(player.pixels().to_vec());
    }
    Some(seen)
}
