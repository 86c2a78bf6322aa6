//! Fetches one file from a media host. Every redirect is checked against the media policy; failures are retried;
//! content type, length and content are checked while the bytes arrive.

use super::client_error::{ClientError, Fault, Target};
use super::delays::{Jitter, MAX_RETRIES, retry_delay_ms};
use super::gif_scan::{GifFacts, GifScan};
use super::http_url::HttpUrl;
use super::limits::{MEDIA_HOPS, MEDIA_PIXELS, MEDIA_SIDE_PX};
use super::media_policy::MediaPolicy;
use super::picture_signature::PictureSignature;
use super::retry_after::retry_after_ms;
use super::status_table::{StatusAction, status_action};

/// What kind of file is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// The GIF of a task.
    Gif,
    /// A screenshot.
    Screenshot,
}

/// The head of an answer from a media host.
#[derive(Debug, Clone, Copy, Default)]
pub struct MediaHead<'a> {
    /// The status.
    pub status: u16,
    /// `Location`, where redirects are not followed by the transport.
    pub location: Option<&'a str>,
    /// Where the answer came from in the end; empty if the transport does not know.
    pub final_url: &'a str,
    /// `Content-Type`.
    pub content_type: Option<&'a str>,
    /// `Content-Length`.
    pub content_length: Option<u64>,
    /// `Retry-After`.
    pub retry_after: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
}

/// An event of the transport.
#[derive(Debug, Clone, Copy)]
pub enum MediaEvent<'a> {
    /// The fetch starts, or the wait is over.
    Go,
    /// The head of the answer.
    Head(MediaHead<'a>),
    /// The next bytes of the body.
    Bytes(&'a [u8]),
    /// The end of the body.
    End,
    /// The answer failed.
    Fault(Fault),
    /// Whether the host answers a request whose response may not be read (`no-cors`).
    Probed {
        /// It does.
        reachable: bool,
    },
}

/// The next action of the transport: a GET request without credentials, referrer and the caller's headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaAction {
    /// Request this URL; bytes received before are void.
    Fetch(HttpUrl),
    /// Read on.
    Read,
    /// Wait, then [`MediaEvent::Go`].
    Wait {
        /// How long.
        ms: u64,
    },
    /// Request the URL in `no-cors` mode, to tell a CORS refusal from a broken connection.
    Probe(HttpUrl),
    /// All is there; a GIF's facts come along.
    Done(Option<GifFacts>),
    /// It failed.
    Stop(ClientError),
}

#[derive(Debug, Clone)]
enum Scan {
    Gif(Box<GifScan>),
    Screenshot(PictureSignature),
}

/// A file that is being fetched.
#[derive(Debug, Clone)]
pub struct MediaFetch {
    kind: MediaKind,
    start: HttpUrl,
    current: HttpUrl,
    max_bytes: u64,
    can_probe: bool,
    jitter: Jitter,
    hops: u32,
    retries: u32,
    reached: u32,
    fault: Fault,
    announced: Option<u64>,
    received: u64,
    scan: Scan,
}

impl MediaFetch {
    /// The most requests a fetch makes: six tries of up to six hops, and a probe after each.
    pub const MAX_REQUESTS: u32 = (MAX_RETRIES + 1) * (MEDIA_HOPS + 2);

    /// A fetch of `url`, which has to pass `policy`. `can_probe` is for transports under CORS.
    ///
    /// # Errors
    /// [`ClientError::MediaUrl`].
    pub fn new(
        kind: MediaKind,
        url: &str,
        policy: &MediaPolicy,
        max_bytes: u64,
        can_probe: bool,
        seed: u64,
    ) -> Result<Self, ClientError> {
        let start = policy.check(url)?;
        Ok(Self {
            kind,
            current: start.clone(),
            start,
            max_bytes,
            can_probe,
            jitter: Jitter::new(seed),
            hops: 0,
            retries: 0,
            reached: 0,
            fault: Fault::Broken,
            announced: None,
            received: 0,
            scan: new_scan(kind),
        })
    }

    /// Bytes received and announced so far.
    #[must_use]
    pub fn progress(&self) -> (u64, Option<u64>) {
        (self.received, self.announced)
    }

    /// Handles `event` and returns the next action.
    pub fn on(&mut self, event: &MediaEvent<'_>, now_ms: u64, policy: &MediaPolicy) -> MediaAction {
        let step = match event {
            MediaEvent::Go => Ok(self.begin()),
            MediaEvent::Head(head) => self.head(head, now_ms, policy),
            MediaEvent::Bytes(bytes) => self.bytes(bytes),
            MediaEvent::End => self.end(),
            MediaEvent::Fault(fault) => Ok(self.broken(*fault)),
            MediaEvent::Probed { reachable } => Ok(self.probed(*reachable)),
        };
        step.unwrap_or_else(MediaAction::Stop)
    }

    fn begin(&mut self) -> MediaAction {
        self.current = self.start.clone();
        self.hops = 0;
        self.received = 0;
        self.announced = None;
        self.scan = new_scan(self.kind);
        MediaAction::Fetch(self.current.clone())
    }

