//! The constants of the GIF format (GIF89a, sections 17 to 27), and the maximum number of frames that are read.

/// Bytes of the signature and the logical screen descriptor.
pub const HEADER_BYTES: usize = 13;
/// Signatures at the start of a GIF.
pub const SIGNATURES: [&[u8; 6]; 2] = [b"GIF87a", b"GIF89a"];
/// Introducer of an extension.
pub const EXTENSION: u8 = 0x21;
/// Introducer of an image.
pub const IMAGE: u8 = 0x2c;
/// Trailer of the file.
pub const TRAILER: u8 = 0x3b;
/// Label of a graphic control extension: delay, disposal and transparent color of the image that follows.
pub const CONTROL: u8 = 0xf9;
/// Label of a plain text extension.
pub const PLAIN_TEXT: u8 = 0x01;
/// Label of a comment extension.
pub const COMMENT: u8 = 0xfe;
/// Label of an application extension.
pub const APPLICATION: u8 = 0xff;
/// Identifier and authentication code of the application extension that holds the steps of a replay.
pub const STEPS: &[u8; 11] = b"TASK-GIF1.0";
/// Maximum number of frames that are read; no replay has as many.
pub const MOST_FRAMES: usize = 100_000;

/// Returns the size in bytes of the color table by the flags of a screen or image descriptor.
#[must_use]
pub fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Returns the delay in cs that browsers use for this delay: 10 instead of 0 and 1.
#[must_use]
pub fn played_cs(delay_cs: u32) -> u32 {
    if delay_cs < 2 { 10 } else { delay_cs }
}
