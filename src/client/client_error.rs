//! The errors of the client as one enum with stable codes. Their texts are in `client_error_text`.

use std::borrow::Cow;

use super::status_table::status_code;

/// What was being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// `GET /task/{id}/gif`.
    Gif,
    /// `GET /task/{id}`.
    Task,
    /// `GET /task/{id}/status`.
    Status,
    /// `GET /task/{id}/screenshots`.
    Screenshots,
    /// The GIF itself.
    GifFile,
    /// A screenshot itself.
    ScreenshotFile,
}

impl Target {
    /// Whether it is a file on a media host, as opposed to a call of the API.
    #[must_use]
    pub fn is_file(self) -> bool {
        matches!(self, Self::GifFile | Self::ScreenshotFile)
    }
}

/// Why no whole answer arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection failed or broke off.
    Broken,
    /// The answer took too long.
    TimedOut,
    /// The body stopped arriving.
    Stalled,
}

/// Why there is no GIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The task is still going on.
    NotFinished,
    /// The task has fewer than two screenshots.
    TooFewScreenshots,
    /// The task finished more than 30 days ago.
    Expired,
    /// There is no such task.
    NotFound,
    /// The task is finished and has screenshots, but the GIF did not appear in time.
    Timeout,
}

impl Reason {
    /// The name that JavaScript sees.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotFinished => "not_finished",
            Self::TooFewScreenshots => "too_few_screenshots",
            Self::Expired => "expired",
            Self::NotFound => "not_found",
            Self::Timeout => "timeout",
        }
    }
}

/// A failure of the client, with the values needed to say so. [`ClientError::code`] is stable; the text is not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientError {
    /// An argument is wrong; in JavaScript a `TypeError`.
    Argument {
        /// The argument's path, such as `options.timeout`.
        path: String,
        /// What was expected and found.
        problem: String,
    },
    /// An answer whose status says no.
    Status {
        /// What was asked for.
        target: Target,
        /// The status.
        status: u16,
        /// The server's own words, if it gave any.
        detail: Option<String>,
    },
    /// The answer is a redirect, which could carry the key elsewhere.
    Redirect {
        /// What was asked for.
        target: Target,
    },
    /// No whole answer arrived.
    Network {
        /// What was asked for.
        target: Target,
        /// How the last try ended.
        fault: Fault,
        /// How often it was tried.
        tries: u32,
    },
    /// A 200 with another shape than the documented one.
    BadResponse {
        /// What was asked for.
        target: Target,
        /// Where in the body.
        path: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// A returned address that must not be asked.
    MediaUrl {
        /// What is wrong with it.
        problem: String,
    },
    /// The media host answers, but lets no other origin read.
    MediaCors {
        /// The media host.
        host: String,
    },
    /// The bytes are not what they should be.
    BadMedia {
        /// What was found.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The bytes are too many, or describe too large a picture.
    TooLarge {
        /// What is too large, with found and allowed.
        what: String,
    },
    /// There is no GIF (yet).
    NotReady {
        /// Why.
        reason: Reason,
    },
    /// The callback for tokens failed or gave something unusable.
    Token {
        /// What happened.
        problem: String,
    },
}

impl ClientError {
    /// The stable name, as JavaScript sees it.
    #[must_use]
    pub fn code(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Argument { .. } => "BAD_ARGUMENT",
            Self::Status { target, status, .. } => return status_code(*status, target.is_file()),
            Self::Redirect { .. } => "REDIRECT",
            Self::Network { .. } => "NETWORK",
            Self::BadResponse { .. } => "BAD_RESPONSE",
            Self::MediaUrl { .. } => "MEDIA_URL",
            Self::MediaCors { .. } => "MEDIA_CORS",
            Self::BadMedia { .. } => "BAD_MEDIA",
            Self::TooLarge { .. } => "TOO_LARGE",
            Self::NotReady { reason: Reason::NotFound } => "NOT_FOUND",
            Self::NotReady { reason: Reason::Expired } => "EXPIRED",
            Self::NotReady { .. } => "NOT_READY",
            Self::Token { .. } => "UNAUTHORIZED",
        })
    }

    /// The HTTP status, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The reason why there is no GIF, where that is what happened.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::NotReady { reason } => Some(*reason),
            _ => None,
        }
    }
}
