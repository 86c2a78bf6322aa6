//! Downloads a file of a task: asks the API for its URL, then fetches it. A URL that answers 403 has expired: the API
//! is asked once for a fresh one.

use super::client_error::{ClientError, Reason};
use super::gif_scan::GifFacts;
use super::http_url::HttpUrl;
use super::media_fetch::{MediaAction, MediaEvent, MediaFetch, MediaKind};
use super::media_policy::MediaPolicy;
use super::request::{Action, Call, Event};
use super::single_call::{SingleCall, SingleCallFound};
use super::wait::{Wait, WaitEnd, WaitOptions};

/// The file to download.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The GIF; the options say how long to wait for it.
    Gif(WaitOptions),
    /// A screenshot, by its index in the list of the API and its URL there.
    Screenshot {
        /// Its place.
        index: usize,
        /// Its address.
        url: String,
    },
}

/// The next action for the transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadAction {
    /// Ask the API.
    Send(Call),
    /// Get a new token.
    Renew,
    /// Wait.
    Wait {
        /// How long.
        ms: u64,
        /// Whether it is the pause between two polls.
        between_polls: bool,
    },
    /// Request the file at this URL; bytes received before are void.
    Fetch(HttpUrl),
    /// Read on.
    Read,
    /// Request the URL in `no-cors` mode, to tell a CORS refusal from a broken connection.
    Probe(HttpUrl),
    /// All is there.
    Done(Option<GifFacts>),
    /// It failed.
    Stop(ClientError),
}

