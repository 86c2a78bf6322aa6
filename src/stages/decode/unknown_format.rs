//! The error for files of a format that is not read: it names what the file is instead, and what to do about it.

use crate::model::error::{Error, ErrorKind};

/// Returns the error for `bytes`, whose format is none of those that are read.
pub fn unknown_format(bytes: &[u8]) -> Error {
    let (found, remedy) = describe(bytes);
    ErrorKind::UnknownFormat { found, remedy }.into()
}

const CONVERT: &str = "convert the screenshot to PNG first";
const FRAMES: &str = "save its frames as PNG first";
const ADDRESS: &str = "look at its address: an error or a login may stand there";
const AS_BYTES: &str = "read and send the file as bytes, not as text";
const UNPACK: &str = "unpack it first";
const AGAIN: &str = "take the screenshot again, or skip it";

/// Signatures of other kinds of files: place in the file, bytes there, name of the kind, and what to do about it.
const KINDS: [(usize, &[u8], &str, &str); 29] = [
    (0, b"II*\0", "a TIFF picture", CONVERT),
    (0, b"MM\0*", "a TIFF picture", CONVERT),
    (0, b"\xff\x0a", "a JPEG XL picture", CONVERT),
    (4, b"JXL ", "a JPEG XL picture", CONVERT),
    (4, b"ftypavi", "an AVIF picture", CONVERT),
    (4, b"ftyphei", "a HEIC picture", CONVERT),
    (4, b"ftyphev", "a HEIC picture", CONVERT),
    (4, b"ftypmif1", "a HEIC picture", CONVERT),
    (4, b"ftypmsf1", "a HEIC picture", CONVERT),
    (4, b"ftyp", "a video (MP4)", FRAMES),
    (0, b"\x1a\x45\xdf\xa3", "a video (WebM)", FRAMES),
    (8, b"AVI ", "a video (AVI)", FRAMES),
    (0, b"\0\0\x01\0", "an icon (ICO)", CONVERT),
    (0, b"%PDF", "a PDF document", "render its pages to PNG first"),
    (0, b"PK\x03\x04", "a ZIP archive", UNPACK),
    (0, b"\x1f\x8b", "gzip-compressed data", UNPACK),
    // PNG and JPEG that were treated as text: decoded as UTF-8, encoded as UTF-8, or with other line ends.
    (0, b"\xef\xbf\xbdPNG", "a PNG damaged as text", AS_BYTES),
    (0, b"\xc2\x89PNG", "a PNG damaged as text", AS_BYTES),
    (0, b"\x89PNG", "a PNG damaged as text", AS_BYTES),
    (0, b"\xef\xbf\xbd\xef\xbf\xbd", "a JPEG damaged as text", AS_BYTES),
    (0, b"\xc3\xbf\xc3\x98", "a JPEG damaged as text", AS_BYTES),
    (0, b"iVBORw0KGgo", "base64 text", "decode it first"),
    (0, b"/9j/", "base64 text", "decode it first"),
    (0, b"data:image/", "a data URL", "decode it first"),
    (0, b"version https://git-lfs", "a Git LFS pointer", "run git lfs pull"),
    (0, b"{", "JSON", ADDRESS),
    (0, b"[", "JSON", ADDRESS),
    (0, b"\0\0\0\0", "zeros", AGAIN),
    (0, b"<", "XML", ADDRESS),
];

