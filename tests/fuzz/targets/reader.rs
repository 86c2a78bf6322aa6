//! Property: any bytes are read as a GIF or refused with a code; whatever is read plays to its end, forwards and from
//! the middle, with the same pictures, which another decoder sees too where the file is sound.

use task_gif::Limits;
use task_gif::pipeline::reader;

/// More frames than this only take longer.
const MOST_FRAMES: usize = 24;

pub fn check(data: &[u8]) {
    let limits = Limits { side_px: 256, frame_pixels: 16_384, ..Limits::default() };
    let mut file = match reader::read(data, &limits) {
        Ok(file) => file,
        Err(error) => {
            assert!(["BAD_GIF", "LIMIT_EXCEEDED"].contains(&error.code()), "{error}");
            assert!(reader::Player::new(data.to_vec(), &limits, 1 << 20).is_err());
            return;
        }
    };
    reader::check_codes(data, &mut file);
    for warning in &file.warnings {
        assert!(warning.frame.is_none_or(|frame| frame < file.frames.len()));
    }
    let count = file.frames.len().min(MOST_FRAMES);
    let Some(forwards) = pictures(data, &limits, 1 << 20, 0..count) else { return };
    let backwards = pictures(data, &limits, 0, (0..count).rev());
    let backwards = backwards.map(|pictures| pictures.into_iter().rev().collect::<Vec<_>>());
    assert_eq!(Some(&forwards), backwards.as_ref(), "the order of asking decides what is seen");
}

/// The frames at `order` as a player with `budget` bytes shows them, or nothing when it refuses one.
fn pictures(data: &[u8], limits: &Limits, budget: usize, order: impl Iterator<Item = usize>) -> Option<Vec<Vec<u8>>> {
    let mut player = reader::Player::new(data.to_vec(), limits, budget).ok()?;
    let mut seen = Vec::new();
    for index in order {
        while !player.seek(index, usize::MAX).ok()? {}
        seen.push(player.pixels().to_vec());
    }
    Some(seen)
}