/// An event of the transport.
#[derive(Debug, Clone, Copy)]
pub enum DownloadEvent<'a> {
    /// About a call of the API, or a wait.
    Api(Event<'a>),
    /// About the file.
    Media(MediaEvent<'a>),
}

#[derive(Debug, Clone)]
enum Stage {
    HttpUrl(Box<Wait>),
    List(Box<SingleCall>),
    File(Box<MediaFetch>),
}

/// Limits of a download, and what the transport can do.
#[derive(Debug, Clone, Copy)]
struct Setup {
    max_bytes: u64,
    can_probe: bool,
    seed: u64,
}

/// The state of a download.
#[derive(Debug, Clone)]
pub struct Download {
    wanted: Wanted,
    setup: Setup,
    stage: Stage,
    asked_again: bool,
}

impl Download {
    /// A download of `wanted`.
    ///
    /// # Errors
    /// [`ClientError::MediaUrl`] when a screenshot's address must not be asked.
    pub fn new(
        wanted: Wanted,
        policy: &MediaPolicy,
        max_bytes: u64,
        can_probe: bool,
        seed: u64,
    ) -> Result<Self, ClientError> {
        let setup = Setup { max_bytes, can_probe, seed };
        let stage = match &wanted {
            Wanted::Gif(options) => Stage::HttpUrl(Box::new(Wait::new(options.clone()))),
            Wanted::Screenshot { url, .. } => file(MediaKind::Screenshot, url, policy, setup)?,
        };
        Ok(Self { wanted, setup, stage, asked_again: false })
    }

    /// Bytes received and announced so far.
    #[must_use]
    pub fn progress(&self) -> (u64, Option<u64>) {
        match &self.stage {
            Stage::File(fetch) => fetch.progress(),
            _ => (0, None),
        }
    }

    /// The first thing to do.
    pub fn start(&mut self, now_ms: u64, policy: &MediaPolicy) -> DownloadAction {
        self.on(&DownloadEvent::Api(Event::Start), now_ms, policy)
    }

    /// Handles `event` and returns the next action.
    pub fn on(&mut self, event: &DownloadEvent<'_>, now_ms: u64, policy: &MediaPolicy) -> DownloadAction {
        match (&mut self.stage, event) {
            (Stage::HttpUrl(wait), DownloadEvent::Api(event)) => match wait.on(event, now_ms, policy) {
                Action::Done(WaitEnd::Ready(url)) => self.fetch(&url, now_ms, policy),
                Action::Done(WaitEnd::Unavailable(reason)) => DownloadAction::Stop(ClientError::NotReady { reason }),
                action => pass(action),
            },
            (Stage::List(lookup), DownloadEvent::Api(event)) => match lookup.on(event, now_ms) {
                Action::Done(SingleCallFound::Screenshots(list)) => self.fetch_listed(&list, now_ms, policy),
                action => pass(action),
            },
            (Stage::File(fetch), DownloadEvent::Media(event)) => {
                let action = fetch.on(event, now_ms, policy);
                self.pass_media(action, now_ms, policy)
            }
            (Stage::File(fetch), DownloadEvent::Api(Event::Start | Event::Waited { .. })) => {
                let action = fetch.on(&MediaEvent::Go, now_ms, policy);
                self.pass_media(action, now_ms, policy)
            }
            // A transport that reports something about a stage that is over.
            _ => DownloadAction::Stop(ClientError::NotReady { reason: Reason::Timeout }),
        }
    }

    fn pass_media(&mut self, action: MediaAction, now_ms: u64, policy: &MediaPolicy) -> DownloadAction {
        match action {
            MediaAction::Stop(error) if error.status() == Some(403) && !self.asked_again => {
                self.asked_again = true;
                let seed = self.setup.seed.wrapping_add(1);
                self.stage = match &self.wanted {
                    Wanted::Gif(options) => {
                        Stage::HttpUrl(Box::new(Wait::new(WaitOptions { timeout_ms: 0, seed, ..options.clone() })))
                    }
                    Wanted::Screenshot { .. } => Stage::List(Box::new(SingleCall::new(Call::Screenshots, seed))),
                };
                self.start(now_ms, policy)
            }
            MediaAction::Fetch(address) => DownloadAction::Fetch(address),
            MediaAction::Read => DownloadAction::Read,
            MediaAction::Wait { ms } => DownloadAction::Wait { ms, between_polls: false },
            MediaAction::Probe(address) => DownloadAction::Probe(address),
            MediaAction::Done(facts) => DownloadAction::Done(facts),
            MediaAction::Stop(error) => DownloadAction::Stop(error),
        }
    }

    fn fetch_listed(&mut self, list: &[String], now_ms: u64, policy: &MediaPolicy) -> DownloadAction {
        let Wanted::Screenshot { index, .. } = &self.wanted else {
            return DownloadAction::Stop(ClientError::NotReady { reason: Reason::Timeout });
        };
        match list.get(*index) {
            Some(url) => self.fetch(&url.clone(), now_ms, policy),
            None => DownloadAction::Stop(ClientError::NotReady { reason: Reason::Expired }),
        }
    }

    fn fetch(&mut self, url: &str, now_ms: u64, policy: &MediaPolicy) -> DownloadAction {
        let kind = match self.wanted {
            Wanted::Gif(_) => MediaKind::Gif,
            Wanted::Screenshot { .. } => MediaKind::Screenshot,
        };
        match file(kind, url, policy, self.setup) {
            Ok(stage) => {
                self.stage = stage;
                self.start(now_ms, policy)
            }
            Err(error) => DownloadAction::Stop(error),
        }
    }
}

fn file(kind: MediaKind, url: &str, policy: &MediaPolicy, setup: Setup) -> Result<Stage, ClientError> {
    let fetch = MediaFetch::new(kind, url, policy, setup.max_bytes, setup.can_probe, setup.seed)?;
    Ok(Stage::File(Box::new(fetch)))
}

fn pass<T>(action: Action<T>) -> DownloadAction {
    match action {
        Action::Send(call) => DownloadAction::Send(call),
        Action::Wait { ms, between_polls } => DownloadAction::Wait { ms, between_polls },
        Action::Renew => DownloadAction::Renew,
        Action::Stop(error) => DownloadAction::Stop(error),
        Action::Done(_) => DownloadAction::Stop(ClientError::NotReady { reason: Reason::Timeout }),
    }
}
