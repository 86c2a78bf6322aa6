//! API calls, requests and responses, and what passes between a job and its transport.

use super::base_url::BaseUrl;
use super::client_error::{ClientError, Fault, Target};
use super::limits;
use super::task_id::TaskId;

/// A call of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// `GET /task/{id}/gif`.
    Gif,
    /// `GET /task/{id}`.
    Task,
    /// `GET /task/{id}/status`.
    Status,
    /// `GET /task/{id}/screenshots`.
    Screenshots,
}

impl Call {
    /// What follows the task id in the path.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Gif => "/gif",
            Self::Task => "",
            Self::Status => "/status",
            Self::Screenshots => "/screenshots",
        }
    }

    /// The same thing as errors name it.
    #[must_use]
    pub fn target(self) -> Target {
        match self {
            Self::Gif => Target::Gif,
            Self::Task => Target::Task,
            Self::Status => Target::Status,
            Self::Screenshots => Target::Screenshots,
        }
    }
}

/// One request to the API. It goes out as GET, with the caller's headers and the bearer token, without following
/// redirects (`redirect: "manual"`) and past every cache; the whole answer has to arrive within `timeout_ms`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where to.
    pub url: String,
    /// The requested resource.
    pub call: Call,
    /// Time for the whole answer.
    pub timeout_ms: u32,
    /// A longer body is cut off and counts as a wrong answer.
    pub max_bytes: usize,
}

impl Request {
    /// The request for `call` of task `id`.
    #[must_use]
    pub fn new(base: &BaseUrl, call: Call, id: &TaskId) -> Self {
        Self { url: base.url(id, call.suffix()), call, timeout_ms: limits::ANSWER_MS, max_bytes: limits::ANSWER_BYTES }
    }
}

/// The next action of a job whose result is a `T`, for the transport to perform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action<T> {
    /// Make this call and report [`Event::Answer`] or [`Event::Fault`].
    Send(Call),
    /// Wait, then report [`Event::Waited`]. A pause between polls also waits while the page is hidden or offline.
    Wait {
        /// How long.
        ms: u64,
        /// Whether this is the pause between two polls rather than one before a retry.
        between_polls: bool,
    },
    /// Ask for a new token, then report [`Event::Renewed`].
    Renew,
    /// The job is done.
    Done(T),
    /// The job has failed.
    Stop(ClientError),
}

/// A response of the API, as far as a decision needs it.
#[derive(Debug, Clone, Copy, Default)]
pub struct ApiResponse<'a> {
    /// The status; 0 for a redirect that the browser does not show.
    pub status: u16,
    /// `Retry-After`.
    pub retry_after: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
    /// The whole body.
    pub body: &'a [u8],
}

/// An event of the transport.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The job starts.
    Start,
    /// The answer to the last call.
    Answer(ApiResponse<'a>),
    /// The last call got no whole answer.
    Fault(Fault),
    /// The wait is over.
    Waited {
        /// How much longer it took because the page was hidden or offline.
        paused_ms: u64,
    },
    /// There is a new token (or none can be had: then nothing changed).
    Renewed {
        /// Whether there is a new one.
        renewed: bool,
    },
}
