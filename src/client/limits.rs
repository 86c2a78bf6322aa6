//! How long the client waits for an answer, and how much it accepts. Pauses between requests are in `delays.rs`.

/// Default time for one answer of the endpoint, in milliseconds.
pub const ANSWER_MS: u32 = 15_000;
/// Most bytes of an answer of the endpoint: a task with thousands of steps is far below.
pub const ANSWER_BYTES: usize = 16_000_000;
/// Default of the most bytes of a GIF or screenshot.
pub const MEDIA_BYTES: u64 = 64_000_000;
/// Default time for the head of a media host's answer, in milliseconds.
pub const MEDIA_HEAD_MS: u32 = 15_000;
/// Default time without a byte after which the body of a file counts as stalled, in milliseconds.
pub const MEDIA_STALL_MS: u32 = 20_000;
/// Most redirects that are followed to a file.
pub const MEDIA_HOPS: u32 = 5;
/// Longest side of a GIF or screenshot in pixels.
pub const MEDIA_SIDE_PX: u32 = 16_384;
/// Most pixels of a GIF or screenshot.
pub const MEDIA_PIXELS: u64 = 33_000_000;
