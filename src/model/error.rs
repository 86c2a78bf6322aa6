//! The errors of the crate as one enum with stable codes and their texts.

use std::fmt;

/// The kind of an error, with its values. [`Error::code`] is stable; the text is not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Fewer screenshots than [`Options::min_frames`](crate::Options::min_frames).
    TooFewScreenshots {
        /// Number of screenshots.
        found: usize,
        /// Minimum number.
        needed: usize,
    },
    /// The bytes are no PNG, JPEG, WebP or GIF.
    UnknownFormat {
        /// The actual kind of file, such as `"an AVIF picture"`.
        found: &'static str,
        /// The remedy.
        remedy: &'static str,
    },
    /// The bytes start like a known format but cannot be decoded.
    DecodeFailed {
        /// The format's name.
        format: &'static str,
        /// The message of the decoder.
        reason: String,
    },
    /// The bytes are of a known format, but use a feature of it that neither this crate nor most browsers support.
    Unsupported {
        /// The format's name.
        format: &'static str,
        /// The feature, such as `"arithmetic coding"`.
        feature: &'static str,
    },
    /// A limit of [`Limits`](crate::Limits) is exceeded.
    LimitExceeded {
        /// The limit's name as in `Limits`.
        limit: &'static str,
        /// The value found.
        found: u64,
        /// The value allowed.
        allowed: u64,
    },
    /// The GIF cannot be as short as [`Options::max_duration`](crate::Options::max_duration).
    CannotFit {
        /// The shortest possible length in milliseconds.
        found_ms: u64,
        /// The maximum length in milliseconds.
        allowed_ms: u64,
    },
    /// An option has a value outside its range.
    BadOption {
        /// The option's name.
        option: &'static str,
        /// What was expected and found.
        reason: String,
    },
    /// A redaction box cannot be applied to its screenshot.
    RedactionFailed {
        /// The reason.
        reason: String,
    },
    /// Memory could not be allocated.
    OutOfMemory {
        /// Number of bytes.
        bytes: usize,
    },
    /// A message between phases is damaged or comes from another version.
    BadMessage {
        /// The kind of message.
        what: &'static str,
    },
    /// The bytes are no GIF, or no frame of it can be read.
    BadGif {
        /// What was found.
        found: &'static str,
        /// The offset of the byte.
        at: usize,
    },
    /// A session does not have the frame: it was never analyzed there, or was released.
    FrameNotHeld,
}

/// An [`ErrorKind`], and the index of the screenshot, from 0, if a single one caused the error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The kind of the error.
    pub kind: ErrorKind,
    /// The index of the screenshot.
    pub frame: Option<usize>,
}

/// A result with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Returns the error with the index of a screenshot, unless it has one already.
    #[must_use]
    pub fn at(mut self, index: usize) -> Self {
        self.frame.get_or_insert(index);
        self
    }

    /// The stable code of the kind of error, which JavaScript uses too.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            ErrorKind::TooFewScreenshots { .. } => "TOO_FEW_SCREENSHOTS",
            ErrorKind::UnknownFormat { .. } => "UNKNOWN_FORMAT",
            ErrorKind::DecodeFailed { .. } => "DECODE_FAILED",
            ErrorKind::Unsupported { .. } => "UNSUPPORTED",
            ErrorKind::LimitExceeded { .. } => "LIMIT_EXCEEDED",
            ErrorKind::CannotFit { .. } => "CANNOT_FIT",
            ErrorKind::BadOption { .. } => "BAD_OPTION",
            ErrorKind::RedactionFailed { .. } => "REDACTION_FAILED",
            ErrorKind::OutOfMemory { .. } => "OUT_OF_MEMORY",
            ErrorKind::BadMessage { .. } => "BAD_MESSAGE",
            ErrorKind::BadGif { .. } => "BAD_GIF",
            ErrorKind::FrameNotHeld => "FRAME_NOT_HELD",
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, frame: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(index) = self.frame {
            let what = if matches!(self.kind, ErrorKind::BadGif { .. }) { "frame" } else { "screenshot" };
            write!(f, "{what} {index}: ")?;
        }
        match &self.kind {
            ErrorKind::TooFewScreenshots { found, needed } => {
                write!(f, "expected at least {needed} screenshots, found {found}; add screenshots or lower minFrames")
            }
            ErrorKind::UnknownFormat { found, remedy } => {
                write!(f, "expected PNG, JPEG, WebP or GIF bytes, found {found}; {remedy}")
            }
            ErrorKind::DecodeFailed { format, reason } => {
                write!(
                    f,
                    "expected a whole {format} file, but it cannot be decoded ({reason}); take the screenshot again or skip it"
                )
            }
            ErrorKind::Unsupported { format, feature } => {
                write!(
                    f,
                    "expected a usual {format} file, found one with {feature}; save the screenshot as a plain PNG instead"
                )
            }
            ErrorKind::LimitExceeded { limit, found, allowed } => {
                write!(f, "limit {limit} is {allowed}, found {found}; raise limits.{limit} if this input is meant")
            }
            ErrorKind::CannotFit { found_ms, allowed_ms } => write!(
                f,
                "expected a GIF of at most {allowed_ms} ms, found {found_ms} ms to be the shortest in which the first, the last, the failed steps and those with a delay of their own can be read; raise options.maxDuration or options.speed"
            ),
            ErrorKind::BadOption { option, reason } => write!(f, "option {option}: {reason}"),
            ErrorKind::RedactionFailed { reason } => {
                write!(f, "a redaction box cannot be applied ({reason}); nothing was encoded")
            }
            ErrorKind::OutOfMemory { bytes } => {
                write!(f, "{bytes} bytes of memory could not be had; use fewer or smaller screenshots")
            }
            ErrorKind::BadMessage { what } => {
                write!(f, "expected {what} made by this version of task-gif, found other bytes")
            }
            ErrorKind::BadGif { found, at } => {
                write!(f, "expected a whole GIF, found {found} at byte {at}; make or download the file again")
            }
            ErrorKind::FrameNotHeld => f.write_str("the frame is not held here; analyze it again before encoding"),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_found_allowed_and_what_to_do() {
        let kind = ErrorKind::LimitExceeded { limit: "sidePx", found: 65535, allowed: 16384 };
        let text = Error::from(kind).at(3).to_string();
        assert_eq!(
            text,
            "screenshot 3: limit sidePx is 16384, found 65535; raise limits.sidePx if this input is meant"
        );
    }

    #[test]
    fn the_first_frame_blamed_stays() {
        assert_eq!(Error::from(ErrorKind::FrameNotHeld).at(1).at(2).frame, Some(1));
    }
}
