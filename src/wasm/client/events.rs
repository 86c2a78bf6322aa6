//! What passes between the loop of a job and the transport: a [`Command`] in, its [`Outcome`] out.

use crate::client::{ApiResponse, Call, DownloadEvent, Event, Fault, HttpUrl, MediaEvent, MediaHead};

/// Which waits are prolonged until the page is visible and online.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PausePolicy {
    Never,
    BetweenPolls,
    Always,
}

/// The next action of the transport for a job.
pub(super) enum Command {
    Send(Call),
    Renew,
    Wait { ms: u64, between_polls: bool },
    Fetch(HttpUrl),
    Read,
    Probe(HttpUrl),
}

/// The outcome of a command. It owns its data; a job gets an [`Event`] that borrows them.
pub(super) enum Outcome {
    Start,
    Answer { status: u16, retry_after: Option<String>, date: Option<String>, body: Vec<u8> },
    Fault(Fault),
    Waited { paused_ms: u64 },
    Renewed(bool),
    ResponseHead(ResponseHead),
    Bytes(Vec<u8>),
    End,
    MediaFault(Fault),
    Probed(bool),
}

/// Status and headers of a media host's response.
pub(super) struct ResponseHead {
    pub(super) status: u16,
    pub(super) final_url: String,
    pub(super) location: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content_length: Option<u64>,
    pub(super) retry_after: Option<String>,
    pub(super) date: Option<String>,
}

impl Outcome {
    /// The event for a job that calls the API.
    pub(super) fn event(&self) -> Event<'_> {
        match self {
            Self::Answer { status, retry_after, date, body } => Event::Answer(ApiResponse {
                status: *status,
                retry_after: retry_after.as_deref(),
                date: date.as_deref(),
                body,
            }),
            Self::Fault(fault) | Self::MediaFault(fault) => Event::Fault(*fault),
            Self::Waited { paused_ms } => Event::Waited { paused_ms: *paused_ms },
            Self::Renewed(renewed) => Event::Renewed { renewed: *renewed },
            Self::Start | Self::ResponseHead(_) | Self::Bytes(_) | Self::End | Self::Probed(_) => Event::Start,
        }
    }

    /// The event for a download.
    pub(super) fn download_event(&self) -> DownloadEvent<'_> {
        DownloadEvent::Media(match self {
            Self::ResponseHead(head) => MediaEvent::Head(MediaHead {
                status: head.status,
                location: head.location.as_deref(),
                final_url: &head.final_url,
                content_type: head.content_type.as_deref(),
                content_length: head.content_length,
                retry_after: head.retry_after.as_deref(),
                date: head.date.as_deref(),
            }),
            Self::Bytes(bytes) => MediaEvent::Bytes(bytes),
            Self::End => MediaEvent::End,
            Self::MediaFault(fault) => MediaEvent::Fault(*fault),
            Self::Probed(reachable) => MediaEvent::Probed { reachable: *reachable },
            _ => return DownloadEvent::Api(self.event()),
        })
    }

    /// The body of an answer as text.
    pub(super) fn body_text(&self) -> String {
        let Self::Answer { body, .. } = self else { return String::new() };
        String::from_utf8_lossy(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).into_owned()
    }
}
