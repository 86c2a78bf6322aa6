//! The picture formats that are read, and their signatures.

/// A picture format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG (third edition, 5.2).
    Png,
    /// JPEG (ITU-T T.81, B.2.1): a start of image marker, and the first byte of the next one.
    Jpeg,
    /// WebP (RFC 9649, 2.4).
    WebP,
    /// GIF of 1987 or 1989 (GIF89a, section 17).
    Gif,
}

impl PictureFormat {
    /// No signature is longer than this many bytes.
    pub const SIGNATURE_BYTES: usize = 12;

    /// Returns the format of a file that begins with `head`; `None` if it is none of these.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }

    /// The name of the format in errors and results: `"png"`, `"jpeg"`, `"webp"` or `"gif"`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::WebP => "webp",
            Self::Gif => "gif",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_are_read_are_known_by_their_first_bytes() {
        for (bytes, format) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(PictureFormat::Png)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", Some(PictureFormat::Jpeg)),
            (b"\xff\xd8\xff\xdb", Some(PictureFormat::Jpeg)),
            (b"GIF87a", Some(PictureFormat::Gif)),
            (b"GIF89a", Some(PictureFormat::Gif)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(PictureFormat::WebP)),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"\x89PNG\n\x1a\n", None),
            (b"GIF88a", None),
            (b"", None),
        ] {
            assert_eq!(PictureFormat::of(bytes), format, "{}", bytes.escape_ascii());
        }
    }
}
