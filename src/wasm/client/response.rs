//! Requests that are aborted when they are dropped, and the bodies of their responses.

use js_sys::{ArrayBuffer, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReadableStreamDefaultReader, Response};

use super::client_config::{get, text};

/// An abort controller that aborts its request when it is dropped, so that a request never outlives the wait for it.
pub(super) struct RequestAbort(AbortController);

impl RequestAbort {
    pub(super) fn new() -> Result<Self, JsValue> {
        AbortController::new().map(Self)
    }

    pub(super) fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for RequestAbort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A header, where it may be seen.
pub(super) fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).ok().flatten()
}

/// The status; 0 for a redirect that the browser does not show.
pub(super) fn status(response: &Response) -> u16 {
    if text(response, "type").as_deref() == Some("opaqueredirect") { 0 } else { response.status() }
}

/// The body of a response: a stream, or all at once where the response has none.
pub(super) enum Body {
    Stream(ReadableStreamDefaultReader),
    Whole(Response),
    Over,
}

impl Body {
    pub(super) fn of(response: &Response) -> Self {
        let stream = get(response, "body");
        match get(&stream, "getReader").dyn_into::<Function>().ok().and_then(|get| get.call0(&stream).ok()) {
            Some(reader) => Self::Stream(reader.unchecked_into()),
            None => Self::Whole(JsValue::clone(response).unchecked_into()),
        }
    }

    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
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
pub(super) async fn read_all(response: &Response, most: usize) -> Result<Vec<u8>, JsValue> {
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
