//! Doing what a job asks for: calls of the API, waits, tokens, and files as they arrive.

use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, Response};

use super::host::{Abort, Lost, now_ms};
use super::session::{Session, get, object, put, text};
use crate::client::{
    Action, Address, Answer, Call, ClientError, DownloadEvent, Event, Fault, Host, MediaEvent, MediaHead, Request,
    TaskId,
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
    status: u16,
    final_url: String,
    location: Option<String>,
    content_type: Option<String>,
    content_length: Option<u64>,
    retry_after: Option<String>,
    date: Option<String>,
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
    /// Does what `action` says, other than ending.
    ///
    /// # Errors
    /// The error of the action, or the reason of the caller's signal.
    pub(super) async fn perform<T>(
        &self,
        action: Action<T>,
        id: &TaskId,
        abort: &mut Abort,
        pause: Pause,
    ) -> Result<Heard, JsValue> {
        match action {
            Action::Send(call) => self.call(call, id, abort).await,
            Action::Renew => self.renew_token(abort).await.map(Heard::Renewed),
            Action::Wait { ms, between_polls } => {
                abort.sleep(ms as f64).await?;
                let pausing = pause == Pause::Always || (pause == Pause::BetweenPolls && between_polls);
                let paused_ms = if pausing { self.until_awake(abort).await? } else { 0 };
                Ok(Heard::Waited { paused_ms })
            }
            Action::Stop(error) => Err(self.error(&error)),
            Action::Done(_) => Ok(Heard::Start),
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
        put(&init, "signal", &inner.0.signal());
        let whole = async {
            let response = self.fetch(&request.url, &init).await.ok()?;
            let header = |name: &str| response.headers().get(name).ok().flatten();
            let status =
                if text(&response, "type").as_deref() == Some("opaqueredirect") { 0 } else { response.status() };
            let most = if status == 200 { request.max_bytes } else { ERROR_BODY_BYTES };
            let body = match read_all(&response, most).await {
                Ok(body) => body,
                // The status of a refusal counts even when its words are lost.
                Err(_) if status != 200 => Vec::new(),
                Err(_) => return None,
            };
            Some(Heard::Answer { status, retry_after: header("retry-after"), date: header("date"), body })
        };
        match abort.race(whole, Some(self.request_ms)).await {
            Ok(heard) => Ok(heard.unwrap_or(Heard::Fault(Fault::Broken))),
            Err(Lost::TimedOut) => Ok(Heard::Fault(Fault::TimedOut)),
            Err(Lost::Aborted(reason)) => Err(reason),
        }
    }

    async fn fetch(&self, url: &str, init: &Object) -> Result<Response, JsValue> {
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

    async fn resolve_host(&self, address: &Address) -> Result<Option<Vec<String>>, JsValue> {
        let (Some(resolve), Host::Name(name)) = (&self.resolve, address.host()) else { return Ok(None) };
        let list: Array = promised(resolve, &name.into()).await?.unchecked_into();
        Ok(Some(list.iter().filter_map(|item| item.as_string()).collect()))
    }
}

/// A request's own abort controller: whatever ends the wait for the request also ends the request.
struct Inner(AbortController);

impl Inner {
    fn new() -> Result<Self, JsValue> {
        AbortController::new().map(Self)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A file on its way.
pub(super) struct File {
    /// What arrived, as it arrived.
    pub(super) pieces: Array,
    /// The address last asked.
    pub(super) url: String,
    head_ms: f64,
    open: Option<(Inner, Body)>,
}

impl File {
    pub(super) fn new(head_ms: f64) -> Self {
        Self { pieces: Array::new(), url: String::new(), head_ms, open: None }
    }

    /// Asks for the file at `address`.
    pub(super) async fn open(
        &mut self,
        session: &Session,
        address: &Address,
        abort: &mut Abort,
    ) -> Result<Heard, JsValue> {
        self.pieces = Array::new();
        self.open = None;
        address.as_str().clone_into(&mut self.url);
        let inner = Inner::new()?;
        let init = media_init(&inner, if session.follow { "follow" } else { "manual" });
        let head = async {
            if let Some(found) = session.resolve_host(address).await.map_err(|_| None)? {
                session.rules.check_resolved(address, &found).map_err(Some)?;
            }
            session.fetch(address.as_str(), &init).await.map_err(|_| None)
        };
        let response = match abort.race(head, Some(self.head_ms)).await {
            Ok(Ok(response)) => response,
            Ok(Err(Some(error))) => return Err(session.error(&error)),
            Ok(Err(None)) => return Ok(Heard::MediaFault(Fault::Broken)),
            Err(Lost::TimedOut) => return Ok(Heard::MediaFault(Fault::TimedOut)),
            Err(Lost::Aborted(reason)) => return Err(reason),
        };
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let status = if text(&response, "type").as_deref() == Some("opaqueredirect") { 0 } else { response.status() };
        let head = Head {
            status,
            final_url: text(&response, "url").unwrap_or_default(),
            location: header("location"),
            content_type: header("content-type"),
            content_length: header("content-length").and_then(|length| length.trim().parse().ok()),
            retry_after: header("retry-after"),
            date: header("date"),
        };
        self.open = Some((inner, Body::of(&response)));
        Ok(Heard::Head(head))
    }

    /// The next piece.
    pub(super) async fn read(&mut self, session: &Session, abort: &mut Abort) -> Result<Heard, JsValue> {
        let Some((_, body)) = &mut self.open else { return Ok(Heard::MediaFault(Fault::Broken)) };
        let piece = match abort.race(body.next(), Some(session.stall_ms)).await {
            Ok(Ok(Some(piece))) => piece,
            Ok(Ok(None)) => return Ok(Heard::End),
            Ok(Err(_)) => return Ok(Heard::MediaFault(Fault::Broken)),
            Err(Lost::TimedOut) => return Ok(Heard::MediaFault(Fault::Stalled)),
            Err(Lost::Aborted(reason)) => return Err(reason),
        };
        let bytes = piece.to_vec();
        self.pieces.push(&piece);
        Ok(Heard::Bytes(bytes))
    }

    /// Whether the host answers a request that does not ask to read the answer.
    pub(super) async fn probe(
        &mut self,
        session: &Session,
        address: &Address,
        abort: &mut Abort,
    ) -> Result<Heard, JsValue> {
        self.open = None;
        let inner = Inner::new()?;
        // Redirects cannot be refused in this mode; nothing of the caller's goes along.
        let init = media_init(&inner, "follow");
        put(&init, "mode", &"no-cors".into());
        put(&init, "method", &"HEAD".into());
        match abort.race(session.fetch(address.as_str(), &init), Some(self.head_ms)).await {
            Err(Lost::Aborted(reason)) => Err(reason),
            outcome => Ok(Heard::Probed(matches!(outcome, Ok(Ok(_))))),
        }
    }
}

fn media_init(inner: &Inner, redirect: &str) -> Object {
    let properties = [
        ("credentials", "omit".into()),
        ("referrerPolicy", "no-referrer".into()),
        ("redirect", redirect.into()),
        ("signal", inner.0.signal().into()),
    ];
    object(&properties).unchecked_into()
}

/// The body of a response: a stream, or all at once where the response has none.
enum Body {
    Stream(ReadableStreamDefaultReader),
    Whole(Response),
    Over,
}

impl Body {
    fn of(response: &Response) -> Self {
        let stream = get(response, "body");
        match get(&stream, "getReader").dyn_into::<Function>().ok().and_then(|get| get.call0(&stream).ok()) {
            Some(reader) => Self::Stream(reader.unchecked_into()),
            None => Self::Whole(JsValue::clone(response).unchecked_into()),
        }
    }

    async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        match self {
            Self::Over => Ok(None),
            Self::Stream(reader) => {
                let result = JsFuture::from(reader.read()).await?;
                if get(&result, "done").is_truthy() {
                    return Ok(None);
                }
                get(&result, "value").dyn_into().map(Some)
            }
            Self::Whole(response) => {
                let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
                *self = Self::Over;
                Ok(Some(Uint8Array::new(&buffer)))
            }
        }
    }
}

/// The body of an answer, cut off after `most` bytes.
async fn read_all(response: &Response, most: usize) -> Result<Vec<u8>, JsValue> {
    let mut body = Body::of(response);
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await? {
        let room = most.saturating_sub(bytes.len());
        let taken = piece.length().min(u32::try_from(room).unwrap_or(u32::MAX));
        bytes.extend_from_slice(&piece.subarray(0, taken).to_vec());
        if bytes.len() >= most {
            break;
        }
    }
    Ok(bytes)
}

/// What the promise of a callback comes to.
async fn promised(callback: &Function, argument: &JsValue) -> Result<JsValue, JsValue> {
    let value = callback.call1(&JsValue::UNDEFINED, argument)?;
    JsFuture::from(Promise::resolve(&value)).await
}
