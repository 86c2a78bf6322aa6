//! Where the pixels of a PNG are: in its own image, or in the first frame of its animation.

use super::chunk::Chunk;

/// An image within a file: its size, and the chunks that hold its pixels.
#[derive(Clone, Copy)]
pub struct ImageData<'a> {
    pub width: usize,
    pub height: usize,
    /// `IDAT`, or `fdAT` with a sequence number before the data.
    kind: [u8; 4],
    /// The file from its first chunk on.
    pub rest: &'a [u8],
}

impl<'a> ImageData<'a> {
    /// The file's own image, `rest` beginning with its first chunk.
    pub fn own(width: usize, height: usize, rest: &'a [u8]) -> Self {
        Self { width, height, kind: *b"IDAT", rest }
    }

    /// Whether a chunk holds pixels of this image.
    pub fn has(&self, chunk: &Chunk) -> bool {
        chunk.name == self.kind
    }

    /// The compressed pixels in a chunk.
    pub fn pixels_in(&self, chunk: &Chunk<'a>) -> &'a [u8] {
        chunk.data.get(if self.kind == *b"fdAT" { 4 } else { 0 }..).unwrap_or_default()
    }
}

/// The first frame of an animation that begins after the file's own image (PNG, third edition, 11.3.6).
pub struct FirstFrame<'a> {
    pub left: usize,
    pub top: usize,
    pub image: ImageData<'a>,
}

impl<'a> FirstFrame<'a> {
    /// Finds it behind the image in `rest`. `None` where there is none, or it does not fit into `width` and `height`.
    pub fn find(mut rest: &'a [u8], width: usize, height: usize) -> Option<Self> {
        let control = loop {
            let chunk = Chunk::read(rest).ok()?;
            rest = chunk.rest;
            match &chunk.name {
                b"fcTL" => break chunk.checked().ok()?,
                b"IEND" | b"fdAT" => return None,
                _ => {}
            }
        };
        let number = |at: usize| {
            let bytes = control.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_be_bytes(bytes)).ok()
        };
        let [across, down, left, top] = [number(4)?, number(8)?, number(12)?, number(16)?];
        let fits = |start: usize, length: usize, whole: usize| {
            length > 0 && start.checked_add(length).is_some_and(|end| end <= whole)
        };
        while Chunk::read_part(rest).ok()?.name != *b"fdAT" {
            rest = Chunk::read(rest).ok()?.rest;
        }
        let image = ImageData { width: across, height: down, kind: *b"fdAT", rest };
        (fits(left, across, width) && fits(top, down, height)).then_some(Self { left, top, image })
    }
}
