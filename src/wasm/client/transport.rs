//! Performs the commands of a job: API calls, waits, token renewal, media requests.

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::abort::{Abort, Interrupted, now_ms};
use super::client_config::{ClientConfig, put};
use super::events::{Command, Outcome, PausePolicy};
use super::media_request::MediaResponse;
use super::response::{RequestAbort, header, read_all, status};
use crate::client::{Call, ClientError, Fault, Host, HttpUrl, Request, TaskId};

/// Bytes of an error response that are read, to find the server's message.
const ERROR_BODY_BYTES: usize = 65_536;

impl ClientConfig {
    /// Performs `command`.
    ///
    /// # Errors
    /// The reason of the caller's signal, or what is wrong with the callback for tokens.
    pub(super) async fn perform(
        &self,
        command: Command,
        id: &TaskId,
        file: &mut MediaResponse,
        abort: &mut Abort,
        pause: PausePolicy,
    ) -> Result<Outcome, JsValue> {
        // Whatever comes next, nobody reads on in an answer that was refused.
        if !matches!(command, Command::Read) {
            file.close();
        }
        match command {
            Command::Send(call) => self.call(call, id, abort).await,
            Command::Renew => self.renew_token(abort).await.map(Outcome::Renewed),
            Command::Fetch(address) => file.open(self, &address, abort).await,
            Command::Read => file.read(self, abort).await,
            Command::Probe(address) => file.probe(self, &address, abort).await,
            Command::Wait { ms, between_polls } => {
                abort.sleep(ms as f64).await?;
                let pausing = pause == PausePolicy::Always || (pause == PausePolicy::BetweenPolls && between_polls);
                let paused_ms = if pausing { self.until_awake(abort).await? } else { 0 };
                Ok(Outcome::Waited { paused_ms })
            }
        }
    }

    async fn call(&self, call: Call, id: &TaskId, abort: &mut Abort) -> Result<Outcome, JsValue> {
        if !self.has_token() {
            self.token(false, abort).await?;
        }
        let request = Request::new(&self.base, call, id);
        let init = Object::new();
        put(&init, "headers", &self.api_headers());
        put(&init, "redirect", &"manual".into());
        put(&init, "credentials", &self.credentials.as_str().into());
        put(&init, "cache", &"no-store".into());
        let inner = RequestAbort::new()?;
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
            Some(Outcome::Answer { status, retry_after, date, body })
        };
        match abort.race(whole, Some(self.request_ms)).await {
            Ok(outcome) => Ok(outcome.unwrap_or(Outcome::Fault(Fault::Broken))),
            Err(Interrupted::TimedOut) => Ok(Outcome::Fault(Fault::TimedOut)),
            Err(Interrupted::Aborted(reason)) => Err(reason),
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
            Err(Interrupted::TimedOut) => Err(failed("the callback took too long")),
            Err(Interrupted::Aborted(reason)) => Err(reason),
        }
    }

    async fn until_awake(&self, abort: &mut Abort) -> Result<u64, JsValue> {
        let Some(awake) = &self.awake else { return Ok(0) };
        let since = now_ms();
        match abort.race(promised(awake, &JsValue::UNDEFINED), None).await {
            Err(Interrupted::Aborted(reason)) => Err(reason),
            _ => Ok(now_ms().saturating_sub(since)),
        }
    }

    pub(super) async fn resolve_host(&self, address: &HttpUrl) -> Result<Option<Vec<String>>, JsValue> {
        let (Some(resolve), Host::Name(name)) = (&self.resolve, address.host()) else { return Ok(None) };
        let list: Array = promised(resolve, &name.into()).await?.unchecked_into();
        Ok(Some(list.iter().filter_map(|item| item.as_string()).collect()))
    }
}

/// Calls `callback` and awaits its promise.
async fn promised(callback: &Function, argument: &JsValue) -> Result<JsValue, JsValue> {
    let value = callback.call1(&JsValue::UNDEFINED, argument)?;
    JsFuture::from(Promise::resolve(&value)).await
}
