//! Doing what a job asks for: calls of the API, waits, tokens, and files as they arrive.

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::file::File;
use super::host::{Abort, Lost, now_ms};
use super::response::{Inner, header, read_all, status};
use super::session::{Session, put};
use crate::client::{
    Address, Answer, Call, ClientError, DownloadEvent, Event, Fault, Host, MediaEvent, MediaHead, Request, TaskId,
};

/// Enough of an error's body to find the server's own words.
const ERROR_BODY_BYTES: usize = 65_536;

/// Which waits also last until the page is visible and online.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pause {
    Never,
    BetweenPolls,
    Always,
}

/// What is to be done for a job.
pub(super) enum Work {
    Send(Call),
    Renew,
    Wait { ms: u64, between_polls: bool },
    Fetch(Address),
    Read,
    Probe(Address),
}

/// What was heard in the end, owned; the job gets a view of it.
pub(super) enum Heard {
    Start,
    Answer { status: u16, retry_after: Option<String>, date: Option<String>, body: Vec<u8> },
    Fault(Fault),
    Waited { paused_ms: u64 },
    Renewed(bool),
    Head(Head),
    Bytes(Vec<u8>),
    End,
    MediaFault(Fault),
    Probed(bool),
}

/// The head of a file's answer.
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) final_url: String,
    pub(super) location: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content_length: Option<u64>,
    pub(super) retry_after: Option<String>,
    pub(super) date: Option<String>,
}

impl Heard {
    /// As a job about the API takes it.
    pub(super) fn event(&self) -> Event<'_> {
        match self {
            Self::Answer { status, retry_after, date, body } => Event::Answer(Answer {
                status: *status,
                retry_after: retry_after.as_deref(),
                date: date.as_deref(),
                body,
            }),
            Self::Fault(fault) | Self::MediaFault(fault) => Event::Fault(*fault),
            Self::Waited { paused_ms } => Event::Waited { paused_ms: *paused_ms },
            Self::Renewed(renewed) => Event::Renewed { renewed: *renewed },
            Self::Start | Self::Head(_) | Self::Bytes(_) | Self::End | Self::Probed(_) => Event::Start,
        }
    }

    /// As a download takes it.
    pub(super) fn download_event(&self) -> DownloadEvent<'_> {
        DownloadEvent::Media(match self {
            Self::Head(head) => MediaEvent::Head(MediaHead {
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

impl Session {
    /// Does `work`.
    ///
    /// # Errors
    /// The reason of the caller's signal, or what is wrong with the callback for tokens.
    pub(super) async fn perform(
        &self,
        work: Work,
        id: &TaskId,
        file: &mut File,
        abort: &mut Abort,
        pause: Pause,
    ) -> Result<Heard, JsValue> {
        // Whatever comes next, nobody reads on in an answer that was refused.
        if !matches!(work, Work::Read) {
            file.close();
        }
        match work {
            Work::Send(call) => self.call(call, id, abort).await,
            Work::Renew => self.renew_token(abort).await.map(Heard::Renewed),
            Work::Fetch(address) => file.open(self, &address, abort).await,
            Work::Read => file.read(self, abort).await,
            Work::Probe(address) => file.probe(self, &address, abort).await,
            Work::Wait { ms, between_polls } => {
                abort.sleep(ms as f64).await?;
                let pausing = pause == Pause::Always || (pause == Pause::BetweenPolls && between_polls);
                let paused_ms = if pausing { self.until_awake(abort).await? } else { 0 };
                Ok(Heard::Waited { paused_ms })
            }
        }
    }

    async fn call(&self, call: Call, id: &TaskId, abort: &mut Abort) -> Result<Heard, JsValue> {
        if !self.has_token() {
            self.token(false, abort).await?;
        }
        let request = Request::new(&self.base, call, id);
        let init = Object::new();
        put(&init, "headers", &self.api_headers());
        put(&init, "redirect", &"manual".into());
        put(&init, "credentials", &self.credentials.as_str().into());
        put(&init, "cache", &"no-store".into());
        let inner = Inner::new()?;
        put(&init, "signal", &inner.signal());
        let whole = async {
            let response = self.fetch(&request.url, &init).await.ok()?;
            let status = status(&response);
            let most = if status == 200 { request.max_bytes } else { ERROR_BODY_BYTES };
            let body = match read_all(&response, most).await {
                Ok(body) => body,
                // The status of a refusal counts even when its words are lost.
                Err(_) if status != 200 => Vec::new(),
                Err(_) => return None,
            };
            let (retry_after, date) = (header(&response, "retry-after"), header(&response, "date"));
            Some(Heard::Answer { status, retry_after, date, body })
        };
        match abort.race(whole, Some(self.request_ms)).await {
            Ok(heard) => Ok(heard.unwrap_or(Heard::Fault(Fault::Broken))),
            Err(Lost::TimedOut) => Ok(Heard::Fault(Fault::TimedOut)),
            Err(Lost::Aborted(reason)) => Err(reason),
        }
    }

    pub(super) async fn fetch(&self, url: &str, init: &Object) -> Result<Response, JsValue> {
        let promise = self.fetch.call2(&JsValue::UNDEFINED, &url.into(), init)?;
        Ok(JsFuture::from(Promise::resolve(&promise)).await?.unchecked_into())
    }

    async fn renew_token(&self, abort: &mut Abort) -> Result<bool, JsValue> {
        if self.renew.is_none() {
            return Ok(false);
        }
        self.token(true, abort).await?;
        Ok(true)
    }

    async fn token(&self, renew: bool, abort: &mut Abort) -> Result<(), JsValue> {
        let failed = |problem: &str| self.error(&ClientError::Token { problem: problem.to_owned() });
        let Some(callback) = &self.renew else { return Ok(()) };
        match abort.race(promised(callback, &renew.into()), Some(self.request_ms)).await {
            Ok(Ok(token)) => self.keep_token(&token).map_err(|error| self.error(&error)),
            // The callback's own words may hold a key.
            Ok(Err(_)) => Err(failed("the callback failed")),
            Err(Lost::TimedOut) => Err(failed("the callback took too long")),
            Err(Lost::Aborted(reason)) => Err(reason),
        }
    }

    async fn until_awake(&self, abort: &mut Abort) -> Result<u64, JsValue> {
        let Some(awake) = &self.awake else { return Ok(0) };
        let since = now_ms();
        match abort.race(promised(awake, &JsValue::UNDEFINED), None).await {
            Err(Lost::Aborted(reason)) => Err(reason),
            _ => Ok(now_ms().saturating_sub(since)),
        }
    }

    pub(super) async fn resolve_host(&self, address: &Address) -> Result<Option<Vec<String>>, JsValue> {
        let (Some(resolve), Host::Name(name)) = (&self.resolve, address.host()) else { return Ok(None) };
        let list: Array = promised(resolve, &name.into()).await?.unchecked_into();
        Ok(Some(list.iter().filter_map(|item| item.as_string()).collect()))
    }
}

/// What the promise of a callback comes to.
async fn promised(callback: &Function, argument: &JsValue) -> Result<JsValue, JsValue> {
    let value = callback.call1(&JsValue::UNDEFINED, argument)?;
    JsFuture::from(Promise::resolve(&value)).await
}