/// Returns the kind of a file and what to do about it.
fn describe(bytes: &[u8]) -> (&'static str, &'static str) {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = text[..text.len().min(1024)].to_ascii_lowercase();
    let has = |word: &[u8]| head.windows(word.len()).any(|part| part == word);
    if text.is_empty() {
        return ("nothing", AGAIN);
    }
    if head.starts_with(b"<") && has(b"<svg") && !has(b"<html") {
        return ("an SVG drawing", "render it to PNG first");
    }
    if head.starts_with(b"<") && (has(b"html") || has(b"<head") || has(b"<body")) {
        return ("a web page (HTML)", ADDRESS);
    }
    // A text may begin with "BM", but it does not have the zeros of the reserved field.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return ("a BMP picture", CONVERT);
    }
    if bytes.get(4..8) == Some(b"ftyp") && has(b"avif") {
        return ("an AVIF picture", CONVERT);
    }
    let known = KINDS.iter().find(|(at, start, ..)| {
        let bytes = if *at == 0 && start.is_ascii() { text } else { bytes };
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(start))
    });
    if let Some(&(_, _, found, remedy)) = known {
        return (found, remedy);
    }
    if head.iter().take(64).all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')) {
        return ("plain text", ADDRESS);
    }
    ("bytes of an unknown kind", CONVERT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> &'static str {
        match unknown_format(bytes).kind {
            ErrorKind::UnknownFormat { found, .. } => found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn whatever_else_is_given_is_called_by_its_name() {
        for (bytes, name) in [
            (&b""[..], "nothing"),
            (b" \r\n", "nothing"),
            (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", "an AVIF picture"),
            (b"\0\0\0\x1cftypavis\0\0\0\0", "an AVIF picture"),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "an AVIF picture"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC picture"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "a HEIC picture"),
            (b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", "a video (MP4)"),
            (b"\0\0\0\x14ftypqt  \0\0\0\0", "a video (MP4)"),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81", "a video (WebM)"),
            (b"RIFF\x10\0\0\0AVI LIST", "a video (AVI)"),
            (b"BM\x36\x10\0\0\0\0\0\0", "a BMP picture"),
            (b"II*\0\x08\0\0\0", "a TIFF picture"),
            (b"MM\0*\0\0\0\x08", "a TIFF picture"),
            (b"\xff\x0a\xfa\x0b", "a JPEG XL picture"),
            (b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL picture"),
            (b"\0\0\x01\0\x01\0\x10\x10", "an icon (ICO)"),
            (b"%PDF-1.7\n", "a PDF document"),
            (b"\n%PDF-1.4\n", "a PDF document"),
            (b"PK\x03\x04\x14\0", "a ZIP archive"),
            (b"\x1f\x8b\x08\0", "gzip-compressed data"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", "an SVG drawing"),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- made -->\n<svg>", "an SVG drawing"),
            (b"<!doctype html><title>502 Bad Gateway</title>", "a web page (HTML)"),
            (b"\n  <HTML><BODY><svg></svg>", "a web page (HTML)"),
            (b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "XML"),
            (b"{\"detail\":\"Not Found\"}", "JSON"),
            (b"[1]", "JSON"),
            (b"Not Found", "plain text"),
            (b"BMW and avi are letters", "plain text"),
            (b"Look at avif", "plain text"),
            (b"iVBORw0KGgoAAAANSUhEUg", "base64 text"),
            (b"/9j/4AAQSkZJRg", "base64 text"),
            (b"data:image/png;base64,iVBORw0KGgo", "a data URL"),
            (b"\x89PNG\n\x1a\n\0\0\0\rIHDR", "a PNG damaged as text"),
            ("\u{fffd}PNG\r\n\u{1a}\n".as_bytes(), "a PNG damaged as text"),
            ("\u{89}PNG\r\n\u{1a}\n".as_bytes(), "a PNG damaged as text"),
            ("\u{fffd}\u{fffd}\u{fffd}\u{fffd}".as_bytes(), "a JPEG damaged as text"),
            ("\u{ff}\u{d8}\u{ff}".as_bytes(), "a JPEG damaged as text"),
            (b"version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer"),
            (&[0; 64], "zeros"),
            (b"\x01\x02\x03\x04\x80\x90", "bytes of an unknown kind"),
        ] {
            assert_eq!(found(bytes), name, "{:?}", bytes.escape_ascii().to_string());
        }
    }

    #[test]
    fn the_message_says_what_it_is_and_what_to_do() {
        assert_eq!(
            unknown_format(b"<!doctype html>").at(2).to_string(),
            "screenshot 2: expected PNG, JPEG, WebP or GIF bytes, found a web page (HTML); look at its address: an error or \
             a login may stand there"
        );
    }
}
