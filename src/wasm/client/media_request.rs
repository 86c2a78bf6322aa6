//! The response of a media host, read piece by piece.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::abort::{Abort, Interrupted};
use super::client_config::{ClientConfig, object, put, text};
use super::events::{Outcome, ResponseHead};
use super::response::{Body, RequestAbort, header, status};
use crate::client::{Fault, HttpUrl};

/// A file that is being downloaded.
pub(super) struct MediaResponse {
    /// The chunks of the body, as they arrived.
    pub(super) pieces: Array,
    /// The URL requested last.
    pub(super) url: String,
    open: Option<(RequestAbort, Body)>,
}

impl MediaResponse {
    pub(super) fn new() -> Self {
        Self { pieces: Array::new(), url: String::new(), open: None }
    }

    /// Aborts the open request, if there is one.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// Requests the file at `address`.
    pub(super) async fn open(
        &mut self,
        config: &ClientConfig,
        address: &HttpUrl,
        abort: &mut Abort,
    ) -> Result<Outcome, JsValue> {
        self.pieces = Array::new();
        address.as_str().clone_into(&mut self.url);
        let inner = RequestAbort::new()?;
        let init = media_init(&inner, if config.follow { "follow" } else { "manual" });
        let head = async {
            if let Some(found) = config.resolve_host(address).await.map_err(|_| None)? {
                config.policy.check_resolved(address, &found).map_err(Some)?;
            }
            config.fetch(address.as_str(), &init).await.map_err(|_| None)
        };
        let response = match abort.race(head, Some(config.head_ms)).await {
            Ok(Ok(response)) => response,
            Ok(Err(Some(error))) => return Err(config.error(&error)),
            Ok(Err(None)) => return Ok(Outcome::MediaFault(Fault::Broken)),
            Err(Interrupted::TimedOut) => return Ok(Outcome::MediaFault(Fault::TimedOut)),
            Err(Interrupted::Aborted(reason)) => return Err(reason),
        };
        let head = ResponseHead {
            status: status(&response),
            final_url: text(&response, "url").unwrap_or_default(),
            location: header(&response, "location"),
            content_type: header(&response, "content-type"),
            content_length: header(&response, "content-length").and_then(|length| length.trim().parse().ok()),
            retry_after: header(&response, "retry-after"),
            date: header(&response, "date"),
        };
        self.open = Some((inner, Body::of(&response)));
        Ok(Outcome::ResponseHead(head))
    }

    /// Reads the next chunk of the body.
    pub(super) async fn read(&mut self, config: &ClientConfig, abort: &mut Abort) -> Result<Outcome, JsValue> {
        let Some((_, body)) = &mut self.open else { return Ok(Outcome::MediaFault(Fault::Broken)) };
        let piece = match abort.race(body.next(), Some(config.stall_ms)).await {
            Ok(Ok(Some(piece))) => piece,
            Ok(Ok(None)) => return Ok(Outcome::End),
            Ok(Err(_)) => return Ok(Outcome::MediaFault(Fault::Broken)),
            Err(Interrupted::TimedOut) => return Ok(Outcome::MediaFault(Fault::Stalled)),
            Err(Interrupted::Aborted(reason)) => return Err(reason),
        };
        let bytes = piece.to_vec();
        self.pieces.push(&piece);
        Ok(Outcome::Bytes(bytes))
    }

    /// Whether the host answers a `no-cors` request.
    pub(super) async fn probe(
        &mut self,
        config: &ClientConfig,
        address: &HttpUrl,
        abort: &mut Abort,
    ) -> Result<Outcome, JsValue> {
        let inner = RequestAbort::new()?;
        // Redirects cannot be refused in this mode; nothing of the caller's goes along.
        let init = media_init(&inner, "follow");
        put(&init, "mode", &"no-cors".into());
        put(&init, "method", &"HEAD".into());
        match abort.race(config.fetch(address.as_str(), &init), Some(config.head_ms)).await {
            Err(Interrupted::Aborted(reason)) => Err(reason),
            outcome => Ok(Outcome::Probed(matches!(outcome, Ok(Ok(_))))),
        }
    }
}

fn media_init(inner: &RequestAbort, redirect: &str) -> Object {
    let properties = [
        ("credentials", "omit".into()),
        ("referrerPolicy", "no-referrer".into()),
        ("redirect", redirect.into()),
        ("signal", inner.signal().into()),
    ];
    object(&properties).unchecked_into()
}
