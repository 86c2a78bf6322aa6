//! Small PNG and JPEG files of every kind, whole and slightly damaged, from a seed.

pub mod jpeg;
pub mod png;
pub mod random;

use random::Random;

/// A file and what was done to it.
pub struct Picture {
    /// `"png"` or `"jpeg"`.
    pub format: &'static str,
    /// The kind of damage, `"none"` for a whole file.
    pub damage: &'static str,
    pub bytes: Vec<u8>,
}

/// The picture number `index`, the same each time.
pub fn picture(index: u32) -> Picture {
    let mut random = Random::new(index);
    if index.is_multiple_of(2) {
        let (damage, bytes) = png::file(&mut random);
        Picture { format: "png", damage, bytes }
    } else {
        let (damage, bytes) = jpeg::file(&mut random);
        Picture { format: "jpeg", damage, bytes }
    }
}