    fn head(&mut self, head: &MediaHead<'_>, now_ms: u64, policy: &MediaPolicy) -> Result<MediaAction, ClientError> {
        if !head.final_url.is_empty() && head.final_url != self.current.as_str() {
            policy.check(head.final_url)?;
        }
        match status_action(head.status) {
            StatusAction::Read => self.check_head(head).map(|()| MediaAction::Read),
            StatusAction::Redirect => self.follow(head.location, policy),
            StatusAction::Retry | StatusAction::NotReady => {
                let asked = head.retry_after.and_then(|value| retry_after_ms(value, head.date, now_ms));
                Ok(self.retry(asked, self.status(head.status)))
            }
            _ => Err(self.status(head.status)),
        }
    }

    fn follow(&mut self, location: Option<&str>, policy: &MediaPolicy) -> Result<MediaAction, ClientError> {
        let refuse = |problem: &str| ClientError::MediaUrl { problem: problem.to_owned() };
        let location = location.ok_or_else(|| refuse("redirects without saying where to"))?;
        if self.hops >= MEDIA_HOPS {
            return Err(refuse("redirects more than five times"));
        }
        self.hops += 1;
        let next =
            self.current.join(location).map_err(|problem| refuse(&format!("redirects to one that {problem}")))?;
        policy.check_address(&next)?;
        self.current = next.clone();
        Ok(MediaAction::Fetch(next))
    }

    fn check_head(&mut self, head: &MediaHead<'_>) -> Result<(), ClientError> {
        let essence = head.content_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        let octets = essence == "application/octet-stream" || essence == "binary/octet-stream";
        let (fits, expected) = match self.kind {
            MediaKind::Gif => (essence == "image/gif", "content type image/gif or application/octet-stream"),
            MediaKind::Screenshot => {
                (essence.starts_with("image/"), "content type image/* or application/octet-stream")
            }
        };
        if !fits && !octets {
            let plain = essence.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+-._".contains(&byte));
            let found = if essence.is_empty() || !plain || essence.len() > 80 { "none".to_owned() } else { essence };
            return Err(ClientError::BadMedia { found, expected });
        }
        if let Some(length) = head.content_length {
            self.check_length(length)?;
        }
        self.announced = head.content_length;
        Ok(())
    }

    fn check_length(&self, bytes: u64) -> Result<(), ClientError> {
        if bytes <= self.max_bytes {
            return Ok(());
        }
        let what = format!("{} sends {bytes} bytes or more; maxBytes is {}", self.target(), self.max_bytes);
        Err(ClientError::TooLarge { what })
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<MediaAction, ClientError> {
        self.received += bytes.len() as u64;
        self.check_length(self.received)?;
        match &mut self.scan {
            Scan::Gif(scan) => scan.push(bytes)?,
            Scan::Screenshot(scan) => scan.push(bytes)?,
        }
        Ok(MediaAction::Read)
    }

    fn end(&mut self) -> Result<MediaAction, ClientError> {
        let facts = match std::mem::replace(&mut self.scan, new_scan(self.kind)) {
            Scan::Gif(scan) => scan.finish().map(Some),
            Scan::Screenshot(scan) => scan.finish().map(|()| None),
        };
        // The announced length is that of the compressed body where there is one, so alone it proves nothing.
        let cut = self.announced.is_some_and(|announced| self.received < announced);
        match facts {
            Err(_) if cut => Ok(self.broken(Fault::Broken)),
            facts => facts.map(MediaAction::Done),
        }
    }

    fn broken(&mut self, fault: Fault) -> MediaAction {
        self.fault = fault;
        if self.can_probe && fault == Fault::Broken && self.received == 0 {
            return MediaAction::Probe(self.current.clone());
        }
        self.lost()
    }

    fn probed(&mut self, reachable: bool) -> MediaAction {
        self.reached += u32::from(reachable);
        // Once may be a line that came back in between; twice is a host that refuses to be read.
        if self.reached >= 2 {
            return MediaAction::Stop(ClientError::MediaCors { host: self.current.host_text().to_owned() });
        }
        self.lost()
    }

    fn lost(&mut self) -> MediaAction {
        let error = ClientError::Network { target: self.target(), fault: self.fault, tries: self.retries + 1 };
        self.retry(None, error)
    }

    fn retry(&mut self, asked_ms: Option<u64>, error: ClientError) -> MediaAction {
        if self.retries >= MAX_RETRIES {
            return MediaAction::Stop(error);
        }
        let ms = retry_delay_ms(self.retries, asked_ms, &mut self.jitter);
        self.retries += 1;
        MediaAction::Wait { ms }
    }

    fn target(&self) -> Target {
        match self.kind {
            MediaKind::Gif => Target::GifFile,
            MediaKind::Screenshot => Target::ScreenshotFile,
        }
    }

    fn status(&self, status: u16) -> ClientError {
        ClientError::Status { target: self.target(), status, detail: None }
    }
}

fn new_scan(kind: MediaKind) -> Scan {
    match kind {
        MediaKind::Gif => Scan::Gif(Box::new(GifScan::new(MEDIA_SIDE_PX, MEDIA_PIXELS))),
        MediaKind::Screenshot => Scan::Screenshot(PictureSignature::default()),
    }
}
