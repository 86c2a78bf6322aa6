//! The configuration of a client: base URL, media policy, keys, `fetch`.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::js_client_error::to_js;
use crate::client::limits;
use crate::client::{BaseUrl, ClientError, MediaPolicy, check_header, check_secret};
use crate::wasm::js_object;

/// Number of earlier tokens that are still removed from error texts.
const SPENT_KEPT: usize = 4;

/// Everything that the requests of one client share. Keys stay in here and in the headers of requests to the API.
pub(super) struct ClientConfig {
    pub(super) base: BaseUrl,
    pub(super) policy: MediaPolicy,
    pub(super) fetch: Function,
    pub(super) max_bytes: u64,
    pub(super) can_probe: bool,
    pub(super) follow: bool,
    pub(super) credentials: String,
    pub(super) request_ms: f64,
    pub(super) head_ms: f64,
    pub(super) stall_ms: f64,
    /// Addresses of a host, where the surroundings can tell.
    pub(super) resolve: Option<Function>,
    /// Returns a promise that resolves when the page is visible and online.
    pub(super) awake: Option<Function>,
    /// Returns a promise for a token.
    pub(super) renew: Option<Function>,
    headers: Vec<(String, String)>,
    token: RefCell<Option<String>>,
    /// Earlier tokens: a server may still quote one in its messages.
    spent: RefCell<Vec<String>>,
}

impl ClientConfig {
    /// Checks `config`.
    ///
    /// # Errors
    /// A `TypeError` that names the option.
    pub(super) fn new(config: &JsValue) -> Result<Self, JsValue> {
        let wrong = |error: ClientError| to_js(&error, &[]);
        let base = BaseUrl::new(&text(config, "baseUrl").unwrap_or_default()).map_err(wrong)?;
        let hosts = get(config, "allowedMediaHosts").dyn_into::<Array>().ok();
        let hosts: Option<Vec<String>> =
            hosts.map(|hosts| hosts.iter().map(|host| host.as_string().unwrap_or_default()).collect());
        let policy =
            MediaPolicy::new(&base, hosts.as_deref(), get(config, "refusePrivate").is_truthy()).map_err(wrong)?;
        let headers = headers(&get(config, "headers")).map_err(wrong)?;
        let key = text(config, "apiKey");
        if let Some(key) = &key {
            check_secret("apiKey", key).map_err(wrong)?;
        }
        let function = |name: &str| get(config, name).dyn_into::<Function>().ok();
        let number = |name: &str| get(config, name).as_f64();
        Ok(Self {
            base,
            policy,
            fetch: function("fetch").ok_or("fetch is not a function")?,
            max_bytes: number("maxBytes").map_or(limits::MEDIA_BYTES, |bytes| bytes as u64),
            can_probe: get(config, "canProbe").is_truthy(),
            follow: get(config, "follow").is_truthy(),
            credentials: text(config, "credentials").unwrap_or_else(|| "same-origin".to_owned()),
            request_ms: number("requestMs").unwrap_or(f64::from(limits::ANSWER_MS)),
            head_ms: number("requestMs").unwrap_or(f64::from(limits::MEDIA_HEAD_MS)),
            stall_ms: number("stallMs").unwrap_or(f64::from(limits::MEDIA_STALL_MS)),
            resolve: function("resolve"),
            awake: function("awake"),
            renew: function("token"),
            headers,
            token: RefCell::new(key),
            spent: RefCell::default(),
        })
    }

    /// Whether there is a token, or none is to be had.
    pub(super) fn has_token(&self) -> bool {
        self.renew.is_none() || self.token.borrow().is_some()
    }

    /// Takes a token from the callback; nothing means that requests go without one.
    ///
    /// # Errors
    /// [`ClientError::Token`] for one that cannot be a header.
    pub(super) fn keep_token(&self, token: &JsValue) -> Result<(), ClientError> {
        let token = if token.is_null() || token.is_undefined() { Some(String::new()) } else { token.as_string() };
        let unusable = |problem: &str| ClientError::Token { problem: problem.to_owned() };
        let token = token.ok_or_else(|| unusable("expected a string, null or undefined"))?;
        if !token.is_empty() && check_secret("token", &token).is_err() {
            return Err(unusable("expected 1 to 8192 visible ASCII characters without spaces"));
        }
        if let Some(spent) = self.token.replace(Some(token)) {
            let mut list = self.spent.borrow_mut();
            list.truncate(SPENT_KEPT - 1);
            list.insert(0, spent);
        }
        Ok(())
    }

    /// The headers of a request to the API, and to nowhere else.
    pub(super) fn api_headers(&self) -> Object {
        let headers = Object::new();
        put(&headers, "accept", &"application/json".into());
        for (name, value) in &self.headers {
            put(&headers, name, &value.into());
        }
        if let Some(token) = self.token.borrow().as_ref().filter(|token| !token.is_empty()) {
            put(&headers, "authorization", &format!("Bearer {token}").into());
        }
        headers
    }

    /// The error for JavaScript, without any trace of keys and header values.
    pub(super) fn error(&self, error: &ClientError) -> JsValue {
        let token = self.token.borrow();
        let values = self.headers.iter().map(|(_, value)| value.as_str());
        let spent = self.spent.borrow();
        let secrets: Vec<&str> = values.chain(token.as_deref()).chain(spent.iter().map(String::as_str)).collect();
        to_js(error, &secrets)
    }

    /// The same, with the address that a page could still show when it may not read it.
    pub(super) fn error_about(&self, error: &ClientError, url: &str) -> JsValue {
        let value = self.error(error);
        if matches!(error, ClientError::MediaCors { .. }) {
            let _ = Reflect::set(&value, &"url".into(), &url.into());
        }
        value
    }
}

fn headers(pairs: &JsValue) -> Result<Vec<(String, String)>, ClientError> {
    let Ok(pairs) = pairs.clone().dyn_into::<Array>() else { return Ok(Vec::new()) };
    let pair = |pair: JsValue| {
        let pair: Array = pair.unchecked_into();
        let (name, value) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1).as_string().unwrap_or_default());
        check_header(&name, &value)?;
        Ok((name.to_ascii_lowercase(), value))
    };
    pairs.iter().map(pair).collect()
}

/// Returns a property; undefined if it is absent or null.
pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    js_object::get(object, name).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a string.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// Sets a property of an object made here, which cannot fail.
pub(super) fn put(object: &Object, name: &str, value: &JsValue) {
    js_object::set(object, name, value);
}

/// An object of these properties.
pub(super) fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        put(&object, name, value);
    }
    object.into()
}
